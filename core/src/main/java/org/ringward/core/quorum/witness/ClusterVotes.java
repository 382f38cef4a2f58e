package org.ringward.core.quorum.witness;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.Deadlines;
import org.ringward.core.base.NodeSet;
import org.ringward.core.quorum.witness.WitnessRules.Candidate;
import org.ringward.core.quorum.witness.WitnessRules.Choice;
import org.ringward.core.wire.WitnessMessage;
import org.ringward.core.wire.WitnessMessage.Answer;
import org.ringward.core.wire.WitnessMessage.Hello;
import org.ringward.core.wire.WitnessMessage.Report;
import org.ringward.core.wire.WitnessMessage.Verdict;

/**
 * The vote of a witness in one cluster: at any time the nodes that may count it are all of one
 * side.
 *
 * <p>A vote is a lease. A node counts it for the timeout, from when it sent the report that was
 * answered; the witness takes it for counted until the timeout has passed since its answer, which
 * is later. Only when no node can count it for another side any more is it given to a side, and
 * only after that is on the disk: a witness that starts again gives the vote to nobody else until
 * the leases of its former life are over.
 *
 * <p>Only a side that has shown that answers arrive is given it: the vote of one that sends but
 * does not hear would be lost for the others, who may never learn whether it was used.
 *
 * <p>Only a side that holds what the one before may have acknowledged is given it: {@link
 * VoteRecord}.
 *
 * <p>Which side gets it is the affair of {@link WitnessRules}. While a node is heard that has not
 * noticed yet that its ring is over, nothing new is decided: its next report may change everything.
 */
final class ClusterVotes {
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final int GHOSTS_MOST = 64;
  private static final String UNENTITLED =
      "a side without these nodes had the vote since, and may have changed what they do not know"
          + " of: some of it, or all nodes, must be here";

  /** What the votes of a cluster need from outside. */
  interface Outlet {
    void send(long session, WitnessMessage message);

    /** Makes it durable; {@link #stored} is told. */
    void keep(byte[] content);
  }

  /** A vote that may still be counted by a node in a former life, or given in ours. */
  private record Ghost(Side side, long until) {}

  private final Outlet outlet;
  private final TreeMap<Integer, Seat> seats = new TreeMap<>();
  private final List<Ghost> ghosts = new ArrayList<>();

  /** Who got the vote last, as it is on the disk. */
  private Side active = Side.NONE;

  /** What the next one to get it must know. */
  private VoteRecord record = VoteRecord.NONE;

  private int keptLongest;

  /** What is being written. */
  private @Nullable GivenVote writing;

  private long writeAgainAt = Long.MIN_VALUE;
  private boolean written;
  private Choice choice = new Choice(-1, "no side asks for it");
  private List<Side> sides = List.of();
  private long nextDeadline;

  /**
   * @param kept what {@link Outlet#keep} was given last, null for nothing
   * @param longestMillis how long a vote can be counted at most, should that be unreadable
   */
  ClusterVotes(byte @Nullable [] kept, int longestMillis, long now, Outlet outlet) {
    this.outlet = outlet;
    this.nextDeadline = now;
    if (kept != null) {
      GivenVote given = GivenVote.decode(kept);
      long wait = (given == null ? longestMillis : given.longestMillis()) * NANOS_PER_MILLI;
      record = given == null ? VoteRecord.NONE : given.record();
      active = record.side();
      keptLongest = given == null ? 0 : given.longestMillis();
      written = given != null;
      ghosts.add(new Ghost(active, now + wait));
    }
  }

  // ---- nodes come and go ----

  /** A node has connected; the session that it had before, {@link Seat#NO_SESSION} for none. */
  long greeted(long session, Hello hello, String address, long now) {
    Seat seat = seats.computeIfAbsent(hello.node(), node -> new Seat(hello));
    long before = seat.session;
    if (seat.hello.incarnation() != hello.incarnation()) {
      // The former life counts as alive: it may be a second machine with the same id.
      haunt(seat, now);
      seat.side = Side.NONE;
      seat.lastHeard = Long.MIN_VALUE;
      seat.outdatedSince = Deadlines.NONE;
      seat.held = VoteRecord.HOLDS_NONE;
    }
    seat.hello = hello;
    seat.address = address;
    seat.reconnected(session);
    return before;
  }

  private void haunt(Seat seat, long now) {
    if (seat.holds(now)) {
      if (ghosts.size() >= GHOSTS_MOST) {
        ghosts.removeFirst();
        ghosts.add(new Ghost(Side.NONE, seat.leaseUntil()));
      } else {
        ghosts.add(new Ghost(seat.leased, seat.leaseUntil()));
      }
    }
    seat.release();
  }

