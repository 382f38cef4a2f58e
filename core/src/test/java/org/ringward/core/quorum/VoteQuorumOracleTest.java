package org.ringward.core.quorum;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ringward.core.base.NodeSet;
import org.ringward.core.config.QuorumSettings;
import org.ringward.core.config.QuorumSettings.TieBreaker;
import org.ringward.core.wire.VoteQuorumReconfigure;

/**
 * What corosync 3.1.7 said under every option and split, recorded by {@code tools/interop votes},
 * against the calculation: members, votes, expected votes, needed votes and quorum on every side.
 */
class VoteQuorumOracleTest {
  private static final String RECORD = "corosync-3.1.7.txt";

  /** A story: its headline and its lines, several for one event when there are several sides. */
  private record Story(String headline, List<String> lines) {
    @Override
    public String toString() {
      return headline;
    }
  }

  static Stream<Story> stories() throws IOException {
    List<Story> stories = new ArrayList<>();
    try (InputStream file = VoteQuorumOracleTest.class.getResourceAsStream(RECORD)) {
      String text = new String(Objects.requireNonNull(file).readAllBytes(), UTF_8);
      for (String line : text.lines().toList()) {
        if (line.startsWith("votes ")) {
          stories.add(new Story(line.substring(6), new ArrayList<>()));
        } else {
          stories.getLast().lines().add(line);
        }
      }
    }
    assertThat(stories).hasSizeGreaterThan(20);
    return stories.stream();
  }

  private Electorate electorate = Electorate.of(1, QuorumSettings.DEFAULT);
  private List<NodeSet> sides = List.of();
  private int entries;

  @ParameterizedTest
  @MethodSource("stories")
  void saysWhatCorosyncSaid(Story story) throws IOException {
    List<String> words = List.of(story.headline().split(": ", 2)[1].split(", ", -1));
    int nodes = Integer.parseInt(words.getFirst().split(" ", -1)[0]);
    List<String> options = words.stream().skip(1).filter(word -> !word.equals("cold")).toList();
    electorate = Electorate.of(nodes, settings(options));
    entries = nodes;
    NodeSet all = NodeSet.of(IntStream.rangeClosed(1, nodes).toArray());
    sides = List.of(all);
    String last = "";
    for (String line : story.lines()) {
      String event = line.substring(2, 25).strip();
      String said = line.substring(25).strip();
      // Two sides after the same event are two lines in a row.
      boolean again = event.equals(last) && sides.size() > 1;
      if (!again) {
        happens(event, all);
      }
      last = event;
      assertThat(said(said)).as(story.headline() + ": " + event).isEqualTo(said);
    }
  }

  private static QuorumSettings settings(List<String> options) {
    Map<String, String> given = new TreeMap<>();
    options.forEach(option -> given.put(option.split(": ", -1)[0], option.split(": ", -1)[1]));
    boolean twoNode = given.containsKey("two_node");
    boolean downscale = given.containsKey("allow_downscale");
    return QuorumSettings.DEFAULT.toBuilder()
        .expectedVotes(Integer.parseInt(given.getOrDefault("expected_votes", "0")))
        .twoNode(twoNode)
        .waitForAll(given.getOrDefault("wait_for_all", twoNode ? "1" : "0").equals("1"))
        .lastManStanding(given.containsKey("last_man_standing"))
        .lastManStandingWindow(
            Integer.parseInt(given.getOrDefault("last_man_standing_window", "10000")))
        .autoTieBreaker(given.containsKey("auto_tie_breaker"))
        .tieBreaker(tieBreaker(given.getOrDefault("auto_tie_breaker_node", "lowest")))
        .allowDownscale(downscale)
        .expectedVotesTracking(downscale || given.containsKey("expected_votes_tracking"))
        .build();
  }

  private static TieBreaker tieBreaker(String text) {
    return switch (text) {
      case "lowest" -> TieBreaker.LOWEST;
      case "highest" -> TieBreaker.HIGHEST;
      default ->
          new TieBreaker(
              TieBreaker.Kind.LIST,
              Arrays.stream(text.split(" ", -1)).map(Integer::valueOf).toList());
    };
  }

  private void happens(String event, NodeSet all) {
    String[] words = event.split(" ", -1);
    int number = words.length > 1 && words[1].matches("\\d+") ? Integer.parseInt(words[1]) : 0;
    switch (words[0]) {
      case "split" -> sides = Arrays.stream(words[1].split("\\|", -1)).map(this::side).toList();
      case "heal" -> sides = List.of(all);
      case "kill" -> electorate.end(number, false);
      case "leave" -> electorate.end(number, true);
      case "start" -> start(number, all);
      case "wait" -> electorate.pass(number);
      case "expected" ->
          each(quorum -> quorum.reconfigured(change(number, Integer.parseInt(words[2]))));
      case "cancel" ->
          each(quorum ->
              quorum.reconfigured(
                  new VoteQuorumReconfigure(number, 0, VoteQuorumReconfigure.CANCEL_WAIT_FOR_ALL)));
      case "nodes" -> entries = number;
      case "reload" -> electorate.reload(entries);
      default -> throw new IllegalArgumentException(event);
    }
    electorate.rings(sides);
  }

  private static VoteQuorumReconfigure change(int node, int votes) {
    return new VoteQuorumReconfigure(node, votes, VoteQuorumReconfigure.EXPECTED_VOTES);
  }

  private void each(Consumer<VoteQuorum> act) {
    IntStream.of(electorate.running()).forEach(id -> act.accept(electorate.quorum(id)));
  }

  private void start(int id, NodeSet all) {
    if (id > 0) {
      electorate.boot(id);
    } else {
      all.stream().forEach(electorate::boot);
    }
  }

  private NodeSet side(String text) {
    return NodeSet.of(Arrays.stream(text.split(",", -1)).mapToInt(Integer::parseInt).toArray());
  }

  /** What every node of the side that the oracle speaks of says, in its form. */
  private String said(String oracle) {
    NodeSet side = side(oracle.substring(1, oracle.indexOf(']')).replace(" ", ""));
    List<String> all =
        side.stream().mapToObj(id -> form(side, electorate.verdict(id))).distinct().toList();
    return String.join(" but also ", all);
  }

  private static String form(NodeSet side, QuorumVerdict verdict) {
    return "%s %d of %d, %d needed, %s"
        .formatted(
            side.stream().boxed().toList(),
            verdict.votes(),
            verdict.expected(),
            verdict.needed(),
            verdict.quorate() ? "quorate" : "not quorate");
  }
}
