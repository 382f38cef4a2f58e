package org.ringward.core.config;

/**
 * The times a ring really works with: what is configured, and what follows from it for a number of
 * nodes as Corosync derives it (reference/totem-srp.md, sections 4 and 12). All in milliseconds.
 *
 * @param token without a token for this long the ring is broken
 * @param tokenWarning a token that comes after this is late; 0 for never
 * @param tokenRetransmit without a token for this long it is sent again
 * @param hold how long the representative of an idle ring keeps the token
 * @param consensus how long nodes may take to agree on the members
 * @param heartbeat without a token for this long it counts as lost; 0 when that is off or would be
 *     no less than token
 */
public record TotemTimes(
    int token, int tokenWarning, int tokenRetransmit, int hold, int consensus, int heartbeat) {

  /** A shorter time between two sends of the token is refused; Corosync's least is 30. */
  public static final int TOKEN_RETRANSMIT_LEAST = 10;

  /** A shorter time of holding the token is refused; Corosync's least is 14. */
  public static final int HOLD_LEAST = 5;

  /**
   * The times for a ring.
   *
   * @param nodes configured nodes with an address on link 0
   */
  public static TotemTimes of(TotemSettings settings, int nodes) {
    int token = settings.token() + Math.max(0, nodes - 2) * settings.tokenCoefficient();
    int retransmit =
        settings.tokenRetransmit() > 0
            ? settings.tokenRetransmit()
            : (int) (token / (settings.tokenRetransmitsBeforeLossConst() + 0.2));
    int hold = settings.hold() > 0 ? settings.hold() : (int) (retransmit * 0.8 - 10);
    int consensus = settings.consensus() > 0 ? settings.consensus() : (int) (token * 12L / 10);
    int heartbeat =
        settings.heartbeatFailuresAllowed() == 0
            ? 0
            : settings.heartbeatFailuresAllowed() * retransmit + settings.maxNetworkDelay();
    return new TotemTimes(
        token,
        (int) (token * (long) settings.tokenWarning() / 100),
        retransmit,
        hold,
        consensus,
        heartbeat < token ? heartbeat : 0);
  }
}
