package org.ringward.core.quorum;

import static org.ringward.core.wire.VoteQuorumNodeInfo.*;

import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.NodeSet;
import org.ringward.core.config.NodeSettings.Member;
import org.ringward.core.config.QuorumSettings;
import org.ringward.core.quorum.QuorumVerdict.Rule;
import org.ringward.core.wire.ServiceMessage;
import org.ringward.core.wire.VoteQuorumNodeInfo;
import org.ringward.core.wire.VoteQuorumReconfigure;

/**
 * Votes: may this side go on. Corosync's votequorum as its manual page and
 * reference/totem-pg-sync-services.md, section 9, describe it, so that a node of ours and one of
 * Corosync's in the same ring come to the same result: votes, expected_votes, two_node,
 * wait_for_all, auto_tie_breaker, last_man_standing, allow_downscale, expected_votes_tracking and
 * quorum devices.
 *
 * <p>A machine without clock and network: {@link #begin} for each new ring, then what every member
 * says of itself ({@link #heard}, this node's own {@link #own} included), then {@link #activate}.
 * All of it arrives in the order of messages. Times are monotonic nanoseconds.
 */
public final class VoteQuorum {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final int self;
  private final VoteQuorumOutlet outlet;
  private final TreeMap<Integer, Voter> voters = new TreeMap<>();
  private final Voter us;
  private QuorumSettings settings;
  private int configuredNodes;
  private int configuredVotes;
  private int configuredExpected;

  /** What allow_downscale may not go below. */
  private int barrier;

  /** The highest number of expected votes that was ever seen, with expected_votes_tracking. */
  private int tracked;

  private int quorum;
  private int deviceVotes;
  private QuorumDevice device = QuorumDevice.NONE;
  private TieBreak tieBreak = new TieBreak();
  private NodeSet members = NodeSet.EMPTY;
  private NodeSet previous = NodeSet.EMPTY;
  private Rule rule = Rule.VOTES;
  private @Nullable ForcedQuorum forced;

  /** What {@link #verdict} has said since the last change. */
  private @Nullable QuorumVerdict verdict;

  /** The window begins at the next {@link #expire}. */
  private boolean lastManStandingBegins;

  private long lastManStandingAt = Long.MAX_VALUE;

  /**
   * A node that has just started and knows of nobody.
   *
   * @param nodes all configured nodes, this one included
   * @param kept what {@link VoteQuorumOutlet#keepExpectedVotes} was given last, 0 for nothing
   */
  public VoteQuorum(
      int self, QuorumSettings settings, List<Member> nodes, int kept, VoteQuorumOutlet outlet) {
    this.self = self;
    this.outlet = outlet;
    this.settings = settings;
    this.us = voter(self);
    configured(nodes);
    us.presence = Voter.Presence.MEMBER;
    us.votes = configuredVotes;
    tracked = settings.expectedVotesTracking() ? Math.max(kept, configuredExpected) : 0;
    us.expected = Math.max(configuredExpected, tracked);
    barrier = configuredExpected;
    us.flags = FLAG_FIRST;
    us.set(FLAG_WAIT_FOR_ALL, settings.waitForAll());
    members = NodeSet.of(self);
    recalculate(false, false);
  }

  private VoteQuorum(VoteQuorum from, int as, VoteQuorumOutlet outlet) {
    this.self = as;
    this.outlet = outlet;
    this.settings = from.settings;
    from.voters.forEach((id, voter) -> voters.put(id, voter.copy()));
    this.us = voter(as);
    us.set(FLAG_WAIT_FOR_ALL, from.us.has(FLAG_WAIT_FOR_ALL));
    us.set(FLAG_QUORATE, from.us.has(FLAG_QUORATE));
    us.expected = from.us.expected;
    this.configuredNodes = from.configuredNodes;
    this.configuredVotes = from.configuredVotes;
    this.configuredExpected = from.configuredExpected;
    this.barrier = from.barrier;
    this.tracked = from.tracked;
    this.quorum = from.quorum;
    this.deviceVotes = from.deviceVotes;
    this.device = from.device;
    this.tieBreak = from.tieBreak.copy();
    this.members = from.members;
    this.previous = from.previous;
    this.rule = from.rule;
    this.forced = from.forced;
  }

  /**
   * What it would say if the ring consisted of these members only.
   *
   * @param deviceVotes whether the quorum device votes for them
   */
  QuorumVerdict foresee(NodeSet side, boolean deviceVotes) {
    int as = side.contains(self) ? self : side.lowest();
    VoteQuorum copy = new VoteQuorum(this, as, new Nowhere());
    copy.us.set(FLAG_DEVICE_CASTS_VOTE, deviceVotes && device.isRegistered());
    copy.begin(side);
    copy.activate();
    return copy.verdict();
  }

