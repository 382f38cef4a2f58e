package org.ringward.core.quorum.witness;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.Deadlines;
import org.ringward.core.base.NodeSet;
import org.ringward.core.port.Journal.Level;
import org.ringward.core.port.Streams;
import org.ringward.core.wire.WitnessCodec;
import org.ringward.core.wire.WitnessMessage;
import org.ringward.core.wire.WitnessMessage.Answer;
import org.ringward.core.wire.WitnessMessage.Hello;
import org.ringward.core.wire.WitnessMessage.Refused;
import org.ringward.core.wire.WitnessMessage.Report;
import org.ringward.core.wire.WitnessMessage.Verdict;
import org.ringward.core.wire.WitnessMessage.Welcome;
import org.ringward.core.wire.WitnessStream;

/**
 * A node's end of the conversation with a network witness, without clock and sockets. Times are
 * monotonic nanoseconds of the node.
 *
 * <p>The node reports its ring at once when that changes and at every heartbeat. The vote is for
 * one ring: with the ring it is gone, before the node takes part in the next one. While the witness
 * cannot be reached the node counts the vote that it has until that runs out ({@link Lease}).
 */
public final class WitnessClient {
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long RETRY_FIRST_MILLIS = 100;
  private static final long RETRY_MOST_MILLIS = 5000;

  /** A refusal is about settings or certificates: somebody has to do something first. */
  private static final long RETRY_REFUSED_MILLIS = 5000;

  private enum State {
    WAITING,
    CONNECTING,
    GREETING,
    CONNECTED
  }

  private enum Timer {
    RETRY,
    CONNECT,
    HEARTBEAT
  }

  private WitnessSettings settings;
  private final Streams streams;
  private final WitnessListener listener;
  private final Deadlines<Timer> deadlines = new Deadlines<>(Timer.class);
  private final Lease lease = new Lease();
  private final byte[] relayRoom = new byte[WitnessCodec.RELAY_BYTES_MOST];
  private WitnessStream stream = stream();
  private State state = State.WAITING;
  private long connection;
  private long retryMillis = RETRY_FIRST_MILLIS;
  private boolean refused;
  private String trouble = "";
  private String witness = "";
  private Side side = Side.NONE;
  private boolean quorate;
  private long held = VoteRecord.KEEPS_NONE;
  private boolean givesBack;
  private int sequence;
  private int answered;

  /** Whether the witness was told that its answers about this ring arrive. */
  private boolean acknowledged;

  private long lastAnswer = Long.MIN_VALUE;
  private long roundTrip;
  private @Nullable Answer answer;
  private String reason = "";
  private NodeSet heard = NodeSet.EMPTY;
  private boolean counted;
  private boolean running;
  private long clockDifference = Long.MIN_VALUE;

  public WitnessClient(WitnessSettings settings, Streams streams, WitnessListener listener) {
    this.settings = settings;
    this.streams = streams;
    this.listener = listener;
  }

  /** Of heartbeats many may come at once, again and again. */
  private static WitnessStream stream() {
    return new WitnessStream(WitnessCodec.BYTES_MOST, 2 * WitnessCodec.BYTES_MOST);
  }

  // ---- the node ----

  /** Begins to look for the witness. */
  public void start(long now) {
    running = true;
    deadlines.set(Timer.RETRY, now);
  }

  /** The node is in another ring: the vote for the one before is gone at once. */
  public void ring(Side changed, long now) {
    if (changed.equals(side)) {
      return;
    }
    side = changed;
    answer = null;
    reason = "the witness has not answered yet";
    lease.countFrom(sequence + 1);
    counted = false;
    acknowledged = false;
    report(now);
  }

  /** Sequence of the cluster state of this node, as {@link VoteRecord} takes it. */
  public void holds(long primary, long now) {
    if (primary != held) {
      held = primary;
      report(now);
    }
  }

  /** Whether the node is quorate; the witness shows it to operators. */
  public void quorate(boolean changed) {
    quorate = changed;
  }

  /** Other settings: said on a new connection. */
  public void configure(WitnessSettings changed, long now) {
    if (!changed.equals(settings)) {
      settings = changed;
      disconnect();
      deadlines.set(Timer.RETRY, now);
    }
  }

  /** The node ends orderly and gives the vote back. */
  public void leave(long now) {
    lease.countFrom(sequence + 1);
    side = Side.NONE;
    givesBack = true;
    report(now);
    running = false;
    deadlines.stopAll();
    if (state != State.WAITING) {
      streams.close(connection);
      state = State.WAITING;
    }
  }

