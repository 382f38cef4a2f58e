package org.ringward.core.lease;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.ringward.core.admin.LeasesReport;
import org.ringward.core.admin.LeasesReport.GroupLine;
import org.ringward.core.lease.Claim.Wish;
import org.ringward.core.lease.Holder.State;
import org.ringward.core.lease.LeaseStep.Kind;

/**
 * The programs of this node and what they hold. What they want goes as steps through the total
 * order; how long they may go on is decided here, without asking anybody:
 *
 * <ul>
 *   <li>A program is told that it holds a resource only when every member of the view has the step
 *       that gave it, so that whoever goes on without this node knows of it.
 *   <li>It is told to hold it until the last confirmation of this node's view plus the lease (see
 *       {@link RoundTrips}), and longer only when it asks.
 *   <li>When that ends, it is told to stop in time; when it has ended, the others are told.
 * </ul>
 *
 * <p>What this node wants is compared with the agreed state after each change and in each new view,
 * and what differs is said again: a step that got lost with a view needs no memory. Times are
 * monotonic nanoseconds.
 */
public final class LeaseDesk {
  private final String node;
  private final String incarnation;
  private final Consumer<LeaseStep> send;
  private final Map<Long, Map<Integer, Claim>> sessions = new LinkedHashMap<>();
  private final Map<LeaseOwner, Claim> claims = new LinkedHashMap<>();
  private final Set<Long> orphans = new TreeSet<>();
  private final PeerNews news = new PeerNews();
  private final RoundTrips trips = new RoundTrips();
  private Consumers consumers = (_, _, _) -> {};
  private Supplier<List<GroupLine>> groups = List::of;
  private RingProgress ring = new Still();
  private Leases leases = Leases.NONE;
  private long view;
  private boolean agreed;
  private boolean mayGrant;
  private boolean leaving;
  private boolean dirty;
  private long lastClaim;
  private long due = Long.MAX_VALUE;
  private long now;
  private long wallMillis;

  /** Who brings events to the programs. */
  public interface Consumers {
    /**
     * Something is to be told; never calls back.
     *
     * @param handle the program's own number for its claim
     */
    void tell(long session, int handle, LeaseEvent event);
  }

  /** Before there is a ring. */
  private static final class Still implements RingProgress {
    @Override
    public long tokenSeen() {
      return RoundTrips.NEVER;
    }

    @Override
    public int delivered() {
      return 0;
    }

    @Override
    public int heldByAll() {
      return -1;
    }
  }

  /**
   * @param incarnation the life of this node's daemon, as the state has it
   * @param send sends a step in this view only, or forgets it
   */
  public LeaseDesk(String node, String incarnation, Consumer<LeaseStep> send) {
    this.node = node;
    this.incarnation = incarnation;
    this.send = send;
  }

  /** From now on events go there. */
  public void tellTo(Consumers listener) {
    consumers = listener;
  }

  /** Sets where what is to be told of the programs' groups comes from. */
  public void groups(Supplier<List<GroupLine>> told) {
    groups = told;
  }

  /** The ring of this node. */
  public void ring(RingProgress progress) {
    ring = progress;
  }

  // ---- what programs say

  /**
   * A program wants a resource.
   *
   * @param handle its own number for the claim, unique in the session
   * @param stopMillis how long it needs to stop, 0 for a quarter of the lease
   * @return what is wrong with that, empty when nothing is
   */
  public String open(
      long session,
      int handle,
      String resource,
      LeaseMode mode,
      long leaseMillis,
      long stopMillis) {
    String objection = LeaseNames.objection(resource);
    if (!objection.isEmpty()) {
      return objection;
    }
    if (leaseMillis < LeaseTimes.SHORTEST || leaseMillis > LeaseTimes.LONGEST) {
      return "a lease is %d ms to %d s long"
          .formatted(LeaseTimes.SHORTEST, LeaseTimes.LONGEST / 1000);
    }
    long stop = stopMillis == 0 ? LeaseTimes.stop(leaseMillis) : stopMillis;
    if (stop < 0 || stop > leaseMillis / 2) {
      return "at most half of the lease can be kept for stopping";
    }
    Map<Integer, Claim> own = sessions.computeIfAbsent(session, _ -> new LinkedHashMap<>());
    if (own.containsKey(handle)) {
      return "number " + handle + " is that of another claim";
    }
    if (leaving) {
      return node + " leaves the cluster";
    }
    LeaseOwner owner = new LeaseOwner(node, incarnation, ++lastClaim);
    Claim claim = new Claim(session, handle, resource, owner, mode, leaseMillis, stop);
    own.put(handle, claim);
    claims.put(owner, claim);
    tell(claim, new LeaseEvent.Waiting(why(claim)));
    reconcile(claim);
    return "";
  }

