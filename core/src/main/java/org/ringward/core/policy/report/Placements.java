package org.ringward.core.policy.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.PolicyResource;
import org.ringward.core.policy.model.PrimitiveResource;
import org.ringward.core.policy.model.Role;
import org.ringward.core.policy.model.ScoreContribution;
import org.ringward.core.policy.model.Scores;
import org.ringward.core.policy.model.Situation;

/** Reads from a situation that was explained, after the placement, why everything is where. */
public final class Placements {
  private final Situation situation;

  private Placements(Situation situation) {
    this.situation = situation;
  }

  /** One for each primitive, in the order of the resources. */
  public static List<Placement> of(Situation situation) {
    Placements chapter = new Placements(situation);
    List<Placement> placements = new ArrayList<>();
    for (PrimitiveResource primitive : situation.primitives()) {
      placements.add(chapter.placement(primitive));
    }
    return placements;
  }

  private Placement placement(PrimitiveResource resource) {
    boolean runs = resource.nextRole != Role.STOPPED && resource.assigned != null;
    PolicyNode node = runs ? resource.assigned : null;
    List<Placement.Candidate> candidates = new ArrayList<>();
    for (PolicyNode each : ranking(resource, node)) {
      candidates.add(
          new Placement.Candidate(
              each.name, resource.allowed.score(each), contributions(resource, each)));
    }
    return new Placement(
        resource.id,
        List.copyOf(names(resource)),
        node == null ? null : node.name,
        resource.nextRole.text(),
        new PlacementSentence(situation, resource, node).text(),
        candidates);
  }

  private static Set<String> names(PrimitiveResource resource) {
    Set<String> names = new LinkedHashSet<>();
    for (PolicyResource each = resource; each != null; each = each.parent) {
      names.add(each.id);
      names.add(each.configuredId);
    }
    return names;
  }

  /** The chosen node, then those that can run something by their scores, then the others. */
  private List<PolicyNode> ranking(PrimitiveResource resource, @Nullable PolicyNode chosen) {
    List<PolicyNode> ranking = new ArrayList<>(situation.nodes);
    ranking.sort((a, b) -> {
      if (a == b) {
        return 0;
      }
      if (a == chosen || b == chosen) {
        return a == chosen ? -1 : 1;
      }
      boolean oneFree = NodeObstacles.of(a) == null;
      boolean otherFree = NodeObstacles.of(b) == null;
      if (oneFree != otherFree) {
        return oneFree ? -1 : 1;
      }
      int byScore = Integer.compare(resource.allowed.score(b), resource.allowed.score(a));
      return byScore != 0 ? byScore : a.name.compareTo(b.name);
    });
    return ranking;
  }

  /** What made the score of a node, the obstacles first. */
  static Collection<ScoreContribution> parts(PrimitiveResource resource, PolicyNode node) {
    // An attempt that was taken back may have noted the same part before.
    Set<ScoreContribution> parts = new LinkedHashSet<>();
    String obstacle = NodeObstacles.of(node);
    if (obstacle != null) {
      parts.add(new ScoreContribution(node, -Scores.INFINITY, "node is " + obstacle));
    }
    if (node.baseScore != 0) {
      parts.add(new ScoreContribution(node, node.baseScore, "score of the node"));
    }
    for (ScoreContribution each : resource.contributions) {
      if (each.score() != 0 && (each.node() == node || each.node() == null)) {
        parts.add(new ScoreContribution(node, each.score(), each.source()));
      }
    }
    if (parts.isEmpty() && !resource.allowed.contains(node)) {
      parts.add(new ScoreContribution(node, -Scores.INFINITY, "no constraint allows this node"));
    }
    return parts;
  }

  private static List<Placement.Contribution> contributions(
      PrimitiveResource resource, PolicyNode node) {
    List<Placement.Contribution> contributions = new ArrayList<>();
    for (ScoreContribution part : parts(resource, node)) {
      contributions.add(new Placement.Contribution(part.score(), part.source()));
    }
    return contributions;
  }
}
