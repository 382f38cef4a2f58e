package org.ringward.core.quorum.qnetd;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.NodeSet;
import org.ringward.core.wire.Bytes;

/**
 * A message between a node and corosync-qnetd, as observed on the wire of version 3.0.3: its type
 * (16 bits), the length of the rest (32 bits), then options, each with number and length (16 bits
 * each) and value. All numbers are big-endian.
 */
public final class QnetdMessage {
  /** Bytes before the options. */
  public static final int HEADER_BYTES = 6;

  /** The most bytes after the header: what corosync-qnetd offers and nobody exceeds. */
  public static final int BODY_MOST = 32_768;

  static final int PREINIT = 0;
  static final int PREINIT_REPLY = 1;
  static final int START_TLS = 2;
  static final int INIT = 3;
  static final int INIT_REPLY = 4;
  static final int SERVER_ERROR = 5;
  static final int SET_OPTION = 6;
  static final int SET_OPTION_REPLY = 7;
  static final int ECHO = 8;
  static final int ECHO_REPLY = 9;
  static final int NODE_LIST = 10;
  static final int NODE_LIST_REPLY = 11;
  static final int VOTE_INFO = 14;
  static final int VOTE_INFO_REPLY = 15;

  /** Types of messages that there are, from 0 on. */
  static final int TYPES = 18;

  static final int SEQUENCE = 0;
  static final int CLUSTER = 1;
  static final int TLS = 2;
  static final int MESSAGES = 4;
  static final int OPTIONS = 5;
  static final int ERROR = 6;
  static final int NODE = 9;
  static final int ALGORITHMS = 10;
  static final int ALGORITHM = 11;
  static final int HEARTBEAT = 12;
  static final int RING = 13;
  static final int NODE_STATE = 16;
  static final int NODE_INFO = 17;
  static final int LIST_KIND = 18;
  static final int VOTE = 19;
  static final int QUORATE = 20;
  static final int TIE_BREAKER = 21;
  static final int KEEP_ACTIVE = 23;

  /** Options that there are, from 0 on. */
  static final int OPTION_COUNT = 24;

  private static final int OPTION_HEADER_BYTES = 4;

  private final int type;
  private final byte[] body;

  private QnetdMessage(int type, byte[] body) {
    this.type = type;
    this.body = body;
  }

  /** Begins a message. */
  static Builder of(int type) {
    return new Builder(type);
  }

  /** Null when these bytes are not exactly one message. */
  public static @Nullable QnetdMessage read(byte[] bytes, int offset, int length) {
    if (length < HEADER_BYTES
        || Integer.toUnsignedLong(Bytes.int32(bytes, offset + 2, true)) != length - HEADER_BYTES) {
      return null;
    }
    int end = offset + length;
    int at = offset + HEADER_BYTES;
    while (at < end) {
      if (end - at < OPTION_HEADER_BYTES) {
        return null;
      }
      at += OPTION_HEADER_BYTES + Bytes.uint16(bytes, at + 2, true);
    }
    return at == end
        ? new QnetdMessage(
            Bytes.uint16(bytes, offset, true),
            Arrays.copyOfRange(bytes, offset + HEADER_BYTES, end))
        : null;
  }

  /** The bytes on the wire. */
  public byte[] encode() {
    return ByteBuffer.allocate(HEADER_BYTES + body.length)
        .putShort((short) type)
        .putInt(body.length)
        .put(body)
        .array();
  }

  int type() {
    return type;
  }

  /** Where the value of an option begins if it is there with that many bytes, else -1. */
  private int find(int option, int bytes) {
    for (int at = 0; at < body.length; ) {
      int length = Bytes.uint16(body, at + 2, true);
      if (Bytes.uint16(body, at, true) == option) {
        return bytes == length ? at + OPTION_HEADER_BYTES : -1;
      }
      at += OPTION_HEADER_BYTES + length;
    }
    return -1;
  }

  /** An option of one byte, -1 when it is not there. */
  int uint8(int option) {
    int at = find(option, Byte.BYTES);
    return at < 0 ? -1 : Bytes.uint8(body, at);
  }

