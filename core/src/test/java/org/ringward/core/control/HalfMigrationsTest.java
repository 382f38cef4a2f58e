package org.ringward.core.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.ringward.core.cib.Attributes;
import org.ringward.core.cib.Cib;
import org.ringward.core.cib.NodeState;
import org.ringward.core.cib.ResourceHistory;
import org.ringward.core.cib.Status;
import org.ringward.core.graph.GraphAction;

/** What the agreed state keeps of a resource that is on its way, and of results that come late. */
class HalfMigrationsTest {
  private int calls;

  /** n1 runs vm, and was told to send it to n2, where a probe had found nothing. */
  private ClusterState underWay() {
    Cib cib =
        Cib.EMPTY.withStatus(new Status(List.of(member("1", "n1"), member("2", "n2")), List.of()));
    ClusterState state = new ClusterState(4, cib);
    state = ended(ordered(state, "n2", "monitor"), "n2", "monitor", 7);
    state = ended(ordered(state, "n1", "start"), "n1", "start", 0);
    state = ordered(state, "n1", "migrate_to");
    assertThat(atTarget(state)).isNotNull();
    return state;
  }

  private static NodeState member(String id, String name) {
    return NodeStates.member(NodeState.of(id, name), "a", List.of());
  }

  private static GraphAction action(String operation, String... more) {
    Attributes all =
        Attributes.of(
            "CRM_meta_migrate_source",
            "n1",
            "CRM_meta_migrate_target",
            "n2",
            "CRM_meta_timeout",
            "9");
    for (int i = 0; i < more.length; i += 2) {
      all = all.with(more[i], more[i + 1]);
    }
    return new GraphAction(
        8,
        GraphAction.Kind.RSC_OP,
        operation,
        "vm_" + operation + "_0",
        null,
        "n1",
        "1",
        new GraphAction.PrimitiveRef("vm", null, "ocf", "heartbeat", "VirtualDomain"),
        all,
        List.of());
  }

  private static ClusterState ordered(ClusterState state, String node, String operation) {
    return StateMachine.apply(
        state, new ClusterMessage.ActionRequest(node, "8:1:0:k", action(operation), 1000));
  }

  private ClusterState ended(ClusterState state, String node, String operation, int exitCode) {
    return ended(state, node, action(operation), exitCode);
  }

  private ClusterState ended(ClusterState state, String node, GraphAction action, int exitCode) {
    return StateMachine.apply(
        state,
        new ClusterMessage.OperationResult(
            node, "8:1:0:k", action, exitCode, 0, "", ++calls, 0, 0, 1000));
  }

  private static @Nullable ResourceHistory atTarget(ClusterState state) {
    NodeState target = state.node("n2");
    return target == null ? null : target.history("vm");
  }

  @Test
  void theTargetIsProbedAgainWhenTheMigrationFailed() {
    assertThat(atTarget(ended(underWay(), "n1", "migrate_to", 1))).isNull();
  }

  @Test
  void theTargetIsProbedAgainWhenTheSourceIsProvenDown() {
    assertThat(atTarget(StateMachine.provenDown(underWay(), "n1", "a"))).isNull();
  }

  /** A plan that knew the target's probe must not go on, say with a start on a third node. */
  @Test
  void whatMakesAProbeVoidEndsThePlan() {
    ClusterState before = underWay();
    ClusterMessage.OperationResult failure =
        new ClusterMessage.OperationResult(
            "n1", "8:1:0:k", action("migrate_to"), 1, 0, "", 9, 0, 0, 1000);
    assertThat(HalfMigrations.voids(before, failure, StateMachine.apply(before, failure))).isTrue();
    assertThat(HalfMigrations.voids(before, failure, ended(before, "n1", "migrate_to", 0)))
        .isFalse();
  }

  @Test
  void theTargetIsProbedAgainWhenTheSourceStopsAfterwards() {
    ClusterState sent = ended(underWay(), "n1", "migrate_to", 0);
    assertThat(atTarget(sent)).isNotNull();
    assertThat(atTarget(ended(sent, "n1", "stop", 0))).isNull();
  }

