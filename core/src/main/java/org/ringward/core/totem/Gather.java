package org.ringward.core.totem;

import org.ringward.core.base.NodeSet;
import org.ringward.core.wire.JoinFrame;

/**
 * Who should be in the next ring: proposals (JOIN) are repeated and merged until all that are not
 * given up propose the same (reference/totem-srp.md, sections 8.1 to 8.3).
 *
 * <p>When all have agreed but members that are silent ({@link Silence}), these are given up at
 * once; the consensus timer is for nodes that are alive and do not agree. Corosync's members take
 * over what a member of their ring gives up, so in a mixed ring one such node is enough.
 *
 * <p>The reference begins GATHER anew for every proposal that is not contained in the own one, also
 * when nothing of it is taken over. Two strangers that have given up different nodes then answer
 * each other without end, and their consensus timers never run out. Here GATHER begins anew only
 * when a proposal changed the own one; so it can happen only as often as there are nodes. And a
 * proposal that is the same as the own one after it was taken over counts as agreement at once,
 * where Corosync waits until it is repeated.
 *
 * <p>Strangers that have given up different nodes cannot agree. The reference takes over nothing of
 * what a stranger gives up: they wait for each other until the consensus timer gives up one more,
 * again and again, and many nodes that were alone need seconds to become one ring. Here a node
 * takes over what a stranger gives up, but for members of its own ring; so those that nobody gives
 * up agree within some JOINs, and the rest follows when it hears of their ring. For that all must
 * have come to rest: a ring that has just been formed does not listen to strangers for the time of
 * one JOIN. Otherwise one that is ready first is drawn into what the others have not ended yet, is
 * given up again by those, and so on for ever, all the more if nothing on the network ever varies.
 */
final class Gather {
  /** A multiplier that spreads consecutive numbers over all values (Knuth, TAOCP 3, 6.4). */
  private static final int SPREAD = 0x9E3779B1;

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final RingContext context;
  private final Silence silence;
  private final byte[] frame = new byte[JoinFrame.LENGTH_MAX];
  private int joinsSent;

  /** When the ring is ready to become one with others. */
  private long quietUntil = Long.MIN_VALUE;

  Gather(RingContext context) {
    this.context = context;
    this.silence = new Silence(context);
  }

  void enter(GatherReason reason, long now) {
    context.gathers.count(reason);
    if (context.state == TotemState.RECOVERY) {
      context.aru = context.oldAru;
      context.highSeqReceived = context.oldHighSeq;
    }
    if (context.state != TotemState.GATHER) {
      silence.begin(now);
    }
    context.tokenDiscard = true;
    context.tokenHeld = false;
    context.originatedOrfToken = false;
    context.processors = context.processors.with(context.self);
    context.consensus = NodeSet.of(context.self);
    context.timers.stopAll();
    context.startTimer(RingTimer.JOIN, context.settings.join(), now);
    context.startTimer(RingTimer.CONSENSUS, context.times.consensus(), now);
    context.state = TotemState.GATHER;
    awaitSilence();
    sendJoinSoon(now);
  }

  /** The join timer ran out. */
  void repeatJoin(long now) {
    sendJoinSoon(now);
    context.startTimer(RingTimer.JOIN, context.settings.join(), now);
  }

  /** Sends a JOIN at once, or up to send_join later, so that not all nodes do it together. */
  private void sendJoinSoon(long now) {
    int most = context.settings.sendJoin();
    if (most == 0) {
      sendJoin();
    } else if (!context.timers.isSet(RingTimer.SEND_JOIN)) {
      int spread = ((context.self * 31 + joinsSent) * SPREAD) >>> 1;
      context.startTimer(RingTimer.SEND_JOIN, spread % (most + 1), now);
    }
  }

  /** Sends a JOIN now. */
  void sendJoin() {
    joinsSent++;
    JoinFrame join =
        new JoinFrame(
            context.self,
            context.self,
            context.ringSequence,
            context.processors.stream().toArray(),
            context.failed.stream().toArray());
    int length = join.write(frame, 0);
    context.link.broadcast(frame, length);
    context.link.sendToSelf(frame, length);
  }

  /** Tells the others that this node leaves; the last failed entry names it. */
  void sendLeave() {
    NodeSet failed = context.failed.without(context.self);
    int[] failedThenSelf = new int[failed.size() + 1];
    System.arraycopy(failed.stream().toArray(), 0, failedThenSelf, 0, failed.size());
    failedThenSelf[failed.size()] = context.self;
    JoinFrame leave =
        new JoinFrame(
            0,
            context.self,
            context.ringSequence,
            context.processors.without(context.self).stream().toArray(),
            failedThenSelf);
    context.link.broadcast(frame, leave.write(frame, 0));
  }

  /** The consensus timer ran out, or the token-loss timer after it. */
  void consensusTimeout(long now) {
    if (isAgreed()) {
      context.consensus = NodeSet.of(context.self);
      context.startTimer(RingTimer.TOKEN_LOSS, context.times.token(), now);
    } else {
      context.failed = context.failed.union(context.processors.minus(context.consensus));
      enter(GatherReason.CONSENSUS_TIMEOUT, now);
    }
  }

  /** Silent members may be given up when all others agree. */
  private void awaitSilence() {
    long time = silence.silentTime(missing());
    if (time == Long.MAX_VALUE) {
      context.timers.stop(RingTimer.SILENCE);
    } else {
      context.timers.set(RingTimer.SILENCE, time);
    }
  }

