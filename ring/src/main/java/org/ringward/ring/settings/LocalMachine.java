package org.ringward.ring.settings;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.config.MachineNames;

/** This machine's names and addresses. Resolving a name may take as long as a name server does. */
public final class LocalMachine implements MachineNames {
  private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

  @Override
  public String hostName() {
    try {
      return Files.readString(HOST_NAME).strip();
    } catch (IOException e) {
      throw new OperatorException(ExitCode.OS_ERROR, "the host name cannot be read: " + e);
    }
  }

  /** Numeric addresses only: what their names resolve to is compared anyway. */
  @Override
  public List<String> interfaceNames() {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(each -> each.getInterfaceAddresses().stream())
          .map(InterfaceAddress::getAddress)
          .map(LocalMachine::numeric)
          .toList();
    } catch (SocketException e) {
      String sentence = "the addresses of the network interfaces cannot be read: ";
      throw new OperatorException(ExitCode.OS_ERROR, sentence + e.getMessage());
    }
  }

  @Override
  public List<String> addresses(String name) {
    try {
      return Stream.of(InetAddress.getAllByName(name)).map(LocalMachine::numeric).toList();
    } catch (UnknownHostException _) {
      return List.of();
    }
  }

  /** Without the interface that Java puts behind link-local addresses. */
  private static String numeric(InetAddress address) {
    return address.getHostAddress().replaceFirst("%.*", "");
  }
}
