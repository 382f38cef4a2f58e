package org.ringward.core.lease;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.ringward.core.lease.Holder.State;
import org.ringward.core.lease.LeaseStep.Kind;

/**
 * The proof by time: what a lost node holds is over when every member has gone on without it for
 * longer than it was told to hold it ({@link LeaseTimes#bound}). Only the coordinator of a view
 * that may give leases says so, and what it says counts in that view only. Monotonic nanoseconds.
 */
public final class LeaseBounds {
  private final String node;
  private final Consumer<LeaseStep> send;
  private final Set<Long> said = new TreeSet<>();
  private boolean counts;
  private long since;
  private long due = Long.MAX_VALUE;

  /**
   * @param send sends in this view only
   */
  public LeaseBounds(String node, Consumer<LeaseStep> send) {
    this.node = node;
    this.send = send;
  }

  /** A view was agreed, or whether it may give leases has changed; the time begins at that. */
  public void view(boolean mayGrant, boolean isNew, long now) {
    if (isNew || !counts) {
      since = now;
      said.clear();
    }
    counts = mayGrant;
  }

  /**
   * Says what has been proven by now.
   *
   * @param coordinates whether that is this node's to say
   */
  public void turn(Leases leases, boolean coordinates, long now, long wallMillis) {
    due = Long.MAX_VALUE;
    if (!counts || !coordinates) {
      return;
    }
    if (leases.doubtful() && !said.contains(0L)) {
      long end = since + LeaseTimes.nanos(LeaseTimes.bound(LeaseTimes.LONGEST));
      if (now >= end) {
        said.add(0L);
        send.accept(known(wallMillis));
      } else {
        due = end;
      }
    }
    for (Lease lease : leases.byName().values()) {
      for (Holder holder : lease.holders()) {
        if (holder.state() == State.SUSPENDED && !said.contains(holder.token())) {
          long end = since + LeaseTimes.nanos(LeaseTimes.bound(holder.leaseMillis()));
          if (now >= end) {
            said.add(holder.token());
            send.accept(proof(lease, holder, wallMillis));
          } else {
            due = Math.min(due, end);
          }
        }
      }
    }
  }

  private LeaseStep known(long wallMillis) {
    return new LeaseStep(
        Kind.KNOWN, "", new LeaseOwner(node, "", 0), LeaseMode.SHARED, 0, 0, "", node, wallMillis);
  }

  private LeaseStep proof(Lease lease, Holder holder, long wallMillis) {
    String sentence =
        String.format(
            Locale.ROOT,
            "the lease of %s on %s has run out: the others have gone on without it for %.1f s",
            holder.owner().node(),
            lease.name(),
            LeaseTimes.bound(holder.leaseMillis()) / 1000.0);
    return new LeaseStep(
        Kind.PROVEN,
        lease.name(),
        holder.owner(),
        holder.mode(),
        holder.leaseMillis(),
        holder.token(),
        sentence,
        node,
        wallMillis);
  }

  /** When {@link #turn} is needed next, Long.MAX_VALUE for never. */
  public long nextDeadline() {
    return due;
  }
}
