package org.ringward.sim.ring;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.NodeSet;
import org.ringward.core.port.RingIds;
import org.ringward.sim.evs.History;
import org.ringward.sim.world.Chance;
import org.ringward.sim.world.Time;
import org.ringward.sim.world.Violation;

/**
 * The machine of one node: its process, its clock, its ring id file, and the loop that turns the
 * process as the real one does.
 */
final class RingHost {
  /** Datagrams a socket holds while nobody reads it; more are lost. */
  private static final int SOCKET_DATAGRAMS = 256;

  /** Turns in a row with a deadline that is over: the loop spins. */
  private static final int SPINNING_TURNS = 500;

  /** When a world begins, milliseconds. */
  private static final long SINCE_1970 = 1_800_000_000_000L;

  private final RingWorld world;
  private final int node;
  private final Chance chance;
  private final long clockOffset;
  private final List<Long> ringIdFile = new ArrayList<>(List.of(0L));
  private final Queue<Runnable> inbox = new ArrayDeque<>();
  private @Nullable RingApplication process;
  private @Nullable History history;
  private boolean powered;
  private boolean forgetful;
  private int life;
  private long pausedUntil;
  private long wakeAt = Time.NEVER;
  private long slowness;
  private int idleTurns;
  private NodeSet configured;

  RingHost(RingWorld world, int node, Chance chance) {
    this.world = world;
    this.node = node;
    this.chance = chance;
    this.clockOffset = chance.between(0, 1_000_000 * Time.SECONDS);
    this.slowness = world.plan().turnNanos();
    this.configured = world.all();
  }

  @Nullable RingApplication process() {
    return process;
  }

  /** Whether a datagram to this machine is answered with ICMP port unreachable. */
  boolean refuses() {
    return powered && process == null;
  }

  void slowness(long nanos) {
    slowness = nanos;
  }

  private long wallMillis() {
    return world.plan().clocksAreRight() ? SINCE_1970 + world.now() / Time.MILLIS : 0;
  }

  private long clock() {
    return world.now() + clockOffset;
  }

  // --- life

  /** Power and process, if they are not there. */
  void start() {
    powered = true;
    if (process != null) {
      return;
    }
    int thisLife = ++life;
    pausedUntil = 0;
    idleTurns = 0;
    History begun = world.recording().begin(node);
    if (forgetful) {
      begun.forgetful();
      forgetful = false;
    }
    history = begun;
    tell("* starts with ring id " + ringIdFile.getLast());
    RingApplication created =
        new RingApplication(
            node,
            configured,
            world,
            begun,
            chance.fork("life"),
            ringIds(begun),
            (link, to, bytes, offset, length) -> {
              if (life == thisLife) {
                world.lan().send(link, node, to, bytes, offset, length);
              }
            });
    process = created;
    guarded(() -> created.start(clock()));
    input();
  }

  private RingIds ringIds(History of) {
    return new RingIds() {
      @Override
      public long load() {
        return Math.max(ringIdFile.getLast(), wallMillis());
      }

      @Override
      public void store(long ringSequence) {
        ringIdFile.add(ringSequence);
        of.stored(ringSequence);
      }
    };
  }

  /** The file is gone, or the one of some rings ago is back. */
  void loseRingId(int ringsAgo) {
    int kept = ringsAgo == 0 ? 1 : Math.max(1, ringIdFile.size() - ringsAgo % 5);
    ringIdFile.subList(kept, ringIdFile.size()).clear();
    forgetful = !world.plan().clocksAreRight();
  }

  void kill() {
    end("* killed");
  }

  void leave() {
    RingApplication current = process;
    if (current != null && !isPaused()) {
      guarded(() -> current.shutdown(clock()));
      end("* leaves");
    }
  }

  void powerOff() {
    end("* power off");
    powered = false;
  }

  private void end(String how) {
    if (process != null) {
      tell(how);
      world.overtaken(process.overtaken());
      process = null;
      life++;
      inbox.clear();
      wakeAt = Time.NEVER;
      if (history != null) {
        history.ended();
      }
    }
  }

  /** Messages of the present life that followed their token. */
  long overtaken() {
    return process == null ? 0 : process.overtaken();
  }

