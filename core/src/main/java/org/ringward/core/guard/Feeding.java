package org.ringward.core.guard;

import org.jspecify.annotations.Nullable;
import org.ringward.core.base.Check;
import org.ringward.core.config.WatchdogSettings;
import org.ringward.core.config.WatchdogTimes;
import org.ringward.core.port.Journal;
import org.ringward.core.port.Watchdog;

/**
 * Decides when the machine's watchdog is fed.
 *
 * <pre>
 *   NONE      there is no watchdog
 *   LEFT      an earlier life of this daemon left it counting down. That life may have promised to
 *             be off in time, and what it started may still run, so nothing is fed before this life
 *             has quorum: until then the earlier promise counts.
 *   FREE      armed; this life has promised nothing: fed as long as the node turns
 *   PROMISED  the others count on it: fed only while the token of a ring with quorum comes round, or
 *             when nothing runs here
 *   CONDEMNED the others have told this node to be reset: not fed any more
 *   OFF       disarmed at an orderly end
 * </pre>
 *
 * Times are monotonic nanoseconds.
 */
final class Feeding {
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** How soon it is looked again whether the watchdog may be fed. */
  private static final long AGAIN_NANOS = 100 * NANOS_PER_MILLI;

  private static final String UNSTOPPED =
      "this node has no quorum, and what runs here has not stopped";
  private static final String DEAF =
      "the disks with sbd's slots cannot be read, and this node has no quorum";

  private final WatchdogSettings settings;
  private final Watchdog watchdog;
  private final Journal journal;
  private WatchdogTimes times;
  private Phase phase = Phase.NONE;
  private Watchdog.@Nullable Arming armed;
  private boolean tokenWasSeen;
  private long tokenSeen;
  private long lastFed;
  private long nextTry;
  private boolean withheld;
  private long withheldCount;

  enum Phase {
    NONE,
    LEFT,
    FREE,
    PROMISED,
    CONDEMNED,
    OFF
  }

  Feeding(WatchdogSettings settings, WatchdogTimes times, Watchdog watchdog, Journal journal) {
    this.settings = settings;
    this.times = times;
    this.watchdog = watchdog;
    this.journal = journal;
  }

  /** The node begins; a sentence when the watchdog cannot be had, else empty. */
  String start(long now) {
    if (!settings.isPresent()) {
      return "";
    }
    if (watchdog.isTicking()) {
      phase = Phase.LEFT;
      nextTry = now;
      journal.log(
          Journal.Level.WARNING,
          settings.device()
              + " counts down since an earlier life of this daemon: it is fed as soon as this node"
              + " has quorum");
      return "";
    }
    return arm(now);
  }

  private String arm(long now) {
    Watchdog.Arming arming = watchdog.arm(settings.timeoutSeconds(), settings.pretimeoutSeconds());
    if (arming.isRefused()) {
      return arming.refusal();
    }
    armed = arming;
    phase = Phase.FREE;
    lastFed = now;
    nextTry = now + times.feed() * NANOS_PER_MILLI;
    journal.log(
        Journal.Level.NOTICE,
        "%s (%s) resets this machine when it is not fed for %d s"
            .formatted(settings.device(), arming.identity(), arming.timeoutSeconds()));
    return "";
  }

  /** Other times of the ring. */
  void times(WatchdogTimes changed) {
    times = changed;
  }

  /** Whether the others may be told of the watchdog: it is armed, and meant for that. */
  boolean mayPromise() {
    boolean meant = settings.promise() == WatchdogSettings.Promise.QUORUM;
    return meant && (phase == Phase.FREE || phase == Phase.PROMISED);
  }

  /** From now on the others may count on it. */
  void promised() {
    Check.that(mayPromise(), "a watchdog that is not armed was promised");
    phase = Phase.PROMISED;
  }

  /**
   * Feeds when it is time and allowed.
   *
   * @return why this node must end at once, null when it need not
   */
  @Nullable String turn(long now, Belief belief) {
    if (phase == Phase.NONE || phase == Phase.OFF) {
      return null;
    }
    if (phase != Phase.CONDEMNED && belief.quorate()) {
      tokenSeen = tokenWasSeen ? Math.max(tokenSeen, belief.tokenSeen()) : belief.tokenSeen();
      tokenWasSeen = true;
    }
    if (now < nextTry) {
      return null;
    }
    return switch (phase) {
      case LEFT -> takeOver(now, belief);
      case FREE, PROMISED ->
          belief.hearsOrders(now) ? feedAsPromised(now, belief) : withhold(now, DEAF);
      case CONDEMNED -> overdue(now);
      case NONE, OFF -> null;
    };
  }