  /** The members that are here and have said so. */
  NodeSet present() {
    return here();
  }

  /** So many members with the most votes. */
  NodeSet heaviest(int count) {
    return NodeSet.of(
        voters.values().stream()
            .filter(Voter::isMember)
            .sorted(Comparator.comparingInt((Voter voter) -> -voter.votes))
            .limit(count)
            .mapToInt(voter -> voter.id)
            .toArray());
  }

  private static final class Nowhere implements VoteQuorumOutlet {
    @Override
    public void send(ServiceMessage message) {}

    @Override
    public void keepExpectedVotes(int expected) {}
  }

  private void configured(List<Member> nodes) {
    int sum = nodes.stream().mapToInt(Member::votes).sum();
    configuredNodes = nodes.size();
    configuredVotes =
        nodes.stream().filter(node -> node.id() == self).mapToInt(Member::votes).sum();
    configuredExpected =
        settings.expectedVotes() > 0 ? settings.expectedVotes() : sum + settings.deviceVotes();
  }

  private Voter voter(int id) {
    return voters.computeIfAbsent(id, Voter::new);
  }

  private boolean isOff() {
    return settings.provider() == QuorumSettings.Provider.NONE;
  }

  // ---- the ring ----

  /** A new ring: who is not in it is gone. */
  public void begin(NodeSet ring) {
    verdict = null;
    previous = members;
    members = ring;
    us.set(FLAG_FIRST, us.has(FLAG_FIRST) && ring.size() == 1);
    for (Voter voter : voters.values()) {
      if (!ring.contains(voter.id)) {
        voter.presence = Voter.Presence.DEAD;
      }
    }
    if (lastManStandingApplies() && (majorityLostSomebody(ring) || tieIsLeft(ring))) {
      lastManStandingBegins = true;
    }
  }

  private boolean lastManStandingApplies() {
    return settings.lastManStanding() && voters.values().stream().noneMatch(v -> v.votes > 1);
  }

  private boolean majorityLostSomebody(NodeSet ring) {
    return ring.size() >= quorum && !ring.containsAll(previous);
  }

  private boolean tieIsLeft(NodeSet ring) {
    return ring.size() <= quorum
        && settings.autoTieBreaker()
        && tieBreak.isWon(QuorumSettings.TieBreaker.LOWEST, ring, previous);
  }

  /** What this node tells the others of itself. */
  public VoteQuorumNodeInfo own() {
    return new VoteQuorumNodeInfo(self, us.votes, us.expected, us.flags);
  }

  /** What this node tells the others of its quorum device. */
  public VoteQuorumNodeInfo ownDevice() {
    return new VoteQuorumNodeInfo(DEVICE, device.isRegistered() ? device.votes() : 0, 0, 0);
  }

  /** What this node says when it leaves for good; the others need it only with downscaling. */
  public @Nullable VoteQuorumNodeInfo farewell() {
    return settings.allowDownscale() && !isOff()
        ? new VoteQuorumNodeInfo(self, us.votes, us.expected, us.flags | FLAG_LEAVING)
        : null;
  }

  /** What a member has said of itself, or of its quorum device. */
  public void heard(int author, VoteQuorumNodeInfo info) {
    if (info.nodeId() == DEVICE) {
      deviceVotes =
          !us.has(FLAG_QUORATE) && voter(author).has(FLAG_QUORATE)
              ? info.votes()
              : Math.max(deviceVotes, info.votes());
      recalculate(false, false);
      return;
    }
    Voter voter = voter(author);
    boolean isNew = voter.presence != Voter.Presence.MEMBER;
    boolean leaves = (info.flags() & FLAG_LEAVING) != 0;
    boolean quorate = (info.flags() & FLAG_QUORATE) != 0;
    Voter before = voter.copy();
    // Of its own device a node knows more than what it said last.
    voter.flags = author == self ? us.keepingDeviceFlags(info.flags()) : info.flags();
    voter.votes = info.votes();
    voter.presence = leaves ? Voter.Presence.LEAVING : Voter.Presence.MEMBER;
    // Corosync 3.1.7 expects fewer votes when a node leaves, but never needs fewer then.
    boolean decrease = false;
    if (!us.has(FLAG_QUORATE) && quorate) {
      decrease = true;
      us.expected = info.expectedVotes();
    }
    voter.expected =
        quorate || settings.expectedVotesTracking() ? info.expectedVotes() : us.expected;
    boolean changed =
        before.flags != voter.flags
            || before.votes != voter.votes
            || before.expected != voter.expected
            || before.presence != voter.presence;
    if (isNew || author == self || voter.has(FLAG_FIRST) || changed) {
      recalculate(decrease, leaves);
    }
    if (settings.waitForAll() && !voter.has(FLAG_WAIT_FOR_ALL) && voter.has(FLAG_QUORATE)) {
      us.set(FLAG_WAIT_FOR_ALL, false);
    }
  }

