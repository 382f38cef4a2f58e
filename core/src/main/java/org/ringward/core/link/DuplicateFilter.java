package org.ringward.core.link;

import java.util.Arrays;
import org.ringward.core.wire.KnetPacket;

/**
 * Which of the last 4096 messages of one sender were taken (reference/knet-wire.md, section 4). The
 * 16-bit numbers of the wire become positions in one unending row, so that the end of the numbers
 * is no border.
 *
 * <p>A number that is far from all of these is that of a sender who has begun anew, or of whom
 * thousands of messages were lost, or somebody without the key sends again what he recorded long
 * ago. These look the same, so such a message is taken, as kronosnet does. But kronosnet forgets
 * everything else for it; who repeats one old packet now and then makes it lose what is half there
 * and take again what it has. Here a number from far away begins a second window beside the first,
 * and takes its place only when message after message comes there and none in the first. What was
 * recorded still comes through once, and meets the Totem layer, which knows its own old messages.
 */
final class DuplicateFilter {
  private static final int WINDOW = 4096;

  /** Numbers there are: 0 is none. */
  private static final int NUMBERS = KnetPacket.SEQUENCE_MAX;

  /** Messages one after the other in the second window that make it the first. */
  private static final int MESSAGES_TO_BE_FIRST = 32;

  private Window first = new Window(0);
  private Window second = new Window(1);
  private Window judged = first;

  /** New messages of the second window since the last one of the first. */
  private int inSecond;

  /** What a number is to the filter. */
  enum Verdict {
    /** Not taken yet. */
    NEW,
    /** Not taken yet, and far away from all that are known. */
    FAR,
    TAKEN
  }

  /** Some numbers in a row. */
  private static final class Window {
    final boolean[] taken = new boolean[WINDOW];

    /** Sets its positions apart from those of the other. */
    final int parity;

    /** 0 for none. */
    int highestNumber;

    /** Only grows. */
    long highest;

    Window(int parity) {
      this.parity = parity;
    }

    int behind(int number) {
      return Math.floorMod(highestNumber - number, NUMBERS);
    }

    /** Whether a number is among those of the window, or soon will be. */
    boolean isNear(int number) {
      int behind = behind(number);
      return highestNumber != 0 && (behind < WINDOW || behind > NUMBERS - WINDOW);
    }

    void begin(int number) {
      Arrays.fill(taken, false);
      highestNumber = number;
      highest += WINDOW;
    }

    /** Makes room for a number that is near; false when it was taken. */
    boolean isNew(int number) {
      int behind = behind(number);
      if (behind < WINDOW) {
        return !taken[slot(highest - behind)];
      }
      for (int ahead = NUMBERS - behind; ahead > 0; ahead--) {
        highest++;
        taken[slot(highest)] = false;
      }
      highestNumber = number;
      return true;
    }

    long position(int number) {
      return highest - behind(number);
    }

    static int slot(long position) {
      return (int) (position & (WINDOW - 1));
    }
  }

  /** Judges a number from 1 to 65535 and makes room for it. */
  Verdict judge(int number) {
    if (first.highestNumber == 0) {
      first.begin(number);
    }
    if (first.isNear(number)) {
      judged = first;
      inSecond = 0;
      return first.isNew(number) ? Verdict.NEW : Verdict.TAKEN;
    }
    judged = second;
    if (!second.isNear(number)) {
      second.begin(number);
      inSecond = 1;
      return Verdict.FAR;
    }
    if (!second.isNew(number)) {
      return Verdict.TAKEN;
    }
    inSecond++;
    if (inSecond == MESSAGES_TO_BE_FIRST) {
      second = first;
      first = judged;
      inSecond = 0;
    }
    return Verdict.NEW;
  }

  /**
   * The place of the number that was judged last, and was new, in the unending row; no other
   * message has it.
   */
  long position(int number) {
    return judged.position(number) << 1 | judged.parity;
  }

  /** The message of the number that was judged last, and was new, is complete. */
  void take(int number) {
    judged.taken[Window.slot(judged.position(number))] = true;
  }

  /** The highest number so far, 0 for none. */
  int highestNumber() {
    return first.highestNumber;
  }

  /**
   * Whether a number, 0 for none, is lower than the highest that came, or so far ahead that
   * messages up to it are none that are known.
   */
  boolean isElsewhere(int number) {
    int behind = first.behind(number);
    return first.highestNumber != 0 && behind > 0 && behind <= NUMBERS - WINDOW;
  }

  /** Forgets everything; the next number is the highest. */
  void forget() {
    forgetUpTo(0);
  }

  /** Forgets everything; all up to that number are old. */
  void forgetUpTo(int number) {
    first.begin(number);
    second.highestNumber = 0;
    inSecond = 0;
  }
}
