package org.ringward.core.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.ringward.core.lease.LeaseEvent.Held;
import org.ringward.core.lease.LeaseEvent.Lost;
import org.ringward.core.lease.LeaseEvent.Peer;
import org.ringward.core.lease.LeaseEvent.Recover;
import org.ringward.core.lease.LeaseEvent.Resume;
import org.ringward.core.lease.LeaseEvent.Suspend;
import org.ringward.core.lease.LeaseStep.Kind;

/** One node's programs beside those of others, on an order and a ring that the test moves. */
class LeaseDeskTest {
  private static final long MILLI = 1_000_000;
  private static final LeaseOwner OTHER = new LeaseOwner("b", "2", 5);

  private final Deque<LeaseStep> sent = new ArrayDeque<>();
  private final List<LeaseEvent> events = new ArrayList<>();
  private final LeaseDesk desk = new LeaseDesk("a", "1", sent::add);
  private final Map<String, String> lives = new TreeMap<>(Map.of("a", "1", "b", "2"));
  private Leases leases = Leases.NONE;
  private boolean grants = true;
  private long ringSequence = 4;
  private long nanos = 1000 * MILLI;
  private long token = nanos;
  private int delivered;
  private int everywhere;
  private boolean turning = true;

  LeaseDeskTest() {
    desk.tellTo((_, _, event) -> events.add(event));
    desk.ring(
        new RingProgress() {
          @Override
          public long tokenSeen() {
            return token;
          }

          @Override
          public int delivered() {
            return delivered;
          }

          @Override
          public int heldByAll() {
            return everywhere;
          }
        });
    desk.agreed(ringSequence, leases, grants);
  }

  /** Time passes in steps of ten milliseconds, in which everything happens that is due. */
  private void pass(long millis) {
    for (long end = nanos + millis * MILLI; nanos < end; ) {
      nanos += 10 * MILLI;
      if (turning) {
        token = nanos;
      }
      deliver();
      desk.turn(nanos, nanos / MILLI);
    }
  }

  private void deliver() {
    while (!sent.isEmpty()) {
      apply(sent.poll());
    }
  }

  private void apply(LeaseStep step) {
    delivered++;
    leases = leases.apply(step);
    settle();
    if (step.owner().node().equals("a") && step.author().equals("a")) {
      desk.applied(step, leases);
    }
    if (turning) {
      everywhere = delivered;
    }
  }

  private void settle() {
    leases = grants ? leases.settle(ringSequence) : leases;
    desk.changed(leases, grants);
  }

  private void view(boolean quorate, String... names) {
    desk.interrupted();
    sent.clear();
    ringSequence += 4;
    Map<String, String> members = new TreeMap<>(lives);
    members.keySet().retainAll(List.of(names));
    grants = quorate;
    leases = leases.members(members);
    leases = grants ? leases.settle(ringSequence) : leases;
    desk.agreed(ringSequence, leases, grants);
  }

  private void other(Kind kind, long of, String text) {
    apply(new LeaseStep(kind, "db", OTHER, LeaseMode.SHARED, 3000, of, text, "b", 1));
    desk.turn(nanos, nanos / MILLI);
  }

  private void open(LeaseMode mode) {
    assertThat(desk.open(1, 7, "db", mode, 3000, 0)).isEmpty();
  }

  private <T extends LeaseEvent> T last(Class<T> kind) {
    List<T> found = events.stream().filter(kind::isInstance).map(kind::cast).toList();
    assertThat(found).as("events %s", events).isNotEmpty();
    return found.getLast();
  }

  private boolean heard(Class<? extends LeaseEvent> kind) {
    return events.stream().anyMatch(kind::isInstance);
  }

  @Test
  void aProgramHoldsUntilTheLastConfirmationPlusTheLease() {
    open(LeaseMode.EXCLUSIVE);
    pass(100);
    Held held = last(Held.class);
    assertThat(held.expiry()).isBetween(nanos + 2800 * MILLI, nanos + 3000 * MILLI);
    pass(1000);
    assertThat(desk.renew(1, 7, nanos)).isTrue();
    assertThat(last(Held.class).expiry()).isEqualTo(nanos - 10 * MILLI + 3000 * MILLI);
  }