  @Test
  void aTargetThatHasDoneItsHalfKnowsItself() {
    ClusterState sent = ordered(ended(underWay(), "n1", "migrate_to", 0), "n2", "migrate_from");
    ClusterState received = ended(sent, "n2", "migrate_from", 0);
    assertThat(atTarget(StateMachine.provenDown(received, "n1", "a"))).isNotNull();
    assertThat(atTarget(ended(received, "n1", "stop", 0))).isNotNull();
  }

  /** It had arrived, and was started on a third node (seed 332000). */
  @Test
  void aTargetThatIsStillAtItsHalfIsProbedWhenItIsThrough() {
    ClusterState sent = ordered(ended(underWay(), "n1", "migrate_to", 0), "n2", "migrate_from");
    ClusterState alone = StateMachine.provenDown(sent, "n1", "a");
    assertThat(atTarget(alone)).isNull();
    assertThat(atTarget(ended(alone, "n2", "migrate_from", 0))).isNotNull();
  }

  /** It had arrived, the source was cleaned up, and it was started there again (seed 700096). */
  @Test
  void theTargetIsProbedAgainWhenTheSourceIsForgotten() {
    ClusterState sent = ended(underWay(), "n1", "migrate_to", 0);
    NodeState source = Objects.requireNonNull(sent.node("n1"));
    ResourceHistory history = Objects.requireNonNull(source.history("vm"));
    assertThat(atTarget(HalfMigrations.forgotten(sent, history))).isNull();
    ClusterState received = ended(ordered(sent, "n2", "migrate_from"), "n2", "migrate_from", 0);
    assertThat(atTarget(HalfMigrations.forgotten(received, history))).isNotNull();
  }

  @Test
  void aTargetThatWasProbedAfterwardsIsNotProbedOnceMore() {
    ClusterState failed = ended(underWay(), "n1", "migrate_to", 1);
    ClusterState probed = ended(ordered(failed, "n2", "monitor"), "n2", "monitor", 7);
    assertThat(atTarget(ended(probed, "n1", "stop", 0))).isNotNull();
  }

  /** The source stopped while the target was away, which then said "not here" (seed 1645). */
  @Test
  void aTargetDoesNotSpeakOfWhatMayHaveArrived() {
    ClusterState away = underWay();
    assertThat(ownWord(away)).isNull();
    assertThat(ownWord(ended(away, "n1", "migrate_to", 0))).isNull();
    ClusterState received = ordered(ended(away, "n1", "migrate_to", 0), "n2", "migrate_from");
    assertThat(ownWord(received)).isNull();
    assertThat(ownWord(ended(received, "n2", "migrate_from", 0))).isNotNull();
    ClusterState failed = ended(away, "n1", "migrate_to", 1);
    assertThat(ownWord(ended(ordered(failed, "n2", "monitor"), "n2", "monitor", 7))).isNotNull();
  }

  /**
   * It was stopped there in vain, the source was lost, and nobody looked there again (seed
   * 1069218).
   */
  @Test
  void whatTheTargetDidWhileTheSourceWasStillAtItProvesNothing() {
    ClusterState stopped = ended(ordered(underWay(), "n2", "stop"), "n2", "stop", 0);
    assertThat(ownWord(stopped)).isNull();
    assertThat(ownWord(ended(stopped, "n1", "migrate_to", 0))).isNull();
    assertThat(atTarget(StateMachine.provenDown(stopped, "n1", "a"))).isNull();
  }

  private static @Nullable ResourceHistory ownWord(ClusterState state) {
    NodeState self = state.node("n2");
    return self == null ? null : HalfMigrations.ownWord(state, self).history("vm");
  }

  /** The monitor itself had ended with the history: nobody watched the resource any more. */
  @Test
  void theResultOfAForgottenMonitorIsForgotten() {
    ClusterState forgotten = underWay().withNode("n1", "1", node -> node.withoutHistory("vm"));
    GraphAction monitor = action("monitor", "CRM_meta_interval", "8000");
    assertThat(ended(forgotten, "n1", monitor, 0).node("n1")).isEqualTo(forgotten.node("n1"));
  }
}
