package org.ringward.core.config;

import static org.ringward.core.config.QuorumKeys.*;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.ringward.core.config.NodeSettings.Member;
import org.ringward.core.config.QuorumSettings.TieBreaker;

/**
 * Votes out of a section quorum, with the rules between the settings
 * (reference/totem-pg-sync-services.md, section 9). What Corosync quietly switches off is refused
 * in a file of ours, and told as a warning for a file of Corosync's.
 */
final class QuorumReader {
  private static final String UNSAFE =
      " is safe with quorum.wait_for_all only: nodes that start without the others do not know that"
          + " fewer are expected or which half goes on, and both sides could";

  private final Values values;
  private final List<Member> members;
  private final int sum;
  private final DeviceSettings device;

  QuorumReader(Values values, List<Member> members, DeviceSettings device) {
    this.device = device;
    this.values = values;
    this.members = members;
    this.sum = members.stream().mapToInt(Member::votes).sum();
  }

  /** The settings of a file of ours: nothing in it may contradict anything else. */
  QuorumSettings strict() {
    int expected = values.number(EXPECTED_VOTES);
    if (expected != 0 && expected < sum && !values.yes(ALLOW_DOWNSCALE)) {
      String sentence = "quorum.expected_votes is " + expected + ", the nodes have " + sum;
      String cure = " votes together; fewer would let two halves go on at once";
      throw values.refuse(EXPECTED_VOTES, sentence + cure);
    }
    if (sum == 0) {
      throw values.refuse(EXPECTED_VOTES, "no node has a vote; at least one needs votes: 1");
    }
    boolean twoNode = values.yes(TWO_NODE);
    if (twoNode && (members.size() != 2 || sum != 2 || expected > 2)) {
      String found = members.size() + " nodes and " + Math.max(sum, expected) + " votes";
      String sentence = "quorum.two_node needs exactly 2 nodes with one vote each, found ";
      throw values.refuse(TWO_NODE, sentence + found);
    }
    if (twoNode && values.yes(AUTO_TIE_BREAKER)) {
      String sentence = "quorum.two_node and quorum.auto_tie_breaker exclude each other: ";
      throw values.refuse(AUTO_TIE_BREAKER, sentence + "the first lets either half go on");
    }
    QuorumSettings settings = settings(twoNode, values.yes(AUTO_TIE_BREAKER));
    if (settings.autoTieBreaker() && !settings.lastManStanding() && sum % 2 == 1) {
      String sentence = "quorum.auto_tie_breaker has nothing to do with " + sum + " votes";
      String danger = ", which have no equal halves; the smaller one could go on beside the larger";
      throw values.refuse(AUTO_TIE_BREAKER, sentence + danger);
    }
    Setting unsafe = unsafeWithoutWaiting(settings);
    if (unsafe != null) {
      throw values.refuse(unsafe, values.name(unsafe) + UNSAFE);
    }
    return settings;
  }

  /** What lets nodes that start without the others be quorate beside them, null for nothing. */
  private static @Nullable Setting unsafeWithoutWaiting(QuorumSettings settings) {
    if (settings.waitForAll()) {
      return null;
    }
    if (settings.lastManStanding()) {
      return LAST_MAN_STANDING;
    }
    if (settings.allowDownscale()) {
      return ALLOW_DOWNSCALE;
    }
    boolean list = settings.autoTieBreaker() && settings.tieBreaker().nodes().size() > 1;
    return list ? AUTO_TIE_BREAKER_NODE : null;
  }

  /** The settings as votequorum takes them; what it switches off is told. */
  QuorumSettings corosync(List<String> warnings) {
    boolean tieBreaker = values.yes(AUTO_TIE_BREAKER);
    boolean twoNode = values.yes(TWO_NODE);
    if (twoNode && tieBreaker) {
      warnings.add("quorum.two_node is off because quorum.auto_tie_breaker is on");
      twoNode = false;
    }
    if (twoNode && (members.size() > 2 || sum > 2)) {
      String found = members.size() + " nodes and " + sum + " votes";
      warnings.add("quorum.two_node has no effect with " + found + "; it is for 2 nodes");
    }
    boolean waitForAll = values.has(WAIT_FOR_ALL) ? values.yes(WAIT_FOR_ALL) : twoNode;
    if (tieBreaker && !waitForAll && sum % 2 == 1) {
      if (values.yes(LAST_MAN_STANDING)) {
        String sentence = "quorum.auto_tie_breaker and quorum.last_man_standing together need an";
        String cure = " even number of votes or wait_for_all, found " + sum + " votes";
        throw values.refuse(AUTO_TIE_BREAKER, sentence + cure);
      }
      warnings.add(
          "quorum.auto_tie_breaker is off because "
              + sum
              + " votes have no equal halves and quorum.wait_for_all is off");
      tieBreaker = false;
    }
    if (sum == 0 && values.number(EXPECTED_VOTES) == 0) {
      throw values.refuse(
          EXPECTED_VOTES, "no node has a vote, and quorum.expected_votes is not set");
    }
    QuorumSettings settings = settings(twoNode, tieBreaker);
    Setting unsafe = unsafeWithoutWaiting(settings);
    if (unsafe != null) {
      warnings.add(unsafe.key() + UNSAFE);
    }
    return settings;
  }

  private QuorumSettings settings(boolean twoNode, boolean autoTieBreaker) {
    boolean downscale = values.yes(ALLOW_DOWNSCALE);
    return new QuorumSettings(
        values.text(PROVIDER).equals("none")
            ? QuorumSettings.Provider.NONE
            : QuorumSettings.Provider.VOTEQUORUM,
        values.number(EXPECTED_VOTES),
        twoNode,
        values.has(WAIT_FOR_ALL) ? values.yes(WAIT_FOR_ALL) : twoNode,
        values.yes(LAST_MAN_STANDING),
        values.number(LAST_MAN_STANDING_WINDOW),
        autoTieBreaker,
        tieBreaker(),
        downscale,
        downscale || values.yes(EXPECTED_VOTES_TRACKING),
        device);
  }

  private TieBreaker tieBreaker() {
    String text = values.text(AUTO_TIE_BREAKER_NODE);
    if (text.equals("lowest")) {
      return TieBreaker.LOWEST;
    }
    if (text.equals("highest")) {
      return TieBreaker.HIGHEST;
    }
    List<Integer> nodes = Stream.of(text.split(" ", -1)).map(Integer::valueOf).toList();
    for (int node : nodes) {
      if (members.stream().noneMatch(member -> member.id() == node)) {
        String sentence = values.name(AUTO_TIE_BREAKER_NODE) + " names node " + node;
        throw values.refuse(AUTO_TIE_BREAKER_NODE, sentence + ", which is not in the node list");
      }
    }
    return new TieBreaker(TieBreaker.Kind.LIST, nodes);
  }
}