  @Test
  void itIsNotToldBeforeEveryMemberHasIt() {
    open(LeaseMode.EXCLUSIVE);
    deliver();
    everywhere = 0;
    for (int i = 0; i < 20; i++) {
      nanos += 10 * MILLI;
      token = nanos;
      desk.turn(nanos, 0);
    }
    assertThat(heard(Held.class)).isFalse();
    everywhere = delivered;
    pass(10);
    assertThat(heard(Held.class)).isTrue();
  }

  @Test
  void whenTheTokenStopsARenewalGivesNoMoreTimeAndItIsToldToStop() {
    open(LeaseMode.EXCLUSIVE);
    pass(100);
    turning = false;
    long until = 0;
    for (int i = 0; i < 400 && !heard(Lost.class); i++) {
      pass(10);
      desk.renew(1, 7, nanos);
      until = last(Held.class).expiry();
    }
    assertThat(last(Lost.class).until()).isEqualTo(until);
    assertThat(until).isGreaterThanOrEqualTo(nanos + 700 * MILLI);
    assertThat(desk.renew(1, 7, nanos)).isFalse();
  }

  @Test
  void aProgramThatDoesNotRenewLosesItAndOthersAreTold() {
    open(LeaseMode.EXCLUSIVE);
    pass(100);
    long expiry = last(Held.class).expiry();
    pass(2300);
    assertThat(heard(Lost.class)).isTrue();
    assertThat(leases.byName()).isNotEmpty();
    while (nanos < expiry) {
      assertThat(leases.lease("db")).satisfies(db -> assertThat(db.holders()).hasSize(1));
      pass(10);
    }
    pass(20);
    assertThat(leases.lease("db"))
        .satisfies(db -> {
          assertThat(db.holders()).isEmpty();
          assertThat(db.recoveries()).hasSize(1);
        });
  }

  @Test
  void whatAProgramThatHungUpMayStillUseIsNotGivenAway() {
    open(LeaseMode.EXCLUSIVE);
    pass(100);
    long expiry = last(Held.class).expiry();
    desk.closed(1);
    while (nanos < expiry) {
      assertThat(leases.lease("db")).satisfies(db -> assertThat(db.holders()).hasSize(1));
      pass(10);
    }
    pass(20);
    assertThat(leases.lease("db")).satisfies(db -> assertThat(db.recoveries()).hasSize(1));
  }

  @Test
  void whoReleasesIsSucceededAtOnce() {
    open(LeaseMode.EXCLUSIVE);
    pass(100);
    desk.release(1, 7, true);
    pass(10);
    assertThat(leases.byName()).isEmpty();
    assertThat(last(LeaseEvent.Released.class)).isNotNull();
    assertThat(desk.open(1, 7, "db", LeaseMode.SHARED, 3000, 0)).as("the number is free").isEmpty();
  }

  @Test
  void aStepThatGotLostWithItsViewIsSaidAgain() {
    desk.open(1, 7, "db", LeaseMode.EXCLUSIVE, 3000, 0);
    sent.clear();
    view(true, "a", "b");
    pass(100);
    assertThat(heard(Held.class)).isTrue();

    desk.release(1, 7, true);
    sent.clear();
    view(true, "a", "b");
    pass(20);
    assertThat(leases.byName()).isEmpty();
  }

  @Test
  void withoutQuorumNothingIsGivenOrExtended() {
    view(false, "a");
    open(LeaseMode.EXCLUSIVE);
    pass(500);
    assertThat(heard(Held.class)).isFalse();
    view(true, "a", "b");
    pass(100);
    Held held = last(Held.class);
    view(false, "a");
    for (int i = 0; i < 20; i++) {
      pass(10);
      desk.renew(1, 7, nanos);
    }
    assertThat(last(Held.class).expiry()).isEqualTo(held.expiry());
    pass(3000);
    assertThat(last(Lost.class).why()).contains("quorum");
  }

