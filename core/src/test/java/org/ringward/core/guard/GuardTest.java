package org.ringward.core.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ringward.core.base.Decision;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.config.NodeSettingsYaml;
import org.ringward.core.config.WatchdogTimes;
import org.ringward.core.port.Journal;
import org.ringward.core.port.Watchdog;

/** When the watchdog is fed; with token 400 ms and a timeout of 5 s. */
class GuardTest {
  private static final long MILLI = 1_000_000;
  private static final NodeSettings SETTINGS = settings("{device: /dev/watchdog, timeout: 5}", "");
  private final Device device = new Device();
  private final Known known = new Known();
  private final List<String> log = new ArrayList<>();

  /** A watchdog that counts. */
  private static final class Device implements Watchdog {
    boolean ticking;
    String refusal = "";
    int armed;
    int disarmed;
    final List<Long> fed = new ArrayList<>();

    @Override
    public boolean isTicking() {
      return ticking;
    }

    @Override
    public Arming arm(int timeoutSeconds, int pretimeoutSeconds) {
      if (!refusal.isEmpty()) {
        return Arming.refused(refusal);
      }
      armed++;
      return new Arming("test", timeoutSeconds, pretimeoutSeconds, "");
    }

    @Override
    public void feed(long validUntilNanos) {
      fed.add(validUntilNanos / MILLI);
    }

    @Override
    public String disarm() {
      disarmed++;
      return "";
    }
  }

  private static final class Known implements Belief {
    boolean quorate;
    long tokenSeenMillis;
    boolean nothing;

    @Override
    public boolean quorate() {
      return quorate;
    }

    @Override
    public long tokenSeen() {
      return tokenSeenMillis * MILLI;
    }

    @Override
    public boolean holdsNothing() {
      return nothing;
    }
  }

  private final class Log implements Journal {
    @Override
    public void decision(Decision decision) {
      log.add(decision.what());
    }

    @Override
    public void log(Level level, String text) {
      log.add(text);
    }
  }

  private static NodeSettings settings(String watchdog, String more) {
    return NodeSettingsYaml.read(
        "node.yaml",
        """
        cluster: c
        nodes:
          - {name: n1, id: 1, address: 10.0.0.1}
          - {name: n2, id: 2, address: 10.0.0.2}
          - {name: n3, id: 3, address: 10.0.0.3}
        watchdog: %s
        %s
        """
            .formatted(watchdog, more),
        "n1");
  }

  private Guard started(NodeSettings settings) {
    Guard guard = new Guard(settings, device, new Log());
    assertThat(guard.start(0)).isNull();
    return guard;
  }

  private void turn(Guard guard, long millis) {
    assertThat(guard.feed(millis * MILLI, known)).isNull();
  }

  /** Turns whenever the guard wants to, the token coming with each turn. */
  private void turns(Guard guard, long fromMillis, long toMillis) {
    long now = fromMillis;
    while (now < toMillis) {
      known.tokenSeenMillis = now - 10;
      turn(guard, now);
      now = Math.max(now + 1, guard.nextDeadline() / MILLI);
    }
  }

  @Test
  void aNodeThatPromisedNothingIsFedAsLongAsItTurns() {
    Guard guard = started(SETTINGS);
    assertThat(device.armed).isEqualTo(1);
    assertThat(guard.promise(false)).isZero();
    for (long now = 0; now <= 10_000; now += 100) {
      turn(guard, now);
    }
    assertThat(device.fed).hasSize(10).startsWith(1400L, 2400L);
  }

  @Test
  void oncePromisedItIsFedWithTheTokenOfAQuorateRingOnly() {
    Guard guard = started(SETTINGS);
    known.quorate = true;
    assertThat(guard.promise(true)).isEqualTo(5000 + 3 * 400 + 1000);
    turns(guard, 0, 3000);
    long last = device.fed.getLast();
    assertThat(device.fed).hasSize(2);
    // The token is gone: agreed still, but nothing is heard any more.
    for (long now = 3000; now < 8000; now += 100) {
      turn(guard, now);
    }
    assertThat(device.fed.getLast()).isLessThanOrEqualTo(known.tokenSeenMillis + 400);
    assertThat(device.fed.getLast() - last).isLessThanOrEqualTo(1000);
    assertThat(guard.health().withheld()).isEqualTo(1);
    assertThat(guard.health().watchdog()).contains("NOT fed");
    known.tokenSeenMillis = 8000;
    turn(guard, 8010);
    assertThat(device.fed).last().isEqualTo(8400L);
    assertThat(log).last().asString().contains("fed again");
  }

