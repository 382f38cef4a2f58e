package org.ringward.core.group;

import java.util.List;
import org.ringward.core.base.NodeSet;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.config.NodeSettings.Member;
import org.ringward.core.config.TotemSettings;

/** Settings of the nodes of a cluster under test. */
final class ClusterSettings {
  private ClusterSettings() {}

  /** One link between all nodes, with the default encryption. */
  static NodeSettings of(int node, NodeSet nodes, TotemSettings totem) {
    List<Member> members =
        nodes.stream().mapToObj(id -> new Member(id, "n" + id, "10.0.0." + id, 1)).toList();
    return NodeSettings.builder("test", "n" + node, members).totem(totem).build();
  }
}
