package org.ringward.core.config;

import java.util.List;
import org.ringward.core.config.Setting.Choice;
import org.ringward.core.config.Setting.TieBreakerNode;

/** The settings of quorum; names and meanings are votequorum's. */
final class QuorumKeys {
  static final Setting PROVIDER =
      Setting.of(
          "quorum.provider",
          new Choice(List.of("corosync_votequorum", "none")),
          "corosync_votequorum",
          "Who decides about quorum; without a provider every side may go on.");
  static final Setting EXPECTED_VOTES =
      Setting.number(
              "quorum.expected_votes",
              0,
              65_535,
              0,
              "votes",
              "Votes of the whole cluster; 0 is the sum of the node list, more is stricter.")
          .reloads();
  static final Setting TWO_NODE =
      Setting.yesNo(
              "quorum.two_node",
              false,
              "One of two nodes may go on alone; fencing decides which. Turns wait_for_all on unless"
                  + " that is set, and is off with auto_tie_breaker.")
          .reloads();
  static final Setting WAIT_FOR_ALL =
      Setting.yesNo(
          "quorum.wait_for_all",
          false,
          "After a cold start nothing starts until every node was seen once.");
  static final Setting LAST_MAN_STANDING =
      Setting.yesNo(
          "quorum.last_man_standing",
          false,
          "Nodes that have been away for last_man_standing_window are no longer expected.");
  static final Setting LAST_MAN_STANDING_WINDOW =
      Setting.number(
          "quorum.last_man_standing_window",
          1,
          86_400_000,
          10_000,
          "ms",
          "How long nodes must have been away for last_man_standing.");
  static final Setting AUTO_TIE_BREAKER =
      Setting.yesNo("quorum.auto_tie_breaker", false, "One of two equal halves may go on.");
  static final Setting AUTO_TIE_BREAKER_NODE =
      Setting.of(
          "quorum.auto_tie_breaker_node",
          new TieBreakerNode(),
          "lowest",
          "The half that may go on has this node of the last quorate membership, or the first one"
              + " of the list.");
  static final Setting ALLOW_DOWNSCALE =
      Setting.yesNo(
          "quorum.allow_downscale",
          false,
          "Nodes that leave orderly are no longer expected. Turns expected_votes_tracking on.");
  static final Setting EXPECTED_VOTES_TRACKING =
      Setting.yesNo(
          "quorum.expected_votes_tracking",
          false,
          "The highest number of expected votes that was seen is kept on disk.");

  static final List<Setting> ALL =
      List.of(
          PROVIDER,
          EXPECTED_VOTES,
          TWO_NODE,
          WAIT_FOR_ALL,
          LAST_MAN_STANDING,
          LAST_MAN_STANDING_WINDOW,
          AUTO_TIE_BREAKER,
          AUTO_TIE_BREAKER_NODE,
          ALLOW_DOWNSCALE,
          EXPECTED_VOTES_TRACKING);

  private QuorumKeys() {}
}
