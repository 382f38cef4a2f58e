package org.ringward.core.totem;

import java.util.Arrays;
import java.util.BitSet;
import org.ringward.core.base.Defect;
import org.ringward.core.base.NodeSet;
import org.ringward.core.wire.CommitTokenFrame;
import org.ringward.core.wire.CommitTokenFrame.MemberEntry;
import org.ringward.core.wire.McastFrame;
import org.ringward.core.wire.OrfToken;

/**
 * Members that come from the same old ring give each other its messages, wrapped in messages of the
 * new one, until all have the same; then the new ring is operational (reference/totem-srp.md,
 * sections 8.5, 8.7, 8.8).
 *
 * <p>Where Corosync's holders all send everything again, a member here leaves out what it has
 * already received wrapped: the message is in the new ring's order, so all will have it.
 */
final class Recovery {
  private static final int ROTATIONS_WITHOUT_RETRANSMITS = 2;
  private static final int ROTATIONS_TO_OPERATIONAL = 2;

  private final RingContext context;
  private final Delivery delivery;
  private final OrfToken firstToken = new OrfToken();
  private final McastFrame wrapped = new McastFrame();

  /** Numbers of old messages, from the low one on, that came wrapped already. */
  private final BitSet wrappedSeen = new BitSet(SortQueue.WINDOW);

  private int low;
  private int next;
  private int last;
  private boolean setRetransmitFlag;
  private int quietRotations;
  private int completeRotations;
  private int installSeq;

  Recovery(RingContext context, Delivery delivery) {
    this.context = context;
    this.delivery = delivery;
  }

  /** The commit token came round a second time. */
  void enter(CommitTokenFrame token, long now) {
    context.tokenDiscard = false;
    context.recovery.clear(context.firstSeq);
    context.tokenSeq = context.firstSeq - 1;
    collectRetransmits(token);
    context.aru = context.firstSeq;
    context.aruUnchanged = 0;
    context.seqUnchanged = 0;
    context.highSeqReceived = context.firstSeq;
    context.lastSeq = context.firstSeq;
    context.lastAru = context.firstSeq;
    installSeq = context.firstSeq;
    quietRotations = 0;
    completeRotations = 0;
    setRetransmitFlag = false;
    context.state = TotemState.RECOVERY;
    Commit.send(context, token, context.nextMember(), now);
  }

  private void collectRetransmits(CommitTokenFrame token) {
    int[] transitional = new int[token.members()];
    int count = 0;
    boolean allReceived = true;
    int lowest = context.oldHighSeq;
    for (int i = 0; i < token.members(); i++) {
      MemberEntry entry = token.entry(i);
      if (context.members.contains(token.member(i))
          && entry.isFrom(context.oldRepresentative, context.oldSequence)) {
        transitional[count++] = token.member(i);
        allReceived &= entry.received();
        lowest = Sequences.min(lowest, entry.aru());
      }
    }
    context.transitionalMembers = NodeSet.of(Arrays.copyOf(transitional, count));
    wrappedSeen.clear();
    low = Math.max(lowest, context.regular.released());
    last = context.oldHighSeq;
    next = allReceived ? last + 1 : low + 1;
  }

  /** The commit token came back to its author while it is in RECOVERY: the new ring turns. */
  void commitTokenReturned(CommitTokenFrame token, long now) {
    if (!context.isRepresentative()
        || context.originatedOrfToken
        || !context.isRing(token.ringRepresentative, token.ringSequence)
        || token.memberIndex != token.members()) {
      return;
    }
    context.originatedOrfToken = true;
    firstToken.begin(context.self, context.ringSequence, context.firstSeq);
    setRetransmitFlag = !isEmpty();
    firstToken.retransmitFlag = setRetransmitFlag ? 1 : 0;
    int length = firstToken.write(context.storedToken(), 0);
    context.storeToken(length, context.nextMember());
    context.startTokenTimers(now);
    context.sendStoredToken();
  }

  /** A wrapped message was received. */
  void sawWrapped(byte[] frame, int offset, int length) {
    if (wrapped.read(frame, offset, length)
        && wrapped.ringRepresentative == context.oldRepresentative
        && wrapped.ringSequence == context.oldSequence) {
      int index = wrapped.seq - low;
      if (index > 0 && index <= SortQueue.WINDOW) {
        wrappedSeen.set(index);
      }
    }
  }

