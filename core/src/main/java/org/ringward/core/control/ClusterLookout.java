package org.ringward.core.control;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.ringward.core.admin.StatusReport;
import org.ringward.core.admin.TransitionReport;
import org.ringward.core.base.Decision;
import org.ringward.core.cib.Cib;
import org.ringward.core.cib.Configuration;
import org.ringward.core.quorum.QuorumVerdict;

/**
 * Shows the cluster layer to those who watch it: says cheaply whether there is something new, and
 * hands out what is immutable, so that others work out the rest. In the node's thread only.
 */
public final class ClusterLookout {
  private final String node;
  private final ClusterControl control;
  private final Answers answers;
  private @Nullable ClusterState state;
  private @Nullable QuorumVerdict verdict;
  private boolean agreed;
  private boolean idle;
  private long decisions;
  private long steps;

  ClusterLookout(String node, ClusterControl control, Answers answers) {
    this.node = node;
    this.control = control;
    this.answers = answers;
  }

  /**
   * The cluster layer at a moment.
   *
   * @param agreed messages are applied, so this node is up to date with the members of its view
   * @param quorate its view may go on
   * @param coordinates this node is the coordinator
   * @param cib configuration and status
   * @param status without what may happen to quorum
   * @param decisions those behind the number that was asked for, oldest first
   * @param lastDecision number of the last one
   */
  public record Sight(
      boolean agreed,
      boolean quorate,
      boolean coordinates,
      Cib cib,
      Supplier<StatusReport> status,
      Supplier<TransitionReport> transition,
      List<Decision> decisions,
      long lastDecision) {}

  /**
   * Whether something has changed since this was asked before; costs next to nothing. States and
   * verdicts are compared by identity: an equal one that is new may be shown again.
   */
  @SuppressWarnings("ReferenceEquality")
  public boolean changed() {
    boolean same =
        state == control.state()
            && verdict == control.verdict()
            && agreed == control.isAgreed()
            && idle == control.isIdle()
            && decisions == control.story().timeline().total()
            && steps == control.story().transition().changes();
    state = control.state();
    verdict = control.verdict();
    agreed = control.isAgreed();
    idle = control.isIdle();
    decisions = control.story().timeline().total();
    steps = control.story().transition().changes();
    return !same;
  }

  /** Messages are applied, so this node is up to date with the members of its view. */
  public boolean isAgreed() {
    return control.isAgreed();
  }

  /** May this side go on; another object when that was decided anew. */
  public QuorumVerdict verdict() {
    return control.verdict();
  }

  /** The configuration in force; another object when it was changed. */
  public Configuration configuration() {
    return control.state().cib().configuration();
  }

  /**
   * What there is to see now.
   *
   * @param after number of the last decision that is known already, 0 for none
   */
  public Sight look(Moment now, long after) {
    return new Sight(
        control.isAgreed(),
        control.isAgreed() && control.verdict().quorate(),
        control.coordinates(),
        control.state().cib(),
        answers.statusOf(now, false),
        control.story().transition().reportOf(node),
        control.story().timeline().after(after),
        control.story().timeline().total());
  }
}