  /** A member changes a number on all nodes. */
  public void reconfigured(VoteQuorumReconfigure change) {
    switch (change.parameter()) {
      case VoteQuorumReconfigure.EXPECTED_VOTES -> {
        voters.values().stream()
            .filter(Voter::isMember)
            .forEach(voter -> voter.expected = change.value());
        barrier = change.value();
        us.expected = Math.max(us.expected, tracked);
        recalculate(true, false);
      }
      case VoteQuorumReconfigure.NODE_VOTES -> {
        voter(change.node()).votes = change.value();
        recalculate(true, false);
      }
      default -> {
        us.set(FLAG_WAIT_FOR_ALL, false);
        recalculate(false, false);
      }
    }
  }

  /** All members have said what they have to say. */
  public void activate() {
    recalculate(false, false);
  }

  /** Runs what is due; also needed after every other input. */
  public void expire(long now) {
    if (lastManStandingBegins) {
      lastManStandingBegins = false;
      lastManStandingAt = now + settings.lastManStandingWindow() * NANOS_PER_MILLI;
    }
    if (now >= lastManStandingAt) {
      lastManStandingAt = Long.MAX_VALUE;
      if (us.has(FLAG_QUORATE)) {
        recalculate(true, true);
      }
    }
  }

  /** When {@link #expire} is needed next, Long.MAX_VALUE for never. */
  public long nextDeadline() {
    return lastManStandingAt;
  }

  // ---- this node ----

  /** Other settings or nodes: what differs from what is in force is told to all nodes. */
  public void configure(QuorumSettings changed, List<Member> nodes) {
    settings = changed;
    int votesBefore = configuredVotes;
    int expectedBefore = configuredExpected;
    configured(nodes);
    if (configuredVotes != votesBefore) {
      outlet.send(
          new VoteQuorumReconfigure(self, configuredVotes, VoteQuorumReconfigure.NODE_VOTES));
    }
    if (configuredExpected != expectedBefore) {
      expectVotes(configuredExpected);
    }
    recalculate(false, false);
  }

  /** Asks all nodes to expect that many votes. */
  public void expectVotes(int expected) {
    outlet.send(new VoteQuorumReconfigure(self, expected, VoteQuorumReconfigure.EXPECTED_VOTES));
  }

  /** Why so many votes may not be expected now, null when they may. */
  public @Nullable String objection(int expected) {
    int votes = votes();
    if (expected < votes) {
      return "%d votes are here, so no fewer can be expected, found %d".formatted(votes, expected);
    }
    if (us.has(FLAG_QUORATE) && (expected + 2) / 2 > votes) {
      return "with %d expected votes the %d that are here would be too few"
          .formatted(expected, votes);
    }
    return null;
  }

  /** Asks all nodes to be content with the votes that are here; {@link #forced} must come first. */
  public void force() {
    outlet.send(new VoteQuorumReconfigure(self, 0, VoteQuorumReconfigure.CANCEL_WAIT_FOR_ALL));
    expectVotes(votes());
  }

  /** Somebody has ordered that this side goes on; said by the order itself, on every node. */
  public void forced(String author, String reason, long wallMillis) {
    forced = new ForcedQuorum(author, reason, wallMillis, votes());
    recalculate(false, false);
  }

  /** The quorum device of this node has changed. */
  public void device(QuorumDevice changed) {
    if (changed.equals(device)) {
      return;
    }
    boolean other =
        changed.isRegistered() != device.isRegistered() || changed.votes() != device.votes();
    device = changed;
    if (other) {
      deviceVotes = changed.votes();
      outlet.send(ownDevice());
    }
    us.set(FLAG_DEVICE_REGISTERED, changed.isRegistered());
    us.set(FLAG_DEVICE_ALIVE, changed.isRegistered() && changed.alive());
    us.set(FLAG_DEVICE_CASTS_VOTE, changed.alive() && changed.castsVote());
    us.set(FLAG_DEVICE_MASTER_WINS, changed.isRegistered() && changed.masterWins());
    recalculate(false, false);
    outlet.send(own());
  }

  // ---- the calculation ----

  private int votes() {
    int votes = voters.values().stream().filter(Voter::isMember).mapToInt(v -> v.votes).sum();
    return votes + castVotes();
  }

