package org.ringward.interop.witness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.ringward.interop.lab.Lab;
import org.ringward.interop.lab.LabException;
import org.ringward.interop.lab.Patience;
import org.ringward.interop.lab.Programs;
import org.ringward.interop.witness.ClusterNode.Answer;

/** Two daemons and a witness on three machines: {@code tools/interop witness}. */
public final class WitnessStory implements AutoCloseable {
  private static final int SECONDS = 30;

  /** Longer than a vote is valid, so that its end would be seen. */
  private static final int QUIET_SECONDS = 8;

  private final Lab lab;
  private final ClusterNode one;
  private final ClusterNode two;
  private final ClusterNode third;
  private int passed;
  private int failed;

  /**
   * @param directory for everything that the machines write; emptied
   */
  public WitnessStory(Path root, Path directory) {
    try {
      if (Files.exists(directory)) {
        Lab.remove(directory);
      }
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new LabException("cannot use " + directory + ": " + e.getMessage(), e);
    }
    lab = new Lab(directory, 3, 1);
    Path launcher = root.resolve("ringward").toAbsolutePath();
    one = new ClusterNode(lab.machine(1), launcher);
    two = new ClusterNode(lab.machine(2), launcher);
    third = new ClusterNode(lab.machine(3), launcher);
  }

  /** Steps that went as they should. */
  public int passed() {
    return passed;
  }

  /** Steps that did not. */
  public int failed() {
    return failed;
  }

  /** Tells the whole story, a line for each step. */
  public void tell() {
    System.out.println("witness: two daemons and a witness at a third place");
    startWitness();
    prepare();
    one.start("daemon", "--config", one.file("node.yaml").toString());
    two.start("daemon", "--config", two.file("node.yaml").toString());
    check("both have quorum with 3 votes", () -> both("\"votes\" : 3,", "\"castsVote\" : true"));
    Answer before = one.quorum();
    holds(
        "told before the fault: who wins the split",
        before.has("n1 may go on (with the quorum device's vote), n2 may not"));
    holds(
        "told before the fault: what the witness's death means",
        before.has("if the quorum device Witness dies now, this side goes on (2 of 3 votes"));
    evenSplit();
    foretold();
    witnessDies();
    witnessReturns();
    otherSplit();
  }

  private void startWitness() {
    String[] arguments = {"witness", "run", "--state-dir", third.file("witness").toString()};
    third.start(arguments);
    if (!Patience.await(SECONDS, () -> Files.exists(third.file("witness/authority.pem")))) {
      throw new LabException("the witness did not start; see " + third.file("program.log"));
    }
  }

  private void prepare() {
    String folder = third.file("witness").toString();
    String token = third.must("witness", "token", "alpha", "--nodes", "2", "--state-dir", folder);
    one.must("keygen", one.file("key").toString());
    for (ClusterNode node : List.of(one, two)) {
      node.write("node.yaml", settings(node));
      boolean enrolled =
          Patience.await(
              SECONDS,
              () ->
                  node.run(
                          "witness",
                          "enrol",
                          "--config",
                          node.file("node.yaml").toString(),
                          third.machine().address(0),
                          token)
                      .ok());
      if (!enrolled) {
        throw new LabException(node.machine().name() + " could not enrol");
      }
    }
  }

  private String settings(ClusterNode node) {
    return """
    cluster: alpha
    node: %s
    nodes:
      - {name: n1, id: 1, address: %s}
      - {name: n2, id: 2, address: %s}
    quorum:
      device:
        model: witness
        net: {host: %s}
    regions:
      - {name: place, kind: witness, keepalive: 500}
    paths:
      key_file: %s
      state_dir: %s
      run_dir: %s
      socket: %s
    """
        .formatted(
            node.machine().name(),
            one.machine().address(0),
            two.machine().address(0),
            third.machine().address(0),
            one.file("key"),
            node.file("state"),
            node.file("run"),
            node.file("ringward.sock"));
  }

  /** The nodes do not hear each other, the witness hears both: the lowest goes on. */
  private void evenSplit() {
    one.machine().deaf(List.of(two.machine()), 0);
    two.machine().deaf(List.of(one.machine()), 0);
    check("even split: n1 goes on, n2 may not", () -> is(one, true) && is(two, false));
    check("each sees the other alive through the witness", () -> sees(one) && sees(two));
    holds("and it stays so", stays(() -> is(one, true) && is(two, false)));
    heal();
  }

  private void heal() {
    lab.machines().forEach(each -> each.deaf(List.of(), 0));
    check("together again: both have 3 votes", () -> both("\"votes\" : 3,"));
  }

  private void foretold() {
    List<Answer> answers = new ArrayList<>();
    check(
        "n2 foretells the same",
        () -> {
          answers.add(two.quorum());
          return answers.getLast().has("n1 may go on (with the quorum device's vote), n2 may not");
        });
  }

  private void witnessDies() {
    String ring = ring(one);
    third.kill();
    check(
        "the witness was killed: both go on without its vote",
        () -> both("\"votes\" : 2,", "\"castsVote\" : false"));
    holds("and it stays so", stays(() -> both("\"votes\" : 2,")));
    holds("in the same ring", ring(one).equals(ring) && !ring.isEmpty());
    check(
        "told before the next fault: nobody would go on",
        () -> one.quorum().has("neither n1 nor n2 may go on"));
  }

  private void witnessReturns() {
    startWitness();
    check("the witness is back: both have 3 votes", () -> both("\"votes\" : 3,"));
  }

  /** The lowest node is alone and does not hear the witness either: the other one goes on. */
  private void otherSplit() {
    one.machine().deaf(List.of(two.machine(), third.machine()), 0);
    two.machine().deaf(List.of(one.machine()), 0);
    check("n1 is cut off from all: n2 goes on, n1 may not", () -> is(one, false) && is(two, true));
    check("now nobody sees the other", () -> !sees(one) && !sees(two));
    heal();
  }

  /** Whether the node that is not in the ring is seen alive. */
  private static boolean sees(ClusterNode node) {
    return node.run("status", "--socket", node.file("ringward.sock").toString())
        .output()
        .contains("seen on place");
  }

  /** The ring in force, empty when it is not told. */
  private static String ring(ClusterNode node) {
    Programs.Ended ended =
        node.run("status", "--socket", node.file("ringward.sock").toString(), "--output", "json");
    return ended
        .output()
        .lines()
        .filter(line -> line.startsWith("  \"ring\" :"))
        .findFirst()
        .orElse("");
  }

  private static boolean is(ClusterNode node, boolean quorate) {
    Answer answer = node.quorum();
    return quorate ? answer.isQuorate() : answer.isNotQuorate();
  }

  private boolean both(String... words) {
    Answer first = one.quorum();
    Answer second = two.quorum();
    return first.isQuorate() && second.isQuorate() && first.has(words) && second.has(words);
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
      System.out.println("    n1: " + one.quorum().json());
      System.out.println("    n2: " + two.quorum().json());
    }
  }

  @Override
  public void close() {
    List.of(one, two, third).forEach(ClusterNode::kill);
    lab.close();
  }
}
