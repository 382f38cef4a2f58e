package org.ringward.core.control;

import java.util.List;
import java.util.stream.Collectors;
import org.ringward.core.admin.AdminRequest;
import org.ringward.core.admin.TimingReport;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.cib.CibXml;
import org.ringward.core.cib.ClusterProperties;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.Durations;
import org.ringward.core.cib.Operation;
import org.ringward.core.cib.Primitive;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.config.Timing;

/** The budget of time of the node's settings together with the cluster's configuration. */
final class ClusterTiming {
  private static final long START_TIMEOUT_MILLIS = 20_000;

  private ClusterTiming() {}

  /** Everything as it is in force. */
  static TimingReport report(NodeSettings settings, ClusterState state) {
    return Timing.of(settings, facts(state, state.cib().configuration()));
  }

  /**
   * Whether a configuration may come into force.
   *
   * @param request with the configuration as XML
   * @throws OperatorException with every inequality that must hold and does not, and its numbers
   */
  static void check(NodeSettings settings, ClusterState state, AdminRequest request) {
    String document = request.document();
    if (document == null) {
      return;
    }
    Configuration wanted = CibXml.readConfigurationWithNotes("file", document).configuration();
    String broken =
        Timing.of(settings, facts(state, wanted)).broken().stream()
            .map(Timing::sentence)
            .collect(Collectors.joining("\n"));
    if (!broken.isEmpty()) {
      throw new OperatorException(ExitCode.CONFIGURATION, broken);
    }
  }

  /** Every inequality that would not hold with a configuration, needed or not, as sentences. */
  static List<String> doubts(NodeSettings settings, ClusterState state, Configuration wanted) {
    return Timing.of(settings, facts(state, wanted)).rules().stream()
        .filter(rule -> !rule.holds())
        .map(Timing::sentence)
        .toList();
  }

  private static Timing.Cluster facts(ClusterState state, Configuration configuration) {
    ClusterProperties properties = ClusterProperties.of(configuration);
    int devices = 0;
    long monitor = 0;
    long start = 0;
    for (Primitive primitive : configuration.primitives()) {
      if (primitive.isFencingDevice()) {
        devices++;
      } else {
        monitor = Math.max(monitor, monitorInterval(primitive));
        start = Math.max(start, startTimeout(primitive));
      }
    }
    long bound = state.cib().status().nodes().stream().mapToLong(NodeStates::bound).max().orElse(0);
    return new Timing.Cluster(
        !configuration.resources().isEmpty(),
        properties.millis("fencing-watchdog-timeout"),
        bound,
        devices,
        properties.millis("fencing-timeout"),
        monitor,
        start);
  }

  /** The shortest of a resource's monitors: that is when its death is noticed. */
  private static long monitorInterval(Primitive primitive) {
    return primitive.operations().stream()
        .filter(each -> each.attributes().get("name", "").equals("monitor"))
        .mapToLong(each -> Durations.millis(each.attributes().get("interval"), 0))
        .filter(interval -> interval > 0)
        .min()
        .orElse(0);
  }

  private static long startTimeout(Primitive primitive) {
    return primitive.operations().stream()
        .filter(each -> each.attributes().get("name", "").equals("start"))
        .mapToLong(ClusterTiming::timeout)
        .max()
        .orElse(START_TIMEOUT_MILLIS);
  }

  private static long timeout(Operation operation) {
    return Durations.millis(operation.attributes().get("timeout"), START_TIMEOUT_MILLIS);
  }
}
