package org.ringward.core.wire;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.NodeSet;
import org.ringward.core.wire.WitnessMessage.Answer;
import org.ringward.core.wire.WitnessMessage.Enrol;
import org.ringward.core.wire.WitnessMessage.Enrolled;
import org.ringward.core.wire.WitnessMessage.Hello;
import org.ringward.core.wire.WitnessMessage.Refused;
import org.ringward.core.wire.WitnessMessage.Relay;
import org.ringward.core.wire.WitnessMessage.Relayed;
import org.ringward.core.wire.WitnessMessage.Report;
import org.ringward.core.wire.WitnessMessage.Verdict;
import org.ringward.core.wire.WitnessMessage.Welcome;

/**
 * The bytes of {@link WitnessMessage}: a length of 16 bits (of what follows it), a type of 8 bits,
 * then the fields in their order. Numbers are little-endian; texts and byte strings have a length
 * of 16 bits; sets of nodes a count of 16 bits.
 */
public final class WitnessCodec {
  /** The most bytes after the length. */
  public static final int BYTES_MOST = 8192;

  /** What is in front of the frame in {@link Relay} and {@link Relayed}, without the length. */
  public static final int RELAY_HEAD = 7;

  /** The longest {@link Relay} with its length. */
  public static final int RELAY_BYTES_MOST = 2 + RELAY_HEAD + WitnessMessage.RELAY_MOST;

  private static final int HELLO = 1;
  private static final int REPORT = 2;
  private static final int RELAY = 3;
  private static final int ENROL = 4;
  private static final int WELCOME = 16;
  private static final int VERDICT = 17;
  private static final int REFUSED = 18;
  private static final int RELAYED = 19;
  private static final int ENROLLED = 20;

  private WitnessCodec() {}

  /** The message with its length in front. */
  public static byte[] encode(WitnessMessage message) {
    Writer writer = new Writer();
    switch (message) {
      case Hello it -> writer.hello(it);
      case Report it -> writer.report(it);
      case Relay it -> writer.type(RELAY).number(it.to()).bytes(it.frame());
      case Enrol it ->
          writer
              .type(ENROL)
              .bytes(it.secret())
              .text(it.cluster())
              .number(it.node())
              .bytes(it.publicKey());
      case Welcome it -> writer.type(WELCOME).octet(it.version()).text(it.witness());
      case Verdict it -> writer.verdict(it);
      case Refused it -> writer.type(REFUSED).text(it.reason());
      case Relayed it -> writer.type(RELAYED).number(it.from()).bytes(it.frame());
      case Enrolled it -> {
        writer.type(ENROLLED).octet(it.certificates().size());
        it.certificates().forEach(writer::bytes);
      }
    }
    return writer.framed();
  }

  /**
   * Writes a {@link Relay} with its length in front, without making anything of it.
   *
   * @param target has room for {@link #RELAY_BYTES_MOST}
   * @param length at most {@link WitnessMessage#RELAY_MOST}
   * @return bytes written
   */
  public static int encodeRelay(int to, byte[] frame, int offset, int length, byte[] target) {
    put16(target, 0, RELAY_HEAD + length);
    target[2] = RELAY;
    Bytes.put32(target, 3, to);
    put16(target, 7, length);
    System.arraycopy(frame, offset, target, 2 + RELAY_HEAD, length);
    return 2 + RELAY_HEAD + length;
  }

  private static void put16(byte[] target, int at, int value) {
    target[at] = (byte) value;
    target[at + 1] = (byte) (value >> 8);
  }

  /** Whether the bytes after the length are a whole {@link Relayed}. */
  public static boolean isRelayed(byte[] bytes, int offset, int length) {
    return length >= RELAY_HEAD
        && length <= RELAY_HEAD + WitnessMessage.RELAY_MOST
        && bytes[offset] == RELAYED
        && Bytes.uint16(bytes, offset + 5, false) == length - RELAY_HEAD;
  }

  /** The node that sent what {@link #isRelayed}. */
  public static int relayedFrom(byte[] bytes, int offset) {
    return Bytes.int32(bytes, offset + 1, false);
  }

  /**
   * The message in the bytes after the length; null when they are none.
   *
   * @param frame without the length
   */
  public static @Nullable WitnessMessage decode(byte[] frame) {
    Reader reader = new Reader(frame);
    try {
      WitnessMessage message = reader.message();
      return reader.isAtEnd() ? message : null;
    } catch (BufferUnderflowException e) {
      return null;
    }
  }

  private static final class Writer {
    private final ByteBuffer buffer =
        ByteBuffer.allocate(BYTES_MOST + 2).order(ByteOrder.LITTLE_ENDIAN).position(2);

    Writer type(int type) {
      return octet(type);
    }

    Writer octet(int value) {
      buffer.put((byte) value);
      return this;
    }

    Writer flag(boolean value) {
      return octet(value ? 1 : 0);
    }

    Writer number(int value) {
      buffer.putInt(value);
      return this;
    }

