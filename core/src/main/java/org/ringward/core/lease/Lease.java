package org.ringward.core.lease;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.ringward.core.lease.Holder.State;

/**
 * One resource that applications share: its holders, those who wait for it, first come first
 * served, and what is left to be taken over. Immutable; every change is a pure function.
 */
public record Lease(
    String name, List<Holder> holders, List<Waiter> waiters, List<Recovery> recoveries) {

  /** Holders and waiters of one resource. */
  static final int CLAIMS_MOST = 256;

  private static final int RECOVERIES_MOST = 64;

  public Lease {
    holders = List.copyOf(holders);
    waiters = List.copyOf(waiters);
    recoveries = List.copyOf(recoveries);
  }

  static Lease of(String name) {
    return new Lease(name, List.of(), List.of(), List.of());
  }

  /** The holder that is this claim, null when it is none. */
  public @Nullable Holder holder(LeaseOwner owner) {
    for (Holder each : holders) {
      if (each.owner().equals(owner)) {
        return each;
      }
    }
    return null;
  }

  /** Whether that claim waits. */
  public boolean isWaiting(LeaseOwner owner) {
    return waiters.stream().anyMatch(each -> each.owner().equals(owner));
  }

  /** Whether a holder's end is not proven yet, or something is left to be taken over. */
  public boolean isUnsettled() {
    return !recoveries.isEmpty()
        || holders.stream().anyMatch(each -> each.state() == State.SUSPENDED);
  }

  /** Nothing is left that must be remembered. */
  boolean isForgotten() {
    return holders.isEmpty() && waiters.isEmpty() && recoveries.isEmpty();
  }

  // ---- what owners say

  Lease acquire(LeaseOwner owner, LeaseMode mode, long leaseMillis) {
    boolean full = holders.size() + waiters.size() >= CLAIMS_MOST;
    if (full || holder(owner) != null || isWaiting(owner)) {
      return this;
    }
    List<Waiter> more = new ArrayList<>(waiters);
    more.add(new Waiter(owner, mode, leaseMillis));
    return new Lease(name, holders, more, recoveries);
  }

  Lease release(LeaseOwner owner) {
    return without(owner);
  }

  private Lease without(LeaseOwner owner) {
    return new Lease(
        name,
        holders.stream().filter(each -> !each.owner().equals(owner)).toList(),
        waiters.stream().filter(each -> !each.owner().equals(owner)).toList(),
        recoveries);
  }

  /** The owner cannot use it any more, and left it as it was. */
  Lease ended(LeaseOwner owner, Recovery proof) {
    Holder holder = holder(owner);
    Lease left = without(owner);
    return holder == null || !holder.isActive() ? left : left.leaves(holder, proof);
  }

  /** The owner only reads; it stays and hears what becomes of the resource. */
  Lease readOnly(LeaseOwner owner, Recovery proof) {
    Holder holder = holder(owner);
    if (holder == null || holder.state() != State.HELD) {
      return this;
    }
    List<Holder> changed = new ArrayList<>(holders);
    changed.replaceAll(each -> each.equals(holder) ? each.with(State.READ_ONLY) : each);
    return new Lease(name, changed, waiters, recoveries).leaves(holder, proof);
  }

  /** The owner wants it again; it gets another token, because others may have had it since. */
  Lease online(LeaseOwner owner) {
    Holder holder = holder(owner);
    return holder == null || holder.state() != State.READ_ONLY
        ? this
        : without(owner).acquire(owner, holder.mode(), holder.leaseMillis());
  }

  /** The owner has taken over what the holder of that token left. */
  Lease recovered(LeaseOwner owner, long token) {
    Holder holder = holder(owner);
    if (holder == null || holder.state() != State.HELD) {
      return this;
    }
    return new Lease(
        name,
        holders,
        waiters,
        recoveries.stream()
            .filter(each -> each.token() != token || each.by() != holder.token())
            .toList());
  }

  private Lease leaves(Holder holder, Recovery proof) {
    List<Recovery> more = new ArrayList<>(recoveries);
    more.add(
        new Recovery(
            holder.owner(),
            holder.token(),
            proof.proof(),
            proof.author(),
            proof.wallMillis(),
            proof.by()));
    return new Lease(
        name,
        holders,
        waiters,
        more.subList(Math.max(0, more.size() - RECOVERIES_MOST), more.size()));
  }

  // ---- what becomes of nodes

  /**
   * Another view: who is not in it, in the life that holds, may still use what it holds.
   *
   * @param lives lives of the members' daemons, by name
   */
  Lease members(Map<String, String> lives) {
    List<Holder> left = new ArrayList<>();
    for (Holder holder : holders) {
      boolean here = isHere(holder.owner(), lives);
      if (here && holder.state() == State.SUSPENDED) {
        left.add(holder.with(State.HELD));
      } else if (here) {
        left.add(holder);
      } else if (holder.isActive()) {
        left.add(holder.with(State.SUSPENDED));
      }
    }
    return new Lease(
        name,
        left,
        waiters.stream().filter(each -> isHere(each.owner(), lives)).toList(),
        recoveries);
  }

  private static boolean isHere(LeaseOwner owner, Map<String, String> lives) {
    return owner.incarnation().equals(lives.get(owner.node()));
  }

  /** The whole machine of these claims is down. */
  Lease down(String node, String incarnation, Recovery proof) {
    Lease left = this;
    for (Holder holder : holders) {
      if (holder.owner().isOf(node, incarnation)) {
        left = left.ended(holder.owner(), proof);
      }
    }
    for (Waiter waiter : waiters) {
      if (waiter.owner().isOf(node, incarnation)) {
        left = left.without(waiter.owner());
      }
    }
    return left;
  }

  /** A lost claim is over; one that is back meanwhile is not touched. */
  Lease proven(LeaseOwner owner, Recovery proof) {
    Holder holder = holder(owner);
    return holder == null || holder.state() != State.SUSPENDED ? this : ended(owner, proof);
  }

  // ---- what follows

  /** Gives the resource to whom it is due, and what was left to a holder. */
  Lease settle(LongSupplier tokens) {
    List<Holder> given = new ArrayList<>(holders);
    List<Waiter> left = new ArrayList<>(waiters);
    while (!left.isEmpty() && isFree(given, left.getFirst().mode())) {
      Waiter first = left.removeFirst();
      given.add(
          new Holder(
              first.owner(), tokens.getAsLong(), first.mode(), first.leaseMillis(), State.HELD));
    }
    return new Lease(name, given, left, taken(given));
  }

  private static boolean isFree(List<Holder> holders, LeaseMode wanted) {
    return holders.stream()
        .filter(Holder::isActive)
        .allMatch(each -> wanted == LeaseMode.SHARED && each.mode() == LeaseMode.SHARED);
  }

  /** The holder that has been here longest takes over. */
  private List<Recovery> taken(List<Holder> given) {
    long first =
        given.stream()
            .filter(each -> each.state() == State.HELD)
            .mapToLong(Holder::token)
            .min()
            .orElse(0);
    return recoveries.stream()
        .map(each -> isHeld(given, each.by()) ? each : each.with(first))
        .toList();
  }

  private static boolean isHeld(List<Holder> given, long token) {
    return given.stream().anyMatch(each -> each.token() == token && each.state() == State.HELD);
  }
}
