package org.ringward.fuzz.target;

import java.util.ArrayList;
import java.util.List;
import org.ringward.core.base.NodeSet;
import org.ringward.core.config.LinkSettings;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.config.NodeSettings.Member;

/** Settings of nodes 1 to 3 with the defaults. */
final class Settings {
  static final NodeSet NODES = NodeSet.of(1, 2, 3);

  private Settings() {}

  static NodeSettings knet(int self, boolean encrypted, int links) {
    LinkSettings with = LinkSettings.DEFAULT;
    List<LinkSettings.Interface> interfaces = new ArrayList<>();
    for (int i = 0; i < links; i++) {
      interfaces.add(LinkSettings.Interface.ofLink(i));
    }
    List<String> addresses = interfaces.stream().map(each -> "10.0." + each.number()).toList();
    LinkSettings all = with.toBuilder().interfaces(interfaces).build();
    return NodeSettings.builder(
            "fuzz", "n" + self, NODES.stream().mapToObj(node -> member(node, addresses)).toList())
        .links(encrypted ? all : all.clear())
        .build();
  }

  private static Member member(int node, List<String> networks) {
    return new Member(node, "n" + node, networks.stream().map(net -> net + "." + node).toList(), 1);
  }
}
