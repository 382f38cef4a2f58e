package org.ringward.core.link;

/**
 * Finds the largest IP packet that comes through on one link (reference/knet-wire.md, section 6).
 * First all usual sizes are asked for at once, so that the usual answer is there after one round
 * trip; then the space between the largest that was answered and the smallest that was not is
 * halved. A question without answer counts as too large when it was repeated.
 *
 * <pre>
 *   IDLE --interval, link up--> USUAL --no more answers--> HALVING --close enough--> IDLE
 * </pre>
 */
final class MtuDiscovery {
  /** Every way carries this (the size kronosnet begins with). */
  static final int FLOOR = 536;

  /** The size whose answer ends the search. */
  static final int CEILING = 65_535;

  /** Mini-jumbo, tunnels, PPPoE, Ethernet, InfiniBand, jumbo frames, loopback. */
  private static final int[] USUAL = {
    1280, 1400, 1420, 1450, 1480, 1492, 1500, 2044, 4092, 9000, 16_384, CEILING
  };

  private static final int TRIES = 3;

  /** What is not worth another question: a cipher block. */
  private static final int CLOSE = 16;

  private enum State {
    IDLE,
    USUAL_SIZES,
    HALVING
  }

  /** Sends the questions. */
  interface Questions {
    /** Asks whether an IP packet of that size comes through. */
    void ask(int size);
  }

  private final Questions questions;
  private State state = State.IDLE;
  private int mtu = FLOOR;
  private boolean known;
  private int answered;
  private int refused;
  private int asked;
  private int tries;
  private long deadline = Long.MAX_VALUE;

  MtuDiscovery(Questions questions) {
    this.questions = questions;
  }

  int mtu() {
    return mtu;
  }

  /** Whether {@link #mtu} is an answer. */
  boolean known() {
    return known;
  }

  /** Whether a search is going on. */
  boolean isSearching() {
    return state != State.IDLE;
  }

  /** When {@link #expire} is needed next. */
  long deadline() {
    return deadline;
  }

  /** The link went down, or its MTU is set by hand. */
  void stop() {
    state = State.IDLE;
    deadline = Long.MAX_VALUE;
    mtu = FLOOR;
    known = false;
  }

  /** Begins a search; the MTU of before is used until its end. */
  void begin(long patience, long now) {
    state = State.USUAL_SIZES;
    answered = 0;
    refused = 0;
    tries = 1;
    for (int size : USUAL) {
      questions.ask(size);
    }
    deadline = now + patience;
  }

  /**
   * A reply has come; true when it may have changed the MTU.
   *
   * @param interval until the next search
   */
  boolean reply(int size, long patience, long interval, long now) {
    boolean usual = state == State.USUAL_SIZES && isUsual(size);
    if (!usual && !(state == State.HALVING && size == asked)) {
      return false;
    }
    answered = Math.max(answered, size);
    if (answered > mtu) {
      mtu = answered;
      known = true;
    }
    if (answered == CEILING) {
      finish(interval, now);
    } else if (state == State.HALVING) {
      halve(patience, interval, now);
    }
    return true;
  }

  /** The patience is over; true when the MTU may have changed. */
  boolean expire(long patience, long interval, long now) {
    if (now < deadline) {
      return false;
    }
    switch (state) {
      case IDLE -> begin(patience, now);
      case USUAL_SIZES -> usualOver(patience, interval, now);
      case HALVING -> {
        if (tries < TRIES) {
          ask(patience, now);
        } else {
          refused = asked;
          halve(patience, interval, now);
        }
      }
    }
    return state == State.IDLE;
  }

  private void usualOver(long patience, long interval, long now) {
    if (tries < TRIES) {
      tries++;
      for (int size : USUAL) {
        if (size > answered) {
          questions.ask(size);
        }
      }
      deadline = now + patience;
    } else if (answered == 0) {
      finish(interval, now);
    } else {
      refused = nextUsual(answered);
      state = State.HALVING;
      halve(patience, interval, now);
    }
  }

  private void halve(long patience, long interval, long now) {
    if (refused - answered <= Math.max(CLOSE, answered / 64)) {
      finish(interval, now);
      return;
    }
    asked = (answered + refused) / 2;
    tries = 0;
    ask(patience, now);
  }

  private void ask(long patience, long now) {
    tries++;
    questions.ask(asked);
    deadline = now + patience;
  }

  private void finish(long interval, long now) {
    state = State.IDLE;
    mtu = Math.max(FLOOR, answered);
    known = answered > 0;
    deadline = now + interval;
  }

  private static boolean isUsual(int size) {
    for (int each : USUAL) {
      if (each == size) {
        return true;
      }
    }
    return false;
  }

  private static int nextUsual(int size) {
    for (int each : USUAL) {
      if (each > size) {
        return each;
      }
    }
    return CEILING;
  }
}
