package org.ringward.sim.lease;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.ringward.core.lease.LeaseStep;
import org.ringward.core.lease.Leases;
import org.ringward.sim.check.LeaseHolders;
import org.ringward.sim.world.Chance;
import org.ringward.sim.world.Violation;

/**
 * Three nodes' leases without anything else of a node: an order of steps for each view, members
 * that are late in it, a token that goes round, views that change at the worst moments, and
 * programs that stop, hang up and use what they hold until their clocks, which drift by 500
 * millionths, say no. So fast that rare orders of events come up in a minute.
 */
public final class LeaseStorm {
  static final int NODES = 3;
  static final long TICK = 10_000_000;
  private static final int TICKS = 12_000;
  private static final int SETTLING = 8000;

  final Chance chance;
  final LeaseHolders holders = new LeaseHolders();
  private final List<StormNode> nodes = new ArrayList<>();
  private long lastView;
  long now;

  /** A view: who is in it, and what was said in it so far. */
  static final class View {
    final long sequence;
    final List<StormNode> members;
    final List<LeaseStep> order = new ArrayList<>();
    final boolean quorate;
    @Nullable Leases beginning;
    int token;

    View(long sequence, List<StormNode> members) {
      this.sequence = sequence;
      this.members = members;
      this.quorate = 2 * members.size() > NODES;
    }
  }

  private LeaseStorm(long seed) {
    this.chance = new Chance(seed);
    for (int id = 1; id <= NODES; id++) {
      nodes.add(new StormNode(this, id));
    }
  }

  /** What a seed finds, null when all is well. */
  public static @Nullable String failure(long seed) {
    LeaseStorm storm = new LeaseStorm(seed);
    try {
      storm.run();
      return null;
    } catch (Violation violation) {
      return violation.getMessage() + " at " + storm.now / 1_000_000 + " ms";
    }
  }

  /** How often something was given in the run of a seed. */
  public static long grants(long seed) {
    LeaseStorm storm = new LeaseStorm(seed);
    storm.run();
    return storm.holders.grants();
  }

  private void run() {
    begin(new ArrayList<>(nodes));
    for (int tick = 0; tick < TICKS; tick++) {
      turn();
      if (chance.oneIn(250)) {
        split();
      }
      if (chance.oneIn(1500)) {
        chance.oneOf(nodes).restart();
      }
    }
    settle();
  }

  private void turn() {
    now += TICK;
    moveTokens();
    nodes.forEach(StormNode::turn);
  }

  /** The token of each view goes to the next member that is still in it. */
  private void moveTokens() {
    for (int moves = chance.between(0, 3); moves > 0; moves--) {
      nodes.stream()
          .map(StormNode::view)
          .distinct()
          .toList()
          .forEach(view -> {
            if (view != null && view.members.stream().allMatch(each -> each.isIn(view))) {
              view.token = (view.token + 1) % view.members.size();
              view.members.get(view.token).tokenCame();
            }
          });
    }
  }

  /** Some members go on together; the others find themselves alone, sooner or later. */
  private void split() {
    List<StormNode> together = new ArrayList<>(nodes);
    for (int left = chance.between(0, 2); left > 0; left--) {
      together.remove(chance.oneOf(together));
    }
    begin(together);
    for (StormNode node : nodes) {
      if (!together.contains(node) && chance.oneIn(2)) {
        begin(new ArrayList<>(List.of(node)));
      }
    }
  }

  /** Whoever is in a new view has left the old one before anybody agrees to the new one. */
  private void begin(List<StormNode> members) {
    lastView += 4;
    View view = new View(lastView, List.copyOf(members));
    members.forEach(each -> each.enter(view));
  }

  /** A member has found that all are in the view: they take the most advanced state. */
  Leases beginning(View view) {
    Leases known = view.beginning;
    if (known != null) {
      return known;
    }
    StormNode best = view.members.getFirst();
    Map<String, String> lives = new TreeMap<>();
    for (StormNode each : view.members) {
      best = each.isAheadOf(best) ? each : best;
      lives.put(each.name(), each.life());
    }
    StormNode winner = best;
    boolean remembered = view.members.stream().anyMatch(each -> each.remembers(winner));
    Leases state = best.state().members(lives);
    state = remembered ? state : state.doubted();
    long primary = view.quorate ? view.sequence : best.primary();
    Leases begun = view.quorate ? state.settle(primary) : state;
    view.beginning = begun;
    return begun;
  }

  /** All are together and release what they hold; then nobody must have anything. */
  private void settle() {
    begin(new ArrayList<>(nodes));
    nodes.forEach(StormNode::rest);
    for (int tick = 0; tick < SETTLING; tick++) {
      turn();
    }
    for (StormNode node : nodes) {
      boolean left =
          node.state().byName().values().stream()
              .anyMatch(each -> !each.holders().isEmpty() || !each.waiters().isEmpty());
      if (left || !node.state().equals(nodes.getFirst().state())) {
        throw new Violation("leases", node.name() + " is not settled: " + node.state());
      }
    }
  }
}
