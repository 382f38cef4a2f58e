package org.ringward.core.totem;

import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.Check;
import org.ringward.core.base.NodeSet;
import org.ringward.core.config.TotemSettings;
import org.ringward.core.link.FrameLink;
import org.ringward.core.port.RingIds;
import org.ringward.core.wire.CommitTokenFrame;
import org.ringward.core.wire.FrameHeader;
import org.ringward.core.wire.FrameKind;
import org.ringward.core.wire.HoldCancelFrame;
import org.ringward.core.wire.JoinFrame;
import org.ringward.core.wire.McastFrame;
import org.ringward.core.wire.MergeDetectFrame;

/**
 * The Totem single-ring protocol as Corosync 3 speaks it (reference/totem-srp.md; Amir, Moser,
 * Melliar-Smith, Agarwal, Ciarfella 1995) as a machine without clock and network.
 *
 * <pre>
 *              JOINs agreed            commit token, 2nd lap         all have the same
 *   GATHER -------------------> COMMIT --------------------> RECOVERY ----------------> OPERATIONAL
 *     ^                            |                            |                            |
 *     +----- token lost, JOIN -----+------ token lost, JOIN ----+-- token lost, JOIN, other -+
 *                                                                   ring, leave, stall
 * </pre>
 *
 * The handlers: {@link Gather}, {@link Commit}, {@link Recovery}, {@link TokenVisit}, {@link
 * Delivery}. This class sends each frame and timer to its handler.
 *
 * <p>All times are monotonic nanoseconds. Inputs never call each other: frames to this node itself
 * come back through the link's queue. Handling of tokens and messages allocates nothing once the
 * buffers are there.
 *
 * <p>Deviations from the reference that a peer can see, each explained at its class:
 *
 * <ul>
 *   <li>{@link Silence}: silent and refused members are given up before the consensus timeout;
 *   <li>{@link Gather}: GATHER begins anew only when a proposal changes the own one; a proposal
 *       that was taken over counts as agreement at once; whom a node gave up is forgotten when the
 *       ring that is being recovered breaks off; what strangers gave up is taken over, and a ring
 *       that has just been formed leaves strangers waiting for a moment;
 *   <li>{@link TokenResends}: a token is sent again sooner while messages flow;
 *   <li>{@link TokenVisit}: a token that comes twice releases nothing, one that carries requests is
 *       not held, implausible ones are dropped, a quiet token's counts are set right, a held one
 *       takes along what its holder has to send;
 *   <li>{@link ByteWindow}: a rotation has bounded bytes, frames have few packets;
 *   <li>{@link Recovery}: what has come wrapped is not wrapped again; counters begin anew with each
 *       recovery;
 *   <li>here: frames of or about nodes that are not configured are ignored, as are MERGE_DETECT and
 *       messages of a member that are older than the ring, and ring sequences that are far ahead;
 *       JOINs are left unread for a moment after a pause.
 * </ul>
 */
public final class TotemRing implements Transitions {
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long PLAUSIBLE_JUMP = 1L << 44;

  private final RingContext context;
  private final Delivery delivery;
  private final Gather gather;
  private final Commit commit;
  private final Recovery recovery;
  private final TokenVisit tokens;
  private final McastFrame message = new McastFrame();
  private final byte[] mergeDetect = new byte[MergeDetectFrame.LENGTH];
  private long lastTurn;
  private long pausedUntil;

  /** Nodes that were configured a moment ago, and how long they have to wait. */
  private NodeSet newNodes = NodeSet.EMPTY;

  private long newNodesWaitUntil;

  /**
   * A ring that has not begun.
   *
   * @param frameMax bytes of the longest frame the link carries
   * @param application what is sent while the layer above is synchronised
   * @param synchronisation what is sent while it is not
   */
  public TotemRing(
      int self,
      NodeSet configured,
      TotemSettings settings,
      int frameMax,
      FrameLink link,
      RingIds ringIds,
      RingUpcalls upcalls,
      PayloadSource application,
      PayloadSource synchronisation) {
    context = new RingContext(self, configured, settings, link, ringIds, upcalls, this);
    delivery = new Delivery(context);
    gather = new Gather(context);
    commit = new Commit(context);
    recovery = new Recovery(context, delivery);
    tokens =
        new TokenVisit(
            context, delivery, recovery, application, synchronisation, payloadMax(frameMax));
  }

  /**
   * The longest packet in a message, so that the frame is still carried when it is wrapped in
   * recovery.
   */
  public static int payloadMax(int frameMax) {
    return frameMax - 2 * McastFrame.HEADER_LENGTH;
  }

