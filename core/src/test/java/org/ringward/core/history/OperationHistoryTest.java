package org.ringward.core.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.ringward.core.cib.Attributes;
import org.ringward.core.cib.Cib;
import org.ringward.core.cib.NodeState;
import org.ringward.core.cib.OperationRecord;
import org.ringward.core.cib.ResourceHistory;
import org.ringward.core.cib.Status;
import org.ringward.core.cib.TargetSeen;
import org.ringward.core.graph.GraphAction;

class OperationHistoryTest {
  private static final Cib EMPTY =
      Cib.EMPTY.withStatus(new Status(List.of(NodeState.of("1", "a")), List.of()));

  private static final GraphAction MONITOR = action("monitor", "CRM_meta_interval", "8000");

  /** An action on an instance of an anonymous clone, which histories know by its plain name. */
  private static GraphAction action(String operation, String... attributes) {
    Attributes all = Attributes.of("CRM_meta_timeout", "20000");
    for (int i = 0; i < attributes.length; i += 2) {
      all = all.with(attributes[i], attributes[i + 1]);
    }
    return new GraphAction(
        8,
        GraphAction.Kind.RSC_OP,
        operation,
        "web:0_" + operation + "_0",
        null,
        "a",
        "1",
        new GraphAction.PrimitiveRef("web", "web:0", "ocf", "heartbeat", "Dummy"),
        all,
        List.of());
  }

  private static Cib record(Cib cib, GraphAction action, int exitCode, int status, long callId) {
    return OperationHistory.record(
        cib, "a", action, new OperationResult(exitCode, status, "", callId, 100, 1, 2, "x"));
  }

  /** A coordinator waited without end for the result of a monitor that had failed long before. */
  @Test
  void aRecurringActionThatFailedBeforeItsFirstSuccessIsNotPendingAnyMore() {
    Cib ordered = record(EMPTY, MONITOR, 193, -1, -1);
    assertThat(records(ordered)).anyMatch(OperationRecord::isPending);

    Cib failed = record(ordered, MONITOR, 7, 0, 12);

    assertThat(records(failed)).noneMatch(OperationRecord::isPending);
    assertThat(records(failed)).anyMatch(each -> each.id().equals("web_last_failure_0"));
  }

  @Test
  void aCancelForgetsTheRecurringOperationAndADeleteEverything() {
    Cib running = record(record(EMPTY, action("start"), 0, 0, 1), MONITOR, 0, 0, 2);
    assertThat(ids(running)).containsExactly("web_last_0", "web_monitor_8000");
    GraphAction cancel =
        action("cancel", "CRM_meta_operation", "monitor", "CRM_meta_interval", "8000");
    assertThat(ids(record(running, cancel, 0, 0, 3))).containsExactly("web_last_0");
    assertThat(history(record(running, action("delete"), 0, 0, 3))).isNull();
  }

  @Test
  void notificationsAreNotRemembered() {
    assertThat(history(record(EMPTY, action("notify"), 0, 0, 1))).isNull();
  }

  @Test
  void aReloadCountsAsStartedWithTheNewParameters() {
    Cib reloaded = record(EMPTY, action("reload-agent", "port", "80"), 0, 0, 1);
    OperationRecord record = records(reloaded).getFirst();
    assertThat(record.operation()).isEqualTo("start");
    assertThat(record.operationKey()).isEqualTo("web_start_0");
    assertThat(record.opDigest())
        .isEqualTo(
            records(record(EMPTY, action("start", "port", "80"), 0, 0, 1)).getFirst().opDigest());
  }

  @Test
  void theTimeoutOfARecurringActionIsPartOfItsDigest() {
    String digest = records(record(EMPTY, MONITOR, 0, 0, 1)).getFirst().opDigest();
    Cib other =
        record(
            EMPTY,
            action("monitor", "CRM_meta_interval", "8000", "CRM_meta_timeout", "5"),
            0,
            0,
            1);
    assertThat(records(other).getFirst().opDigest()).isNotEqualTo(digest);
    assertThat(records(record(EMPTY, action("start"), 0, 0, 1)).getFirst().opDigest())
        .isEqualTo("f2317cad3d54cec5d7d7aa7d0bf35cf8");
  }

  @Test
  void halvesOfAMigrationAreKeptUntilTheNextStartOrStop() {
    GraphAction half =
        action("migrate_to", "CRM_meta_migrate_source", "a", "CRM_meta_migrate_target", "b");
    Cib moving = record(record(EMPTY, action("start"), 0, 0, 1), half, 0, 0, 2);
    assertThat(ids(moving)).containsExactly("web_last_0", "web_migrate_to_0");
    assertThat(records(moving).getLast().attributes().get("migrate_target")).isEqualTo("b");
    assertThat(ids(record(moving, action("stop"), 193, -1, -1))).contains("web_migrate_to_0");
    assertThat(ids(record(moving, action("stop"), 0, 0, 3))).containsExactly("web_last_0");
  }

