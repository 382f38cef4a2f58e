package org.ringward.sim.world;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What happened: every event and every effect is folded into one 64-bit hash, by which two runs are
 * compared; the story is written only for a reader.
 */
public final class Trace {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final @Nullable Consumer<String> reader;
  private long hash = 0x52494E4757415244L;
  private long events;

  /**
   * @param reader takes the story line by line, null when nobody reads it
   */
  public Trace(@Nullable Consumer<String> reader) {
    this.reader = reader;
  }

  /** Folds one number into the hash. */
  public void fold(long value) {
    hash = Chance.mix(hash ^ value) + 0x9E3779B97F4A7C15L;
  }

  /** Folds a text into the hash. */
  public void fold(String text) {
    fold(text.hashCode());
  }

  /** Folds bytes into the hash. */
  public void fold(byte[] bytes, int offset, int length) {
    long sum = length;
    int end = offset + length;
    int at = offset;
    for (; at + Long.BYTES <= end; at += Long.BYTES) {
      sum = Long.rotateLeft(sum * 0x100000001B3L, 29) ^ (long) LONGS.get(bytes, at);
    }
    for (; at < end; at++) {
      sum = sum * 0x100000001B3L + bytes[at];
    }
    fold(sum);
  }

  /** One event of the queue happened. */
  void event(long time, int who, long order) {
    events++;
    fold(time ^ ((long) who << 56));
    fold(order);
  }

  /** True when somebody reads the story; building its lines is worth while only then. */
  public boolean told() {
    return reader != null;
  }

  /**
   * A line of the story.
   *
   * @param who the machine it is about, 0 for the world
   */
  public void tell(long time, int who, String text) {
    if (reader != null) {
      String name = who == 0 ? "world" : "n" + who;
      reader.accept(
          Time.text(time) + " " + name + " ".repeat(Math.max(1, 6 - name.length())) + text);
    }
  }

  /** The hash of everything so far. */
  public long hash() {
    return hash;
  }

  /** Number of events so far. */
  public long events() {
    return events;
  }
}
