package org.ringward.core.port;

/**
 * The watchdog of the machine: once armed it resets the machine, without anybody's help, when it
 * was not fed in time. It goes on when the daemon dies.
 */
public interface Watchdog {
  /**
   * Whether it counts down already: an earlier life of the daemon armed it and did not end in
   * order. Does not touch it.
   */
  boolean isTicking();

  /** Opens it, which feeds it, and lets it count down from now on. */
  Arming arm(int timeoutSeconds, int pretimeoutSeconds);

  /**
   * Feeds it, unless it is later than that by the monotonic clock when it comes to it; returns at
   * once.
   */
  void feed(long validUntilNanos);

  /** Stops it; what stands in the way as a sentence, empty for nothing. */
  String disarm();

  /**
   * What became of arming.
   *
   * @param identity what the watchdog calls itself
   * @param timeoutSeconds as the watchdog took it
   * @param pretimeoutSeconds as it took it, 0 for never
   * @param refusal why it is not armed as wanted, empty when it is
   */
  record Arming(String identity, int timeoutSeconds, int pretimeoutSeconds, String refusal) {
    /** It could not be had. */
    public static Arming refused(String sentence) {
      return new Arming("", 0, 0, sentence);
    }

    public boolean isRefused() {
      return !refusal.isEmpty();
    }
  }

  /** A machine without one. */
  Watchdog NONE =
      new Watchdog() {
        @Override
        public boolean isTicking() {
          return false;
        }

        @Override
        public Arming arm(int timeoutSeconds, int pretimeoutSeconds) {
          return Arming.refused("this machine has no watchdog");
        }

        @Override
        public void feed(long validUntilNanos) {}

        @Override
        public String disarm() {
          return "";
        }
      };
}
