package org.ringward.core.quorum.qnetd;

import static org.ringward.core.quorum.qnetd.QnetdMessage.*;

import java.util.function.BiConsumer;
import org.ringward.core.base.Deadlines;
import org.ringward.core.config.DeviceSettings.Net.Tls;
import org.ringward.core.port.Journal.Level;
import org.ringward.core.port.Streams;
import org.ringward.core.quorum.witness.Side;

/**
 * A node's end of the talk with corosync-qnetd, algorithm ffsplit, without clock and sockets. Times
 * are monotonic nanoseconds of the node.
 *
 * <p>Corosync-qnetd votes for a ring until it says otherwise, and keeps nothing when it starts
 * again. So a node counts the vote for its own ring only, only while its questions are answered
 * ({@link QnetdSettings#leaseNanos}; what corosync-qnetd says against the ring comes before the
 * next answer), and on a new connection not before every vote that another life of corosync-qnetd
 * may have given has run out, unless all nodes are in the ring.
 */
final class QnetdClient {
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long RETRY_FIRST_MILLIS = 100;
  private static final long RETRY_MOST_MILLIS = 5000;
  private static final int ALGORITHM_FFSPLIT = 1;
  private static final int NO_REPLY = -1;

  private enum State {
    WAITING,
    CONNECTING,
    GREETING,
    SECURING,
    BEGINNING,
    CONNECTED
  }

  private enum Timer {
    RETRY,
    CONNECT,
    ECHO,
    VOTE_BEGINS,
    VOTE_ENDS,
    REPLY
  }

  /** What it has said of this ring. */
  private enum Vote {
    NONE,
    FOR,
    AGAINST
  }

  private final QnetdSettings settings;
  private final Streams streams;
  private final BiConsumer<Level, String> log;
  private final Deadlines<Timer> deadlines = new Deadlines<>(Timer.class);
  private QnetdStream stream = new QnetdStream();
  private State state = State.WAITING;
  private boolean running;
  private long connection;
  private long retryMillis = RETRY_FIRST_MILLIS;
  private String trouble = "";
  private Side side = Side.NONE;
  private boolean quorate;
  private boolean quorateTold;
  private Vote vote = Vote.NONE;
  private int sequence;
  private int echo;
  private boolean echoIsOpen;

  /** When the question was sent that is answered last or is still open. */
  private long askedAt;

  private long leaseUntil = Long.MIN_VALUE;
  private long holdUntil = Long.MIN_VALUE;
  private long clockDifference = Long.MIN_VALUE;

  /** The number of the vote info that is to be answered, {@link #NO_REPLY} for none. */
  private int owedReply = NO_REPLY;

  QnetdClient(QnetdSettings settings, Streams streams, BiConsumer<Level, String> log) {
    this.settings = settings;
    this.streams = streams;
    this.log = log;
  }

  // ---- the node ----

  void start(long now) {
    running = true;
    deadlines.set(Timer.RETRY, now);
  }

  /** The node is in another ring: the vote for the one before is gone at once. */
  void ring(Side changed, long now) {
    if (changed.equals(side)) {
      return;
    }
    boolean first = side.isNone();
    side = changed;
    forget();
    reply();
    if (state == State.CONNECTED) {
      sendMembers();
    } else if (first && running && state == State.WAITING) {
      deadlines.set(Timer.RETRY, now);
    }
  }

  private void forget() {
    vote = Vote.NONE;
    quorateTold = false;
    deadlines.stop(Timer.VOTE_BEGINS);
    deadlines.stop(Timer.VOTE_ENDS);
  }

  /** Whether the ring of this node is quorate. */
  void quorate(boolean is) {
    boolean news = !quorateTold || is != quorate;
    quorate = is;
    if (news && state == State.CONNECTED) {
      sendQuorate();
    }
  }

  /** The node ends orderly; with its connection it gives its part of the vote back. */
  void leave() {
    forget();
    running = false;
    deadlines.stopAll();
    if (state != State.WAITING) {
      streams.close(connection);
      state = State.WAITING;
    }
  }

