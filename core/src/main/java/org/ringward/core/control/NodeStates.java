package org.ringward.core.control;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.Attributes;
import org.ringward.core.cib.Cib;
import org.ringward.core.cib.NodeEntry;
import org.ringward.core.cib.NodeState;
import org.ringward.core.cib.ResourceHistory;

/**
 * The ways a node's state changes, in the attributes Pacemaker's scheduler reads: in_ccm and crmd
 * say whether it is in the cluster, join whether its history is known, expected whether it should
 * be there (a node that should and is not is unclean).
 */
final class NodeStates {
  /**
   * Which life of the node's daemon the state belongs to; our own addition, other readers keep it.
   */
  static final String INCARNATION = "incarnation";

  /**
   * How long, in milliseconds, the node may live on after the others agreed to go on without it,
   * because of its watchdog; our own addition. Said by one life of its daemon, for that life.
   */
  static final String WATCHDOG_BOUND = "watchdog-bound";

  /** Transient attributes with what the node reaches; the policy has them by these names. */
  private static final String SETTLED = "#connectivity";

  private static final String COMING = "#connectivity-coming";

  /** The attribute of ocf:pacemaker:ping, for the rules that people write with it. */
  private static final String PINGD = "pingd";

  private NodeStates() {}

  static NodeState member(NodeState node, String incarnation, List<ResourceHistory> histories) {
    boolean sameLife = incarnation.equals(node.attributes().get(INCARNATION));
    Attributes attributes =
        presence(node.attributes(), true, "member", "member").with(INCARNATION, incarnation);
    return new NodeState(
        sameLife ? attributes : attributes.without(WATCHDOG_BOUND),
        sameLife ? node.transientAttributes() : List.of(),
        histories,
        node.others());
  }

  /**
   * It is gone; whether that is a fault depends on what was expected of it. Its transient
   * attributes end with its membership: a request to shut down, above all, must not make a lost
   * node look as if it had left.
   */
  static NodeState lost(NodeState node) {
    return new NodeState(
        presence(node.attributes(), false, "down", node.attributes().get("expected", "")),
        List.of(),
        node.histories(),
        node.others());
  }

  /** It announced that it leaves with nothing running. */
  static NodeState leaving(NodeState node) {
    return withAttributes(node, node.attributes().with("expected", "down"));
  }

  /** There is proof that it runs nothing. */
  static NodeState provenDown(NodeState node) {
    return new NodeState(
        presence(node.attributes(), false, "down", "down"), List.of(), List.of(), node.others());
  }

  /** It told how long its watchdog lets it live on. */
  static NodeState bound(NodeState node, long millis) {
    return withAttributes(node, node.attributes().with(WATCHDOG_BOUND, Long.toString(millis)));
  }

  /** What it told of its watchdog, milliseconds; 0 for nothing. */
  static long bound(@Nullable NodeState node) {
    String text = node == null ? "0" : node.attributes().get(WATCHDOG_BOUND, "0");
    return isNumber(text) ? Long.parseLong(text) : 0;
  }

  /** Asked at every turn, so a regular expression would be too much. */
  private static boolean isNumber(String text) {
    for (int at = 0; at < text.length(); at++) {
      if (text.charAt(at) < '0' || text.charAt(at) > '9') {
        return false;
      }
    }
    return !text.isEmpty() && text.length() <= 9;
  }

  /** It told how much of its ping nodes it reaches. */
  static NodeState reaching(NodeState node, int settled, int coming) {
    return node.withTransientAttribute(SETTLED, Integer.toString(settled))
        .withTransientAttribute(COMING, Integer.toString(coming))
        .withTransientAttribute(PINGD, Integer.toString(settled));
  }

  /** Whether that is what it told. */
  static boolean reaches(NodeState node, int settled, int coming) {
    return Integer.toString(settled).equals(node.transientAttribute(SETTLED))
        && Integer.toString(coming).equals(node.transientAttribute(COMING));
  }

  static boolean isMember(@Nullable NodeState node) {
    return node != null && node.inCcm();
  }

  /** Not in the cluster although it should be, and no proof yet that it is down. */
  static boolean isUnclean(NodeState node) {
    return !isMember(node) && "member".equals(node.attributes().get("expected"));
  }

  static String incarnation(@Nullable NodeState node) {
    return node == null ? "" : node.attributes().get(INCARNATION, "");
  }

  private static NodeState withAttributes(NodeState node, Attributes attributes) {
    return new NodeState(attributes, node.transientAttributes(), node.histories(), node.others());
  }

  private static Attributes presence(
      Attributes attributes, boolean in, String join, String expected) {
    return attributes
        .with("in_ccm", Boolean.toString(in))
        .with("crmd", in ? "online" : "offline")
        .with("join", join)
        .with("expected", expected);
  }

  /** Whether this life of the node has ended for certain. */
  static boolean isProvenDown(NodeState node, String incarnation) {
    return !isMember(node) && !isUnclean(node) && incarnation(node).equals(incarnation);
  }

  /**
   * Whether of every node that is not here it is known that it runs nothing. Of one that was never
   * seen since this side's daemons have begun nothing is known, unless people have said that it is
   * down then.
   */
  static boolean areOthersDown(Cib cib) {
    Set<String> known = new TreeSet<>();
    for (NodeState node : cib.status().nodes()) {
      if (isUnclean(node)) {
        return false;
      }
      known.add(node.uname());
    }
    return !ControlSettings.fencesUnseen(cib.configuration())
        || cib.configuration().nodes().stream()
            .allMatch(node -> isRemote(node) || known.contains(node.uname()));
  }

  private static boolean isRemote(NodeEntry node) {
    return node.attributes().get("type", "member").equals("remote");
  }
}
