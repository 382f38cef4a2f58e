package org.ringward.core.region;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.Check;
import org.ringward.core.wire.HeartbeatFrame;
import org.ringward.core.wire.HeartbeatWriter;

/**
 * Messages to single nodes that travel in heartbeats, over whatever region gets through. To each
 * node one message is on its way at a time, in every heartbeat, until that node acknowledges it; so
 * messages of one sender arrive in order, and at least once while both live: a node that began anew
 * may get again what its life before had taken.
 */
public final class Mailbox {
  /** Messages that wait for one node; more are refused. */
  private static final int WAITING_MOST = 32;

  private final int selfId;
  private final long incarnation;
  private final Listener listener;
  private final Box[] boxes;
  private int firstBox;

  /** Takes messages; both are told from inside a turn or input of the regions. */
  public interface Listener {
    /** A message of a node; the bytes are valid during the call. */
    void message(int fromNode, byte[] bytes, int offset, int length);

    /** The node has taken the message that {@link Mailbox#post} gave that number. */
    void taken(int node, int number);

    /** The time of a message is over, and whether the node has taken it is not known. */
    void expired(int node, int number);
  }

  private record Letter(int number, byte[] content, long until) {}

  /** What goes to and comes from one node. */
  private static final class Box {
    final int node;
    final Deque<Letter> waiting = new ArrayDeque<>();
    int lastNumber;
    long heardIncarnation;
    int lastHeard;
    long ackUntil = Long.MIN_VALUE;

    Box(int node) {
      this.node = node;
    }
  }

  Mailbox(int selfId, long incarnation, int[] nodeIds, Listener listener) {
    this.selfId = selfId;
    this.incarnation = incarnation;
    this.listener = listener;
    this.boxes = new Box[nodeIds.length];
    for (int place = 0; place < nodeIds.length; place++) {
      boxes[place] = new Box(nodeIds[place]);
    }
  }

  /**
   * Sends a message to the node of that place.
   *
   * @param until when it need not arrive any more
   * @return its number, 0 when too many wait already
   */
  int post(int place, byte[] content, long until) {
    Check.that(content.length <= HeartbeatFrame.MESSAGE_MAX, "a message is too long");
    Box box = boxes[place];
    if (box.waiting.size() >= WAITING_MOST) {
      return 0;
    }
    box.waiting.add(new Letter(++box.lastNumber, content.clone(), until));
    return box.lastNumber;
  }

  /** Puts what fits into a frame. */
  void fill(HeartbeatWriter frame, long now) {
    for (Box box : boxes) {
      if (box.ackUntil >= now && !frame.ack(box.node, box.heardIncarnation, box.lastHeard)) {
        return;
      }
    }
    for (int count = 0; count < boxes.length; count++) {
      Box box = boxes[(firstBox + count) % boxes.length];
      Letter letter = box.waiting.peek();
      if (letter != null && !frame.message(box.node, letter.number(), letter.content())) {
        // The others had their turn in this frame; this one is the first in the next.
        firstBox = (firstBox + count) % boxes.length;
        return;
      }
    }
  }

  /**
   * Takes what a frame has for this node; the frame counts as heard.
   *
   * @param ackUntil how long what it brings shall be acknowledged
   * @return whether it brought a message, so that an answer should not wait
   */
  boolean take(HeartbeatFrame frame, int fromPlace, long ackUntil) {
    Box box = boxes[fromPlace];
    if (frame.incarnation() != box.heardIncarnation) {
      box.heardIncarnation = frame.incarnation();
      box.lastHeard = 0;
      box.ackUntil = Long.MIN_VALUE;
    }
    for (int index = 0; index < frame.ackCount(); index++) {
      if (frame.ackNode(index) == selfId && frame.ackIncarnation(index) == incarnation) {
        acknowledged(box, frame.ackNumber(index));
      }
    }
    boolean brought = false;
    int message = frame.firstMessage();
    for (int left = frame.messageCount(); left > 0; left--) {
      if (frame.messageTo(message) == selfId) {
        brought |= deliver(box, frame, message);
        box.ackUntil = ackUntil;
      }
      message = frame.nextMessage(message);
    }
    return brought;
  }

  private boolean deliver(Box box, HeartbeatFrame frame, int message) {
    int number = frame.messageNumber(message);
    if (Integer.compareUnsigned(number, box.lastHeard) <= 0) {
      return false;
    }
    box.lastHeard = number;
    listener.message(
        box.node, frame.bytes(), frame.messageOffset(message), frame.messageLength(message));
    return true;
  }

  private void acknowledged(Box box, int number) {
    Letter letter = box.waiting.peek();
    while (letter != null && Integer.compareUnsigned(letter.number(), number) <= 0) {
      box.waiting.remove();
      listener.taken(box.node, letter.number());
      letter = box.waiting.peek();
    }
  }

  /** Drops what waited too long. */
  void expire(long now) {
    for (Box box : boxes) {
      Letter letter = box.waiting.peek();
      while (letter != null && letter.until() <= now) {
        box.waiting.remove();
        listener.expired(box.node, letter.number());
        letter = box.waiting.peek();
      }
    }
  }

  /** When {@link #expire} is needed next. */
  long nextDeadline() {
    long next = Long.MAX_VALUE;
    for (Box box : boxes) {
      @Nullable Letter letter = box.waiting.peek();
      if (letter != null) {
        next = Math.min(next, letter.until());
      }
    }
    return next;
  }
}
