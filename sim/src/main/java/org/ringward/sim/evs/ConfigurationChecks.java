package org.ringward.sim.evs;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.ringward.sim.world.Violation;

/**
 * Specification 2 of the paper, delivery of configuration changes: a configuration has one
 * membership wherever it is delivered (2.1); every event of a process is in exactly one
 * configuration, which has the process as a member (2.2, 2.3); a transitional configuration has
 * exactly those that go from the same regular configuration to the same next one, and is the same
 * for all of them (2.4). Ring ids only grow, as the ring id file promises (reference/totem-srp.md,
 * section 6).
 */
final class ConfigurationChecks {
  private static final String RULE = "EVS 2 configuration changes";

  private final Map<RingId, Entry.Regular> installed = new HashMap<>();
  private final Map<Integer, Long> highest = new HashMap<>();
  private final Set<RingId> ambiguous;

  ConfigurationChecks(Set<RingId> ambiguous) {
    this.ambiguous = ambiguous;
  }

  /** The configurations of one process by themselves; processes of a node in their order. */
  void process(History process) {
    if (process.isForgetful()) {
      highest.remove(process.node());
    }
    Entry.Regular current = null;
    Entry.Transitional change = null;
    for (Entry entry : process.entries()) {
      switch (entry) {
        case Entry.Transitional next -> {
          if (change != null) {
            throw broken(process, "got two transitional configurations in a row");
          }
          transitional(process, current, next);
          change = next;
        }
        case Entry.Regular next -> {
          regular(process, change, next);
          current = next;
          change = null;
        }
        case Entry.Delivered delivered -> {
          if (current == null) {
            throw broken(process, "delivered something before its first configuration");
          }
        }
        default -> {}
      }
    }
  }

  private void transitional(
      History process, Entry.@Nullable Regular current, Entry.Transitional next) {
    if (current == null) {
      if ((next.members() & ~Nodes.of(process.node())) != 0) {
        throw broken(process, "came to its first ring with " + Nodes.text(next.members()));
      }
      return;
    }
    if (!Nodes.has(next.members(), process.node())) {
      throw broken(process, "is not in its transitional configuration " + next);
    }
    if ((next.members() & ~current.members()) != 0) {
      throw broken(process, "got strangers in " + next + " after " + current);
    }
    if (next.left() != (current.members() & ~next.members())) {
      throw broken(process, "got a wrong list of those who left in " + next);
    }
  }

  private void regular(History process, Entry.@Nullable Transitional change, Entry.Regular next) {
    if (change == null) {
      throw broken(process, "got ring %s without a transitional one".formatted(next.ring()));
    }
    if (!change.ring().equals(next.ring())) {
      throw broken(process, "got ring %s on the way to %s".formatted(next.ring(), change.ring()));
    }
    if (!Nodes.has(next.members(), process.node())) {
      throw broken(process, "got ring %s without itself".formatted(next.ring()));
    }
    if ((change.members() & ~next.members()) != 0
        || next.joined() != (next.members() & ~change.members())) {
      throw broken(process, "got %s behind %s".formatted(next, change));
    }
    Long before = highest.put(process.node(), next.ring().sequence());
    if (before != null && before >= next.ring().sequence()) {
      throw broken(process, "came from ring sequence %d to ring %s".formatted(before, next.ring()));
    }
    Entry.Regular known = installed.putIfAbsent(next.ring(), next);
    if (known != null && known.members() != next.members() && !ambiguous.contains(next.ring())) {
      throw broken(
          process,
          "got ring %s of %s, another process of %s"
              .formatted(next.ring(), Nodes.text(next.members()), Nodes.text(known.members())));
    }
  }

  /** Who came along to a ring: all stretches that ended with it, and from where everybody came. */
  void companions(List<Stretch> arrivals, Map<History, RingId> origins) {
    Map<RingId, Stretch> firstFrom = new HashMap<>();
    for (Stretch arrival : arrivals) {
      Entry.Transitional change = arrival.transitional();
      if (change == null) {
        continue;
      }
      Stretch first = firstFrom.putIfAbsent(arrival.ring(), arrival);
      if (first != null
          && first.transitional() != null
          && first.transitional().members() != change.members()) {
        throw broken(
            arrival.process(),
            "went from ring %s to %s with %s, %s with %s"
                .formatted(
                    arrival.ring(),
                    change.ring(),
                    Nodes.text(change.members()),
                    first.process(),
                    Nodes.text(first.transitional().members())));
      }
      origins.forEach((process, origin) -> {
        boolean together = origin.equals(arrival.ring());
        if (Nodes.has(change.members(), process.node()) != together) {
          throw broken(
              arrival.process(),
              "went from ring %s to %s with %s; %s came from %s"
                  .formatted(
                      arrival.ring(),
                      change.ring(),
                      Nodes.text(change.members()),
                      process,
                      origin));
        }
      });
    }
  }

  private static Violation broken(History process, String what) {
    return new Violation(RULE, process + " " + what);
  }
}
