package org.ringward.interop.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.ringward.interop.journal.Agreement;
import org.ringward.interop.lab.Lab;
import org.ringward.interop.lab.LabException;
import org.ringward.interop.lab.Machine;
import org.ringward.interop.lab.Patience;

/** A ring of real and own nodes in a laboratory, and the questions that scenarios ask it. */
public final class MixedRing implements AutoCloseable {
  private static final int KEY_BYTES = 256;
  private static final long ANSWER_SECONDS = 2;

  private final Shape shape;
  private final Lab lab;
  private Configuration configuration;
  private final List<Node> nodes = new ArrayList<>();
  private final List<Path> journals = new ArrayList<>();
  private final List<String> killed = new ArrayList<>();
  private Agreement.Verdict past = Agreement.Verdict.NONE;

  /**
   * Boots the machines; no node is started.
   *
   * @param directory empty, for all files of the ring
   */
  public MixedRing(Shape shape, Path directory) {
    this.shape = shape;
    this.lab = new Lab(directory, shape.nodes(), shape.links());
    this.configuration = Configuration.whole(shape);
    try {
      for (Machine machine : lab.machines()) {
        Files.createDirectories(machine.directory().resolve("etc/corosync"));
        write(machine);
        writeKey(machine, 0);
        boolean own = shape.own().contains(machine.number());
        nodes.add(
            own ? new OwnNode(machine, journals, killed) : new RealNode(machine, journals, killed));
      }
    } catch (IOException e) {
      lab.close();
      throw new LabException("cannot write the configuration: " + e.getMessage(), e);
    }
  }

  private static Path etc(Machine machine, String name) {
    return machine.directory().resolve("etc/corosync").resolve(name);
  }

  private void write(Machine machine) throws IOException {
    Files.writeString(etc(machine, "corosync.conf"), configuration.text());
  }

  private static void writeKey(Machine machine, int number) throws IOException {
    byte[] key = new byte[KEY_BYTES];
    for (int i = 0; i < KEY_BYTES; i++) {
      key[i] = (byte) (i * 7 + 3 + number);
    }
    Path file = etc(machine, "authkey");
    Files.deleteIfExists(file);
    Files.write(file, key);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
  }

  /** All files say so from now on; nobody has read them yet. */
  private void files(Configuration changed) {
    configuration = changed;
    try {
      for (Machine machine : lab.machines()) {
        if (changed.nodes().contains(machine.number())) {
          write(machine);
        }
      }
    } catch (IOException e) {
      throw new LabException("cannot write the configuration: " + e.getMessage(), e);
    }
  }

  /** Takes a node that has left out of all files but its own. */
  public void takeOut(Node node) {
    files(configuration.without(node.id()));
  }

  /** Gives the files so many links. */
  public void links(int count) {
    files(configuration.withLinks(count));
  }

  /** The files are as in the beginning. */
  public void wholeFiles() {
    files(Configuration.whole(shape));
  }

  /** Gives all machines another key. */
  public void key(int number) {
    try {
      for (Machine machine : lab.machines()) {
        writeKey(machine, number);
      }
    } catch (IOException e) {
      throw new LabException("cannot write a key: " + e.getMessage(), e);
    }
  }

  /** Has a node order that all read their files again, by its own means. */
  public void reload(Node by, long seconds) {
    if (by instanceof RealNode real) {
      new Tools(real).reload(seconds);
    } else {
      // Refused for as long as a change that another node ordered is under way.
      if (!Patience.await(seconds, () -> reloaded(by))) {
        throw new LabException("n" + by.id() + " did not reload: " + by.member().lastWords());
      }
    }
  }

  private static boolean reloaded(Node node) {
    node.member().order("reload");
    return Patience.await(ANSWER_SECONDS, () -> node.member().takeReply());
  }

  /** Waits until the tools of all real nodes say that all members expect so many votes. */
  public void awaitExpected(int votes, long seconds) {
    for (Node node : running()) {
      if (node instanceof RealNode real) {
        new Tools(real).awaitExpected(votes, seconds);
      }
    }
  }

  /** Waits until every real node has so many links to each other node, all connected. */
  public void awaitLinks(int links, long seconds) {
    for (Node node : running()) {
      if (node instanceof RealNode real) {
        new Tools(real).awaitLinks((running().size() - 1) * links, seconds);
      }
    }
  }

  /** Waits until a real node has lost a link to every other node. */
  public void awaitLinkLost(int link, long seconds) {
    new Tools((RealNode) lastReal()).awaitLost(link, running().size() - 1, seconds);
  }

  /** The ring the members are in; they must be in one. */
  public String ring() {
    return running().getFirst().member().view().ring();
  }

  /** The sequence of the ring the members are in. */
  public long sequence() {
    String ring = ring();
    return Long.parseLong(ring.substring(ring.indexOf('.') + 1), 16);
  }

  public Shape shape() {
    return shape;
  }

  /** The node of that id. */
  public Node node(int id) {
    return nodes.get(id - 1);
  }

  /** All nodes by id. */
  public List<Node> nodes() {
    return List.copyOf(nodes);
  }

  /** The node with the highest id that runs Ringward. */
  public Node lastOwn() {
    return nodes.reversed().stream().filter(Node::isOwn).findFirst().orElseThrow();
  }

  /** The node with the highest id that runs corosync. */
  public Node lastReal() {
    return nodes.reversed().stream().filter(Predicate.not(Node::isOwn)).findFirst().orElseThrow();
  }

  private List<Node> running() {
    return nodes.stream().filter(Node::isRunning).toList();
  }

