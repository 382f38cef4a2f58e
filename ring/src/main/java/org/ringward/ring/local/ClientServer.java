package org.ringward.ring.local;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.ringward.core.group.ClosedProcessGroups;
import org.ringward.core.group.RingConfiguration;
import org.ringward.core.group.RingStatus;
import org.ringward.core.node.RingNode;
import org.ringward.core.node.RingWatch;
import org.ringward.core.port.Journal.Level;
import org.ringward.ring.loop.Companion;
import org.ringward.ring.loop.Descriptors;
import org.ringward.ring.net.UnixConnection;
import org.ringward.ring.net.UnixListener;
import org.ringward.ring.program.Door;
import org.ringward.ring.program.ProgramAccess;

/**
 * Serves a ring to client processes, in the ring's own thread: no message changes threads. A client
 * that is dead, slow or hostile costs its own connection and never more than a bounded part of the
 * memory and of a turn.
 */
public final class ClientServer implements Companion {
  private static final int CLIENTS_MOST = 256;

  /**
   * How long the ring waits for clients that are far behind, and how long before it looks again.
   */
  private static final long WAIT_MOST_NANOS = 2_000_000;

  private static final long WAIT_STEP_NANOS = 250_000;

  /** Part of the heap that may be used for what waits for clients, or comes from them. */
  private static final int HEAP_PART = 4;

  /** Numbers for processes that this machine's system does not show. */
  private static final int STRANGERS = 1 << 30;

  private final Door door;
  private final Descriptors descriptors;
  private final ProgramAccess access;
  private final RingWatch.Log log;
  private final List<ClientSession> sessions = new ArrayList<>();
  private final long memoryMost = Runtime.getRuntime().maxMemory() / HEAP_PART;
  private long memoryUsed;
  private long waitAgain = Long.MIN_VALUE / 2;
  private @Nullable RingNode node;
  private int turn;
  private int strangers;
  private boolean anyOver;
  private boolean anyOutput;

  /**
   * @param listener closed with the ring
   * @param log where findings go; never blocks
   */
  public ClientServer(
      UnixListener listener, Descriptors descriptors, ProgramAccess access, RingWatch.Log log) {
    this.door = new Door(listener, descriptors);
    this.descriptors = descriptors;
    this.access = access;
    this.log = log;
  }

  @Override
  public void attach(RingNode attached) {
    node = attached;
  }

  // ---- for the sessions ----

  ClosedProcessGroups groups() {
    return Objects.requireNonNull(node).groups().groups();
  }

  RingStatus status() {
    return Objects.requireNonNull(node).groups().status();
  }

  boolean takeMemory(long bytes) {
    if (memoryUsed + bytes > memoryMost) {
      return false;
    }
    memoryUsed += bytes;
    return true;
  }

  void isOver(ClientSession session, String reason) {
    anyOver = true;
    if (!reason.isEmpty()) {
      log.log(Level.NOTICE, "client process " + session.pid() + " is hung up on: " + reason);
    }
  }

  void hasOutput() {
    anyOutput = true;
  }

  // ---- the loop ----

  @Override
  public void takeIn(long nowNanos) {
    UnixConnection comes = door.next(nowNanos);
    if (comes != null) {
      admit(comes);
    }
    int count = sessions.size();
    if (count > 0) {
      // Each is first in its turn: what the ring has room for goes round.
      turn = (turn + 1) % count;
      for (int at = 0; at < count; at++) {
        sessions.get((turn + at) % count).connection().takeIn();
      }
    }
    removeOver();
  }

  private void admit(UnixConnection connection) {
    int pid = connection.process() > 0 ? connection.process() : STRANGERS + ++strangers;
    ClientSession session = new ClientSession(this, connection, descriptors, pid);
    if (!access.allows(connection.user(), connection.group())) {
      String who = "user " + Integer.toUnsignedString(connection.user());
      session
          .connection()
          .end(who + " may not use the ring; uidgid in the configuration says who may");
    } else if (sessions.size() >= CLIENTS_MOST) {
      session.connection().end("there are " + CLIENTS_MOST + " clients already");
    } else {
      sessions.add(session);
      session.connection().begin();
    }
  }

  private void removeOver() {
    if (anyOver) {
      anyOver = false;
      sessions.removeIf(each -> each.connection().isOver());
    }
  }

  @Override
  public void giveOut(long nowNanos) {
    if (anyOutput) {
      anyOutput = false;
      for (int at = 0; at < sessions.size(); at++) {
        sessions.get(at).giveOut(nowNanos);
      }
      letRead(nowNanos);
      removeOver();
    }
  }

  /**
   * With real-time priority, and few processors, the ring's thread can keep clients from reading
   * what it has for them. When one is far behind the ring waits for it a little, and the others
   * with it; never for more than half of the time, and not for one that does not read.
   */
  private void letRead(long nowNanos) {
    long now = nowNanos;
    if (!anyFarBehind(now) || now - waitAgain < 0) {
      return;
    }
    long until = now + WAIT_MOST_NANOS;
    while (now - until < 0 && anyFarBehind(now)) {
      LockSupport.parkNanos(WAIT_STEP_NANOS);
      now = System.nanoTime();
      for (int at = 0; at < sessions.size(); at++) {
        if (sessions.get(at).isFarBehind(now)) {
          sessions.get(at).giveOutAnyway(now);
        }
      }
    }
    waitAgain = now + (now - nowNanos);
  }

  private boolean anyFarBehind(long nowNanos) {
    for (int at = 0; at < sessions.size(); at++) {
      ClientSession session = sessions.get(at);
      if (session.isFarBehind(nowNanos)) {
        if (session.isNewlyBehind()) {
          log.log(
              Level.NOTICE,
              "client process %d reads slowly: the ring waits for it now and then"
                  .formatted(session.pid()));
        }
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean maySleep() {
    for (int at = 0; at < sessions.size(); at++) {
      if (sessions.get(at).connection().hasInput()) {
        return false;
      }
    }
    return !door.isKnockedAt();
  }

  @Override
  public void configurationChanged(RingConfiguration configuration) {
    byte[] bytes = LocalReports.write(configuration);
    for (ClientSession session : List.copyOf(sessions)) {
      session.tell(LocalFrame.CONFIGURATION, 0, bytes);
    }
  }

  @Override
  public void synchronised(long ringSequence) {
    for (ClientSession session : List.copyOf(sessions)) {
      session.tell(LocalFrame.SYNCHRONISED, 0, new byte[0]);
    }
  }

  @Override
  public void ended(boolean orderly, String reason) {
    for (ClientSession session : List.copyOf(sessions)) {
      session.connection().end(orderly ? "the ring has ended" : "the ring has ended: " + reason);
    }
    sessions.clear();
    door.close();
  }

  /** How many clients are connected. */
  int clients() {
    return sessions.size();
  }

  int nodeId() {
    return groups().self();
  }
}