  /** For tests: rings begin with another number than 0, the same on all nodes. */
  void startSequencesAt(int firstSeq) {
    context.firstSeq = firstSeq;
    context.regular.clear(firstSeq);
    context.aru = firstSeq;
    context.highSeqReceived = firstSeq;
    context.highDelivered = firstSeq;
  }

  /**
   * Other nodes are configured, or other times and limits, from now on. This node must stay
   * configured.
   *
   * <p>Members that are configured no more are out at once. New nodes are let in by others' JOINs
   * at once, but nobody is bothered with them before all have had the time to be configured, too:
   * who does not know of a node yet ignores the proposals in which it is.
   */
  public void reconfigure(NodeSet configured, TotemSettings settings, long now) {
    Check.that(configured.contains(context.self), "this node is not among the configured nodes");
    NodeSet before = context.configured;
    context.configure(configured, settings);
    context.processors = context.processors.intersect(configured);
    context.failed = context.failed.intersect(configured);
    NodeSet come = configured.minus(before);
    if (!come.isEmpty()) {
      newNodes = newNodes.union(come);
      newNodesWaitUntil = now + context.times.consensus() * NANOS_PER_MILLI;
    }
    NodeSet gone = before.minus(configured);
    if (!gone.intersect(context.members.union(context.newMembers)).isEmpty()) {
      enterGather(GatherReason.INTERFACE_CHANGE, now);
    }
  }

  /** The links are up: begins to look for a ring. */
  public void start(long now) {
    lastTurn = now;
    pausedUntil = now;
    context.ringRepresentative = context.self;
    context.ringSequence = context.ringIds.load() + 1;
    context.knownRingSequence = context.ringSequence;
    enterGather(GatherReason.INTERFACE_CHANGE, now);
  }

  /** A frame from another node, of any content. */
  public void received(byte[] frame, int offset, int length, long now) {
    handle(frame, offset, length, false, now);
  }

  /** A frame of this node to itself. */
  public void receivedFromSelf(byte[] frame, int length, long now) {
    handle(frame, 0, length, true, now);
  }

  private void handle(byte[] frame, int offset, int length, boolean own, long now) {
    noticePause(now);
    FrameKind kind = FrameKind.of(frame, offset, length);
    switch (kind) {
      case null -> context.events.count(RingEvent.FRAMES_MALFORMED);
      case ORF_TOKEN -> tokens.received(frame, offset, length, now);
      case MCAST -> message(frame, offset, length, now);
      case MERGE_DETECT -> mergeDetect(MergeDetectFrame.read(frame, offset, length), own, now);
      case JOIN -> join(JoinFrame.read(frame, offset, length), own, now);
      case COMMIT_TOKEN -> commitToken(CommitTokenFrame.read(frame, offset, length), now);
      case HOLD_CANCEL -> holdCancel(HoldCancelFrame.read(frame, offset, length));
    }
  }

  /**
   * A node that stood still for half the token timeout finds JOINs in its sockets that nobody means
   * any more. Corosync throws away what its sockets hold; here JOINs are left unread for as long as
   * it takes until everybody has sent another one.
   */
  private void noticePause(long now) {
    if (now - lastTurn > context.times.token() * NANOS_PER_MILLI / 2) {
      pausedUntil = now + context.settings.join() * NANOS_PER_MILLI;
      lastTurn = now;
    }
  }

  private void message(byte[] frame, int offset, int length, long now) {
    if (!message.read(frame, offset, length) || !fitsIntoRecovery(message, length)) {
      context.events.count(RingEvent.FRAMES_MALFORMED);
    } else if (!context.configured.contains(message.systemFrom)) {
      context.events.count(RingEvent.FRAMES_OF_UNKNOWN_NODES);
    } else if (context.isRing(message.ringRepresentative, message.ringSequence)) {
      tokens.sawMessage(message.systemFrom, length);
      messageOfRing(frame, offset, length);
    } else {
      foreign(
          message.systemFrom,
          message.ringSequence,
          GatherReason.FOREIGN_MESSAGE_IN_OPERATIONAL,
          GatherReason.FOREIGN_MESSAGE_IN_GATHER,
          now);
    }
  }

  /** Peers may have a longer netmtu; what could not be wrapped if need be must not be kept. */
  private static boolean fitsIntoRecovery(McastFrame message, int length) {
    return message.encapsulated == McastFrame.RECOVERED
        || length + McastFrame.HEADER_LENGTH <= FrameHeader.FRAME_MAX;
  }

