package org.ringward.fuzz.target;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.fuzz.engine.Target;
import org.ringward.fuzz.engine.Violation;

/**
 * A parser without memory. Input: a byte (bit 0: read as big-endian; bits 1 and 2: bytes before the
 * frame), then the frame. The array ends with the frame, so that reading too far is noticed; and
 * what was read and written again must be read and written the same.
 */
final class ParserTarget implements Target {
  private static final int LENGTH_MAX = 4_096;

  /**
   * Enough for a text whose every byte stands for a sign of three bytes, as no valid UTF-8 does.
   */
  private static final int WRITTEN_MAX = 16_384;

  private final String name;
  private final List<String> subjects;
  private final List<byte[]> seeds;
  private final Parser parser;
  private final byte[] first = new byte[WRITTEN_MAX];
  private final byte[] second = new byte[WRITTEN_MAX];

  /** Reads bytes; returns how to write what was read, null when it is not valid. */
  interface Parser {
    @Nullable Writer parse(byte[] bytes, int offset, int length, boolean big);
  }

  /** Writes a frame and returns its length. */
  interface Writer {
    int write(byte[] target, int offset);
  }

  ParserTarget(String name, Class<?> subject, List<byte[]> frames, Parser parser) {
    this(name, List.of(subject.getName()), frames, parser);
  }

  private ParserTarget(String name, List<String> subjects, List<byte[]> frames, Parser parser) {
    this.name = name;
    this.subjects = subjects;
    this.seeds = frames;
    this.parser = parser;
  }

  /** With another class that is tested. */
  ParserTarget with(Class<?> other) {
    return new ParserTarget(name, List.of(subjects.getFirst(), other.getName()), seeds, parser);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<String> subjects() {
    return subjects;
  }

  @Override
  public List<byte[]> seeds() {
    return seeds.stream()
        .filter(frame -> frame.length < LENGTH_MAX)
        .map(frame -> {
          byte[] seed = new byte[1 + frame.length];
          System.arraycopy(frame, 0, seed, 1, frame.length);
          return seed;
        })
        .toList();
  }

  @Override
  public int weight() {
    return 40;
  }

  @Override
  public int episode() {
    return 1;
  }

  @Override
  public int lengthMax() {
    return LENGTH_MAX;
  }

  /** A small multiple of the frame, however many entries it claims to have. */
  @Override
  public long allocationMax(int length) {
    return 65_536 + 64L * length;
  }

  @Override
  public int input(byte[] input) {
    if (input.length == 0) {
      return 0;
    }
    int before = (input[0] >> 1) & 3;
    int length = input.length - 1;
    byte[] bytes = new byte[before + length];
    System.arraycopy(input, 1, bytes, before, length);
    Writer writer = parser.parse(bytes, before, length, (input[0] & 1) != 0);
    if (writer != null) {
      writeTwice(writer);
    }
    return 1;
  }

  private void writeTwice(Writer writer) {
    int length = writer.write(first, 0);
    Writer again = parser.parse(first, 0, length, false);
    Violation.unless(again != null, "what was written is not valid");
    if (again != null) {
      int lengthAgain = again.write(second, 0);
      Violation.unless(
          Arrays.equals(first, 0, length, second, 0, lengthAgain),
          "what was written is read as something else");
    }
  }
}
