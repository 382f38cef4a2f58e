package org.ringward.core.policy.placement;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.policy.model.BundleResource;
import org.ringward.core.policy.model.CloneResource;
import org.ringward.core.policy.model.ColocationRule;
import org.ringward.core.policy.model.GroupResource;
import org.ringward.core.policy.model.NodeTable;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.PolicyResource;
import org.ringward.core.policy.model.PrimitiveResource;
import org.ringward.core.policy.model.Scores;
import org.ringward.core.policy.model.Situation;

/**
 * Brings what resources would like to the scores of those they are bound to, in proportion to the
 * score of the colocation, and along chains of colocations.
 */
final class DependentWishes {
  /** A node that wishes made impossible; they must not ban it, so its score is mended later. */
  private static final int SPOILED = -100 * Scores.INFINITY;

  private final Situation situation;

  DependentWishes(Situation situation) {
    this.situation = situation;
  }

  /**
   * How wishes are collected.
   *
   * @param forward along the chain of primaries instead of dependents
   * @param keepPositive no wish makes a score negative that was not
   * @param guarded nothing is added when that would leave no node
   */
  record Mode(boolean forward, boolean keepPositive, boolean guarded) {
    static final Mode PLAIN = new Mode(false, false, false);
    static final Mode GUARDED = new Mode(false, false, true);
    static final Mode POSITIVE = new Mode(false, true, false);
    static final Mode GUARDED_POSITIVE = new Mode(false, true, true);
    static final Mode FORWARD = new Mode(true, false, false);

    Mode guard() {
      return guarded ? this : new Mode(forward, keepPositive, true);
    }
  }

  /** Whether the dependent of a rule may have a say in where the primary goes. */
  static boolean hasInfluence(ColocationRule rule, @Nullable PolicyResource primary) {
    PolicyResource decided = primary == null ? rule.primary() : primary;
    boolean connectionOfBundle =
        rule.dependent() instanceof PrimitiveResource dependent
            && dependent.remoteNode != null
            && dependent.parent instanceof BundleResource;
    if (connectionOfBundle && !decided.failed && decided.runningOn.size() == 1) {
      // To move a connection is cheap, to move a container is not.
      return false;
    }
    return rule.influence() || decided.runningOn.isEmpty();
  }

  /** Lets a dependent influence the resource that is about to be placed. */
  void apply(ColocationRule rule, PolicyResource primary) {
    float factor = rule.score() / (float) Scores.INFINITY;
    NodeTable before = situation.explaining ? primary.allowed.copy() : primary.allowed;
    // Wishes move the instances of a clone, but they never ban one.
    Mode mode = primary instanceof CloneResource ? Mode.GUARDED_POSITIVE : Mode.GUARDED;
    NodeTable changed = add(rule.dependent(), primary, primary.allowed, rule, factor, mode);
    if (changed != primary.allowed) {
      primary.allowed.set(changed);
      if (situation.explaining) {
        NodeTables.noteChanges(situation, primary, before, rule.sourceForPrimary());
      }
    }
  }

  /** What a resource and all it is bound to would like. */
  NodeTable own(PolicyResource resource) {
    NodeTable table = collect(resource, null, null, null, 1, Mode.FORWARD);
    return table == null ? resource.allowed.copy() : table;
  }

  /**
   * Adds the wishes of a source, and of those bound to it.
   *
   * @param target whom the table belongs to
   * @return the table itself when nothing was added
   */
  NodeTable add(
      PolicyResource source,
      PolicyResource target,
      NodeTable table,
      ColocationRule rule,
      float factor,
      Mode mode) {
    NodeTable result = collect(source, target, table, rule, factor, mode);
    return result == null ? table : result;
  }

  private @Nullable NodeTable collect(
      PolicyResource source,
      @Nullable PolicyResource target,
      @Nullable NodeTable table,
      @Nullable ColocationRule rule,
      float factor,
      Mode mode) {
    if (source.collecting) {
      return table;
    }
    source.collecting = true;
    NodeTable result;
    if (source instanceof GroupResource group) {
      result =
          group.members.isEmpty()
              ? table
              : collect(group.members.getFirst(), target, table, rule, factor, mode);
    } else {
      result = collectOne(source, target, table, rule, factor, mode);
    }
    source.collecting = false;
    return result;
  }

