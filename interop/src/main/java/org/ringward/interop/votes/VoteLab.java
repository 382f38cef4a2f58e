package org.ringward.interop.votes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.ringward.interop.lab.Family;
import org.ringward.interop.lab.Lab;
import org.ringward.interop.lab.LabException;
import org.ringward.interop.lab.Machine;
import org.ringward.interop.lab.Patience;

/** Goes through one story in a laboratory of its own. */
final class VoteLab implements AutoCloseable {
  private static final long CHANGE_SECONDS = 30;

  private final VoteStory story;
  private final Lab lab;
  private final List<VotingNode> nodes = new ArrayList<>();
  private List<Set<Integer>> sides;

  VoteLab(VoteStory story, Path directory) throws IOException {
    this.story = story;
    if (Files.exists(directory)) {
      Lab.remove(directory);
    }
    Files.createDirectories(directory);
    lab = new Lab(directory, story.nodes(), List.of(Family.V4));
    lab.machines()
        .forEach(each -> nodes.add(new VotingNode(each, story.own().contains(each.number()))));
    sides = List.of(ids(nodes));
    configure(story.nodes());
  }

  private static Set<Integer> ids(List<VotingNode> some) {
    return some.stream().map(VotingNode::id).collect(Collectors.toCollection(TreeSet::new));
  }

  private void configure(int entries) {
    StringBuilder text = new StringBuilder("totem {\n version: 2\n cluster_name: votes\n");
    text.append(" transport: udpu\n token: 600\n token_coefficient: 0\n}\nnodelist {\n");
    for (int id = 1; id <= entries; id++) {
      text.append(" node {\n  ring0_addr: ").append(Family.V4.address(id, 0));
      text.append("\n  name: n").append(id).append("\n  nodeid: ").append(id).append("\n }\n");
    }
    text.append("}\nquorum {\n provider: corosync_votequorum\n").append(story.quorum());
    text.append("}\nsystem {\n sched_rr: no\n}\nlogging {\n to_syslog: no\n to_stderr: no\n");
    text.append(" to_logfile: yes\n logfile: /var/log/corosync/corosync.log\n}\n");
    nodes.stream()
        .filter(each -> each.id() <= entries)
        .forEach(each -> each.configure(text.toString()));
  }

  /** Runs the story; the differences found, a line each. */
  List<String> tell() {
    List<String> differences = new ArrayList<>();
    if (!story.cold()) {
      nodes.forEach(VotingNode::start);
      look("start", differences);
    }
    for (String line : story.lines()) {
      act(line);
      look(line, differences);
    }
    return differences;
  }

  private void act(String line) {
    String[] words = line.split(" ", -1);
    int number = words.length > 1 && words[1].matches("\\d+") ? Integer.parseInt(words[1]) : 0;
    switch (words[0]) {
      case "split" -> split(words[1]);
      case "heal" -> heal();
      case "kill" -> node(number).kill();
      case "leave" -> node(number).leave();
      case "start" -> node(number).start();
      case "wait" -> Patience.await(number / 1000 + 1, () -> false);
      case "expected" -> expected(node(number), words[2]);
      case "cancel" ->
          node(number)
              .machine()
              .run("corosync-cmapctl", "-s", "quorum.cancel_wait_for_all", "u8", "1");
      case "nodes" -> configure(number);
      case "reload" -> reload(node(number));
      default -> throw new IllegalArgumentException(line);
    }
  }

  private static void expected(VotingNode node, String votes) {
    if (node.isOwn()) {
      node.order("expected " + votes);
    } else {
      node.machine().run("corosync-quorumtool", "-e", votes);
    }
  }

  private static void reload(VotingNode node) {
    if (node.isOwn()) {
      node.order("reload");
    } else {
      node.machine().run("corosync-cfgtool", "-R");
    }
    Patience.await(2, () -> false);
  }

  private void split(String text) {
    sides =
        Arrays.stream(text.split("\\|", -1))
            .map(side ->
                Arrays.stream(side.split(",", -1))
                    .map(Integer::valueOf)
                    .collect(Collectors.<Integer, Set<Integer>>toCollection(TreeSet::new)))
            .toList();
    for (VotingNode node : nodes) {
      Set<Integer> heard =
          sides.stream().filter(side -> side.contains(node.id())).findFirst().orElse(Set.of());
      List<Machine> deafTo =
          lab.machines().stream().filter(each -> !heard.contains(each.number())).toList();
      node.machine().deaf(deafTo, 0);
    }
  }

  private void heal() {
    sides = List.of(ids(nodes));
    lab.machines().forEach(each -> each.deaf(List.of(), 0));
  }

  private VotingNode node(int id) {
    return nodes.get(id - 1);
  }

  /** Waits until every side is together, and compares; one line per side. */
  private void look(String after, List<String> differences) {
    for (Set<Integer> side : sides) {
      List<VotingNode> here =
          nodes.stream().filter(each -> side.contains(each.id()) && each.isRunning()).toList();
      if (here.isEmpty()) {
        continue;
      }
      Set<Integer> ids = ids(here);
      boolean same = Patience.await(CHANGE_SECONDS, () -> agree(here, ids));
      Votes votes = here.getFirst().votes();
      System.out.printf("  %-22s %s%s%n", after, votes, same ? "" : "  DIFFERENT");
      if (!same) {
        differences.add(
            after
                + ": "
                + here.stream()
                    .map(each ->
                        (each.isOwn() ? "ours n" : "theirs n")
                            + each.id()
                            + " "
                            + each.votes()
                            + " "
                            + each.lastWords())
                    .collect(Collectors.joining("; ")));
      }
    }
  }

  private static boolean agree(List<VotingNode> here, Set<Integer> ids) {
    @Nullable Votes first = null;
    for (VotingNode node : here) {
      Votes votes = node.votes();
      if (!votes.members().equals(ids) || (first != null && !first.equals(votes))) {
        return false;
      }
      first = votes;
    }
    return Objects.requireNonNull(first).members().equals(ids) && settled(here, first);
  }

  /** Once more after a while: what is under way is no agreement. */
  private static boolean settled(List<VotingNode> here, Votes first) {
    Patience.await(1, () -> false);
    return here.stream().allMatch(each -> each.votes().equals(first));
  }

  @Override
  public void close() {
    nodes.stream().filter(VotingNode::isRunning).forEach(VotingNode::kill);
    lab.close();
  }

  /** Runs all stories whose name begins so; the number of differences. */
  static int run(Path root, String only) {
    int differences = 0;
    for (VoteStory story : VoteStory.all()) {
      if (story.name().startsWith(only)) {
        System.out.println("votes " + story.headline());
        Path directory = root.resolve("target/interop/votes-" + story.name());
        try (VoteLab lab = new VoteLab(story, directory)) {
          List<String> found = lab.tell();
          found.forEach(each -> System.out.println("  FAILED " + each));
          differences += found.size();
        } catch (IOException e) {
          throw new LabException("cannot use " + directory + ": " + e.getMessage(), e);
        }
      }
    }
    return differences;
  }
}