  /** The connection of a session is gone; the node may still count its vote. */
  void gone(int node, long session) {
    Seat seat = seats.get(node);
    if (seat != null && seat.session == session) {
      seat.session = Seat.NO_SESSION;
    }
  }

  /** Where a node stands. False when that cannot be: the connection is to be closed. */
  boolean reported(int node, Report report, long now) {
    Seat seat = seats.get(node);
    Side side = new Side(report.representative(), report.ringSequence(), report.members());
    if (seat == null
        || report.sequence() <= seat.sequence
        || report.answered() >= report.sequence()
        || (!side.isNone() && !side.members().contains(node))) {
      return false;
    }
    if (report.givesBack() || !side.equals(seat.side)) {
      seat.release();
    }
    seat.asks(side, report.sequence(), report.answered(), now);
    seat.quorate = report.quorate();
    seat.held = report.held();
    decide(now);
    answer(now, node);
    return true;
  }

  /** What was given to {@link Outlet#keep} is durable, or not. */
  void stored(boolean durable, long now) {
    GivenVote given = writing;
    writing = null;
    if (given != null && durable) {
      record = given.record();
      active = record.side();
      keptLongest = given.longestMillis();
      written = true;
    } else {
      // Nobody knows what is on the disk now.
      written = false;
      writeAgainAt = now + 1000 * NANOS_PER_MILLI;
    }
    turn(now);
  }

  /** Runs what is due. */
  void turn(long now) {
    decide(now);
    answer(now, 0);
  }

  // ---- the decision ----

  private void decide(long now) {
    ghosts.removeIf(ghost -> ghost.until() <= now);
    markOutdated(now);
    LinkedHashSet<Side> asking = new LinkedHashSet<>();
    for (Seat seat : seats.values()) {
      if (seat.isHeard(now) && seat.outdatedSince == Deadlines.NONE) {
        asking.add(seat.side);
      }
    }
    sides = List.copyOf(asking);
    Seat any = newestSettings(now);
    if (any == null || isSettling(now) || conflict(now) != null) {
      choice = new Choice(sides.indexOf(active), "it has it already");
    } else {
      List<Candidate> candidates =
          sides.stream()
              .map(side ->
                  new Candidate(side.members(), isEntitled(side, any, now) ? heard(side, now) : 0))
              .toList();
      choice = any.rules().choose(candidates, any.configured().size(), active.members());
    }
    prepare(now);
  }

  /** A side is over as soon as one of its nodes is heard in a newer ring. */
  private void markOutdated(long now) {
    for (Seat seat : seats.values()) {
      boolean over = false;
      for (Seat other : seats.values()) {
        over |=
            (other.isHeard(now) || other.holds(now))
                && seat.side.members().contains(other.node)
                && isNewer(other.side, seat.side);
      }
      if (!over) {
        seat.outdatedSince = Deadlines.NONE;
      } else if (seat.outdatedSince == Deadlines.NONE) {
        seat.outdatedSince = now;
      }
    }
  }

  private static boolean isNewer(Side one, Side other) {
    return one.sequence() != other.sequence()
        ? one.sequence() > other.sequence()
        : Integer.compareUnsigned(one.representative(), other.representative()) > 0;
  }

  /** Whether a node that is heard will soon report another side than it did. */
  private boolean isSettling(long now) {
    for (Seat seat : seats.values()) {
      if (seat.isHeard(now)
          && seat.outdatedSince != Deadlines.NONE
          && now < seat.outdatedSince + seat.timeoutNanos()) {
        return true;
      }
    }
    return false;
  }

  /** Why the nodes' settings contradict each other, null when they do not. */
  private @Nullable String conflict(long now) {
    Seat first = null;
    for (Seat seat : seats.values()) {
      if (!seat.isHeard(now)) {
        continue;
      }
      String found = first == null ? null : first.rules().conflict(seat.rules());
      if (first != null && found != null) {
        return "nodes %d and %d differ in %s".formatted(first.node, seat.node, found);
      }
      first = first == null ? seat : first;
    }
    return null;
  }

  private @Nullable Seat newestSettings(long now) {
    Seat newest = null;
    for (Seat seat : seats.values()) {
      if (seat.isHeard(now)
          && (newest == null
              || Long.compareUnsigned(seat.hello.configVersion(), newest.hello.configVersion())
                  > 0)) {
        newest = seat;
      }
    }
    return newest;
  }

