package org.ringward.core.quorum;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.ringward.core.base.NodeSet;

/**
 * What would happen: which side of each split may go on, how many nodes may fail, and what the end
 * of the quorum device means. Worked out by votequorum itself on copies of its state, so it holds
 * as long as the other nodes remember the same as this one.
 */
public final class QuorumOutlook {
  /** With more nodes only splits into the lowest and the highest ids are told. */
  private static final int ALL_SPLITS_NODES_MAX = 6;

  private final VoteQuorum quorum;
  private final DeviceModel device;
  private final IntFunction<String> names;
  private final NodeSet nodes;
  private final List<Split> splits = new ArrayList<>();
  private final List<String> sentences = new ArrayList<>();

  /**
   * One way to fall apart.
   *
   * @param sides each ascending; the first has the lowest id
   * @param winners the sides that may go on, by their place in the list
   * @param sentence what happens
   */
  public record Split(List<NodeSet> sides, List<Integer> winners, String sentence) {
    public Split {
      sides = List.copyOf(sides);
      winners = List.copyOf(winners);
    }
  }

  private QuorumOutlook(VoteQuorum quorum, DeviceModel device, IntFunction<String> names) {
    this.quorum = quorum;
    this.device = device;
    this.names = names;
    this.nodes = quorum.present();
  }

  /**
   * The outlook from what is known now.
   *
   * @param device which side it would vote for
   * @param names of nodes by id
   */
  public static QuorumOutlook of(VoteQuorum quorum, DeviceModel device, IntFunction<String> names) {
    QuorumOutlook outlook = new QuorumOutlook(quorum, device, names);
    outlook.work();
    return outlook;
  }

  /** Every split in two, or those that matter when there are many nodes. */
  public List<Split> splits() {
    return List.copyOf(splits);
  }

  /** The same in few sentences. */
  public List<String> sentences() {
    return List.copyOf(sentences);
  }

  private void work() {
    for (NodeSet side : sides()) {
      splits.add(split(side, nodes.minus(side)));
    }
    if (nodes.size() < 2) {
      sentences.add("no other node is here, so nothing can split");
    } else {
      tolerance();
      halves();
    }
    deviceLoss();
  }

  /** The sides that have the lowest id, each proper. */
  private List<NodeSet> sides() {
    List<NodeSet> sides = new ArrayList<>();
    int count = nodes.size();
    if (count <= ALL_SPLITS_NODES_MAX) {
      for (int mask = 1; mask < (1 << count) - 1; mask += 2) {
        sides.add(subset(mask));
      }
      return sides;
    }
    for (int size = 1; size < count; size++) {
      sides.add(NodeSet.of(nodes.stream().limit(size).toArray()));
    }
    return sides;
  }

  private NodeSet subset(int mask) {
    NodeSet side = NodeSet.EMPTY;
    for (int at = 0; at < nodes.size(); at++) {
      if ((mask >> at & 1) == 1) {
        side = side.with(nodes.get(at));
      }
    }
    return side;
  }

  private Split split(NodeSet one, NodeSet other) {
    List<NodeSet> sides = List.of(one, other);
    int voted = device.device().castsVote() ? device.preferred(sides) : DeviceModel.NOBODY;
    QuorumVerdict first = quorum.foresee(one, voted == 0);
    QuorumVerdict second = quorum.foresee(other, voted == 1);
    List<Integer> winners = new ArrayList<>();
    if (first.quorate()) {
      winners.add(0);
    }
    if (second.quorate()) {
      winners.add(1);
    }
    return new Split(sides, winners, sentence(one, first, other, second));
  }

  private String sentence(NodeSet one, QuorumVerdict first, NodeSet other, QuorumVerdict second) {
    if (first.quorate() && second.quorate()) {
      return "%s and %s may both go on%s".formatted(named(one), named(other), why(first));
    }
    if (!first.quorate() && !second.quorate()) {
      return "neither %s nor %s may go on".formatted(named(one), named(other));
    }
    NodeSet winner = first.quorate() ? one : other;
    NodeSet loser = first.quorate() ? other : one;
    return "%s may go on%s, %s may not"
        .formatted(named(winner), why(first.quorate() ? first : second), named(loser));
  }

