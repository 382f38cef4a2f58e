package org.ringward.core.policy.placement;

import org.ringward.core.policy.model.CloneResource;
import org.ringward.core.policy.model.ColocationRule;

/** Where the instances of a clone go, and what becomes of them there. */
final class ClonePlacement {
  private final Assigning assigning;
  private final InstanceSpread spread;
  private final Promotion promotion;

  ClonePlacement(Assigning assigning) {
    this.assigning = assigning;
    this.spread = new InstanceSpread(assigning);
    this.promotion = new Promotion(assigning);
  }

  void assign(CloneResource clone) {
    if (clone.assignmentDone || clone.assigning) {
      return;
    }
    if (clone.promotable) {
      promotion.addScores(clone);
    }
    clone.assigning = true;
    for (ColocationRule rule : ColocationLists.withOthers(clone)) {
      assigning.assign(rule.primary(), null, true);
    }
    for (ColocationRule rule : ColocationLists.othersWith(clone)) {
      if (DependentWishes.hasInfluence(rule, null)) {
        assigning.wishes.apply(rule, clone);
      }
    }
    assigning.showScores("clone", clone);
    spread.assign(clone, clone.instances, clone.cloneMax, clone.cloneNodeMax);
    if (clone.promotable) {
      promotion.choose(clone);
    }
    clone.assigning = false;
    clone.assignmentDone = true;
  }
}
