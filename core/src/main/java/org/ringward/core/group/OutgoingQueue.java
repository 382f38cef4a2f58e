package org.ringward.core.group;

import java.util.Arrays;
import org.ringward.core.totem.PayloadSource;
import org.ringward.core.wire.PackedPayload;

/**
 * Messages that wait for the token, packed into frames at the moment they are sent
 * (reference/totem-pg-sync-services.md, section 1). They lie one behind the other in one array, as
 * they go onto the wire, so a packet is one copy of many messages.
 *
 * <p>A large message consists of several pieces, each of which receivers take for a message. No
 * message lies across two rings: {@link #restart} puts one that is packed in part back to its
 * beginning. A receiver may then hold a part of it; two packets that say nothing, but end a
 * message, bring its reassembly into step again, Corosync's too.
 *
 * <p>A piece that fits into one packet is never split.
 */
final class OutgoingQueue implements PayloadSource {
  private static final int BLOCKS_MAX = 512;
  private static final int RESYNC_PACKETS = 2;

  /** A block for no group. */
  private static final int EMPTY_BLOCK = 2;

  /** In the list of lengths: the message goes on in the next piece. */
  private static final int MORE = 1 << 31;

  private final int capacity;
  private final long bytesMax;

  /** Rings of bytes and of lengths, their sizes powers of two; positions only grow. */
  private byte[] bytes = new byte[16 * 1024];

  private int[] lengths = new int[64];
  private long bytesEnd;
  private long piecesEnd;

  /** The oldest message that is not packed as a whole. */
  private long messageBytes;

  private long messagePiece;

  /** What is packed next. */
  private long nextBytes;

  private long nextPiece;
  private int nextPosition;

  private int continuation;
  private int resync;

  /**
   * An empty queue.
   *
   * @param capacity usual size of a packet, to tell how many are waiting
   * @param bytesMax more than that is not accepted
   */
  OutgoingQueue(int capacity, long bytesMax) {
    this.capacity = capacity;
    this.bytesMax = bytesMax;
  }

  /** Whether a message of that length is accepted now; one is always accepted when none waits. */
  boolean hasRoom(long length) {
    long waiting = waitingBytes();
    return waiting == 0 || waiting + length <= bytesMax;
  }

  /** Whether at least half of the queue is free. */
  boolean isHalfEmpty() {
    return waitingBytes() <= bytesMax / 2;
  }

  private long waitingBytes() {
    return bytesEnd - messageBytes;
  }

  /** Adds a message, whether there is room or not; the bytes are copied. */
  void add(byte[] message, int length) {
    add(message, length, message, 0, 0, true);
  }

  /**
   * Adds a piece, whether there is room or not; the bytes are copied.
   *
   * @param last whether the message ends with it
   */
  void add(byte[] head, int headLength, byte[] data, int offset, int length, boolean last) {
    int piece = headLength + length;
    makeRoom(piece);
    copyIn(head, 0, headLength);
    copyIn(data, offset, length);
    lengths[(int) piecesEnd & (lengths.length - 1)] = last ? piece : piece | MORE;
    piecesEnd++;
  }

  private void makeRoom(int piece) {
    long needed = bytesEnd - messageBytes + piece;
    if (needed > bytes.length) {
      byte[] grown = new byte[Math.max(2 * bytes.length, powerOfTwo(needed))];
      for (long at = messageBytes; at < bytesEnd; ) {
        int from = (int) at & (bytes.length - 1);
        int to = (int) at & (grown.length - 1);
        int run = Math.min(bytes.length - from, grown.length - to);
        run = (int) Math.min(run, bytesEnd - at);
        System.arraycopy(bytes, from, grown, to, run);
        at += run;
      }
      bytes = grown;
    }
    if (piecesEnd - messagePiece == lengths.length) {
      int[] grown = new int[2 * lengths.length];
      for (long i = messagePiece; i < piecesEnd; i++) {
        grown[(int) i & (grown.length - 1)] = lengths[(int) i & (lengths.length - 1)];
      }
      lengths = grown;
    }
  }

