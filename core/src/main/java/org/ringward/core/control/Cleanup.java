package org.ringward.core.control;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.cib.Cib;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.NodeState;
import org.ringward.core.cib.Primitive;
import org.ringward.core.cib.Resource;
import org.ringward.core.cib.ResourceHistory;
import org.ringward.core.history.FailCounts;

/** Which resources an order to forget failures is about. */
final class Cleanup {
  private Cleanup() {}

  /** The primitive, the members of the group, or all primitives when no resource is named. */
  static List<String> primitives(Configuration configuration, @Nullable String resource) {
    List<String> found =
        configuration.resources().stream()
            .flatMap(each -> primitives(each, resource).stream())
            .toList();
    if (found.isEmpty() && resource != null) {
      throw new OperatorException(
          ExitCode.NO_SUCH_OBJECT, "there is no resource '" + resource + "'");
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
