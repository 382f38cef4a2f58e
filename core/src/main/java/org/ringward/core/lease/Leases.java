package org.ringward.core.lease;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * All resources that applications share, as all nodes agree on them. Immutable; changed by steps in
 * the total order and by views only, so that all members have the same.
 *
 * @param lastToken the last fencing token that was given
 * @param doubtful what was given last may have been forgotten with all who knew it
 * @param byName the resources that somebody holds, wants or has to take over
 */
public record Leases(long lastToken, boolean doubtful, Map<String, Lease> byName) {
  /** Nothing was ever held. */
  public static final Leases NONE = new Leases(0, false, Map.of());

  /** Resources at a time. */
  static final int RESOURCES_MOST = 1024;

  /**
   * Tokens begin with the sequence of the primary ring, which no other ring has, also after all
   * power was lost and with it what was agreed last: it begins with the milliseconds since 1970
   * when a node starts, so that so many tokens in a millisecond of a cluster's life are not
   * exceeded.
   */
  private static final int TOKEN_BITS = 20;

  public Leases {
    byName = Collections.unmodifiableMap(new TreeMap<>(byName));
  }

  /** The resource of that name, null when nobody knows it. */
  public @Nullable Lease lease(String name) {
    return byName.get(name);
  }

  /** The holder that is this claim, null when it is none. */
  public @Nullable Holder holder(String resource, LeaseOwner owner) {
    Lease lease = byName.get(resource);
    return lease == null ? null : lease.holder(owner);
  }

  /** Whether that claim is known: it holds or waits. */
  public boolean knows(String resource, LeaseOwner owner) {
    Lease lease = byName.get(resource);
    return lease != null && (lease.holder(owner) != null || lease.isWaiting(owner));
  }

  /** What becomes of it when a step is applied; {@link #settle} follows. */
  public Leases apply(LeaseStep step) {
    LeaseOwner owner = step.owner();
    return switch (step.kind()) {
      case ACQUIRE ->
          byName.size() >= RESOURCES_MOST && !byName.containsKey(step.resource())
              ? this
              : changed(
                  step.resource(), each -> each.acquire(owner, step.mode(), step.leaseMillis()));
      case RELEASE -> changed(step.resource(), each -> each.release(owner));
      case ENDED -> changed(step.resource(), each -> each.ended(owner, proof(step)));
      case READ_ONLY -> changed(step.resource(), each -> each.readOnly(owner, proof(step)));
      case ONLINE -> changed(step.resource(), each -> each.online(owner));
      case RECOVERED -> changed(step.resource(), each -> each.recovered(owner, step.token()));
      case KNOWN -> new Leases(lastToken, false, byName);
      case PROVEN -> changed(step.resource(), each -> each.proven(owner, proof(step)));
    };
  }

  /** Who held what last is not known for certain; nothing is given before it is. */
  public Leases doubted() {
    return new Leases(lastToken, true, byName);
  }

  private static Recovery proof(LeaseStep step) {
    return new Recovery(step.owner(), 0, step.text(), step.author(), step.wallMillis(), 0);
  }

  private Leases changed(String resource, UnaryOperator<Lease> change) {
    Lease old = byName.getOrDefault(resource, Lease.of(resource));
    Lease lease = change.apply(old);
    return lease.equals(old) ? this : with(lease);
  }

  private Leases with(Lease lease) {
    Map<String, Lease> all = new TreeMap<>(byName);
    if (lease.isForgotten()) {
      all.remove(lease.name());
    } else {
      all.put(lease.name(), lease);
    }
    return new Leases(lastToken, doubtful, all);
  }

  private Leases all(UnaryOperator<Lease> change) {
    Leases changed = this;
    for (Lease lease : byName.values()) {
      Lease now = change.apply(lease);
      changed = now.equals(lease) ? changed : changed.with(now);
    }
    return changed;
  }

  /**
   * Another view was agreed.
   *
   * @param lives lives of the members' daemons, by name
   */
  public Leases members(Map<String, String> lives) {
    return all(lease -> lease.members(lives));
  }

  /** There is proof that the whole machine is down, or was since that life of its daemon. */
  public Leases down(
      String node, String incarnation, String proof, String author, long wallMillis) {
    LeaseOwner whole = new LeaseOwner(node, incarnation, 0);
    Recovery why = new Recovery(whole, 0, proof, author, wallMillis, 0);
    return all(lease -> lease.down(node, incarnation, why));
  }

  /**
   * Gives what is free to those who wait; only in a view that may.
   *
   * @param primary sequence of the last ring that founded a line of history
   */
  public Leases settle(long primary) {
    if (doubtful) {
      return this;
    }
    Tokens tokens = new Tokens(lastToken, primary);
    Leases changed = all(lease -> lease.settle(tokens::next));
    return tokens.last == lastToken ? changed : new Leases(tokens.last, false, changed.byName);
  }

  private static final class Tokens {
    final long first;
    long last;

    Tokens(long last, long primary) {
      this.last = last;
      this.first = primary << TOKEN_BITS;
    }

    long next() {
      last = Math.max(last, first) + 1;
      return last;
    }
  }
}