  private void messageOfRing(byte[] frame, int offset, int length) {
    switch (context.state) {
      case OPERATIONAL -> {
        if (delivery.store(context.regular, message, frame, offset, length)) {
          delivery.deliver();
        }
      }
      case GATHER, COMMIT -> {
        if (context.regularIsOfRing()) {
          delivery.store(context.regular, message, frame, offset, length);
        }
      }
      case RECOVERY -> {
        int payloadOffset = message.payloadOffset;
        int payloadLength = message.payloadLength;
        boolean wrapped = message.encapsulated == McastFrame.RECOVERED;
        if (delivery.store(context.recovery, message, frame, offset, length) && wrapped) {
          recovery.sawWrapped(frame, payloadOffset, payloadLength);
        }
      }
    }
  }

  private void mergeDetect(@Nullable MergeDetectFrame merge, boolean own, long now) {
    if (merge == null || own) {
      context.events.count(RingEvent.FRAMES_MALFORMED);
    } else if (!context.configured.contains(merge.systemFrom())) {
      context.events.count(RingEvent.FRAMES_OF_UNKNOWN_NODES);
    } else if (!context.isRing(merge.ringRepresentative(), merge.ringSequence())) {
      foreign(
          merge.systemFrom(),
          merge.ringSequence(),
          GatherReason.MERGE_IN_OPERATIONAL,
          GatherReason.MERGE_IN_GATHER,
          now);
    }
  }

  /** Whether a node was configured just now, and nobody else has let it in. */
  private boolean hasToWait(int node, long now) {
    return now < newNodesWaitUntil && newNodes.contains(node) && !context.processors.contains(node);
  }

  /** A node of another ring can be heard: there should be one ring. */
  private void foreign(
      int node, long sequence, GatherReason inOperational, GatherReason inGather, long now) {
    if (hasToWait(node, now)) {
      context.events.count(RingEvent.FRAMES_OF_NEW_NODES);
    } else if (context.state == TotemState.OPERATIONAL) {
      if (context.members.contains(node) && sequence < context.ringSequence) {
        context.events.count(RingEvent.FRAMES_STALE);
      } else if (!gather.isTooSoonFor(node, now)) {
        context.processors = context.processors.with(node);
        enterGather(inOperational, now);
      }
    } else if (context.state == TotemState.GATHER && !context.processors.contains(node)) {
      context.processors = context.processors.with(node);
      enterGather(inGather, now);
    }
  }

  private void join(@Nullable JoinFrame join, boolean own, long now) {
    if (join == null || (!own && join.systemFrom() == context.self)) {
      context.events.count(RingEvent.FRAMES_MALFORMED);
    } else if (!context.configured.contains(join.systemFrom())
        || !context.configured.containsAll(join.processorSet())
        || !context.configured.containsAll(join.failedSet())) {
      context.events.count(RingEvent.FRAMES_OF_UNKNOWN_NODES);
    } else if (!isPlausible(join.ringSequence())) {
      context.events.count(RingEvent.FRAMES_MALFORMED);
    } else if (now < pausedUntil && !own) {
      context.events.count(RingEvent.JOINS_AFTER_PAUSE);
    } else if (hasToWait(join.systemFrom(), now)) {
      context.events.count(RingEvent.FRAMES_OF_NEW_NODES);
    } else {
      gather.heard(join.systemFrom(), now);
      gather.received(join, now);
    }
  }

  private void commitToken(@Nullable CommitTokenFrame token, long now) {
    if (token == null || !isPlausible(token.ringSequence)) {
      context.events.count(RingEvent.FRAMES_MALFORMED);
    } else if (!context.configured.containsAll(token.memberSet())
        || !token.memberSet().contains(context.self)) {
      context.events.count(RingEvent.FRAMES_OF_UNKNOWN_NODES);
    } else if (context.state == TotemState.RECOVERY) {
      recovery.commitTokenReturned(token, now);
    } else {
      commit.received(token, gather.alive(), now);
    }
  }

  /**
   * Sequences begin with milliseconds since 1970 and grow by 4 for each ring; what is hundreds of
   * years ahead is forged.
   */
  private boolean isPlausible(long ringSequence) {
    return ringSequence - context.knownRingSequence < PLAUSIBLE_JUMP;
  }

  private void holdCancel(@Nullable HoldCancelFrame cancel) {
    if (cancel == null) {
      context.events.count(RingEvent.FRAMES_MALFORMED);
    } else if (context.isRing(cancel.ringRepresentative(), cancel.ringSequence())) {
      tokens.holdCancelled();
    }
  }

