package org.ringward.sim.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.ringward.sim.world.Violation;

/**
 * What programs believe to hold, in real time: at no instant do two of them believe so of one
 * resource unless both share it; tokens grow from one exclusive holder to the next; whose
 * belongings somebody is told to take over does not believe to hold any more.
 */
public final class LeaseHolders {
  private final Map<String, Map<Long, Belief>> beliefs = new LinkedHashMap<>();
  private final Map<String, Long> highest = new HashMap<>();
  private final Map<String, Long> highestExclusive = new HashMap<>();
  private final Set<Long> known = new HashSet<>();

  /** A program believes until that time of the world. */
  private record Belief(String who, boolean exclusive, long until) {}

  /**
   * A program was told that it holds, and reads its clock now.
   *
   * @param until when its own clock will show that it is over, a time of the world
   */
  public void told(
      String who, String resource, boolean exclusive, long token, long until, long now) {
    if (until <= now) {
      return; // It reads that too late, and its clock tells it so.
    }
    Map<Long, Belief> all = beliefs.computeIfAbsent(resource, _ -> new LinkedHashMap<>());
    if (known.add(token)) {
      isNew(who, resource, exclusive, token);
    }
    all.values().removeIf(each -> each.until() <= now);
    all.forEach((other, belief) -> {
      if (other != token && (exclusive || belief.exclusive())) {
        throw new Violation(
            "leases",
            "%s was told to hold %s with token %x while %s believes to with token %x"
                .formatted(who, resource, token, belief.who(), other));
      }
    });
    all.put(token, new Belief(who, exclusive, until));
  }

  private void isNew(String who, String resource, boolean exclusive, long token) {
    long before = (exclusive ? highest : highestExclusive).getOrDefault(resource, 0L);
    if (token < before) {
      throw new Violation(
          "leases", "%s was given token %x of %s after %x".formatted(who, token, resource, before));
    }
    highest.merge(resource, token, Math::max);
    if (exclusive) {
      highestExclusive.merge(resource, token, Math::max);
    }
  }

  /** A program does not hold it any more, and knows it. */
  public void over(String resource, long token) {
    Map<Long, Belief> all = beliefs.get(resource);
    if (all != null) {
      all.remove(token);
    }
  }

  /** A program has died with its machine, and with it all that it had started. */
  public void died(String who) {
    beliefs.values().forEach(each -> each.values().removeIf(belief -> belief.who().equals(who)));
  }

  /** Somebody is told to take over what the holder of the token left. */
  public void recovers(String who, String resource, long token, String proof, long now) {
    Belief belief = beliefs.getOrDefault(resource, Map.of()).get(token);
    if (belief != null && belief.until() > now) {
      throw new Violation(
          "leases",
          "%s takes over from %s (%s), who believes to hold %s with token %x for another %d ms"
              .formatted(
                  who, belief.who(), proof, resource, token, (belief.until() - now) / 1_000_000));
    }
  }

  /** How often something was given. */
  public long grants() {
    return known.size();
  }
}
