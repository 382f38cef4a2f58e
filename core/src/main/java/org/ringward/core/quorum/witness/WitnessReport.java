package org.ringward.core.quorum.witness;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What operators see of a witness.
 *
 * @param sessions connections that are open
 */
public record WitnessReport(
    String name, int sessions, List<Cluster> clusters, List<String> warnings) {
  /**
   * A cluster.
   *
   * @param vote the nodes of the side that has the vote, empty for none
   * @param rule why, one clause
   * @param conflict in what the nodes' settings contradict each other, null for nothing
   */
  public record Cluster(
      String name, List<Integer> vote, String rule, @Nullable String conflict, List<Node> nodes) {
    public Cluster {
      vote = List.copyOf(vote);
      nodes = List.copyOf(nodes);
    }
  }

  /**
   * A node.
   *
   * @param silentMillis since its last report, -1 when there was none
   * @param side the nodes of its ring, as it said last
   * @param holdsVote it may count the vote
   * @param answer the last one, a sentence
   */
  public record Node(
      int id,
      String address,
      boolean connected,
      long silentMillis,
      List<Integer> side,
      boolean quorate,
      boolean holdsVote,
      String answer,
      String algorithm,
      String tieBreaker,
      int timeoutMillis) {
    public Node {
      side = List.copyOf(side);
    }
  }

  public WitnessReport {
    clusters = List.copyOf(clusters);
    warnings = List.copyOf(warnings);
  }
}
