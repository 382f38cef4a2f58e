package org.ringward.cli.command;

import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.ringward.cli.agents.AgentRun;
import org.ringward.cli.client.AdminJson;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.admin.StatusReport;
import org.ringward.core.agent.AgentEnvironment;
import org.ringward.core.agent.OcfExit;
import org.ringward.core.agent.ResourceClasses;
import org.ringward.core.agent.ResourceOperation;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.cib.AttributeSet;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.Known;
import org.ringward.core.cib.Nvpair;
import org.ringward.core.cib.Operation;
import org.ringward.core.cib.Primitive;
import org.ringward.core.cib.Resource;
import org.ringward.core.config.Nearest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "debug",
    header = "Run an action of a resource's agent by hand, here.",
    description = {
      "Runs the agent on this machine with the parameters that are configured, as the daemon would,"
          + " and shows what it says and how it ends. The cluster does not know of it.",
      "monitor, validate-all and meta-data change nothing. The others are refused while the cluster"
          + " manages the resource, because it would answer: take it out of its hands first (resource"
          + " unmanage, or disable), or give --force."
    },
    exitCodeList = {
      "1:the agent ended with another code than 0, which is shown",
      "105:there is no such resource",
      "107:the cluster manages the resource",
      "124:it did not end within the operation's timeout, and was killed"
    },
    footer = {
      "Examples:",
      "  ringward resource debug web monitor",
      "  ringward resource unmanage web && ringward resource debug web start"
    })
final class ResourceDebugCommand extends ReadCommand {
  private static final List<String> HARMLESS = List.of("monitor", "validate-all", "meta-data");
  private static final List<String> ACTIONS =
      List.of(
          "start",
          "stop",
          "monitor",
          "promote",
          "demote",
          "reload",
          "reload-agent",
          "validate-all",
          "meta-data");
  private static final List<String> FENCING_ACTIONS = List.of("start", "monitor");

  @Parameters(index = "0", paramLabel = "RESOURCE", description = "The resource.")
  private String resource = "";

  @Parameters(
      index = "1",
      paramLabel = "ACTION",
      description =
          "start, stop, monitor, promote, demote, reload, reload-agent, validate-all or meta-data.")
  private String action = "";

  @Option(
      names = "--ocf-root",
      paramLabel = "FOLDER",
      defaultValue = "/usr/lib/ocf",
      description = "Where the agents are (default: ${DEFAULT-VALUE}).")
  private Path ocfRoot = Path.of("/usr/lib/ocf");

  @Option(
      names = {"-f", "--force"},
      description = "Also while the cluster manages the resource.")
  private boolean force;

  ResourceDebugCommand(Environment environment) {
    super(environment);
  }

  @Override
  int show(Configuration now) {
    Primitive primitive = now.effective(Known.primitive(now, resource));
    known(primitive);
    AdminReply reply = ask(Verb.STATUS, options());
    if (reply.exitCode() != 0) {
      return tell(reply);
    }
    StatusReport status = report(reply, StatusReport.class);
    if (!HARMLESS.contains(action) && !force && isManaged(now, status)) {
      throw new OperatorException(
          ExitCode.UNSAFE,
          ("%s is managed by the cluster, which would answer to that; give 'ringward resource"
                  + " unmanage %s' first (and manage afterwards), or --force")
              .formatted(resource, resource));
    }
    return tell(
        primitive,
        AgentRun.run(
            new ResourceClasses(environment(status)).kind(primitive.agentClass()),
            operation(primitive)));
  }

  private void known(Primitive primitive) {
    List<String> actions = primitive.isFencingDevice() ? FENCING_ACTIONS : ACTIONS;
    if (!actions.contains(action)) {
      throw new OperatorException(
          ExitCode.USAGE,
          "'%s' is no action of %s; %s"
              .formatted(action, primitive.agent(), Nearest.hint(action, actions)));
    }
  }

  private boolean isManaged(Configuration now, StatusReport status) {
    boolean resting =
        status.nodes().stream()
            .anyMatch(each -> each.name().equals(status.node()) && each.maintenance());
    boolean managed =
        status.resources().stream()
            .filter(each -> each.id().equals(resource))
            .allMatch(StatusReport.ResourceLine::managed);
    return managed
        && !resting
        && now.resources().stream().noneMatch(each -> isOffAround(each, resource));
  }

  /** Whether the resource, or what it is in, is disabled or unmanaged. */
  private static boolean isOffAround(Resource around, String id) {
    if (around.primitives().stream().noneMatch(each -> each.id().equals(id))) {
      return false;
    }
    return is(around, "target-role", "Stopped")
        || is(around, "is-managed", "false")
        || is(around, "maintenance", "true")
        || around.inner().stream().anyMatch(each -> isOffAround(each, id));
  }

  private static boolean is(Resource resource, String meta, String value) {
    for (AttributeSet each : resource.sets()) {
      if (each.element().equals("meta_attributes") && value.equalsIgnoreCase(each.value(meta))) {
        return true;
      }
    }
    return false;
  }

  private AgentEnvironment environment(StatusReport status) {
    int id = 0;
    for (StatusReport.NodeLine each : status.nodes()) {
      id = each.name().equals(status.node()) ? each.id() : id;
    }
    @Nullable Path runDir = socket().toAbsolutePath().getParent();
    return new AgentEnvironment(
        status.node(),
        Integer.toString(id),
        ocfRoot.toString(),
        (runDir == null ? "/run" : runDir) + "/resource-agents",
        List.of("/usr/sbin", "/sbin"),
        AgentEnvironment.DEFAULT_SEARCH_PATH,
        AgentEnvironment.QUIET,
        1);
  }

  private ResourceOperation operation(Primitive primitive) {
    TreeMap<String, String> parameters = new TreeMap<>();
    for (AttributeSet set : primitive.sets()) {
      if (set.element().equals("instance_attributes")) {
        for (Nvpair each : set.pairs()) {
          parameters.putIfAbsent(each.name(), each.value());
        }
      }
    }
    long timeout = 0;
    for (Operation each : primitive.operations()) {
      if (each.name().equals(action)) {
        timeout = Math.max(timeout, each.timeoutMillis().orElse(0));
      }
    }
    return new ResourceOperation(
        1,
        resource,
        primitive.agentClass(),
        primitive.provider(),
        primitive.type(),
        // A device is asked whether it answers by what its start does.
        primitive.isFencingDevice() ? "start" : action,
        0,
        timeout,
        0,
        parameters,
        new TreeMap<>());
  }

  /** The answer for programs. */
  record Answer(
      String resource,
      String agent,
      String action,
      int agentExitCode,
      String meaning,
      String reason,
      long millis,
      String output) {}

  private int tell(Primitive primitive, AgentRun.Result result) {
    int code = result.verdict().exitCode();
    String reason = result.verdict().reason();
    Answer answer =
        new Answer(
            resource,
            primitive.agent(),
            action,
            code,
            OcfExit.words(code),
            reason,
            result.millis(),
            result.output());
    if (json()) {
      environment().output().println(AdminJson.list("debug", List.of(answer)));
    } else {
      String said = result.output();
      environment().output().print(said.isEmpty() || said.endsWith("\n") ? said : said + "\n");
      environment()
          .output()
          .println(
              "%s of %s ended with %d (%s) after %d ms%s"
                  .formatted(
                      action,
                      resource,
                      code,
                      answer.meaning(),
                      result.millis(),
                      reason.isEmpty() ? "" : ": " + reason));
    }
    return code == 0 ? 0 : ExitCode.ERROR.number();
  }
}
