package org.ringward.core.control;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.Cib;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.Known;
import org.ringward.core.cib.NodeState;
import org.ringward.core.cib.Primitive;
import org.ringward.core.cib.Resource;
import org.ringward.core.cib.ResourceHistory;
import org.ringward.core.history.FailCounts;

/** Orders to forget failures, or everything that is known of resources. */
final class Cleanup {
  private Cleanup() {}

  /**
   * @param resource null for all
   * @param node null for all
   * @param refresh whether histories without a failure are forgotten too, so that all is probed
   */
  static OperatorOrders.Outcome applied(
      ClusterState state, @Nullable String resource, @Nullable String node, boolean refresh) {
    Configuration configuration = state.cib().configuration();
    String only = node == null ? null : Known.node(configuration, node).uname();
    List<String> members = primitives(configuration, resource);
    ClusterState cleaned = state;
    int count = 0;
    for (NodeState each : state.cib().status().nodes()) {
      for (String primitive : members) {
        boolean wanted = only == null || only.equals(each.uname());
        boolean known = refresh && each.history(primitive) != null;
        if (wanted && (known || hasFailed(state.cib(), each, primitive))) {
          count++;
          cleaned = cleaned.withStatusOf(FailCounts.clear(cleaned.cib(), each.uname(), primitive));
          @Nullable ResourceHistory history = each.history(primitive);
          cleaned = history == null ? cleaned : HalfMigrations.forgotten(cleaned, history);
          cleaned = cleaned.withNode(each.uname(), each.id(), old -> old.withoutHistory(primitive));
        }
      }
    }
    return new OperatorOrders.Outcome(cleaned, 0, sentence(count, refresh));
  }

  private static String sentence(int count, boolean refresh) {
    if (refresh) {
      return count == 0
          ? "there was nothing to forget"
          : "forgot what was known in "
              + count
              + (count == 1 ? " place" : " places")
              + "; it is probed anew";
    }
    return count == 0
        ? "there was no failure to forget"
        : "forgot " + count + (count == 1 ? " failure" : " failures");
  }

  /** The primitive, the members of the group, or all primitives when no resource is named. */
  static List<String> primitives(Configuration configuration, @Nullable String resource) {
    List<String> found =
        configuration.resources().stream()
            .flatMap(each -> primitives(each, resource).stream())
            .toList();
    if (found.isEmpty() && resource != null) {
      Known.running(configuration, resource);
    }
    return found;
  }

  private static List<String> primitives(Resource each, @Nullable String wanted) {
    boolean all = wanted == null || wanted.equals(each.id());
    return switch (each) {
      case Primitive primitive -> all ? List.of(primitive.id()) : List.of();
      default -> {
        boolean whole = all || each.inner().stream().anyMatch(inner -> inner.id().equals(wanted));
        yield each.primitives().stream()
            .map(Primitive::id)
            .filter(id -> whole || id.equals(wanted))
            .toList();
      }
    };
  }

  static boolean hasFailed(Cib cib, NodeState node, String primitive) {
    @Nullable ResourceHistory history = node.history(primitive);
    boolean failed = history != null && !ResourceView.failures(history).isEmpty();
    return failed || FailCounts.read(cib, node.uname(), primitive) > 0;
  }
}
