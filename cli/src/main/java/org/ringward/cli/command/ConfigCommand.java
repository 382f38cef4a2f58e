package org.ringward.cli.command;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.admin.DocumentReport;
import org.ringward.core.config.CorosyncConf.Reading;
import org.ringward.core.config.NodeSettingsYaml;
import org.ringward.ring.settings.ConfigurationFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "config",
    subcommands = {
      ConfigHistoryCommand.class,
      ConfigShowCommand.class,
      ConfigDiffCommand.class,
      ConfigRollbackCommand.class
    },
    header = "Show the configuration in force.",
    description = {
      "Writes the cluster's configuration in the form that 'ringward apply' reads.",
      "With --from it writes the node file that means the same as a corosync.conf, for this machine;"
          + " no daemon is asked."
    },
    footer = {
      "Examples:",
      "  ringward config > web.yaml",
      "  ringward config --from /etc/corosync/corosync.conf > /etc/ringward/ringward.yaml",
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

  @Option(
      names = "--from",
      paramLabel = "FILE",
      description = "A corosync.conf, or a node file, to be written as node file.")
  private @Nullable Path from;

  ConfigCommand(Environment environment) {
    super(environment);
  }

  @Override
  public Integer call() {
    if (from != null) {
      return convert(from);
    }
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

  private int convert(Path file) {
    Reading reading = ConfigurationFile.read(file);
    reading.warnings().forEach(environment().errors()::println);
    environment().output().print(NodeSettingsYaml.write(reading.settings()));
    return 0;
  }
}
