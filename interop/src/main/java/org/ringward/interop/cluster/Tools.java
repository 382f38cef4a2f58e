package org.ringward.interop.cluster;

import java.util.Set;
import java.util.TreeSet;
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
