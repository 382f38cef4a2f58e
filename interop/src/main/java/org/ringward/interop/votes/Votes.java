package org.ringward.interop.votes;

import java.util.Set;
import java.util.TreeSet;

/** What votequorum says on one node. */
record Votes(Set<Integer> members, boolean quorate, int total, int quorum, int expected) {
  static final Votes NONE = new Votes(Set.of(), false, 0, 0, 0);

  /** From the words of a line of {@link QuorumMember}. */
  static Votes of(String line) {
    String[] words = line.split(" ", -1);
    Set<Integer> members = new TreeSet<>();
    for (String each : words[1].split(",", -1)) {
      if (!each.isEmpty()) {
        members.add(Integer.valueOf(each));
      }
    }
    return new Votes(
        members,
        Boolean.parseBoolean(words[2]),
        Integer.parseInt(words[3]),
        Integer.parseInt(words[4]),
        Integer.parseInt(words[5]));
  }

  /** From the output of corosync-quorumtool -s. */
  static Votes ofTool(String output) {
    Set<Integer> members = new TreeSet<>();
    boolean list = false;
    for (String line : output.lines().toList()) {
      String[] words = line.strip().split("\\s+", -1);
      if (list && !words[0].isEmpty() && Character.isDigit(words[0].charAt(0))) {
        members.add(Integer.valueOf(words[0]));
      }
      list |= words[0].equals("Nodeid");
    }
    return new Votes(
        members,
        output.contains("Quorate:          Yes"),
        number(output, "Total votes:"),
        number(output, "Quorum:  "),
        number(output, "Expected votes:"));
  }

  private static int number(String output, String label) {
    return output
        .lines()
        .filter(line -> line.startsWith(label))
        .map(line -> line.substring(line.indexOf(':') + 1).strip().split("\\s", -1)[0])
        .filter(word -> word.matches("\\d+"))
        .findFirst()
        .map(Integer::valueOf)
        .orElse(-1);
  }

  @Override
  public String toString() {
    return "%s %d of %d, %d needed, %s"
        .formatted(members, total, expected, quorum, quorate ? "quorate" : "not quorate");
  }
}
