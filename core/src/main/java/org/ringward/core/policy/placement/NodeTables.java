package org.ringward.core.policy.placement;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.policy.model.BundleResource;
import org.ringward.core.policy.model.CloneResource;
import org.ringward.core.policy.model.NodeTable;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.PolicyResource;
import org.ringward.core.policy.model.PrimitiveResource;
import org.ringward.core.policy.model.ScoreContribution;
import org.ringward.core.policy.model.Scores;
import org.ringward.core.policy.model.Situation;

/** What several chapters ask of nodes and tables of scores. */
final class NodeTables {
  private NodeTables() {}

  /** Whether resources may run there, whatever their scores. */
  static boolean usable(PolicyNode node) {
    return node.online
        && !node.shutdown
        && !node.unclean
        && !node.standby
        && !node.standbyAfterFailure
        && !node.maintenance
        && !node.pending;
  }

  static boolean usable(PolicyNode node, NodeTable table) {
    return usable(node) && table.contains(node) && table.score(node) >= 0;
  }

  static boolean anyUsable(Situation situation, NodeTable table) {
    for (PolicyNode node : situation.nodes) {
      if (usable(node, table)) {
        return true;
      }
    }
    return false;
  }

  /** A node inside a container of a bundle. */
  static boolean insideBundle(PolicyNode node) {
    PrimitiveResource connection = node.connection;
    return connection != null && connection.parent instanceof BundleResource;
  }

  /** Adds a preference, for all that is inside the resource too. */
  static void prefer(
      Situation situation, PolicyResource resource, PolicyNode node, int score, String source) {
    for (PolicyResource member : resource.members()) {
      prefer(situation, member, node, score, source);
    }
    resource.allowed.add(node, score);
    note(situation, resource, node, score, source);
  }

  /** Adds the same preference for every node there is, for all that is inside the resource too. */
  static void preferEverywhere(
      Situation situation, PolicyResource resource, int score, String source) {
    for (PolicyResource member : resource.members()) {
      preferEverywhere(situation, member, score, source);
    }
    for (PolicyNode node : situation.nodes) {
      resource.allowed.add(node, score);
    }
    note(situation, resource, null, score, source);
  }

  static void note(
      Situation situation,
      PolicyResource resource,
      @Nullable PolicyNode node,
      int score,
      String source) {
    if (situation.explaining) {
      resource.contributions.add(new ScoreContribution(node, score, source));
    }
  }

  /** Notes what has become of a table; only when the situation is to be explained. */
  static void noteChanges(
      Situation situation, PolicyResource resource, NodeTable before, String source) {
    for (PolicyNode node : situation.nodes) {
      int now = resource.allowed.score(node);
      int then = before.score(node);
      if (resource.allowed.contains(node) && now != then) {
        boolean limit = Math.abs(now) >= Scores.INFINITY || Math.abs(then) >= Scores.INFINITY;
        resource.contributions.add(new ScoreContribution(node, limit ? now : now - then, source));
      }
    }
  }

  /** What is known of a resource so far, to be put back later. */
  record Saved(NodeTable table, int contributions) {
    void restore(PolicyResource resource) {
      resource.allowed.set(table);
      List<ScoreContribution> all = resource.contributions;
      all.subList(Math.min(contributions, all.size()), all.size()).clear();
    }
  }

  static Saved save(PolicyResource resource) {
    return new Saved(resource.allowed.copy(), resource.contributions.size());
  }

  /** The same of a resource and of all inside it. */
  static List<Saved> saveAll(PolicyResource resource) {
    List<Saved> saved = new ArrayList<>();
    save(resource, saved);
    return saved;
  }

  private static void save(PolicyResource resource, List<Saved> saved) {
    saved.add(save(resource));
    for (PolicyResource member : resource.members()) {
      save(member, saved);
    }
  }

  static void restore(PolicyResource resource, List<Saved> saved) {
    restore(resource, saved, 0);
  }

  private static int restore(PolicyResource resource, List<Saved> saved, int index) {
    saved.get(index).restore(resource);
    int next = index + 1;
    for (PolicyResource member : resource.members()) {
      next = restore(member, saved, next);
    }
    return next;
  }

  /** Bans a resource and all inside it from a node, where it is in their tables. */
  static void close(Situation situation, PolicyResource resource, PolicyNode node, String source) {
    if (resource.allowed.contains(node)) {
      resource.allowed.put(node, -Scores.INFINITY);
      note(situation, resource, node, -Scores.INFINITY, source);
    }
    for (PolicyResource member : resource.members()) {
      close(situation, member, node, source);
    }
  }

  /** The value of an attribute of a node as a resource sees it. */
  static @Nullable String attribute(PolicyNode node, String name, PolicyResource resource) {
    PrimitiveResource container = node.container();
    if (container != null && "host".equals(resource.meta("container-attribute-target"))) {
      boolean decided = resource.assignmentDone;
      return value(decided ? container.assigned : container.currentNode(), name);
    }
    return value(node, name);
  }

  /** Where a node is for a colocation of that resource: for bundled ones that of the container. */
  static PolicyNode host(PolicyNode node, PolicyResource resource) {
    PrimitiveResource container = node.container();
    if (container != null && insideBundle(node) && bundled(resource)) {
      PolicyNode host = host(container);
      return host == null ? node : host;
    }
    return node;
  }

  /**
   * The same for a colocation. What is inside of a bundle is, for all others, where its container
   * is.
   */
  static @Nullable String place(PolicyNode node, String name, PolicyResource resource) {
    PrimitiveResource container = node.container();
    if (container != null && insideBundle(node) && bundled(resource)) {
      return value(host(container), name);
    }
    return attribute(node, name, resource);
  }

  private static boolean bundled(PolicyResource resource) {
    CloneResource clone = resource.cloneAround();
    return clone != null && clone.parent instanceof BundleResource;
  }

  private static @Nullable PolicyNode host(PrimitiveResource container) {
    return container.assigned != null ? container.assigned : container.currentNode();
  }

  private static @Nullable String value(@Nullable PolicyNode node, String name) {
    if (node == null) {
      return null;
    }
    return name.equals("#uname") ? node.name : node.attributes.get(name);
  }

  /** Whether both are null or the same without regard to case. */
  static boolean sameValue(@Nullable String a, @Nullable String b) {
    return a == null ? b == null : a.equalsIgnoreCase(b);
  }
}