  @Test
  void aTokenWithoutQuorumIsNothing() {
    Guard guard = started(SETTINGS);
    known.quorate = true;
    guard.promise(true);
    turns(guard, 0, 2000);
    known.quorate = false;
    device.fed.clear();
    turns(guard, 2500, 5000);
    assertThat(device.fed).isEmpty();
    known.nothing = true;
    turns(guard, 5000, 7500);
    assertThat(device.fed).isNotEmpty();
  }

  @Test
  void whereTheWatchdogDoesNotBiteTheNodeEnds() {
    Guard guard = started(SETTINGS);
    known.quorate = true;
    guard.promise(true);
    turns(guard, 0, 1500);
    known.quorate = false;
    String end = null;
    long now = 1500;
    for (; end == null && now < 20_000; now += 50) {
      end = guard.feed(now * MILLI, known);
    }
    assertThat(end).contains("did not reset");
    assertThat(now).isBetween(1000L + 5000 + 1000, 1000L + 5000 + 1300);
  }

  @Test
  void whatAnEarlierLifePromisedCountsUntilThisOneHasQuorum() {
    device.ticking = true;
    Guard guard = started(SETTINGS);
    known.nothing = true;
    turns(guard, 0, 3000);
    assertThat(device.armed).isZero();
    assertThat(device.fed).isEmpty();
    assertThat(guard.promise(true)).isZero();
    guard.end(true);
    assertThat(device.disarmed).isZero();
    known.quorate = true;
    turns(guard, 3000, 6000);
    assertThat(device.armed).isEqualTo(1);
    assertThat(device.fed).isNotEmpty();
    assertThat(guard.promise(true)).isPositive();
  }

  @Test
  void onlyAnOrderlyEndDisarmsWhatWasPromised() {
    Guard guard = started(SETTINGS);
    guard.promise(true);
    guard.end(false);
    assertThat(device.disarmed).isZero();
    guard.end(true);
    assertThat(device.disarmed).isEqualTo(1);
    assertThat(guard.nextDeadline()).isEqualTo(200 * MILLI);
    Guard free = started(SETTINGS);
    free.end(false);
    assertThat(device.disarmed).isEqualTo(2);
  }

  @Test
  void nothingIsPromisedWhereEitherHalfMayGoOnOrOnlyLifeIsMeant() {
    String two = "quorum: {expected_votes: 3}";
    assertThat(started(settings("{device: /d, promise: alive}", two)).promise(true)).isZero();
    assertThat(started(settings("{device: /d}", two)).promise(true)).isPositive();
    assertThat(started(settings("{}", two)).promise(true)).isZero();
  }

  @Test
  void aWatchdogThatCannotBeHadKeepsTheNodeFromStarting() {
    device.refusal = "/dev/watchdog is in use";
    assertThat(new Guard(SETTINGS, device, new Log()).start(0)).isEqualTo(device.refusal);
  }

  /**
   * The sum behind the bound: whenever the token was seen, the watchdog has reset before the others
   * count on it, who agreed no earlier than they passed the token on for the last time.
   */
  @Test
  void theBoundCoversTheLastFeed() {
    WatchdogTimes times = SETTINGS.watchdogTimes();
    Guard guard = started(SETTINGS);
    known.quorate = true;
    guard.promise(true);
    long othersAgreed = 10_000;
    long seen = othersAgreed + 2 * 400;
    for (long now = 0; now < 20_000; now += 20) {
      known.tokenSeenMillis = Math.min(now, seen);
      guard.feed(now * MILLI, known);
    }
    long off = device.fed.getLast() + times.timeout() + times.late();
    assertThat(off).isLessThanOrEqualTo(othersAgreed + times.bound());
  }
}
