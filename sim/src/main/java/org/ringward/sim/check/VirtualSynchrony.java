package org.ringward.sim.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.NodeSet;
import org.ringward.core.group.RingConfiguration;
import org.ringward.sim.world.Observer;
import org.ringward.sim.world.Violation;

/**
 * Total order and virtual synchrony (architecture.md, section 5, rule 1; reference/totem-srp.md):
 * all members of a ring deliver the same messages in the same order; members that pass together
 * from one ring to the next have delivered exactly the same between the two; one ring id has one
 * membership; ring ids only grow.
 *
 * <p>Messages are told apart by their 64-bit hash. A node that was not a listener when its ring was
 * installed is looked at from its next ring on.
 */
public final class VirtualSynchrony implements Observer {
  private static final String RULE = "virtual synchrony";

  private final Map<RingId, NodeSet> memberships = new HashMap<>();
  private final Map<RingId, List<Long>> orders = new HashMap<>();
  private final Map<Passage, Delivered> passages = new HashMap<>();
  private final SortedMap<Integer, Member> members = new TreeMap<>();
  private final SortedMap<Integer, Long> highest = new TreeMap<>();

  private long compared;
  private long passagesCompared;

  /** A ring's name; the disk number tells singletons apart that forgot their past. */
  private record RingId(int representative, long sequence, int disk) {}

  /** From one ring to another, in company. */
  private record Passage(RingId from, RingId to) {}

  /** What was delivered on a passage, and by whom first. */
  private record Delivered(int byNode, NodeSet company, List<Long> messages) {}

  private final SortedMap<Integer, Integer> disks = new TreeMap<>();

  private static final class Member {
    @Nullable RingId ring;
    @Nullable NodeSet transitional;
    boolean listening;
    boolean tracked;
    final List<Long> messages = new ArrayList<>();
  }

  /** How many deliveries were compared with those of another member so far. */
  public long compared() {
    return compared;
  }

  /** How many common ways from one ring to the next were compared so far. */
  public long passagesCompared() {
    return passagesCompared;
  }

  /** The node takes part in the group from now on. */
  public void listening(int node) {
    member(node).listening = true;
  }

  /** A configuration was delivered to the node's listener. */
  public void configured(int node, RingConfiguration configuration) {
    Member member = member(node);
    boolean first = member.ring == null && configuration.members().isEmpty();
    if (!configuration.members().contains(node) && !first) {
      throw new Violation(
          RULE, "n%d got a ring of %s without itself".formatted(node, configuration.members()));
    }
    if (configuration.kind() == RingConfiguration.Kind.TRANSITIONAL) {
      member.transitional = configuration.members();
      return;
    }
    RingId ring = ringId(node, configuration);
    Long before = highest.put(node, configuration.sequence());
    if (before != null && before >= configuration.sequence()) {
      throw new Violation(
          RULE,
          "n%d went from ring sequence %d to %d".formatted(node, before, configuration.sequence()));
    }
    NodeSet known = memberships.putIfAbsent(ring, configuration.members());
    if (known != null && !known.equals(configuration.members())) {
      throw new Violation(
          RULE,
          "ring %s has the members %s and, for n%d, %s"
              .formatted(ring, known, node, configuration.members()));
    }
    if (member.tracked && member.ring != null) {
      passed(node, member, new Passage(member.ring, ring));
    }
    member.ring = ring;
    member.tracked = member.listening;
    member.transitional = null;
    member.messages.clear();
  }

  /** A message, or a change of a group, was delivered to the node's listener. */
  public void delivered(int node, long hash) {
    Member member = member(node);
    if (!member.tracked || member.ring == null) {
      return;
    }
    int position = member.messages.size();
    member.messages.add(hash);
    if (member.transitional != null) {
      return; // the rest of the old ring: only those who come along must agree
    }
    List<Long> order = orders.computeIfAbsent(member.ring, _ -> new ArrayList<>());
    if (position == order.size()) {
      order.add(hash);
      return;
    }
    compared++;
    if (order.get(position) != hash) {
      throw new Violation(
          RULE,
          "n%d delivers %016x as message %d of ring %s, another member %016x"
              .formatted(node, hash, position, member.ring, order.get(position)));
    }
  }

  private void passed(int node, Member member, Passage passage) {
    NodeSet company = member.transitional;
    if (company == null) {
      throw new Violation(
          RULE, "n%d got ring %s without a transitional one".formatted(node, passage.to));
    }
    Delivered mine = new Delivered(node, company, List.copyOf(member.messages));
    Delivered first = passages.putIfAbsent(passage, mine);
    if (first == null) {
      return;
    }
    passagesCompared++;
    if (!first.company.equals(company)) {
      throw new Violation(
          RULE,
          "n%d went from %s to %s with %s, n%d with %s"
              .formatted(node, passage.from, passage.to, company, first.byNode, first.company));
    }
    if (!first.messages.equals(mine.messages)) {
      int position = 0;
      int common = Math.min(first.messages.size(), mine.messages.size());
      while (position < common
          && first.messages.get(position).equals(mine.messages.get(position))) {
        position++;
      }
      throw new Violation(
          RULE,
          "n%d and n%d came together from ring %s to %s but delivered %d and %d messages, equal up to %d"
              .formatted(
                  node,
                  first.byNode,
                  passage.from,
                  passage.to,
                  mine.messages.size(),
                  first.messages.size(),
                  position));
    }
  }

  private RingId ringId(int node, RingConfiguration configuration) {
    int disk = configuration.members().size() == 1 ? disks.getOrDefault(node, 0) : 0;
    return new RingId(configuration.representative(), configuration.sequence(), disk);
  }

  private Member member(int node) {
    return members.computeIfAbsent(node, _ -> new Member());
  }

  @Override
  public void daemonEnded(int node, boolean orderly) {
    members.remove(node);
  }

  @Override
  public void diskLost(int node) {
    disks.merge(node, 1, Integer::sum);
    highest.remove(node);
  }
}
