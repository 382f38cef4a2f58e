package org.ringward.interop.cluster;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.ringward.interop.lab.LabException;
import org.ringward.interop.lab.Patience;
import org.ringward.interop.lab.Programs;

/** What the tools of a real node say. */
final class Tools {
  private final RealNode node;

  Tools(RealNode node) {
    this.node = node;
  }

  /** Waits until corosync-quorumtool lists exactly these members and is right about quorum. */
  void awaitMembers(Set<Integer> ids, Shape shape, long seconds) {
    boolean quorate = 2 * ids.size() > shape.nodes();
    Programs.Ended[] last = new Programs.Ended[1];
    boolean right =
        Patience.await(
            seconds,
            () -> {
              last[0] = node.machine().run("corosync-quorumtool", "-s");
              return members(last[0].output()).equals(ids)
                  && last[0].output().contains("Quorate:          " + (quorate ? "Yes" : "No"));
            });
    if (!right) {
      throw new LabException(
          "corosync-quorumtool on n%d within %d s, wanted %s %s: %s"
              .formatted(
                  node.id(), seconds, ids, quorate ? "quorate" : "not quorate", last[0].output()));
    }
  }

  /** Waits until corosync-cpgtool lists a process of the group on each of these nodes. */
  void awaitGroup(Set<Integer> ids, long seconds) {
    await(
        seconds,
        output -> ids.stream().allMatch(id -> listsProcess(output, id)),
        "corosync-cpgtool");
  }

  private static boolean listsProcess(String output, int id) {
    return output.lines().anyMatch(line -> line.matches("\\s+\\d+\\s+" + id + " \\(.*\\)"));
  }

  /**
   * Orders that all nodes read their configuration; ends when this one has. Tried again for as long
   * as it is told to (a reload that another node ordered is under way).
   */
  void reload(long seconds) {
    Programs.Ended[] last = new Programs.Ended[1];
    Patience.await(
        seconds,
        () -> {
          last[0] = node.machine().run("corosync-cfgtool", "-R");
          return last[0].ok() || !last[0].output().contains("TRY_AGAIN");
        });
    if (!last[0].ok()) {
      throw new LabException("corosync-cfgtool -R on n" + node.id() + ": " + last[0].output());
    }
  }

  /** Waits until corosync-quorumtool says that this node and all others expect so many votes. */
  void awaitExpected(int votes, long seconds) {
    await(
        seconds,
        output ->
            output.matches(
                "(?s).*\\nExpected votes:   %d\\nHighest expected: %d\\n.*"
                    .formatted(votes, votes)),
        "corosync-quorumtool",
        "-s");
  }

  /** Waits until corosync-cfgtool shows so many nodes disconnected on a link. */
  void awaitLost(int link, int others, long seconds) {
    await(
        seconds,
        output ->
            output
                    .lines()
                    .filter(line -> line.strip().startsWith("LINK: " + link + " "))
                    .filter(line -> !line.contains(" connected "))
                    .count()
                == others,
        "corosync-cfgtool",
        "-n");
  }

  /** Waits until corosync-cfgtool shows so many connected links with an MTU and no other. */
  void awaitLinks(int others, long seconds) {
    await(
        seconds,
        output ->
            output.lines().filter(line -> line.matches(".* enabled connected mtu: \\d+.*")).count()
                == others,
        "corosync-cfgtool",
        "-n");
  }

  private void await(long seconds, Predicate<String> right, String... command) {
    String[] last = {""};
    boolean held =
        Patience.await(
            seconds,
            () -> {
              last[0] = node.machine().run(command).output();
              return right.test(last[0]);
            });
    if (!held) {
      throw new LabException(
          "%s on n%d within %d s: %s"
              .formatted(String.join(" ", command), node.id(), seconds, last[0]));
    }
  }

  private static Set<Integer> members(String output) {
    Set<Integer> found = new TreeSet<>();
    boolean list = false;
    for (String line : output.lines().toList()) {
      String[] words = line.strip().split("\\s+", -1);
      if (list && !words[0].isEmpty() && Character.isDigit(words[0].charAt(0))) {
        found.add(Integer.parseInt(words[0]));
      }
      list |= words[0].equals("Nodeid");
    }
    return found;
  }
}
