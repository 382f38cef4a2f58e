package org.ringward.cli.command;

import org.ringward.cli.terminal.Environment;
import org.ringward.core.admin.AdminRequest.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "expected-votes",
    header = "Change how many votes are expected, on all nodes.",
    description = {
      "All nodes of the ring, Corosync's included, expect that many votes until they start again or"
          + " the configuration says otherwise.",
      "Fewer than are here, or so many that this side would lose quorum, are refused. It needs"
          + " quorum; a side without it is made to go on by ringward quorum force."
    },
    exitCodeList = {
      "106:no quorum, so nothing may be changed",
      "107:the number would end quorum, or is less than what is here"
    },
    footer = {"Examples:", "  ringward quorum expected-votes 3"})
final class QuorumExpectedVotesCommand extends AnswerCommand {
  @Parameters(paramLabel = "VOTES", description = "How many votes there are in all.")
  private int votes;

  QuorumExpectedVotesCommand(Environment environment) {
    super(environment);
  }

  @Override
  public Integer call() {
    return order(Verb.QUORUM_EXPECTED_VOTES, options("votes", Integer.toString(votes)));
  }
}
