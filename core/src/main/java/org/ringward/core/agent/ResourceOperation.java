package org.ringward.core.agent;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One operation the cluster wants from a resource agent on this node.
 *
 * @param id the author's number for it, given back with the outcome
 * @param agentClass ocf, stonith, lsb, systemd, service
 * @param provider of an ocf agent, null for other classes
 * @param operation start, stop, monitor, promote, demote, notify, migrate_to ...
 * @param intervalMillis 0 for once, else it is repeated that long after its previous end
 * @param timeoutMillis from the start of the program; 0 means Pacemaker's default of 20 s
 * @param startDelayMillis how long the (first) run waits
 * @param parameters the resource's parameters under plain names, OCF_CHECK_LEVEL among them
 * @param meta what Pacemaker names CRM_meta_..., without that prefix, with underscores
 */
public record ResourceOperation(
    long id,
    String resource,
    String agentClass,
    @Nullable String provider,
    String type,
    String operation,
    long intervalMillis,
    long timeoutMillis,
    long startDelayMillis,
    SortedMap<String, String> parameters,
    SortedMap<String, String> meta) {

  private static final long DEFAULT_TIMEOUT_MILLIS = 20_000;

  public ResourceOperation {
    timeoutMillis = timeoutMillis <= 0 ? DEFAULT_TIMEOUT_MILLIS : timeoutMillis;
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    meta = Collections.unmodifiableSortedMap(new TreeMap<>(meta));
  }

  /** Whether it is repeated. */
  public boolean recurring() {
    return intervalMillis > 0;
  }

  /** Asks only whether the resource is active: a monitor that runs once. */
  public boolean probe() {
    return operation.equals("monitor") && intervalMillis == 0;
  }

  /** The key of Pacemaker's history, RESOURCE_OPERATION_INTERVAL. */
  public String key() {
    return resource + "_" + operation + "_" + intervalMillis;
  }

  /** The exit code that is no failure: op_target_rc, 0 when the cluster did not name one. */
  public int targetExitCode() {
    String target = meta.get("op_target_rc");
    return target != null && target.matches("[0-9]{1,3}") ? Integer.parseInt(target) : 0;
  }
}
