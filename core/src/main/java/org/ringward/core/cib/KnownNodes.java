package org.ringward.core.cib;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.config.Nearest;

/**
 * The names that nodes have.
 *
 * @param certain whether there can be no others
 */
record KnownNodes(List<String> names, boolean certain) {

  static KnownNodes of(Configuration configuration, List<String> clusterNodes) {
    return clusterNodes.isEmpty()
        ? new KnownNodes(configuration.nodes().stream().map(NodeEntry::uname).toList(), false)
        : new KnownNodes(List.copyOf(clusterNodes), true);
  }

  /** Says so when there is no such node; says nothing when no node is known at all. */
  void check(@Nullable String name, Attributes where, String key, FindingList findings) {
    if (name == null || names.isEmpty() || names.contains(name)) {
      return;
    }
    String nearest = Nearest.of(name, names);
    String hint =
        nearest == null
            ? "; there are " + String.join(", ", names)
            : ", did you mean " + nearest + "?";
    String sentence = key + " names the node " + name + ", which is not known" + hint;
    if (certain) {
      findings.error(where, key, sentence);
    } else {
      findings.warning(where, key, sentence);
    }
  }
}
