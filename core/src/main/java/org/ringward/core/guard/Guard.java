package org.ringward.core.guard;

import org.jspecify.annotations.Nullable;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.port.Journal;
import org.ringward.core.port.Watchdog;

/**
 * Keeps watch over the node itself: that it turns, that it hears itself, and that its promises
 * hold. It measures the gaps between turns, and it feeds the machine's watchdog, which resets the
 * machine when the guard does not.
 *
 * <p>Times are monotonic nanoseconds.
 */
public final class Guard {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final StallGuard stalls;
  private final Feeding feeding;
  private NodeSettings settings;

  /**
   * What is known of this node's own health.
   *
   * @param stalls gaps between its turns
   * @param watchdog one sentence, empty when there is none
   * @param withheld how often the watchdog was not fed although it was time
   */
  public record Health(StallGuard.Statistics stalls, String watchdog, long withheld) {}

  public Guard(NodeSettings settings, Watchdog watchdog, Journal journal) {
    this.settings = settings;
    this.stalls = new StallGuard(budget(settings));
    this.feeding = new Feeding(settings.watchdog(), settings.watchdogTimes(), watchdog, journal);
  }

  private static long budget(NodeSettings settings) {
    return settings.totem().token() * NANOS_PER_MILLI;
  }

  /** The node begins; a sentence when it must not, because it does not get its watchdog. */
  public @Nullable String start(long now) {
    stalls.turned(now);
    String refusal = feeding.start(now);
    return refusal.isEmpty() ? null : refusal;
  }

  /** The node turns: the length of the stall that has just ended, 0 when there was none. */
  public long turned(long now) {
    return stalls.turned(now);
  }

  /**
   * Feeds the watchdog when it is time and allowed; at the end of each turn.
   *
   * @return why this node must end at once, null when it need not
   */
  public @Nullable String feed(long now, Belief belief) {
    return feeding.turn(now, belief);
  }

  /**
   * How long after the others agreed to go on without this node its machine is surely off, for them
   * to count on, in milliseconds; 0 when they must not.
   *
   * @param exclusive no other side can have quorum while this one has
   */
  public long promise(boolean exclusive) {
    if (!exclusive || settings.quorum().twoNode() || !feeding.mayPromise()) {
      return 0;
    }
    feeding.promised();
    return settings.watchdogTimes().bound();
  }

  /** Other times of the ring. */
  public void reconfigured(NodeSettings changed) {
    settings = changed;
    stalls.budget(budget(changed));
    feeding.times(changed.watchdogTimes());
  }

  /** The watchdog is not fed any more: it is to reset the machine. */
  public void condemn(String reason) {
    feeding.condemn(reason);
  }

  /** The daemon ends; orderly when everything was handed over. */
  public void end(boolean orderly) {
    feeding.end(orderly);
  }

  /** The latest time of the next turn. */
  public long nextDeadline() {
    return Math.min(stalls.nextDeadline(), feeding.nextDeadline());
  }

  public Health health() {
    return new Health(stalls.statistics(), feeding.sentence(), feeding.withheldCount());
  }
}
