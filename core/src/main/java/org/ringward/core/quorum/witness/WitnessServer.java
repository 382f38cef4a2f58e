package org.ringward.core.quorum.witness;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.Deadlines;
import org.ringward.core.base.Defect;
import org.ringward.core.port.Journal.Level;
import org.ringward.core.wire.WitnessCodec;
import org.ringward.core.wire.WitnessMessage;
import org.ringward.core.wire.WitnessMessage.Enrol;
import org.ringward.core.wire.WitnessMessage.Enrolled;
import org.ringward.core.wire.WitnessMessage.Hello;
import org.ringward.core.wire.WitnessMessage.Refused;
import org.ringward.core.wire.WitnessMessage.Relay;
import org.ringward.core.wire.WitnessMessage.Relayed;
import org.ringward.core.wire.WitnessMessage.Report;
import org.ringward.core.wire.WitnessMessage.Welcome;
import org.ringward.core.wire.WitnessStream;

/**
 * A network witness for many clusters, without clock, sockets and files; turned by one thread.
 * Times are monotonic nanoseconds.
 *
 * <p>Whoever connects has shown by a certificate which node of which cluster it is, or has none and
 * may only enrol. Everything it sends may be hostile all the same: it is understood, or the
 * connection is closed with a sentence that names what was wrong.
 */
public final class WitnessServer {
  /** The shortest and the longest time that a vote may be valid, milliseconds. */
  public static final int TIMEOUT_LEAST = 500;

  public static final int TIMEOUT_MOST = 120_000;

  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long GREETING_NANOS = 10_000 * NANOS_PER_MILLI;

  /** Sessions at most; two for each node of a large cluster while it reconnects. */
  private static final int SESSIONS_PER_CLUSTER = 2 * WitnessMessage.NODES_MOST;

  private final String name;
  private final int sessionsMost;
  private final WitnessOutlet outlet;
  private final TreeMap<Long, Session> sessions = new TreeMap<>();
  private final TreeMap<String, ClusterVotes> clusters = new TreeMap<>();

  /** The last refusals by who was refused, so that operators see them. */
  private final Map<String, String> refusals = new LinkedHashMap<>();

  /** Who has connected, by its certificate. */
  public record Identity(String cluster, int node) {}

  /** A connection. */
  private static final class Session {
    final @Nullable Identity identity;
    final String address;
    final WitnessStream stream = new WitnessStream();
    final Allowance relays = new Allowance(64, 200);
    boolean greeted;
    long silentAt;
    long timeoutNanos = GREETING_NANOS;

    Session(@Nullable Identity identity, String address, long now) {
      this.identity = identity;
      this.address = address;
      this.silentAt = now + GREETING_NANOS;
    }

    String who() {
      return identity == null
          ? address
          : "node %d of cluster %s (%s)".formatted(identity.node(), identity.cluster(), address);
    }
  }

  /**
   * @param name of this witness, for the eyes of operators
   * @param sessionsMost connections at most
   */
  public WitnessServer(String name, int sessionsMost, WitnessOutlet outlet) {
    this.name = name;
    this.sessionsMost = sessionsMost;
    this.outlet = outlet;
  }

  /**
   * A cluster that this witness serves.
   *
   * @param kept what {@link WitnessOutlet#keep} was given last for it, null for nothing
   */
  public void serve(String cluster, byte @Nullable [] kept, long now) {
    clusters.computeIfAbsent(
        cluster, each -> new ClusterVotes(kept, TIMEOUT_MOST, now, new Votes(each)));
  }

  public boolean serves(String cluster) {
    return clusters.containsKey(cluster);
  }

  /** What one cluster's votes want done. */
  private final class Votes implements ClusterVotes.Outlet {
    private final String cluster;

    Votes(String cluster) {
      this.cluster = cluster;
    }

    @Override
    public void send(long session, WitnessMessage message) {
      outlet.send(session, WitnessCodec.encode(message));
    }

    @Override
    public void keep(byte[] content) {
      outlet.keep(cluster, content);
    }
  }

  // ---- inputs ----