  /**
   * Whether the machine stood still while its clock did too (it was suspended) can be seen from the
   * time of day only. Then nobody knows how old the vote is.
   */
  private void watchClock(long now, long wallMillis) {
    long difference = wallMillis - now / NANOS_PER_MILLI;
    long jump = difference - clockDifference;
    boolean known = clockDifference != Long.MIN_VALUE;
    clockDifference = difference;
    if (known && jump > Math.max(200, settings.timeoutMillis() / 10) && lease.holds(now)) {
      listener.log(
          Level.WARNING,
          "the clock jumped by %d ms: the vote of the witness may be too old".formatted(jump));
      giveBack(now);
    }
  }

  private void giveBack(long now) {
    lease.countFrom(sequence + 1);
    answer = null;
    reason = "the vote was given back and is asked for again";
    givesBack = true;
    report(now);
  }

  /** Runs what is due. Call it before the vote is counted, and after other inputs. */
  public void turn(long now, long wallMillis) {
    watchClock(now, wallMillis);
    for (Timer due = deadlines.takeDue(now); due != null; due = deadlines.takeDue(now)) {
      switch (due) {
        case RETRY -> connect(now);
        case CONNECT -> lost("no connection within %d ms".formatted(settings.connectMillis()), now);
        case HEARTBEAT -> beat(now);
      }
    }
    boolean counts = lease.holds(now);
    if (counted && !counts) {
      answer = null;
      reason = "the vote has run out: the witness was silent for too long";
      listener.log(Level.WARNING, "the vote of the witness has run out");
    }
    counted = counts;
  }

  /** When {@link #turn} is needed next, Long.MAX_VALUE for never. */
  public long nextDeadline() {
    return Math.min(deadlines.next(), counted ? lease.until() : Deadlines.NONE);
  }

  // ---- the connection ----

  private void connect(long now) {
    if (!running || state != State.WAITING) {
      return;
    }
    connection++;
    state = State.CONNECTING;
    stream = stream();
    sequence = 0;
    answered = 0;
    acknowledged = false;
    lease.reconnected();
    deadlines.set(Timer.CONNECT, now + settings.connectMillis() * NANOS_PER_MILLI);
    streams.open(connection);
  }

  /** The connection is open. */
  public void opened(long which) {
    if (which == connection && state == State.CONNECTING) {
      streams.startTls(which);
    }
  }

  /** The connection speaks TLS, and both sides have shown their certificates. */
  public void secured(long which) {
    if (which == connection && state == State.CONNECTING) {
      state = State.GREETING;
      WitnessRules rules = settings.rules();
      send(
          new Hello(
              WitnessMessage.VERSION,
              settings.cluster(),
              settings.node(),
              settings.incarnation(),
              rules.algorithm().number(),
              rules.tieBreaker(),
              rules.keepActive(),
              settings.timeoutMillis(),
              settings.configVersion(),
              settings.nodes()));
    }
  }

  /** The connection is gone, as a sentence says. */
  public void closed(long which, String why, long now) {
    if (which == connection && state != State.WAITING) {
      lost(why, now);
    }
  }

  private void lost(String why, long now) {
    boolean news = state == State.CONNECTED || !why.equals(trouble);
    if (!refused) {
      trouble = why;
      if (news) {
        listener.log(Level.WARNING, "the witness is not reached: " + why);
      }
    }
    disconnect();
    long wait = refused ? RETRY_REFUSED_MILLIS : retryMillis;
    // Nodes that lost the witness together do not come back in the same moment.
    long apart = wait * (settings.node() % 8) / 32;
    deadlines.set(Timer.RETRY, now + (wait + apart) * NANOS_PER_MILLI);
    retryMillis = Math.min(RETRY_MOST_MILLIS, 2 * retryMillis);
    refused = false;
  }

  private void disconnect() {
    if (state != State.WAITING) {
      state = State.WAITING;
      streams.close(connection);
    }
    deadlines.stopAll();
  }

  // ---- reports ----

  private long heartbeatNanos() {
    return settings.timeoutMillis() * NANOS_PER_MILLI / 5;
  }

  private void beat(long now) {
    long silent = now - lease.unansweredSince(answered);
    if (silent > 0 && silent >= 3 * heartbeatNanos()) {
      lost("no answer for %d ms".formatted(silent / NANOS_PER_MILLI), now);
      return;
    }
    report(now);
  }

  private void report(long now) {
    if (state != State.CONNECTED) {
      return;
    }
    sequence++;
    lease.asked(sequence, now);
    send(
        new Report(
            sequence,
            answered,
            side.representative(),
            side.sequence(),
            quorate,
            givesBack,
            held,
            side.members()));
    givesBack = false;
    deadlines.set(Timer.HEARTBEAT, now + heartbeatNanos());
  }

  private void send(WitnessMessage message) {
    streams.send(connection, WitnessCodec.encode(message));
  }

