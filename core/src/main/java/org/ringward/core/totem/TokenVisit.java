package org.ringward.core.totem;

import org.ringward.core.wire.FrameHeader;
import org.ringward.core.wire.HoldCancelFrame;
import org.ringward.core.wire.McastFrame;
import org.ringward.core.wire.OrfToken;

/**
 * What a node does while it has the token (reference/totem-srp.md, sections 8.6, 10, 11): send
 * again what others miss, ask for what it misses itself, send what it has to say, say how far it
 * has everything, and pass the token on, or keep it a while when the ring is idle.
 *
 * <p>What differs from the reference: a token of another ring is dropped before it can touch the
 * idle counter; a token that comes twice releases nothing (it would count as two rotations, and a
 * message could be gone before all have it); a token that claims less than was seen or more than
 * can be is dropped; a token that carries requests is never held (Corosync's
 * cancel_token_hold_on_retransmit); the counts of a quiet token are set to what they must be; the
 * representative sends with the token it holds.
 */
final class TokenVisit {
  /** Corosync's window: a token that claims more than this beyond what is kept is forged. */
  private static final int PLAUSIBLE_AHEAD = 16384 + 1024;

  /** After so many rotations without a new message all counts on the token must be 0. */
  private static final int ROTATIONS_TO_QUIET = 6;

  private final RingContext context;
  private final Delivery delivery;
  private final Recovery recovery;
  private final PayloadSource application;
  private final PayloadSource synchronisation;
  private final FlowControl flow;
  private final ByteWindow window;

  /** Where a frame is put together before its length is known. */
  private final byte[] scratch;

  private final OrfToken token = new OrfToken();
  private final byte[] holdCancel = new byte[HoldCancelFrame.LENGTH];
  private int thisSeqno;

  /** Bytes that may still be sent at this visit. */
  private long bytesLeft;

  /** Bytes that may still be sent before the token. */
  private long bytesAhead;

  /** The first message of this visit that follows the token. */
  private int followingSeq;

  /** How many messages follow the token. */
  private int following;

  TokenVisit(
      RingContext context,
      Delivery delivery,
      Recovery recovery,
      PayloadSource application,
      PayloadSource synchronisation,
      int payloadMax) {
    this.context = context;
    this.delivery = delivery;
    this.recovery = recovery;
    this.application = application;
    this.synchronisation = synchronisation;
    this.flow = new FlowControl(context);
    this.window = new ByteWindow(context, payloadMax);
    this.scratch = new byte[FrameHeader.FRAME_MAX];
  }

  /** A new ring begins. */
  void reset() {
    flow.reset();
    window.reset();
    context.resends.reset();
  }

  /** A message of the ring came in, again or for the first time. */
  void sawMessage(int author, int length) {
    window.received(author, length);
  }

  /** A token of any content. */
  void received(byte[] frame, int offset, int length, long now) {
    if (!token.read(frame, offset, length)) {
      context.events.count(RingEvent.FRAMES_MALFORMED);
      return;
    }
    if (!context.isRing(token.ringRepresentative, token.ringSequence)) {
      context.events.count(RingEvent.TOKENS_FOREIGN);
      return;
    }
    if (context.tokenDiscard || !turning()) {
      context.transitions.heard(token.nodeId, now);
      return;
    }
    SortQueue queue = queue();
    int ahead = token.seq - queue.released();
    if (ahead < 0 || ahead > PLAUSIBLE_AHEAD || token.seq - context.highSeqReceived < 0) {
      context.events.count(RingEvent.TOKENS_IMPLAUSIBLE);
      return;
    }
    countIdleRotations(now);
    if (Sequences.lessOrEqual(token.tokenSeq, context.tokenSeq)) {
      context.events.count(RingEvent.TOKENS_DUPLICATE);
      return;
    }
    context.events.count(RingEvent.TOKENS_RECEIVED);
    if (context.state == TotemState.OPERATIONAL) {
      context.tokenSeen = now;
      release();
    }
    visit(queue, now);
  }

  private boolean turning() {
    return context.state == TotemState.OPERATIONAL || context.state == TotemState.RECOVERY;
  }

  private SortQueue queue() {
    return context.state == TotemState.RECOVERY ? context.recovery : context.regular;
  }

  private void countIdleRotations(long now) {
    if (token.seq == context.lastSeq) {
      if (context.isRepresentative() && !context.timers.isSet(RingTimer.MERGE_DETECT)) {
        context.startTimer(RingTimer.MERGE_DETECT, context.settings.merge(), now);
      }
      context.seqUnchanged++;
    } else {
      context.timers.stop(RingTimer.MERGE_DETECT);
      context.timers.stop(RingTimer.HOLD);
      context.seqUnchanged = 0;
    }
    context.lastSeq = token.seq;
    int limit = context.settings.seqnoUnchangedConst();
    context.tokenHeld =
        context.isRepresentative() ? context.seqUnchanged > limit : context.seqUnchanged >= limit;
  }