  /**
   * Somebody has connected.
   *
   * @param session number of the connection, positive, never used before
   * @param identity who by certificate, null without one
   */
  public void connected(long session, @Nullable Identity identity, String address, long now) {
    Session opened = new Session(identity, address, now);
    sessions.put(session, opened);
    if (sessions.size() > sessionsMost) {
      refuse(session, opened, "%d connections are open, which is the most".formatted(sessionsMost));
    } else if (identity != null && !clusters.containsKey(identity.cluster())) {
      refuse(
          session,
          opened,
          "cluster \"%s\" is not known here; a token has to be made for it"
              .formatted(identity.cluster()));
    } else if (identity != null && count(identity.cluster()) > SESSIONS_PER_CLUSTER) {
      refuse(session, opened, "cluster %s has too many connections".formatted(identity.cluster()));
    }
  }

  private long count(String cluster) {
    return sessions.values().stream()
        .filter(session -> session.identity != null && session.identity.cluster().equals(cluster))
        .count();
  }

  /** Bytes from a connection. */
  public void received(long session, byte[] bytes, int offset, int length, long now) {
    Session from = sessions.get(session);
    if (from == null) {
      return;
    }
    from.stream.put(bytes, offset, length);
    for (byte[] frame = from.stream.take(); frame != null; frame = from.stream.take()) {
      String wrong = frame(session, from, frame, now);
      if (wrong != null) {
        refuse(session, from, wrong);
        return;
      }
    }
    if (from.stream.isBroken()) {
      refuse(session, from, "what it sends is not the witness protocol");
    }
  }

  /** A connection is gone. */
  public void disconnected(long session, long now) {
    Session gone = sessions.remove(session);
    if (gone != null && gone.identity != null && gone.greeted) {
      votes(gone.identity).gone(gone.identity.node(), session);
    }
  }

  /** What {@link WitnessOutlet#keep} was given is durable; error is null then. */
  public void stored(String cluster, @Nullable String error, long now) {
    ClusterVotes votes = clusters.get(cluster);
    if (votes == null) {
      return;
    }
    if (error != null) {
      outlet.log(
          Level.ERROR,
          "cluster %s gets no new vote: it cannot be written down: %s".formatted(cluster, error));
    }
    votes.stored(error == null, now);
  }

  /** A certificate was made. */
  public void enrolled(long session, List<byte[]> certificates) {
    outlet.send(session, WitnessCodec.encode(new Enrolled(certificates)));
    end(session);
  }

  /** The one behind a connection gets nothing here, as a sentence says. */
  public void refuse(long session, String reason) {
    Session from = sessions.get(session);
    if (from != null) {
      refuse(session, from, reason);
    }
  }

  /** Somebody was turned away before there was a connection to speak of. */
  public void turnedAway(String address, String reason) {
    note(address, reason);
  }

  // ---- messages ----

  /** Null, or why the connection must be closed. */
  private @Nullable String frame(long session, Session from, byte[] frame, long now) {
    WitnessMessage message = WitnessCodec.decode(frame);
    Identity identity = from.identity;
    if (message instanceof Enrol enrol && identity == null && !from.greeted) {
      from.greeted = true;
      outlet.enrol(session, enrol);
      return null;
    }
    if (identity == null) {
      return "it has no certificate of this witness, and did not ask for one";
    }
    from.silentAt = now + from.timeoutNanos;
    return switch (message) {
      case Hello hello when !from.greeted -> greet(session, from, identity, hello, now);
      case Report report when from.greeted ->
          votes(identity).reported(identity.node(), report, now)
              ? null
              : "its report contradicts what it said before";
      case Relay relay when from.greeted -> {
        relay(from, identity, relay, now);
        yield null;
      }
      case null, default ->
          "a message of type %d with %d bytes has no meaning here"
              .formatted(frame.length == 0 ? 0 : frame[0] & 0xFF, frame.length);
    };
  }

  private ClusterVotes votes(Identity identity) {
    ClusterVotes votes = clusters.get(identity.cluster());
    if (votes == null) {
      throw new Defect("a session of an unknown cluster");
    }
    return votes;
  }

  private @Nullable String greet(
      long session, Session from, Identity identity, Hello hello, long now) {
    String wrong = contradiction(identity, hello);
    if (wrong != null) {
      return wrong;
    }
    if (!votes(identity).hasRoomFor(hello.node())) {
      return "the cluster has %d nodes already".formatted(WitnessMessage.NODES_MOST);
    }
    from.greeted = true;
    from.timeoutNanos = hello.timeoutMillis() * NANOS_PER_MILLI;
    from.silentAt = now + from.timeoutNanos;
    outlet.send(session, WitnessCodec.encode(new Welcome(WitnessMessage.VERSION, name)));
    long before = votes(identity).greeted(session, hello, from.address, now);
    if (before != Seat.NO_SESSION && before != session) {
      end(before);
    }
    refusals.remove(from.who());
    return null;
  }

