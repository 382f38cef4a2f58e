package org.ringward.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.ringward.cli.client.AdminJson;
import org.ringward.cli.terminal.Environment;
import org.ringward.cli.terminal.Palette;
import org.ringward.cli.terminal.Palette.Tone;
import org.ringward.core.base.ExitCode;
import org.ringward.core.cib.CibValidation;
import org.ringward.core.cib.CibXml;
import org.ringward.core.cib.CibYaml;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.ConfigurationReading;
import org.ringward.core.cib.Finding;
import org.ringward.core.policy.ConfigurationTrial;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "verify",
    header = "Look for mistakes in a configuration file.",
    description = {
      "Reads a configuration as YAML or CIB XML and names what is wrong with it, with file and line,"
          + " and what is allowed there. No cluster is needed and nothing is changed.",
      "Beside mistakes it tells what can never have an effect: rules and health checks on attributes"
          + " that nobody sets or asks for, constraints for roles that do not exist, resources that"
          + " fit on no node.",
      "'ringward apply' looks for the same, and refuses a file with errors."
    },
    exitCodeList = {
      "65:the file is neither YAML nor XML",
      "66:the file cannot be read",
      "78:it has errors"
    },
    footer = {
      "Examples:",
      "  ringward verify web.yaml",
      "  ringward verify --node a --node b cib.xml",
      "  ringward verify web.yaml --agents     fencing devices, too, by the agents' own words"
    })
final class VerifyCommand implements Callable<Integer> {
  private final Environment environment;

  @Parameters(paramLabel = "FILE", description = "The file; - reads standard input.")
  private String file = "";

  @Option(
      names = "--node",
      paramLabel = "NODE",
      description = "A node of the cluster, so that other names are errors; repeat it.")
  private List<String> nodes = List.of();

  @Option(
      names = "--agents",
      paramLabel = "FOLDER",
      arity = "0..1",
      fallbackValue = "/usr/sbin",
      description =
          "Ask the fence agents of this machine what parameters they take, and hold the devices"
              + " against that. They are looked for in the folder (${FALLBACK-VALUE} when none is"
              + " given), then in /usr/share/ringward/fence.")
  private @Nullable Path agents;

  @Mixin private OutputOption output = new OutputOption();

  VerifyCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    Document document = Document.read(file, environment);
    ConfigurationReading reading =
        document.format().equals("xml")
            ? CibXml.readConfigurationWithNotes(document.file(), document.text())
            : CibYaml.readConfiguration(document.file(), document.text());
    List<Finding> findings = new ArrayList<>(CibValidation.validate(reading, nodes));
    if (agents != null) {
      List<Path> folders = List.of(agents, Path.of("/usr/share/ringward/fence"));
      findings.addAll(new InstalledFenceAgents(folders).check(reading));
    }
    if (findings.stream().noneMatch(Finding::isError)) {
      findings.addAll(trial(document.file(), reading.configuration()));
    }
    long errors = findings.stream().filter(Finding::isError).count();
    if (output.json()) {
      environment
          .output()
          .println(AdminJson.list("findings", findings.stream().map(VerifyCommand::line).toList()));
      return errors == 0 ? 0 : ExitCode.CONFIGURATION.number();
    }
    Palette palette = environment.palette();
    for (Finding finding : findings) {
      environment.output().println(palette.paint(tone(finding), finding.text()));
    }
    environment.output().println(summary(document.file(), errors, findings.size() - errors));
    return errors == 0 ? 0 : ExitCode.CONFIGURATION.number();
  }

  /** A finding in the answer for programs; line 0 is the whole file. */
  record Line(String severity, String file, int line, String text) {}

  private static Line line(Finding finding) {
    String severity = finding.severity().name().toLowerCase(Locale.ROOT);
    return new Line(severity, finding.file(), finding.line(), finding.text());
  }

  /** What only the scheduler can tell. */
  private List<Finding> trial(String file, Configuration configuration) {
    long now = environment.clock().instant().getEpochSecond();
    return ConfigurationTrial.homeless(configuration, now).stream()
        .map(sentence -> new Finding(Finding.Severity.WARNING, file, 0, "", sentence))
        .toList();
  }

  private static Tone tone(Finding finding) {
    return switch (finding.severity()) {
      case ERROR -> Tone.BAD;
      case WARNING -> Tone.NOTICE;
      case NOTE -> Tone.FAINT;
    };
  }

  private static String summary(String file, long errors, long others) {
    if (errors == 0 && others == 0) {
      return file + " is in order.";
    }
    String count = errors == 1 ? "1 error" : errors == 0 ? "no error" : errors + " errors";
    String remarks = others == 1 ? "1 remark" : others == 0 ? "no remark" : others + " remarks";
    return "%s has %s and %s.".formatted(file, count, remarks);
  }
}
