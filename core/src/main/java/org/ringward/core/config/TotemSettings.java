package org.ringward.core.config;

/**
 * The ring's timers and limits under Corosync's names (reference/totem-srp.md, section 4), as they
 * are configured; {@link TotemTimes} has what follows from them for a number of nodes. Times in
 * milliseconds.
 *
 * @param token without a token for this long the ring is broken
 * @param tokenCoefficient added to token for each node above 2
 * @param tokenWarning percent of token after which a late token is counted; 0 for never
 * @param tokenRetransmit without a token for this long it is sent again; 0 to derive it
 * @param tokenRetransmitsBeforeLossConst how often the token is sent again before it counts as lost
 * @param hold how long the representative of an idle ring keeps the token; 0 to derive it
 * @param join how often a proposal of members is repeated
 * @param sendJoin a proposal is delayed by at most this, so that many nodes do not send at once
 * @param consensus how long nodes may take to agree on the members; 0 to derive it
 * @param merge how long after a rotation without messages the ring announces itself to other rings
 * @param downcheck how often a link that is down is looked at
 * @param failRecvConst rotations after which a node that cannot receive leaves the ring
 * @param seqnoUnchangedConst rotations without messages before the token is held
 * @param heartbeatFailuresAllowed token retransmits that may be missed before the token counts as
 *     lost; 0 turns this off
 * @param maxNetworkDelay added to the time that follows from heartbeatFailuresAllowed
 * @param windowSize messages of all nodes in one rotation
 * @param maxMessages messages of one node at one token visit
 * @param windowBytes bytes of messages of all nodes in one rotation, no more than a receiver's
 *     socket buffer holds; 0 for no limit; Ringward's own
 * @param missCountConst token visits before a missing message is asked for
 * @param cancelTokenHoldOnRetransmit whether a token that made a node send something again is
 *     passed on at once
 * @param netmtu longest Totem frame of the transports udp and udpu
 */
