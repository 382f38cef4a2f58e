package org.ringward.core.policy;

/**
 * A dependent resource is placed with the primary one, or away from it.
 *
 * @param attribute nodes count as the same when they agree in it, normally #uname
 */
record ColocationRule(
    String id,
    PolicyResource dependent,
    PolicyResource primary,
    int score,
    String attribute,
    boolean configured) {

  boolean mandatory() {
    return score >= Scores.INFINITY || score <= -Scores.INFINITY;
  }

  String source() {
    return configured ? "colocation " + id : "group " + id;
  }
}
