package org.ringward.cli.lease;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.ringward.client.LeaseClient;
import org.ringward.client.LeaseException;
import org.ringward.client.LeaseHandle;
import org.ringward.client.LeaseListener;
import org.ringward.client.Mode;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;

/** Holds a lease, runs a program meanwhile, and stops it when the lease is lost. */
public final class LeaseRun {
  private static final long LOOK_MILLIS = 100;

  /** How long before the end of a lease the program is killed, for the system to do it. */
  private static final long KILL_EARLIER_NANOS = 200_000_000L;

  private final Path socket;
  private final Order order;
  private final PrintStream errors;

  /**
   * What to do.
   *
   * @param patience how long to wait for the lease
   * @param stop how long before the lease's end the program is told to stop; zero for a quarter
   */
  public record Order(
      String resource,
      Mode mode,
      Duration lease,
      Duration stop,
      Duration patience,
      List<String> command) {
    public Order {
      command = List.copyOf(command);
    }
  }

  public LeaseRun(Path socket, Order order, PrintStream errors) {
    this.socket = socket;
    this.order = order;
    this.errors = errors;
  }

  /** Tells on standard error what happens to the lease. */
  private final class Teller implements LeaseListener {
    @Override
    public void waiting(String why) {
      say("waits: " + why);
    }

    @Override
    public void suspend(String node, long token) {
      say(node + " is lost, and nothing proves yet that it has stopped");
    }

    @Override
    public void recover(boolean yours, LeftOver left) {
      String whom = yours ? "this program is" : "another is";
      say(left.node() + " has ended, " + whom + " to take over: " + left.proof());
    }

    @Override
    public void resume() {
      say("everything was taken over");
    }

    @Override
    public void lost(long untilNanos, String why) {
      say("lost: " + why);
    }

    private void say(String what) {
      errors.println("ringward: " + order.resource() + ": " + what);
    }
  }

  /**
   * Runs it.
   *
   * @return the program's exit code, or one of base.ExitCode
   */
  public int run() throws InterruptedException {
    try (LeaseClient client = LeaseClient.connect(socket)) {
      LeaseHandle handle =
          client.open(order.resource(), order.mode(), order.lease(), order.stop(), new Teller());
      if (!handle.awaitHeld(order.patience())) {
        handle.release(true);
        throw new OperatorException(
            ExitCode.TIMEOUT,
            order.resource() + " was not given within " + order.patience().toSeconds() + " s.");
      }
      return run(handle);
    } catch (LeaseException e) {
      throw new OperatorException(ExitCode.UNAVAILABLE, String.valueOf(e.getMessage()));
    }
  }

  private int run(LeaseHandle handle) throws InterruptedException {
    LeasedProgram program = LeasedProgram.start(order.command(), variables(handle));
    Thread stopper = new Thread(() -> stop(program, handle));
    Runtime.getRuntime().addShutdownHook(stopper);
    handle.toRecover().forEach(each -> handle.recovered(each.token()));
    while (!program.await(LOOK_MILLIS) && handle.over() == null && handle.mayUse()) {
      handle.toRecover().forEach(each -> handle.recovered(each.token()));
    }
    boolean lost = program.isAlive();
    if (lost) {
      stop(program, handle);
    }
    while (!program.await(LOOK_MILLIS)) {
      program.kill();
    }
    boolean inOrder = !lost && program.exitCode() == 0;
    handle.release(inOrder);
    forget(stopper);
    return lost ? ExitCode.DISCONNECTED.number() : program.exitCode();
  }

  private Map<String, String> variables(LeaseHandle handle) {
    Map<String, String> variables = new HashMap<>();
    variables.put("RINGWARD_LEASE_NAME", handle.resource());
    variables.put("RINGWARD_LEASE_TOKEN", Long.toString(handle.token()));
    variables.put(
        "RINGWARD_LEASE_RECOVER",
        handle.toRecover().stream()
            .map(each -> each.node() + ":" + each.token())
            .collect(Collectors.joining(" ")));
    return variables;
  }

  /** Asks it to end, then makes it end before the lease does. */
  private static void stop(LeasedProgram program, LeaseHandle handle) {
    program.terminate();
    try {
      long left = handle.expiryNanos() - KILL_EARLIER_NANOS - System.nanoTime();
      if (left <= 0 || !program.await(left / 1_000_000)) {
        program.kill();
      }
    } catch (InterruptedException e) {
      program.kill();
      Thread.currentThread().interrupt();
    }
  }

  private static void forget(Thread stopper) {
    try {
      Runtime.getRuntime().removeShutdownHook(stopper);
    } catch (IllegalStateException e) {
      // This process ends already, and the hook has done its work.
    }
  }
}
