package org.ringward.core.quorum.disk;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.Check;
import org.ringward.core.base.NodeSet;
import org.ringward.core.port.Journal.Level;
import org.ringward.core.port.Sectors;
import org.ringward.core.quorum.disk.Standing.Candidate;
import org.ringward.core.quorum.witness.Side;
import org.ringward.core.quorum.witness.VoteRecord;
import org.ringward.core.wire.DiskBlock;
import org.ringward.core.wire.DiskHeader;
import org.ringward.core.wire.HeartbeatFrame;
import org.ringward.core.wire.QuorumSlot;
import org.ringward.core.wire.QuorumSlot.State;

/**
 * One node's part of a quorum disk: the cycles, and when the vote counts here. The package says why
 * that is safe. Without clock and disk; times are monotonic nanoseconds.
 */
final class QuorumDisk {
  /** Request ids of quorum disks; those of others on the same disk differ. */
  private static final long REQUEST = 1L << 60;

  private static final long NEVER = Long.MIN_VALUE;

  private static final String UNENTITLED =
      "a side without these nodes had the vote since, and may have changed what they do not know"
          + " of: some of it, or all nodes, must be here";

  private enum Step {
    IDLE,
    WRITING,
    READING_HEADER,
    READING_BLOCKS
  }

  private final DiskSettings settings;
  private final Sectors sectors;
  private final DiskListener listener;
  private final long base;
  private final int blocks;
  private final TreeMap<Integer, Standing> others = new TreeMap<>();
  private final byte[] block = new byte[DiskBlock.BYTES];
  private final byte[] content = new byte[QuorumSlot.LENGTH];

  // the cycle
  private Step step = Step.IDLE;
  private long requests;
  private long request;
  private long requestedAt;
  private long nextCycle = Long.MAX_VALUE;
  private long cycleBegan;
  private long roundTrip;
  private boolean wrote;
  private Side cycleSide = Side.NONE;
  private State cycleState = State.INIT;
  private long generation;
  private long beat;

  // what follows from it
  private String trouble = "it was not read yet";
  private long lastClean = NEVER;
  private int cleanCycles;
  private Side side = Side.NONE;
  private State state = State.INIT;

  /** When the first claim for this ring was on the disk. */
  private long claimedAt = NEVER;

  private long until = NEVER;
  private boolean counted;
  private boolean outranked;
  private String reason = "the disk was not asked yet";
  private final TakenVotes votes;
  private long cycleTurn;

  /** Whether the own block of the present format was read: what it remembers must not be lost. */
  private boolean ownIsKnown;

  private int tornReads;
  private int score;
  private int maxScore;
  private boolean scoreIsEnough;
  private boolean running;

  QuorumDisk(DiskSettings settings, Sectors sectors, DiskListener listener) {
    NodeSet nodes = settings.nodes();
    Check.that(nodes.get(nodes.size() - 1) <= DiskBlock.NODES_MOST, "a node id has no block");
    this.settings = settings;
    this.sectors = sectors;
    this.listener = listener;
    this.base = settings.options().sbd() ? DiskHeader.BEHIND_SBD : DiskHeader.AT_THE_BEGINNING;
    this.blocks = nodes.get(nodes.size() - 1) + 1;
    nodes.without(settings.self()).stream().forEach(id -> others.put(id, new Standing(id)));
    this.votes = new TakenVotes(settings.self(), nodes, others.values());
  }

  /** Whether a request's id is that of a quorum disk. */
  static boolean isOurs(long request) {
    return request >= REQUEST && request < REQUEST << 1;
  }

  // ---- the node ----

  void start(long now) {
    running = true;
    nextCycle = now;
  }

  /** The node is in another ring: the vote for the one before is gone at once. */
  void ring(Side changed, long now) {
    if (!changed.equals(side)) {
      side = changed;
      drop("the disk has not answered yet");
      outranked = false;
      nextCycle = Math.min(nextCycle, now);
    }
  }

  /** Sequence of the cluster state of this node, as {@link VoteRecord} takes it. */
  void holds(long primary) {
    votes.holds(primary);
  }

  /** What the heuristics say. */
  void score(int points, int most, boolean isEnough) {
    score = points;
    maxScore = most;
    scoreIsEnough = isEnough;
    if (!isEnough && state != State.INIT) {
      drop("the score is too low");
      state = State.INIT;
    }
  }

  /** Nobody knows how old the vote is: it is claimed anew. */
  void mistrustClock() {
    drop("the clock jumped: the vote is claimed anew");
  }

  /** The node ends orderly; the block says so if there is time for it. */
  void leave(long now) {
    drop("the node leaves");
    state = State.NONE;
    if (step == Step.IDLE && generation != 0 && ownIsKnown) {
      write(now);
    }
    running = false;
    nextCycle = Long.MAX_VALUE;
  }

