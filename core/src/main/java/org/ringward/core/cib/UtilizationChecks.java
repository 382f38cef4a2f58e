package org.ringward.core.cib;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Groups and primitives that need more than any node has. */
final class UtilizationChecks {
  private UtilizationChecks() {}

  static void check(Configuration configuration, FindingList findings) {
    String strategy = configuration.property("placement-strategy");
    if (strategy == null || strategy.equals("default") || configuration.nodes().isEmpty()) {
      return;
    }
    Map<String, Long> most = new TreeMap<>();
    for (NodeEntry node : configuration.nodes()) {
      add(node.sets()).forEach((name, value) -> most.merge(name, value, Math::max));
    }
    for (Resource resource : configuration.resources()) {
      Resource whole =
          resource instanceof Clone clone && clone.child() != null ? clone.child() : resource;
      Map<String, Long> needed = new TreeMap<>();
      for (Primitive primitive : whole.primitives()) {
        add(configuration.effective(primitive).sets())
            .forEach((name, value) -> needed.merge(name, value, Long::sum));
      }
      needed.forEach((name, value) -> {
        long available = most.getOrDefault(name, 0L);
        if (value > available) {
          findings.warning(
              whole.attributes(),
              Names.describe(whole),
              Names.describe(whole)
                  + " needs "
                  + name
                  + " "
                  + value
                  + ", and no node has more than "
                  + available
                  + ": it fits on no node");
        }
      });
    }
  }

  private static Map<String, Long> add(List<AttributeSet> sets) {
    Map<String, Long> values = new TreeMap<>();
    for (AttributeSet set : sets) {
      if (set.element().equals("utilization")) {
        set.pairs()
            .forEach(pair -> values.putIfAbsent(pair.name(), Numbers.longOr(pair.value(), 0)));
      }
    }
    return values;
  }
}
