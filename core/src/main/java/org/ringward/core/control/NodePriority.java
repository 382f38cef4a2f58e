package org.ringward.core.control;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.AttributeSet;
import org.ringward.core.cib.Cib;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.NodeState;
import org.ringward.core.cib.Nvpair;
import org.ringward.core.cib.OperationRecord;
import org.ringward.core.cib.Primitive;
import org.ringward.core.cib.Resource;
import org.ringward.core.cib.ResourceHistory;

/**
 * How much weighs what runs on a node: the sum of the {@code priority} of the resources that are
 * active there, or may be. A promoted instance counts one more, unless its priority is 0, as
 * Pacemaker documents it for priority-fencing-delay.
 */
final class NodePriority {
  private static final int MOST = 99_999_999;

  private NodePriority() {}

  /** Of one node, by the state that is agreed. */
  static int of(Cib cib, String node) {
    long sum = 0;
    Configuration configuration = cib.configuration();
    for (Resource each : configuration.resources()) {
      sum += of(cib, node, each, configuration.resourceDefaults());
    }
    return Math.clamp(sum, -MOST, MOST);
  }

  /**
   * @param around the sets that count where the resource itself says nothing, nearest first
   */
  private static long of(Cib cib, String node, Resource resource, List<AttributeSet> around) {
    if (resource instanceof Primitive primitive) {
      Primitive effective = cib.configuration().effective(primitive);
      int priority = priority(joined(effective.sets(), around));
      boolean active = ResourceView.activeOn(cib, primitive.id()).contains(node);
      boolean promoted = priority != 0 && isPromoted(cib.status().node(node), primitive.id());
      return active ? priority + (promoted ? 1L : 0L) : 0;
    }
    long sum = 0;
    for (Resource each : resource.inner()) {
      sum += of(cib, node, each, joined(resource.sets(), around));
    }
    return sum;
  }

  private static List<AttributeSet> joined(List<AttributeSet> own, List<AttributeSet> around) {
    List<AttributeSet> all = new ArrayList<>(own);
    all.addAll(around);
    return all;
  }

  private static int priority(List<AttributeSet> sets) {
    for (AttributeSet set : sets) {
      for (Nvpair pair : set.pairs()) {
        if (set.element().equals("meta_attributes")
            && pair.name().equals("priority")
            && pair.value().matches("[+-]?\\d{1,8}")) {
          return Integer.parseInt(pair.value());
        }
      }
    }
    return 0;
  }

  private static boolean isPromoted(@Nullable NodeState node, String resource) {
    @Nullable ResourceHistory history = node == null ? null : node.history(resource);
    @Nullable OperationRecord last = null;
    if (history != null) {
      for (OperationRecord each : history.operations()) {
        boolean newer = last == null || each.callId() >= last.callId();
        last = newer && !each.isPending() ? each : last;
      }
    }
    return last != null
        && (last.exitCode() == 8 || (last.operation().equals("promote") && last.exitCode() == 0));
  }
}
