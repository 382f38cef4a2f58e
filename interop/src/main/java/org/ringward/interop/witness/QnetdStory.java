package org.ringward.interop.witness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ringward.interop.lab.Lab;
import org.ringward.interop.lab.LabException;
import org.ringward.interop.lab.Machine;
import org.ringward.interop.lab.Patience;
import org.ringward.interop.lab.Programs;

/**
 * Daemons and Debian's corosync-qnetd at a third place: {@code tools/interop qnetd}. The last
 * machine has corosync-qnetd; of the others the last ones may run corosync and corosync-qdevice.
 */
public final class QnetdStory implements AutoCloseable {
  private static final int SECONDS = 40;

  /** Longer than corosync-qnetd waits for a silent node. */
  private static final int QUIET_SECONDS = 8;

  private static final String SILENCE_MILLIS = "3000";

  private final Lab lab;
  private final String tls;
  private final QnetdPlace place;
  private final List<ClusterNode> ours = new ArrayList<>();
  private final List<CorosyncNode> theirs = new ArrayList<>();
  private int passed;
  private int failed;

  private QnetdStory(Path root, Path directory, Kind kind) {
    try {
      if (Files.exists(directory)) {
        Lab.remove(directory);
      }
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new LabException("cannot use " + directory + ": " + e.getMessage(), e);
    }
    tls = kind.tls;
    int own = kind.own;
    int real = kind.real;
    lab = new Lab(directory, own + real + 1, 1);
    Path launcher = root.resolve("ringward").toAbsolutePath();
    List<Machine> machines = lab.machines();
    machines.subList(0, own).forEach(each -> ours.add(new ClusterNode(each, launcher)));
    machines.subList(own, own + real).forEach(each -> theirs.add(new CorosyncNode(each, launcher)));
    place = new QnetdPlace(new ClusterNode(machines.getLast(), launcher), tls);
  }

  /** What the story cannot be told without. */
  public static Optional<String> missing() {
    return Stream.of(QnetdPlace.QNETD, QnetdPlace.QDEVICE)
        .filter(each -> !Programs.exists(each))
        .findFirst()
        .map(each -> each + " is not installed");
  }

  /**
   * Tells all stories, a line for each step.
   *
   * @param only words of their names, empty for all
   * @param directory for everything that the machines write; emptied
   */
  public static Outcome tellAll(Path root, Path directory, List<String> only) {
    Outcome all = new Outcome(0, 0);
    for (Kind kind : Kind.values()) {
      if (only.isEmpty() || only.contains(kind.word())) {
        System.out.println("qnetd: " + kind.what);
        try (QnetdStory story = new QnetdStory(root, directory.resolve(kind.word()), kind)) {
          story.begin();
          story.play(kind);
          all = all.plus(story.outcome());
        }
      }
    }
    return all;
  }

  private enum Kind {
    TWO("two daemons, TLS required", 2, 0, "required"),
    THREE("three daemons, without TLS", 3, 0, "off"),
    FOUR("four daemons, without TLS", 4, 0, "off"),
    MIXED("a daemon and a corosync node with corosync-qdevice, TLS", 1, 1, "on");

    private final String what;
    private final int own;
    private final int real;
    private final String tls;

