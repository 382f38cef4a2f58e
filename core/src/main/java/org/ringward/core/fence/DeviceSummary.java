package org.ringward.core.fence;

/**
 * A configured fencing device, for people.
 *
 * @param hosts which nodes it can fence, as far as the configuration says, with their plugs
 * @param address where the device is reached, empty when it is not said
 * @param problem why it cannot be used at all, one sentence; empty when it can
 */
public record DeviceSummary(
    String id, String agent, String hosts, String address, String problem) {}
