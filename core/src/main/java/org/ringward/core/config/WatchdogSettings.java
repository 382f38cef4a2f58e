package org.ringward.core.config;

/**
 * The watchdog of this node's machine.
 *
 * @param device its device file, empty for none
 * @param timeoutSeconds the machine is reset when it was not fed for this long, above 0 when there
 *     is a device
 * @param pretimeoutSeconds it warns (an interrupt, a panic) this long before; 0 for never
 * @param promise what feeding it promises
 */
public record WatchdogSettings(
    String device, int timeoutSeconds, int pretimeoutSeconds, Promise promise) {

  /** No watchdog. */
  public static final WatchdogSettings NONE = new WatchdogSettings("", 0, 0, Promise.QUORUM);

  /** What a node does for being fed. */
  public enum Promise {
    /** It turns, and it has quorum or nothing runs on it: others may count on its reset. */
    QUORUM,
    /** It turns. */
    ALIVE
  }

  /** Whether there is one. */
  public boolean isPresent() {
    return !device.isEmpty();
  }
}
