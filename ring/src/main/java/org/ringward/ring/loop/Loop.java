package org.ringward.ring.loop;

import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.ringward.core.port.Power;

/**
 * The loop that turns a machine: take what is there, turn, sleep until the next deadline. One
 * thread runs it, and only that thread touches the machine.
 */
public final class Loop<M extends Machine> implements Runnable, Power {
  /** Bounds of one turn, so that neither kind of input can starve the other or the deadlines. */
  private static final int INPUTS_PER_TURN = 1024;

  private static final int DATAGRAMS_PER_TURN = 256;
  private static final long SLEEP_MOST = 60_000_000_000L;

  /** How the process ends at once; does not return. */
  public interface Halt {
    void now(String reason, @Nullable Throwable cause);
  }

  private final DatagramSource datagrams;
  private final Inbox<M> inbox;
  private final Halt halt;
  private @Nullable M machine;
  private @Nullable String endReason;

  public Loop(DatagramSource datagrams, Inbox<M> inbox, Halt halt) {
    this.datagrams = datagrams;
    this.inbox = inbox;
    this.halt = halt;
  }

  /** Sets what to turn; once, before the loop runs. The machine's ports need the loop first. */
  public void machine(M toTurn) {
    machine = toTurn;
  }

  /**
   * Turns the machine until it asks for its orderly end. Whatever the machine throws ends the
   * process at once: a node in an unknown state must not act, the others will fence it.
   */
  @Override
  public void run() {
    try {
      M turned = Objects.requireNonNull(machine);
      turned.start(System.nanoTime(), System.currentTimeMillis());
      turned.turn(System.nanoTime(), System.currentTimeMillis());
      while (endReason == null) {
        datagrams.await(sleepNanos(turned));
        takeInputs(turned);
        datagrams.receive(turned, DATAGRAMS_PER_TURN);
        turned.turn(System.nanoTime(), System.currentTimeMillis());
      }
    } catch (Throwable e) {
      halt.now("the node failed: " + e, e);
    }
  }

  private void takeInputs(M turned) {
    for (int count = 0; count < INPUTS_PER_TURN; count++) {
      Consumer<? super M> input = inbox.poll();
      if (input == null) {
        return;
      }
      input.accept(turned);
    }
  }

  private long sleepNanos(M turned) {
    if (!inbox.isEmpty()) {
      return 0;
    }
    long deadline = turned.nextDeadline();
    if (deadline == Long.MAX_VALUE) {
      return SLEEP_MOST;
    }
    return Math.clamp(deadline - System.nanoTime(), 0, SLEEP_MOST);
  }

  /** {@inheritDoc} The node calls it from inside a turn. */
  @Override
  public void exit(boolean orderly, String reason) {
    if (!orderly) {
      halt.now(reason, null);
    }
    endReason = reason;
  }

  /** Why the loop ended; valid after {@link #run} returned. */
  public String endReason() {
    return String.valueOf(endReason);
  }
}
