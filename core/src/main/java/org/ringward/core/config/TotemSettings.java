package org.ringward.core.config;

/**
 * The ring's timers and limits under Corosync's names (reference/totem-srp.md, section 4); times in
 * milliseconds. Defaults are for a local network and a JVM: a silent node is out after token +
 * consensus, 900 ms.
 */
public record TotemSettings(
    int token,
    int tokenRetransmitsBeforeLossConst,
    int join,
    int consensus,
    int merge,
    int failRecvConst,
    int seqnoUnchangedConst,
    int windowSize,
    int maxMessages,
    int missCountConst,
    int netmtu) {
  public static final TotemSettings DEFAULT =
      new TotemSettings(600, 4, 50, 300, 200, 2500, 30, 50, 17, 5, 1500);

  /** Milliseconds without a token before it is sent again (derived as Corosync does). */
  public int tokenRetransmit() {
    return (int) (token / (tokenRetransmitsBeforeLossConst + 0.2));
  }

  /** Milliseconds the representative of an idle ring holds the token. */
  public int hold() {
    return (int) (tokenRetransmit() * 0.8 - 10);
  }
}
