package org.ringward.core.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ringward.core.base.Decision;
import org.ringward.core.cib.CibXml;
import org.ringward.core.cib.Configuration;

/** What becomes of an order to fence n1 that was given to n3 when the membership changes. */
class FenceDeskTest {
  private static final List<String> MEMBERS = List.of("n2", "n3");
  private static final Configuration CONFIGURATION =
      CibXml.read(
              "test",
              """
              <cib><configuration><crm_config/><nodes><node id="1" uname="n1"/>
              <node id="2" uname="n2"/><node id="3" uname="n3"/></nodes>
              <resources><primitive id="rack" class="stonith" type="fence_sim"/></resources>
              <constraints/></configuration><status/></cib>
              """)
          .configuration();

  private final List<ClusterMessage.FenceOrder> orders = new ArrayList<>();
  private final Map<String, String> lives = new TreeMap<>(Map.of("n1", "a", "n2", "b", "n3", "c"));
  private final List<Boolean> told = new ArrayList<>();
  private final FenceDesk desk = new FenceDesk(new Office());
  private ClusterMessage.FenceOrder order;

  @BeforeEach
  void isOrdered() {
    desk.want("n1", "off", "a", "ordered by operator", false, told::add);
    work(1);
    assertThat(orders).hasSize(1);
    order = orders.getFirst();
  }

  private void work(long seconds) {
    desk.work(CONFIGURATION, MEMBERS, moment(seconds));
  }

  private static Moment moment(long seconds) {
    return new Moment(seconds * 1_000_000_000L, 0);
  }

  private FenceHistory.Entry entry(String state) {
    return new FenceHistory.Entry(
        order.id(), "n1", "a", "off", order.executor(), state, "", "", "", 0);
  }

  private void membersChanged(FenceHistory.Entry... history) {
    desk.membersChanged(MEMBERS, List.of(history), moment(2));
  }

  @Test
  void whatWasDroppedWithTheOldViewIsOrderedAgain() {
    membersChanged();
    work(3);
    assertThat(orders).hasSize(2);
  }

  @Test
  void whatTheExecutorWorksAtGoesOn() {
    membersChanged(entry("running"));
    work(3);
    assertThat(orders).hasSize(1);
    assertThat(desk.isIdle()).isFalse();
  }

  @Test
  void anExecutorThatBeganAnewIsAskedAgain() {
    lives.put(order.executor(), "d");
    membersChanged(entry("running"));
    work(3);
    assertThat(orders).hasSize(2);
  }

  @Test
  void anAnswerThatCameWithTheStateOfOthersCounts() {
    membersChanged(entry("succeeded"));
    assertThat(desk.isIdle()).isTrue();
    assertThat(told).containsExactly(true);
  }

  @Test
  void afterAFailureInTheStateOfOthersItIsTriedAgain() {
    membersChanged(entry("failed"));
    work(3);
    assertThat(orders).hasSize(2);
    assertThat(orders.getLast().executor()).isNotEqualTo(order.executor());
  }

  /** No watchdogs, no regions, no delays. */
  private final class Office implements FenceDesk.Office {
    @Override
    public void order(ClusterMessage.FenceOrder given) {
      orders.add(given);
    }

    @Override
    public long watchdogEnds(String target, String incarnation) {
      return Long.MAX_VALUE;
    }

    @Override
    public boolean canResetItself(String target) {
      return false;
    }

    @Override
    public void watchdogEnded(long id, String target, String incarnation, String action) {
      throw new AssertionError("no watchdog");
    }

    @Override
    public String life(String target) {
      return lives.getOrDefault(target, "");
    }

    @Override
    public int attemptsMost() {
      return 10;
    }

    @Override
    public PriorityDelay delay(String target) {
      return PriorityDelay.NONE;
    }

    @Override
    public long surrenderNanos(String target) {
      return 0;
    }

    @Override
    public Evidence.Sight sight(String target) {
      return Evidence.Sight.SILENT;
    }

    @Override
    public boolean askToLetGo(
        String target,
        String incarnation,
        long patienceNanos,
        Consumer<@Nullable String> answered) {
      return false;
    }

    @Override
    public void surrendered(long id, String target, String incarnation, String action) {
      throw new AssertionError("nobody was asked");
    }

    @Override
    public void decide(Decision.Kind kind, String subject, String what, List<String> why) {
      // The story is not looked at.
    }
  }
}
