package org.ringward.cli.command;

import java.util.List;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.cib.CibEdits.Edit;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.ResourceEdits;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "update",
    header = "Change parameters, operations and meta attributes.",
    description = {
      "Sets what is named and leaves the rest. NAME= takes a value away. An operation of the same name and interval is changed, another one is added.",
      "What runs is restarted or reloaded if its parameters change."
    },
    exitCodeList = "105:there is no such resource",
    footer = {
      "Examples:",
      "  ringward resource update vip cidr_netmask=16",
      "  ringward resource update web op monitor interval=5s timeout=10s meta priority=5",
      "  ringward resource update web meta priority= --dry-run"
    })
final class ResourceUpdateCommand extends EditCommand {
  @Parameters(index = "0", paramLabel = "RESOURCE", description = "The resource.")
  private String id = "";

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "WORD",
      description = "Parameters, op, meta.")
  private List<String> words = List.of();

  ResourceUpdateCommand(Environment environment) {
    super(environment);
  }

  @Override
  Edit edit(Configuration now) {
    ResourceWords typed = new ResourceWords(words);
    if (typed.clone != null || typed.group != null) {
      throw new OperatorException(
          ExitCode.USAGE,
          "A resource that exists is put in a clone by 'ringward clone create', in a group by 'ringward group add'.");
    }
    return ResourceEdits.update(now, id, typed.parameters, typed.meta, typed.operations);
  }

  @Override
  List<String> subjects() {
    return List.of(id);
  }
}
