package org.ringward.core.totem;

import org.ringward.core.base.NodeSet;
import org.ringward.core.wire.CommitTokenFrame;
import org.ringward.core.wire.CommitTokenFrame.MemberEntry;

/**
 * The commit token's first lap collects where each member stands in its old ring; with the second
 * each member goes into RECOVERY (reference/totem-srp.md, section 8.4).
 */
final class Commit {
  /** What Corosync adds to the highest known ring sequence for a new ring. */
  private static final int RING_SEQUENCE_STEP = 4;

  private final RingContext context;

  Commit(RingContext context) {
    this.context = context;
  }

  /** As the representative of the members agreed on. */
  void begin(NodeSet members, long now) {
    long sequence = context.knownRingSequence + RING_SEQUENCE_STEP;
    enter(CommitTokenFrame.begin(context.self, sequence, members), now);
  }

  /** A commit token while this node is in GATHER or COMMIT. */
  void received(CommitTokenFrame token, NodeSet alive, long now) {
    if (context.state == TotemState.GATHER) {
      if (token.memberSet().equals(alive)
          && token.ringSequence > context.ringSequence
          && token.memberIndex < token.members()
          && token.member(token.memberIndex) == context.self) {
        enter(token, now);
      }
    } else if (context.state == TotemState.COMMIT
        && context.isRing(token.ringRepresentative, token.ringSequence)
        && token.memberSet().equals(context.newMembers)
        && token.memberIndex == token.members()) {
      context.transitions.enterRecovery(token, now);
    }
  }

  private void enter(CommitTokenFrame token, long now) {
    saveOldState();
    context.newMembers = token.memberSet();
    fillIn(token);
    context.timers.stopAll();
    context.ringRepresentative = token.ringRepresentative;
    context.ringSequence = token.ringSequence;
    context.knownRingSequence = token.ringSequence;
    context.ringIds.store(token.ringSequence);
    context.state = TotemState.COMMIT;
    send(context, token, token.member(token.memberIndex % token.members()), now);
  }

  private void saveOldState() {
    if (!context.oldSaved) {
      context.oldSaved = true;
      context.oldRepresentative = context.ringRepresentative;
      context.oldSequence = context.ringSequence;
      context.oldAru = context.aru;
      context.oldHighSeq = context.highSeqReceived;
    }
  }

  /**
   * Fills in this member's entry. Of those from the same old ring who have said so far, whoever has
   * less than the best has not received all.
   */
  private void fillIn(CommitTokenFrame token) {
    int self = token.memberIndex;
    token.entry(
        self,
        new MemberEntry(
            context.oldRepresentative,
            context.oldSequence,
            context.oldAru,
            context.highDelivered,
            context.oldAru == context.oldHighSeq));
    int best = context.oldAru;
    for (int i = 0; i < self; i++) {
      MemberEntry entry = token.entry(i);
      if (isFromOldRing(entry) && Sequences.less(best, entry.aru())) {
        best = entry.aru();
      }
    }
    for (int i = 0; i <= self; i++) {
      MemberEntry entry = token.entry(i);
      if (isFromOldRing(entry) && Sequences.less(entry.aru(), best)) {
        token.entry(i, notReceived(entry));
      }
    }
    token.memberIndex++;
  }

  private boolean isFromOldRing(MemberEntry entry) {
    return entry.isFrom(context.oldRepresentative, context.oldSequence);
  }

  private static MemberEntry notReceived(MemberEntry entry) {
    return new MemberEntry(
        entry.oldRepresentative(), entry.oldSequence(), entry.aru(), entry.highDelivered(), false);
  }

  /** Sends a commit token on, and keeps it to send it again. */
  static void send(RingContext context, CommitTokenFrame token, int target, long now) {
    token.tokenSeq++;
    token.nodeId = context.self;
    context.storeToken(token.write(context.storedToken(), 0), target);
    context.startTokenTimers(now);
    context.sendStoredToken();
  }
}
