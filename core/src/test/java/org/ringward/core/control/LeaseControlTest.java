package org.ringward.core.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.config.QuorumSettings;
import org.ringward.core.lease.LeaseEvent;
import org.ringward.core.lease.LeaseEvent.Held;
import org.ringward.core.lease.LeaseEvent.Lost;
import org.ringward.core.lease.LeaseEvent.Recover;
import org.ringward.core.lease.LeaseEvent.Suspend;
import org.ringward.core.lease.LeaseMode;

/** Leases through the whole cluster layer of several nodes. */
class LeaseControlTest {
  private static final int HANDLE = 1;

  /** A bus settles for 4 s: a lease that is over after two of that, and one that is not. */
  private static final long SHORT = 6000;

  private static final long LONG = 60_000;

  private final Bus bus = new Bus();
  private final Map<Integer, List<LeaseEvent>> heard = new TreeMap<>();

  @BeforeEach
  void threeNodes() {
    for (int id = 1; id <= 3; id++) {
      boot(id);
    }
    bus.view(1, 2, 3);
  }

  private void boot(int id) {
    bus.boot(id);
    List<LeaseEvent> events = new ArrayList<>();
    heard.put(id, events);
    bus.control(id).leases().tellTo((_, _, event) -> events.add(event));
  }

  private void open(int id, LeaseMode mode, long lease) {
    assertThat(bus.control(id).leases().open(1, HANDLE, "db", mode, lease, 1)).isEmpty();
    bus.settle();
  }