  /** Runs what is due. */
  void turn(long now, long wallMillis) {
    watchClock(now, wallMillis);
    for (Timer due = deadlines.takeDue(now); due != null; due = deadlines.takeDue(now)) {
      switch (due) {
        case RETRY -> connect(now);
        case CONNECT -> lost("no connection within %d ms".formatted(settings.connectMillis()), now);
        case ECHO -> beat(now);
        case VOTE_BEGINS -> {}
        case VOTE_ENDS -> expired(now);
        case REPLY -> reply();
      }
    }
  }

  /** A machine that was suspended does not know how old the vote is. */
  private void watchClock(long now, long wallMillis) {
    long difference = wallMillis - now / NANOS_PER_MILLI;
    long jump = difference - clockDifference;
    boolean known = clockDifference != Long.MIN_VALUE;
    clockDifference = difference;
    if (known && jump > Math.max(200, settings.timeoutMillis() / 10) && state == State.CONNECTED) {
      lost("the clock jumped by %d ms, so the vote may be too old".formatted(jump), now);
    }
  }

  /** When {@link #turn} is needed next, Long.MAX_VALUE for never. */
  long nextDeadline() {
    return deadlines.next();
  }

  // ---- the connection ----

  private void connect(long now) {
    if (!running || side.isNone() || state != State.WAITING) {
      return;
    }
    connection++;
    state = State.CONNECTING;
    stream = new QnetdStream();
    sequence = 0;
    echo = 0;
    deadlines.set(Timer.CONNECT, now + settings.connectMillis() * NANOS_PER_MILLI);
    streams.open(connection);
  }

  void opened(long which) {
    if (which == connection && state == State.CONNECTING) {
      state = State.GREETING;
      send(request(PREINIT).text(CLUSTER, settings.cluster()));
    }
  }

  void secured(long which, long now) {
    if (which == connection && state == State.SECURING) {
      begin(now);
    }
  }

  void closed(long which, String why, long now) {
    if (which == connection && state != State.WAITING) {
      lost(why, now);
    }
  }

  private void lost(String why, long now) {
    if (state == State.CONNECTED || !why.equals(trouble)) {
      log.accept(Level.WARNING, "corosync-qnetd is not reached: " + why);
    }
    trouble = why;
    forget();
    owedReply = NO_REPLY;
    leaseUntil = Long.MIN_VALUE;
    state = State.WAITING;
    streams.close(connection);
    deadlines.stopAll();
    // Nodes that lost it together do not come back in the same moment.
    long apart = retryMillis * (settings.node() % 8) / 32;
    deadlines.set(Timer.RETRY, now + (retryMillis + apart) * NANOS_PER_MILLI);
    retryMillis = Math.min(RETRY_MOST_MILLIS, 2 * retryMillis);
  }

  private Builder request(int type) {
    return QnetdMessage.of(type).uint32(SEQUENCE, ++sequence);
  }

  private void send(Builder message) {
    streams.send(connection, message.build().encode());
  }

  private void greeted(QnetdMessage reply, long now) {
    int offers = reply.uint8(TLS);
    boolean wants = settings.tls() != Tls.OFF;
    if (offers < 0) {
      lost("it does not say whether it speaks TLS", now);
    } else if (offers == 0 && settings.tls() == Tls.REQUIRED) {
      lost("it does not speak TLS, and quorum.device.net.tls is required", now);
    } else if (offers > 1 && !wants) {
      lost("it requires TLS, and quorum.device.net.tls is off", now);
    } else if (offers > 0 && wants) {
      startTls(now);
    } else {
      begin(now);
    }
  }

  private void startTls(long now) {
    if (!stream.isEmpty()) {
      lost("it said more before TLS than it was asked", now);
      return;
    }
    state = State.SECURING;
    send(request(START_TLS));
    streams.startTls(connection);
  }

