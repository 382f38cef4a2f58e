package org.ringward.interop.votes;

import java.util.List;
import java.util.Set;

/**
 * What a cluster goes through; after each line all nodes of a side must agree, ours with theirs.
 *
 * <ul>
 *   <li>{@code split 1,2|3,4} who hears whom, {@code heal}
 *   <li>{@code kill 3}, {@code leave 3}, {@code start 3}
 *   <li>{@code wait MILLIS}
 *   <li>{@code expected NODE VOTES} by corosync-quorumtool -e, or by a node of ours
 *   <li>{@code cancel NODE} of the waiting for all, by corosync-cmapctl
 *   <li>{@code nodes N} the node list has that many entries from now on; {@code reload NODE}
 * </ul>
 *
 * @param own the nodes that run Ringward
 * @param quorum lines of the section quorum
 * @param cold no node is started before the first line says so
 */
record VoteStory(
    String name, int nodes, Set<Integer> own, String quorum, boolean cold, List<String> lines) {
  private static final Set<Integer> TWO_OF_FOUR = Set.of(2, 4);

  static List<VoteStory> all() {
    return List.of(
        warm("majority-3", 3, Set.of(2, 3), "", "split 1|2,3", "heal", "kill 3", "kill 2"),
        warm("majority-4", 4, TWO_OF_FOUR, "", "split 1,2|3,4", "heal", "split 1,2,4|3", "heal"),
        warm("two-node", 2, Set.of(2), "two_node: 1\n", "split 1|2", "heal", "kill 2", "start 2"),
        cold("two-node-cold", 2, Set.of(2), "two_node: 1\n", "start 2", "start 1", "split 1|2"),
        cold(
            "two-node-no-wait",
            2,
            Set.of(2),
            "two_node: 1\nwait_for_all: 0\n",
            "start 2",
            "start 1",
            "split 1|2"),
        warm("two-node-of-3", 3, Set.of(2, 3), "two_node: 1\n", "split 1|2,3", "split 1|2|3"),
        cold(
            "wait-for-all",
            3,
            Set.of(2, 3),
            "wait_for_all: 1\n",
            "start 1",
            "start 2",
            "start 3",
            "split 1,2|3",
            "heal",
            "split 1|2|3",
            "split 1,2|3",
            "heal"),
        cold("wait-cancel", 3, Set.of(2), "wait_for_all: 1\n", "start 1", "start 2", "cancel 1"),
        warm("tie-lowest", 4, TWO_OF_FOUR, tie("lowest"), "split 1,2|3,4", "heal", "split 1|2,3,4"),
        warm("tie-highest", 4, TWO_OF_FOUR, tie("highest"), "split 1,2|3,4", "heal"),
        warm("tie-list", 4, TWO_OF_FOUR, tie("3 1"), "split 1,2|3,4", "heal", "kill 3", "kill 4"),
        warm(
            "tie-then-half",
            4,
            TWO_OF_FOUR,
            tie("lowest"),
            "kill 1",
            "split 2,3|4",
            "start 1",
            "heal"),
        cold("tie-cold", 4, TWO_OF_FOUR, tie("lowest"), "start 1", "start 2"),
        cold("tie-list-cold", 4, TWO_OF_FOUR, tie("3 1"), "start 1", "start 2"),
        warm("tie-odd-wait", 3, Set.of(2, 3), tie("lowest") + "wait_for_all: 1\n", "split 1|2,3"),
        warm(
            "last-man",
            5,
            Set.of(2, 4),
            "wait_for_all: 1\nlast_man_standing: 1\nlast_man_standing_window: 2000\n",
            "split 1,2,3|4,5",
            "wait 3000",
            "split 1,2|3|4,5",
            "wait 3000",
            "split 1|2|3|4,5",
            "heal"),
        warm(
            "last-man-tie",
            4,
            TWO_OF_FOUR,
            "wait_for_all: 1\nlast_man_standing: 1\nlast_man_standing_window: 2000\n"
                + tie("lowest"),
            "split 1,2|3,4",
            "wait 3000",
            "split 1|2|3,4",
            "wait 3000",
            "heal"),
        warm(
            "downscale",
            5,
            Set.of(2, 4),
            "expected_votes: 3\nallow_downscale: 1\n",
            "leave 5",
            "leave 4",
            "leave 3"),
        warm("tracking", 3, Set.of(2), "expected_votes_tracking: 1\n", "kill 3", "start 3"),
        warm(
            "expected",
            3,
            Set.of(2),
            "",
            "expected 1 5",
            "expected 3 3",
            "expected 2 5",
            "kill 3",
            "expected 1 3"),
        warm("expected-conf", 3, Set.of(2, 3), "expected_votes: 5\n", "split 1|2,3", "heal"),
        warm("reload-grow", 4, TWO_OF_FOUR, "", "kill 4", "nodes 3", "reload 1", "split 1|2,3"),
        warm("reload-own", 4, TWO_OF_FOUR, "", "kill 4", "nodes 3", "reload 2", "split 1|2,3"));
  }

  /** Name, nodes and options in one line; core's tests read it. */
  String headline() {
    String options = quorum.strip().replace("\n", ", ");
    return "%s: %d nodes%s%s"
        .formatted(name, nodes, cold ? ", cold" : "", options.isEmpty() ? "" : ", " + options);
  }

  private static String tie(String rule) {
    return "auto_tie_breaker: 1\nauto_tie_breaker_node: " + rule + "\n";
  }

  private static VoteStory warm(
      String name, int nodes, Set<Integer> own, String quorum, String... lines) {
    return new VoteStory(name, nodes, own, quorum, false, List.of(lines));
  }

  private static VoteStory cold(
      String name, int nodes, Set<Integer> own, String quorum, String... lines) {
    return new VoteStory(name, nodes, own, quorum, true, List.of(lines));
  }
}