  private @Nullable NodeTable collectOne(
      PolicyResource source,
      @Nullable PolicyResource target,
      @Nullable NodeTable table,
      @Nullable ColocationRule rule,
      float factor,
      Mode mode) {
    NodeTable work;
    PolicyResource receiver = target == null ? source : target;
    if (table == null || rule == null) {
      work = source.allowed.copy();
    } else {
      work = table.copy();
      addScores(work, source, receiver, rule, factor, mode.keepPositive());
    }
    if (NodeTables.anyUsable(situation, work)) {
      work = collectFurther(source, receiver, work, factor, mode.guard());
    } else if (mode.guarded()) {
      return table;
    }
    if (mode.keepPositive()) {
      for (PolicyNode node : situation.nodes) {
        if (work.contains(node) && work.score(node) == SPOILED) {
          work.put(node, 1);
        }
      }
    }
    return work;
  }

  private NodeTable collectFurther(
      PolicyResource source, PolicyResource target, NodeTable table, float factor, Mode mode) {
    List<ColocationRule> rules =
        mode.forward() ? ColocationLists.withOthers(source) : ColocationLists.othersWith(source);
    NodeTable work = table;
    for (ColocationRule rule : rules) {
      if (!mode.forward() && !hasInfluence(rule, null)) {
        continue;
      }
      PolicyResource other = mode.forward() ? rule.primary() : rule.dependent();
      float product = factor * rule.score() / Scores.INFINITY;
      work = add(other, target, work, rule, product, mode);
    }
    return work;
  }

  private void addScores(
      NodeTable work,
      PolicyResource source,
      PolicyResource target,
      ColocationRule rule,
      float factor,
      boolean keepPositive) {
    for (PolicyNode node : situation.nodes) {
      if (!work.contains(node)) {
        continue;
      }
      int liking =
          rule.configured() && barred(source, node)
              ? -Scores.INFINITY
              : liking(source, target, rule, node);
      if (factor < 0 && liking < 0 && !pushes(rule, liking)) {
        // What the dependent avoids anyway must not attract the primary.
        continue;
      }
      int old = work.score(node);
      if (old == SPOILED) {
        continue;
      }
      int sum = Scores.add(scaled(liking, factor), old);
      if (keepPositive && sum < 0 && old > 0) {
        work.put(node, SPOILED);
      } else if (!keepPositive || sum >= 0 || old != 0) {
        work.put(node, sum);
      }
    }
  }

  /** Where one of the members before it must not be, a member of a group will not be either. */
  private static boolean barred(PolicyResource source, PolicyNode node) {
    if (!(source.parent instanceof GroupResource group) || !group.collocated) {
      return false;
    }
    for (PrimitiveResource member : group.members) {
      if (member == source) {
        return false;
      }
      if (member.allowed.contains(node) && member.allowed.score(node) <= -Scores.INFINITY) {
        return true;
      }
    }
    return false;
  }

  /** The best score the source has on nodes that are, for this colocation, the same. */
  private int liking(
      PolicyResource source, PolicyResource target, ColocationRule rule, PolicyNode node) {
    String name = rule.nodeAttribute();
    if (name.equals("#uname")) {
      PolicyNode host = NodeTables.host(node, target);
      return NodeTables.usable(host) ? source.allowed.score(host) : -Scores.INFINITY;
    }
    String value = NodeTables.place(node, name, target);
    int best = -Scores.INFINITY;
    for (PolicyNode other : situation.nodes) {
      if (source.allowed.contains(other)
          && source.allowed.score(other) > best
          && NodeTables.usable(other)
          && NodeTables.sameValue(value, NodeTables.place(other, name, source))) {
        best = source.allowed.score(other);
      }
    }
    return best;
  }

  /**
   * Whether a node that a dependent cannot use becomes attractive to the primary that it is to be
   * kept away from: only when the dependent has just one node left, and the primary does not cling
   * to where it is.
   */
  private boolean pushes(ColocationRule rule, int liking) {
    if (rule.primary().stickiness >= -liking) {
      return false;
    }
    int left = 0;
    for (PolicyNode node : situation.nodes) {
      if (rule.dependent().allowed.score(node) >= 0) {
        left++;
      }
    }
    return left == 1;
  }

  private static int scaled(int score, float factor) {
    float product = factor * score;
    int rounded = (int) (product < 0 ? product - 0.5f : product + 0.5f);
    if (rounded == 0 && score != 0) {
      // A wish that counts at all counts at least one.
      rounded = factor > 0 ? 1 : factor < 0 ? -1 : 0;
    }
    return rounded;
  }
}
