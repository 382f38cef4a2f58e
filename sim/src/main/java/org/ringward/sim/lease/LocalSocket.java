package org.ringward.sim.lease;

import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;
import org.ringward.sim.machine.Machine;
import org.ringward.sim.world.Chance;
import org.ringward.sim.world.Time;

/**
 * The local socket between a program and the daemon of its machine: what either says arrives after
 * a moment, in the order in which it was said, and belongs to the connection it was said on.
 */
final class LocalSocket {
  private static final int CONNECTIONS_APART = 100;

  private final Machine machine;
  private final int number;
  private final Chance chance;
  private long connections;
  private long session;
  private long lastWordAt;
  private long lastToldAt;

  /**
   * @param number of the program, which no other of this machine has and which is below ten
   * @param chance for the time a word takes
   */
  LocalSocket(Machine machine, int number, Chance chance) {
    this.machine = machine;
    this.number = number;
    this.chance = chance;
  }

  /** What the daemon knows the present connection by; 0 without one. */
  long session() {
    return session;
  }

  /** From now on it is another connection. */
  void connect() {
    session = ++connections * CONNECTIONS_APART + number;
  }

  /** From now on there is none. */
  void close() {
    session = 0;
  }

  /**
   * The program says something to the daemon; it is lost when that daemon ends before it arrives. A
   * life of the daemon is one object.
   *
   * @param desk where it arrives; null while there is no daemon, and nothing is said
   * @param word gets the desk and the connection it was said on
   */
  @SuppressWarnings("ReferenceEquality")
  <D> void say(@Nullable D desk, ObjLongConsumer<D> word) {
    if (desk == null) {
      return;
    }
    Object program = machine.program();
    long of = session;
    long arrives = machine.world().now() + chance.between(10 * Time.MICROS, 2 * Time.MILLIS);
    lastWordAt = Math.max(lastWordAt, arrives);
    machine
        .world()
        .at(
            lastWordAt,
            machine.id(),
            () -> {
              @Nullable Object now = machine.program();
              if (now == program && now != null) {
                machine.inputNow(() -> word.accept(desk, of));
              }
            });
  }

  /**
   * The daemon says something to the program; it is lost when the program has another connection by
   * then.
   *
   * @param arrives the earliest time, in nanoseconds of the world
   */
  void tell(long arrives, long ofSession, Runnable word) {
    lastToldAt = Math.max(lastToldAt, arrives);
    machine
        .world()
        .at(
            lastToldAt,
            machine.id(),
            () -> {
              if (session == ofSession) {
                word.run();
              }
            });
  }
}
