package org.ringward.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.ringward.cli.client.AdminJson;
import org.ringward.cli.render.RehearsalText;
import org.ringward.cli.terminal.Environment;
import org.ringward.cli.terminal.Progress;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.admin.DocumentReport;
import org.ringward.core.admin.RehearsalReport;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.cib.Cib;
import org.ringward.core.cib.CibValidation;
import org.ringward.core.cib.CibXml;
import org.ringward.core.cib.CibYaml;
import org.ringward.core.cib.ConfigurationReading;
import org.ringward.core.cib.Finding;
import org.ringward.core.cib.NodeState;
import org.ringward.core.cib.OperationRecord;
import org.ringward.core.cib.ResourceHistory;
import org.ringward.core.config.NodeSettings;
import org.ringward.ring.settings.ConfigurationFile;
import org.ringward.sim.rehearsal.Rehearsal;
import org.ringward.sim.rehearsal.RehearsalInput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "rehearse",
    header = "Play every single fault with this cluster's own configuration.",
    description = {
      "Runs the configuration in force, or one from a file, on simulated machines with the real code"
          + " of the nodes, once for every single fault: each node off, cut off, its daemon killed;"
          + " each link and heartbeat region cut; each fencing device failing while a node dies; each"
          + " resource failing. Shows who ends up where, how long services were gone, who was fenced,"
          + " and what is unsafe or waits for a person.",
      "The running cluster is not touched. Its node remembers the result, and 'ringward status' how"
          + " long ago that was."
    },
    exitCodeList = {
      "1:something is unsafe",
      "66:a file cannot be read",
      "78:a file has errors, or the simulated cluster refuses the configuration"
    },
    footer = {
      "Examples:",
      "  ringward rehearse",
      "  ringward rehearse --double --full",
      "  ringward rehearse --file new.yaml --config /etc/ringward/ringward.yaml"
    })
final class RehearseCommand extends ClusterCommand {
  private static final Path USUAL = Path.of("/etc/ringward/ringward.yaml");

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "Rehearse this configuration (YAML or CIB XML); no daemon is asked.")
  private @Nullable String file;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "A node's settings: nodes, votes, times, links, regions (default:"
              + " /etc/ringward/ringward.yaml).")
  private Path config = USUAL;

  @Option(
      names = "--double",
      description = "Also two nodes off at once, and a node off with each link or region cut.")
  private boolean pairs;

  @Option(
      names = {"-f", "--full"},
      description = "With every fault and every service that moved.")
  private boolean full;

  @Option(
      names = "--jobs",
      paramLabel = "NUMBER",
      description = "So many simulated clusters at a time (default: one per processor).")
  private int jobs = Runtime.getRuntime().availableProcessors();

  @Mixin private OutputOption output = new OutputOption();

  RehearseCommand(Environment environment) {
    super(environment);
  }

  @Override
  public Integer call() {
    if (jobs < 1) {
      throw new OperatorException(
          ExitCode.USAGE, "--jobs %d is not allowed: it must be at least 1.".formatted(jobs));
    }
    NodeSettings settings = ConfigurationFile.read(config).settings();
    RehearsalInput input = file == null ? fromDaemon(settings) : fromFile(settings, file);
    RehearsalReport report;
    try (Progress _ = new Progress(environment(), "rehearsing")) {
      report = Rehearsal.of(input, pairs, jobs, _ -> {});
    }
    if (output.json()) {
      printJson(report);
    } else {
      print(RehearsalText.lines(report, full, environment()));
    }
    if (file == null) {
      AdminReply kept =
          ask(
              Verb.EXERCISED,
              options(
                  "kind", "rehearsal", "version", report.version(), "sentence", report.sentence()),
              AdminJson.compact(report));
      if (kept.exitCode() != 0) {
        return tell(kept);
      }
    }
    return report.count("unsafe") > 0 ? ExitCode.ERROR.number() : 0;
  }

  private RehearsalInput fromDaemon(NodeSettings settings) {
    AdminReply reply = ask(Verb.CONFIGURATION, options("format", "xml", "with-status", "true"));
    if (reply.exitCode() != 0) {
      throw new OperatorException(code(reply.exitCode()), reply.message());
    }
    DocumentReport document = report(reply, DocumentReport.class);
    Cib cib = CibXml.read("configuration", document.text());
    return new RehearsalInput(settings, cib.configuration(), document.version(), took(cib));
  }

  private static ExitCode code(int number) {
    for (ExitCode each : ExitCode.values()) {
      if (each.number() == number) {
        return each;
      }
    }
    return ExitCode.ERROR;
  }

  /** How long operations took last, the longest of all nodes. */
  private static Map<String, Long> took(Cib cib) {
    Map<String, Long> took = new TreeMap<>();
    for (NodeState node : cib.status().nodes()) {
      for (ResourceHistory history : node.histories()) {
        for (OperationRecord each : history.operations()) {
          if (each.execTimeMillis() > 0) {
            took.merge(history.id() + " " + each.operation(), each.execTimeMillis(), Math::max);
          }
        }
      }
    }
    return took;
  }

  private RehearsalInput fromFile(NodeSettings settings, String name) {
    Document document = Document.read(name, environment());
    ConfigurationReading reading =
        document.format().equals("xml")
            ? CibXml.readConfigurationWithNotes(document.file(), document.text())
            : CibYaml.readConfiguration(document.file(), document.text());
    List<String> nodes = settings.members().stream().map(NodeSettings.Member::name).toList();
    List<String> errors = new ArrayList<>();
    for (Finding each : CibValidation.validate(reading, nodes)) {
      if (each.isError()) {
        errors.add(each.text());
      }
    }
    if (!errors.isEmpty()) {
      throw new OperatorException(ExitCode.CONFIGURATION, String.join("\n", errors));
    }
    return new RehearsalInput(settings, reading.configuration(), "of " + name, Map.of());
  }
}