  private void drop(String why) {
    until = NEVER;
    claimedAt = NEVER;
    counted = false;
    reason = why;
    if (state == State.MASTER) {
      state = State.RUN;
    }
  }

  /** Runs what is due. */
  void turn(long now) {
    if (counted && until <= now) {
      String why = trouble(now).isEmpty() ? reason : trouble(now);
      drop("the vote has run out: no clean cycle for too long");
      listener.log(Level.WARNING, "the vote of the quorum disk has run out: " + why);
    }
    if (state == State.MASTER && !counted && now - lastClean >= settings.lostNanos()) {
      drop("no clean cycle for too long");
    }
    if (running && step == Step.IDLE && now >= nextCycle) {
      nextCycle = now + settings.cycleNanos();
      begin(now);
    }
  }

  long nextDeadline() {
    long next = step == Step.IDLE ? nextCycle : Long.MAX_VALUE;
    return counted ? Math.min(next, until) : next;
  }

  // ---- a cycle ----

  private void begin(long now) {
    cycleBegan = now;
    wrote = generation != 0 && ownIsKnown;
    cycleSide = side;
    cycleState = state;
    if (wrote) {
      write(now);
    } else {
      readHeader(now);
    }
  }

  private void write(long now) {
    beat++;
    cycleTurn = votes.own().turn();
    new QuorumSlot(
            settings.incarnation(),
            beat,
            state,
            side.representative(),
            side.sequence(),
            side.members(),
            score,
            maxScore,
            votes.held(),
            votes.own())
        .put(content);
    DiskBlock.seal(
        block, DiskBlock.QUORUM, generation, settings.self(), content, 0, QuorumSlot.LENGTH);
    long position = base + (long) (DiskBlock.FURTHER + settings.self()) * DiskBlock.BYTES;
    asked(
        Step.WRITING,
        sectors.write(settings.disk(), number(), position, block, 0, DiskBlock.BYTES),
        now);
  }

  private void readHeader(long now) {
    asked(Step.READING_HEADER, sectors.read(settings.disk(), number(), base, DiskBlock.BYTES), now);
  }

  private void readBlocks(long now) {
    long position = base + (long) DiskBlock.FURTHER * DiskBlock.BYTES;
    asked(
        Step.READING_BLOCKS,
        sectors.read(settings.disk(), number(), position, blocks * DiskBlock.BYTES),
        now);
  }

  private long number() {
    request = REQUEST + ++requests;
    return request;
  }

  private void asked(Step next, boolean accepted, long now) {
    requestedAt = now;
    step = accepted ? next : Step.IDLE;
    if (!accepted) {
      unclean("too many requests wait for it");
    }
  }

  /** A write has ended; error is null when it is on the disk. */
  void written(long which, @Nullable String error, long now) {
    if (which != request || step != Step.WRITING) {
      return;
    }
    step = Step.IDLE;
    if (error != null) {
      unclean("writing fails: " + error);
    } else if (running) {
      boolean claim = cycleState == State.MASTER && cycleSide.equals(side);
      if (claim && state == State.MASTER && claimedAt == NEVER) {
        claimedAt = now;
      }
      readHeader(now);
    }
  }

  /** A read has ended; error is null when the bytes are what the disk has. */
  void read(long which, byte[] bytes, int length, @Nullable String error, long now) {
    if (which != request || !running) {
      return;
    }
    Step ended = step;
    step = Step.IDLE;
    int wanted = ended == Step.READING_HEADER ? DiskBlock.BYTES : blocks * DiskBlock.BYTES;
    if (error != null || length < wanted) {
      String shorter = "it has only " + length + " of " + wanted + " bytes there";
      unclean("reading fails: " + (error == null ? shorter : error));
    } else if (ended == Step.READING_HEADER) {
      String wrong = header(bytes);
      if (wrong == null) {
        readBlocks(now);
      } else {
        unclean(wrong);
      }
    } else if (ended == Step.READING_BLOCKS) {
      examine(bytes, now);
    }
  }

