package org.ringward.core.config;

import static org.ringward.core.config.TotemKeys.*;

/** The ring's timers and limits out of a section totem, and what must hold between them. */
final class TotemReader {
  /** Corosync refuses smaller times (reference/corosync-conf.md, section 12). */
  static final Least COROSYNC_LEAST = new Least(30, 14);

  /** A ring can turn faster than Corosync allows; below this nothing is left to measure. */
  static final Least LEAST = new Least(TotemTimes.TOKEN_RETRANSMIT_LEAST, TotemTimes.HOLD_LEAST);

  private final Values values;
  private final TotemSettings defaults;

  /**
   * The shortest times that are allowed, milliseconds.
   *
   * @param time of the ring's timers
   * @param hold of the time the token is held
   */
  record Least(int time, int hold) {}

  private TotemReader(Values values, TotemSettings defaults) {
    this.values = values;
    this.defaults = defaults;
  }

  /**
   * The settings.
   *
   * @param defaults what a 0 stands for
   * @param nodes how many nodes have an address on link 0
   */
  static TotemSettings read(Values values, TotemSettings defaults, Least least, int nodes) {
    TotemReader reader = new TotemReader(values, defaults);
    TotemSettings settings = reader.settings();
    reader.check(settings, TotemTimes.of(settings, nodes), least);
    return settings;
  }

  private TotemSettings settings() {
    return defaults.toBuilder()
        .token(orDefault(TOKEN, defaults.token()))
        .tokenCoefficient(values.number(TOKEN_COEFFICIENT))
        .tokenWarning(values.number(TOKEN_WARNING))
        .tokenRetransmit(values.number(TOKEN_RETRANSMIT))
        .tokenRetransmitsBeforeLossConst(
            orDefault(TOKEN_RETRANSMITS, defaults.tokenRetransmitsBeforeLossConst()))
        .hold(orDefault(HOLD, defaults.hold()))
        .join(orDefault(JOIN, defaults.join()))
        .sendJoin(values.number(SEND_JOIN))
        .consensus(values.number(CONSENSUS))
        .merge(orDefault(MERGE, defaults.merge()))
        .downcheck(orDefault(DOWNCHECK, defaults.downcheck()))
        .failRecvConst(orDefault(FAIL_RECV, defaults.failRecvConst()))
        .seqnoUnchangedConst(orDefault(SEQNO_UNCHANGED, defaults.seqnoUnchangedConst()))
        .heartbeatFailuresAllowed(values.number(HEARTBEAT_FAILURES))
        .maxNetworkDelay(orDefault(MAX_NETWORK_DELAY, defaults.maxNetworkDelay()))
        .windowSize(orDefault(WINDOW_SIZE, defaults.windowSize()))
        .windowBytes(
            values.has(WINDOW_BYTES) ? values.number(WINDOW_BYTES) : defaults.windowBytes())
        .maxMessages(orDefault(MAX_MESSAGES, defaults.maxMessages()))
        .missCountConst(orDefault(MISS_COUNT, defaults.missCountConst()))
        .cancelTokenHoldOnRetransmit(values.yes(CANCEL_HOLD))
        .netmtu(values.number(NETMTU))
        .build();
  }

  private int orDefault(Setting setting, int otherwise) {
    int value = values.has(setting) ? values.number(setting) : 0;
    return value == 0 ? otherwise : value;
  }

  private void check(TotemSettings totem, TotemTimes times, Least least) {
    atLeast(TOKEN, times.token(), least.time());
    if (times.tokenRetransmit() < least.time() || times.hold() < least.hold()) {
      refuseRetransmit(totem, times, least);
    }
    atLeast(JOIN, totem.join(), least.time());
    atLeast(CONSENSUS, times.consensus(), least.time());
    atLeast(MERGE, totem.merge(), least.time());
    atLeast(DOWNCHECK, totem.downcheck(), least.time());
    atLeast(MAX_NETWORK_DELAY, totem.maxNetworkDelay(), least.time());
    if (times.consensus() < totem.join()) {
      Setting given = values.has(CONSENSUS) ? CONSENSUS : JOIN;
      String found = values.name(CONSENSUS) + " is " + times.consensus() + " ms, ";
      String cure = " ms; consensus must not be shorter than join";
      throw values.refuse(given, found + values.name(JOIN) + " is " + totem.join() + cure);
    }
  }

  private void atLeast(Setting setting, int found, int least) {
    if (found < least) {
      String allowed = " ms; at least " + least + " ms are needed";
      throw values.refuse(setting, values.name(setting) + " is " + found + allowed);
    }
  }

  private void refuseRetransmit(TotemSettings totem, TotemTimes times, Least least) {
    if (totem.tokenRetransmit() > 0 && times.tokenRetransmit() < least.time()) {
      atLeast(TOKEN_RETRANSMIT, times.tokenRetransmit(), least.time());
    }
    if (totem.hold() > 0) {
      atLeast(HOLD, times.hold(), least.hold());
    }
    Setting given = values.has(TOKEN) ? TOKEN : TOKEN_RETRANSMITS;
    String found = values.name(TOKEN) + " is " + totem.token() + " ms with ";
    String sends = totem.tokenRetransmitsBeforeLossConst() + " retransmits, one each ";
    String result = times.tokenRetransmit() + " ms, and a hold of " + times.hold();
    String cure = " ms; at least " + least.time() + " and " + least.hold() + " ms are needed";
    throw values.refuse(given, found + sends + result + cure + ": raise token");
  }
}
