package org.ringward.client;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.ringward.client.GroupChange.Reason;

/**
 * This program's membership in a group: all members hear all messages in one order, and who is a
 * member when (docs/leases.md). All methods may be called by any thread.
 */
public final class GroupHandle implements AutoCloseable {
  /** The longest message in bytes. */
  public static final int MESSAGE_MOST = 64 * 1024;

  /** So much may be sent that has not come back; the daemon takes no more. */
  private static final int WINDOW = 256 * 1024;

  private static final int MESSAGE_COST = 64;

  /** Bytes of messages that wait to be taken. */
  private static final long KEPT_MOST = 16L * 1024 * 1024;

  private static final Reason[] REASONS = Reason.values();

  private final LeaseClient client;
  private final int number;
  private final String group;
  private final GroupListener listener;
  private final boolean keeps;
  private final Deque<GroupMessage> kept = new ArrayDeque<>();
  private final Deque<Integer> unconfirmed = new ArrayDeque<>();
  private List<GroupMember> members = List.of();
  private long id;
  private long keptBytes;
  private long underWay;
  private @Nullable String over;

  GroupHandle(LeaseClient client, int number, String group, GroupListener listener, boolean keeps) {
    this.client = client;
    this.number = number;
    this.group = group;
    this.listener = listener;
    this.keeps = keeps;
  }

  int number() {
    return number;
  }

  /** Name of the group. */
  public String group() {
    return group;
  }

  /** This program's id as a member, 0 before it is one. */
  public synchronized long id() {
    return id;
  }

  /** The members as of what was told last; the first has been there longest. */
  public synchronized List<GroupMember> members() {
    return members;
  }

  /** Why the membership is over, null while it is not. */
  public synchronized @Nullable String over() {
    return over;
  }

  /** Messages that were sent and have not come back at their place in the order. */
  public synchronized int unconfirmed() {
    return unconfirmed.size();
  }

  /**
   * Waits until this program is a member.
   *
   * @return whether it is; false when the time is over
   * @throws LeaseException when it was refused, or the membership is over
   */
  public synchronized boolean awaitJoined(Duration patience) throws InterruptedException {
    return waitUntil(() -> id != 0, patience);
  }

  /** Waits, and lets others in meanwhile; whether it came about. */
  private synchronized boolean waitUntil(BooleanSupplier condition, Duration patience)
      throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      check();
      long left = end - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      wait(left / 1_000_000 + 1);
    }
    return true;
  }

  private void check() {
    if (over != null) {
      throw new LeaseException(over);
    }
  }

  /**
   * Says something to all members, this one included. Waits while too much is under way: messages
   * get into the order only while the cluster has quorum. Messages of one member keep their order.
   *
   * @param bytes at most {@link #MESSAGE_MOST}
   * @param patience how long to wait for room; a listener does not wait
   * @return false when there was no room in that time: nothing is sent
   * @throws LeaseException when the membership is over
   */
  public synchronized boolean send(byte[] bytes, Duration patience) throws InterruptedException {
    if (bytes.length > MESSAGE_MOST) {
      throw new IllegalArgumentException("a message has at most " + MESSAGE_MOST + " bytes");
    }
    int cost = bytes.length + MESSAGE_COST;
    check();
    Duration most = client.isReader() ? Duration.ZERO : patience;
    if (!waitUntil(() -> underWay + cost <= WINDOW, most)) {
      return false;
    }
    check();
    underWay += cost;
    unconfirmed.add(cost);
    client.enqueue(Frames.say(number, bytes));
    return true;
  }

  /**
   * The next message, for a program that joined without a listener.
   *
   * @return null when none came in that time
   * @throws LeaseException when the membership is over and all its messages are taken
   */
  public synchronized @Nullable GroupMessage take(Duration patience) throws InterruptedException {
    if (!waitUntil(() -> !kept.isEmpty(), patience)) {
      return null;
    }
    GroupMessage next = kept.removeFirst();
    keptBytes -= next.bytes().length + MESSAGE_COST;
    return next;
  }

  /** Leaves the group, after what was sent; {@link GroupListener#out} tells when it has. */
  public void leave() {
    client.send(Frames.empty(Frames.LEAVE, number));
  }

  /** Leaves the group. */
  @Override
  public void close() {
    if (over() == null) {
      leave();
    }
  }

  // ---- the client's thread

  /** The membership is over. */
  void end(String why) {
    synchronized (this) {
      if (over != null) {
        return;
      }
      over = why;
      notifyAll();
    }
    listener.out(why);
  }

  /** Something of the daemon; true when nothing follows. */
  boolean told(int kind, ByteBuffer content) {
    switch (kind) {
      case Frames.MEMBERS -> changed(content);
      case Frames.MESSAGE -> {
        long order = content.getLong();
        long from = content.getLong();
        byte[] bytes = new byte[content.remaining()];
        content.get(bytes);
        heard(new GroupMessage(order, from, bytes));
      }
      case Frames.PAUSED -> listener.paused(Frames.rest(content));
      case Frames.RESUMED -> listener.resumed();
      case Frames.REFUSED, Frames.OUT -> {
        end(Frames.rest(content));
        return true;
      }
      default -> {
        // A word of a later version.
      }
    }
    return false;
  }

  private void changed(ByteBuffer content) {
    content.getLong();
    List<GroupMember> now = new ArrayList<>();
    for (int left = content.getInt(); left > 0; left--) {
      now.add(member(content));
    }
    List<GroupChange> changes = new ArrayList<>();
    for (int left = content.getInt(); left > 0; left--) {
      int reason = content.getInt() - 1;
      GroupMember member = member(content);
      if (reason >= 0 && reason < REASONS.length) {
        changes.add(new GroupChange(member, REASONS[reason]));
      }
    }
    synchronized (this) {
      members = List.copyOf(now);
      if (id == 0 && !changes.isEmpty()) {
        id = changes.getFirst().member().id();
      }
      notifyAll();
    }
    listener.members(List.copyOf(now), List.copyOf(changes));
  }

  private static GroupMember member(ByteBuffer content) {
    long id = content.getLong();
    return new GroupMember(id, Frames.text(content));
  }

  private void heard(GroupMessage message) {
    boolean full = false;
    synchronized (this) {
      if (message.from() == id && !unconfirmed.isEmpty()) {
        underWay -= unconfirmed.removeFirst();
      }
      if (keeps && over == null) {
        kept.add(message);
        keptBytes += message.bytes().length + MESSAGE_COST;
        full = keptBytes > KEPT_MOST;
      }
      notifyAll();
    }
    if (full) {
      leave();
      end("too many messages wait to be taken");
    }
    listener.message(message);
  }
}