  /** What is wrong with the header, null when nothing is. */
  private @Nullable String header(byte[] bytes) {
    switch (DiskBlock.form(bytes, 0)) {
      case EMPTY -> {
        return generation != 0
            ? "its header has become zeros; is it another disk?"
            : "it is not formatted; ringward region format does it";
      }
      case FOREIGN -> {
        return "it has something else on it than a region of Ringward";
      }
      case WRONG_VERSION -> {
        return "its format is of another version";
      }
      case TORN -> {
        return "its header is damaged";
      }
      case WELL_FORMED -> {
        // The rest decides.
      }
    }
    if (DiskBlock.type(bytes, 0) != DiskBlock.HEADER || !DiskHeader.fits(bytes, 0)) {
      return "its header is of another form";
    }
    if (DiskHeader.cluster(bytes, 0) != HeartbeatFrame.hash(settings.cluster())) {
      return "it belongs to cluster \"%s\", this node to \"%s\""
          .formatted(DiskHeader.clusterName(bytes, 0), settings.cluster());
    }
    long found = DiskBlock.generation(bytes, 0);
    boolean first = generation == 0;
    boolean isNew = found != generation;
    if (isNew) {
      generation = found;
      wrote = false;
      cleanCycles = 0;
      votes.forget();
      ownIsKnown = false;
      tornReads = 0;
      others.values().forEach(Standing::forget);
      drop("the disk was formatted anew");
      state = State.INIT;
    }
    return first || !isNew ? null : "it was formatted anew";
  }

  private void unclean(String what) {
    step = Step.IDLE;
    cleanCycles = 0;
    if (!what.equals(trouble)) {
      trouble = what;
      listener.log(Level.WARNING, "the quorum disk is of no use: " + what);
    }
    if (!counted) {
      drop("the disk is of no use: " + what);
      if (state != State.NONE) {
        state = State.INIT;
      }
    }
  }

  // ---- what the blocks say ----

  private void examine(byte[] bytes, long now) {
    roundTrip = now - cycleBegan;
    String wrong = ownBlock(bytes);
    for (Standing other : others.values()) {
      String found =
          other.found(bytes, other.node * DiskBlock.BYTES, generation, settings.lostNanos(), now);
      if (found != null && wrong == null) {
        wrong = "the block of node " + other.node + " " + found;
      }
    }
    if (wrong != null) {
      unclean(wrong);
      return;
    }
    if (!trouble.isEmpty()) {
      listener.log(Level.NOTICE, "the quorum disk answers");
      trouble = "";
    }
    lastClean = now;
    cleanCycles++;
    if (!wrote || !cycleSide.equals(side)) {
      nextCycle = Math.min(nextCycle, now);
    } else if (!side.isNone()) {
      decide(now);
    }
  }

  private @Nullable String ownBlock(byte[] bytes) {
    int at = settings.self() * DiskBlock.BYTES;
    if (wrote) {
      return Standing.isSame(block, bytes, at)
          ? null
          : "the block of this node is not what was written: the disk gives back old blocks, or"
              + " another node has this one's id";
    }
    DiskBlock.Form form = DiskBlock.form(bytes, at);
    if (form == DiskBlock.Form.TORN && ++tornReads < settings.options().tko()) {
      return "the block of this node is torn";
    }
    boolean earlier =
        form == DiskBlock.Form.WELL_FORMED
            && DiskBlock.generation(bytes, at) == generation
            && QuorumSlot.fits(bytes, at);
    if (form == DiskBlock.Form.TORN) {
      votes.lose();
    } else if (earlier) {
      votes.found(QuorumSlot.read(bytes, at).voted());
    }
    ownIsKnown = true;
    return null;
  }

  private void decide(long now) {
    boolean able = scoreIsEnough && cleanCycles >= settings.options().upgradeWait();
    if (state == State.INIT && able) {
      state = State.RUN;
    }
    if (state == State.INIT) {
      reason = scoreIsEnough ? "this node has just begun to write" : "the score is too low";
      return;
    }
    Standing rival = rival(now);
    boolean entitled = votes.entitle(side, true);
    boolean best = entitled && isBest(now);
    outranked = !best;
    if (!entitled && !counted) {
      drop(UNENTITLED);
    }
    if (state == State.MASTER && cycleState == State.MASTER) {
      hold(rival, best, now);
    } else if (!entitled) {
      reason = UNENTITLED;
    } else if (state == State.RUN && best && rival == null) {
      state = State.MASTER;
      claimedAt = NEVER;
      reason = "this side claims the vote";
      nextCycle = Math.min(nextCycle, now);
    } else if (state == State.RUN) {
      waits(rival, best);
    }
  }

  private void waits(@Nullable Standing rival, boolean best) {
    if (!best) {
      reason = "another side has more right to the vote";
    } else if (rival != null) {
      reason = "node " + rival.node + " claims the vote for " + rival.side;
    }
  }

