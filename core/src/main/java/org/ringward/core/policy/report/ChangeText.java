package org.ringward.core.policy.report;

import java.util.List;
import org.ringward.core.policy.model.PlannedAction;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.PrimitiveResource;
import org.ringward.core.policy.model.Situation;
import org.ringward.core.policy.model.Tasks;

/** The transition summary: one line for each node and resource that something happens to. */
public final class ChangeText {
  private static final int ACTION_WIDTH = 10;

  private ChangeText() {}

  /** Lines that begin with two spaces and a star; empty when nothing happens. */
  public static String of(Situation situation) {
    StringBuilder out = new StringBuilder();
    for (PlannedAction action : situation.actions.reversed()) {
      if (action.is(Tasks.FENCE) && action.scheduled()) {
        fencing(out, action);
      }
    }
    List<Change> changes = Changes.of(situation);
    int names = 0;
    int places = 0;
    for (Change change : changes) {
      names = Math.max(names, change.resource().id.length());
      places = Math.max(places, change.place().length());
    }
    for (Change change : changes) {
      out.append("  * ");
      padded(out, change.action(), ACTION_WIDTH);
      out.append(' ');
      padded(out, change.resource().id, names);
      out.append("     ( ");
      out.repeat(" ", places - change.place().length()).append(change.place()).append(" )");
      if (!change.reason().isEmpty()) {
        out.append("  due to ").append(change.reason());
        out.append(change.blocked() ? " (blocked)" : "");
      } else if (change.blocked()) {
        out.append("  blocked");
      }
      out.append('\n');
    }
    return out.toString();
  }

  private static void fencing(StringBuilder out, PlannedAction action) {
    PolicyNode node = action.node;
    if (node == null) {
      return;
    }
    String how = action.meta.getOrDefault("stonith_action", "reboot");
    out.append("  * Fence (").append(how).append(") ").append(node);
    PrimitiveResource container = node.container();
    if (container != null) {
      out.append(" (resource: ").append(container.id).append(')');
    }
    if (action.reason != null) {
      out.append(" '").append(action.reason).append('\'');
    }
    out.append('\n');
  }

  private static void padded(StringBuilder out, String text, int width) {
    out.append(text).repeat(" ", Math.max(0, width - text.length()));
  }
}
