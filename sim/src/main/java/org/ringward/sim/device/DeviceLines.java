package org.ringward.sim.device;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;
import org.ringward.core.port.Streams;
import org.ringward.sim.world.Chance;
import org.ringward.sim.world.Observer;
import org.ringward.sim.world.Time;
import org.ringward.sim.world.World;

/**
 * Connections of machines 1 to n with the host of a quorum device, as TCP has them: in order, and
 * nothing is lost while both ends live. What is under way waits while its direction is cut, and
 * comes all at once afterwards; so a node may be heard and be deaf. An end whose machine has lost
 * power says nothing; one whose program died says so, as kernels do.
 */
public final class DeviceLines implements Observer {
  private static final long RETRANSMISSION = Time.SECONDS;

  /** Pieces that wait for an end which does not take them; more end the connection. */
  private static final int WAITING_MOST = 500;

  private final World world;
  private final Chance chance;
  private final IntPredicate powered;
  private final DeviceHost host;
  private final TreeMap<Long, Line> lines = new TreeMap<>();
  private final boolean[] mute;
  private final boolean[] deaf;
  private final long[] slowest;
  private long sessions;

  /** The end of a connection in one life of a daemon. */
  public interface Near {
    boolean isAlive();

    void opened(long connection);

    void secured(long connection);

    void received(long connection, byte[] bytes);

    void closed(long connection, String why);
  }

  private enum Kind {
    OPEN,
    BYTES,
    TLS,
    END
  }

  private record Piece(Kind kind, byte[] bytes) {
    static Piece of(Kind kind) {
      return new Piece(kind, new byte[0]);
    }
  }

  private static final class Line {
    final long session;
    final int machine;
    final long connection;
    final Near near;
    final Deque<Piece> toHost = new ArrayDeque<>();
    final Deque<Piece> toNode = new ArrayDeque<>();
    boolean nearOpen = true;
    boolean farOpen;

    Line(long session, int machine, long connection, Near near) {
      this.session = session;
      this.machine = machine;
      this.connection = connection;
      this.near = near;
    }

    boolean isOver() {
      return !nearOpen && !farOpen && toHost.isEmpty() && toNode.isEmpty();
    }
  }

  /**
   * @param powered whether a machine has power
   */
  DeviceLines(World world, int machines, Chance chance, IntPredicate powered, DeviceHost host) {
    this.world = world;
    this.chance = chance;
    this.powered = powered;
    this.host = host;
    this.mute = new boolean[machines + 1];
    this.deaf = new boolean[machines + 1];
    this.slowest = new long[machines + 1];
    mend();
  }

  // ---- faults ----

  /** What a machine says does not reach the device, or does again. */
  public void mute(int machine, boolean is) {
    mute[machine] = is;
    carryAll(machine);
  }

  /** What the device says does not reach a machine, or does again. */
  public void deaf(int machine, boolean is) {
    deaf[machine] = is;
    carryAll(machine);
  }

  /** How long a machine's way to the device takes at most, in nanoseconds. */
  public void delay(int machine, long most) {
    slowest[machine] = most;
  }

  /** Something between a machine and the device forgets their connections: first the machine's. */
  public void reset(int machine) {
    for (Line line : of(machine)) {
      if (line.nearOpen) {
        line.nearOpen = false;
        line.toHost.clear();
        line.near.closed(line.connection, "connection reset");
        put(line, true, Piece.of(Kind.END));
      }
    }
  }

  /** All ways are good. */
  public void mend() {
    for (int machine = 1; machine < mute.length; machine++) {
      delay(machine, 4 * Time.MILLIS);
      mute(machine, false);
      deaf(machine, false);
    }
  }

  // ---- the node's end ----

  /** The connections of one life of a machine's daemon. */
  public Streams streams(int machine, Near near) {
    TreeMap<Long, Line> own = new TreeMap<>();
    return new Streams() {
      @Override
      public void open(long connection) {
        Line line = new Line(++sessions, machine, connection, near);
        own.put(connection, line);
        lines.put(line.session, line);
        connect(line, chance.between(0, slowest[machine]));
      }

      @Override
      public void startTls(long connection) {
        send(connection, Piece.of(Kind.TLS));
      }

      @Override
      public void send(long connection, byte[] bytes) {
        world.trace().fold(bytes, 0, bytes.length);
        send(connection, new Piece(Kind.BYTES, bytes));
      }

      private void send(long connection, Piece piece) {
        Line line = own.get(connection);
        if (line == null || !line.nearOpen) {
          return;
        }
        if (line.toHost.size() >= WAITING_MOST) {
          line.nearOpen = false;
          soon(line, () -> line.near.closed(connection, "it takes nothing"));
          return;
        }
        put(line, true, piece);
      }

      @Override
      public void close(long connection) {
        Line line = own.remove(connection);
        if (line == null) {
          return;
        }
        if (line.nearOpen) {
          line.nearOpen = false;
          put(line, true, Piece.of(Kind.END));
        }
        soon(line, () -> line.near.closed(connection, "closed here"));
      }
    };
  }