  private void hold(@Nullable Standing rival, boolean best, long now) {
    if (rival == null && !counted && mayBegin(now) && !isOnDisk()) {
      votes.take(side);
      reason = "this side writes down that it takes the vote";
      nextCycle = Math.min(nextCycle, now);
    } else if (rival == null && (counted || mayBegin(now))) {
      if (!counted) {
        counted = true;
        reason = "this side has the vote";
        listener.log(Level.NOTICE, "the quorum disk votes for this side, " + side);
      }
      until = Math.max(until, cycleBegan + settings.leaseNanos());
    } else if (!best) {
      drop("another side has more right to the vote");
    } else if (rival != null) {
      reason = "node " + rival.node + " claims the vote for " + rival.side;
    }
  }

  /** Whether everybody can read that this side took the vote, and nobody took it after it. */
  private boolean isOnDisk() {
    return votes.isTaken(side) && cycleTurn == votes.own().turn();
  }

  /** Rules 2 and 3 of the package. */
  private boolean mayBegin(long now) {
    return allAreHere() || (claimedAt != NEVER && now - claimedAt >= settings.masterWaitNanos());
  }

  private boolean allAreHere() {
    return side.members().equals(settings.nodes())
        && others.values().stream().allMatch(other -> other.sameFormat && other.side.equals(side));
  }

  /** A node that claims the vote for another ring and may count it still; null for none. */
  private @Nullable Standing rival(long now) {
    for (Standing other : others.values()) {
      if (other.claimsAgainst(side) && now - other.changedAt < settings.lostNanos()) {
        return other;
      }
    }
    return null;
  }

  /** Whether of all sides that could have the vote this node's has most right to it. */
  private boolean isBest(long now) {
    TreeMap<Integer, Side> seen = new TreeMap<>();
    for (Standing other : others.values()) {
      // A ring with this node in it that this node is not in any more is over for all.
      if (isFit(other, now)
          && !other.side.members().contains(settings.self())
          && votes.entitle(other.side, false)) {
        seen.put(
            other.side.members().isEmpty() ? other.node : other.side.members().lowest(),
            other.side);
      }
    }
    Candidate ours = candidate(side, now);
    return seen.values().stream()
        .allMatch(rival -> Candidate.ORDER.compare(ours, candidate(rival, now)) > 0);
  }

  private boolean isFit(Standing other, long now) {
    return !other.side.isNone()
        && other.isFit(settings.options().tkoUp(), settings.lostNanos(), now);
  }

  private Candidate candidate(Side of, long now) {
    boolean isOurs = of.equals(side);
    int fit = isOurs ? 1 : 0;
    long latest = isOurs ? votes.own().sequence() : 0;
    for (Standing other : others.values()) {
      QuorumSlot slot = other.slot;
      if (slot != null && other.side.equals(of) && isFit(other, now)) {
        fit++;
        latest = Math.max(latest, slot.voted().sequence());
      }
    }
    return new Candidate(of.members(), fit, latest);
  }

  // ---- what it says ----

  /** Whether the vote counts for the ring of this node now. */
  boolean castsVote(long now) {
    return counted && until > now;
  }

  /** Whether there was a clean cycle within the time that a vote counts. */
  boolean isAlive(long now) {
    return lastClean != NEVER && now - lastClean < settings.lostNanos();
  }

  /** Whether it is known if the vote is for this ring, or no answer is worth waiting for. */
  boolean hasAnswered(long now) {
    boolean worth = isAlive(now) && scoreIsEnough && !outranked;
    return castsVote(now) || !worth;
  }

  /** How long the last cycle took. */
  long roundTripMillis() {
    return roundTrip / 1_000_000;
  }

  long leftMillis(long now) {
    return castsVote(now) ? (until - now) / 1_000_000 : 0;
  }

  String reason() {
    return reason;
  }

  /** Nodes that write on the disk and could have the vote, this one included. */
  NodeSet fit(long now) {
    NodeSet fit =
        state == State.RUN || state == State.MASTER ? NodeSet.of(settings.self()) : NodeSet.EMPTY;
    for (Standing other : others.values()) {
      fit = isFit(other, now) ? fit.with(other.node) : fit;
    }
    return fit;
  }

  /** Nodes that claim the vote or have it, this one included. */
  NodeSet masters(long now) {
    List<Integer> ids = new ArrayList<>();
    if (state == State.MASTER) {
      ids.add(settings.self());
    }
    for (Standing other : others.values()) {
      QuorumSlot slot = other.slot;
      if (slot != null
          && slot.state() == State.MASTER
          && now - other.changedAt < settings.lostNanos()) {
        ids.add(other.node);
      }
    }
    return NodeSet.of(ids.stream().mapToInt(id -> id).toArray());
  }

  /** Why the disk is of no use at present, empty when it is. */
  String trouble(long now) {
    boolean hangs = step != Step.IDLE && now - requestedAt >= settings.lostNanos();
    return hangs
        ? "it has not answered for " + (now - requestedAt) / 1_000_000_000L + " s"
        : trouble;
  }
}