  /** Runs the timer that is due first; false when none is due. */
  public boolean expireOne(long now) {
    noticePause(now);
    lastTurn = now;
    RingTimer due = context.timers.takeDue(now);
    switch (due) {
      case null -> {
        return false;
      }
      case TOKEN_LOSS -> tokenLost(now);
      case TOKEN_RETRANSMIT -> context.tokenRetransmitTimeout(now);
      case TOKEN_WARNING -> context.events.count(RingEvent.TOKENS_LATE);
      case HEARTBEAT -> tokenLost(now);
      case HOLD -> tokens.letGo();
      case JOIN -> gather.repeatJoin(now);
      case SEND_JOIN -> gather.sendJoin();
      case CONSENSUS -> gather.consensusTimeout(now);
      case SILENCE -> gather.silenceTimeout(now);
      case MERGE_DETECT -> sendMergeDetect();
    }
    return true;
  }

  private void tokenLost(long now) {
    switch (context.state) {
      case OPERATIONAL -> enterGather(GatherReason.TOKEN_LOST_IN_OPERATIONAL, now);
      case GATHER -> {
        gather.consensusTimeout(now);
        enterGather(GatherReason.CONSENSUS_EXPIRED, now);
      }
      case COMMIT -> enterGather(GatherReason.TOKEN_LOST_IN_COMMIT, now);
      case RECOVERY -> enterGather(GatherReason.TOKEN_LOST_IN_RECOVERY, now);
    }
  }

  private void sendMergeDetect() {
    if (context.state == TotemState.OPERATIONAL && context.isRepresentative()) {
      MergeDetectFrame merge =
          new MergeDetectFrame(context.self, context.ringRepresentative, context.ringSequence);
      context.link.broadcast(mergeDetect, merge.write(mergeDetect, 0));
    }
  }

  /** When {@link #expireOne} is needed next, Long.MAX_VALUE for never. */
  public long nextDeadline() {
    return context.timers.next();
  }

  /**
   * When the token was here last before a ring was formed without that node, monotonic nanoseconds;
   * Long.MIN_VALUE when no ring has lost it. What is older says nothing of the node's present life.
   */
  public long partedAt(int node) {
    return context.parted.getOrDefault(node, Long.MIN_VALUE);
  }

  /**
   * The system said that nobody listens at that node. When it is a member, all members ask each
   * other at once, and one that does not answer is out after a moment.
   */
  public void refused(int node, long now) {
    gather.refused(node, now);
  }

  /** A source has something to send. */
  public void wake() {
    tokens.wake();
  }

  /** The layer above is synchronised: application traffic flows again. */
  public void synchronised() {
    context.waitingForSynchronisation = false;
  }

  /**
   * This node was not running for long and must learn anew who is there. What it holds of the old
   * ring it keeps.
   */
  public void stalled(long now) {
    lastTurn = now;
    pausedUntil = now + context.settings.join() * NANOS_PER_MILLI;
    enterGather(GatherReason.STALLED, now);
  }

  /** Says farewell to the others and stops all timers. */
  public void leave() {
    gather.sendLeave();
    context.timers.stopAll();
    context.tokenDiscard = true;
  }

  /** When the token was here last while the ring was operational; Long.MIN_VALUE for never. */
  public long tokenSeen() {
    return context.tokenSeen;
  }

  /** Number of the last packet of this ring that was delivered here; numbers wrap around. */
  public int delivered() {
    return context.highDelivered;
  }

  /** All members of this ring have its packets up to this number, as the token said twice. */
  public int heldByAll() {
    return context.regular.released();
  }

  public TotemState state() {
    return context.state;
  }

  public int representative() {
    return context.ringRepresentative;
  }

  public long sequence() {
    return context.ringSequence;
  }

  /** Members of the last ring that became operational. */
  public NodeSet members() {
    return context.members;
  }

  /** Adds everything that is counted. */
  public void report(SortedMap<String, Long> report) {
    context.events.report("", report);
    context.gathers.report("gather-", report);
  }

  @Override
  public void enterGather(GatherReason reason, long now) {
    gather.enter(reason, now);
  }

  @Override
  public void heard(int node, long now) {
    gather.heard(node, now);
  }

  @Override
  public void formed(long now) {
    gather.formed(now);
  }

  @Override
  public void beginCommit(long now) {
    commit.begin(gather.alive(), now);
  }

  @Override
  public void enterRecovery(CommitTokenFrame token, long now) {
    tokens.reset();
    recovery.enter(token, now);
  }
}
