package org.ringward.sim.ring;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.ringward.core.base.NodeSet;
import org.ringward.core.config.LinkSettings;
import org.ringward.core.config.NodeSettings;

/** The settings of the nodes of a ring world. */
final class RingSettings {
  private static final List<LinkSettings.Mode> MODES = List.of(LinkSettings.Mode.values());

  private RingSettings() {}

  static NodeSettings of(RingPlan plan, int node, NodeSet nodes) {
    List<NodeSettings.Member> members = new ArrayList<>();
    for (int id : nodes.stream().toArray()) {
      members.add(
          new NodeSettings.Member(
              id,
              "n" + id,
              IntStream.range(0, plan.links()).mapToObj(link -> "10.0." + link + "." + id).toList(),
              1));
    }
    return NodeSettings.builder("simulated", "n" + node, members)
        .links(links(plan))
        .totem(plan.totem())
        .build();
  }

  private static LinkSettings links(RingPlan plan) {
    boolean encrypted = plan.knet() && plan.seed() % 2 == 0;
    return new LinkSettings(
        plan.knet() ? LinkSettings.Transport.KNET : LinkSettings.Transport.UDPU,
        encrypted ? LinkSettings.Cipher.AES256 : LinkSettings.Cipher.NONE,
        encrypted ? LinkSettings.Hash.SHA256 : LinkSettings.Hash.NONE,
        MODES.get((int) (plan.seed() / 2 % MODES.size())),
        true,
        30,
        0,
        IntStream.range(0, plan.links()).mapToObj(LinkSettings.Interface::ofLink).toList());
  }
}
