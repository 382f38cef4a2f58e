package org.ringward.core.forum;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.wire.Bytes;

/**
 * Bytes of {@link ForumStep}: mark (1), kind (1), then 64-bit numbers, little endian, and what
 * remains. The mark is no version of the cluster layer's own messages, which go the same way.
 */
final class ForumCodec {
  /** Before a message's own bytes. */
  static final int SAY_HEAD = 18;

  private static final int MARK = 0xF1;
  private static final int ROLL = 1;
  private static final int JOIN = 2;
  private static final int LEAVE = 3;
  private static final int SAY = 4;
  private static final int ROLL_HEAD = 48;

  private ForumCodec() {}

  static boolean isOne(byte[] bytes, int offset, int length) {
    return length >= 2 && Bytes.uint8(bytes, offset) == MARK;
  }

  private static byte[] frame(int kind, int length) {
    byte[] frame = new byte[length];
    Bytes.put8(frame, 0, MARK);
    Bytes.put8(frame, 1, kind);
    return frame;
  }

  static byte[] write(ForumStep step) {
    return switch (step) {
      case ForumStep.Roll roll -> roll(roll);
      case ForumStep.Join join -> {
        byte[] name = join.group().getBytes(StandardCharsets.US_ASCII);
        byte[] frame = frame(JOIN, SAY_HEAD + name.length);
        head(frame, join.epoch(), join.number());
        System.arraycopy(name, 0, frame, SAY_HEAD, name.length);
        yield frame;
      }
      case ForumStep.Leave leave -> {
        byte[] frame = frame(LEAVE, SAY_HEAD + 1);
        head(frame, leave.epoch(), leave.number());
        Bytes.put8(frame, SAY_HEAD, leave.asked() ? 1 : 0);
        yield frame;
      }
      case ForumStep.Say say -> {
        byte[] frame = frame(SAY, SAY_HEAD + say.bytes().length);
        head(frame, say.epoch(), say.number());
        System.arraycopy(say.bytes(), 0, frame, SAY_HEAD, say.bytes().length);
        yield frame;
      }
    };
  }

  private static void head(byte[] frame, long epoch, long number) {
    Bytes.put64(frame, 2, epoch);
    Bytes.put64(frame, 10, number);
  }

  private static byte[] roll(ForumStep.Roll roll) {
    int length = 2 + ROLL_HEAD;
    for (ForumStep.Seat seat : roll.seats()) {
      length += 17 + seat.group().length();
    }
    byte[] frame = frame(ROLL, length);
    Bytes.put64(frame, 2, roll.ringSequence());
    Bytes.put64(frame, 10, roll.place());
    Bytes.put64(frame, 18, roll.epoch());
    Bytes.put64(frame, 26, roll.order());
    Bytes.put64(frame, 34, roll.digest());
    Bytes.put64(frame, 42, roll.complete());
    int at = 2 + ROLL_HEAD;
    for (ForumStep.Seat seat : roll.seats()) {
      byte[] name = seat.group().getBytes(StandardCharsets.US_ASCII);
      Bytes.put64(frame, at, seat.id());
      Bytes.put64(frame, at + 8, seat.number());
      Bytes.put8(frame, at + 16, name.length);
      System.arraycopy(name, 0, frame, at + 17, name.length);
      at += 17 + name.length;
    }
    return frame;
  }

  /** The step, null for anything else. */
  static @Nullable ForumStep read(byte[] bytes, int offset, int length) {
    if (length < SAY_HEAD) {
      return null;
    }
    long first = Bytes.int64(bytes, offset + 2, false);
    long second = Bytes.int64(bytes, offset + 10, false);
    int at = offset + SAY_HEAD;
    int rest = length - SAY_HEAD;
    return switch (Bytes.uint8(bytes, offset + 1)) {
      case ROLL -> readRoll(bytes, offset, length);
      case JOIN -> new ForumStep.Join(first, second, name(bytes, at, rest));
      case LEAVE -> rest == 1 ? new ForumStep.Leave(first, second, bytes[at] != 0) : null;
      case SAY -> new ForumStep.Say(first, second, Arrays.copyOfRange(bytes, at, at + rest));
      default -> null;
    };
  }

  private static String name(byte[] bytes, int at, int length) {
    return new String(bytes, at, length, StandardCharsets.US_ASCII);
  }

  private static @Nullable ForumStep readRoll(byte[] bytes, int offset, int length) {
    if (length < 2 + ROLL_HEAD) {
      return null;
    }
    List<ForumStep.Seat> seats = new ArrayList<>();
    int end = offset + length;
    for (int at = offset + 2 + ROLL_HEAD; at < end; ) {
      int name = at + 17 <= end ? Bytes.uint8(bytes, at + 16) : end;
      if (at + 17 + name > end) {
        return null;
      }
      seats.add(
          new ForumStep.Seat(
              name(bytes, at + 17, name),
              Bytes.int64(bytes, at, false),
              Bytes.int64(bytes, at + 8, false)));
      at += 17 + name;
    }
    return new ForumStep.Roll(
        Bytes.int64(bytes, offset + 2, false),
        (int) Bytes.int64(bytes, offset + 10, false),
        Bytes.int64(bytes, offset + 18, false),
        Bytes.int64(bytes, offset + 26, false),
        Bytes.int64(bytes, offset + 34, false),
        Bytes.int64(bytes, offset + 42, false),
        seats);
  }
}
