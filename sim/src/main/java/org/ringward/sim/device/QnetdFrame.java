package org.ringward.sim.device;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message of corosync-qnetd as it was seen on the wire, written apart from what our nodes use:
 * type (16 bits), length of the rest (32), then options of number and length (16 each) and value,
 * all big-endian.
 */
record QnetdFrame(int type, List<Option> options) {
  static final int PREINIT = 0;
  static final int PREINIT_REPLY = 1;
  static final int STARTTLS = 2;
  static final int INIT = 3;
  static final int INIT_REPLY = 4;
  static final int SERVER_ERROR = 5;
  static final int SET_OPTION = 6;
  static final int SET_OPTION_REPLY = 7;
  static final int ECHO = 8;
  static final int ECHO_REPLY = 9;
  static final int NODE_LIST = 10;
  static final int NODE_LIST_REPLY = 11;
  static final int ASK_FOR_VOTE = 12;
  static final int VOTE_INFO = 14;
  static final int VOTE_INFO_REPLY = 15;

  static final int SEQUENCE = 0;
  static final int CLUSTER = 1;
  static final int TLS_SUPPORTED = 2;
  static final int CERTIFICATE_REQUIRED = 3;
  static final int MESSAGE_TYPES = 4;
  static final int OPTION_TYPES = 5;
  static final int ERROR = 6;
  static final int LARGEST_REQUEST = 7;
  static final int LARGEST_REPLY = 8;
  static final int NODE_ID = 9;
  static final int ALGORITHMS = 10;
  static final int ALGORITHM = 11;
  static final int HEARTBEAT_INTERVAL = 12;
  static final int RING_ID = 13;
  static final int NODE = 17;
  static final int LIST_KIND = 18;
  static final int VOTE = 19;
  static final int TIE_BREAKER = 21;
  static final int KEEP_ACTIVE_PARTITION = 23;

  private static final int HEADER = 6;

  record Option(int number, byte[] value) {}

  /** Of one byte stream, what is whole; the rest stays. Null when it is none of this protocol. */
  static @Nullable List<QnetdFrame> take(List<Byte> stream) {
    List<QnetdFrame> frames = new ArrayList<>();
    while (stream.size() >= HEADER) {
      byte[] bytes = new byte[stream.size()];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = stream.get(i);
      }
      ByteBuffer in = ByteBuffer.wrap(bytes);
      int type = in.getShort();
      int length = in.getInt();
      if (length < 0 || length > 32_768) {
        return null;
      }
      if (in.remaining() < length) {
        return frames;
      }
      List<Option> options = options(in.slice(HEADER, length));
      if (options == null) {
        return null;
      }
      frames.add(new QnetdFrame(type, options));
      stream.subList(0, HEADER + length).clear();
    }
    return frames;
  }

  private static @Nullable List<Option> options(ByteBuffer in) {
    List<Option> options = new ArrayList<>();
    while (in.remaining() >= 4) {
      int number = in.getShort();
      int length = in.getShort() & 0xFFFF;
      if (length > in.remaining()) {
        return null;
      }
      byte[] value = new byte[length];
      in.get(value);
      options.add(new Option(number, value));
    }
    return in.hasRemaining() ? null : options;
  }

  static QnetdFrame of(int type) {
    return new QnetdFrame(type, new ArrayList<>());
  }

  QnetdFrame with(int number, byte[] value) {
    options.add(new Option(number, value));
    return this;
  }

  QnetdFrame with8(int number, int value) {
    return with(number, new byte[] {(byte) value});
  }

  QnetdFrame with16(int number, int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(Short.BYTES * values.length);
    for (int value : values) {
      bytes.putShort((short) value);
    }
    return with(number, bytes.array());
  }

  QnetdFrame with32(int number, int value) {
    return with(number, ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
  }

  byte @Nullable [] value(int number) {
    for (Option option : options) {
      if (option.number() == number) {
        return option.value();
      }
    }
    return null;
  }

  /** The number that an option holds, whatever its width; -1 without it. */
  long number(int number) {
    byte[] value = value(number);
    if (value == null) {
      return -1;
    }
    long found = 0;
    for (byte each : value) {
      found = found << Byte.SIZE | (each & 0xFF);
    }
    return found;
  }

  /** The ids in the options that describe nodes. */
  List<Integer> nodes() {
    List<Integer> ids = new ArrayList<>();
    for (Option option : options) {
      List<Option> inner =
          option.number() == NODE ? options(ByteBuffer.wrap(option.value())) : null;
      if (inner != null) {
        ids.add((int) new QnetdFrame(0, inner).number(NODE_ID));
      }
    }
    return ids;
  }

  byte[] bytes() {
    int length = options.stream().mapToInt(each -> 4 + each.value().length).sum();
    ByteBuffer out = ByteBuffer.allocate(HEADER + length).putShort((short) type).putInt(length);
    for (Option option : options) {
      out.putShort((short) option.number()).putShort((short) option.value().length);
      out.put(option.value());
    }
    return out.array();
  }
}