    Kind(String what, int own, int real, String tls) {
      this.what = what;
      this.own = own;
      this.real = real;
      this.tls = tls;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private void play(Kind kind) {
    switch (kind) {
      case TWO -> two();
      case THREE -> three();
      case FOUR -> four();
      case MIXED -> mixed();
    }
  }

  private Outcome outcome() {
    return new Outcome(passed, failed);
  }

  private Stream<ClusterNode> all() {
    return Stream.concat(ours.stream(), theirs.stream().map(CorosyncNode::node));
  }

  private void begin() {
    place.certify("alpha", all().toList());
    place.start();
    if (theirs.isEmpty()) {
      ours.getFirst().must("keygen", ours.getFirst().file("key").toString());
      for (ClusterNode node : ours) {
        node.write("node.yaml", settings(node));
        node.start("daemon", "--config", node.file("node.yaml").toString());
      }
    } else {
      ours.forEach(node -> {
        corosyncConf(node);
        must(node, "ln", "-s", "/run/ringward/ringward.sock", node.file("ringward.sock"));
        node.start("daemon", "--config", "/etc/corosync/corosync.conf");
      });
      theirs.forEach(node -> {
        corosyncConf(node.node());
        node.start();
      });
    }
  }

  private static void must(ClusterNode node, Object... command) {
    Programs.must(node.machine().inside(Stream.of(command).map(Object::toString).toList()));
  }

  private String settings(ClusterNode node) {
    String list =
        ours.stream()
            .map(each ->
                "  - {name: %s, id: %d, address: %s}\n"
                    .formatted(
                        each.machine().name(), each.machine().number(), each.machine().address(0)))
            .collect(Collectors.joining());
    return """
    cluster: alpha
    node: %s
    nodes:
    %squorum:
      device:
        model: net
        timeout: %s
        net: {host: %s, tls: %s}
    paths:
      key_file: %s
      state_dir: %s
      run_dir: %s
      socket: %s
    """
        .formatted(
            node.machine().name(),
            list,
            SILENCE_MILLIS,
            place.machine().address(0),
            tls,
            ours.getFirst().file("key"),
            node.file("state"),
            node.file("run"),
            node.file("ringward.sock"));
  }

  private void corosyncConf(ClusterNode node) {
    String list =
        all()
            .map(each ->
                "  node {\n    ring0_addr: %s\n    name: %s\n    nodeid: %d\n  }\n"
                    .formatted(
                        each.machine().address(0), each.machine().name(), each.machine().number()))
            .collect(Collectors.joining());
    node.write(
        "etc/corosync/corosync.conf",
        """
        totem {
          version: 2
          cluster_name: alpha
          transport: udpu
          token: 1000
        }
        nodelist {
        %s}
        quorum {
          provider: corosync_votequorum
          device {
            model: net
            votes: 1
            timeout: %s
            net {
              host: %s
              algorithm: ffsplit
              tls: %s
            }
          }
        }
        system {
          state_dir: %s
          sched_rr: no
        }
        logging {
          to_syslog: no
          to_stderr: yes
        }
        """
            .formatted(
                list, SILENCE_MILLIS, place.machine().address(0), tls, node.machine().directory()));
  }

  // ---- stories ----

  private void two() {
    ClusterNode one = ours.get(0);
    ClusterNode two = ours.get(1);
    check("both have quorum with 3 votes", () -> quorate(ours, 3, true));
    holds(
        "told before the fault: who wins the split",
        one.quorum().has("n1 may go on (with the quorum device's vote), n2 may not"));
    split(List.of(1), List.of(2));
    check("even split: n1 goes on, n2 may not", () -> is(one) && isNot(two));
    holds("and it stays so", stays(() -> is(one) && isNot(two)));
    heal();
    check("together again: both have 3 votes", () -> quorate(ours, 3, true));
    place.kill();
    check("corosync-qnetd was killed: both go on with 2 votes", () -> quorate(ours, 2, false));
    holds("and it stays so", stays(() -> quorate(ours, 2, false)));
    place.start();
    check("corosync-qnetd is back: both have 3 votes", () -> quorate(ours, 3, true));
    one.machine().deaf(List.of(two.machine(), place.machine()), 0);
    two.machine().deaf(List.of(one.machine()), 0);
    check("n1 is cut off from all: n2 goes on, n1 may not", () -> isNot(one) && is(two));
    place.kill();
    check("killed while one is alone: nobody goes on", () -> isNot(one) && isNot(two));
    place.start();
    check("it is back: n2 goes on", () -> is(two) && isNot(one));
    heal();
    check("together again: both have 3 votes", () -> quorate(ours, 3, true));
  }

  private void three() {
    check("all have quorum with 4 votes", () -> quorate(ours, 4, true));
    ours.get(2).kill();
    List<ClusterNode> rest = ours.subList(0, 2);
    check("n3 was killed: the others have 3 of 4 votes", () -> quorate(rest, 3, true));
    place.kill();
    check("corosync-qnetd too: too few votes", () -> isNot(ours.get(0)) && isNot(ours.get(1)));
    place.start();
    check("it is back: the two go on", () -> quorate(rest, 3, true));
  }

  private void four() {
    check("all have quorum with 5 votes", () -> quorate(ours, 5, true));
    split(List.of(1, 2), List.of(3, 4));
    check("even split: n1 and n2 go on", () -> winners().equals(Set.of(1, 2)));
    holds("and it stays so", stays(() -> winners().equals(Set.of(1, 2))));
    heal();
    check("together again: all have 5 votes", () -> quorate(ours, 5, true));
    place.kill();
    check("corosync-qnetd was killed: all go on", () -> quorate(ours, 4, false));
    split(List.of(1), List.of(2, 3, 4));
    check("the majority goes on without it", () -> winners().equals(Set.of(2, 3, 4)));
    place.start();
    check("it is back: the majority has its vote", () -> quorate(ours.subList(1, 4), 4, true));
    holds("n1 has not", isNot(ours.get(0)));
    heal();
    check("together again: all have 5 votes", () -> quorate(ours, 5, true));
  }

  private void mixed() {
    ClusterNode own = ours.getFirst();
    CorosyncNode real = theirs.getFirst();
    check(
        "both have quorum with 3 votes",
        () -> quorate(ours, 3, true) && real.isQuorate() && real.votes() == 3);
    split(List.of(1), List.of(2));
    check("even split: n1 goes on, corosync may not", () -> is(own) && real.isBlocked());
    holds("and it stays so", stays(() -> is(own) && real.isBlocked()));
    heal();
    check(
        "together again: both have 3 votes",
        () -> quorate(ours, 3, true) && real.isQuorate() && real.votes() == 3);
    place.kill();
    check(
        "corosync-qnetd was killed: both go on with 2 votes",
        () -> quorate(ours, 2, false) && real.isQuorate() && real.votes() == 2);
    place.start();
    check("it is back: 3 votes", () -> quorate(ours, 3, true) && real.votes() == 3);
    own.machine().deaf(List.of(real.machine(), place.machine()), 0);
    real.machine().deaf(List.of(own.machine()), 0);
    check("n1 is cut off from all: corosync goes on", () -> isNot(own) && real.isQuorate());
    heal();
    check("together again: both have 3 votes", () -> quorate(ours, 3, true) && real.votes() == 3);
  }

  // ---- faults and looks ----

  private void split(List<Integer> one, List<Integer> other) {
    all()
        .forEach(node -> {
          boolean first = one.contains(node.machine().number());
          node.machine().deaf(machines(first ? other : one), 0);
        });
  }

  private List<Machine> machines(List<Integer> numbers) {
    return lab.machines().stream().filter(each -> numbers.contains(each.number())).toList();
  }

  private void heal() {
    lab.machines().forEach(each -> each.deaf(List.of(), 0));
  }

  private Set<Integer> winners() {
    return ours.stream()
        .filter(QnetdStory::is)
        .map(node -> node.machine().number())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean is(ClusterNode node) {
    return node.quorum().isQuorate();
  }

  private static boolean isNot(ClusterNode node) {
    return node.quorum().isNotQuorate();
  }

  private static boolean quorate(List<ClusterNode> nodes, int votes, boolean device) {
    return nodes.stream()
        .map(ClusterNode::quorum)
        .allMatch(answer ->
            answer.isQuorate()
                && answer.has("\"votes\" : " + votes + ",", "\"castsVote\" : " + device));
  }

  /** Holds at every look for a while. */
  private static boolean stays(BooleanSupplier condition) {
    return !Patience.await(QUIET_SECONDS, () -> !condition.getAsBoolean());
  }

  /** Comes true within a while. */
  private void check(String what, BooleanSupplier condition) {
    long began = System.nanoTime();
    boolean came = Patience.await(SECONDS, condition);
    holds("%s (%.1f s)".formatted(what, (System.nanoTime() - began) / 1e9), came);
  }

  /** Is true now. */
  private void holds(String what, boolean is) {
    System.out.printf("  %-6s %s%n", is ? "ok" : "FAILED", what);
    if (is) {
      passed++;
    } else {
      failed++;
      ours.forEach(
          node -> System.out.println("    " + node.machine().name() + ": " + node.quorum().json()));
      theirs.forEach(node -> System.out.println("    " + node.tool()));
    }
  }

  @Override
  public void close() {
    all().forEach(ClusterNode::kill);
    theirs.forEach(CorosyncNode::kill);
    place.kill();
    lab.close();
  }
}
