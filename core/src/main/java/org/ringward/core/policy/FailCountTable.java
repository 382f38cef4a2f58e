package org.ringward.core.policy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Chapter 4: how often a resource failed on a node, from the node attributes {@code
 * fail-count-RSC#OP_INTERVALMS} and {@code last-failure-RSC#OP_INTERVALMS}.
 */
final class FailCountTable {
  private static final String COUNT = "fail-count-";
  private static final String LAST = "last-failure-";

  /** By index of the node, then by resource. */
  private final Map<String, Failures>[] byNode;

  private final long now;

  /** All failures of one resource on one node. */
  static final class Failures {
    int count;
    long lastSeconds;

    /** What failed has another definition now, so the failures say nothing any more. */
    boolean settled;
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  FailCountTable(Situation situation) {
    now = situation.now;
    byNode = new Map[situation.nodes.size()];
    for (ClusterNode node : situation.nodes) {
      Map<String, Failures> failures = new LinkedHashMap<>();
      node.attributes.forEach((name, value) -> read(name, value, failures));
      byNode[node.index] = failures;
    }
  }

  private static void read(String name, String value, Map<String, Failures> into) {
    boolean count = name.startsWith(COUNT);
    if (!count && !name.startsWith(LAST)) {
      return;
    }
    int start = count ? COUNT.length() : LAST.length();
    int end = name.lastIndexOf('#');
    if (end <= start) {
      return;
    }
    Failures failures = into.computeIfAbsent(name.substring(start, end), _ -> new Failures());
    if (count) {
      failures.count = Scores.add(failures.count, Math.max(0, Values.score(value, 0)));
    } else {
      failures.lastSeconds = Math.max(failures.lastSeconds, Values.number(value, 0));
    }
  }

  /** What is recorded, expired or not; null when nothing is. */
  @Nullable Failures recorded(PrimitiveResource resource, ClusterNode node) {
    Failures failures = byNode[node.index].get(resource.id);
    return failures == null || failures.count == 0 ? null : failures;
  }

  /** How many failures count: none when failure-timeout has passed since the last. */
  int effective(PrimitiveResource resource, ClusterNode node) {
    Failures failures = recorded(resource, node);
    return failures == null || failures.settled || expired(resource, failures) ? 0 : failures.count;
  }

  boolean expired(PrimitiveResource resource, Failures failures) {
    return resource.failureTimeoutMs > 0
        && failures.lastSeconds > 0
        && failures.lastSeconds + resource.failureTimeoutMs / 1000 <= now;
  }
}
