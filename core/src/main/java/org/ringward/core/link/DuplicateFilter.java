package org.ringward.core.link;

import java.util.Arrays;
import org.ringward.core.wire.KnetPacket;

/**
 * Which of the last 4096 messages of one sender were taken (reference/knet-wire.md, section 4). The
 * 16-bit numbers of the wire become positions in one unending row, so that the end of the numbers
 * is no border.
 */
final class DuplicateFilter {
  private static final int WINDOW = 4096;

  /** Numbers there are: 0 is none. */
  private static final int NUMBERS = KnetPacket.SEQUENCE_MAX;

  private final boolean[] taken = new boolean[WINDOW];
  private int highestNumber;
  private long highest = WINDOW;

  /** What a number is to the filter. */
  enum Verdict {
    /** Not taken yet. */
    NEW,
    /** Not taken yet, and so far away that the sender must have begun anew. */
    NEW_LIFE,
    TAKEN
  }

  /** Judges a number from 1 to 65535 and makes room for it. */
  Verdict judge(int number) {
    if (highestNumber == 0) {
      highestNumber = number;
      return Verdict.NEW;
    }
    int behind = Math.floorMod(highestNumber - number, NUMBERS);
    if (behind < WINDOW) {
      return taken[slot(highest - behind)] ? Verdict.TAKEN : Verdict.NEW;
    }
    if (behind <= NUMBERS - WINDOW) {
      forget();
      highestNumber = number;
      return Verdict.NEW_LIFE;
    }
    for (int ahead = NUMBERS - behind; ahead > 0; ahead--) {
      highest++;
      taken[slot(highest)] = false;
    }
    highestNumber = number;
    return Verdict.NEW;
  }

  /** The place of a number that was judged new in the unending row; no other message has it. */
  long position(int number) {
    return highest - Math.floorMod(highestNumber - number, NUMBERS);
  }

  /** The message of that number, which was judged new, is complete. */
  void take(int number) {
    taken[slot(position(number))] = true;
  }

  /** The highest number so far, 0 for none. */
  int highestNumber() {
    return highestNumber;
  }

  /** Whether a number, 0 for none, is lower than the highest that came. */
  boolean isBehind(int number) {
    int behind = Math.floorMod(highestNumber - number, NUMBERS);
    return highestNumber != 0 && behind > 0 && behind < NUMBERS / 2;
  }

  /** Forgets everything; the next number is the highest. */
  void forget() {
    Arrays.fill(taken, false);
    highestNumber = 0;
    highest += WINDOW;
  }

  /** Forgets everything; all up to that number are old. */
  void forgetUpTo(int number) {
    forget();
    highestNumber = number;
  }

  private static int slot(long position) {
    return (int) (position & (WINDOW - 1));
  }
}
