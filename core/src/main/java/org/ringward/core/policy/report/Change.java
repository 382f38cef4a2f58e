package org.ringward.core.policy.report;

import org.jspecify.annotations.Nullable;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.PrimitiveResource;
import org.ringward.core.policy.model.Role;

/**
 * What happens to one resource, in one word and from where to where.
 *
 * @param action Start, Stop, Move, Migrate, Restart, Recover, Reload, Promote, Demote, Re-promote
 * @param from null when it comes from nowhere
 * @param to null when it goes nowhere
 * @param reason empty when there is nothing to say
 * @param blocked whether it would have to be done but cannot
 */
public record Change(
    PrimitiveResource resource,
    String action,
    @Nullable PolicyNode from,
    @Nullable PolicyNode to,
    String reason,
    boolean blocked) {

  /** Where and in which role, as the summary shows it. */
  public String place() {
    Role now = resource.role;
    Role next = resource.nextRole;
    boolean roles = now.above(Role.STARTED) || next.above(Role.UNPROMOTED);
    boolean sameRole = now == next;
    if (from == null) {
      return roles ? now.text() + " -> " + next.text() + " " + to : String.valueOf(to);
    }
    if (to == null) {
      return roles ? now.text() + " " + from : from.name;
    }
    if (from == to) {
      if (!roles) {
        return from.name;
      }
      return sameRole ? now.text() + " " + from : now.text() + " -> " + next.text() + " " + from;
    }
    if (!roles) {
      return from + " -> " + to;
    }
    return sameRole
        ? from + " -> " + to + " " + now.text()
        : now.text() + " " + from + " -> " + next.text() + " " + to;
  }
}