  private int castVotes() {
    return us.has(FLAG_DEVICE_CASTS_VOTE) ? deviceVotes : 0;
  }

  /**
   * Counts again.
   *
   * @param decrease whether fewer votes than before may be enough
   * @param byNodes whether only nodes that are here are expected from now on
   */
  private void recalculate(boolean decrease, boolean byNodes) {
    List<Voter> here = voters.values().stream().filter(Voter::isMember).toList();
    // Who goes on against the votes expects none of a device that votes for nobody here.
    int ofDevice = forced == null ? deviceVotes : castVotes();
    int total = here.stream().mapToInt(voter -> voter.votes).sum() + ofDevice;
    us.expected = Math.max(us.expected, total);
    track();
    int highest = here.stream().mapToInt(voter -> voter.expected).max().orElse(us.expected);
    if (byNodes) {
      highest = here.size() + (deviceVotes > 0 ? 1 : 0);
      if (settings.allowDownscale() && decrease) {
        highest = Math.max(barrier, highest);
      }
      here.forEach(voter -> voter.expected = here.size());
    }
    int needed = Math.max((highest + 2) / 2, (votes() + 2) / 2);
    quorum = decrease ? needed : Math.max(needed, quorum);
    if (isTwoNode(here.size())) {
      quorum = 1;
    }
    decide(here);
    verdict = null;
  }

  private boolean isTwoNode(int here) {
    return settings.twoNode() && configuredNodes <= 2 && here + (deviceVotes > 0 ? 1 : 0) <= 2;
  }

  private void track() {
    if (settings.expectedVotesTracking() && us.expected > tracked) {
      tracked = us.expected;
      outlet.keepExpectedVotes(tracked);
    }
  }

  private void decide(List<Voter> here) {
    boolean quorate;
    if (isOff()) {
      rule = Rule.NO_PROVIDER;
      quorate = true;
    } else if (us.has(FLAG_WAIT_FOR_ALL) && votes() != us.expected) {
      rule = Rule.WAITING;
      quorate = false;
    } else {
      us.set(FLAG_WAIT_FOR_ALL, false);
      quorate = isQuorate(here);
    }
    if (quorate && forced != null && votes() >= configuredExpected) {
      forced = null;
    }
    if (quorate && forced != null && (rule == Rule.VOTES || rule == Rule.TWO_NODE)) {
      rule = Rule.FORCED;
    }
    us.set(FLAG_QUORATE, quorate);
    us.set(FLAG_WAIT_FOR_ALL, settings.waitForAll() && !quorate);
  }

  private boolean isQuorate(List<Voter> here) {
    NodeSet present = NodeSet.of(here.stream().mapToInt(voter -> voter.id).toArray());
    int votes = votes();
    if (votes >= quorum) {
      tieBreak.remember(present);
      boolean byTwoNode = isTwoNode(here.size()) && 2 * votes <= us.expected;
      rule = byTwoNode ? Rule.TWO_NODE : Rule.VOTES;
      return true;
    }
    if (settings.autoTieBreaker()
        && votes == us.expected / 2
        && previous.size() - present.size() < quorum
        && tieBreak.isWon(settings.tieBreaker(), present, previous)) {
      rule = Rule.TIE_BREAKER;
      return true;
    }
    int wins = FLAG_DEVICE_MASTER_WINS | FLAG_DEVICE_CASTS_VOTE;
    boolean masterWins =
        us.has(FLAG_DEVICE_MASTER_WINS)
            && here.stream().anyMatch(voter -> (voter.flags & wins) == wins);
    rule = masterWins ? Rule.DEVICE : Rule.VOTES;
    return masterWins;
  }

  // ---- what it says ----

  /** May this side go on, and why; the same object until something has changed. */
  public QuorumVerdict verdict() {
    if (verdict == null) {
      boolean quorate = us.has(FLAG_QUORATE);
      QuorumVerdict bare =
          new QuorumVerdict(quorate, votes(), castVotes(), quorum, us.expected, rule, "");
      verdict = bare.because(Reasons.of(bare, here(), forced));
    }
    return verdict;
  }

  private NodeSet here() {
    return NodeSet.of(
        voters.values().stream().filter(Voter::isMember).mapToInt(voter -> voter.id).toArray());
  }

  /** All that votequorum knows. */
  public QuorumStatus status() {
    return new QuorumStatus(
        verdict(),
        us.flags,
        voters.values().stream()
            .filter(Voter::isMember)
            .map(v -> new QuorumStatus.NodeVotes(v.id, v.votes, v.expected, v.flags))
            .toList(),
        device,
        forced);
  }
}