  private void release() {
    int all = Sequences.min(token.aru, Sequences.min(context.lastAru, context.highDelivered));
    if (all - context.highDelivered <= 0) {
      context.regular.releaseUpTo(all);
    }
  }

  private void visit(SortQueue queue, long now) {
    int previousAru = context.lastAru;
    context.lastAru = token.aru;
    context.resends.visited(now);
    healQuietToken();
    int allowed = flow.allowed(token, backlog());
    int requests = token.requests();
    bytesLeft = window.allowed();
    following = 0;
    int sentAgain = retransmit(queue, allowed);
    int sent = sentAgain;
    request(queue);
    bytesAhead = mayOvertake(requests) ? window.aheadOfToken(bytesLeft) : Long.MAX_VALUE;
    allowed -= sent;
    boolean operational = context.state == TotemState.OPERATIONAL;
    if (flow.hasRoom(queue, token, allowed, operational, context.pool.usedBytes())) {
      sent += originate(queue, allowed);
    }
    window.visited(requests);
    delivery.advanceAru(queue);
    flow.update(token, sent, backlog());
    if (!updateAru(previousAru, now)) {
      return;
    }
    context.tokenSeq = token.tokenSeq;
    token.tokenSeq++;
    if (context.state == TotemState.RECOVERY) {
      recovery.tokenVisit(token, now);
    }
    passOn(sentAgain, now);
    sendFollowing(queue);
    if (context.state == TotemState.OPERATIONAL) {
      delivery.deliver();
    }
  }

  /**
   * A token that was damaged or forged once could keep all nodes from sending, or from leaving
   * RECOVERY, as long as the ring lives, because everyone only adds and subtracts its own part.
   * When nothing has been sent for some rotations everyone's part is 0; then the representative
   * says so. Who still has something to recover sets the flag again.
   */
  private void healQuietToken() {
    if (context.isRepresentative() && context.seqUnchanged >= ROTATIONS_TO_QUIET) {
      token.flowControlCount = 0;
      token.backlog = 0;
      token.retransmitFlag = 0;
      flow.reset();
    }
  }

  private int backlog() {
    return context.state == TotemState.RECOVERY ? recovery.backlog() : source().backlog();
  }

  private PayloadSource source() {
    return context.waitingForSynchronisation ? synchronisation : application;
  }

  private int retransmit(SortQueue queue, int allowed) {
    int sent = 0;
    int index = 0;
    while (index < token.requests() && sent < allowed && bytesLeft > 0) {
      StoredFrame frame =
          token.requestIsOf(index, context.ringRepresentative, context.ringSequence)
              ? queue.get(token.requestSeq(index))
              : null;
      if (frame == null) {
        index++;
      } else {
        context.link.broadcast(frame.bytes, frame.length);
        bytesLeft -= frame.length;
        context.events.count(RingEvent.RETRANSMITS_SENT);
        token.removeRequest(index);
        sent++;
      }
    }
    return sent;
  }

  private void request(SortQueue queue) {
    int seq = context.aru;
    while (seq != token.seq && queue.inWindow(seq + 1)) {
      seq++;
      if (!queue.has(seq)
          && queue.countMiss(seq) >= context.settings.missCountConst()
          && token.requests() < OrfToken.REQUESTS_MAX
          && !token.isRequested(seq)) {
        token.request(seq);
        context.events.count(RingEvent.RETRANSMITS_REQUESTED);
      }
    }
  }

  private int originate(SortQueue queue, int allowed) {
    boolean recovering = context.state == TotemState.RECOVERY;
    int encapsulated = recovering ? McastFrame.RECOVERED : McastFrame.ORDINARY;
    int sent = 0;
    while (sent < allowed && bytesLeft > 0) {
      int payload = recovering ? fillRecovered() : fill();
      if (payload == 0) {
        break;
      }
      token.seq++;
      McastFrame.writeHeader(
          scratch,
          0,
          encapsulated,
          context.self,
          token.seq,
          ++thisSeqno,
          context.ringRepresentative,
          context.ringSequence);
      int length = McastFrame.HEADER_LENGTH + payload;
      StoredFrame frame = context.pool.take(length);
      frame.set(scratch, 0, length);
      queue.put(token.seq, frame);
      context.highSeqReceived = token.seq;
      if (bytesAhead > 0) {
        context.link.broadcast(frame.bytes, length);
      } else if (following++ == 0) {
        followingSeq = token.seq;
      }
      context.events.count(RingEvent.MESSAGES_SENT);
      bytesAhead -= length;
      bytesLeft -= length;
      sent++;
    }
    return sent;
  }

  /** Where messages are lost, sockets may be full: then nothing more is on its way than must be. */
  private boolean mayOvertake(int requests) {
    return context.state == TotemState.OPERATIONAL && requests == 0 && token.requests() == 0;
  }

