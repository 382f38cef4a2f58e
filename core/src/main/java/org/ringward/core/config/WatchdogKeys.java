package org.ringward.core.config;

import java.util.List;
import org.ringward.core.config.Setting.Choice;
import org.ringward.core.config.Setting.PathOrOff;

/** The settings of the machine's watchdog. */
final class WatchdogKeys {
  static final Setting DEVICE =
      Setting.of(
          "watchdog.device",
          new PathOrOff(1024),
          "off",
          "The machine's watchdog, such as /dev/watchdog: it resets the machine when this node stops"
              + " feeding it.");
  static final Setting TIMEOUT =
      Setting.number(
          "watchdog.timeout",
          0,
          3600,
          0,
          "s",
          "Without being fed for this long it resets the machine; 0 is derived: no less than 5, and"
              + " longer than the ring needs to form anew.");
  static final Setting PRETIMEOUT =
      Setting.number(
          "watchdog.pretimeout",
          0,
          3600,
          0,
          "s",
          "It warns (interrupt, panic) this long before the reset; 0 is never.");
  static final Setting PROMISE =
      Setting.of(
          "watchdog.promise",
          new Choice(List.of("quorum", "alive")),
          "quorum",
          "What feeding it promises: quorum, that the node has quorum or runs nothing, so that the"
              + " others may count on its reset; alive, only that it is not stuck.");

  static final List<Setting> ALL = List.of(DEVICE, TIMEOUT, PRETIMEOUT, PROMISE);

  private WatchdogKeys() {}

  /**
   * The settings in a section.
   *
   * @param ring the ring's times, which the timeout must leave room for
   */
  static WatchdogSettings read(Values values, TotemTimes ring) {
    if (values.text(DEVICE).equals("off")) {
      for (Setting each : ALL) {
        if (!each.equals(DEVICE) && values.has(each)) {
          throw values.refuse(
              each,
              values.name(each) + " is given, but no watchdog.device; say which watchdog is meant");
        }
      }
      return WatchdogSettings.NONE;
    }
    int given = values.number(TIMEOUT);
    WatchdogSettings settings =
        new WatchdogSettings(
            values.text(DEVICE),
            given == 0 ? WatchdogTimes.derivedSeconds(ring) : given,
            values.number(PRETIMEOUT),
            values.text(PROMISE).equals("alive")
                ? WatchdogSettings.Promise.ALIVE
                : WatchdogSettings.Promise.QUORUM);
    check(values, settings, WatchdogTimes.of(settings, ring), ring);
    return settings;
  }

  private static void check(
      Values values, WatchdogSettings settings, WatchdogTimes times, TotemTimes ring) {
    if (settings.pretimeoutSeconds() >= settings.timeoutSeconds()) {
      String found = "watchdog.pretimeout is " + settings.pretimeoutSeconds();
      String cure = " s; it must be shorter than watchdog.timeout, ";
      throw values.refuse(PRETIMEOUT, found + cure + settings.timeoutSeconds() + " s");
    }
    boolean promised = settings.promise() == WatchdogSettings.Promise.QUORUM;
    if (promised && times.timeout() <= times.feed() + times.change()) {
      throw values.refuse(
          TIMEOUT,
          "watchdog.timeout is %d s, but the ring may need 2 * token + consensus = 2 * %d + %d = %d ms to form anew, and it is fed every %d ms: at least %d s are needed"
              .formatted(
                  settings.timeoutSeconds(),
                  ring.token(),
                  ring.consensus(),
                  times.change(),
                  times.feed(),
                  WatchdogTimes.derivedSeconds(ring)));
    }
  }
}
