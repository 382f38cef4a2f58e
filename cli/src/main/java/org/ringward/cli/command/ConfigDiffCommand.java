package org.ringward.cli.command;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.cli.client.AdminJson;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.base.ExitCode;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.ConfigurationDiff;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "diff",
    header = "Show what differs between two configurations.",
    description = "Between the two versions, or between one and what is in force.",
    exitCodeList = {"2:they differ", "105:one of them is not kept here"},
    footer = {"Examples:", "  ringward config diff 0.7", "  ringward config diff 0.5 0.7"})
final class ConfigDiffCommand extends PastCommand {
  @Parameters(index = "0", paramLabel = "FROM", description = "A version.")
  private String from = "";

  @Parameters(index = "1", arity = "0..1", paramLabel = "TO", description = "Another version.")
  private @Nullable String to;

  @Mixin private OutputOption output = new OutputOption();

  ConfigDiffCommand(Environment environment) {
    super(environment);
  }

  @Override
  int show() {
    Configuration one = PastConfiguration.of(this, from);
    Configuration other = to == null ? PastConfiguration.now(this) : PastConfiguration.of(this, to);
    List<String> lines = ConfigurationDiff.lines(one, other);
    if (output.json()) {
      environment().output().println(AdminJson.list("differences", lines));
    } else if (lines.isEmpty()) {
      environment().output().println("They are the same.");
    } else {
      print(lines);
    }
    return lines.isEmpty() ? 0 : ExitCode.CHANGES.number();
  }
}