public record TotemSettings(
    int token,
    int tokenCoefficient,
    int tokenWarning,
    int tokenRetransmit,
    int tokenRetransmitsBeforeLossConst,
    int hold,
    int join,
    int sendJoin,
    int consensus,
    int merge,
    int downcheck,
    int failRecvConst,
    int seqnoUnchangedConst,
    int heartbeatFailuresAllowed,
    int maxNetworkDelay,
    int windowSize,
    int maxMessages,
    int windowBytes,
    int missCountConst,
    boolean cancelTokenHoldOnRetransmit,
    int netmtu) {

  /** What a corosync.conf means that says nothing: a silent node is out after 7 s and more. */
  public static final TotemSettings COROSYNC = corosync();

  /**
   * For a local network: a silent node is out after 0.6 s. Rings may be large (the time a token
   * needs grows by far less than Corosync's coefficient). An idle ring rests for 66 ms between two
   * rotations, which is what it costs. The bytes of a rotation, and what followed the token in the
   * one before (totem.ByteWindow), fit into a socket of 212,992 bytes, Linux' default.
   */
  public static final TotemSettings DEFAULT =
      COROSYNC.toBuilder().token(400).tokenCoefficient(0).windowBytes(160 * 1024).build();

  /**
   * For a few nodes on a quiet local network with real-time priority: a silent node is out after
   * 0.12 s. A node that stands still for longer, for whatever reason, is out too.
   */
  public static final TotemSettings FAST =
      DEFAULT.toBuilder().token(70).tokenRetransmitsBeforeLossConst(4).hold(12).join(10).build();

  private static TotemSettings corosync() {
    return new TotemSettings(
        3000, 650, 75, 0, 4, 0, 50, 0, 0, 200, 1000, 2500, 30, 0, 50, 50, 17, 0, 5, false, 1500);
  }

  /** These settings, to be changed. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Settings under construction; each method takes the value of the component of its name. */
  public static final class Builder {
    private int token;
    private int tokenCoefficient;
    private int tokenWarning;
    private int tokenRetransmit;
    private int tokenRetransmitsBeforeLossConst;
    private int hold;
    private int join;
    private int sendJoin;
    private int consensus;
    private int merge;
    private int downcheck;
    private int failRecvConst;
    private int seqnoUnchangedConst;
    private int heartbeatFailuresAllowed;
    private int maxNetworkDelay;
    private int windowSize;
    private int maxMessages;
    private int windowBytes;
    private int missCountConst;
    private boolean cancelTokenHoldOnRetransmit;
    private int netmtu;

    private Builder(TotemSettings from) {
      token = from.token;
      tokenCoefficient = from.tokenCoefficient;
      tokenWarning = from.tokenWarning;
      tokenRetransmit = from.tokenRetransmit;
      tokenRetransmitsBeforeLossConst = from.tokenRetransmitsBeforeLossConst;
      hold = from.hold;
      join = from.join;
      sendJoin = from.sendJoin;
      consensus = from.consensus;
      merge = from.merge;
      downcheck = from.downcheck;
      failRecvConst = from.failRecvConst;
      seqnoUnchangedConst = from.seqnoUnchangedConst;
      heartbeatFailuresAllowed = from.heartbeatFailuresAllowed;
      maxNetworkDelay = from.maxNetworkDelay;
      windowSize = from.windowSize;
      maxMessages = from.maxMessages;
      windowBytes = from.windowBytes;
      missCountConst = from.missCountConst;
      cancelTokenHoldOnRetransmit = from.cancelTokenHoldOnRetransmit;
      netmtu = from.netmtu;
    }

    public Builder token(int value) {
      token = value;
      return this;
    }

    public Builder tokenCoefficient(int value) {
      tokenCoefficient = value;
      return this;
    }

    public Builder tokenWarning(int value) {
      tokenWarning = value;
      return this;
    }

    public Builder tokenRetransmit(int value) {
      tokenRetransmit = value;
      return this;
    }

    public Builder tokenRetransmitsBeforeLossConst(int value) {
      tokenRetransmitsBeforeLossConst = value;
      return this;
    }

    public Builder hold(int value) {
      hold = value;
      return this;
    }

    public Builder join(int value) {
      join = value;
      return this;
    }

    public Builder sendJoin(int value) {
      sendJoin = value;
      return this;
    }

    public Builder consensus(int value) {
      consensus = value;
      return this;
    }

    public Builder merge(int value) {
      merge = value;
      return this;
    }

    public Builder downcheck(int value) {
      downcheck = value;
      return this;
    }

    public Builder failRecvConst(int value) {
      failRecvConst = value;
      return this;
    }

    public Builder seqnoUnchangedConst(int value) {
      seqnoUnchangedConst = value;
      return this;
    }

    public Builder heartbeatFailuresAllowed(int value) {
      heartbeatFailuresAllowed = value;
      return this;
    }

    public Builder maxNetworkDelay(int value) {
      maxNetworkDelay = value;
      return this;
    }

    public Builder windowSize(int value) {
      windowSize = value;
      return this;
    }

    public Builder maxMessages(int value) {
      maxMessages = value;
      return this;
    }

    public Builder windowBytes(int value) {
      windowBytes = value;
      return this;
    }

    public Builder missCountConst(int value) {
      missCountConst = value;
      return this;
    }

    public Builder cancelTokenHoldOnRetransmit(boolean value) {
      cancelTokenHoldOnRetransmit = value;
      return this;
    }

    public Builder netmtu(int value) {
      netmtu = value;
      return this;
    }

    public TotemSettings build() {
      return new TotemSettings(
          token,
          tokenCoefficient,
          tokenWarning,
          tokenRetransmit,
          tokenRetransmitsBeforeLossConst,
          hold,
          join,
          sendJoin,
          consensus,
          merge,
          downcheck,
          failRecvConst,
          seqnoUnchangedConst,
          heartbeatFailuresAllowed,
          maxNetworkDelay,
          windowSize,
          maxMessages,
          windowBytes,
          missCountConst,
          cancelTokenHoldOnRetransmit,
          netmtu);
    }
  }
}