  // --- pauses

  boolean isPaused() {
    return pausedUntil > world.now();
  }

  void pause(long nanos) {
    if (process != null) {
      tell("* paused for " + nanos / Time.MILLIS + " ms");
      pausedUntil = Math.max(pausedUntil, world.now() + nanos);
      int thisLife = life;
      long until = pausedUntil;
      world.later(nanos, () -> resume(thisLife, until));
    }
  }

  /** Ends a pause now. */
  void unpause() {
    if (isPaused()) {
      pausedUntil = world.now();
      resume(life, pausedUntil);
    }
  }

  private void resume(int ofLife, long until) {
    RingApplication current = process;
    if (life != ofLife || pausedUntil != until || current == null) {
      return;
    }
    if (world.plan().noticesStalls()) {
      inbox.clear();
      guarded(() -> current.stalled(clock()));
    }
    guarded(() -> current.configure(configured, clock()));
    while (!inbox.isEmpty()) {
      guarded(inbox.remove());
    }
    input();
  }

  /** The node list is another one, and the process is told so. */
  void configure(NodeSet nodes) {
    RingApplication current = process;
    if (configured.equals(nodes)) {
      return;
    }
    configured = nodes;
    if (current == null) {
      return;
    }
    tell("* knows of " + nodes);
    if (!isPaused()) {
      guarded(() -> current.configure(nodes, clock()));
      input();
    }
  }

  // --- inputs

  void arrived(int link, int fromNode, byte[] datagram) {
    RingApplication current = process;
    if (current == null) {
      return;
    }
    if (!isPaused()) {
      try {
        current.received(link, known(fromNode), datagram, clock());
      } catch (RuntimeException | StackOverflowError broken) {
        throw broke(broken);
      }
      input();
    } else if (inbox.size() < SOCKET_DATAGRAMS) {
      inbox.add(() -> current.received(link, known(fromNode), datagram, clock()));
    }
  }

  /** An address that is not configured is nobody's. */
  private int known(int fromNode) {
    return configured.contains(fromNode) ? fromNode : 0;
  }

  void refused(int link, int byNode) {
    RingApplication current = process;
    if (current == null) {
      return;
    }
    if (isPaused()) {
      inbox.add(() -> current.refused(link, byNode, clock()));
    } else {
      guarded(() -> current.refused(link, byNode, clock()));
      input();
    }
  }

  void burst(int count, int length) {
    RingApplication current = process;
    if (current != null && !isPaused()) {
      guarded(() -> current.burst(count, length, clock()));
      input();
    }
  }

  // --- the loop

  private void input() {
    if (slowness == 0) {
      turn();
    } else {
      idleTurns = 0;
      wake(world.now() + chance.between(slowness / 4, slowness));
    }
  }

  private void wake(long time) {
    if (time >= wakeAt) {
      return;
    }
    wakeAt = time;
    int thisLife = life;
    world.at(
        time,
        node,
        () -> {
          if (wakeAt == time && life == thisLife) {
            wakeAt = Time.NEVER;
            turn();
          }
        });
  }

  private void turn() {
    RingApplication current = process;
    if (current == null || isPaused()) {
      return;
    }
    long now = clock();
    try {
      current.turn(now);
    } catch (RuntimeException | StackOverflowError broken) {
      throw broke(broken);
    }
    long deadline = current.nextDeadline();
    if (deadline > now) {
      idleTurns = 0;
      if (deadline != Time.NEVER) {
        wake(deadline - clockOffset);
      }
    } else {
      if (++idleTurns > SPINNING_TURNS) {
        throw new Violation("loop", "n" + node + " spins: its deadline is always over");
      }
      wake(world.now() + Math.max(slowness / 2, Time.MICROS));
    }
  }

  private void guarded(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | StackOverflowError broken) {
      throw broke(broken);
    }
  }

  private Violation broke(Throwable broken) {
    return broken instanceof Violation violation
        ? violation
        : new Violation("no exception", "n" + node + " broke: " + broken, broken);
  }

  private void tell(String what) {
    if (world.told()) {
      world.tell(node, what);
    }
  }
}
