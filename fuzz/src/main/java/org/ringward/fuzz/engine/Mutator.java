package org.ringward.fuzz.engine;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Makes hostile inputs of valid ones; a seed decides everything. */
final class Mutator {
  private static final int[] EDGES = {
    0,
    1,
    2,
    3,
    4,
    7,
    8,
    15,
    16,
    17,
    31,
    32,
    127,
    128,
    129,
    254,
    255,
    256,
    383,
    384,
    385,
    1_024,
    4_095,
    4_096,
    32_767,
    32_768,
    65_535,
    65_536,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    -2,
    -1
  };

  private final SplittableRandom random;
  private final int lengthMax;
  private final byte[] room;
  private int length;

  Mutator(SplittableRandom random, int lengthMax) {
    this.random = random;
    this.lengthMax = lengthMax;
    this.room = new byte[lengthMax];
  }

  /** A new input from some of the corpus, rarely from nothing. */
  byte[] next(List<byte[]> corpus) {
    if (corpus.isEmpty() || random.nextInt(64) == 0) {
      byte[] bytes = new byte[random.nextInt(Math.min(lengthMax, 300) + 1)];
      random.nextBytes(bytes);
      return bytes;
    }
    byte[] base = corpus.get(random.nextInt(corpus.size()));
    length = Math.min(base.length, lengthMax);
    System.arraycopy(base, 0, room, 0, length);
    for (int steps = 1 + random.nextInt(1 + random.nextInt(7)); steps > 0; steps--) {
      step(corpus);
    }
    return Arrays.copyOf(room, length);
  }

  private void step(List<byte[]> corpus) {
    if (length == 0) {
      grow();
      return;
    }
    int at = random.nextInt(length);
    switch (random.nextInt(12)) {
      case 0 -> room[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> room[at] = (byte) random.nextInt();
      case 2 -> room[at] += (byte) (random.nextInt(9) - 4);
      case 3, 4 -> put(at, EDGES[random.nextInt(EDGES.length)]);
      case 5 -> put(at, length - random.nextInt(3) * random.nextInt(64));
      case 6 -> add(at, random.nextInt(33) - 16);
      case 7 -> length = random.nextInt(length + 1);
      case 8 -> grow();
      case 9 -> splice(corpus.get(random.nextInt(corpus.size())), at);
      case 10 -> move(at);
      default -> remove(at);
    }
  }

  /** A number of 1, 2, 4 or 8 bytes in either byte order. */
  private void put(int at, long number) {
    int size = Math.min(1 << random.nextInt(4), length - at);
    boolean big = random.nextInt(4) == 0;
    for (int i = 0; i < size; i++) {
      int place = big ? at + size - 1 - i : at + i;
      room[place] = (byte) (number >> (8 * i));
    }
  }

  /** Changes a number of 32 bits by a little. */
  private void add(int at, int change) {
    int number = 0;
    int size = Math.min(4, length - at);
    for (int i = 0; i < size; i++) {
      number |= (room[at + i] & 0xFF) << (8 * i);
    }
    number += change;
    for (int i = 0; i < size; i++) {
      room[at + i] = (byte) (number >> (8 * i));
    }
  }

  private void grow() {
    int more = Math.min(lengthMax - length, 1 + random.nextInt(random.nextInt(8) == 0 ? 600 : 24));
    byte filling = random.nextBoolean() ? 0 : (byte) random.nextInt();
    Arrays.fill(room, length, length + more, filling);
    length += more;
  }

  /** Another one's part in the same place, or its end behind this one's beginning. */
  private void splice(byte[] other, int at) {
    int from = random.nextBoolean() ? at : random.nextInt(other.length + 1);
    if (from < other.length) {
      int part = Math.min(1 + random.nextInt(other.length - from), lengthMax - at);
      System.arraycopy(other, from, room, at, part);
      length = random.nextBoolean() ? Math.max(length, at + part) : at + part;
    }
  }

  /** A part once more in another place. */
  private void move(int at) {
    int part = 1 + random.nextInt(Math.min(32, length - at));
    int to = random.nextInt(length - part + 1);
    System.arraycopy(room, at, room, to, part);
  }

  private void remove(int at) {
    int part = 1 + random.nextInt(Math.min(32, length - at));
    System.arraycopy(room, at + part, room, at, length - at - part);
    length -= part;
  }
}
