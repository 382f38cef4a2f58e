package org.ringward.core.policy.placement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.policy.model.CloneResource;
import org.ringward.core.policy.model.ClusterOptions.QuorumPolicy;
import org.ringward.core.policy.model.ColocationRule;
import org.ringward.core.policy.model.LocationPreference;
import org.ringward.core.policy.model.NodeTable;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.PolicyResource;
import org.ringward.core.policy.model.PrimitiveResource;
import org.ringward.core.policy.model.Role;
import org.ringward.core.policy.model.Scores;
import org.ringward.core.policy.model.Situation;
import org.ringward.core.policy.model.TicketRule;

/** Which instances of a promotable clone are promoted. */
final class Promotion {
  private final Assigning assigning;
  private final Situation situation;

  Promotion(Assigning assigning) {
    this.assigning = assigning;
    this.situation = assigning.situation;
  }

  /** Instances like to be where they could be promoted. */
  void addScores(CloneResource clone) {
    PromotionScores scores = new PromotionScores(clone);
    for (PolicyResource instance : clone.instances) {
      for (PolicyNode node : situation.nodes) {
        if (!instance.allowed.contains(node) || !NodeTables.usable(node)) {
          continue;
        }
        Integer score = scores.of(instance, node);
        if (score == null) {
          continue;
        }
        if (score > 0) {
          instance.allowed.add(node, score);
          NodeTables.note(situation, instance, node, score, "promotion score");
        }
        instance.priority = Math.max(instance.priority, score);
      }
    }
  }

  /** Decides the roles of all instances that were assigned. */
  void choose(CloneResource clone) {
    clone.choosingRoles = true;
    PromotionScores scores = new PromotionScores(clone);
    for (PolicyResource instance : clone.instances) {
      rate(clone, instance, scores);
    }
    List<Candidate> candidates = sorted(clone);
    int[] promotedPerNode = new int[situation.nodes.size()];
    clone.promoted = 0;
    clone.ranking.clear();
    for (Candidate candidate : candidates) {
      PolicyResource instance = candidate.instance;
      clone.ranking.add(instance);
      showScore(candidate);
      PolicyNode node = Outcome.node(instance);
      if (node != null
          && clone.promoted < clone.promotedMax
          && candidate.score >= 0
          && promotable(clone, instance, node, promotedPerNode)) {
        promotedPerNode[node.index]++;
        clone.promoted++;
        promote(instance);
      } else {
        demote(instance);
      }
    }
    clone.choosingRoles = false;
  }

  /** Finds out how much an instance deserves to be promoted; it becomes its priority. */
  private void rate(CloneResource clone, PolicyResource instance, PromotionScores scores) {
    PolicyNode node = Outcome.node(instance);
    switch (Outcome.nextRole(instance)) {
      case UNKNOWN, STARTED -> {
        Integer score =
            node == null ? Integer.valueOf(-Scores.INFINITY) : scores.of(instance, node);
        // Without a score and without a location for the role nothing is promoted.
        instance.priority = score == null ? -1 : score;
      }
      case PROMOTED -> {}
      case STOPPED, UNPROMOTED -> instance.priority = -Scores.INFINITY;
    }
    if (node != null) {
      applyLocations(instance, instance.locations, node);
      applyLocations(instance, clone.locations, node);
    }
    for (ColocationRule rule : ColocationLists.withOthers(instance)) {
      assigning.effects.apply(instance, rule);
    }
  }

  private static void applyLocations(
      PolicyResource instance, List<LocationPreference> locations, PolicyNode node) {
    for (LocationPreference location : locations) {
      Integer score = location.scores().get(node);
      if (score != null && location.role() == Role.PROMOTED) {
        instance.priority = Scores.add(instance.priority, score);
      }
    }
  }

  private static final class Candidate {
    final PolicyResource instance;
    int score;

    Candidate(PolicyResource instance, int score) {
      this.instance = instance;
      this.score = score;
    }
  }

