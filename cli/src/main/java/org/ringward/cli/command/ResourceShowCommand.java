package org.ringward.cli.command;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.cib.CibYaml;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.Known;
import org.ringward.core.cib.Resource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "show",
    aliases = {"config"},
    header = "Show how a resource is configured.",
    description = "Writes it in the form of ringward config, with everything that is in it.",
    exitCodeList = "105:there is no such resource",
    footer = {"Examples:", "  ringward resource show web"})
final class ResourceShowCommand extends ReadCommand {
  @Parameters(arity = "0..*", paramLabel = "RESOURCE", description = "Which; all without one.")
  private @Nullable List<String> resources;

  ResourceShowCommand(Environment environment) {
    super(environment);
  }

  @Override
  int show(Configuration now) {
    List<Resource> wanted =
        resources == null
            ? now.resources()
            : resources.stream().map(each -> Known.resource(now, each)).toList();
    String text = CibYaml.write(Configuration.EMPTY.withResources(wanted));
    return tell("yaml", text);
  }
}