  /** An option of two bytes, -1 when it is not there. */
  int uint16(int option) {
    int at = find(option, Short.BYTES);
    return at < 0 ? -1 : Bytes.uint16(body, at, true);
  }

  /** An option of four bytes, -1 when it is not there. */
  long uint32(int option) {
    int at = find(option, Integer.BYTES);
    return at < 0 ? -1 : Integer.toUnsignedLong(Bytes.int32(body, at, true));
  }

  /** Whether it is about this ring. */
  boolean isOfRing(int representative, long sequence) {
    int at = find(RING, Integer.BYTES + Long.BYTES);
    return at >= 0
        && Bytes.int32(body, at, true) == representative
        && Bytes.int64(body, at + Integer.BYTES, true) == sequence;
  }

  /** Whether a list of numbers of two bytes has this one. */
  boolean lists(int option, int number) {
    for (int at = 0; at < body.length; ) {
      int length = Bytes.uint16(body, at + 2, true);
      if (Bytes.uint16(body, at, true) == option && length % Short.BYTES == 0) {
        for (int i = 0; i < length; i += Short.BYTES) {
          if (Bytes.uint16(body, at + OPTION_HEADER_BYTES + i, true) == number) {
            return true;
          }
        }
      }
      at += OPTION_HEADER_BYTES + length;
    }
    return false;
  }

  /** Puts options together. */
  static final class Builder {
    private final int type;
    private ByteBuffer out = ByteBuffer.allocate(256);

    private Builder(int type) {
      this.type = type;
    }

    private ByteBuffer option(int number, int bytes) {
      if (out.remaining() < OPTION_HEADER_BYTES + bytes) {
        int size = 2 * (out.position() + OPTION_HEADER_BYTES + bytes);
        out = ByteBuffer.allocate(size).put(out.flip());
      }
      return out.putShort((short) number).putShort((short) bytes);
    }

    Builder uint8(int number, int value) {
      option(number, Byte.BYTES).put((byte) value);
      return this;
    }

    Builder uint16(int number, int value) {
      option(number, Short.BYTES).putShort((short) value);
      return this;
    }

    Builder uint32(int number, int value) {
      option(number, Integer.BYTES).putInt(value);
      return this;
    }

    Builder text(int number, String value) {
      byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
      option(number, bytes.length).put(bytes);
      return this;
    }

    /** All numbers from 0 on. */
    Builder upTo(int number, int count) {
      ByteBuffer list = option(number, count * Short.BYTES);
      for (int i = 0; i < count; i++) {
        list.putShort((short) i);
      }
      return this;
    }

    Builder ring(int representative, long sequence) {
      option(RING, Integer.BYTES + Long.BYTES).putInt(representative).putLong(sequence);
      return this;
    }

    /** 1 lowest, 2 highest, 3 a node. */
    Builder tieBreaker(int node) {
      int kind =
          switch (node) {
            case 0 -> 1;
            case -1 -> 2;
            default -> 3;
          };
      option(TIE_BREAKER, Byte.BYTES + Integer.BYTES).put((byte) kind).putInt(kind == 3 ? node : 0);
      return this;
    }

    Builder nodes(NodeSet nodes) {
      nodes.stream().forEach(this::node);
      return this;
    }

    private void node(int id) {
      int inner = OPTION_HEADER_BYTES + Integer.BYTES;
      option(NODE_INFO, inner).putShort((short) NODE).putShort((short) Integer.BYTES).putInt(id);
    }

    /** A node that is a member of the ring, or is not. */
    Builder node(int id, boolean member) {
      int inner = OPTION_HEADER_BYTES + Integer.BYTES + OPTION_HEADER_BYTES + Byte.BYTES;
      option(NODE_INFO, inner)
          .putShort((short) NODE)
          .putShort((short) Integer.BYTES)
          .putInt(id)
          .putShort((short) NODE_STATE)
          .putShort((short) Byte.BYTES)
          .put((byte) (member ? 1 : 2));
      return this;
    }

    QnetdMessage build() {
      return new QnetdMessage(type, Arrays.copyOf(out.array(), out.position()));
    }
  }
}
