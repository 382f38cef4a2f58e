package org.ringward.core.totem;

import org.ringward.core.config.TotemSettings;
import org.ringward.core.wire.McastFrame;

/**
 * Flow control by bytes, beside Corosync's by frames. Whoever has the token has handled everything
 * that was sent before it; so a receiver's socket never has to hold more than one rotation's
 * messages and those that followed the token in the rotation before. Frames may be 64 KiB long, and
 * window_size of them far more than a socket holds: then most is lost, and sent again, and lost
 * again, the more the more nodes send.
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
  /** Packets of the longest frame. */
  private static final int PACKETS_MOST = 6;

  /** Of what may be sent at a visit one part goes before the token, the others behind it. */
  private static final int PARTS = 3;

  /** The same where nothing limits the bytes. */
  private static final long AHEAD_MOST = TotemSettings.DEFAULT.windowBytes() / PARTS;

  /** So little goes before the token in any case: a call to the system for each would cost more. */
  private static final long AHEAD_LEAST = 16 * 1024;

  /** A share of the window is at least so many frames. */
  private static final int FRAMES_OF_SHARE = 2;

  /** Visits between two steps down: so long it takes until the first is felt. */
  private static final int VISITS_BETWEEN_CUTS = 8;

  /** Visits without a request before frames become a packet longer. */
  private static final int VISITS_TO_GROW = 16;

  private final RingContext context;
  private final int payloadMax;
  private long othersBytes;
  private int others;
  private int lastAuthor;
  private int packets = PACKETS_MOST;
  private int visitsSinceCut;
  private int visitsWithoutRequest;

  /**
   * A window for frames of at most that payload.
   *
   * @param payloadMax longest payload that is sent
   */
  ByteWindow(RingContext context, int payloadMax) {
    this.context = context;
    this.payloadMax = payloadMax;
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

  /**
   * Bytes that go before the token; what is sent beyond them follows it.
   *
   * @param left bytes that may be sent at this visit
   */
  long aheadOfToken(long left) {
    return Math.max(AHEAD_LEAST, Math.min(left / PARTS, AHEAD_MOST));
  }

  private long share() {
    int senders = Math.min(others + 1, context.newMembers.size());
    return context.settings.windowBytes() / senders;
  }

  /** The longest payload of a frame that is sent now; a frame fills its packets. */
  int payloadMax() {
    int packet = context.link.wholeFrameMax();
    int most = packets;
    if (context.settings.windowBytes() > 0) {
      most = (int) Math.min(most, share() / FRAMES_OF_SHARE / packet);
    }
    return Math.min(payloadMax, Math.max(1, most) * packet - 2 * McastFrame.HEADER_LENGTH);
  }

  /** This node's turn ends. */
  void visited(int requests) {
    visitsSinceCut++;
    visitsWithoutRequest = requests == 0 ? visitsWithoutRequest + 1 : 0;
    if (visitsWithoutRequest > VISITS_TO_GROW) {
      packets = Math.min(PACKETS_MOST, packets + 1);
      visitsWithoutRequest = 0;
    } else if (requests > 0 && visitsSinceCut > VISITS_BETWEEN_CUTS) {
      packets = Math.max(1, packets / 2);
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
