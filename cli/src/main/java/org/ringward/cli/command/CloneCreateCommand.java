package org.ringward.cli.command;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.cib.CibEdits.Edit;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.GroupEdits;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "create",
    aliases = "add",
    header = "Run a resource on several nodes.",
    description =
        "Puts a primitive or a group in a clone. Meta attributes of the clone come as NAME=VALUE: clone-max, clone-node-max, notify, interleave and so on.",
    exitCodeList = "105:there is no such resource",
    footer = {
      "Examples:",
      "  ringward clone create cache interleave=true",
      "  ringward clone create db --promotable --name db-cluster promoted-max=1"
    })
final class CloneCreateCommand extends EditCommand {
  @Parameters(index = "0", paramLabel = "RESOURCE", description = "A primitive or group.")
  private String resource = "";

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "NAME=VALUE",
      description = "Meta attributes of the clone.")
  private @Nullable List<String> words;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Its name (default: RESOURCE-clone).")
  private String name = "";

  @Option(names = "--promotable", description = "Instances have two roles.")
  private boolean promotable;

  CloneCreateCommand(Environment environment) {
    super(environment);
  }

  @Override
  Edit edit(Configuration now) {
    Map<String, String> meta = Words.pairs(words);
    if (promotable) {
      meta.put("promotable", "true");
    }
    return GroupEdits.clone(now, resource, name, meta);
  }

  @Override
  List<String> subjects() {
    return List.of(resource);
  }
}
