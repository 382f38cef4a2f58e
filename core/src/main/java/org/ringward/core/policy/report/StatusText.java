package org.ringward.core.policy.report;

import java.util.ArrayList;
import java.util.List;
import org.ringward.core.policy.model.Situation;

/** What the status of the cluster is, for people: notes, nodes, resources. */
public final class StatusText {
  private StatusText() {}

  /**
   * The lines in front of the first heading: the number of disabled and blocked instances, the
   * notice about maintenance mode, notes from reading.
   */
  public static List<String> notes(Situation situation) {
    List<String> lines = new ArrayList<>(situation.notes);
    if (situation.options.maintenanceMode) {
      lines.add("");
      lines.add("              *** Resource management is DISABLED ***");
      lines.add("  The cluster will not attempt to start, stop or recover services");
      lines.add("");
    }
    if (situation.disabledCount > 0 || situation.blockedCount > 0) {
      lines.add(
          situation.disabledCount
              + " of "
              + situation.instanceCount
              + " resource instances DISABLED and "
              + situation.blockedCount
              + " BLOCKED from further action due to failure");
      lines.add("");
    }
    return lines;
  }

  /**
   * The list of nodes and the full list of resources.
   *
   * @param pending whether operations that are under way are shown
   */
  public static List<String> status(Situation situation, boolean pending) {
    List<String> lines = new ArrayList<>();
    new NodeListText(situation).write(lines);
    lines.add("");
    new ResourceText(situation, pending, lines).write();
    return lines;
  }
}