  private List<Candidate> sorted(CloneResource clone) {
    List<Candidate> candidates = new ArrayList<>(clone.instances.size());
    NodeTable table = clone.allowed;
    for (PolicyResource instance : clone.instances) {
      boolean demanded = Outcome.nextRole(instance) == Role.PROMOTED;
      int score = demanded ? Scores.INFINITY : instance.priority;
      candidates.add(new Candidate(instance, score));
      PolicyNode node = Outcome.node(instance);
      if (node != null && score >= 0) {
        table.put(node, Scores.add(score, table.score(node)));
      }
    }
    clone.collecting = true;
    applyColocations(clone);
    clone.collecting = false;
    applyTickets(clone);
    for (Candidate candidate : candidates) {
      PolicyNode node = Outcome.node(candidate.instance);
      if (!candidate.instance.managed && Outcome.nextRole(candidate.instance) == Role.PROMOTED) {
        candidate.score = Scores.INFINITY;
      } else if (node != null && candidate.score >= 0) {
        candidate.score = table.score(node);
      }
    }
    Comparator<PolicyResource> usual = new InstanceOrder(assigning.wishes);
    candidates.sort((a, b) -> {
      if (a.score != b.score) {
        return Integer.compare(b.score, a.score);
      }
      Role one = Outcome.role(a.instance);
      Role two = Outcome.role(b.instance);
      return one == two ? usual.compare(a.instance, b.instance) : two.compareTo(one);
    });
    return candidates;
  }

  /** What the promoted instance is bound to, and what is bound to it, have a say. */
  private void applyColocations(CloneResource clone) {
    NodeTable table = clone.allowed;
    for (ColocationRule rule : ColocationLists.othersWith(clone)) {
      if (rule.primaryRole() == Role.PROMOTED && DependentWishes.hasInfluence(rule, null)) {
        float factor = rule.score() / (float) Scores.INFINITY;
        table.set(
            assigning.wishes.add(
                rule.dependent(),
                clone,
                table,
                rule,
                factor,
                DependentWishes.Mode.GUARDED_POSITIVE));
      }
    }
  }

  private void applyTickets(CloneResource clone) {
    for (TicketRule rule : clone.tickets) {
      if (rule.role() == Role.PROMOTED && (!rule.ticket().granted() || rule.ticket().standby())) {
        NodeTables.preferEverywhere(
            situation, clone, -Scores.INFINITY, "ticket " + rule.ticket().id());
      }
    }
  }

  private void showScore(Candidate candidate) {
    List<String> lines = situation.scoreLines;
    if (lines != null) {
      PolicyNode node = Outcome.node(candidate.instance);
      lines.add(
          candidate.instance.id
              + " promotion score "
              + (node == null ? "(inactive)" : "on " + node.name)
              + ": "
              + Scores.text(candidate.score));
    }
  }

  private boolean promotable(
      CloneResource clone, PolicyResource instance, PolicyNode node, int[] promotedPerNode) {
    for (PolicyResource member : instance.members()) {
      if (Outcome.node(member) == null) {
        return false;
      }
    }
    if (!instance.managed) {
      return Outcome.role(instance) == Role.PROMOTED;
    }
    PrimitiveResource container = node.container();
    if (instance.priority < 0
        || !NodeTables.usable(node)
        || (container != null && container.assigned == null)) {
      return false;
    }
    if (!clone.allowed.contains(node) || promotedPerNode[node.index] >= clone.promotedNodeMax) {
      return false;
    }
    if (!situation.options.haveQuorum && situation.options.quorumPolicy == QuorumPolicy.DEMOTE) {
      return false;
    }
    boolean elevates = Role.PROMOTED.above(Outcome.role(instance));
    return !elevates
        || situation.options.haveQuorum
        || situation.options.quorumPolicy != QuorumPolicy.FREEZE;
  }

  private static void promote(PolicyResource resource) {
    if (resource.nextRole == Role.UNKNOWN) {
      Assigning.demand(resource, Role.PROMOTED, "promoted instance");
    }
    resource.members().forEach(Promotion::promote);
  }

  private static void demote(PolicyResource resource) {
    if (resource.nextRole == Role.UNKNOWN || resource.nextRole == Role.STARTED) {
      @Nullable PrimitiveResource part = Outcome.placedPart(resource);
      if (part == null) {
        Assigning.demand(resource, Role.STOPPED, "stopped instance");
      } else {
        Assigning.demand(resource, Role.UNPROMOTED, "unpromoted instance");
      }
    }
    resource.members().forEach(Promotion::demote);
  }
}