  private void soon(Line line, Runnable input) {
    world.after(
        chance.between(0, Time.MILLIS),
        line.machine,
        () -> {
          if (line.near.isAlive()) {
            input.run();
          }
        });
  }

  private void connect(Line line, long delay) {
    world.after(
        delay,
        line.machine,
        () -> {
          if (!line.nearOpen || !line.near.isAlive()) {
            return;
          }
          if (mute[line.machine] || deaf[line.machine] || !host.isPowered()) {
            connect(line, RETRANSMISSION);
          } else if (!host.listens()) {
            line.nearOpen = false;
            line.near.closed(line.connection, "connection refused");
          } else {
            line.farOpen = true;
            host.accepted(line.session, line.machine);
            put(line, false, Piece.of(Kind.OPEN));
          }
        });
  }

  // ---- the host's end ----

  void send(long session, byte[] bytes) {
    Line line = lines.get(session);
    if (line == null || !line.farOpen) {
      return;
    }
    if (line.toNode.size() >= WAITING_MOST) {
      close(session);
      host.ended(session);
      return;
    }
    put(line, false, new Piece(Kind.BYTES, bytes));
  }

  void close(long session) {
    Line line = lines.get(session);
    if (line != null && line.farOpen) {
      line.farOpen = false;
      put(line, false, Piece.of(Kind.END));
    }
  }

  /** The program at the host has died; with its machine, if that lost power. */
  void hostDied(boolean withPower) {
    for (Line line : List.copyOf(lines.values())) {
      if (line.farOpen && !withPower) {
        close(line.session);
      } else if (withPower) {
        line.farOpen = false;
        if (deaf[line.machine]) {
          line.toNode.clear();
        }
      }
    }
  }

  /** The host has power again: it answers what it does not know with a reset. */
  void hostIsBack() {
    for (int machine = 1; machine < mute.length; machine++) {
      carryAll(machine);
    }
  }

  // ---- machines ----

  @Override
  public void daemonEnded(int node, boolean orderly) {
    for (Line line : of(node)) {
      boolean wasOpen = line.nearOpen;
      line.nearOpen = false;
      if (!powered.test(node)) {
        line.toHost.clear();
      } else if (wasOpen) {
        put(line, true, Piece.of(Kind.END));
      }
    }
  }

  @Override
  public void poweredOn(int node) {
    carryAll(node);
  }

  // ---- what is under way ----

  private List<Line> of(int machine) {
    List<Line> found = new ArrayList<>();
    for (Line line : lines.values()) {
      if (line.machine == machine) {
        found.add(line);
      }
    }
    return found;
  }

  private void carryAll(int machine) {
    for (Line line : of(machine)) {
      later(line, () -> carryToHost(line), !line.toHost.isEmpty());
      later(line, () -> carryToNode(line), !line.toNode.isEmpty());
    }
  }

  private void put(Line line, boolean toHost, Piece piece) {
    (toHost ? line.toHost : line.toNode).add(piece);
    later(line, () -> carry(line, toHost), true);
  }

  private void later(Line line, Runnable what, boolean needed) {
    if (needed) {
      world.after(chance.between(0, slowest[line.machine]), line.machine, what);
    }
  }

  private void carry(Line line, boolean toHost) {
    if (toHost) {
      carryToHost(line);
    } else {
      carryToNode(line);
    }
  }

  private void carryToHost(Line line) {
    whileAny(
        line.toHost,
        () -> !mute[line.machine] && host.isPowered(),
        () -> atHost(line, line.toHost.remove()));
    forget(line);
  }

  private void carryToNode(Line line) {
    whileAny(
        line.toNode,
        () -> !deaf[line.machine] && powered.test(line.machine),
        () -> atNode(line, line.toNode.remove()));
    forget(line);
  }

  private static void whileAny(Deque<Piece> waiting, BooleanSupplier open, Runnable next) {
    while (!waiting.isEmpty() && open.getAsBoolean()) {
      next.run();
    }
  }

  private void forget(Line line) {
    if (line.isOver()) {
      lines.remove(line.session);
    }
  }

  private void atHost(Line line, Piece piece) {
    if (!line.farOpen) {
      if (line.nearOpen && piece.kind() != Kind.END) {
        put(line, false, Piece.of(Kind.END));
      }
      return;
    }
    switch (piece.kind()) {
      case BYTES -> host.received(line.session, piece.bytes());
      case TLS -> {
        host.secured(line.session);
        put(line, false, piece);
      }
      case END -> {
        line.farOpen = false;
        host.ended(line.session);
      }
      case OPEN -> {}
    }
  }

  private void atNode(Line line, Piece piece) {
    if (!line.nearOpen || !line.near.isAlive()) {
      if (line.farOpen && piece.kind() != Kind.END) {
        put(line, true, Piece.of(Kind.END));
      }
      return;
    }
    switch (piece.kind()) {
      case OPEN -> line.near.opened(line.connection);
      case BYTES -> line.near.received(line.connection, piece.bytes());
      case TLS -> line.near.secured(line.connection);
      case END -> {
        line.nearOpen = false;
        line.near.closed(line.connection, "closed by the device");
      }
    }
  }
}
