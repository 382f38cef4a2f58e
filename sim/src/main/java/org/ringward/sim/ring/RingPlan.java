package org.ringward.sim.ring;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.ringward.core.config.TotemSettings;
import org.ringward.sim.medium.Lan;
import org.ringward.sim.world.Chance;
import org.ringward.sim.world.Time;

/**
 * All that a seed decides before the run. Every run has its own mix of sizes, settings and faults
 * ("swarm testing", Groce and others, 2012).
 *
 * @param nodes 2 to 16
 * @param knet kronosnet links, encrypted in one of two runs, instead of udpu
 * @param links what each node has, 1 to 3 with knet
 * @param turnNanos how long a node needs from an input to its turn at most; 0 for none
 * @param noticesStalls nodes notice that they were stopped, and say so to their ring
 * @param calmNanos when all faults and the load are over
 */
public record RingPlan(
    long seed,
    int nodes,
    boolean knet,
    int links,
    TotemSettings totem,
    Lan.Quality network,
    long turnNanos,
    boolean noticesStalls,
    Load load,
    long calmNanos,
    List<RingFault> faults) {

  /** A node more costs more than time: the largest rings are rare. */
  private static final int[] SIZES = {2, 2, 3, 3, 3, 3, 4, 4, 5, 5, 6, 7, 8, 10, 12, 16};

  /** Time a run gets to settle when all faults are over, in token timeouts, and besides. */
  private static final int SETTLE_TOKENS = 12;

  private static final long SETTLE_BESIDES = 40 * Time.SECONDS;

  /**
   * What applications do.
   *
   * @param everyNanos mean time between two messages of a node
   * @param groups how many groups there are
   * @param churnNanos mean time between two changes of groups by a node
   * @param largestUsual bytes of the longest of the usual messages
   */
  public record Load(long everyNanos, int groups, long churnNanos, int largestUsual) {}

  public RingPlan {
    faults = List.copyOf(faults);
  }

  /**
   * Whether nodes know the date; then a lost ring id file must do no harm. Without that a ring id
   * may be given twice. Drawn apart, so that the rest of a run does not depend on it.
   */
  public boolean clocksAreRight() {
    return !new Chance(Chance.mix(seed) ^ 0x434C4F43L).oneIn(4);
  }

  /** The end of patience with a world that does not settle. */
  public long limitNanos() {
    return calmNanos + SETTLE_BESIDES + SETTLE_TOKENS * (totem.token() * Time.MILLIS);
  }

  /** Draws a run. */
  public static RingPlan draw(long seed) {
    Chance chance = new Chance(Chance.mix(seed) ^ 0x52494E47L);
    int nodes = SIZES[chance.between(0, SIZES.length - 1)];
    // Drawn apart, so that runs without kronosnet stay what they are.
    Chance transport = new Chance(Chance.mix(seed) ^ 0x4B4E4554L);
    boolean knet = transport.oneIn(6);
    int links = knet ? transport.between(1, 3) : 1;
    Lan.Quality network = network(chance);
    long begin = chance.between(20, 600) * Time.MILLIS;
    long calm = begin + chance.between(300, 2200) * Time.MILLIS;
    return new RingPlan(
        seed,
        nodes,
        knet,
        links,
        withWindow(seed, totem(nodes, network, chance)),
        network,
        chance.oneIn(2) ? 0 : chance.between(20, 300) * Time.MICROS,
        chance.oneIn(2),
        load(nodes, chance),
        calm,
        withNodeList(seed, nodes, begin, calm, faults(nodes, links, begin, calm, chance)));
  }

  /** Short rotations, in which the token overtakes more of the messages; drawn apart. */
  private static TotemSettings withWindow(long seed, TotemSettings totem) {
    Chance chance = new Chance(Chance.mix(seed) ^ 0x57494E44L);
    if (!chance.oneIn(3)) {
      return totem;
    }
    return totem.toBuilder().windowBytes(chance.oneOf(0, 24_000, 32_000, 48_000)).build();
  }

  /** Drawn apart, as kronosnet is. */
  private static List<RingFault> withNodeList(
      long seed, int nodes, long begin, long calm, List<RingFault> faults) {
    Chance chance = new Chance(Chance.mix(seed) ^ 0x4C495354L);
    if (nodes < 3 || !chance.oneIn(6)) {
      return faults;
    }
    List<RingFault> more = new ArrayList<>(faults);
    more.add(
        RingFault.draw(
            faults.size() + 1,
            chance.between(begin, calm),
            RingFault.Kind.NODE_LIST,
            nodes,
            1,
            chance));
    return more;
  }

  private static List<RingFault> faults(
      int nodes, int links, long begin, long calm, Chance chance) {
    Set<RingFault.Kind> kinds = EnumSet.noneOf(RingFault.Kind.class);
    for (RingFault.Kind kind : RingFault.Kind.values()) {
      if (kind == RingFault.Kind.NODE_LIST) {
        continue;
      }
      boolean rare = kind == RingFault.Kind.LARGE_MESSAGE || kind == RingFault.Kind.BLACKOUT;
      if (chance.oneIn(rare ? 5 : 3) && (links > 1 || kind != RingFault.Kind.LINK_DOWN)) {
        kinds.add(kind);
      }
    }
    List<RingFault> faults = new ArrayList<>();
    if (kinds.isEmpty()) {
      return faults;
    }
    List<RingFault.Kind> choice = List.copyOf(kinds);
    int count = chance.between(1, 8);
    for (int i = 0; i < count; i++) {
      RingFault.Kind kind = chance.oneOf(choice);
      faults.add(RingFault.draw(0, chance.between(begin, calm), kind, nodes, links, chance));
    }
    faults.sort(Comparator.comparingLong(RingFault::atNanos));
    List<RingFault> numbered = new ArrayList<>();
    for (RingFault fault : faults) {
      numbered.add(
          new RingFault(
              numbered.size() + 1,
              fault.atNanos(),
              fault.kind(),
              fault.node(),
              fault.other(),
              fault.side(),
              fault.nanos(),
              fault.degree()));
    }
    return numbered;
  }

  private static Load load(int nodes, Chance chance) {
    long every = chance.oneOf(8 * Time.MILLIS, 30 * Time.MILLIS, 150 * Time.MILLIS);
    return new Load(
        every * nodes / 3,
        chance.between(1, 3),
        chance.oneIn(2) ? Time.NEVER : chance.between(30, 500) * Time.MILLIS,
        chance.oneOf(60, 400, 1_500, 6_000));
  }

  private static Lan.Quality network(Chance chance) {
    long delayLow = chance.between(200 * Time.MICROS, 1500 * Time.MICROS);
    long spread = chance.between(20 * Time.MICROS, chance.oneOf(Time.MILLIS, 10 * Time.MILLIS));
    long losses =
        switch ((int) chance.below(6)) {
          case 0, 1 -> 0;
          case 2 -> chance.between(100, 5_000);
          case 3 -> chance.between(5_000, 30_000);
          case 4 -> chance.between(30_000, 120_000);
          default -> chance.between(100_000, 500_000);
        };
    return new Lan.Quality(
        delayLow,
        delayLow + spread,
        losses,
        chance.oneIn(2) ? 0 : chance.between(100, 80_000),
        0,
        chance.oneIn(3) ? chance.between(10, 3_000) : 0);
  }

  private static TotemSettings totem(int nodes, Lan.Quality network, Chance chance) {
    int rotation = (int) (nodes * network.delayHigh() / Time.MILLIS) + 1;
    int token = Math.max(chance.between(120, 500), 4 * rotation);
    return TotemSettings.DEFAULT.toBuilder()
        .token(token)
        .tokenRetransmitsBeforeLossConst(chance.between(3, 8))
        .join(chance.between(10, 50))
        .consensus(chance.between(Math.max(50, token / 3), token + token / 5))
        .merge(chance.between(50, 200))
        .failRecvConst(chance.oneOf(60, 400, 50_000))
        .seqnoUnchangedConst(chance.oneOf(3, 10, 30))
        .windowSize(chance.oneOf(10, 50, 80))
        .maxMessages(chance.oneOf(1, 5, 17, 30))
        .missCountConst(chance.oneOf(0, 1, 5))
        .build();
  }

  /** The same with these faults only. */
  public RingPlan withFaults(Set<Integer> numbers) {
    return new RingPlan(
        seed,
        nodes,
        knet,
        links,
        totem,
        network,
        turnNanos,
        noticesStalls,
        load,
        calmNanos,
        faults.stream().filter(fault -> numbers.contains(fault.number())).toList());
  }

  /** The same with fewer nodes: faults of the others do not happen. */
  public RingPlan withNodes(int fewer) {
    return new RingPlan(
        seed,
        fewer,
        knet,
        links,
        totem,
        network,
        turnNanos,
        noticesStalls,
        load,
        calmNanos,
        faults.stream().filter(fault -> fault.node() <= fewer && fault.other() <= fewer).toList());
  }

  /** The same with an earlier end of the load and of all faults. */
  public RingPlan withCalm(long nanos) {
    return new RingPlan(
        seed,
        nodes,
        knet,
        links,
        totem,
        network,
        turnNanos,
        noticesStalls,
        load,
        nanos,
        faults.stream().filter(fault -> fault.atNanos() < nanos).toList());
  }
}
