package org.ringward.core.admin;

/**
 * How the node that answers fares itself.
 *
 * @param stalls how often it stood still for longer than the token timeout
 * @param longestGapMillis longest time between two turns of its loop
 * @param lastStallMillis length of the last stall, 0 when there was none
 * @param lastStallAgoMillis how long ago it ended, 0 when there was none
 * @param watchdog the machine's watchdog and whether it is fed, empty when there is none
 * @param withheld how often the watchdog was not fed although it was time
 * @param realTime locked memory and real-time priority, a sentence; empty before it is known
 */
public record GuardReport(
    long stalls,
    long longestGapMillis,
    long lastStallMillis,
    long lastStallAgoMillis,
    String watchdog,
    long withheld,
    String realTime) {

  /** Nothing is known. */
  public static final GuardReport NONE = new GuardReport(0, 0, 0, 0, "", 0, "");
}