  private String why(Claim claim) {
    if (!agreed || !mayGrant) {
      return "this node is in no view with quorum";
    }
    if (leases.doubtful()) {
      return "all daemons have begun anew, and what was held before may still be in use";
    }
    Lease lease = leases.lease(claim.resource);
    return lease == null || lease.holders().isEmpty()
        ? "it is asked for"
        : "it is held by " + lease.holders().getFirst().owner().node();
  }

  /** The claim of that number, null when there is none that can still be spoken of. */
  private @Nullable Claim claim(long session, int handle) {
    Map<Integer, Claim> own = sessions.get(session);
    Claim claim = own == null ? null : own.get(handle);
    return claim == null || claim.silent ? null : claim;
  }

  /**
   * A program is alive and wants to go on; it is told until when it may. False for a claim that is
   * over, or that never was.
   */
  public boolean renew(long session, int handle, long at) {
    now = Math.max(now, at);
    Claim claim = claim(session, handle);
    if (claim == null || !claim.isTold() || claim.wish != Wish.HOLD) {
      return claim != null;
    }
    if (at >= claim.expiry) {
      // Its program may have acted on that already.
      end(claim, "the program did not renew its lease in time");
      return true;
    }
    extend(claim);
    tell(claim, new LeaseEvent.Held(claim.token, claim.expiry));
    return true;
  }

  /** Only what was confirmed counts: whether this node stood still meanwhile does not matter. */
  private void extend(Claim claim) {
    long confirmed = trips.confirmed();
    if (agreed && mayGrant && claim.confirmedHolder && confirmed != RoundTrips.NEVER) {
      claim.expiry = Math.max(claim.expiry, confirmed + LeaseTimes.nanos(claim.leaseMillis));
    }
  }

  /**
   * A program does not use the resource any more; also one that was told to stop, when it has.
   *
   * @param inOrder nothing is left for others to take over
   */
  public boolean release(long session, int handle, boolean inOrder) {
    Map<Integer, Claim> own = sessions.get(session);
    Claim claim = own == null ? null : own.get(handle);
    if (claim == null) {
      return false;
    }
    if (!inOrder || claim.wish == Wish.READ) {
      claim.expiry = Math.min(claim.expiry, now);
      claim.reason = "its program has stopped and left it as it was";
      claim.wish = claim.isTold() ? Wish.END : Wish.RELEASE;
    } else {
      claim.wish = Wish.RELEASE;
    }
    tell(claim, new LeaseEvent.Released());
    claim.silent = true;
    forgetHandle(claim);
    reconcile(claim);
    return true;
  }

  /** A program has lost its access and changes nothing any more. */
  public boolean readOnly(long session, int handle, String reason) {
    Claim claim = claim(session, handle);
    if (claim == null || !claim.isTold() || claim.wish != Wish.HOLD) {
      return false;
    }
    claim.wish = Wish.READ;
    claim.givenUp = claim.token;
    claim.reason = node + " lost its access and only reads: " + reason;
    claim.expiry = Math.min(claim.expiry, now);
    tell(claim, new LeaseEvent.ReadOnly());
    reconcile(claim);
    return true;
  }

