package org.ringward.sim.evs;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ringward.sim.world.Violation;

/** Recordings made by hand: good ones pass, each broken promise is found. */
class ExtendedVirtualSynchronyTest {
  private static final RingId FIRST = new RingId(1, 4);
  private static final RingId SECOND = new RingId(1, 8);
  private static final long ALL = Nodes.upTo(3);
  private static final long PAIR = Nodes.upTo(2);

  private final Recording recording = new Recording();
  private final Map<Integer, History> processes = new HashMap<>();
  private long time;

  private History process(int node) {
    return processes.computeIfAbsent(node, recording::begin);
  }

  /** The node comes to a ring in company, and is synchronised with a group of all its members. */
  private void ring(
      int node, RingId ring, long company, long left, long members, long groupBefore) {
    transitional(node, ring, company, left);
    install(node, ring, company, members, groupBefore);
  }

  private void transitional(int node, RingId ring, long company, long left) {
    process(node).add(new Entry.Transitional(time++, ring, company, left));
  }

  private void install(int node, RingId ring, long company, long members, long groupBefore) {
    process(node).add(new Entry.Regular(time++, ring, members, members & ~company));
    Entry change =
        new Entry.GroupChange(time++, 0, members, members & ~groupBefore, groupBefore & ~members);
    Entry synchronised = new Entry.Synchronised(time++, ring.sequence());
    // The first members join by messages, later changes come with the synchronisation.
    process(node).add(groupBefore == 0 ? synchronised : change);
    process(node).add(groupBefore == 0 ? change : synchronised);
  }

  private void allInFirst() {
    for (int node = 1; node <= 3; node++) {
      ring(node, FIRST, 0, 0, ALL, 0);
    }
  }

  private void pairToSecond() {
    for (int node = 1; node <= 2; node++) {
      ring(node, SECOND, PAIR, ALL & ~PAIR, PAIR, ALL);
    }
  }

  private static long message(int node, int number) {
    return MessageId.of(node, 1, number);
  }

  private void sends(int node, int number) {
    process(node).add(new Entry.Accepted(time++, 0, message(node, number)));
  }

  private void gets(int node, int from, int number) {
    process(node).add(new Entry.Delivered(time++, 0, from, message(from, number)));
  }

  private void everybodyGets(int from, int number) {
    for (int node = 1; node <= 3; node++) {
      gets(node, from, number);
    }
  }

  private void good() {
    good(false);
  }

  private void good(boolean settled) {
    assertThatCode(() -> ExtendedVirtualSynchrony.check(recording, settled))
        .doesNotThrowAnyException();
  }

  private void broken(String rule, String text) {
    broken(false, rule, text);
  }

  private void broken(boolean settled, String rule, String text) {
    assertThatThrownBy(() -> ExtendedVirtualSynchrony.check(recording, settled))
        .isInstanceOf(Violation.class)
        .hasMessageStartingWith(rule)
        .hasMessageContaining(text);
  }

  @Test
  void aGoodRun() {
    allInFirst();
    sends(1, 1);
    sends(3, 1);
    everybodyGets(3, 1);
    everybodyGets(1, 1);
    process(3).ended();
    pairToSecond();
    sends(2, 1);
    gets(1, 2, 1);
    gets(2, 2, 1);
    good(true);
  }

  @Test
  void whatTheTransitionalConfigurationMayLeaveOut() {
    allInFirst();
    sends(1, 1);
    sends(3, 1);
    sends(3, 2);
    gets(3, 3, 1);
    gets(3, 3, 2);
    gets(3, 1, 1);
    process(3).ended();
    for (int node = 1; node <= 2; node++) {
      transitional(node, SECOND, PAIR, ALL & ~PAIR);
      gets(node, 1, 1);
      install(node, SECOND, PAIR, PAIR, ALL);
    }
    good(true);
  }

  @Test
  void aMessageOfACompanionLeftOut() {
    allInFirst();
    sends(1, 1);
    sends(2, 1);
    everybodyGets(1, 1);
    gets(3, 2, 1);
    pairToSecond();
    broken("EVS 6", "left out message 1 of n2/1");
  }

  @Test
  void anotherOrder() {
    allInFirst();
    sends(1, 1);
    sends(2, 1);
    gets(1, 1, 1);
    gets(1, 2, 1);
    gets(2, 2, 1);
    gets(2, 1, 1);
    broken("EVS 6", "comes behind");
  }

