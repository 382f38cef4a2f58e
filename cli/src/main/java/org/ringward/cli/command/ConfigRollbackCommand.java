package org.ringward.cli.command;

import java.util.HashSet;
import java.util.Set;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.cib.CibXml;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.NodeEntry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "rollback",
    header = "Put a configuration in force that was before.",
    description = {
      "Shows the plan first, asks and applies, as 'ringward apply' does. What is put in force becomes a"
          + " new version, with you as its author, and can be rolled back itself.",
      "Nodes that came since then stay, with their attributes; those that have gone since do not come"
          + " back."
    },
    exitCodeList = {
      "1:you said no",
      "2:--dry-run found changes",
      "78:that configuration would have errors today; they are named",
      "103:the configuration changed since the plan was made",
      "105:that version is not kept here, or not any more"
    },
    footer = {
      "Examples:",
      "  ringward config rollback 0.7 --dry-run",
      "  ringward config rollback 0.7 --reason 'the new web server is too slow' --wait"
    })
final class ConfigRollbackCommand extends ApplyingCommand {
  @Parameters(paramLabel = "VERSION", description = "As history lists it.")
  private String version = "";

  ConfigRollbackCommand(Environment environment) {
    super(environment);
  }

  @Override
  Document document() {
    Configuration past = PastConfiguration.of(this, version);
    Set<String> known = new HashSet<>();
    PastConfiguration.now(this).nodes().stream().map(NodeEntry::uname).forEach(known::add);
    Configuration wanted =
        past.withNodes(past.nodes().stream().filter(each -> known.contains(each.uname())).toList());
    return new Document("version " + version, "xml", CibXml.write(wanted));
  }

  @Override
  String what() {
    return "rolled back to version " + version;
  }
}