  private int heard(Side side, long now) {
    return (int)
        seats.values().stream()
            .filter(seat -> seat.isHeard(now) && seat.side.equals(side) && !seat.isDeaf(now))
            .count();
  }

  /** Whether the vote would arrive there; the side that has it is not asked. */
  private boolean hears(Side side, long now) {
    return side.equals(active)
        || seats.values().stream()
            .anyMatch(seat -> seat.isHeard(now) && seat.side.equals(side) && seat.hears());
  }

  /** Whether it has all nodes, or what the side before may have acknowledged. */
  private boolean isEntitled(Side side, Seat any, long now) {
    return side.equals(active)
        || hasAllNodes(side, any, now)
        || seats.values().stream()
            .anyMatch(seat ->
                seat.isHeard(now)
                    && seat.side.equals(side)
                    && record.admits(side, seat.node, seat.held));
  }

  /**
   * A node that stood still names a ring of all nodes that the others have long left: of that, one
   * word is not enough (seed 1067210). A later ring than the side's before has what that one knew.
   */
  private boolean hasAllNodes(Side side, Seat any, long now) {
    return side.members().containsAll(any.configured())
        && (side.sequence() > record.side().sequence()
            || heard(side, now) == any.configured().size());
  }

  private @Nullable Side winner() {
    return choice.winner() < 0 ? null : sides.get(choice.winner());
  }

  /** Brings the winner to the disk as soon as no other side can count the vote. */
  private void prepare(long now) {
    Side winner = winner();
    if (winner == null || writing != null || now < writeAgainAt) {
      return;
    }
    if (!isFree(winner, now) || !hears(winner, now)) {
      return;
    }
    int longest = 0;
    for (Seat seat : seats.values()) {
      if (winner.members().contains(seat.node)) {
        longest = Math.max(longest, seat.hello.timeoutMillis());
      }
    }
    long basis = recordOf(winner, now).basis();
    boolean isKnownBetter =
        winner.equals(active) && basis > VoteRecord.HOLDS_NONE && basis < record.basis();
    if (!winner.equals(active) || longest > keptLongest || !written || isKnownBetter) {
      VoteRecord next = winner.equals(active) && !isKnownBetter ? record : recordOf(winner, now);
      writing = new GivenVote(next, Math.max(longest, winner.equals(active) ? keptLongest : 0));
      outlet.keep(writing.encode());
    }
  }

  /** Strict until all its nodes have said what they hold. */
  private VoteRecord recordOf(Side winner, long now) {
    long basis = VoteRecord.KEEPS_NONE;
    int known = 0;
    for (Seat seat : seats.values()) {
      if (seat.isHeard(now) && seat.side.equals(winner)) {
        basis = Math.max(basis, seat.held);
        known++;
      }
    }
    return known == winner.members().size()
        ? new VoteRecord(winner, basis)
        : VoteRecord.strict(winner);
  }

  /** Whether no node can count the vote for another side than this one. */
  private boolean isFree(Side side, long now) {
    return freeAt(side) <= now;
  }

  private long freeAt(Side side) {
    long at = Long.MIN_VALUE;
    for (Ghost ghost : ghosts) {
      if (ghost.side().isNone() || !ghost.side().equals(side)) {
        at = Math.max(at, ghost.until());
      }
    }
    for (Seat seat : seats.values()) {
      if (!seat.leased.equals(side)) {
        at = Math.max(at, seat.leaseUntil());
      }
    }
    return at;
  }

  // ---- the answers ----

  /** Answers the node that has just reported, and all others whose answer is another one now. */
  private void answer(long now, int reporter) {
    NodeSet heard =
        NodeSet.of(
            seats.values().stream()
                .filter(seat -> seat.isHeard(now))
                .mapToInt(seat -> seat.node)
                .toArray());
    for (Seat seat : seats.values()) {
      if (seat.session == Seat.NO_SESSION || seat.sequence == 0) {
        continue;
      }
      Answering answering = answering(seat, now);
      if (seat.node == reporter || answering.answer() != seat.told.answer()) {
        seat.told = answering;
        if (answering.answer() == Answer.VOTE) {
          seat.lease(seat.side, now);
        }
        outlet.send(
            seat.session,
            new Verdict(
                seat.sequence,
                answering.answer(),
                seat.hello.timeoutMillis(),
                heard,
                answering.reason()));
      }
    }
    nextDeadline = deadline(now);
  }

