package org.ringward.core.totem;

import org.ringward.core.config.TotemSettings;

/**
 * Flow control by bytes, beside Corosync's by frames. Whoever has the token has handled everything
 * that was sent before it; so a receiver's socket never has to hold more than one rotation's
 * messages. Frames may be 64 KiB long, and window_size of them far more than a socket holds: then
 * most is lost, and sent again, and lost again, the more the more nodes send.
 *
 * <p>Every node sees what the others sent since its last turn, so it needs nothing on the token to
 * know what is left of the window. Nodes that all have something to send get equal parts.
 *
 * <p>A frame of many packets is lost with one of them, and sent again as it is: with a fifth of all
 * packets lost one of 64 KiB practically never arrives, and the ring stands still. So frames are no
 * longer than some packets, and become shorter when messages are asked for again, down to one
 * packet, and slowly longer when none are.
 */
final class ByteWindow {
  /** A frame that fits into one packet of an Ethernet with the headers of any link. */
  private static final int SHORTEST_FRAME = 1300;

  private static final int LONGEST_FRAME = 8 * 1024;

  /** A share of the window is at least so many frames, so that others can overtake none. */
  private static final int FRAMES_OF_SHARE = 2;

  /** Visits between two steps down: so long it takes until the first is felt. */
  private static final int VISITS_BETWEEN_CUTS = 8;

  private static final int GROWTH_SHIFT = 3;

  private final RingContext context;
  private final int payloadMax;
  private long othersBytes;
  private int others;
  private int lastAuthor;
  private int frameLength;
  private int visitsSinceCut;

  /**
   * A window for frames of at most that payload.
   *
   * @param payloadMax longest payload that is sent
   */
  ByteWindow(RingContext context, int payloadMax) {
    this.context = context;
    this.payloadMax = Math.min(payloadMax, LONGEST_FRAME);
    this.frameLength = this.payloadMax;
  }

  /** A new ring begins. */
  void reset() {
    beginRotation();
  }

  /** A message of the ring came in, again or for the first time. */
  void received(int author, int length) {
    othersBytes += length;
    if (author != lastAuthor) {
      lastAuthor = author;
      others++;
    }
  }

  /** Bytes this node may send now; a frame may be begun while any are left. */
  long allowed() {
    TotemSettings settings = context.settings;
    if (settings.windowBytes() == 0) {
      return Long.MAX_VALUE;
    }
    return Math.max(share(), settings.windowBytes() - othersBytes);
  }

  private long share() {
    int senders = Math.min(others + 1, context.newMembers.size());
    return context.settings.windowBytes() / senders;
  }

  /** The longest payload of a frame that is sent now. */
  int payloadMax() {
    int most = frameLength;
    if (context.settings.windowBytes() > 0) {
      most = (int) Math.min(most, share() / FRAMES_OF_SHARE);
    }
    return Math.min(payloadMax, Math.max(SHORTEST_FRAME, most));
  }

  /** This node's turn ends. */
  void visited(int requests) {
    visitsSinceCut++;
    if (requests == 0) {
      frameLength = Math.min(payloadMax, frameLength + (frameLength >> GROWTH_SHIFT));
    } else if (visitsSinceCut > VISITS_BETWEEN_CUTS) {
      frameLength = Math.max(SHORTEST_FRAME, frameLength / 2);
      visitsSinceCut = 0;
    }
    beginRotation();
  }

  private void beginRotation() {
    othersBytes = 0;
    others = 0;
    lastAuthor = 0;
  }
}
