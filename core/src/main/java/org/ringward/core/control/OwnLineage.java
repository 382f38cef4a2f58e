package org.ringward.core.control;

import java.util.ArrayList;
import java.util.List;
import org.ringward.core.base.NodeSet;
import org.ringward.core.config.QuorumSettings;
import org.ringward.core.config.QuorumSettings.TieBreaker;
import org.ringward.core.control.QuorumLineage.Formation;

/** Remembers for this node what {@link QuorumLineage} tells the others. */
final class OwnLineage {
  private QuorumSettings settings;
  private Formation last = Formation.NONE;
  private final List<Formation> attempts = new ArrayList<>();
  private boolean ready;

  OwnLineage(QuorumSettings settings) {
    this.settings = settings;
  }

  void reconfigured(QuorumSettings changed) {
    settings = changed;
  }

  /** Another view begins. */
  void viewBegins() {
    ready = false;
  }

  /** This node confirms that the view goes on, as soon as all its members have confirmed it. */
  void attempt(long ring, NodeSet view) {
    if (!ready) {
      ready = true;
      // Of the same members the latest says all, so flapping cannot make the list grow.
      attempts.removeIf(each -> each.members().equals(view));
      attempts.add(formation(ring, view));
    }
  }

  /** The view goes on, and what came before it is settled. */
  void formed(long ring, NodeSet view) {
    last = formation(ring, view);
    attempts.clear();
    ready = true;
  }

  private Formation formation(long ring, NodeSet view) {
    return new Formation(ring, view, settings.autoTieBreaker() ? tieNode(view) : 0);
  }

  private int tieNode(NodeSet view) {
    TieBreaker rule = settings.tieBreaker();
    return switch (rule.kind()) {
      case LOWEST -> view.lowest();
      case HIGHEST -> view.get(view.size() - 1);
      case LIST -> rule.nodes().stream().filter(view::contains).findFirst().orElse(0);
    };
  }

  /** As {@link #told} has it. */
  boolean isReady() {
    return ready;
  }

  QuorumLineage told() {
    boolean shrinks = settings.lastManStanding();
    boolean waits = settings.waitForAll() && last.ring() == 0;
    return new QuorumLineage(
        shrinks || settings.autoTieBreaker(), shrinks, waits, last, attempts, ready);
  }
}
