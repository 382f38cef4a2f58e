package org.ringward.core.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest;
import org.ringward.core.admin.QuorumReport;
import org.ringward.core.admin.QuorumReport.DeviceLine;
import org.ringward.core.admin.QuorumReport.ForcedLine;
import org.ringward.core.admin.QuorumReport.NodeLine;
import org.ringward.core.admin.QuorumReport.SplitLine;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.NodeSet;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.config.QuorumSettings;
import org.ringward.core.control.OperatorDesk;
import org.ringward.core.group.ProcessGroups;
import org.ringward.core.quorum.ForcedQuorum;
import org.ringward.core.quorum.QuorumDevice;
import org.ringward.core.quorum.QuorumOutlook;
import org.ringward.core.quorum.QuorumStatus;
import org.ringward.core.quorum.QuorumVerdict;
import org.ringward.core.wire.VoteQuorumNodeInfo;

/** Answers what operators ask about votes; nothing is asked of other nodes. */
public final class QuorumDesk {
  private final ProcessGroups groups;
  private final Supplier<String> agreement;
  private NodeSettings settings;

  /**
   * A desk.
   *
   * @param agreement what the cluster above the ring made of the votes, empty without one
   */
  public QuorumDesk(NodeSettings settings, ProcessGroups groups, Supplier<String> agreement) {
    this.settings = settings;
    this.groups = groups;
    this.agreement = agreement;
  }

  /** The settings have changed. */
  public void reconfigured(NodeSettings changed) {
    settings = changed;
  }

  /** What may happen to quorum, a sentence each. */
  public List<String> outlook() {
    return groups.quorumOutlook(this::name).sentences();
  }

  /** Who may go on without whom. */
  public OperatorDesk.QuorumForesight foresight() {
    QuorumOutlook outlook = groups.quorumOutlook(this::name);
    NodeSet all = outlook.nodes();
    List<String> spared = new ArrayList<>();
    List<String> alone = new ArrayList<>();
    for (int at = 0; at < all.size(); at++) {
      NodeSet one = NodeSet.of(all.get(at));
      if (outlook.mayGoOn(all.minus(one))) {
        spared.add(name(all.get(at)));
      }
      if (outlook.mayGoOn(one)) {
        alone.add(name(all.get(at)));
      }
    }
    return new OperatorDesk.QuorumForesight(spared, alone);
  }

  /** Answers QUORUM_STATUS. */
  public AdminReply status() {
    QuorumStatus status = groups.quorum().status();
    QuorumVerdict verdict = status.verdict();
    QuorumOutlook outlook = groups.quorumOutlook(this::name);
    return AdminReply.of(
        new QuorumReport(
            settings.clusterName(),
            settings.nodeName(),
            verdict.quorate(),
            verdict.votes(),
            verdict.needed(),
            verdict.expected(),
            verdict.rule().name().toLowerCase(Locale.ROOT),
            verdict.reason(),
            agreement.get(),
            options(settings.quorum()),
            status.nodes().stream()
                .map(each ->
                    new NodeLine(
                        name(each.id()),
                        each.id(),
                        each.votes(),
                        each.expected(),
                        state(each.flags())))
                .toList(),
            device(status.device()),
            forced(status.forced()),
            outlook.splits().stream().map(this::line).toList(),
            sentences(outlook)));
  }

  private List<String> sentences(QuorumOutlook outlook) {
    List<String> sentences = new ArrayList<>(outlook.sentences());
    sentences.addAll(groups.deviceSentences());
    return sentences;
  }

  /** Has all nodes expect other votes, in a ring without a cluster above it. */
  AdminReply expectVotes(AdminRequest request) {
    String text = request.option("votes", "");
    if (!text.matches("[0-9]{1,5}")) {
      return AdminReply.failed(
          ExitCode.USAGE.number(), "votes is '" + text + "'; a number from 1 to 65535 is needed");
    }
    int votes = Integer.parseInt(text);
    @Nullable String objection = groups.quorum().objection(votes);
    if (objection != null) {
      return AdminReply.failed(ExitCode.UNSAFE.number(), objection);
    }
    groups.quorum().expectVotes(votes);
    return AdminReply.done("all nodes are asked to expect " + votes + " votes");
  }

  /** Has this side go on against the votes, in a ring without a cluster above it. */
  AdminReply force(AdminRequest request, long wallMillis) {
    String reason = request.option("reason", "");
    if (reason.isEmpty()) {
      return AdminReply.failed(ExitCode.USAGE.number(), "the option 'reason' is missing");
    }
    groups.quorum().forced(request.author(), reason, wallMillis);
    groups.quorum().force();
    return AdminReply.done("this side goes on by order of " + request.author() + ": " + reason);
  }

  private SplitLine line(QuorumOutlook.Split split) {
    return new SplitLine(
        split.sides().stream().map(this::names).toList(), split.winners(), split.sentence());
  }

  private List<String> names(NodeSet side) {
    return side.stream().mapToObj(this::name).toList();
  }

  private String name(int id) {
    return settings.members().stream()
        .filter(each -> each.id() == id)
        .findFirst()
        .map(NodeSettings.Member::name)
        .orElse("node " + Integer.toUnsignedString(id));
  }

  private static @Nullable DeviceLine device(QuorumDevice device) {
    return device.isRegistered()
        ? new DeviceLine(
            device.name(), device.votes(), device.alive(), device.castsVote(), device.masterWins())
        : null;
  }

  private static @Nullable ForcedLine forced(@Nullable ForcedQuorum forced) {
    return forced == null
        ? null
        : new ForcedLine(forced.author(), forced.reason(), forced.wallMillis());
  }

  private static List<String> options(QuorumSettings quorum) {
    List<String> options = new ArrayList<>();
    add(options, quorum.twoNode(), "two_node");
    add(options, quorum.waitForAll(), "wait_for_all");
    add(options, quorum.autoTieBreaker(), "auto_tie_breaker");
    add(options, quorum.lastManStanding(), "last_man_standing");
    add(options, quorum.allowDownscale(), "allow_downscale");
    add(options, quorum.expectedVotesTracking(), "expected_votes_tracking");
    add(options, quorum.provider() == QuorumSettings.Provider.NONE, "no provider");
    return options;
  }

  private static List<String> state(int flags) {
    List<String> state = new ArrayList<>();
    add(state, (flags & VoteQuorumNodeInfo.FLAG_QUORATE) != 0, "quorate");
    add(state, (flags & VoteQuorumNodeInfo.FLAG_LEAVING) != 0, "leaves");
    add(state, (flags & VoteQuorumNodeInfo.FLAG_WAIT_FOR_ALL) != 0, "waits for all");
    add(state, (flags & VoteQuorumNodeInfo.FLAG_FIRST) != 0, "was never with others");
    add(state, (flags & VoteQuorumNodeInfo.FLAG_DEVICE_REGISTERED) != 0, "has a quorum device");
    add(state, (flags & VoteQuorumNodeInfo.FLAG_DEVICE_CASTS_VOTE) != 0, "with its vote");
    return state;
  }

  private static void add(List<String> to, boolean on, String word) {
    if (on) {
      to.add(word);
    }
  }
}
