package org.ringward.core.fence;

/**
 * One run of a fence agent, or why there was none.
 *
 * @param device the resource; empty when it concerns no device
 * @param level of the topology, 1 to 9; without topology each device counts as a level of its own
 * @param action as the agent was told: off, reboot, on, list, status, metadata
 * @param number 1 for the first try of that action on that device
 * @param exitCode of the agent, -1 when it did not run or did not end in time
 * @param reason one sentence
 * @param millis how long it took
 */
public record Attempt(
    String device,
    int level,
    String action,
    int number,
    boolean succeeded,
    int exitCode,
    String reason,
    long millis) {}
