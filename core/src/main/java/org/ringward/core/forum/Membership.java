package org.ringward.core.forum;

import java.util.ArrayDeque;
import java.util.Deque;

/** A program of this node that is in a group, or wants to be, and what it has said. */
final class Membership {
  /** What each message costs beside its bytes. */
  static final int MESSAGE_COST = 64;

  final long session;
  final int handle;
  final long number;
  final String group;

  /** When it was asked for, monotonic nanoseconds. */
  final long since;

  /** Its id, 0 before it is in. */
  long id;

  /** It wants to go, or has hung up. */
  boolean leaving;

  boolean hungUp;

  /** The epoch in which its wish was sent last. */
  long joinSentIn;

  long leaveSentIn;

  /** It has been told that it is in. */
  boolean told;

  boolean paused;

  private final ForumDesk.Consumers consumers;
  private final Deque<byte[]> said = new ArrayDeque<>();
  private Deque<byte[]> unsent = new ArrayDeque<>();
  private long waiting;
  private boolean silent;

  Membership(
      ForumDesk.Consumers consumers,
      long session,
      int handle,
      long number,
      String group,
      long since) {
    this.consumers = consumers;
    this.session = session;
    this.handle = handle;
    this.number = number;
    this.group = group;
    this.since = since;
  }

  /** Bytes that were said and are not in the order yet. */
  long waiting() {
    return waiting;
  }

  void say(byte[] bytes) {
    said.add(bytes);
    unsent.add(bytes);
    waiting += bytes.length + MESSAGE_COST;
  }

  boolean hasUnsent() {
    return !unsent.isEmpty();
  }

  byte[] nextUnsent() {
    return unsent.getFirst();
  }

  void sent() {
    unsent.removeFirst();
  }

  /** Another epoch: whatever is not in the order is said again. */
  void sayAgain() {
    unsent = new ArrayDeque<>(said);
  }

  /** Its oldest message is in the order. */
  int saidInOrder() {
    byte[] first = said.removeFirst();
    waiting -= first.length + MESSAGE_COST;
    return first.length;
  }

  void tell(ForumNews news) {
    if (silent) {
      return;
    }
    told |= news instanceof ForumNews.Members;
    silent = news instanceof ForumNews.Out || news instanceof ForumNews.Refused;
    consumers.tell(session, handle, news);
  }

  /** The program is gone. */
  void silence() {
    silent = true;
  }
}
