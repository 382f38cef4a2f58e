package org.ringward.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.ringward.core.cib.Attributes;
import org.ringward.core.cib.Cib;
import org.ringward.core.cib.NodeState;
import org.ringward.core.cib.OperationRecord;
import org.ringward.core.cib.ResourceHistory;
import org.ringward.core.graph.GraphAction;

class OperationHistoryTest {
  private static final GraphAction MONITOR =
      new GraphAction(
          8,
          GraphAction.Kind.RSC_OP,
          "monitor",
          "web_monitor_8000",
          null,
          "a",
          "1",
          new GraphAction.PrimitiveRef("web", null, "ocf", "heartbeat", "Dummy"),
          Attributes.of("CRM_meta_interval", "8000", "CRM_meta_timeout", "20000"),
          List.of());

  /** A coordinator waited without end for the result of a monitor that had failed long before. */
  @Test
  void aRecurringActionThatFailedBeforeItsFirstSuccessIsNotPendingAnyMore() {
    Cib settled = Clusters.of("a", "b", "c").primitive("web").settled();
    Cib ordered = OperationHistory.record(settled, "a", MONITOR, 193, -1, "", -1, Clusters.NOW);
    assertThat(records(ordered)).anyMatch(OperationRecord::isPending);

    Cib failed = OperationHistory.record(ordered, "a", MONITOR, 7, 0, "", 12, Clusters.NOW);

    assertThat(records(failed)).noneMatch(OperationRecord::isPending);
    assertThat(records(failed)).anyMatch(record -> record.id().equals("web_last_failure_0"));
  }

  private static List<OperationRecord> records(Cib cib) {
    NodeState node = cib.status().node("a");
    assertThat(node).isNotNull();
    ResourceHistory history = node.history("web");
    assertThat(history).isNotNull();
    return history.operations();
  }
}
