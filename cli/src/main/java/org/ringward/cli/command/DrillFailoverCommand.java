package org.ringward.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.admin.DocumentReport;
import org.ringward.core.admin.StatusReport;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.cib.Cib;
import org.ringward.core.cib.CibEdits;
import org.ringward.core.cib.CibXml;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.Known;
import org.ringward.core.cib.Wish;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "failover",
    header = "Have a resource, or everything on a node, run elsewhere for a moment.",
    description = {
      "A resource is banned from where it runs, a node is put in standby; when everything runs"
          + " elsewhere that is taken back. Whether it returns then is the configuration's matter"
          + " (resource-stickiness). Shows the plan and asks first.",
      "Only a cluster that has quorum, has settled and misses no node is drilled."
    },
    exitCodeList = {
      "1:you said no, or something does not run any more",
      "105:there is no such resource or node",
      "106:no quorum, so nothing may change",
      "107:the cluster is not fit for a drill"
    },
    footer = {
      "Examples:",
      "  ringward drill failover web",
      "  ringward drill failover b --yes --output json"
    })
final class DrillFailoverCommand extends Drill {
  @Parameters(paramLabel = "RESOURCE|NODE", description = "What is drilled.")
  private String subject = "";

  private boolean ofNode;
  private String from = "";

  DrillFailoverCommand(Environment environment) {
    super(environment);
  }

  @Override
  String kind() {
    return "failover";
  }

  @Override
  String subject() {
    return ofNode ? "node " + subject : subject;
  }

  @Override
  Configuration during(DocumentReport document) {
    Cib cib = CibXml.read("configuration", document.text());
    ofNode = cib.configuration().resource(subject) == null;
    if (ofNode) {
      if (cib.configuration().node(subject) == null) {
        List<String> known = new ArrayList<>(Known.resources(cib.configuration()));
        cib.configuration().nodes().forEach(each -> known.add(each.uname()));
        throw Known.unknown("resource and no node", subject, known);
      }
      return CibEdits.standby(cib.configuration(), subject, true).configuration();
    }
    from = place();
    return CibEdits.ban(cib, subject, from, Wish.PLAIN).configuration();
  }

  private String place() {
    for (StatusReport.ResourceLine each : status().resources()) {
      if (each.id().equals(subject)) {
        if (each.nodes().size() != 1) {
          throw new OperatorException(
              ExitCode.UNSAFE,
              each.nodes().isEmpty()
                  ? "%s runs nowhere, so nothing can be drilled.".formatted(subject)
                  : "%s runs on several nodes (%s): drill one of the nodes."
                      .formatted(subject, String.join(", ", each.nodes())));
        }
        return each.nodes().getFirst();
      }
    }
    throw new OperatorException(
        ExitCode.UNSAFE,
        "%s is shown as a part only: drill what it belongs to.".formatted(subject));
  }

  @Override
  String question(StatusReport status) {
    return ofNode
        ? "Drill the failover of everything on %s now?".formatted(subject)
        : "Drill the failover of %s away from %s now?".formatted(subject, from);
  }

  @Override
  AdminReply begin() {
    return ofNode ? ask(Verb.STANDBY, standby("true")) : ask(Verb.BAN, ban());
  }

  private Map<String, String> standby(String on) {
    return options("node", subject, "on", on, "reason", "drill");
  }

  private Map<String, String> ban() {
    return options("resource", subject, "node", from, "reason", "drill");
  }

  @Override
  int await() {
    return ofNode ? settled() : new Settling(this, patience()).await(List.of(subject), true);
  }

  @Override
  @Nullable AdminReply end() {
    return ofNode
        ? ask(Verb.STANDBY, standby("false"))
        : ask(Verb.CLEAR, options("resource", subject, "node", from));
  }
}
