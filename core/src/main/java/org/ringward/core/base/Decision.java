package org.ringward.core.base;

import java.util.List;

/**
 * One decision as data: whoever decides emits one, and logs, {@code why} and {@code timeline} are
 * renderings of it.
 *
 * @param wallMillis when, milliseconds since 1970 by the author's clock
 * @param node name of the node that decided
 * @param kind what sort of decision
 * @param subject the resource, node or thing it is about
 * @param what one plain sentence: what was decided
 * @param why the inputs and rules that led there, a sentence each
 * @param rejected the alternatives that were considered and why not, a sentence each
 */
public record Decision(
    long wallMillis,
    String node,
    Kind kind,
    String subject,
    String what,
    List<String> why,
    List<String> rejected) {

  /** The sorts of decisions and observations that belong in the story of a cluster. */
  public enum Kind {
    MEMBERSHIP,
    QUORUM,
    COORDINATOR,
    NODE,
    FENCE,
    PLACEMENT,
    TRANSITION,
    ACTION,
    FAILURE,
    CONFIGURATION,
    OPERATOR,
    GUARD
  }

  public Decision {
    why = List.copyOf(why);
    rejected = List.copyOf(rejected);
  }
}
