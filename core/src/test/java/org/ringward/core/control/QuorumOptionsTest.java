package org.ringward.core.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ringward.core.base.NodeSet;
import org.ringward.core.cib.CibVersion;
import org.ringward.core.config.QuorumSettings;
import org.ringward.core.config.QuorumSettings.TieBreaker;
import org.ringward.core.quorum.Electorate;
import org.ringward.core.quorum.QuorumVerdict;

/**
 * At most one side may go on, ever, under every option that a file of ours may have: random splits,
 * merges of parts of sides, restarts and waiting. Views end before, while and after their members
 * confirm them, so that some know of what others do not.
 */
class QuorumOptionsTest {
  private static final int RUNS = Integer.getInteger("ringward.quorum.runs", 40);
  private static final int STEPS = 40;

  /** A set of options for so many nodes. */
  private record Options(String name, int nodes, QuorumSettings settings) {
    @Override
    public String toString() {
      return name + " of " + nodes;
    }
  }

  static Stream<Options> options() {
    List<Options> all = new ArrayList<>();
    TieBreaker list = new TieBreaker(TieBreaker.Kind.LIST, List.of(2, 1, 3));
    for (int nodes = 2; nodes <= 6; nodes++) {
      for (boolean wait : new boolean[] {false, true}) {
        all.add(new Options("majority", nodes, settings(wait, false, false, TieBreaker.LOWEST)));
        if (nodes % 2 == 0) {
          all.add(new Options("lowest", nodes, settings(wait, false, true, TieBreaker.LOWEST)));
          all.add(new Options("highest", nodes, settings(wait, false, true, TieBreaker.HIGHEST)));
        }
      }
      all.add(new Options("standing", nodes, settings(true, true, false, TieBreaker.LOWEST)));
      if (nodes == 4 || nodes == 6) {
        all.add(new Options("list", nodes, settings(true, false, true, list)));
        all.add(new Options("last man", nodes, settings(true, true, true, TieBreaker.LOWEST)));
      }
    }
    return all.stream();
  }

  private static QuorumSettings settings(
      boolean wait, boolean standing, boolean tie, TieBreaker rule) {
    return QuorumSettings.DEFAULT.toBuilder()
        .waitForAll(wait)
        .lastManStanding(standing)
        .lastManStandingWindow(1000)
        .autoTieBreaker(tie)
        .tieBreaker(rule)
        .build();
  }

  @ParameterizedTest
  @MethodSource("options")
  void atMostOneSideMayGoOn(Options options) {
    int quorateSteps = 0;
    for (int seed = 1; seed <= RUNS; seed++) {
      quorateSteps += new World(options, seed).run();
    }
    // Something is checked at all.
    assertThat(quorateSteps).isGreaterThan(RUNS * STEPS / 20);
  }

  /** A cluster that falls apart and comes together at random. */
  private static final class World {
    private final Options options;
    private final Random random;
    private final Electorate electorate;
    private final Map<Integer, Long> primaries = new TreeMap<>();
    private final Map<Integer, OwnLineage> lineages = new TreeMap<>();
    private final List<String> story = new ArrayList<>();
    private List<NodeSet> sides;
    private long ring = 4;

    World(Options options, int seed) {
      this.options = options;
      this.random = new Random(seed);
      this.electorate = Electorate.of(options.nodes(), options.settings());
      NodeSet all = NodeSet.of(IntStream.rangeClosed(1, options.nodes()).toArray());
      all.stream()
          .forEach(id -> {
            electorate.boot(id);
            primaries.put(id, 0L);
            lineages.put(id, new OwnLineage(options.settings()));
          });
      sides = List.of(all);
      story.add("seed " + seed);
    }

    /** How often a side was quorate. */
    int run() {
      int quorate = 0;
      for (int step = 0; step < STEPS; step++) {
        switch (random.nextInt(6)) {
          case 0, 1, 2 -> split();
          case 3 -> restart();
          case 4 -> sides = List.of(NodeSet.of(electorate.running()));
          default -> {
            electorate.pass(1000);
            story.add("wait");
          }
        }
        electorate.rings(sides);
        story.add(sides.toString());
        quorate += look();
      }
      return quorate;
    }

    private void split() {
      List<NodeSet> made = new ArrayList<>(List.of(NodeSet.EMPTY, NodeSet.EMPTY, NodeSet.EMPTY));
      int parts = 2 + random.nextInt(2);
      for (int id : electorate.running()) {
        int part = random.nextInt(parts);
        made.set(part, made.get(part).with(id));
      }
      sides = made.stream().filter(side -> !side.isEmpty()).toList();
    }

    /** A node starts again, alone first. */
    private void restart() {
      int id = 1 + random.nextInt(options.nodes());
      electorate.boot(id);
      lineages.put(id, new OwnLineage(options.settings()));
      story.add("restart " + id);
      List<NodeSet> rest = new ArrayList<>();
      for (NodeSet side : sides) {
        if (!side.without(id).isEmpty()) {
          rest.add(side.without(id));
        }
      }
      rest.add(NodeSet.of(id));
      sides = rest;
    }

    private int look() {
      ring += 4;
      int quorate = 0;
      for (NodeSet side : sides) {
        if (formed(side)) {
          quorate++;
        }
      }
      assertThat(quorate).as(String.join("; ", story)).isLessThanOrEqualTo(1);
      return quorate;
    }

    /** Whether some member learns that this side goes on; chance says how far they get. */
    private boolean formed(NodeSet side) {
      side.stream().forEach(id -> lineage(id).viewBegins());
      Map<Integer, ClusterMessage.StateOffer> offers = new TreeMap<>();
      side.stream().forEach(id -> offers.put(id, offer(id)));
      if (random.nextInt(8) == 0) {
        story.add(side + " ends before it knows anything");
        return false;
      }
      QuorumAgreement agreement = new QuorumAgreement();
      agreement.begin(offers, side, side.size() == options.nodes());
      long newest = side.stream().mapToLong(this::primary).max().orElse(0);
      NodeSet knowing = some(side);
      knowing.stream().forEach(id -> primaries.put(id, newest));
      if (agreement.isUnconfirmed()) {
        knowing.stream().forEach(id -> lineage(id).attempt(ring, side));
        if (knowing.size() < side.size()) {
          story.add(side + " is confirmed by " + knowing + " only");
          return false;
        }
        side.stream().forEach(id -> agreement.claimed(id, claim(id)));
        knowing = some(side);
      }
      QuorumVerdict verdict = agreement.verdict();
      if (!verdict.quorate() || knowing.isEmpty()) {
        return false;
      }
      story.add(knowing + " of " + side + " go on by " + verdict.rule());
      knowing.stream()
          .forEach(id -> {
            primaries.put(id, ring);
            lineage(id).formed(ring, side);
          });
      return true;
    }

    /** All, most often. */
    private NodeSet some(NodeSet side) {
      if (random.nextInt(3) > 0) {
        return side;
      }
      return NodeSet.of(side.stream().filter(_ -> random.nextBoolean()).toArray());
    }

    private OwnLineage lineage(int id) {
      return Objects.requireNonNull(lineages.get(id));
    }

    private long primary(int id) {
      return primaries.getOrDefault(id, 0L);
    }

    private QuorumClaim claim(int id) {
      return new QuorumClaim(1, electorate.verdict(id), lineage(id).told(), false);
    }

    private ClusterMessage.StateOffer offer(int id) {
      return new ClusterMessage.StateOffer(
          ring,
          "n" + id,
          1,
          false,
          false,
          claim(id),
          new StateKey(primary(id), CibVersion.ZERO),
          "",
          "",
          Map.of());
    }
  }
}
