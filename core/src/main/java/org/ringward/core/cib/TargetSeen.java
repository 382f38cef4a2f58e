package org.ringward.core.cib;

import org.jspecify.annotations.Nullable;

/**
 * What was known of the target of a live migration when its migrate_to was entered: everything that
 * had happened to the resource there until then happened before. Clocks of two nodes cannot tell
 * that. Our own addition to the record; other readers ignore it.
 *
 * @param call the last call on the target, -1 for none
 * @param incarnation the life of the target that counted it
 */
public record TargetSeen(long call, String incarnation) {
  private static final String NAME = "migrate_target_seen";
  private static final String INCARNATION = "incarnation";

  /** What a node that is to be a target has done with a resource so far. */
  public static TargetSeen of(NodeState target, String resource) {
    ResourceHistory history = target.history(resource);
    int last =
        history == null
            ? -1
            : history.operations().stream().mapToInt(OperationRecord::callId).max().orElse(-1);
    return new TargetSeen(last, target.attributes().get(INCARNATION, ""));
  }

  /** What a migrate_to says, null when it says nothing. */
  public static @Nullable TargetSeen read(Attributes migrateTo) {
    String text = migrateTo.get(NAME, "");
    int colon = text.indexOf(':');
    return colon < 0
        ? null
        : new TargetSeen(Numbers.longOr(text.substring(0, colon), -1), text.substring(colon + 1));
  }

  public OperationRecord enter(OperationRecord migrateTo) {
    return migrateTo.withAttribute(NAME, call + ":" + incarnation);
  }

  /** Whether that call, in the life that the target is in, came later. */
  public boolean isBefore(NodeState target, long laterCall) {
    return laterCall > call || !target.attributes().get(INCARNATION, "").equals(incarnation);
  }

  /** Whether the target remembers anything of the resource that came later. */
  public boolean isBefore(NodeState target, String resource) {
    return isBefore(target, of(target, resource).call());
  }
}
