package org.ringward.core.totem;

import org.ringward.core.base.NodeSet;
import org.ringward.core.wire.JoinFrame;

/**
 * Who should be in the next ring: proposals (JOIN) are repeated and merged until all that are not
 * given up propose the same (reference/totem-srp.md, sections 8.1 to 8.3).
 *
 * <p>Ringward's defaults have consensus (300 ms) shorter than token (600 ms), where Corosync has
 * 1.2 times token. Nothing depends on the longer one: whoever misses the token says so by a JOIN,
 * which brings all members here at once, and a node that is alive answers in a round trip. What the
 * shorter time costs is that a node that stands still for 300 ms while others gather is left out of
 * that ring.
 *
 * <p>The reference begins GATHER anew for every proposal that is not contained in the own one, also
 * when nothing of it is taken over. Two strangers that have given up different nodes then answer
 * each other without end, and their consensus timers never run out. Here GATHER begins anew only
 * when a proposal changed the own one; so it can happen only as often as there are nodes.
 */
final class Gather {
  private final RingContext context;
  private final byte[] frame;

  Gather(RingContext context) {
    this.context = context;
    this.frame = new byte[context.frameMax];
  }

  void enter(GatherReason reason, long now) {
    context.gathers.count(reason);
    if (context.state == TotemState.RECOVERY) {
      context.aru = context.oldAru;
      context.highSeqReceived = context.oldHighSeq;
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
    sendJoin();
  }

  /** The join timer ran out. */
  void repeatJoin(long now) {
    sendJoin();
    context.startTimer(RingTimer.JOIN, context.settings.join(), now);
  }

  private void sendJoin() {
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

  /** A JOIN or LEAVE of configured nodes. */
  void received(JoinFrame join, long now) {
    context.events.count(RingEvent.JOINS_RECEIVED);
    context.knownRingSequence = Math.max(context.knownRingSequence, join.ringSequence());
    switch (context.state) {
      case OPERATIONAL -> {
        if (!isStaleInOperational(join)) {
          process(join, now);
        }
      }
      case GATHER -> process(join, now);
      case COMMIT -> againWhileForming(join, GatherReason.JOIN_IN_COMMIT, now);
      case RECOVERY -> againWhileForming(join, GatherReason.JOIN_IN_RECOVERY, now);
    }
  }

  private boolean isStaleInOperational(JoinFrame join) {
    return join.failedSet().contains(context.self)
        || (context.members.contains(join.systemFrom())
            && join.ringSequence() < context.ringSequence);
  }

  private void againWhileForming(JoinFrame join, GatherReason reason, long now) {
    if (context.newMembers.contains(join.systemFrom())
        && join.ringSequence() >= context.ringSequence) {
      process(join, now);
      if (context.state != TotemState.GATHER) {
        enter(reason, now);
      }
    }
  }

  private void process(JoinFrame join, long now) {
    NodeSet processors = join.processorSet();
    NodeSet failed = join.failedSet();
    if (processors.equals(context.processors) && failed.equals(context.failed)) {
      same(join, now);
    } else if (context.processors.containsAll(processors) && context.failed.containsAll(failed)) {
      nothingNew(now);
    } else if (context.failed.contains(join.systemFrom())) {
      nothingNew(now);
    } else if (merge(join, processors, failed)) {
      enter(GatherReason.MERGE_DURING_JOIN, now);
    } else {
      nothingNew(now);
    }
  }

  private void same(JoinFrame join, long now) {
    if (!join.leaving()) {
      context.consensus = context.consensus.with(join.systemFrom());
    }
    if (context.state != TotemState.GATHER || !isAgreed()) {
      nothingNew(now);
    } else if (context.failedToReceive) {
      context.failedToReceive = false;
      context.processors = NodeSet.of(context.self);
      context.failed = NodeSet.EMPTY;
      context.transitions.beginCommit(now);
    } else if (!alive().isEmpty() && alive().lowest() == context.self) {
      context.transitions.beginCommit(now);
    }
  }

  private void nothingNew(long now) {
    if (context.state == TotemState.OPERATIONAL) {
      enter(GatherReason.JOIN_IN_OPERATIONAL, now);
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
