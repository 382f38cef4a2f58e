package org.ringward.cli.command;

import org.jspecify.annotations.Nullable;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.admin.DocumentReport;
import org.ringward.core.cib.CibYaml;
import org.ringward.core.cib.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "show",
    header = "Show a configuration that was in force.",
    description =
        "As YAML, in the form that 'ringward apply' reads; without a version the one in force.",
    exitCodeList = "105:that version is not kept here",
    footer = {"Examples:", "  ringward config show 0.7"})
final class ConfigShowCommand extends PastCommand {
  @Parameters(arity = "0..1", paramLabel = "VERSION", description = "As history lists it.")
  private @Nullable String version;

  @Mixin private OutputOption output = new OutputOption();

  ConfigShowCommand(Environment environment) {
    super(environment);
  }

  @Override
  int show() {
    Configuration wanted =
        version == null ? PastConfiguration.now(this) : PastConfiguration.of(this, version);
    String text = CibYaml.write(wanted);
    if (output.json()) {
      printJson(new DocumentReport("yaml", version == null ? "" : version, text));
    } else {
      environment().output().print(text);
    }
    return 0;
  }
}
