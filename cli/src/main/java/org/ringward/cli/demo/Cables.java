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

  /** Lays a cable from the switch to eth0 of the machine whose first process this is. */
  void plug(String machine, long pid) {
    // A new name each time: the kernel may still be busy with removing the last one.
    laid.merge(machine, 1, Integer::sum);
    String port = port(machine);
    order("link add " + port + " type veth peer name eth0 netns " + pid);
    order("link set " + port + " master br0 up");
    await(() -> linkUp(port), "the cable of " + machine + " did not come up");
  }

  /** Cuts the cable without waiting; {@link #awaitCut} waits. */
  void cut(String machine) {
    order("link set " + port(machine) + " down");
  }

  void awaitCut(String machine) {
    await(() -> !linkUp(port(machine)), "the cable of " + machine + " could not be cut");
  }

  /** Takes the cable away for good; gone with it is eth0 of the machine. */
  void remove(String machine) {
    String port = port(machine);
    order("link del " + port);
    await(() -> !exists(port), "the cable of " + machine + " could not be removed");
  }

  private String port(String machine) {
    return machine + "-" + laid.getOrDefault(machine, 0);
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