  /**
   * What was given numbers before the token left is sent behind it: the next node has its turn
   * already, and no node waits while another one seals (Accelerated Ring, Babay and Amir 2016). To
   * every node, Corosync's too, it is as if the network had let the token overtake a message, which
   * is asked for only when it is still missing some visits later.
   */
  private void sendFollowing(SortQueue queue) {
    if (following == 0) {
      return;
    }
    context.link.flush();
    for (int count = 0; count < following; count++) {
      StoredFrame frame = queue.get(followingSeq + count);
      if (frame != null) {
        context.link.broadcast(frame.bytes, frame.length);
        context.events.count(RingEvent.MESSAGES_BEHIND_TOKEN);
      }
    }
    following = 0;
  }

  private int fill() {
    return source().fill(scratch, McastFrame.HEADER_LENGTH, window.payloadMax());
  }

  private int fillRecovered() {
    if (recovery.isEmpty()) {
      return 0;
    }
    StoredFrame old = recovery.take();
    System.arraycopy(old.bytes, 0, scratch, McastFrame.HEADER_LENGTH, old.length);
    return old.length;
  }

  /** False when this node cannot receive and has begun to look for a ring of its own. */
  private boolean updateAru(int previousAru, long now) {
    tellAru();
    context.aruUnchanged =
        token.aru == previousAru && token.aruNode != 0 ? context.aruUnchanged + 1 : 0;
    if (context.aruUnchanged > context.settings.failRecvConst() && token.aruNode == context.self) {
      context.failedToReceive = true;
      context.aruUnchanged = 0;
      context.failed = context.failed.with(context.self);
      context.transitions.enterGather(GatherReason.FAILED_TO_RECEIVE, now);
      return false;
    }
    return true;
  }

  private void tellAru() {
    if (Sequences.less(context.aru, token.aru)
        || token.aruNode == context.self
        || !context.newMembers.contains(token.aruNode)) {
      token.aru = context.aru;
      token.aruNode = token.aru == token.seq ? 0 : context.self;
    }
  }

  private void passOn(int sentAgain, long now) {
    boolean cancelled =
        token.requests() > 0 || (sentAgain > 0 && context.settings.cancelTokenHoldOnRetransmit());
    if (cancelled) {
      context.tokenHeld = false;
    }
    boolean keep = context.isRepresentative() && context.tokenHeld;
    token.nodeId = context.self;
    context.storeToken(token.write(context.storedToken(), 0), context.nextMember());
    context.startTokenTimers(now);
    if (keep) {
      context.startTimer(RingTimer.HOLD, context.times.hold(), now);
    } else {
      context.sendStoredToken();
    }
    if (keep || context.times.heartbeat() == 0) {
      context.timers.stop(RingTimer.HEARTBEAT);
    } else {
      context.startTimer(RingTimer.HEARTBEAT, context.times.heartbeat(), now);
    }
  }

  /** Something is to be sent: a held token must be let go. */
  void wake() {
    if (context.tokenHeld && context.state == TotemState.OPERATIONAL) {
      context.tokenHeld = false;
      context.seqUnchanged = 0;
      int length =
          new HoldCancelFrame(context.self, context.ringRepresentative, context.ringSequence)
              .write(holdCancel, 0);
      if (context.isRepresentative()) {
        context.link.sendToSelf(holdCancel, length);
      } else {
        context.link.broadcast(holdCancel, length);
      }
    }
  }

  /** A node of this ring asks for the held token. */
  void holdCancelled() {
    context.events.count(RingEvent.HOLDS_CANCELLED);
    context.seqUnchanged = 0;
    switch (context.state) {
      case OPERATIONAL -> {
        if (context.isRepresentative() && context.timers.isSet(RingTimer.HOLD)) {
          letGo();
        }
      }
      case GATHER -> {}
      case COMMIT, RECOVERY -> context.resendStoredToken();
    }
  }

  /** The representative lets a held token go, with what it has to say itself. */
  void letGo() {
    context.timers.stop(RingTimer.HOLD);
    if (backlog() > 0) {
      sendWithHeldToken();
    }
    context.sendStoredToken();
    delivery.deliver();
  }

  /**
   * The token has not left this node, so its visit is not over: messages need not wait for a whole
   * rotation, as they do in Corosync.
   */
  private void sendWithHeldToken() {
    SortQueue queue = context.regular;
    token.read(context.storedToken(), 0, context.storedTokenLength());
    int allowed = flow.allowed(token, backlog());
    bytesLeft = window.allowed();
    bytesAhead = Long.MAX_VALUE;
    int sent = 0;
    if (flow.hasRoom(queue, token, allowed, true, context.pool.usedBytes())) {
      sent = originate(queue, allowed);
    }
    delivery.advanceAru(queue);
    flow.update(token, sent, backlog());
    tellAru();
    context.storeToken(token.write(context.storedToken(), 0), context.nextMember());
  }
}
