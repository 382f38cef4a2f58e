package org.ringward.core.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.ringward.core.lease.Holder.State;
import org.ringward.core.lease.LeaseStep.Kind;

class LeasesTest {
  private static final LeaseOwner A = new LeaseOwner("a", "1", 1);
  private static final LeaseOwner B = new LeaseOwner("b", "2", 1);
  private static final LeaseOwner C = new LeaseOwner("c", "3", 1);
  private static final Map<String, String> ALL = Map.of("a", "1", "b", "2", "c", "3");
  private static final Map<String, String> WITHOUT_A = Map.of("b", "2", "c", "3");

  private Leases leases = Leases.NONE;
  private long primary = 1;

  private void step(Kind kind, LeaseOwner owner, LeaseMode mode, long token, String text) {
    leases =
        leases
            .apply(new LeaseStep(kind, "db", owner, mode, 5000, token, text, owner.node(), 99))
            .settle(primary);
  }

  private void step(Kind kind, LeaseOwner owner) {
    step(kind, owner, LeaseMode.EXCLUSIVE, 0, "because");
  }

  private void share(LeaseOwner owner) {
    step(Kind.ACQUIRE, owner, LeaseMode.SHARED, 0, "");
  }

  private void view(Map<String, String> lives) {
    leases = leases.members(lives).settle(primary);
  }

  private Lease db() {
    return Objects.requireNonNull(leases.lease("db"));
  }

  private long token(LeaseOwner owner) {
    return Objects.requireNonNull(leases.holder("db", owner)).token();
  }

  private State state(LeaseOwner owner) {
    return Objects.requireNonNull(leases.holder("db", owner)).state();
  }

  @Test
  void oneHoldsExclusivelyAndTheOthersWaitInTheirOrder() {
    step(Kind.ACQUIRE, A);
    step(Kind.ACQUIRE, B);
    step(Kind.ACQUIRE, C);
    assertThat(db().holders()).extracting(Holder::owner).containsExactly(A);
    long first = token(A);

    step(Kind.RELEASE, A);

    assertThat(db().holders()).extracting(Holder::owner).containsExactly(B);
    assertThat(token(B)).isGreaterThan(first);
    assertThat(db().recoveries()).as("a left everything in order").isEmpty();
    step(Kind.RELEASE, B);
    step(Kind.RELEASE, C);
    assertThat(leases.byName()).isEmpty();
    assertThat(leases.lastToken()).isGreaterThan(first);
  }

  @Test
  void manyShareAndNobodyOvertakesWhoWantsItAlone() {
    share(A);
    share(B);
    step(Kind.ACQUIRE, C);
    LeaseOwner d = new LeaseOwner("a", "1", 2);
    share(d);

    assertThat(db().holders()).extracting(Holder::owner).containsExactly(A, B);
    step(Kind.RELEASE, A);
    step(Kind.RELEASE, B);
    assertThat(db().holders()).extracting(Holder::owner).containsExactly(C);
    step(Kind.RELEASE, C);
    assertThat(db().holders()).extracting(Holder::owner).containsExactly(d);
  }

  @Test
  void tokensGrowAlsoWhenAllWasForgottenWithThePowerOfAllNodes() {
    step(Kind.ACQUIRE, A);
    long before = token(A);
    leases = Leases.NONE;
    primary++;
    step(Kind.ACQUIRE, B);
    assertThat(token(B)).isGreaterThan(before);
  }

  @Test
  void whatALostNodeHoldsIsNotGivenToOthersBeforeAProof() {
    step(Kind.ACQUIRE, A);
    step(Kind.ACQUIRE, B);
    long token = token(A);

    view(WITHOUT_A);

    assertThat(state(A)).isEqualTo(State.SUSPENDED);
    assertThat(db().holders()).hasSize(1);
    step(Kind.PROVEN, A);
    assertThat(db().holders()).extracting(Holder::owner).containsExactly(B);
    assertThat(db().recoveries())
        .containsExactly(new Recovery(A, token, "because", "a", 99, token(B)));
    step(Kind.RECOVERED, B, LeaseMode.EXCLUSIVE, token, "");
    assertThat(db().isUnsettled()).isFalse();
  }

  @Test
  void aNodeThatComesBackKeepsWhatItHeld() {
    step(Kind.ACQUIRE, A);
    step(Kind.ACQUIRE, B);
    long token = token(A);
    view(WITHOUT_A);
    view(ALL);

    step(Kind.PROVEN, A);

    assertThat(state(A)).isEqualTo(State.HELD);
    assertThat(token(A)).isEqualTo(token);
  }

  @Test
  void anotherLifeOfTheDaemonDoesNotHoldWhatTheOldOneHeld() {
    step(Kind.ACQUIRE, A);
    view(Map.of("a", "9", "b", "2", "c", "3"));
    assertThat(state(A)).isEqualTo(State.SUSPENDED);
  }

