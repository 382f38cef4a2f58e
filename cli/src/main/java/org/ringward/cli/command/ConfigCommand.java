package org.ringward.cli.command;

import org.ringward.cli.terminal.Environment;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.admin.DocumentReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "config",
    header = "Show the configuration in force.",
    description = "Writes the cluster's configuration in the form that 'ringward apply' reads.",
    footer = {
      "Examples:",
      "  ringward config > web.yaml",
      "  ringward config --format xml --with-status > cib.xml && ringward simulate --xml-file cib.xml"
    })
final class ConfigCommand extends ClusterCommand {
  /** The forms of a configuration. */
  enum Format {
    yaml,
    xml
  }

  @Option(
      names = "--format",
      paramLabel = "FORM",
      defaultValue = "yaml",
      description = "yaml or xml (default: ${DEFAULT-VALUE}).")
  private Format format = Format.yaml;

  @Option(names = "--with-status", description = "With the cluster's status, as XML only.")
  private boolean withStatus;

  ConfigCommand(Environment environment) {
    super(environment);
  }

  @Override
  public Integer call() {
    AdminReply reply =
        ask(
            Verb.CONFIGURATION,
            options("format", format.name(), "with-status", withStatus ? "true" : null));
    if (reply.exitCode() == 0) {
      String text = report(reply, DocumentReport.class).text();
      environment().output().print(text.endsWith("\n") ? text : text + "\n");
    }
    return tell(reply);
  }
}
