package org.ringward.cli.setup;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.ringward.cli.agents.LocalAgents;
import org.ringward.ring.os.KernelClock;
import org.ringward.ring.settings.LocalMachine;

/** The machine that this runs on. */
public final class ThisHost implements Host {
  private static final Path WATCHDOGS = Path.of("/sys/class/watchdog");

  private final LocalMachine machine = new LocalMachine();

  @Override
  public String name() {
    return machine.hostName();
  }

  @Override
  public List<String> addresses() {
    return machine.interfaceNames();
  }

  @Override
  public List<String> resolve(String name) {
    return machine.addresses(name);
  }

  @Override
  public ClockState clock() {
    KernelClock clock = KernelClock.read();
    if (!clock.isKnown()) {
      String detail = "this kernel does not say whether the clock is set by NTP";
      return new ClockState(ClockState.Kind.UNKNOWN, detail);
    }
    if (clock.isSynchronized()) {
      String detail =
          "set by NTP, at most %.0f ms off".formatted(clock.maximumErrorMicros() / 1000.0);
      return new ClockState(ClockState.Kind.SYNCHRONIZED, detail);
    }
    return new ClockState(ClockState.Kind.FREE, "not set by NTP");
  }

  @Override
  public Map<String, String> watchdogs() {
    Map<String, String> found = new TreeMap<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(WATCHDOGS)) {
      for (Path each : stream) {
        Path device = Path.of("/dev").resolve(String.valueOf(each.getFileName()));
        if (Files.exists(device)) {
          String state = about(each, "state");
          found.put(
              device.toString(),
              about(each, "identity") + (state.equals("active") ? ", in use" : ""));
        }
      }
    } catch (IOException _) {
      // This kernel has none.
    }
    return found;
  }

  private static String about(Path watchdog, String attribute) {
    try {
      return Files.readString(watchdog.resolve(attribute)).strip();
    } catch (IOException _) {
      return "unknown";
    }
  }

  @Override
  public Map<String, SortedSet<String>> agents() {
    return LocalAgents.here().all();
  }

  @Override
  public @Nullable String udpProblem(String address, int port) {
    try (DatagramSocket socket = new DatagramSocket(null)) {
      socket.setReuseAddress(false);
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral(address), port));
      return null;
    } catch (BindException exception) {
      String reason = String.valueOf(exception.getMessage());
      return reason.contains("in use") ? "another program has it" : reason;
    } catch (SocketException exception) {
      return String.valueOf(exception.getMessage());
    }
  }

  @Override
  public boolean listens(String socket) {
    try (SocketChannel _ = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      return true;
    } catch (IOException | IllegalArgumentException _) {
      return false;
    }
  }
}
