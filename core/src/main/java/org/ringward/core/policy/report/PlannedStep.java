package org.ringward.core.policy.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One action of a transition graph, for people.
 *
 * @param action its key, such as web_start_0
 * @param node where it happens, null for what only marks a point in time
 * @param resources every id the resource can be asked for by, empty for actions on nodes
 * @param reason why it is there, in a few words
 * @param waitsFor the actions that must be done first, as KEY or KEY on NODE
 */
public record PlannedStep(
    String action,
    @Nullable String node,
    List<String> resources,
    String reason,
    List<String> waitsFor) {
  public PlannedStep {
    resources = List.copyOf(resources);
    waitsFor = List.copyOf(waitsFor);
  }
}
