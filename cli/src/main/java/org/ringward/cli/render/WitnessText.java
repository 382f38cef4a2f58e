package org.ringward.cli.render;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.ringward.core.quorum.witness.WitnessReport;
import org.ringward.core.quorum.witness.WitnessReport.Cluster;
import org.ringward.core.quorum.witness.WitnessReport.Node;

/** The status of a network witness in words. */
public final class WitnessText {
  private WitnessText() {}

  /** One line for each cluster, and below it one for each node. */
  public static List<String> lines(WitnessReport report) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Witness %s: %d clusters, %d connections"
            .formatted(report.name(), report.clusters().size(), report.sessions()));
    report.clusters().forEach(cluster -> cluster(lines, cluster));
    report.warnings().forEach(warning -> lines.add("Warning: " + warning));
    return lines;
  }

  private static void cluster(List<String> lines, Cluster cluster) {
    String vote =
        cluster.vote().isEmpty()
            ? "nobody has the vote (%s)".formatted(cluster.rule())
            : "the vote is for nodes %s (%s)".formatted(set(cluster.vote()), cluster.rule());
    lines.add("");
    lines.add("Cluster %s: %s".formatted(cluster.name(), vote));
    if (cluster.conflict() != null) {
      lines.add("  Nobody gets a new vote: " + cluster.conflict());
    }
    cluster.nodes().forEach(node -> lines.add(node(node)));
  }

  private static String node(Node node) {
    String heard =
        node.silentMillis() < 0
            ? "not heard yet"
            : "heard %d ms ago".formatted(node.silentMillis());
    return "  node %d %s: %s, %s, ring of %s, %s; %s"
        .formatted(
            node.id(),
            node.address(),
            node.connected() ? "connected" : "not connected",
            heard,
            node.side().isEmpty() ? "nobody" : set(node.side()),
            (node.holdsVote() ? "may count the vote" : "has no vote")
                + (node.quorate() ? ", quorate" : ", not quorate"),
            "%s, tie breaker %s, timeout %d ms"
                .formatted(node.algorithm(), node.tieBreaker(), node.timeoutMillis()));
  }

  private static String set(List<Integer> nodes) {
    return nodes.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
  }
}
