package org.ringward.core.policy.facts;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.Element;
import org.ringward.core.cib.NodeState;
import org.ringward.core.cib.ResourceHistory;
import org.ringward.core.policy.model.NaturalOrder;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.Situation;
import org.ringward.core.policy.model.Values;
import org.ringward.core.policy.rule.RuleInput;
import org.ringward.core.policy.rule.Rules;

/**
 * Which nodes there are: configured ones, remote nodes that a resource connects to, guests inside
 * of resources and of bundles. What state they are in is a matter of {@link StatusFacts}.
 */
final class NodeFacts {
  private final Situation situation;
  private final Rules rules;
  private final List<Draft> drafts = new ArrayList<>();
  private final Set<String> names = new LinkedHashSet<>();

  /** A node before it has got its place in the order of names. */
  private record Draft(String id, String name, PolicyNode.Kind kind, @Nullable Element element) {}

  private NodeFacts(Facts facts) {
    this.situation = facts.situation();
    this.rules = facts.rules();
  }

  static void read(Facts facts) {
    NodeFacts reading = new NodeFacts(facts);
    RemoteNodes remotes = RemoteNodes.find(facts);
    reading.configured(remotes);
    remotes.remotes().forEach(name -> reading.add(name, name, PolicyNode.Kind.REMOTE, null));
    remotes.guests().forEach(name -> reading.add(name, name, PolicyNode.Kind.GUEST, null));
    reading.create();
  }

  private void configured(RemoteNodes remotes) {
    for (Element node : Xml.inSection(situation.configuration, "nodes")) {
      String name = node.attributes().get("uname", "");
      String type = node.attributes().get("type", "member");
      PolicyNode.@Nullable Kind kind =
          switch (type.toLowerCase(Locale.ROOT)) {
            case "member", "normal" -> PolicyNode.Kind.MEMBER;
            case "remote" ->
                remotes.guests().contains(name)
                        || (!remotes.remotes().contains(name) && leftInContainer(situation, name))
                    ? PolicyNode.Kind.GUEST
                    : PolicyNode.Kind.REMOTE;
            default -> null;
          };
      if (kind != null) {
        add(Xml.id(node), name, kind, node);
      }
    }
  }

  /** Whether some history remembers the node as one inside of a container. */
  static boolean leftInContainer(Situation situation, String name) {
    for (NodeState state : situation.cib.status().nodes()) {
      ResourceHistory history = state.history(name);
      if (history != null && history.attributes().has("container")) {
        return true;
      }
    }
    return false;
  }

  private void add(String id, String name, PolicyNode.Kind kind, @Nullable Element element) {
    if (names.add(name.toLowerCase(Locale.ROOT))) {
      drafts.add(new Draft(id, name, kind, element));
    }
  }

  private void create() {
    drafts.sort((a, b) -> NaturalOrder.compare(a.name, b.name));
    Map<String, String> options = OptionFacts.values(situation.configuration, rules);
    for (Draft draft : drafts) {
      PolicyNode node = new PolicyNode(situation.nodes.size(), draft.id, draft.name, draft.kind);
      situation.nodes.add(node);
      initialize(situation, node);
      if (draft.element != null) {
        configuredValues(draft.element, node);
      }
      String cluster = options.get("cluster-name");
      if (cluster != null) {
        node.attributes.put("#cluster-name", cluster);
      }
      String site = node.attributes.getOrDefault("site-name", cluster);
      if (site != null) {
        node.attributes.put("#site-name", site);
      }
    }
  }

  /** What holds of a node of which no state has been seen yet. */
  static void initialize(Situation situation, PolicyNode node) {
    boolean member = node.kind == PolicyNode.Kind.MEMBER;
    node.unseen = true;
    // Whoever has not been seen may run anything; a remote node is only as good as its connection.
    node.unclean = member && situation.options.startupFencing && situation.options.fencingEnabled;
    node.coordinator = node.id.equals(situation.cib.attributes().get("dc-uuid", ""));
    node.attributes.put("#uname", node.name);
    node.attributes.put("#id", node.id);
    node.attributes.put("#kind", kind(node));
    node.attributes.put("#is_dc", Boolean.toString(node.coordinator));
  }

  private static String kind(PolicyNode node) {
    return switch (node.kind) {
      case MEMBER -> "cluster";
      case REMOTE -> "remote";
      case GUEST -> "container";
    };
  }

  private void configuredValues(Element element, PolicyNode node) {
    node.baseScore = Values.score(element.attributes().get("score"), 0);
    RuleInput input = RuleInput.NONE.withNode(node);
    node.permanent.putAll(rules.values(element, "instance_attributes", input));
    node.attributes.putAll(node.permanent);
    Map<String, String> utilization = new TreeMap<>(rules.values(element, "utilization", input));
    utilization.forEach((name, value) -> node.capacity.put(name, Values.score(value, 0)));
  }
}