  private static @Nullable String contradiction(Identity identity, Hello hello) {
    if (hello.version() != WitnessMessage.VERSION) {
      return "it speaks version %d of the protocol, this witness %d"
          .formatted(hello.version(), WitnessMessage.VERSION);
    }
    if (!hello.cluster().equals(identity.cluster())) {
      return "it says that it is of cluster \"%s\", its certificate that of \"%s\""
          .formatted(printable(hello.cluster()), identity.cluster());
    }
    if (hello.node() != identity.node()) {
      return "it says that it is node %d, its certificate node %d"
          .formatted(hello.node(), identity.node());
    }
    if (hello.timeoutMillis() < TIMEOUT_LEAST || hello.timeoutMillis() > TIMEOUT_MOST) {
      return "its quorum.device.timeout is %d ms; this witness allows %d to %d"
          .formatted(hello.timeoutMillis(), TIMEOUT_LEAST, TIMEOUT_MOST);
    }
    boolean known =
        hello.algorithm() == WitnessRules.Algorithm.FFSPLIT.number()
            || hello.algorithm() == WitnessRules.Algorithm.LMS.number();
    if (!known || hello.tieBreaker() < WitnessRules.HIGHEST) {
      return "its algorithm %d or tie breaker %d is not known here"
          .formatted(hello.algorithm(), hello.tieBreaker());
    }
    return hello.nodes().contains(hello.node())
        ? null
        : "node %d is not among the nodes it names, %s".formatted(hello.node(), hello.nodes());
  }

  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }

  private void relay(Session from, Identity identity, Relay relay, long now) {
    ClusterVotes votes = votes(identity);
    byte[] bytes = WitnessCodec.encode(new Relayed(identity.node(), relay.frame()));
    long own = votes.session(identity.node());
    for (long target : relay.to() == 0 ? votes.sessions() : List.of(votes.session(relay.to()))) {
      if (target != own && target != Seat.NO_SESSION && from.relays.take(now)) {
        outlet.send(target, bytes);
      }
    }
  }

  // ---- ends ----

  private void refuse(long session, Session from, String reason) {
    note(from.who(), reason);
    outlet.send(session, WitnessCodec.encode(new Refused(reason)));
    end(session);
  }

  /** At its first sight and when it changes; a stranger who repeats itself fills no log. */
  private void note(String who, String reason) {
    if (reason.equals(refusals.remove(who))) {
      refusals.put(who, reason);
      return;
    }
    refusals.put(who, reason);
    if (refusals.size() > 32) {
      refusals.remove(refusals.keySet().iterator().next());
    }
    outlet.log(Level.WARNING, who + " is refused: " + reason);
  }

  private void end(long session) {
    Session gone = sessions.remove(session);
    if (gone != null && gone.identity != null && gone.greeted) {
      votes(gone.identity).gone(gone.identity.node(), session);
    }
    outlet.close(session);
  }

  // ---- time ----

  /** Runs what is due; also needed after other inputs. */
  public void turn(long now) {
    List<Long> silent = new ArrayList<>();
    sessions.forEach((number, session) -> {
      if (session.silentAt <= now) {
        silent.add(number);
      }
    });
    silent.forEach(this::end);
    clusters
        .values()
        .forEach(votes -> {
          if (votes.nextDeadline() <= now) {
            votes.turn(now);
          }
        });
  }

  /** When {@link #turn} is needed next, Long.MAX_VALUE for never. */
  public long nextDeadline() {
    long next = Deadlines.NONE;
    for (Session session : sessions.values()) {
      next = Math.min(next, session.silentAt);
    }
    for (ClusterVotes votes : clusters.values()) {
      next = Math.min(next, votes.nextDeadline());
    }
    return next;
  }

  /** What operators see. */
  public WitnessReport report(long now) {
    List<String> warnings = new ArrayList<>();
    refusals.forEach((who, reason) -> warnings.add(who + " is refused: " + reason));
    List<WitnessReport.Cluster> reports = new ArrayList<>();
    clusters.forEach((cluster, votes) -> reports.add(votes.report(cluster, now)));
    return new WitnessReport(name, sessions.size(), reports, warnings);
  }
}