  private NodeSet missing() {
    return alive().minus(context.consensus);
  }

  /** Members that do not agree may have been silent for long enough. */
  void silenceTimeout(long now) {
    NodeSet missing = missing();
    if (!missing.isEmpty() && silence.silentTime(missing) <= now) {
      context.failed = context.failed.union(missing);
      enter(GatherReason.SILENT_GIVEN_UP, now);
    }
  }

  /** A frame of that node came in. */
  void heard(int node, long now) {
    if (context.state == TotemState.GATHER && context.configured.contains(node)) {
      silence.heard(node, now);
    }
  }

  /** The system said that nobody listens at that node. */
  void refused(int node, long now) {
    boolean gathering = context.state == TotemState.GATHER;
    if (!(gathering ? alive() : context.newMembers).contains(node)) {
      return; // of no interest
    }
    if (!silence.refused(node, now)) {
      context.events.count(RingEvent.REFUSALS_IGNORED);
    } else if (gathering) {
      awaitSilence();
    } else {
      enter(GatherReason.MEMBER_REFUSED, now);
    }
  }

  /** A ring is formed. */
  void formed(long now) {
    silence.end();
    quietUntil = now + context.settings.join() * NANOS_PER_MILLI;
  }

  /** A JOIN or LEAVE of configured nodes. */
  void received(JoinFrame join, long now) {
    context.events.count(RingEvent.JOINS_RECEIVED);
    context.knownRingSequence = Math.max(context.knownRingSequence, join.ringSequence());
    switch (context.state) {
      case OPERATIONAL -> {
        if (!isStaleInOperational(join) && !isTooSoonFor(join.systemFrom(), now)) {
          process(join, GatherReason.JOIN_IN_OPERATIONAL, now);
        }
      }
      case GATHER -> process(join, GatherReason.MERGE_DURING_JOIN, now);
      case COMMIT -> againWhileForming(join, GatherReason.JOIN_IN_COMMIT, now);
      case RECOVERY -> againWhileForming(join, GatherReason.JOIN_IN_RECOVERY, now);
    }
  }

  /** Whether the ring has just been formed and a node that is not in it has to wait. */
  boolean isTooSoonFor(int node, long now) {
    return now < quietUntil && !context.members.contains(node);
  }

  private boolean isStaleInOperational(JoinFrame join) {
    return join.failedSet().contains(context.self)
        || (context.members.contains(join.systemFrom())
            && join.ringSequence() < context.ringSequence);
  }

  private void againWhileForming(JoinFrame join, GatherReason reason, long now) {
    if (context.newMembers.contains(join.systemFrom())
        && join.ringSequence() >= context.ringSequence) {
      if (context.state == TotemState.RECOVERY) {
        proposeRingBeingFormed();
      }
      process(join, reason, now);
    }
  }

  /**
   * Whom this node gave up on the way to the ring being formed is settled with it, as in
   * OPERATIONAL; Corosync goes on giving them up. Two rings that are formed at the same time would
   * then part again and again: their first members that are operational hear each other and want
   * one ring, the rest insists on being two.
   */
  private void proposeRingBeingFormed() {
    context.processors = context.newMembers;
    context.failed = NodeSet.EMPTY;
  }

  /** A proposal that counts; {@code otherwise} is why it makes this node gather in any case. */
  private void process(JoinFrame join, GatherReason otherwise, long now) {
    NodeSet processors = join.processorSet();
    NodeSet failed = join.failedSet();
    boolean contained =
        context.processors.containsAll(processors) && context.failed.containsAll(failed);
    if (!contained
        && !context.failed.contains(join.systemFrom())
        && merge(join, processors, failed)) {
      enter(GatherReason.MERGE_DURING_JOIN, now);
    } else if (context.state != TotemState.GATHER) {
      enter(otherwise, now);
    }
    if (processors.equals(context.processors) && failed.equals(context.failed) && !join.leaving()) {
      agrees(join.systemFrom(), now);
    }
  }

  private void agrees(int node, long now) {
    context.consensus = context.consensus.with(node);
    if (!isAgreed()) {
      awaitSilence();
    } else if (context.failedToReceive) {
      context.failedToReceive = false;
      context.processors = NodeSet.of(context.self);
      context.failed = NodeSet.EMPTY;
      context.transitions.beginCommit(now);
    } else if (!alive().isEmpty() && alive().lowest() == context.self) {
      context.transitions.beginCommit(now);
    }
  }

  /** Takes over what another proposes; false when that changes nothing. */
  private boolean merge(JoinFrame join, NodeSet processors, NodeSet failed) {
    NodeSet processorsBefore = context.processors;
    NodeSet failedBefore = context.failed;
    context.processors = context.processors.union(processors);
    if (failed.contains(context.self)) {
      context.failed = context.failed.with(join.systemFrom());
    } else if (context.members.contains(join.systemFrom())) {
      context.failed = context.failed.union(failed);
    } else {
      context.failed = context.failed.union(failed.minus(context.members));
    }
    return !processorsBefore.equals(context.processors) || !failedBefore.equals(context.failed);
  }

  /** The proposed nodes that are not given up. */
  NodeSet alive() {
    return context.processors.minus(context.failed);
  }

  private boolean isAgreed() {
    return context.consensus.containsAll(alive());
  }
}