  /** Passes a frame on to another node of the cluster, 0 for all; lost when not connected. */
  public void relay(int to, byte[] frame, int offset, int length) {
    if (state == State.CONNECTED) {
      int bytes = WitnessCodec.encodeRelay(to, frame, offset, length, relayRoom);
      streams.send(connection, relayRoom, 0, bytes);
    }
  }

  // ---- answers ----

  /** Bytes from the witness. */
  public void received(long which, byte[] bytes, int offset, int length, long now) {
    if (which != connection || state == State.WAITING) {
      return;
    }
    WitnessStream from = stream;
    from.put(bytes, offset, length);
    while (from == stream && from.next()) {
      take(from.bytes(), from.frameAt(), from.frameLength(), now);
    }
    if (from == stream && from.isBroken() && state != State.WAITING) {
      lost("what answers there does not speak the witness protocol", now);
    }
  }

  /** Frames of other nodes are by far the most, and nothing is made of them. */
  private void take(byte[] bytes, int at, int length, long now) {
    if (state == State.CONNECTED && WitnessCodec.isRelayed(bytes, at, length)) {
      int head = WitnessCodec.RELAY_HEAD;
      listener.relayed(WitnessCodec.relayedFrom(bytes, at), bytes, at + head, length - head);
    } else {
      message(WitnessCodec.decode(Arrays.copyOfRange(bytes, at, at + length)), now);
    }
  }

  private void message(@Nullable WitnessMessage message, long now) {
    switch (message) {
      case Welcome welcome when state == State.GREETING -> welcomed(welcome, now);
      case Verdict verdict when state == State.CONNECTED -> verdict(verdict, now);
      case Refused refusal when state != State.WAITING -> {
        refused = true;
        if (!trouble.equals(refusal.reason())) {
          listener.log(Level.ERROR, "the witness refuses this node: " + refusal.reason());
        }
        trouble = refusal.reason();
        lost(refusal.reason(), now);
      }
      case null, default -> {
        if (state != State.WAITING) {
          lost("what answers there does not speak the witness protocol", now);
        }
      }
    }
  }

  private void welcomed(Welcome welcome, long now) {
    state = State.CONNECTED;
    witness = welcome.witness();
    trouble = "";
    retryMillis = RETRY_FIRST_MILLIS;
    deadlines.stop(Timer.CONNECT);
    // What was answered on another connection is not repeated on this one.
    report(now);
    listener.log(Level.NOTICE, "connected with the witness " + witness);
  }

  private void verdict(Verdict verdict, long now) {
    long sentAt = lease.sentAt(verdict.sequence());
    if (verdict.sequence() > sequence || !lease.counts(verdict.sequence())) {
      return;
    }
    if (verdict.sequence() > answered) {
      answered = verdict.sequence();
      roundTrip = sentAt == Long.MIN_VALUE ? 0 : now - sentAt;
    }
    lastAnswer = now;
    heard = verdict.connected();
    answer = verdict.answer();
    reason = verdict.reason();
    switch (verdict.answer()) {
      case VOTE -> {
        lease.extend(sentAt, Math.min(verdict.leaseMillis(), settings.timeoutMillis()));
        counted = lease.holds(now);
      }
      case NO -> {
        if (lease.holds(now)) {
          lease.countFrom(sequence + 1);
          counted = false;
          givesBack = true;
          report(now);
        }
      }
      case WAIT -> acknowledge(now);
    }
  }

  /** The witness may wait for nothing but to hear that its answers arrive. */
  private void acknowledge(long now) {
    if (!acknowledged) {
      acknowledged = true;
      report(now);
    }
  }

  // ---- the vote ----

  /** Whether the vote counts for the ring of this node now. */
  public boolean castsVote(long now) {
    return lease.holds(now);
  }

  /** Whether the witness answered within the timeout. */
  public boolean isAlive(long now) {
    return lastAnswer != Long.MIN_VALUE
        && now - lastAnswer < settings.timeoutMillis() * NANOS_PER_MILLI;
  }

  /**
   * Whether the witness has said if the vote is for this ring. False while its answer is worth
   * waiting for.
   */
  public boolean hasAnswered(long now) {
    return answer == Answer.VOTE || answer == Answer.NO || !isAlive(now);
  }

  /** The nodes of the cluster that the witness hears. */
  NodeSet heard() {
    return heard;
  }

  /** What there is to see. */
  public WitnessView view(long now) {
    String word = answer == null ? "none" : answer.name().toLowerCase(Locale.ROOT);
    long left = lease.holds(now) ? (lease.until() - now) / NANOS_PER_MILLI : 0;
    return new WitnessView(
        witness,
        state.name().toLowerCase(Locale.ROOT),
        trouble,
        word,
        reason,
        left,
        roundTrip / NANOS_PER_MILLI,
        heard.stream().boxed().toList());
  }
}