  @Test
  void aGapInTheOrder() {
    allInFirst();
    sends(1, 1);
    sends(2, 1);
    sends(3, 1);
    everybodyGets(1, 1);
    gets(1, 2, 1);
    gets(1, 3, 1);
    gets(2, 2, 1);
    gets(3, 3, 1);
    broken("EVS 6", "n3/1 in ring 1/4, group 0: message 1 of n3/1 comes behind message 1 of n1/1");
  }

  @Test
  void anotherOrderOverTwoGroups() {
    for (int node = 1; node <= 2; node++) {
      ring(node, FIRST, 0, 0, PAIR, 0);
      process(node).add(new Entry.GroupChange(time++, 1, PAIR, PAIR, 0));
    }
    process(1).add(new Entry.Accepted(time++, 1, message(1, 1)));
    sends(2, 1);
    process(1).add(new Entry.Delivered(time++, 1, 1, message(1, 1)));
    gets(1, 2, 1);
    gets(2, 2, 1);
    process(2).add(new Entry.Delivered(time++, 1, 1, message(1, 1)));
    broken("EVS 5 and 6", "comes before itself");
  }

  @Test
  void anAnswerBeforeItsQuestion() {
    allInFirst();
    for (int node = 1; node <= 3; node++) {
      process(node).add(new Entry.GroupChange(time++, 1, ALL, ALL, 0));
    }
    process(1).add(new Entry.Accepted(time++, 1, message(1, 1)));
    process(2).add(new Entry.Delivered(time++, 1, 1, message(1, 1)));
    sends(2, 1);
    gets(3, 2, 1);
    process(3).add(new Entry.Delivered(time++, 1, 1, message(1, 1)));
    broken("EVS 5 and 6", "comes before itself");
  }

  @Test
  void aGapInWhatOneSends() {
    allInFirst();
    sends(1, 1);
    sends(1, 2);
    sends(1, 3);
    gets(2, 1, 1);
    gets(2, 1, 3);
    broken("EVS 5 order of one sender", "number 3, behind number 1");
  }

  @Test
  void companionsWithDifferentMessages() {
    allInFirst();
    sends(3, 1);
    gets(1, 3, 1);
    pairToSecond();
    broken("EVS 4", "2 and 3 deliveries, equal up to 1");
  }

  @Test
  void companionsWithTheTransitionalConfigurationAtDifferentPlaces() {
    allInFirst();
    sends(3, 1);
    gets(1, 3, 1);
    transitional(1, SECOND, PAIR, ALL & ~PAIR);
    install(1, SECOND, PAIR, PAIR, ALL);
    transitional(2, SECOND, PAIR, ALL & ~PAIR);
    gets(2, 3, 1);
    install(2, SECOND, PAIR, PAIR, ALL);
    broken("EVS 4", "3 and 3 deliveries, equal up to 1");
  }

  @Test
  void oneThatJoinsInTheTransitionalConfiguration() {
    allInFirst();
    process(1).add(new Entry.GroupChange(time++, 1, Nodes.of(1), Nodes.of(1), 0));
    process(1).add(new Entry.Accepted(time++, 1, message(1, 1)));
    process(1).add(new Entry.Delivered(time++, 1, 1, message(1, 1)));
    for (int node = 1; node <= 2; node++) {
      transitional(node, SECOND, PAIR, ALL & ~PAIR);
      process(node).add(new Entry.GroupChange(time++, 1, PAIR, Nodes.of(2), 0));
      install(node, SECOND, PAIR, PAIR, ALL);
    }
    good(false);
  }

  @Test
  void companionsThatDisagreeAboutTheCompany() {
    allInFirst();
    ring(1, SECOND, PAIR, ALL & ~PAIR, PAIR, ALL);
    ring(2, SECOND, Nodes.of(2), ALL & ~Nodes.of(2), PAIR, ALL);
    broken("EVS 2", "went from ring 1/4 to 1/8");
  }

  @Test
  void aCompanionThatCameFromElsewhere() {
    RingId other = new RingId(2, 4);
    ring(1, FIRST, 0, 0, PAIR, 0);
    ring(2, other, 0, 0, Nodes.of(2), 0);
    ring(1, SECOND, PAIR, 0, PAIR, PAIR);
    ring(2, SECOND, Nodes.of(2), 0, PAIR, Nodes.of(2));
    broken("EVS 2", "came from 2/4");
  }

  @Test
  void oneRingWithTwoMemberships() {
    ring(1, FIRST, 0, 0, PAIR, 0);
    ring(2, FIRST, 0, 0, ALL, 0);
    broken("EVS 2", "got ring 1/4 of {1, 2, 3}, another process of {1, 2}");
  }

