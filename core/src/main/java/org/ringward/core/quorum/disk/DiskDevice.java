package org.ringward.core.quorum.disk;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.NodeSet;
import org.ringward.core.port.Journal.Level;
import org.ringward.core.port.ProcessResult;
import org.ringward.core.port.Processes;
import org.ringward.core.port.Sectors;
import org.ringward.core.quorum.QuorumDevice;
import org.ringward.core.quorum.TimedDevice;
import org.ringward.core.quorum.disk.Standing.Candidate;
import org.ringward.core.quorum.witness.Side;

/** A quorum disk with its heuristics as votequorum's device. */
public final class DiskDevice implements TimedDevice {
  private static final String NAME = "Qdisk";
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long JUMP_LEAST_MILLIS = 200;

  private final DiskSettings settings;
  private final int votes;
  private final boolean masterWins;
  private final QuorumDisk disk;
  private final Heuristics heuristics;
  private final DiskListener listener;
  private NodeSet members = NodeSet.EMPTY;
  private boolean wasEnough;
  private long clockDifference = Long.MIN_VALUE;
  private long now;

  public DiskDevice(
      DiskSettings settings,
      int votes,
      boolean masterWins,
      Sectors sectors,
      Processes processes,
      DiskListener listener) {
    this.settings = settings;
    this.votes = votes;
    this.masterWins = masterWins;
    this.listener = listener;
    this.disk = new QuorumDisk(settings, sectors, listener);
    this.heuristics =
        new Heuristics(settings.options().heuristics(), settings.options().minScore(), processes);
  }

  /** Whether the id of a request to port.Sectors is that of a quorum disk. */
  public static boolean isOurs(long request) {
    return QuorumDisk.isOurs(request);
  }

  @Override
  public void start(long from) {
    now = from;
    heuristics.start(from);
    scored();
    disk.start(from);
  }

  @Override
  public void at(long time) {
    now = time;
  }

  @Override
  public void turn(long time, long wallMillis) {
    now = time;
    watchClock(wallMillis);
    heuristics.turn(time);
    disk.turn(time);
  }

  @Override
  public long nextDeadline() {
    return Math.min(disk.nextDeadline(), heuristics.nextDeadline());
  }

  @Override
  public void leave(long time) {
    heuristics.stop();
    disk.leave(time);
  }

  /** A read of the disk has ended, as port.Sectors says. */
  public void sectorsRead(
      long request, byte[] bytes, int length, @Nullable String error, long time) {
    now = time;
    disk.read(request, bytes, length, error, time);
  }

  /** A write to the disk has ended, as port.Sectors says. */
  public void sectorsWritten(long request, @Nullable String error, long time) {
    now = time;
    disk.written(request, error, time);
  }

  /** A program has ended; false when it is no heuristic. */
  public boolean processEnded(long process, ProcessResult result) {
    boolean ours = heuristics.ended(process, result);
    if (ours) {
      scored();
    }
    return ours;
  }

  private void scored() {
    boolean enough = heuristics.isEnough();
    if (wasEnough != enough && !settings.options().heuristics().isEmpty()) {
      listener.log(
          enough ? Level.NOTICE : Level.WARNING, String.join("; ", heuristics.sentences()));
    }
    wasEnough = enough;
    disk.score(heuristics.score(), heuristics.most(), enough);
  }

  /**
   * Whether the machine stood still while its clock did too (it was suspended) can be seen from the
   * time of day only. Then nobody knows how old the vote is.
   */
  private void watchClock(long wallMillis) {
    long difference = wallMillis - now / NANOS_PER_MILLI;
    long jump = difference - clockDifference;
    boolean known = clockDifference != Long.MIN_VALUE;
    clockDifference = difference;
    long most = Math.max(JUMP_LEAST_MILLIS, settings.options().leaseMillis() / 10);
    if (known && jump > most && disk.castsVote(now)) {
      listener.log(
          Level.WARNING,
          "the clock jumped by %d ms: the vote of the quorum disk may be too old".formatted(jump));
      disk.mistrustClock();
    }
  }

  @Override
  public void ring(int representative, long sequence, NodeSet nodes, boolean quorate) {
    members = nodes;
    disk.ring(new Side(representative, sequence, nodes), now);
  }

  @Override
  public void holds(long primary) {
    disk.holds(primary);
  }

  @Override
  public QuorumDevice device() {
    return new QuorumDevice(NAME, votes, disk.isAlive(now), disk.castsVote(now), masterWins);
  }

  @Override
  public boolean answered() {
    return disk.hasAnswered(now);
  }

  @Override
  public int preferred(List<NodeSet> sides) {
    NodeSet fit = disk.fit(now);
    int best = NOBODY;
    Candidate first = null;
    for (int place = 0; place < sides.size(); place++) {
      NodeSet side = sides.get(place);
      Candidate candidate = new Candidate(side, side.intersect(fit).size(), 0);
      boolean more = first == null || Candidate.ORDER.compare(candidate, first) > 0;
      if (candidate.fit() > 0 && more) {
        best = place;
        first = candidate;
      }
    }
    return best;
  }

  @Override
  public List<String> sentences() {
    String where = settings.options().device();
    String trouble = disk.trouble(now);
    List<String> sentences = new ArrayList<>();
    if (trouble.isEmpty()) {
      sentences.add(
          "the quorum disk %s answers in %d ms; fit for its vote are nodes %s of %s, master are nodes %s; %s"
              .formatted(
                  where,
                  disk.roundTripMillis(),
                  disk.fit(now),
                  members,
                  disk.masters(now),
                  disk.reason()));
    } else {
      sentences.add("the quorum disk %s is of no use: %s".formatted(where, trouble));
    }
    long left = disk.leftMillis(now);
    if (left > 0) {
      sentences.add(
          "if the quorum disk dies now, its vote still counts here for %d ms".formatted(left));
    }
    sentences.addAll(heuristics.sentences());
    return sentences;
  }
}