  /** Whether nothing is left to be sent again. */
  boolean isEmpty() {
    while (next - last <= 0 && (!context.regular.has(next) || wrappedSeen.get(next - low))) {
      next++;
    }
    return next - last > 0;
  }

  /** How many messages may be left to be sent again. */
  int backlog() {
    return isEmpty() ? 0 : last - next + 1;
  }

  /** The next old message to be sent again; only when there is one. */
  StoredFrame take() {
    StoredFrame frame = context.regular.get(next);
    next++;
    if (frame == null) {
      throw new Defect("no message to recover");
    }
    context.events.count(RingEvent.MESSAGES_RECOVERED);
    return frame;
  }

  /** This member's part of a token visit in RECOVERY. */
  void tokenVisit(OrfToken token, long now) {
    if (!isEmpty()) {
      if (token.retransmitFlag == 0) {
        token.retransmitFlag = 1;
        setRetransmitFlag = true;
      }
    } else if (token.retransmitFlag != 0 && setRetransmitFlag) {
      token.retransmitFlag = 0;
      setRetransmitFlag = false;
    }
    quietRotations = token.retransmitFlag == 0 ? quietRotations + 1 : 0;
    if (quietRotations == ROTATIONS_WITHOUT_RETRANSMITS) {
      installSeq = token.seq;
    }
    boolean complete =
        quietRotations > ROTATIONS_WITHOUT_RETRANSMITS
            && Sequences.lessOrEqual(installSeq, token.aru);
    completeRotations = complete ? completeRotations + 1 : 0;
    if (completeRotations == ROTATIONS_TO_OPERATIONAL) {
      enterOperational(now);
    }
  }

  private void enterOperational(long now) {
    context.originatedOrfToken = false;
    context.consensus = NodeSet.EMPTY;
    int oldHigh = unwrap();
    delivery.deliverOld(oldHigh);
    NodeSet left = context.members.minus(context.transitionalMembers);
    NodeSet joined = context.newMembers.minus(context.transitionalMembers);
    for (int at = 0; at < left.size(); at++) {
      context.parted.put(left.get(at), context.tokenSeen);
    }
    context.members = context.newMembers;
    context.upcalls.transitionalConfiguration(
        context.ringRepresentative, context.ringSequence, context.transitionalMembers, left);
    context.waitingForSynchronisation = true;
    delivery.deliverOldAfterHoles(oldHigh, context.transitionalMembers);
    SortQueue old = context.regular;
    context.regular = context.recovery;
    context.recovery = old;
    old.clear(context.firstSeq);
    context.highDelivered = context.firstSeq;
    context.lastAru = context.firstSeq;
    context.processors = context.newMembers;
    context.failed = NodeSet.EMPTY;
    context.oldSaved = false;
    context.state = TotemState.OPERATIONAL;
    context.events.count(RingEvent.RINGS_FORMED);
    context.transitions.formed(now);
    context.upcalls.regularConfiguration(
        context.ringRepresentative, context.ringSequence, context.members, joined);
  }

  /** Puts old messages that came wrapped into the old ring's queue; returns the highest number. */
  private int unwrap() {
    int high = context.oldHighSeq;
    for (int seq = context.firstSeq + 1; seq - context.aru <= 0; seq++) {
      StoredFrame outer = context.recovery.get(seq);
      if (outer == null || !wrapped.read(outer.bytes, 0, outer.length)) {
        continue;
      }
      int offset = wrapped.payloadOffset;
      int length = wrapped.payloadLength;
      if (wrapped.encapsulated == McastFrame.RECOVERED
          && wrapped.read(outer.bytes, offset, length)
          && wrapped.encapsulated == McastFrame.ORDINARY
          && wrapped.ringRepresentative == context.oldRepresentative
          && wrapped.ringSequence == context.oldSequence
          && context.regular.inWindow(wrapped.seq)
          && !context.regular.has(wrapped.seq)) {
        StoredFrame inner = context.pool.take(length);
        inner.set(outer.bytes, offset, length);
        context.regular.put(wrapped.seq, inner);
        high = wrapped.seq - high > 0 ? wrapped.seq : high;
      }
    }
    return high;
  }
}