  private static int powerOfTwo(long atLeast) {
    return Integer.highestOneBit((int) (atLeast - 1)) << 1;
  }

  private void copyIn(byte[] from, int offset, int length) {
    int at = (int) bytesEnd & (bytes.length - 1);
    int run = Math.min(length, bytes.length - at);
    System.arraycopy(from, offset, bytes, at, run);
    System.arraycopy(from, offset + run, bytes, 0, length - run);
    bytesEnd += length;
  }

  private void copyOut(byte[] target, int offset, int length) {
    int at = (int) nextBytes & (bytes.length - 1);
    int run = Math.min(length, bytes.length - at);
    System.arraycopy(bytes, at, target, offset, run);
    System.arraycopy(bytes, 0, target, offset + run, length - run);
    nextBytes += length;
  }

  /** A new ring begins: what is packed in part goes back to its beginning. */
  void restart() {
    nextBytes = messageBytes;
    nextPiece = messagePiece;
    nextPosition = 0;
    if (continuation != 0) {
      continuation = 0;
      resync = RESYNC_PACKETS;
    }
  }

  /** A new ring begins: nothing of what waits is wanted any more. */
  void clear() {
    messageBytes = bytesEnd;
    messagePiece = piecesEnd;
    restart();
  }

  @Override
  public boolean isEmpty() {
    return nextPiece == piecesEnd && resync == 0;
  }

  @Override
  public int backlog() {
    if (isEmpty()) {
      return 0;
    }
    return (int) Math.min(4096, resync + (bytesEnd - nextBytes) / capacity + 1);
  }

  @Override
  public int fill(byte[] frame, int offset, int limit) {
    if (resync > 0) {
      resync--;
      return writeResync(frame, offset);
    }
    int left = limit - PackedPayload.FIXED_LENGTH;
    int blocks = 0;
    int data = 0;
    int begun = nextPosition;
    boolean fragment = false;
    while (nextPiece < piecesEnd && blocks < BLOCKS_MAX && left > PackedPayload.LENGTH_ENTRY) {
      int piece = lengths[(int) nextPiece & (lengths.length - 1)];
      int block = (piece & ~MORE) - begun;
      int room = left - PackedPayload.LENGTH_ENTRY;
      fragment = block > room;
      if (fragment) {
        if (begun == 0 && blocks > 0 && block <= oneBlock(limit)) {
          fragment = false;
          break;
        }
        block = room;
      }
      PackedPayload.writeBlockLength(frame, offset, blocks++, block);
      data += block;
      left = room - block;
      if (fragment) {
        nextPosition = begun + block;
        break;
      }
      begun = 0;
      nextPosition = 0;
      nextPiece++;
      if (piece >= 0) {
        messagePiece = nextPiece;
        messageBytes = nextBytes + data;
      }
    }
    return blocks == 0 ? 0 : finish(frame, offset, blocks, data, fragment);
  }

  private int finish(byte[] frame, int offset, int blocks, int data, boolean fragment) {
    int fragmented = 0;
    if (fragment) {
      fragmented = blocks == 1 && continuation != 0 ? continuation % 255 + 1 : 1;
    }
    PackedPayload.writeHeader(frame, offset, fragmented, continuation, blocks);
    int header = PackedPayload.FIXED_LENGTH + PackedPayload.LENGTH_ENTRY * blocks;
    copyOut(frame, offset + header, data);
    continuation = fragmented;
    return header + data;
  }

  private static int oneBlock(int limit) {
    return limit - PackedPayload.FIXED_LENGTH - PackedPayload.LENGTH_ENTRY;
  }

  private static int writeResync(byte[] frame, int offset) {
    PackedPayload.writeHeader(frame, offset, 0, 0, 1);
    PackedPayload.writeBlockLength(frame, offset, 0, EMPTY_BLOCK);
    int at = offset + PackedPayload.FIXED_LENGTH + PackedPayload.LENGTH_ENTRY;
    Arrays.fill(frame, at, at + EMPTY_BLOCK, (byte) 0);
    return at + EMPTY_BLOCK - offset;
  }
}