  /** The order of a start was forgotten for the late result of a stop, and another node started. */
  @Test
  void aLateResultDoesNotHideWhatIsUnderWay() {
    Cib stopping = ordered(record(EMPTY, action("start"), 0, 0, 1), action("stop"), "1");
    Cib starting = ordered(stopping, action("start"), "2");
    Cib late = ended(starting, action("stop"), 0, 2, "1");
    assertThat(records(late).getFirst().operation()).isEqualTo("start");
    assertThat(records(late).getFirst().isPending()).isTrue();
    Cib moving = ordered(stopping, action("migrate_from"), "2");
    assertThat(records(ended(moving, action("stop"), 0, 2, "1")))
        .anyMatch(each -> each.operation().equals("migrate_from") && each.isPending());
    assertThat(records(ended(late, action("start"), 0, 3, "2")).getFirst().isPending()).isFalse();
  }

  /** What counts as lost in its time says nothing of the one that it waited for. */
  @Test
  void aFailureEndsOnlyWhatWasOrderedWithIt() {
    Cib sending = ordered(record(EMPTY, action("start"), 0, 0, 1), action("migrate_to"), "1");
    assertThat(records(ended(sending, action("migrate_to"), 1, 2, "2")))
        .anyMatch(OperationRecord::isPending);
    assertThat(records(ended(sending, action("migrate_to"), 1, 2, "1")))
        .noneMatch(OperationRecord::isPending);
  }

  private static Cib ordered(Cib cib, GraphAction action, String source) {
    return OperationHistory.record(
        cib, "a", action, new OperationResult(193, -1, "", -1, 100, 1, 2, source));
  }

  private static Cib ended(Cib cib, GraphAction action, int exitCode, long call, String source) {
    return OperationHistory.record(
        cib, "a", action, new OperationResult(exitCode, 0, "", call, 100, 1, 2, source));
  }

  @Test
  void aMigrationRemembersWhatWasKnownOfItsTarget() {
    Cib two =
        EMPTY.withStatus(
            new Status(
                List.of(
                    NodeState.of("1", "a"),
                    NodeState.of("2", "b").withAttribute("incarnation", "x")),
                List.of()));
    Cib probed =
        OperationHistory.record(
            two, "b", action("monitor"), new OperationResult(7, 0, "", 5, 100, 1, 2, "x"));
    GraphAction half =
        action("migrate_to", "CRM_meta_migrate_source", "a", "CRM_meta_migrate_target", "b");
    TargetSeen seen =
        TargetSeen.read(records(record(probed, half, 0, 0, 2)).getLast().attributes());
    assertThat(seen).isEqualTo(new TargetSeen(5, "x"));
    NodeState target = probed.status().node("b");
    assertThat(seen.isBefore(target, "web")).isFalse();
    assertThat(seen.isBefore(target, 6)).isTrue();
    assertThat(seen.isBefore(target.withAttribute("incarnation", "y"), "web")).isTrue();
    assertThat(TargetSeen.read(Attributes.of("operation", "migrate_to"))).isNull();
  }

  @Test
  void failuresAreCountedAndForgotten() {
    Cib counted = FailCounts.increment(EMPTY, "a", "web", "monitor", 8000, 100);
    counted = FailCounts.increment(counted, "a", "web", "monitor", 8000, 101);
    assertThat(FailCounts.read(counted, "a", "web")).isEqualTo(2);
    Cib fatal = FailCounts.increment(counted, "a", "web", "start", 0, 102);
    assertThat(FailCounts.read(fatal, "a", "web")).isEqualTo(1_000_000);
    Cib monitorCleared = FailCounts.clear(fatal, "a", "web", "start", 0);
    assertThat(FailCounts.read(monitorCleared, "a", "web")).isEqualTo(2);
    assertThat(FailCounts.read(FailCounts.clear(fatal, "a", "web"), "a", "web")).isZero();
    assertThat(FailCounts.read(fatal, "a", "we")).isZero();
  }

  private static @Nullable ResourceHistory history(Cib cib) {
    NodeState node = cib.status().node("a");
    assertThat(node).isNotNull();
    return node.history("web");
  }

  private static List<OperationRecord> records(Cib cib) {
    ResourceHistory history = history(cib);
    assertThat(history).isNotNull();
    return history.operations();
  }

  private static List<String> ids(Cib cib) {
    return records(cib).stream().map(OperationRecord::id).toList();
  }
}