  /** A program has its access back and wants to hold the resource again, with another token. */
  public boolean online(long session, int handle) {
    Claim claim = claim(session, handle);
    if (claim == null || claim.wish != Wish.READ) {
      return false;
    }
    claim.wish = Wish.HOLD;
    claim.token = 0;
    claim.expiry = 0;
    claim.confirmedHolder = false;
    claim.markRing = -1;
    news.forget(claim);
    tell(claim, new LeaseEvent.Waiting(why(claim)));
    reconcile(claim);
    return true;
  }

  /** A program has taken over what the holder of that token left. */
  public boolean recovered(long session, int handle, long token) {
    Claim claim = claim(session, handle);
    if (claim == null || !claim.ownRecoveries.contains(token)) {
      return false;
    }
    claim.recovered.add(token);
    sendRecovered(claim);
    return true;
  }

  /** A program has hung up; what it was told to hold may be in use until that is over. */
  public void closed(long session) {
    Map<Integer, Claim> own = sessions.remove(session);
    if (own == null) {
      return;
    }
    for (Claim claim : own.values()) {
      claim.silent = true;
      if (claim.wish != Wish.RELEASE) {
        claim.wish = claim.isTold() ? Wish.END : Wish.RELEASE;
        claim.reason = "its program is gone, and its lease has run out";
      }
      due = Math.min(due, claim.expiry);
      reconcile(claim);
    }
  }

  private void forgetHandle(Claim claim) {
    Map<Integer, Claim> own = sessions.get(claim.session);
    if (own != null) {
      own.remove(claim.handle, claim);
    }
  }

  // ---- what the cluster says

  /** Nothing is agreed any more. */
  public void interrupted() {
    agreed = false;
    trips.over();
  }

  /**
   * A view was agreed.
   *
   * @param ringSequence of its ring
   */
  public void agreed(long ringSequence, Leases state, boolean grants) {
    view = ringSequence;
    agreed = true;
    trips.begin(ring.tokenSeen());
    orphans.clear();
    claims.values().forEach(each -> each.sentIn = -1);
    changed(state, grants);
    dirty = true;
  }

  /** The agreed state has changed, or whether this view may give and extend leases. */
  public void changed(Leases state, boolean grants) {
    if (isOther(state) || grants != mayGrant) {
      leases = state;
      mayGrant = grants;
      dirty = true;
    }
  }

  /** They are never changed, so the same ones say the same. */
  @SuppressWarnings("ReferenceEquality")
  private boolean isOther(Leases state) {
    return state != leases;
  }

  /** A step of this node was applied. */
  public void applied(LeaseStep step, Leases state) {
    leases = state;
    dirty = true;
    Claim claim = claims.get(step.owner());
    if (claim == null) {
      return;
    }
    claim.sentIn = -1;
    if (step.kind() == Kind.ACQUIRE && !state.knows(claim.resource, claim.owner)) {
      lose(claim, now, "the cluster keeps no more claims, or no more resources");
      claim.wish = Wish.RELEASE;
    }
  }

  /** This node hands everything over: nothing is extended any more. */
  public void leave() {
    leaving = true;
    dirty = true;
  }

  /** Whether no program of this node can believe that it holds something. */
  public boolean isIdle() {
    return claims.values().stream()
        .allMatch(each -> !each.mayWrite(now) || each.wish == Wish.RELEASE);
  }

  // ---- turning

  /** Does what is due. */
  public void turn(long nanos, long wall) {
    now = Math.max(now, nanos);
    wallMillis = wall;
    if (agreed) {
      trips.seen(ring.tokenSeen());
    }
    if (dirty) {
      dirty = false;
      List.copyOf(claims.values()).forEach(this::reconcile);
      endOrphans();
    }
    if (now >= due) {
      expire();
    }
  }

  /** When {@link #turn} is needed next, Long.MAX_VALUE for never. */
  public long nextDeadline() {
    return due;
  }