  private Answering answering(Seat seat, long now) {
    @Nullable Side winner = winner();
    @Nullable String conflict = conflict(now);
    if (seat.side.isNone()) {
      return Answering.no("the node asks for no vote");
    }
    if (seat.outdatedSince != Deadlines.NONE) {
      return Answering.later("nodes of its ring are in a newer one");
    }
    if (winner == null || !seat.side.equals(winner)) {
      Seat any = newestSettings(now);
      return conflict != null
          ? Answering.no(conflict)
          : any != null && !isEntitled(seat.side, any, now)
              ? Answering.no(UNENTITLED)
              : loser(winner, now);
    }
    if (!hears(winner, now)) {
      return Answering.later("the node has not shown yet that it hears the witness");
    }
    if (!isFree(winner, now)) {
      long wait = freeAt(winner) - now;
      String reason =
          "another side may count the vote for %d ms more".formatted(wait / NANOS_PER_MILLI + 1);
      // For longer than any lease of its own no ring should wait.
      return wait > seat.timeoutNanos() ? Answering.no(reason) : Answering.later(reason);
    }
    if (isToBeWritten() || !winner.equals(active) || !written) {
      return Answering.later("the witness writes down who gets the vote");
    }
    return new Answering(Answer.VOTE, "%s have the vote: %s".formatted(winner, choice.rule()));
  }

  private Answering loser(@Nullable Side winner, long now) {
    if (isSettling(now)) {
      return Answering.later("nodes are heard that have not noticed the new rings yet");
    }
    return winner == null || hears(winner, now)
        ? Answering.no(lostBecause(winner))
        : Answering.later("%s come first, if they hear the witness".formatted(winner));
  }

  /** Whether something is being written without which nobody may count the vote. */
  private boolean isToBeWritten() {
    return writing != null
        && (!writing.record().side().equals(active) || writing.longestMillis() > keptLongest);
  }

  private String lostBecause(@Nullable Side winner) {
    return winner == null
        ? "nobody has the vote: " + choice.rule()
        : "%s have the vote: %s".formatted(winner, choice.rule());
  }

  // ---- times ----

  /** When {@link #turn} is needed next, Long.MAX_VALUE for never. */
  long nextDeadline() {
    return nextDeadline;
  }

  private long deadline(long now) {
    long next = Deadlines.NONE;
    for (Ghost ghost : ghosts) {
      next = Math.min(next, ghost.until());
    }
    for (Seat seat : seats.values()) {
      next = Math.min(next, later(seat.leaseUntil(), now));
      next = Math.min(next, later(seat.heardUntil(), now));
      next = Math.min(next, later(seat.deafAt(), now));
      if (seat.outdatedSince != Deadlines.NONE) {
        next = Math.min(next, later(seat.outdatedSince + seat.timeoutNanos(), now));
      }
    }
    return Math.min(next, later(writeAgainAt, now));
  }

  private static long later(long at, long now) {
    return at > now ? at : Deadlines.NONE;
  }

  // ---- for operators ----

  /** What there is to see. */
  WitnessReport.Cluster report(String name, long now) {
    Side winner = winner();
    boolean given = winner != null && winner.equals(active) && isFree(winner, now);
    return new WitnessReport.Cluster(
        name,
        given ? active.members().stream().boxed().toList() : List.of(),
        choice.rule(),
        conflict(now),
        seats.values().stream().map(seat -> report(seat, now)).toList());
  }

  private static WitnessReport.Node report(Seat seat, long now) {
    return new WitnessReport.Node(
        seat.node,
        seat.address,
        seat.session != Seat.NO_SESSION,
        seat.lastHeard == Long.MIN_VALUE ? -1 : (now - seat.lastHeard) / NANOS_PER_MILLI,
        seat.side.members().stream().boxed().toList(),
        seat.quorate,
        seat.holds(now),
        seat.told.reason(),
        seat.rules().algorithm().word(),
        seat.rules().tieBreakerWord(),
        seat.hello.timeoutMillis());
  }

  /** The session of a node, {@link Seat#NO_SESSION} for none. */
  long session(int node) {
    Seat seat = seats.get(node);
    return seat == null ? Seat.NO_SESSION : seat.session;
  }

  /** The sessions of all nodes. */
  List<Long> sessions() {
    return seats.values().stream()
        .map(seat -> seat.session)
        .filter(session -> session != Seat.NO_SESSION)
        .toList();
  }

  boolean hasRoomFor(int node) {
    return seats.containsKey(node) || seats.size() < WitnessMessage.NODES_MOST;
  }
}
