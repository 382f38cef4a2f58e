package org.ringward.cli.command;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.cli.agents.LocalAgents;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.cib.CibEdits.Edit;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.NewResource;
import org.ringward.core.cib.ResourceEdits;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "create",
    header = "Create a resource.",
    description = {
      "Makes a resource of an agent. Parameters of the agent come as NAME=VALUE, then what else belongs to it: op NAME [OPTION=VALUE]..., meta NAME=VALUE..., and clone, promotable or group.",
      "An agent without its provider is looked for on this machine (IPaddr2 becomes ocf:heartbeat:IPaddr2). Without a monitor operation one with the interval that the agent advises is added, because what is not watched is not recovered."
    },
    exitCodeList = {"1:with --wait, it does not run", "108:the name is taken"},
    footer = {
      "Examples:",
      "  ringward resource create vip IPaddr2 ip=10.0.0.100 cidr_netmask=24",
      "  ringward resource create web ocf:heartbeat:nginx op monitor interval=5s --group site --wait",
      "  ringward resource create db ocf:heartbeat:pgsql promotable promoted-max=1 meta priority=10"
    })
final class ResourceCreateCommand extends EditCommand {
  @Parameters(index = "0", paramLabel = "RESOURCE", description = "Its name.")
  private String id = "";

  @Parameters(index = "1", paramLabel = "AGENT", description = "What runs it.")
  private String agent = "";

  @Parameters(
      index = "2..*",
      arity = "0..*",
      paramLabel = "WORD",
      description = "Parameters, op, meta, clone, promotable, group.")
  private @Nullable List<String> words;

  @Option(
      names = "--group",
      paramLabel = "GROUP",
      description = "The group it becomes a member of.")
  private @Nullable String group;

  @Option(names = "--before", paramLabel = "MEMBER", description = "Its place in the group.")
  private @Nullable String before;

  @Option(names = "--after", paramLabel = "MEMBER", description = "Its place in the group.")
  private @Nullable String after;

  @Option(names = "--disabled", description = "It begins disabled (target-role Stopped).")
  private boolean disabled;

  @Option(names = "--no-monitor", description = "No monitor operation is added.")
  private boolean noMonitor;

  ResourceCreateCommand(Environment environment) {
    super(environment);
  }

  @Override
  Edit edit(Configuration now) {
    return ResourceEdits.create(now, wanted());
  }

  private NewResource wanted() {
    ResourceWords typed = new ResourceWords(Words.of(words));
    LocalAgents agents = LocalAgents.here();
    String full = agents.resolve(agent);
    String behind = after == null ? typed.after : after;
    String infront = before == null ? typed.before : before;
    if (!noMonitor && typed.operations.stream().noneMatch(each -> each.name().equals("monitor"))) {
      typed.operations.addAll(agents.monitors(full, typed.cloneMeta.containsKey("promotable")));
    }
    return new NewResource(
        id,
        full,
        typed.parameters,
        typed.operations,
        typed.meta,
        group == null ? typed.group : group,
        infront == null ? behind : infront,
        infront != null,
        typed.clone,
        typed.cloneMeta,
        disabled);
  }

  @Override
  List<String> subjects() {
    return List.of(id);
  }

  @Override
  List<String> shallRun() {
    return disabled ? List.of() : List.of(id);
  }
}