  private static String why(QuorumVerdict verdict) {
    return switch (verdict.rule()) {
      case TWO_NODE -> " (two_node): fencing decides which one does";
      case TIE_BREAKER -> " (auto_tie_breaker)";
      case DEVICE -> " (the quorum device votes for it)";
      case NO_PROVIDER -> " (nobody counts votes): fencing decides";
      case VOTES -> verdict.deviceVotes() > 0 ? " (with the quorum device's vote)" : "";
      case FORCED -> " (quorum was forced)";
      case WAITING -> "";
    };
  }

  private String named(NodeSet side) {
    return side.stream().mapToObj(names).collect(Collectors.joining(" and "));
  }

  /** How many of the nodes may fail at once, whichever they are. */
  private void tolerance() {
    int may = 0;
    while (may + 1 < nodes.size() && everyLossOf(may + 1)) {
      may++;
    }
    String count = may == 1 ? "1 node" : may + " nodes";
    sentences.add(
        may == 0
            ? "no node may fail: some loss of one of the %d nodes ends quorum"
                .formatted(nodes.size())
            : "any %s of %d may fail at once and the rest goes on".formatted(count, nodes.size()));
  }

  private boolean everyLossOf(int count) {
    if (nodes.size() > ALL_SPLITS_NODES_MAX) {
      // Those with most votes are the worst loss; ties are broken by the lowest or highest id.
      NodeSet low = NodeSet.of(nodes.stream().limit(count).toArray());
      NodeSet high = NodeSet.of(nodes.stream().skip(nodes.size() - count).toArray());
      NodeSet heavy = quorum.heaviest(count);
      return goesOnWithout(low) && goesOnWithout(high) && goesOnWithout(heavy);
    }
    for (int mask = 1; mask < (1 << nodes.size()) - 1; mask++) {
      if (Integer.bitCount(mask) == count && !goesOnWithout(subset(mask))) {
        return false;
      }
    }
    return true;
  }

  private boolean goesOnWithout(NodeSet lost) {
    return mayGoOn(nodes.minus(lost));
  }

  /** The nodes that are here, ascending. */
  public NodeSet nodes() {
    return nodes;
  }

  /** Whether a side may go on when the others are gone; the device votes for it if it would. */
  public boolean mayGoOn(NodeSet rest) {
    if (rest.isEmpty()) {
      return false;
    }
    boolean voted =
        device.device().castsVote() && device.preferred(List.of(rest)) != DeviceModel.NOBODY;
    return quorum.foresee(rest, voted).quorate();
  }

  private void halves() {
    List<Split> unclear = splits.stream().filter(split -> split.winners().size() != 1).toList();
    for (Split split : unclear.stream().limit(3).toList()) {
      sentences.add("if they split: " + split.sentence());
    }
    if (unclear.size() > 3) {
      sentences.add(
          "and %d more splits with another number of winners than one"
              .formatted(unclear.size() - 3));
    }
    List<Split> decided =
        splits.stream()
            .filter(split -> split.winners().size() == 1)
            .filter(QuorumOutlook::byMoreThanVotes)
            .toList();
    decided.stream().limit(3).forEach(split -> sentences.add("if they split: " + split.sentence()));
    if (unclear.isEmpty() && decided.isEmpty()) {
      sentences.add("in every split in two, the side with more votes goes on");
    } else if (unclear.isEmpty()) {
      sentences.add("in every split in two, exactly one side goes on");
    }
  }

  private static boolean byMoreThanVotes(Split split) {
    return split.sentence().contains("(");
  }

  private void deviceLoss() {
    QuorumDevice now = device.device();
    if (!now.isRegistered()) {
      return;
    }
    QuorumVerdict without = quorum.foresee(nodes, false);
    sentences.add(
        "if the quorum device %s dies now, this side %s (%d of %d votes, %d needed)"
            .formatted(
                now.name(),
                without.quorate() ? "goes on" : "may not go on",
                without.votes(),
                without.expected(),
                without.needed()));
  }
}
