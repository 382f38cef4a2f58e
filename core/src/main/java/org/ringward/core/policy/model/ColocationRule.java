package org.ringward.core.policy.model;

/**
 * The dependent goes where the primary is (score above zero) or not there (below).
 *
 * @param dependentRole the role of the dependent it is about, UNKNOWN for any
 * @param primaryRole the role of the primary it is about, UNKNOWN for any
 * @param nodeAttribute nodes count as the same when they have the same value of it; #uname for the
 *     very same node
 * @param influence whether the dependent may move the primary
 * @param configured false for those that follow from a group, a bundle or a container
 */
public record ColocationRule(
    String id,
    int score,
    PolicyResource dependent,
    Role dependentRole,
    PolicyResource primary,
    Role primaryRole,
    String nodeAttribute,
    boolean influence,
    boolean configured) {
  public boolean mandatory() {
    return Math.abs(score) >= Scores.INFINITY;
  }

  /** Where a score that it changed comes from, for the dependent. */
  public String sourceForDependent() {
    return (configured ? "colocation " + id + " with " : "belongs together with ") + primary.id;
  }

  /** The same for the primary. */
  public String sourceForPrimary() {
    return (configured ? "colocation " + id + " of " : "belongs together with ") + dependent.id;
  }
}
