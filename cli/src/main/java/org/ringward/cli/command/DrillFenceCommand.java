package org.ringward.cli.command;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.admin.DocumentReport;
import org.ringward.core.admin.StatusReport;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.Known;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "fence",
    header = "Have a node reset by its fencing devices, and its services run elsewhere.",
    description = {
      "Orders the reset of a node that runs, as if it had been lost: nothing is stopped first."
          + " Shows how long the proof took and when each service was back.",
      "Only a cluster that has quorum, has settled and misses no node is drilled."
    },
    exitCodeList = {
      "1:you said no, or there was no proof in time",
      "105:there is no such node",
      "106:no quorum, so nothing may be fenced",
      "107:the cluster is not fit for a drill"
    },
    footer = {"Examples:", "  ringward drill fence b"})
final class DrillFenceCommand extends Drill {
  @Parameters(paramLabel = "NODE", description = "The node.")
  private String node = "";

  private long provenBefore;

  DrillFenceCommand(Environment environment) {
    super(environment);
  }

  @Override
  String kind() {
    return "fence";
  }

  @Override
  String subject() {
    return "fencing of " + node;
  }

  @Override
  @Nullable Configuration during(DocumentReport document) {
    if (status().node().equals(node)) {
      throw new OperatorException(
          ExitCode.USAGE,
          "%s is the node whose daemon you ask; give this order at another one.".formatted(node));
    }
    return null;
  }

  @Override
  String question(StatusReport status) {
    List<String> known = status.nodes().stream().map(StatusReport.NodeLine::name).toList();
    if (!known.contains(node)) {
      throw Known.unknown("node", node, known);
    }
    List<String> runs =
        status.resources().stream()
            .filter(each -> each.nodes().contains(node))
            .map(StatusReport.ResourceLine::id)
            .toList();
    return "%s is reset without warning%s. Drill its fencing now?"
        .formatted(
            node, runs.isEmpty() ? ", nothing runs there" : " with " + String.join(", ", runs));
  }

  @Override
  AdminReply begin() {
    provenBefore = lastProof();
    return ask(Verb.FENCE, options("node", node, "action", "reboot", "reason", "drill"));
  }

  /** When it was proven down last, milliseconds since 1970. */
  private long lastProof() {
    return status().fencing().stream()
        .filter(each -> each.target().equals(node) && each.state().equals("succeeded"))
        .mapToLong(StatusReport.FenceLine::wallMillis)
        .max()
        .orElse(0);
  }

  @Override
  int await() {
    long until = System.nanoTime() + patience().toNanos();
    while (lastProof() <= provenBefore) {
      if (System.nanoTime() - until >= 0) {
        return tell(
            AdminReply.failed(
                ExitCode.ERROR.number(),
                "%s was not proven down within %d s; 'ringward why fence %s' says how far it came"
                    .formatted(node, patience().toSeconds(), node)));
      }
      try {
        Thread.sleep(150);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return ExitCode.ERROR.number();
      }
    }
    return settled();
  }

  @Override
  @Nullable AdminReply end() {
    return null;
  }
}
