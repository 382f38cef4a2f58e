package org.ringward.core.policy.placement;

import java.util.Collections;
import org.jspecify.annotations.Nullable;
import org.ringward.core.policy.model.CloneResource;
import org.ringward.core.policy.model.LocationPreference;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.PolicyResource;
import org.ringward.core.policy.model.PrimitiveResource;
import org.ringward.core.policy.model.Role;
import org.ringward.core.policy.model.Scores;
import org.ringward.core.policy.model.Situation;
import org.ringward.core.policy.model.Values;

/**
 * A node that reaches fewer ping nodes than another hands over, as Heartbeat's ipfail had it: what
 * can run on a node that reaches more is banned from it. When nobody reaches more, or what runs
 * here can run nowhere better, everything stays.
 *
 * <p>The nodes say what they reach in the attributes {@value #SETTLED} (it stayed so for a while)
 * and {@value #COMING} (at this moment). While one of two is about to change, nobody knows who will
 * be better: what runs on the one that was worse stays there, and nothing new goes there. So nodes
 * that lose or find the same thing one after the other do not move anything. Instances of clones
 * have nowhere to go; of promotable ones the promoted role goes.
 */
final class Connectivity {
  static final String SETTLED = "#connectivity";
  static final String COMING = "#connectivity-coming";

  private static final int NOT_TOLD = -1;

  private final Situation situation;

  private Connectivity(Situation situation) {
    this.situation = situation;
  }

  static void apply(Situation situation) {
    Connectivity connectivity = new Connectivity(situation);
    for (PolicyNode node : situation.nodes) {
      if (node.online && settled(node) != NOT_TOLD && connectivity.anyBetter(node)) {
        situation.resources.forEach(resource -> connectivity.apply(resource, node));
      }
    }
  }

  private static int settled(PolicyNode node) {
    return (int) Values.number(node.attributes.get(SETTLED), NOT_TOLD);
  }

  private static int coming(PolicyNode node) {
    return (int) Values.number(node.attributes.get(COMING), settled(node));
  }

  private static boolean isBetter(PolicyNode other, PolicyNode node) {
    boolean usable =
        other.online
            && !other.pending
            && !other.unclean
            && !other.shutdown
            && !other.standby
            && !other.standbyAfterFailure
            && !other.maintenance;
    return usable && settled(other) > settled(node);
  }

  /** Better now, and still when both have become what they are about to be. */
  private static boolean isSurelyBetter(PolicyNode other, PolicyNode node) {
    int least = Math.min(settled(other), coming(other));
    return least > Math.max(settled(node), coming(node));
  }

  private boolean anyBetter(PolicyNode node) {
    return situation.nodes.stream().anyMatch(other -> isBetter(other, node));
  }

  private void apply(PolicyResource resource, PolicyNode node) {
    boolean fencing =
        resource instanceof PrimitiveResource primitive && primitive.isFencingDevice();
    boolean stays = resource instanceof CloneResource clone && !clone.promotable;
    @Nullable PolicyNode better = better(resource, node);
    if (fencing
        || stays
        || better == null
        || Values.truth(resource.meta("allow-unhealthy-nodes"), false)
        || (runsOn(resource, node) && !isSurelyBetter(better, node))) {
      return;
    }
    Role role = resource instanceof CloneResource ? Role.PROMOTED : Role.UNKNOWN;
    LocationPreference preference =
        new LocationPreference(
            Sources.CONNECTIVITY
                + ": it reaches %d of what is pinged, %s reaches %d"
                    .formatted(settled(node), better.name, settled(better)),
            role,
            Collections.singletonMap(node, -Scores.INFINITY),
            Sources.CONNECTIVITY);
    resource.locations.add(preference);
    Preferences.add(situation, resource, preference, null);
  }

  private static boolean runsOn(PolicyResource resource, PolicyNode node) {
    return resource.runningOn.contains(node)
        || resource.members().stream().anyMatch(member -> runsOn(member, node));
  }

  /** A node that reaches more and where it may run: a sure one, and of those who reaches most. */
  private @Nullable PolicyNode better(PolicyResource resource, PolicyNode node) {
    @Nullable PolicyNode best = null;
    for (PolicyNode other : situation.nodes) {
      if (isBetter(other, node)
          && mayRun(resource, other)
          && (best == null || rank(other, node) > rank(best, node))) {
        best = other;
      }
    }
    return best;
  }

  private static int rank(PolicyNode other, PolicyNode node) {
    return settled(other) + (isSurelyBetter(other, node) ? 1000 : 0);
  }

  private static boolean mayRun(PolicyResource resource, PolicyNode node) {
    return resource.allowed.contains(node)
        && resource.allowed.score(node) >= 0
        && (resource instanceof CloneResource
            || resource.members().stream().allMatch(member -> mayRun(member, node)));
  }
}
