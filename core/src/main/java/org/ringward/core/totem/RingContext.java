package org.ringward.core.totem;

import java.util.Map;
import java.util.TreeMap;
import org.ringward.core.base.Counters;
import org.ringward.core.base.Deadlines;
import org.ringward.core.base.NodeSet;
import org.ringward.core.config.TotemSettings;
import org.ringward.core.config.TotemTimes;
import org.ringward.core.link.FrameLink;
import org.ringward.core.port.RingIds;
import org.ringward.core.wire.CommitTokenFrame;
import org.ringward.core.wire.OrfToken;

/**
 * The variables of the protocol (reference/totem-srp.md, section 6), shared by its handlers, each
 * of which has one topic.
 */
final class RingContext {
  private static final long NANOS_PER_MILLI = 1_000_000;

  final int self;
  NodeSet configured;
  TotemSettings settings;
  TotemTimes times;
  final FrameLink link;
  final RingIds ringIds;
  final RingUpcalls upcalls;
  final Transitions transitions;

  final Deadlines<RingTimer> timers = new Deadlines<>(RingTimer.class);
  final Counters<RingEvent> events = new Counters<>(RingEvent.class);
  final Counters<GatherReason> gathers = new Counters<>(GatherReason.class);
  final FramePool pool;
  final TokenResends resends;

  TotemState state = TotemState.OPERATIONAL;

  /** The current ring, or in COMMIT and RECOVERY the one being formed. */
  int ringRepresentative;

  long ringSequence;

  /** The highest ring sequence heard of; the next ring gets 4 more. */
  long knownRingSequence;

  /** What would be in the next ring if all agreed; failed ones are taken out again. */
  NodeSet processors = NodeSet.EMPTY;

  NodeSet failed = NodeSet.EMPTY;

  /** Nodes that proposed the same as this one since GATHER was entered. */
  NodeSet consensus = NodeSet.EMPTY;

  /** Members of the last ring that became operational. */
  NodeSet members = NodeSet.EMPTY;

  /** Members of the ring being formed; the same as members once it is. */
  NodeSet newMembers = NodeSet.EMPTY;

  /** Members of the new ring that come with this node from the same old one. */
  NodeSet transitionalMembers = NodeSet.EMPTY;

  /** The old ring, from the first COMMIT on until a ring is operational again. */
  boolean oldSaved;

  int oldRepresentative;
  long oldSequence;
  int oldAru;
  int oldHighSeq;

  /** The number before a ring's first message and the first token's number; 0 but in tests. */
  int firstSeq;

  /** All messages of the ring up to here are held. */
  int aru;

  int highSeqReceived;
  int highDelivered;

  /** When the token of an operational ring was here last. */
  long tokenSeen = Long.MIN_VALUE;

  /** When the token was here last with a node that a later ring was formed without. */
  final Map<Integer, Long> parted = new TreeMap<>();

  boolean tokenDiscard;
  boolean originatedOrfToken;
  boolean failedToReceive;
  boolean tokenHeld;
  int tokenSeq = -1;

  /** When a token was accepted last: then every member had passed it on shortly before. */
  long lastTokenTime = Long.MIN_VALUE / 2;

  int lastSeq;
  int lastAru;
  int seqUnchanged;
  int aruUnchanged;

  /** Application traffic waits until the layer above has synchronised. */
  boolean waitingForSynchronisation = true;

  /** Messages of the operational ring (in RECOVERY still of the old one). */
  SortQueue regular;

  /** Messages of the ring being formed. */
  SortQueue recovery;

  private final byte[] storedToken;
  private int storedTokenLength;
  private int storedTokenTarget;

  RingContext(
      int self,
      NodeSet configured,
      TotemSettings settings,
      FrameLink link,
      RingIds ringIds,
      RingUpcalls upcalls,
      Transitions transitions) {
    this.self = self;
    this.configured = configured;
    this.settings = settings;
    this.times = TotemTimes.of(settings, configured.size());
    this.link = link;
    this.ringIds = ringIds;
    this.upcalls = upcalls;
    this.transitions = transitions;
    this.pool = new FramePool();
    this.resends = new TokenResends(this);
    this.regular = new SortQueue(pool);
    this.recovery = new SortQueue(pool);
    this.storedToken = new byte[Math.max(OrfToken.LENGTH_MAX, CommitTokenFrame.LENGTH_MAX)];
  }

  /** The nodes and settings are others from now on. */
  void configure(NodeSet newNodes, TotemSettings newSettings) {
    configured = newNodes;
    settings = newSettings;
    times = TotemTimes.of(newSettings, newNodes.size());
  }

  boolean isRing(int representative, long sequence) {
    return representative == ringRepresentative && sequence == ringSequence;
  }

  boolean isRepresentative() {
    return ringRepresentative == self;
  }

  /** Whether the regular queue holds messages of the current ring and not of the one before. */
  boolean regularIsOfRing() {
    return !oldSaved;
  }

  /** The member after this one, around the ring. */
  int nextMember() {
    return newMembers.get((newMembers.indexOf(self) + 1) % newMembers.size());
  }

  void startTimer(RingTimer timer, int millis, long now) {
    timers.set(timer, now + millis * NANOS_PER_MILLI);
  }

  /** After a token was sent: it must come back, and may have to be sent again. */
  void startTokenTimers(long now) {
    startTimer(RingTimer.TOKEN_LOSS, times.token(), now);
    if (times.tokenWarning() > 0) {
      startTimer(RingTimer.TOKEN_WARNING, times.tokenWarning(), now);
    }
    lastTokenTime = now;
    resends.restart(now);
  }

  /** Where a token is to be written that is going to be stored. */
  byte[] storedToken() {
    return storedToken;
  }

  int storedTokenLength() {
    return storedTokenLength;
  }

  /** Keeps the token that was just written, for sending it again. */
  void storeToken(int length, int target) {
    storedTokenLength = length;
    storedTokenTarget = target;
  }

  void sendStoredToken() {
    link.send(storedTokenTarget, storedToken, storedTokenLength);
  }

  void resendStoredToken() {
    events.count(RingEvent.TOKENS_RESENT);
    sendStoredToken();
  }

  /** The token that was sent may be lost. */
  void tokenRetransmitTimeout(long now) {
    timers.stop(RingTimer.HOLD);
    resendStoredToken();
    resends.resent(now);
  }
}