  @Test
  void anExtensionNeedsTheNewViewsOwnRoundTrips() {
    open(LeaseMode.EXCLUSIVE);
    pass(100);
    long expiry = last(Held.class).expiry();
    turning = false;
    pass(500);
    view(true, "a", "b");
    desk.turn(nanos, 0);
    desk.renew(1, 7, nanos);
    assertThat(last(Held.class).expiry()).isEqualTo(expiry);
    turning = true;
    pass(30);
    desk.renew(1, 7, nanos);
    assertThat(last(Held.class).expiry()).isGreaterThan(expiry);
  }

  @Test
  void peersAreHeardOf() {
    open(LeaseMode.SHARED);
    pass(100);
    other(Kind.ACQUIRE, 0, "");
    long theirs = last(Peer.class).token();
    assertThat(last(Peer.class).change()).isEqualTo(LeaseEvent.Change.JOINED);

    view(true, "a");
    pass(10);
    assertThat(last(Suspend.class)).isEqualTo(new Suspend("b", theirs));
    assertThat(heard(Recover.class)).isFalse();
    other(Kind.PROVEN, theirs, "its power was cut");
    Recover recover = last(Recover.class);
    assertThat(recover.yours()).isTrue();
    assertThat(recover.proof()).isEqualTo("its power was cut");
    assertThat(heard(Resume.class)).isFalse();
    assertThat(desk.recovered(1, 7, theirs)).isTrue();
    pass(20);
    assertThat(heard(Resume.class)).isTrue();
  }

  @Test
  void aPeerThatComesBackIsHeardOf() {
    open(LeaseMode.SHARED);
    pass(100);
    other(Kind.ACQUIRE, 0, "");
    view(true, "a");
    pass(10);
    view(true, "a", "b");
    pass(10);
    assertThat(last(Peer.class).change()).isEqualTo(LeaseEvent.Change.BACK);
    assertThat(heard(Resume.class)).isTrue();
    other(Kind.RELEASE, 0, "");
    assertThat(last(Peer.class).change()).isEqualTo(LeaseEvent.Change.LEFT);
  }

  @Test
  void whoOnlyReadsComesBackWithAnotherToken() {
    open(LeaseMode.EXCLUSIVE);
    pass(100);
    long first = last(Held.class).token();
    assertThat(desk.readOnly(1, 7, "no disk")).isTrue();
    assertThat(desk.readOnly(1, 7, "no disk")).isFalse();
    assertThat(desk.renew(1, 7, nanos)).isTrue();
    pass(20);
    assertThat(desk.online(1, 7)).isTrue();
    pass(100);
    assertThat(last(Held.class).token()).isGreaterThan(first);
    assertThat(last(Recover.class).token()).as("its own").isEqualTo(first);
  }

  /** Seeds 911258 (without leave) and 941730 (without person): a node alone said it without end. */
  @Test
  void whoOnlyReadsTakesNothingOverAnyMore() {
    open(LeaseMode.SHARED);
    pass(100);
    other(Kind.ACQUIRE, 0, "");
    long theirs = last(Peer.class).token();
    view(true, "a");
    pass(10);
    other(Kind.PROVEN, theirs, "its power was cut");
    assertThat(last(Recover.class).yours()).isTrue();
    view(false, "a");
    assertThat(desk.readOnly(1, 7, "no disk")).isTrue();
    pass(10);
    assertThat(desk.recovered(1, 7, theirs)).isTrue();
    assertThat(sent).isEmpty();
    assertThat(leases.lease("db").recoveries())
        .extracting(Recovery::token)
        .contains(theirs); // For the next holder.
  }

  /** The old token must not come back to life when both words are under way at once. */
  @Test
  void whoSaysBothAtOnceGetsAnotherTokenAllTheSame() {
    open(LeaseMode.EXCLUSIVE);
    pass(100);
    long first = last(Held.class).token();
    desk.readOnly(1, 7, "no disk");
    desk.online(1, 7);
    events.clear();
    desk.turn(nanos, 0);
    assertThat(heard(Held.class)).isFalse();
    pass(100);
    assertThat(last(Held.class).token()).isGreaterThan(first);
  }