  private static Set<Integer> ids(Collection<Node> some) {
    return some.stream().map(Node::id).collect(Collectors.toCollection(TreeSet::new));
  }

  /** Waits until all running nodes are in one ring and one group. */
  public void awaitWhole(long seconds) {
    awaitTogether(running(), seconds);
  }

  /** Waits until these nodes, and no other, are in one ring and one group. */
  public void awaitTogether(Collection<Node> some, long seconds) {
    Set<Integer> ids = ids(some);
    if (!Patience.await(seconds, () -> together(some, ids))) {
      throw new LabException(
          "not in one ring within %d s: %s"
              .formatted(
                  seconds,
                  some.stream()
                      .map(node -> "n" + node.id() + " " + node.member().view())
                      .collect(Collectors.joining("; "))));
    }
    for (Node node : some) {
      if (node instanceof RealNode real) {
        new Tools(real).awaitMembers(ids, shape, seconds);
      }
    }
  }

  /** Waits until the tools of every real node show all nodes' processes and, with knet, links. */
  public void awaitShown(long seconds) {
    for (Node node : nodes) {
      if (node instanceof RealNode real) {
        new Tools(real).awaitGroup(ids(nodes), seconds);
        if (shape.carrier().hasLinks()) {
          new Tools(real).awaitLinks((nodes.size() - 1) * shape.links().size(), seconds);
        }
      }
    }
  }

  private static boolean together(Collection<Node> some, Set<Integer> ids) {
    return some.stream()
            .map(node -> node.member().view())
            .allMatch(view -> view.nodes().equals(ids) && view.group().equals(ids))
        && some.stream().map(node -> node.member().view().ring()).distinct().count() == 1;
  }

  /** How many messages each node's member has delivered. */
  public long[] delivered() {
    return nodes.stream()
        .mapToLong(node -> node.isRunning() ? node.member().delivered() : 0)
        .toArray();
  }

  /** Waits until all running members have sent what they were told. */
  public void awaitSent(long seconds) {
    if (!Patience.await(seconds, () -> running().stream().allMatch(Node::hasSentAll))) {
      throw new LabException("not all was sent within " + seconds + " s: " + counts());
    }
  }

  /** Waits until each running member has delivered so many messages more than before. */
  public void awaitDelivered(long[] before, long more, long seconds) {
    boolean done =
        Patience.await(
            seconds,
            () ->
                running().stream()
                    .allMatch(node -> node.member().delivered() >= before[node.id() - 1] + more));
    if (!done) {
      throw new LabException("not all was delivered within " + seconds + " s: " + counts());
    }
  }

  /** Waits until nothing is delivered any more for a while. */
  public void awaitQuiet(long seconds) {
    long[][] last = {delivered()};
    long[] since = {System.nanoTime()};
    boolean quiet =
        Patience.await(
            seconds,
            () -> {
              long[] now = delivered();
              if (!java.util.Arrays.equals(now, last[0])) {
                last[0] = now;
                since[0] = System.nanoTime();
              }
              return System.nanoTime() - since[0] > 400_000_000L;
            });
    if (!quiet) {
      throw new LabException("still busy after " + seconds + " s: " + counts());
    }
  }

  private String counts() {
    return running().stream()
        .map(node ->
            "n%d sent %d and got %d"
                .formatted(node.id(), node.member().sent(), node.member().delivered()))
        .collect(Collectors.joining("; "));
  }

  /**
   * Compares what all members wrote down so far. Nothing new may be sent; what is still under way
   * looks like a disagreement, so one must last to count.
   */
  public Agreement.Verdict settle(long seconds) {
    long until = System.nanoTime() + seconds * 1_000_000_000L;
    while (true) {
      awaitQuiet(seconds);
      Agreement.Verdict verdict = compare();
      if (verdict.findings().isEmpty() || System.nanoTime() - until > 0) {
        return verdict;
      }
    }
  }

  private Agreement.Verdict compare() {
    return past.and(Agreement.of(journals, Set.copyOf(killed), shape.real()));
  }

  /**
   * What the members wrote down is compared now and not again: corosync nodes that have all lost
   * their ring ids count from the beginning, and what comes after is in rings of the same names.
   * Every node is to be killed next.
   */
  public void beginAgain(long seconds) {
    past = settle(seconds);
    journals.clear();
  }

  /** Pulls a node's cables, or puts them in again. */
  public void cable(Node node, boolean in) {
    for (int network = 0; network < shape.links().size(); network++) {
      lab.cable(node.machine(), network, in);
    }
  }

  /** A network fails, or is mended. */
  public void network(int network, boolean works) {
    lab.machines().forEach(machine -> lab.cable(machine, network, works));
  }

  /** Cuts the ring in two sides that do not hear each other. */
  public void partition(Collection<Node> side) {
    List<Machine> one = side.stream().map(Node::machine).toList();
    List<Machine> other = lab.machines().stream().filter(each -> !one.contains(each)).toList();
    one.forEach(machine -> machine.deaf(other, 0));
    other.forEach(machine -> machine.deaf(one, 0));
  }

  /** All machines hear each other, but for that share of the datagrams. */
  public void loss(int percent) {
    lab.machines().forEach(machine -> machine.deaf(List.of(), percent));
  }

  /** Lets all members write down what may explain a failure. */
  public void explain() {
    for (Node node : running()) {
      try {
        node.member().order("explain");
      } catch (LabException _) {
        // It is gone; that is a finding of its own.
      }
    }
    Patience.await(1, () -> false);
  }

  @Override
  public void close() {
    lab.close();
  }
}
