package org.ringward.ring.net;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.ringward.ring.loop.Datagram;
import org.ringward.ring.os.NativeMemory;
import org.ringward.ring.os.SocketCalls;

/**
 * Datagrams that were received with one call and are given out one by one, in order. What one peer
 * sent in one call the system may hand over as one message, with the size of its segments. One
 * thread at a time.
 */
final class Batch {
  private static final int MESSAGES = 16;
  private static final int MESSAGE_ROOM = 65_536;
  private static final int CONTROL_ROOM = 64;
  private static final int HEADERS = MESSAGES * Linux.MESSAGE_BYTES;
  private static final int PARTS = HEADERS;
  private static final int NAMES = PARTS + MESSAGES * Linux.PART_BYTES;
  private static final int CONTROLS = NAMES + MESSAGES * Linux.ADDRESS_ROOM;
  private static final int ALL = CONTROLS + MESSAGES * CONTROL_ROOM;

  private final SocketCalls calls = new SocketCalls();
  private final NativeMemory memory = new NativeMemory(ALL);
  private final ByteBuffer headers = memory.bytes();
  private final NativeMemory room = new NativeMemory(MESSAGES * MESSAGE_ROOM);
  private @Nullable UdpLink link;
  private int count;

  /** Of the message that is given out. */
  private int message;

  private int position;
  private int end;
  private int segment;
  private int sender;

  Batch() {
    for (int at = 0; at < MESSAGES; at++) {
      int part = PARTS + at * Linux.PART_BYTES;
      headers.putLong(part + Linux.PART_ADDRESS, room.address(at * MESSAGE_ROOM));
      headers.putLong(part + Linux.PART_LENGTH, MESSAGE_ROOM);
      int header = at * Linux.MESSAGE_BYTES;
      headers.putLong(header + Linux.MESSAGE_NAME, memory.address(NAMES + at * Linux.ADDRESS_ROOM));
      headers.putLong(header + Linux.MESSAGE_PARTS, memory.address(part));
      headers.putLong(header + Linux.MESSAGE_PARTS_COUNT, 1);
      headers.putLong(header + Linux.MESSAGE_CONTROL, memory.address(CONTROLS + at * CONTROL_ROOM));
      reset(at);
    }
  }

  /** The system writes the lengths of what it filled in over those of what there is room for. */
  private void reset(int at) {
    int header = at * Linux.MESSAGE_BYTES;
    headers.putInt(header + Linux.MESSAGE_NAME_LENGTH, Linux.ADDRESS_ROOM);
    headers.putLong(header + Linux.MESSAGE_CONTROL_LENGTH, CONTROL_ROOM);
  }

  /**
   * Takes what waits at a socket; only when {@link #next} has nothing left.
   *
   * @return how many messages, or a negative errno; as many as {@link #isFull} says: there may be
   *     more
   */
  int fill(UdpSocket socket) {
    int used = count;
    for (int at = 0; at < used; at++) {
      reset(at);
    }
    int result =
        calls.receiveMessages(socket.descriptor(), memory.address(0), MESSAGES, Linux.MSG_DONTWAIT);
    count = Math.max(0, result);
    link = socket.link();
    message = -1;
    position = 0;
    end = -1;
    return result;
  }

  /** Whether the last {@link #fill} took as much as it can. */
  boolean isFull() {
    return count == MESSAGES;
  }

  /** Gives out the next datagram; false when there is none left. */
  boolean next(Datagram target) {
    UdpLink from = link;
    if (from == null || (position >= end && !begin(from))) {
      return false;
    }
    int length = Math.min(segment, end - position);
    room.bytes().get(message * MESSAGE_ROOM + position, target.bytes(), 0, length);
    target.is(length, from.number(), sender);
    // An empty datagram is one, too.
    position += Math.max(1, length);
    return true;
  }

  private boolean begin(UdpLink from) {
    if (message + 1 >= count) {
      return false;
    }
    message++;
    position = 0;
    end = headers.getInt(message * Linux.MESSAGE_BYTES + Linux.MESSAGE_LENGTH);
    segment = Math.max(1, segmentSize());
    sender = from.sender(headers, NAMES + message * Linux.ADDRESS_ROOM);
    return true;
  }

  /** What the system put together has segments of a size that is told beside it. */
  private int segmentSize() {
    int header = message * Linux.MESSAGE_BYTES;
    int at = CONTROLS + message * CONTROL_ROOM;
    int controlEnd = at + (int) headers.getLong(header + Linux.MESSAGE_CONTROL_LENGTH);
    while (at + Linux.CONTROL_DATA + Integer.BYTES <= controlEnd) {
      if (headers.getInt(at + Linux.CONTROL_LEVEL) == Linux.SOL_UDP
          && headers.getInt(at + Linux.CONTROL_TYPE) == Linux.UDP_GRO) {
        return headers.getInt(at + Linux.CONTROL_DATA);
      }
      long length = Math.max(Linux.CONTROL_DATA, headers.getLong(at + Linux.CONTROL_LENGTH));
      at += (int) ((length + 7) & -8);
    }
    return end;
  }
}