  /**
   * What this node was given, or has ended, in a view that nobody else went on from may be known to
   * others only after it was forgotten here.
   */
  private void endOrphans() {
    if (!agreed) {
      return;
    }
    for (Lease lease : leases.byName().values()) {
      lease.holders().forEach(each -> endOrphan(lease, each.owner()));
      lease.waiters().forEach(each -> endOrphan(lease, each.owner()));
    }
  }

  private void endOrphan(Lease lease, LeaseOwner owner) {
    if (owner.isOf(node, incarnation) && !claims.containsKey(owner) && orphans.add(owner.claim())) {
      String why = "its program on " + node + " has ended";
      send.accept(
          new LeaseStep(
              Kind.ENDED, lease.name(), owner, LeaseMode.SHARED, 0, 0, why, node, wallMillis));
    }
  }

  private void expire() {
    due = Long.MAX_VALUE;
    for (Claim claim : List.copyOf(claims.values())) {
      if (claim.isTold() && claim.wish == Wish.HOLD) {
        if (now >= claim.expiry - claim.stopNanos) {
          String cause =
              agreed && mayGrant
                  ? "the program did not renew its lease in time"
                  : "this node is in no view with quorum";
          end(claim, cause);
        } else {
          due = Math.min(due, claim.expiry - claim.stopNanos);
        }
      }
      reconcile(claim);
    }
  }

  /** It is told to stop; the others hear when its lease has run out, or when it has stopped. */
  private void end(Claim claim, String why) {
    lose(claim, claim.expiry, why);
    claim.wish = Wish.END;
    claim.reason = "its lease has run out on " + node + ": " + why;
    due = Math.min(due, claim.expiry);
  }

  private void lose(Claim claim, long until, String why) {
    tell(claim, new LeaseEvent.Lost(until, why));
    claim.silent = true;
  }

  /** Compares what a claim wants with what is agreed, and says what differs. */
  private void reconcile(Claim claim) {
    if (leaving && claim.wish == Wish.HOLD) {
      leaveWith(claim);
    }
    if (!agreed) {
      return;
    }
    Lease lease = leases.lease(claim.resource);
    Holder holder = lease == null ? null : lease.holder(claim.owner);
    boolean known = holder != null || (lease != null && lease.isWaiting(claim.owner));
    switch (claim.wish) {
      case HOLD -> hold(claim, lease, holder, known);
      case READ -> {
        if (holder == null) {
          dropped(claim);
        } else if (holder.state() == State.HELD) {
          step(claim, Kind.READ_ONLY, claim.reason);
        } else {
          tellNews(claim, lease);
        }
      }
      case RELEASE -> leaveOrForget(claim, known, Kind.RELEASE);
      case END -> {
        if (now >= claim.expiry || !known) {
          leaveOrForget(claim, known, Kind.ENDED);
        } else {
          due = Math.min(due, claim.expiry);
        }
      }
    }
  }

  private void leaveWith(Claim claim) {
    if (claim.isTold()) {
      end(claim, node + " leaves the cluster");
    } else {
      lose(claim, now, node + " leaves the cluster");
      claim.wish = Wish.RELEASE;
    }
  }

  private void leaveOrForget(Claim claim, boolean known, Kind kind) {
    if (known) {
      step(claim, kind, claim.reason);
    } else if (claim.sentIn != view) {
      claims.remove(claim.owner);
      forgetHandle(claim);
    }
  }

  private void hold(Claim claim, @Nullable Lease lease, @Nullable Holder holder, boolean known) {
    claim.confirmedHolder =
        holder != null && holder.state() == State.HELD && holder.token() == claim.token;
    if (claim.isTold()) {
      if (holder == null || holder.token() != claim.token) {
        dropped(claim);
      } else {
        tellNews(claim, lease);
      }
    } else if (holder != null && holder.state() == State.READ_ONLY) {
      step(claim, Kind.ONLINE, "");
    } else if (holder != null && holder.token() == claim.givenUp) {
      // What it said got lost with a view in which others may have acted on it.
      step(claim, Kind.READ_ONLY, claim.reason);
    } else if (holder != null && holder.state() == State.HELD) {
      given(claim, holder, lease);
    } else if (!known) {
      step(claim, Kind.ACQUIRE, "");
    }
  }