  private void begin(long now) {
    state = State.BEGINNING;
    askedAt = now;
    send(
        request(INIT)
            .upTo(MESSAGES, TYPES)
            .upTo(OPTIONS, OPTION_COUNT)
            .uint32(NODE, settings.node())
            .uint16(ALGORITHM, ALGORITHM_FFSPLIT)
            .uint32(HEARTBEAT, settings.heartbeatMillis())
            .tieBreaker(settings.tieBreaker())
            .ring(side.representative(), side.sequence()));
  }

  private void begun(QnetdMessage reply, long now) {
    int error = reply.uint16(ERROR);
    if (error != 0) {
      lost(QnetdError.sentence(error), now);
    } else if (!reply.lists(ALGORITHMS, ALGORITHM_FFSPLIT)) {
      lost("it does not have the algorithm ffsplit", now);
    } else {
      state = State.CONNECTED;
      trouble = "";
      retryMillis = RETRY_FIRST_MILLIS;
      deadlines.stop(Timer.CONNECT);
      echoIsOpen = false;
      holdUntil = now + settings.leaseNanos();
      renewed();
      log.accept(Level.NOTICE, "connected with corosync-qnetd");
      send(request(SET_OPTION).uint8(KEEP_ACTIVE, settings.keepActive() ? 1 : 0));
      send(request(NODE_LIST).uint8(LIST_KIND, 0).nodes(settings.nodes()));
      sendMembers();
      deadlines.set(Timer.ECHO, now + settings.echoNanos());
    }
  }

  // ---- what is said ----

  private void sendMembers() {
    send(
        request(NODE_LIST)
            .uint8(LIST_KIND, 2)
            .ring(side.representative(), side.sequence())
            .nodes(side.members()));
  }

  private void sendQuorate() {
    quorateTold = true;
    Builder list = request(NODE_LIST).uint8(LIST_KIND, 3).uint8(QUORATE, quorate ? 1 : 0);
    settings.nodes().stream().forEach(node -> list.node(node, side.members().contains(node)));
    send(list);
  }

  private void beat(long now) {
    long silent = now - askedAt;
    if (!echoIsOpen) {
      echoIsOpen = true;
      askedAt = now;
      send(QnetdMessage.of(ECHO).uint32(SEQUENCE, ++echo));
    } else if (silent >= settings.heartbeatMillis() * NANOS_PER_MILLI) {
      lost("no answer for %d ms".formatted(silent / NANOS_PER_MILLI), now);
      return;
    }
    deadlines.set(Timer.ECHO, now + settings.echoNanos());
  }

  // ---- what is heard ----

  void received(long which, byte[] bytes, int length, long now) {
    if (which != connection || state == State.WAITING) {
      return;
    }
    QnetdStream from = stream;
    from.put(bytes, length);
    for (QnetdMessage next = from.take();
        next != null && from == stream && state != State.WAITING;
        next = from.take()) {
      message(next, now);
    }
    if (from == stream && from.isBroken() && state != State.WAITING) {
      foreign(now);
    }
  }

  private void foreign(long now) {
    lost("what answers there does not speak corosync-qnetd's protocol", now);
  }

  private void message(QnetdMessage message, long now) {
    if (message.type() == SERVER_ERROR) {
      lost(QnetdError.sentence(message.uint16(ERROR)), now);
    } else if (state == State.GREETING && message.type() == PREINIT_REPLY) {
      greeted(message, now);
    } else if (state == State.BEGINNING && message.type() == INIT_REPLY) {
      begun(message, now);
    } else if (state == State.CONNECTED) {
      heard(message, now);
    } else {
      foreign(now);
    }
  }

  private void heard(QnetdMessage message, long now) {
    switch (message.type()) {
      case ECHO_REPLY -> echoed(message, now);
      case NODE_LIST_REPLY -> vote(message);
      case VOTE_INFO -> {
        boolean counted = castsVote(now);
        vote(message);
        owedReply = (int) message.uint32(SEQUENCE);
        if (counted && !castsVote(now)) {
          // Other members count what this node told them, until the ring has brought them the news.
          deadlines.set(Timer.REPLY, now + settings.leaseNanos());
        } else {
          reply();
        }
      }
      case SET_OPTION_REPLY -> {}
      default -> foreign(now);
    }
  }

