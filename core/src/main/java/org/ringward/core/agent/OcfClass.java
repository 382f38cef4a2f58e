package org.ringward.core.agent;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ringward.core.agent.OperationOutcome.Status;
import org.ringward.core.port.Execution;
import org.ringward.core.port.ProcessResult;

/**
 * OCF resource agents, 1.0 and 1.1: one argument, parameters in the environment, the result in the
 * exit code (reference/ecosystem.md, A3).
 */
final class OcfClass implements ResourceClass {
  private static final String EXIT_REASON_PREFIX = "ocf-exit-reason:";
  private static final String CHECK_LEVEL = "OCF_CHECK_LEVEL";

  /** The manager's feature level that agents ask for: that of Pacemaker 3.0. */
  private static final String FEATURE_SET = "3.20.0";

  private final AgentEnvironment environment;

  OcfClass(AgentEnvironment environment) {
    this.environment = environment;
  }

  @Override
  public String name() {
    return "ocf";
  }

  @Override
  public Step next(ResourceOperation operation, List<ProcessResult> ended) {
    if (!ended.isEmpty()) {
      return judge(operation, ended.getLast());
    }
    String provider = operation.provider() == null ? "heartbeat" : operation.provider();
    if (!AgentName.safe(provider) || !AgentName.safe(operation.type())) {
      return Verdict.error(
          OcfExit.CONFIGURED,
          ("%s: \"ocf:%s:%s\" names no agent;"
                  + " letters, digits and _ . : @ + - are allowed, and no dot in front")
              .formatted(operation.resource(), provider, operation.type()));
    }
    for (String name : operation.parameters().keySet()) {
      if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0) {
        return Verdict.error(
            OcfExit.CONFIGURED,
            "%s: a parameter is named \"%s\"; a name must not be empty or contain ="
                .formatted(operation.resource(), name));
      }
    }
    String agent = environment.ocfRoot() + "/resource.d/" + provider + "/" + operation.type();
    return new Step.Run(
        new Execution(List.of(agent, operation.operation()), variables(operation, provider), null),
        operation.timeoutMillis());
  }

  private Map<String, String> variables(ResourceOperation operation, String provider) {
    Map<String, String> all = new TreeMap<>(environment.logging());
    all.put("PATH", environment.searchPath());
    all.put("LC_ALL", "C");
    all.put("HA_RSCTMP", environment.temporaryDir());
    all.put("HA_debug", "0");
    all.put("HA_cluster_type", "corosync");
    all.put("PCMK_service", "pacemaker-execd");
    all.put("OCF_ROOT", environment.ocfRoot());
    all.put("OCF_RA_VERSION_MAJOR", "1");
    all.put("OCF_RA_VERSION_MINOR", "1");
    all.put("OCF_RESOURCE_INSTANCE", operation.resource());
    all.put("OCF_RESOURCE_TYPE", operation.type());
    all.put("OCF_RESOURCE_PROVIDER", provider);
    all.put("OCF_EXIT_REASON_PREFIX", EXIT_REASON_PREFIX);
    all.put(CHECK_LEVEL, "0");
    all.put("OCF_RESKEY_crm_feature_set", FEATURE_SET);
    putMeta(all, operation);
    operation.parameters().forEach((name, value) -> all.put(variable(name), value));
    return all;
  }

  private void putMeta(Map<String, String> all, ResourceOperation operation) {
    operation.meta().forEach((name, value) -> all.put(metaVariable(name), value));
    all.put(metaVariable("timeout"), Long.toString(operation.timeoutMillis()));
    all.put(metaVariable("interval"), Long.toString(operation.intervalMillis()));
    all.put(metaVariable("name"), operation.operation());
    all.put(metaVariable("on_node"), environment.nodeName());
    all.put(metaVariable("on_node_uuid"), environment.nodeId());
  }

  private static String metaVariable(String name) {
    return name.equals(CHECK_LEVEL) ? CHECK_LEVEL : "OCF_RESKEY_CRM_meta_" + name;
  }

  private static String variable(String parameter) {
    return parameter.equals(CHECK_LEVEL) ? CHECK_LEVEL : "OCF_RESKEY_" + parameter;
  }

  private static Verdict judge(ResourceOperation operation, ProcessResult result) {
    if (result.startError() != null) {
      String agent = "ocf:" + operation.provider() + ":" + operation.type();
      return StartFailure.verdict(agent, result.startError());
    }
    String reason = exitReason(result.errors());
    int signal = result.exitCode() - 128;
    // Codes of the OCF table above 128 (degraded) are no signals; 1 to 31 are the classic signals.
    if (signal >= 1 && signal <= 31) {
      String what = operation.operation() + " was ended by signal " + signal;
      return Verdict.error(OcfExit.GENERIC, reason.isEmpty() ? what : what + ": " + reason);
    }
    return new Verdict(Status.DONE, result.exitCode(), reason);
  }

  /** The last line of standard error that carries the cookie, without it. */
  private static String exitReason(String errors) {
    String line = LastWords.of(errors, each -> each.startsWith(EXIT_REASON_PREFIX));
    return line.isEmpty() ? line : line.substring(EXIT_REASON_PREFIX.length()).strip();
  }
}