  private <T extends LeaseEvent> List<T> heard(int id, Class<T> kind) {
    return Objects.requireNonNull(heard.get(id)).stream()
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  private void statesAreEqual(int... ids) {
    for (int id : ids) {
      assertThat(bus.control(id).snapshot().cib()).isEqualTo(bus.control(ids[0]).snapshot().cib());
    }
  }

  @Test
  void oneHoldsAndTheNextFollows() {
    open(1, LeaseMode.EXCLUSIVE, LONG);
    open(2, LeaseMode.EXCLUSIVE, LONG);
    assertThat(heard(1, Held.class)).hasSize(1);
    assertThat(heard(2, Held.class)).isEmpty();

    bus.control(1).leases().release(1, HANDLE, true);
    bus.settle();

    assertThat(heard(2, Held.class)).hasSize(1);
    assertThat(heard(2, Held.class).getFirst().token())
        .isGreaterThan(heard(1, Held.class).getFirst().token());
    statesAreEqual(1, 2, 3);
  }

  /** The coordinator is among the lost, and the leases are still known. */
  @Test
  void aLostHolderIsSucceededWhenItsLeaseIsOverForCertain() {
    open(2, LeaseMode.SHARED, LONG);
    open(1, LeaseMode.SHARED, SHORT);

    bus.view(2, 3);
    assertThat(heard(2, Suspend.class)).hasSize(1);
    assertThat(heard(2, Recover.class)).isEmpty();
    bus.settle();

    Recover recover = heard(2, Recover.class).getFirst();
    assertThat(recover.yours()).isTrue();
    assertThat(recover.proof()).contains("has run out");
    assertThat(recover.author()).isEqualTo("n2");
    assertThat(heard(1, Lost.class)).as("time stands still for n1 here").isEmpty();
    statesAreEqual(2, 3);
  }

  /** Who holds and who waits are not those that were lost: neither notices. */
  @Test
  void theLossOfTheCoordinatorChangesNothingForWhoHoldsAndWhoWaits() {
    open(2, LeaseMode.EXCLUSIVE, LONG);
    open(3, LeaseMode.EXCLUSIVE, LONG);
    long token = heard(2, Held.class).getFirst().token();
    assertThat(bus.control(1).snapshot().coordinates()).isTrue();

    bus.view(2, 3);
    bus.settle();

    assertThat(bus.control(2).snapshot().coordinates()).isTrue();
    assertThat(heard(2, Lost.class)).isEmpty();
    assertThat(heard(2, Held.class)).allMatch(each -> each.token() == token);
    assertThat(heard(3, Held.class)).isEmpty();
    bus.control(2).leases().release(1, HANDLE, true);
    bus.settle();
    assertThat(heard(3, Held.class).getFirst().token()).isGreaterThan(token);
    assertThat(heard(3, Recover.class)).isEmpty();
    statesAreEqual(2, 3);
  }

  @Test
  void beforeThatOnlyAnotherProofHelps() {
    open(1, LeaseMode.SHARED, LONG);
    open(2, LeaseMode.SHARED, LONG);
    bus.view(2, 3);
    assertThat(heard(2, Suspend.class)).hasSize(1);
    assertThat(heard(2, Recover.class)).isEmpty();

    bus.ask(3, Verb.CONFIRM, Map.of("node", "n1", "reason", "I pulled the plug"), null);

    assertThat(heard(2, Recover.class).getFirst().proof()).contains("I pulled the plug");
    assertThat(heard(2, Recover.class).getFirst().author()).isEqualTo("root");
  }

  /** From its leave on the others count it as down. */
  @Test
  void aNodeLeavesWhenItsProgramsHoldNothingAnyMore() {
    open(2, LeaseMode.EXCLUSIVE, LONG);
    bus.control(2).leave();
    bus.settle();
    assertThat(heard(2, Lost.class)).hasSize(1);
    assertThat(bus.control(1).state().node("n2"))
        .matches(node -> node != null && node.transientAttribute("shutdown") == null);
    assertThat(bus.control(2).mayLeave()).isFalse();

    bus.control(2).leases().release(1, HANDLE, true);
    bus.settle();
    assertThat(bus.control(2).mayLeave()).isTrue();
    assertThat(bus.control(2).leftOrderly()).isTrue();
  }

  @Test
  void aHolderThatComesBackInTimeStillHolds() {
    open(1, LeaseMode.EXCLUSIVE, LONG);
    open(2, LeaseMode.EXCLUSIVE, LONG);
    bus.view(2, 3);
    bus.view(1, 2, 3);
    assertThat(heard(1, Lost.class)).isEmpty();
    assertThat(heard(2, Held.class)).isEmpty();
    statesAreEqual(1, 2, 3);
  }

  @Test
  void aSideWithoutQuorumLosesWhatItHolds() {
    open(1, LeaseMode.EXCLUSIVE, SHORT);
    bus.control(1).leases().renew(1, HANDLE, bus.nanos());
    bus.view(1);
    assertThat(heard(1, Lost.class)).isEmpty();
    bus.control(1).leases().renew(1, HANDLE, bus.nanos());
    bus.settle();
    assertThat(heard(1, Lost.class)).hasSize(1);
  }

  /** What was given since the disks were written is not on them. */
  @Test
  void afterAllDaemonsHaveDiedNothingIsGivenBeforeTheLongestLeaseIsOver() {
    open(1, LeaseMode.EXCLUSIVE, LONG);
    long before = heard(1, Held.class).getFirst().token();
    threeNodes();
    open(2, LeaseMode.SHARED, LONG);
    for (int i = 0; i < 12; i++) {
      bus.settle();
    }
    assertThat(heard(2, Held.class)).isEmpty();
    for (int i = 0; i < 4; i++) {
      bus.settle();
    }
    assertThat(heard(2, Held.class).getFirst().token()).isGreaterThan(before);
    statesAreEqual(1, 2, 3);
  }

  /** Either of two nodes is quorate alone; only a proof makes one the successor. */
  @Test
  void withTwoNodesTimeAloneProvesNothing() {
    assertThat(heldByTheSecondOfTwo("")).noneMatch(Held.class::isInstance);
  }

  @Test
  void withTwoNodesFencingProvesIt() {
    List<LeaseEvent> events =
        heldByTheSecondOfTwo(
            """
            resources:
              - primitive: power
                agent: stonith:fence_test
                parameters: {pcmk_host_list: "n1 n2", pcmk_host_argument: port, pcmk_host_check: static-list}
            """);
    assertThat(events).anyMatch(Held.class::isInstance);
    assertThat(events)
        .filteredOn(Recover.class::isInstance)
        .allSatisfy(each -> assertThat(((Recover) each).proof()).contains("power"))
        .isNotEmpty();
  }

  private static List<LeaseEvent> heldByTheSecondOfTwo(String configuration) {
    Bus two = new Bus();
    QuorumSettings alone = new QuorumSettings(0, true, false);
    two.boot(1, 2, alone);
    two.boot(2, 2, alone);
    List<LeaseEvent> events = new ArrayList<>();
    two.control(2).leases().tellTo((_, _, event) -> events.add(event));
    two.view(1, 2);
    if (!configuration.isEmpty()) {
      two.ask(1, Verb.APPLY, Map.of("format", "yaml", "file", "two.yaml"), configuration);
    }
    two.control(1).leases().open(1, HANDLE, "db", LeaseMode.EXCLUSIVE, SHORT, 1);
    two.settle();
    two.control(2).leases().open(1, HANDLE, "db", LeaseMode.EXCLUSIVE, SHORT, 1);
    two.view(2);
    two.settle();
    assertThat(two.control(2).verdict().quorate()).isTrue();
    return events;
  }
}