  private @Nullable String takeOver(long now, Belief belief) {
    if (belief.quorate()) {
      String refusal = arm(now);
      return refusal.isEmpty() ? null : refusal;
    }
    nextTry = now + AGAIN_NANOS;
    return null;
  }

  private @Nullable String feedAsPromised(long now, Belief belief) {
    if (phase == Phase.PROMISED) {
      return keepPromise(now, belief);
    }
    feed(now, now + times.lease() * NANOS_PER_MILLI);
    return null;
  }

  private @Nullable String keepPromise(long now, Belief belief) {
    long lease = times.lease() * NANOS_PER_MILLI;
    if (tokenWasSeen && now - tokenSeen <= lease) {
      feed(now, tokenSeen + lease);
    } else if (belief.holdsNothing()) {
      feed(now, now + lease);
    } else {
      return withhold(now, UNSTOPPED);
    }
    return null;
  }

  private void feed(long now, long validUntil) {
    if (withheld) {
      withheld = false;
      journal.log(Journal.Level.NOTICE, settings.device() + " is fed again");
    }
    watchdog.feed(validUntil);
    lastFed = now;
    nextTry = now + times.feed() * NANOS_PER_MILLI;
  }

  private @Nullable String withhold(long now, String reason) {
    if (!withheld) {
      withheld = true;
      withheldCount++;
      journal.log(
          Journal.Level.ERROR,
          settings.device()
              + " is not fed: "
              + reason
              + ". The machine is reset in "
              + left(now) / 1000
              + " s unless that changes");
    }
    return overdue(now);
  }

  private @Nullable String overdue(long now) {
    nextTry = now + AGAIN_NANOS;
    return left(now) + times.late() < 0
        ? settings.device()
            + " did not reset this machine although it was not fed; it must not act any more"
        : null;
  }

  /** See {@link Guard#condemn}. */
  void condemn(String reason) {
    if (phase == Phase.FREE || phase == Phase.PROMISED) {
      phase = Phase.CONDEMNED;
      journal.log(
          Journal.Level.ERROR,
          settings.device() + " is not fed any more and will reset this machine: " + reason);
    }
  }

  /** Milliseconds until the watchdog bites, negative when it should have. */
  private long left(long now) {
    return times.timeout() - (now - lastFed) / NANOS_PER_MILLI;
  }

  /**
   * The daemon ends.
   *
   * @param orderly everything was handed over, so nobody needs the reset
   */
  void end(boolean orderly) {
    if (phase == Phase.FREE || (phase == Phase.PROMISED && orderly)) {
      String complaint = watchdog.disarm();
      if (!complaint.isEmpty()) {
        journal.log(Journal.Level.ERROR, complaint);
      }
      phase = Phase.OFF;
    }
  }

  /** When {@link #turn} is needed next, Long.MAX_VALUE for never. */
  long nextDeadline() {
    return phase == Phase.NONE || phase == Phase.OFF ? Long.MAX_VALUE : nextTry;
  }

  Phase phase() {
    return phase;
  }

  /** Times it was not fed although it was time. */
  long withheldCount() {
    return withheldCount;
  }

  /** One sentence for people, empty when there is none. */
  String sentence() {
    Watchdog.Arming arming = armed;
    String what =
        arming == null
            ? settings.device()
            : "%s (%s), %d s"
                .formatted(settings.device(), arming.identity(), arming.timeoutSeconds());
    return switch (phase) {
      case NONE -> "";
      case LEFT -> what + ", counts down since an earlier life until this node has quorum";
      case FREE -> what + ", fed";
      case PROMISED ->
          withheld
              ? what + ", NOT fed: no quorum, and not everything has stopped or is known"
              : what + ", fed; the others count on it";
      case CONDEMNED -> what + ", NOT fed: it is to reset this machine";
      case OFF -> what + ", switched off";
    };
  }
}