  /** Seed 100995: those of the side that heard it may be taking over what that token left. */
  @Test
  void whoseWordWasHeardByALostSideOnlyGetsAnotherTokenAllTheSame() {
    open(LeaseMode.SHARED);
    pass(100);
    long first = last(Held.class).token();
    Leases ofTheOthers = leases;
    view(false, "a");
    desk.readOnly(1, 7, "no disk");
    pass(20);
    desk.online(1, 7);
    pass(20);
    leases = ofTheOthers;
    events.clear();
    view(true, "a", "b");
    pass(200);
    assertThat(events.stream().filter(Held.class::isInstance).map(Held.class::cast))
        .isNotEmpty()
        .allMatch(held -> held.token() > first);
  }

  @Test
  void whatOthersHaveTakenIsLostAtOnce() {
    open(LeaseMode.EXCLUSIVE);
    pass(100);
    desk.interrupted();
    leases = leases.down("a", "1", "it was fenced", "b", 1).settle(ringSequence);
    desk.agreed(ringSequence + 4, leases, true);
    pass(10);
    assertThat(last(Lost.class).until()).isLessThanOrEqualTo(nanos);
  }

  @Test
  void aNodeThatLeavesEndsWhatItsProgramsHold() {
    open(LeaseMode.EXCLUSIVE);
    pass(100);
    desk.leave();
    pass(10);
    assertThat(last(Lost.class).why()).contains("leaves");
    assertThat(desk.isIdle()).isFalse();
    desk.release(1, 7, true);
    assertThat(desk.isIdle()).isTrue();
    assertThat(desk.open(1, 8, "db", LeaseMode.SHARED, 3000, 0)).contains("leaves");
  }

  @Test
  void nonsenseIsRefusedWithASentence() {
    assertThat(desk.open(1, 1, "a b", LeaseMode.SHARED, 3000, 0)).contains("name");
    assertThat(desk.open(1, 1, "db", LeaseMode.SHARED, 10, 0)).contains("lease");
    assertThat(desk.open(1, 1, "db", LeaseMode.SHARED, 3000, 2000)).contains("half");
    assertThat(desk.open(1, 1, "db", LeaseMode.SHARED, 3000, -1)).contains("half");
    open(LeaseMode.SHARED);
    assertThat(desk.open(1, 7, "db", LeaseMode.SHARED, 3000, 0)).contains("number");
    assertThat(desk.renew(1, 8, nanos)).isFalse();
    assertThat(desk.release(2, 7, true)).isFalse();
    assertThat(desk.online(1, 7)).isFalse();
    assertThat(desk.recovered(1, 7, 5)).isFalse();
    desk.closed(77);
  }

  @Test
  void theProofByTimeComesAfterTheBoundAndOnlyFromACoordinatorThatMayGive() {
    leases = leases.apply(step(Kind.ACQUIRE)).settle(1).members(Map.of("a", "1"));
    Deque<LeaseStep> proofs = new ArrayDeque<>();
    LeaseBounds bounds = new LeaseBounds("a", proofs::add);
    bounds.view(false, true, nanos);
    bounds.turn(leases, true, nanos + 100_000 * MILLI, 0);
    bounds.view(true, false, nanos);
    bounds.turn(leases, true, nanos + 3129 * MILLI, 0);
    bounds.turn(leases, false, nanos + 3130 * MILLI, 0);
    assertThat(proofs).isEmpty();
    bounds.view(true, false, nanos + MILLI);
    bounds.turn(leases, true, nanos + 3130 * MILLI, 0);
    bounds.turn(leases, true, nanos + 3140 * MILLI, 0);
    assertThat(proofs).extracting(LeaseStep::owner).containsExactly(OTHER);
    bounds.view(true, true, nanos + 3140 * MILLI);
    bounds.turn(leases, true, nanos + 3150 * MILLI, 0);
    assertThat(proofs).as("another view begins anew").hasSize(1);
  }

  private static LeaseStep step(Kind kind) {
    return new LeaseStep(kind, "db", OTHER, LeaseMode.SHARED, 3000, 0, "", "b", 1);
  }
}
