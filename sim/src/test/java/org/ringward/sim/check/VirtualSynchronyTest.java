package org.ringward.sim.check;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.ringward.core.base.NodeSet;
import org.ringward.core.group.RingConfiguration;
import org.ringward.core.group.RingConfiguration.Kind;
import org.ringward.sim.world.Violation;

class VirtualSynchronyTest {
  private static final NodeSet ALL = NodeSet.of(1, 2, 3);
  private static final NodeSet PAIR = NodeSet.of(1, 2);

  private final VirtualSynchrony check = new VirtualSynchrony();

  private static void bites(ThrowingCallable broken, String text) {
    assertThatThrownBy(broken)
        .isInstanceOf(Violation.class)
        .hasMessageStartingWith("virtual synchrony")
        .hasMessageContaining(text);
  }

  private void transitional(int node, NodeSet members, long sequence) {
    check.configured(
        node,
        new RingConfiguration(
            Kind.TRANSITIONAL, 1, sequence, members, NodeSet.EMPTY, NodeSet.EMPTY));
  }

  private void regular(int node, NodeSet members, long sequence) {
    check.configured(
        node,
        new RingConfiguration(Kind.REGULAR, 1, sequence, members, NodeSet.EMPTY, NodeSet.EMPTY));
  }

  private void allInRing() {
    for (int node = 1; node <= 3; node++) {
      check.listening(node);
      regular(node, ALL, 4);
    }
  }

  @Test
  void theSameOrderIsFine() {
    allInRing();
    for (int node = 1; node <= 3; node++) {
      check.delivered(node, 10);
      check.delivered(node, 11);
    }
    check.delivered(3, 12);
    for (int node = 1; node <= 2; node++) {
      transitional(node, PAIR, 8);
      check.delivered(node, 13);
      regular(node, PAIR, 8);
    }
    assertThatCode(() -> check.delivered(1, 14)).doesNotThrowAnyException();
  }

  @Test
  void anotherOrderInTheRing() {
    allInRing();
    check.delivered(1, 10);
    check.delivered(1, 11);
    bites(() -> check.delivered(2, 11), "message 0 of ring");
  }

  @Test
  void aMessageThatOneOfTwoCompanionsMissed() {
    allInRing();
    check.delivered(1, 10);
    transitional(1, PAIR, 8);
    regular(1, PAIR, 8);
    transitional(2, PAIR, 8);
    bites(() -> regular(2, PAIR, 8), "delivered 0 and 1 messages");
  }

  @Test
  void companionsThatDisagreeAboutTheCompany() {
    allInRing();
    transitional(1, PAIR, 8);
    regular(1, PAIR, 8);
    transitional(2, NodeSet.of(2), 8);
    bites(() -> regular(2, PAIR, 8), "n2 went from");
  }

  @Test
  void oneRingWithTwoMemberships() {
    allInRing();
    transitional(1, PAIR, 8);
    regular(1, PAIR, 8);
    transitional(3, ALL, 8);
    bites(() -> regular(3, ALL, 8), "has the members");
  }

  @Test
  void ringIdsThatShrinkAlsoOverARestart() {
    allInRing();
    check.daemonEnded(1, false);
    bites(() -> regular(1, NodeSet.of(1), 4), "ring sequence 4 to 4");
    check.diskLost(2);
    check.daemonEnded(2, false);
    assertThatCode(() -> regular(2, NodeSet.of(2), 4)).doesNotThrowAnyException();
  }
}