  /** The others have gone on without this node long enough. */
  private void dropped(Claim claim) {
    if (!claim.silent) {
      lose(claim, Math.min(now, claim.expiry), "others have it, or it was taken from this node");
    }
    claim.wish = Wish.RELEASE;
    leaveOrForget(claim, leases.knows(claim.resource, claim.owner), Kind.RELEASE);
  }

  /** It is told when every member of the view has the step that gave it. */
  private void given(Claim claim, Holder holder, @Nullable Lease lease) {
    if (claim.sentIn == view) {
      return; // What it said last may still take this away.
    }
    if (claim.markRing != view) {
      claim.markRing = view;
      claim.mark = ring.delivered();
    }
    long confirmed = trips.confirmed();
    long expiry = confirmed + LeaseTimes.nanos(claim.leaseMillis);
    boolean everywhere = ring.heldByAll() - claim.mark >= 0;
    if (!mayGrant
        || !everywhere
        || confirmed == RoundTrips.NEVER
        || expiry - claim.stopNanos <= now) {
      dirty = true;
      return;
    }
    claim.token = holder.token();
    claim.expiry = expiry;
    claim.confirmedHolder = true;
    due = Math.min(due, expiry - claim.stopNanos);
    tellNews(claim, lease); // What it has to take over it knows when it begins.
    tell(claim, new LeaseEvent.Held(claim.token, expiry));
  }

  private void tellNews(Claim claim, @Nullable Lease lease) {
    if (lease != null && !claim.silent) {
      List<LeaseEvent> events = new ArrayList<>();
      news.of(claim, lease, events);
      events.forEach(each -> tell(claim, each));
      sendRecovered(claim);
    }
  }

  /**
   * Of one that only reads the agreed state takes no such word, and without quorum nobody else is
   * given what it was to take over: it would be said again without end.
   */
  private void sendRecovered(Claim claim) {
    Lease lease = leases.lease(claim.resource);
    Holder holder = lease == null ? null : lease.holder(claim.owner);
    if (!agreed
        || lease == null
        || holder == null
        || holder.state() != State.HELD
        || claim.sentIn == view) {
      return;
    }
    for (Recovery recovery : lease.recoveries()) {
      if (recovery.by() == claim.token && claim.recovered.contains(recovery.token())) {
        claim.sentIn = view;
        send.accept(made(claim, Kind.RECOVERED, recovery.token(), ""));
        return;
      }
    }
  }

  private void step(Claim claim, Kind kind, String text) {
    if (claim.sentIn != view) {
      claim.sentIn = view;
      send.accept(made(claim, kind, 0, text));
    }
  }

  private LeaseStep made(Claim claim, Kind kind, long token, String text) {
    return new LeaseStep(
        kind,
        claim.resource,
        claim.owner,
        claim.mode,
        claim.leaseMillis,
        token,
        text,
        node,
        wallMillis);
  }

  private void tell(Claim claim, LeaseEvent event) {
    if (!claim.silent) {
      consumers.tell(claim.session, claim.handle, event);
    }
  }

  // ---- for observers

  /** Whether the view is agreed and may give leases: it has quorum, and nobody else can have it. */
  public boolean mayGrant() {
    return agreed && mayGrant;
  }

  /** What everybody holds and who talks in which group, as this node knows it. */
  public LeasesReport report() {
    return LeaseReports.of(node, agreed && mayGrant, leases, groups.get());
  }

  /** Claims of this node's programs that they were told to hold, by token: when that ends. */
  public Map<Long, Long> held() {
    Map<Long, Long> held = new LinkedHashMap<>();
    for (Claim claim : claims.values()) {
      if (claim.isTold() && claim.wish == Wish.HOLD) {
        held.put(claim.token, claim.expiry);
      }
    }
    return held;
  }
}
