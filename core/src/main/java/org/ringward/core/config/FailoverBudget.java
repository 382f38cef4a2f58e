package org.ringward.core.config;

/**
 * The ring's times that follow from one number, the longest acceptable time from a fault to the
 * service's return: half of it is for noticing (token + consensus, which is 1.2 * token), the other
 * half for the proof that the lost node is off and for the start.
 */
final class FailoverBudget {
  /** Corosync's own; more patience is not what a budget is for. */
  private static final int TOKEN_MOST = 3000;

  /** The shortest that a quiet local network and real-time priority bear. */
  static final int TOKEN_LEAST = 70;

  private static final int TOKEN_STEP = 10;

  /** Heartbeats of regions are no more frequent; a deadtime is ten of them. */
  private static final int KEEPALIVE_LEAST = 100;

  private FailoverBudget() {}

  /** The shortest budget that leaves a token. */
  static long leastMillis() {
    return TOKEN_LEAST * 44L / 10;
  }

  /** The token timeout for a budget, both in milliseconds. */
  static int token(long budgetMillis) {
    long half = budgetMillis / 2;
    long steps = half * 10 / 22 / TOKEN_STEP;
    long token = steps * TOKEN_STEP;
    return Math.clamp(token, TOKEN_LEAST, TOKEN_MOST);
  }

  /** The time between heartbeats of a region: ten of them, the deadtime, are the budget. */
  static int keepalive(long budgetMillis, int usual) {
    return Math.clamp(budgetMillis / 10 / TOKEN_STEP * TOKEN_STEP, KEEPALIVE_LEAST, usual);
  }

  /** The ring's settings for a budget, where nothing else is said. */
  static TotemSettings ring(long budgetMillis) {
    int token = token(budgetMillis);
    TotemSettings usual = TotemSettings.DEFAULT;
    if (token >= usual.token()) {
      return usual.toBuilder().token(token).build();
    }
    int retransmit = (int) (token / (usual.tokenRetransmitsBeforeLossConst() + 0.2));
    return usual.toBuilder()
        .token(token)
        .hold(Math.max(TotemTimes.HOLD_LEAST, (int) (retransmit * 0.8 - 4)))
        .join(Math.max(10, Math.min(usual.join(), token / 8)))
        .build();
  }
}