  @Test
  void aNodeThatIsProvenDownIsSucceededAtOnce() {
    step(Kind.ACQUIRE, A);
    step(Kind.ACQUIRE, B);
    LeaseOwner waiting = new LeaseOwner("a", "1", 7);
    step(Kind.ACQUIRE, waiting);

    leases = leases.down("a", "1", "its power was cut", "b", 5).settle(primary);

    assertThat(db().holders()).extracting(Holder::owner).containsExactly(B);
    assertThat(db().waiters()).isEmpty();
    assertThat(db().recoveries()).extracting(Recovery::proof).containsExactly("its power was cut");
    assertThat(leases.down("b", "1", "another life", "c", 6)).isEqualTo(leases);
  }

  /** Scenario 1: it loses its disk, says so, a peer takes over, and it comes back online. */
  @Test
  void whoLosesItsAccessSaysSoAndNobodyNeedsToBeFenced() {
    share(A);
    share(B);
    long lost = token(A);

    step(Kind.READ_ONLY, A, LeaseMode.SHARED, 0, "a lost its disk");

    assertThat(state(A)).isEqualTo(State.READ_ONLY);
    assertThat(db().recoveries())
        .containsExactly(new Recovery(A, lost, "a lost its disk", "a", 99, token(B)));
    step(Kind.RECOVERED, A, LeaseMode.SHARED, lost, "");
    assertThat(db().recoveries()).as("it is not a's to take over").hasSize(1);
    step(Kind.RECOVERED, B, LeaseMode.SHARED, lost, "");
    assertThat(db().recoveries()).isEmpty();

    step(Kind.ONLINE, A);
    assertThat(state(A)).isEqualTo(State.HELD);
    assertThat(token(A)).isGreaterThan(token(B));
  }

  @Test
  void whoOnlyReadsLeavesNothingWhenItsNodeIsLost() {
    step(Kind.ACQUIRE, A);
    step(Kind.READ_ONLY, A);
    step(Kind.ACQUIRE, B);
    assertThat(state(B)).as("a does not write any more").isEqualTo(State.HELD);
    view(WITHOUT_A);
    assertThat(leases.holder("db", A)).isNull();
    assertThat(db().recoveries()).hasSize(1);
  }

  @Test
  void aTakeoverGoesToAnotherWhenItsTakerEnds() {
    share(A);
    share(B);
    share(C);
    step(Kind.ENDED, A);
    assertThat(db().recoveries().getFirst().by()).isEqualTo(token(B));
    step(Kind.ENDED, B);
    assertThat(db().recoveries()).hasSize(2).allMatch(each -> each.by() == token(C));
    step(Kind.ENDED, C);
    assertThat(db().recoveries()).as("for whoever comes next").allMatch(each -> each.by() == 0);
    step(Kind.ACQUIRE, A);
    assertThat(db().recoveries()).hasSize(3).allMatch(each -> each.by() == token(A));
  }

  @Test
  void aViewThatMayNotGiveGivesNothing() {
    leases =
        leases.apply(
            new LeaseStep(Kind.ACQUIRE, "db", A, LeaseMode.EXCLUSIVE, 5000, 0, "", "a", 1));
    assertThat(db().holders()).isEmpty();
    assertThat(db().isWaiting(A)).isTrue();
  }

  @Test
  void stepsThatComeTwiceOrTooLateChangeNothing() {
    step(Kind.ACQUIRE, A);
    Leases before = leases;
    for (Kind kind : List.of(Kind.ACQUIRE, Kind.ONLINE, Kind.PROVEN, Kind.RECOVERED)) {
      step(kind, A);
      assertThat(leases).as("%s", kind).isEqualTo(before);
    }
    for (Kind kind : List.of(Kind.RELEASE, Kind.ENDED, Kind.READ_ONLY, Kind.ONLINE)) {
      step(kind, B);
      assertThat(leases).as("%s of a stranger", kind).isEqualTo(before);
    }
  }

  @Test
  void claimsAndResourcesAreBounded() {
    for (int i = 0; i < Lease.CLAIMS_MOST + 10; i++) {
      share(new LeaseOwner("a", "1", i));
    }
    assertThat(db().holders()).hasSize(Lease.CLAIMS_MOST);
    for (int i = 0; i < Leases.RESOURCES_MOST + 10; i++) {
      leases =
          leases.apply(
              new LeaseStep(Kind.ACQUIRE, "r" + i, A, LeaseMode.SHARED, 5000, 0, "", "a", 1));
    }
    assertThat(leases.byName()).hasSize(Leases.RESOURCES_MOST);
  }

  @Test
  void theElementOfTheStatusHasEverything() {
    share(A);
    share(B);
    step(Kind.ACQUIRE, C);
    step(Kind.READ_ONLY, A, LeaseMode.SHARED, 0, "\"<disk>\" & more");
    view(WITHOUT_A);
    view(Map.of("c", "3"));
    assertThat(LeaseXml.read(LeaseXml.write(leases))).isEqualTo(leases);
  }
}
