package org.ringward.core.control;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.admin.FencingReport.MonitorLine;
import org.ringward.core.cib.NodeState;
import org.ringward.core.cib.OperationRecord;
import org.ringward.core.cib.ResourceHistory;

/** What the recurring monitors of a fencing device say, by the nodes that watch over it. */
final class DeviceWatch {
  private DeviceWatch() {}

  static List<MonitorLine> of(ClusterState state, String device) {
    List<MonitorLine> lines = new ArrayList<>();
    for (NodeState node : state.cib().status().nodes()) {
      @Nullable ResourceHistory history = node.history(device);
      if (history == null || !NodeStates.isMember(node)) {
        continue;
      }
      boolean started = ResourceView.on(node, device) == ResourceView.Activity.STARTED;
      @Nullable OperationRecord told = started ? latest(history) : failure(history);
      if (told != null) {
        lines.add(
            new MonitorLine(
                node.uname(),
                started,
                started ? "" : told.exitReason(),
                told.lastRcChangeSeconds().orElse(0) * 1000));
      }
    }
    return lines;
  }

  /** What asked the device last. */
  private static @Nullable OperationRecord latest(ResourceHistory history) {
    @Nullable OperationRecord last = null;
    for (OperationRecord each : history.operations()) {
      boolean asks = !each.operation().equals("stop") && !each.isPending();
      if (asks && (last == null || each.callId() >= last.callId())) {
        last = each;
      }
    }
    return last;
  }

  /** Why it is not started there although it was tried; it has been stopped since. */
  private static @Nullable OperationRecord failure(ResourceHistory history) {
    List<OperationRecord> failures = ResourceView.failures(history);
    return failures.isEmpty() ? null : failures.getLast();
  }

  /** Whether it was seen not to answer, and no node sees it answer. */
  static boolean isFailing(ClusterState state, String device) {
    List<MonitorLine> lines = of(state, device);
    return !lines.isEmpty() && lines.stream().noneMatch(MonitorLine::well);
  }
}
