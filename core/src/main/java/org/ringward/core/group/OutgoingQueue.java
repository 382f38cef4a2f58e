package org.ringward.core.group;

import java.util.Arrays;
import org.ringward.core.totem.PayloadSource;
import org.ringward.core.wire.PackedPayload;

/**
 * Messages that wait for the token, packed into frames at the moment they are sent
 * (reference/totem-pg-sync-services.md, section 1).
 *
 * <p>No message lies across two rings: {@link #restart} puts one that is packed in part back to its
 * beginning. A receiver may then hold a part of it; two packets that say nothing, but end a
 * message, bring its reassembly into step again, Corosync's too.
 *
 * <p>A message that fits into one packet is never split.
 */
final class OutgoingQueue implements PayloadSource {
  private static final int BLOCKS_MAX = 256;
  private static final int RESYNC_PACKETS = 2;

  /** A block for no group. */
  private static final int EMPTY_BLOCK = 2;

  private final int capacity;
  private final int messagesMax;
  private final long bytesMax;
  private final int[] lengths = new int[BLOCKS_MAX];
  private OutgoingMessage[] messages = newMessages(16);
  private int first;
  private int size;
  private long bytes;
  private int piece;
  private int position;
  private int continuation;
  private int resync;
  private boolean lastIsFragment;

  /**
   * An empty queue.
   *
   * @param capacity usual size of a packet, to tell how many are waiting
   */
  OutgoingQueue(int capacity, int messagesMax, long bytesMax) {
    this.capacity = capacity;
    this.messagesMax = messagesMax;
    this.bytesMax = bytesMax;
  }

  private static OutgoingMessage[] newMessages(int count) {
    OutgoingMessage[] created = new OutgoingMessage[count];
    Arrays.setAll(created, _ -> new OutgoingMessage());
    return created;
  }

  /** Whether a message of that length is accepted now; one is always accepted when none waits. */
  boolean hasRoom(int length) {
    return size == 0 || (size < messagesMax && bytes + length <= bytesMax);
  }

  /** Adds a message that goes out as it is, whether there is room or not. */
  void addRaw(byte[] message) {
    next().setRaw(message);
    bytes += message.length;
  }

  /** Adds a message to a group, whether there is room or not; the bytes are not copied. */
  void add(byte[] group, byte[] message, int pid, int nodeId) {
    next().setMessage(group, message, pid, nodeId);
    bytes += message.length;
  }

  private OutgoingMessage next() {
    if (size == messages.length) {
      OutgoingMessage[] grown = newMessages(2 * size);
      for (int i = 0; i < size; i++) {
        grown[i] = at(i);
      }
      messages = grown;
      first = 0;
    }
    return messages[(first + size++) % messages.length];
  }

  private OutgoingMessage at(int index) {
    return messages[(first + index) % messages.length];
  }

  /** A new ring begins: what is packed in part goes back to its beginning. */
  void restart() {
    piece = 0;
    position = 0;
    if (continuation != 0) {
      continuation = 0;
      resync = RESYNC_PACKETS;
    }
  }

  /** A new ring begins: nothing of what waits is wanted any more. */
  void clear() {
    while (size > 0) {
      removeFirst();
    }
    restart();
  }

  @Override
  public boolean isEmpty() {
    return size == 0 && resync == 0;
  }

  @Override
  public int backlog() {
    return isEmpty() ? 0 : (int) Math.min(4096, resync + size / 8 + bytes / capacity + 1);
  }

  @Override
  public int fill(byte[] frame, int offset, int limit) {
    if (resync > 0) {
      resync--;
      return writeResync(frame, offset);
    }
    int blocks = plan(limit);
    if (blocks == 0) {
      return 0;
    }
    int fragmented = 0;
    if (lastIsFragment) {
      fragmented = blocks == 1 && continuation != 0 ? continuation % 255 + 1 : 1;
    }
    PackedPayload.writeHeader(frame, offset, fragmented, continuation, blocks);
    int at = offset + PackedPayload.FIXED_LENGTH + PackedPayload.LENGTH_ENTRY * blocks;
    for (int i = 0; i < blocks; i++) {
      PackedPayload.writeBlockLength(frame, offset, i, lengths[i]);
      messages[first].copy(piece, position, lengths[i], frame, at);
      at += lengths[i];
      advance(lengths[i]);
    }
    continuation = fragmented;
    return at - offset;
  }

  /** Decides how long the blocks of the next packet are; returns how many there are. */
  private int plan(int limit) {
    int left = limit - PackedPayload.FIXED_LENGTH;
    int blocks = 0;
    int message = 0;
    int planPiece = piece;
    int planPosition = position;
    lastIsFragment = false;
    while (message < size && blocks < BLOCKS_MAX && left > PackedPayload.LENGTH_ENTRY) {
      OutgoingMessage planned = at(message);
      int remaining = planned.pieceLength(planPiece) - planPosition;
      int room = left - PackedPayload.LENGTH_ENTRY;
      if (remaining > room) {
        boolean fitsAlone = planPosition == 0 && remaining <= oneBlock(limit);
        if (!fitsAlone || blocks == 0) {
          lengths[blocks++] = room;
          lastIsFragment = true;
        }
        break;
      }
      lengths[blocks++] = remaining;
      left = room - remaining;
      planPosition = 0;
      planPiece++;
      if (planPiece == planned.pieces()) {
        planPiece = 0;
        message++;
      }
    }
    return blocks;
  }

  private static int oneBlock(int limit) {
    return limit - PackedPayload.FIXED_LENGTH - PackedPayload.LENGTH_ENTRY;
  }

  private void advance(int packed) {
    OutgoingMessage message = messages[first];
    position += packed;
    if (position == message.pieceLength(piece)) {
      position = 0;
      piece++;
      if (piece == message.pieces()) {
        piece = 0;
        removeFirst();
      }
    }
  }

  private void removeFirst() {
    bytes -= messages[first].bodyLength();
    messages[first].clear();
    first = (first + 1) % messages.length;
    size--;
  }

  private static int writeResync(byte[] frame, int offset) {
    PackedPayload.writeHeader(frame, offset, 0, 0, 1);
    PackedPayload.writeBlockLength(frame, offset, 0, EMPTY_BLOCK);
    int at = offset + PackedPayload.FIXED_LENGTH + PackedPayload.LENGTH_ENTRY;
    frame[at] = 0;
    frame[at + 1] = 0;
    return at + EMPTY_BLOCK - offset;
  }
}