  @Test
  void noTransitionalConfiguration() {
    allInFirst();
    install(1, SECOND, PAIR, PAIR, ALL);
    broken("EVS 2", "without a transitional one");
  }

  @Test
  void ringIdsThatShrinkOverARestart() {
    ring(1, SECOND, 0, 0, Nodes.of(1), 0);
    process(1).ended();
    processes.remove(1);
    ring(1, FIRST, 0, 0, Nodes.of(1), 0);
    broken("EVS 2", "came from ring sequence 8 to ring 1/4");
  }

  @Test
  void withoutTheRingIdFileTheyMayShrink() {
    ring(1, SECOND, 0, 0, Nodes.of(1), 0);
    process(1).ended();
    processes.remove(1);
    process(1).forgetful();
    ring(1, FIRST, 0, 0, Nodes.of(1), 0);
    good(true);
  }

  @Test
  void aMessageTwice() {
    allInFirst();
    sends(1, 1);
    everybodyGets(1, 1);
    gets(2, 1, 1);
    broken("EVS 1", "twice");
  }

  @Test
  void aMessageThatNobodySent() {
    allInFirst();
    gets(2, 1, 1);
    broken("EVS 1", "which was not sent");
  }

  @Test
  void aMessageInTwoConfigurations() {
    allInFirst();
    sends(1, 1);
    gets(3, 1, 1);
    pairToSecond();
    gets(2, 1, 1);
    broken("EVS 1", "in ring 1/4, another process in 1/8");
  }

  @Test
  void aMessageInARingThatItsSenderHadLeft() {
    allInFirst();
    ring(1, SECOND, Nodes.of(1), ALL & ~Nodes.of(1), Nodes.of(1), ALL);
    sends(1, 1);
    gets(2, 1, 1);
    broken("EVS 1", "its sender had left before");
  }

  @Test
  void damagedBytes() {
    allInFirst();
    process(1).add(new Entry.Damaged(time++, 2, "9 bytes"));
    broken("EVS 1", "n1/1 got 9 bytes from n2");
  }

  @Test
  void ownMessagesLeftOut() {
    allInFirst();
    sends(1, 1);
    sends(1, 2);
    gets(1, 1, 2);
    broken("EVS 3", "it sent message 1 of n1/1 next");
  }

  @Test
  void ownMessagesLostInTheEnd() {
    allInFirst();
    sends(1, 1);
    good(false);
    broken(true, "EVS 3", "sent 1 messages and got 0 of them itself in the end");
  }

  @Test
  void aMessageBeforeTheRingWasSynchronised() {
    transitional(1, FIRST, 0, 0);
    process(1).add(new Entry.Regular(time++, FIRST, PAIR, PAIR));
    sends(1, 1);
    gets(1, 1, 1);
    broken("groups", "before it was synchronised");
  }

  @Test
  void groupsThatDifferAfterSynchronisation() {
    for (int node = 1; node <= 2; node++) {
      ring(node, new RingId(node, 4), 0, 0, Nodes.of(node), 0);
    }
    ring(1, SECOND, Nodes.of(1), 0, PAIR, Nodes.of(1));
    transitional(2, SECOND, Nodes.of(2), 0);
    process(2).add(new Entry.Regular(time++, SECOND, PAIR, Nodes.of(1)));
    process(2).add(new Entry.Synchronised(time++, 8));
    broken("groups", "group 0 is {2} for n2/1 and {1, 2} for n1/1");
  }

  @Test
  void aMemberThatVanishedThoughItCameAlong() {
    allInFirst();
    transitional(1, SECOND, PAIR, ALL & ~PAIR);
    install(1, SECOND, PAIR, Nodes.of(1) | Nodes.of(2), ALL);
    History two = process(2);
    transitional(2, SECOND, PAIR, ALL & ~PAIR);
    two.add(new Entry.Regular(time++, SECOND, PAIR, 0));
    two.add(new Entry.GroupChange(time++, 0, Nodes.of(2), 0, ALL & ~Nodes.of(2)));
    two.add(new Entry.Synchronised(time++, 8));
    broken("groups", "came along");
  }

  @Test
  void aWorldThatDoesNotSettle() {
    allInFirst();
    process(3).ended();
    good(false);
    broken(true, "settles", "is in ring 1/4 of {1, 2, 3}, but {1, 2} live");
  }
}
