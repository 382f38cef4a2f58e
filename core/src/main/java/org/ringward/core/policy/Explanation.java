package org.ringward.core.policy;

import java.util.List;
import org.ringward.core.policy.report.Placement;
import org.ringward.core.policy.report.PlannedStep;

/**
 * A schedule with its reasons.
 *
 * @param placements for every primitive where it should run and how that came about
 * @param steps for every action of the graph why it is there and what it waits for
 */
public record Explanation(Schedule schedule, List<Placement> placements, List<PlannedStep> steps) {
  public Explanation {
    placements = List.copyOf(placements);
    steps = List.copyOf(steps);
  }
}