  private void echoed(QnetdMessage message, long now) {
    if (echoIsOpen && message.uint32(SEQUENCE) == Integer.toUnsignedLong(echo)) {
      echoIsOpen = false;
      renewed();
      schedule(now);
    }
  }

  /** What counts now counts until so long after the question. */
  private void renewed() {
    leaseUntil = askedAt + settings.leaseNanos() / 100 * 99;
  }

  /** From now on the vote may go to another side. */
  private void reply() {
    deadlines.stop(Timer.REPLY);
    if (owedReply != NO_REPLY && state == State.CONNECTED) {
      send(QnetdMessage.of(VOTE_INFO_REPLY).uint32(SEQUENCE, owedReply));
    }
    owedReply = NO_REPLY;
  }

  /** "Ask later" is said to lists that are not about a ring; the vote follows without asking. */
  private void vote(QnetdMessage message) {
    if (!message.isOfRing(side.representative(), side.sequence())) {
      return;
    }
    Vote before = vote;
    switch (message.uint8(VOTE)) {
      case 1 -> vote = Vote.FOR;
      case 2 -> vote = Vote.AGAINST;
      default -> {}
    }
    if (vote != before) {
      String word = vote == Vote.FOR ? "for" : "against";
      log.accept(Level.NOTICE, "corosync-qnetd votes %s nodes %s".formatted(word, side.members()));
      schedule(Long.MIN_VALUE);
    }
  }

  private void schedule(long now) {
    deadlines.stop(Timer.VOTE_BEGINS);
    deadlines.stop(Timer.VOTE_ENDS);
    if (vote == Vote.FOR) {
      deadlines.set(Timer.VOTE_ENDS, leaseUntil);
      if (now < holdUntil && !isWhole()) {
        deadlines.set(Timer.VOTE_BEGINS, holdUntil);
      }
    }
  }

  private void expired(long now) {
    if (vote == Vote.FOR && now >= leaseUntil) {
      log.accept(
          Level.WARNING, "the vote of corosync-qnetd does not count: it was silent for too long");
    }
  }

  // ---- the vote ----

  /** No node is outside, so none can count a vote for another ring. */
  private boolean isWhole() {
    return side.members().containsAll(settings.nodes());
  }

  /** Whether the vote counts for the ring of this node now. */
  boolean castsVote(long now) {
    return vote == Vote.FOR && now < leaseUntil && (now >= holdUntil || isWhole());
  }

  /** Whether it is connected and answers. */
  boolean isAlive(long now) {
    return state == State.CONNECTED && now < leaseUntil;
  }

  /** Whether there is nothing to wait for. */
  boolean hasAnswered(long now) {
    return vote == Vote.AGAINST || castsVote(now) || !isAlive(now);
  }

  /** How it stands with corosync-qnetd, a sentence. */
  String sentence(long now) {
    if (!trouble.isEmpty()) {
      return "corosync-qnetd is not reached: " + trouble;
    }
    if (state != State.CONNECTED) {
      return "corosync-qnetd was not reached yet";
    }
    return switch (vote) {
      case NONE -> "corosync-qnetd has not voted about this ring yet";
      case AGAINST -> "corosync-qnetd votes against this ring";
      case FOR ->
          now < holdUntil && !isWhole()
              ? "corosync-qnetd votes for this ring; that counts in %d ms, as it may have started"
                      .formatted((holdUntil - now) / NANOS_PER_MILLI)
                  + " again and forgotten another side"
              : "corosync-qnetd votes for this ring; if it dies now, the vote is gone at once, if"
                  + " it falls silent, after %d ms"
                      .formatted(Math.max(0, leaseUntil - now) / NANOS_PER_MILLI);
    };
  }
}
