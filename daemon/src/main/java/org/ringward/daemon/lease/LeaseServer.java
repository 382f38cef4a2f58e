package org.ringward.daemon.lease;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.forum.ForumDesk;
import org.ringward.core.lease.LeaseDesk;
import org.ringward.core.lease.LeaseEvent;
import org.ringward.core.port.Journal;
import org.ringward.core.port.Journal.Level;
import org.ringward.ring.loop.Descriptors;
import org.ringward.ring.net.UnixConnection;
import org.ringward.ring.net.UnixListener;
import org.ringward.ring.program.Door;
import org.ringward.ring.program.ProgramAccess;

/**
 * The lease socket: brings what programs say to the node's {@link LeaseDesk} and {@link ForumDesk},
 * and what these tell to them, in the node's own thread. A program that is dead, slow or hostile
 * costs its own connection and a bounded part of the memory and of a turn.
 */
public final class LeaseServer implements LeaseDesk.Consumers, AutoCloseable {
  /** The socket's name in the run directory. */
  public static final String SOCKET = "lease.sock";

  private static final int SESSIONS_MOST = 1024;

  /** Bytes that wait for all programs. */
  private static final long UNREAD_MOST = Runtime.getRuntime().maxMemory() / 4;

  private final Door door;
  private final Descriptors descriptors;
  private final ProgramAccess access;
  private final String node;
  private final Journal journal;
  private final Map<Long, LeaseSession> sessions = new HashMap<>();
  private final List<LeaseSession> order = new ArrayList<>();
  private @Nullable LeaseDesk desk;
  private @Nullable ForumDesk forum;
  private long lastSession;
  private boolean anyOver;
  private boolean anyOutput;
  private long unread;

  private LeaseServer(
      UnixListener listener, Descriptors descriptors, NodeSettings settings, Journal journal) {
    this.door = new Door(listener, descriptors);
    this.descriptors = descriptors;
    this.access = ProgramAccess.of(settings.daemon().access());
    this.node = settings.nodeName();
    this.journal = journal;
  }

  /**
   * Opens the socket.
   *
   * @throws org.ringward.core.base.OperatorException when that cannot be done
   */
  public static LeaseServer open(NodeSettings settings, Descriptors descriptors, Journal journal) {
    return new LeaseServer(UnixListener.open(socket(settings)), descriptors, settings, journal);
  }

  /** The lease socket of a node with these settings. */
  public static Path socket(NodeSettings settings) {
    return Path.of(settings.paths().runDir(), SOCKET);
  }

  /** Whose programs these are; before the node starts. */
  public void serve(LeaseDesk leases, ForumDesk groups) {
    desk = leases;
    leases.tellTo(this);
    forum = groups;
    groups.tellTo((session, handle, news) -> {
      LeaseSession to = sessions.get(session);
      if (to != null) {
        to.tell(handle, news);
      }
    });
  }

  // ---- for the sessions

  /** What waits for all programs together has a bound, too. */
  boolean takeUnread(long bytes) {
    if (bytes > 0 && unread + bytes > UNREAD_MOST) {
      return false;
    }
    unread += bytes;
    return true;
  }

  @Nullable LeaseDesk desk() {
    return desk;
  }

  @Nullable ForumDesk forum() {
    return forum;
  }

  String nodeName() {
    return node;
  }

  void hasOutput() {
    anyOutput = true;
  }

  void isOver(LeaseSession session, String reason) {
    anyOver = true;
    if (!reason.isEmpty()) {
      journal.log(Level.NOTICE, "lease client " + session.process() + " is hung up on: " + reason);
    }
    if (desk != null) {
      desk.closed(session.id());
    }
    if (forum != null) {
      forum.closed(session.id());
    }
  }

  // ---- the loop

  /** Takes what programs have said. */
  public void takeIn(long nowNanos) {
    UnixConnection comes = door.next(nowNanos);
    if (comes != null) {
      admit(comes);
    }
    for (int at = 0; at < order.size(); at++) {
      order.get(at).takeIn(nowNanos);
    }
    removeOver();
  }

  private void admit(UnixConnection connection) {
    LeaseSession session = new LeaseSession(this, connection, descriptors, ++lastSession);
    if (!access.allows(connection.user(), connection.group())) {
      String who = "user " + Integer.toUnsignedString(connection.user());
      session
          .connection()
          .end(who + " may not hold leases; uidgid in the configuration says who may");
    } else if (sessions.size() >= SESSIONS_MOST) {
      session.connection().end("there are " + SESSIONS_MOST + " programs already");
    } else {
      sessions.put(session.id(), session);
      order.add(session);
      session.connection().begin();
    }
  }

  private void removeOver() {
    if (anyOver) {
      anyOver = false;
      order.removeIf(each -> each.connection().isOver());
      sessions.values().removeIf(each -> each.connection().isOver());
    }
  }

  /** What was told during the turn goes out. */
  public void giveOut() {
    if (anyOutput) {
      anyOutput = false;
      for (int at = 0; at < order.size(); at++) {
        order.get(at).connection().giveOut();
      }
      removeOver();
    }
  }

  /** When {@link #takeIn} is needed although nothing comes in: at once, or never. */
  public long nextDeadline(long nowNanos) {
    boolean any =
        door.isKnockedAt() || order.stream().anyMatch(each -> each.connection().hasInput());
    return any ? nowNanos : door.nextDeadline();
  }

  @Override
  public void tell(long session, int handle, LeaseEvent event) {
    LeaseSession to = sessions.get(session);
    if (to != null) {
      to.tell(handle, event);
    }
  }

  /** The node has ended: so do the connections. Whoever holds something has until its expiry. */
  @Override
  public void close() {
    for (LeaseSession session : List.copyOf(order)) {
      session.connection().end("the daemon ends");
    }
    door.close();
  }
}
