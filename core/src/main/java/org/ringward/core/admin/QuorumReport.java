package org.ringward.core.admin;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Votes as one node sees them, and what would happen to them.
 *
 * @param cluster its name
 * @param node the node that answers
 * @param quorate may this side go on
 * @param votes that are here, the quorum device's included
 * @param rule what decided: votes, waiting, two_node, tie_breaker, device, forced, no_provider
 * @param reason one sentence
 * @param agreement what the cluster made of it, one sentence; empty for a ring without a cluster
 * @param options of votequorum that are on
 * @param nodes that are here
 * @param device null for none
 * @param forced null when quorum was not forced
 * @param splits who would win which split in two
 * @param outlook the same, and what else may happen, a sentence each
 */
public record QuorumReport(
    String cluster,
    String node,
    boolean quorate,
    int votes,
    int needed,
    int expected,
    String rule,
    String reason,
    String agreement,
    List<String> options,
    List<NodeLine> nodes,
    @Nullable DeviceLine device,
    @Nullable ForcedLine forced,
    List<SplitLine> splits,
    List<String> outlook)
    implements AdminReply.Report {

  public QuorumReport {
    options = List.copyOf(options);
    nodes = List.copyOf(nodes);
    splits = List.copyOf(splits);
    outlook = List.copyOf(outlook);
  }

  /**
   * @param state what the node has said of itself: quorate, waiting, device registered ...
   */
  public record NodeLine(String name, int id, int votes, int expected, List<String> state) {
    public NodeLine {
      state = List.copyOf(state);
    }
  }

  /**
   * @param votes that it adds when it votes for this side
   * @param alive it answers
   */
  public record DeviceLine(
      String name, int votes, boolean alive, boolean castsVote, boolean masterWins) {}

  /** Who made this side quorate against the votes, when and why. */
  public record ForcedLine(String author, String reason, long wallMillis) {}

  /**
   * @param sides names of nodes
   * @param winners the sides that may go on, by their place
   */
  public record SplitLine(List<List<String>> sides, List<Integer> winners, String sentence) {
    public SplitLine {
      sides = List.copyOf(sides);
      winners = List.copyOf(winners);
    }
  }
}
