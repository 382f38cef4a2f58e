package org.ringward.cli.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;

/**
 * The cables of the demo's switch. One {@code ip} process inside the switch's network namespace
 * obeys all orders, so that pulling a cable costs no new process at the moment of the fault.
 */
final class Cables implements AutoCloseable {
  private static final long PATIENCE_NANOS = 5_000_000_000L;
  private static final long LINK_UP = 1;

  private final long switchPid;
  private final Process ip;
  private final Writer orders;
  private final Map<String, Integer> laid = new TreeMap<>();

  /**
   * @param switchPid the first process of the switch
   */
  Cables(long switchPid, Path log) {
    this.switchPid = switchPid;
    List<String> command =
        List.of(
            "nsenter", "-t", Long.toString(switchPid), "-n", "--", "ip", "-force", "-batch", "-");
    try {
      ip =
          Programs.builder(command)
              .redirectInput(ProcessBuilder.Redirect.PIPE)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      orders = ip.outputWriter();
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
  }

  /**
   * Lays a cable from the switch of each network to the machine whose first process this is: eth0
   * for network 0, and so on.
   */
  void plug(String machine, long pid, int networks) {
    // A new name each time: the kernel may still be busy with removing the last one.
    laid.merge(machine, 1, Integer::sum);
    for (int network = 0; network < networks; network++) {
      String port = port(machine, network);
      order("link add " + port + " type veth peer name eth" + network + " netns " + pid);
      order("link set " + port + " master br" + network + " up");
    }
    for (int network = 0; network < networks; network++) {
      String port = port(machine, network);
      await(() -> linkUp(port), "a cable of " + machine + " did not come up");
    }
  }

  /** Cuts the cable without waiting; {@link #awaitCut} waits. */
  void cut(String machine, int network) {
    order("link set " + port(machine, network) + " down");
  }

  void awaitCut(String machine, int network) {
    await(() -> !linkUp(port(machine, network)), "a cable of " + machine + " could not be cut");
  }

  /** Puts the plug in again. */
  void mend(String machine, int network) {
    order("link set " + port(machine, network) + " up");
    await(() -> linkUp(port(machine, network)), "a cable of " + machine + " could not be mended");
  }

  /** Takes the cables away for good; gone with them are the machine's interfaces. */
  void remove(String machine, int networks) {
    for (int network = 0; network < networks; network++) {
      order("link del " + port(machine, network));
    }
    for (int network = 0; network < networks; network++) {
      String port = port(machine, network);
      await(() -> !exists(port), "a cable of " + machine + " could not be removed");
    }
  }

  private String port(String machine, int network) {
    return machine + "-" + laid.getOrDefault(machine, 0) + "-" + network;
  }

  private boolean exists(String port) {
    return !Processes.read(switchPid, "root/sys/class/net/" + port + "/flags").isEmpty();
  }

  private boolean linkUp(String port) {
    String flags = Processes.read(switchPid, "root/sys/class/net/" + port + "/flags").strip();
    return !flags.isEmpty() && (Long.decode(flags) & LINK_UP) != 0;
  }

  private synchronized void order(String line) {
    try {
      orders.write(line + "\n");
      orders.flush();
    } catch (IOException exception) {
      throw new OperatorException(
          ExitCode.OS_ERROR, "The demo's switch is gone: " + exception.getMessage());
    }
  }

  private static void await(BooleanSupplier condition, String otherwise) {
    if (!Patience.await(PATIENCE_NANOS, 1, condition)) {
      throw new OperatorException(ExitCode.TIMEOUT, "Within 5 s " + otherwise + ".");
    }
  }

  @Override
  public void close() {
    ip.destroyForcibly();
  }
}
