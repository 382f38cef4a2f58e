package org.ringward.cli.command;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.ringward.cli.agents.LocalAgents;
import org.ringward.cli.client.AdminJson;
import org.ringward.cli.terminal.Environment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "list",
    header = "List the agents of this machine.",
    description = {
      "By their full names, as resource create takes them; with a class (ocf, stonith, systemd, lsb),"
          + " a class and provider (ocf:heartbeat) or a part of a name only those. systemd and lsb are"
          + " listed when they are here, but this version does not run them yet."
    },
    exitCodeList = "105:there is none like that",
    footer = {
      "Examples:",
      "  ringward agents list",
      "  ringward agents list stonith",
      "  ringward agents list ocf:heartbeat | grep -i ip"
    })
final class AgentsListCommand implements Callable<Integer> {
  private final Environment environment;

  @Parameters(
      arity = "0..1",
      paramLabel = "PART",
      description = "CLASS, CLASS:PROVIDER, or a part of the name.")
  private @Nullable String part;

  @Mixin private OutputOption output = new OutputOption();

  AgentsListCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    List<String> found = LocalAgents.here().like(part == null ? "" : part);
    if (output.json()) {
      environment.output().println(AdminJson.list("agents", found));
    } else {
      found.forEach(environment.output()::println);
    }
    return 0;
  }
}