    Writer large(long value) {
      buffer.putLong(value);
      return this;
    }

    Writer bytes(byte[] value) {
      buffer.putShort((short) value.length).put(value);
      return this;
    }

    /** Cut to what is allowed; a sentence for people loses nothing but its end. */
    Writer text(String value) {
      byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
      int length = Math.min(bytes.length, WitnessMessage.TEXT_MOST);
      while (length < bytes.length && (bytes[length] & 0xC0) == 0x80) {
        length--;
      }
      buffer.putShort((short) length).put(bytes, 0, length);
      return this;
    }

    Writer nodes(NodeSet nodes) {
      buffer.putShort((short) nodes.size());
      nodes.stream().forEach(buffer::putInt);
      return this;
    }

    void hello(Hello it) {
      type(HELLO).octet(it.version()).text(it.cluster()).number(it.node());
      large(it.incarnation()).octet(it.algorithm()).number(it.tieBreaker());
      flag(it.keepActive()).number(it.timeoutMillis()).large(it.configVersion()).nodes(it.nodes());
    }

    void report(Report it) {
      type(REPORT).number(it.sequence()).number(it.answered()).number(it.representative());
      large(it.ringSequence())
          .flag(it.quorate())
          .flag(it.givesBack())
          .large(it.held())
          .nodes(it.members());
    }

    void verdict(Verdict it) {
      type(VERDICT).number(it.sequence()).octet(number(it.answer())).number(it.leaseMillis());
      nodes(it.connected()).text(it.reason());
    }

    private static int number(Answer answer) {
      return switch (answer) {
        case NO -> 0;
        case VOTE -> 1;
        case WAIT -> 2;
      };
    }

    byte[] framed() {
      int end = buffer.position();
      buffer.putShort(0, (short) (end - 2));
      byte[] framed = new byte[end];
      buffer.get(0, framed);
      return framed;
    }
  }

  private static final class Reader {
    private final ByteBuffer buffer;
    private boolean wrong;

    Reader(byte[] frame) {
      buffer = ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN);
    }

    boolean isAtEnd() {
      return !wrong && !buffer.hasRemaining();
    }

    @Nullable WitnessMessage message() {
      return switch (octet()) {
        case HELLO -> hello();
        case REPORT ->
            new Report(
                number(),
                number(),
                number(),
                buffer.getLong(),
                flag(),
                flag(),
                buffer.getLong(),
                nodes());
        case RELAY -> new Relay(number(), bytes(WitnessMessage.RELAY_MOST));
        case ENROL ->
            new Enrol(bytes(64), text(WitnessMessage.CLUSTER_MOST), number(), bytes(1024));
        case WELCOME -> new Welcome(octet(), text(WitnessMessage.TEXT_MOST));
        case VERDICT -> new Verdict(number(), answer(), number(), nodes(), sentence());
        case REFUSED -> new Refused(sentence());
        case RELAYED -> new Relayed(number(), bytes(WitnessMessage.RELAY_MOST));
        case ENROLLED -> new Enrolled(certificates());
        default -> null;
      };
    }

    private Hello hello() {
      return new Hello(
          octet(),
          text(WitnessMessage.CLUSTER_MOST),
          number(),
          buffer.getLong(),
          octet(),
          number(),
          flag(),
          number(),
          buffer.getLong(),
          nodes());
    }

    private List<byte[]> certificates() {
      int count = octet();
      List<byte[]> certificates = new ArrayList<>();
      for (int index = 0; index < Math.min(count, 4); index++) {
        certificates.add(bytes(2048));
      }
      return certificates;
    }

    private Answer answer() {
      int number = octet();
      wrong |= number > 2;
      return number == 0 ? Answer.NO : number == 1 ? Answer.VOTE : Answer.WAIT;
    }

    private int octet() {
      return buffer.get() & 0xFF;
    }

    private boolean flag() {
      int value = octet();
      wrong |= value > 1;
      return value == 1;
    }

    private int number() {
      return buffer.getInt();
    }

    private byte[] bytes(int most) {
      int length = buffer.getShort() & 0xFFFF;
      if (length > Math.min(most, buffer.remaining())) {
        throw new BufferUnderflowException();
      }
      byte[] bytes = new byte[length];
      buffer.get(bytes);
      return bytes;
    }

    private String text(int most) {
      return new String(bytes(most), StandardCharsets.UTF_8);
    }

    /** What somebody else says must not write on a terminal what it likes. */
    private String sentence() {
      return text(WitnessMessage.TEXT_MOST).replaceAll("\\p{Cntrl}", "");
    }

    private NodeSet nodes() {
      int count = buffer.getShort() & 0xFFFF;
      if (count > WitnessMessage.NODES_MOST || count * 4 > buffer.remaining()) {
        throw new BufferUnderflowException();
      }
      int[] ids = new int[count];
      for (int index = 0; index < count; index++) {
        ids[index] = buffer.getInt();
        wrong |= ids[index] <= 0;
      }
      return NodeSet.of(ids);
    }
  }
}
