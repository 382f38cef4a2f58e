package org.ringward.core.fence;

import org.ringward.core.cib.Configuration;

/**
 * A node is to be fenced, or one device is to cut (or give back) its access to what it covers.
 *
 * @param id the author's number for it, given back with the outcome
 * @param target name of the node
 * @param configuration in force; its devices and topology are used
 * @param requester who wants it, for people
 * @param device the only device that is used; empty for the whole plan
 */
public record FenceRequest(
    long id,
    String target,
    FenceAction action,
    Configuration configuration,
    String requester,
    String device) {

  /** The whole plan. */
  public FenceRequest(
      long id, String target, FenceAction action, Configuration configuration, String requester) {
    this(id, target, action, configuration, requester, "");
  }

  /** What runs at the same time is told apart by it. */
  String key() {
    return device.isEmpty() ? target : target + " " + device;
  }

  FencePlan plan() {
    if (!device.isEmpty()) {
      return FencePlan.ofDevice(configuration, target, device);
    }
    return action == FenceAction.ON
        ? FencePlan.toLetIn(configuration, target)
        : FencePlan.of(configuration, target);
  }
}
