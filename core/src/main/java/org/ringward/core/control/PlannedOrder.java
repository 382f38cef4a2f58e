package org.ringward.core.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.ringward.core.admin.AdminRequest;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.admin.PlanReport;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.cib.ConfigurationDiff;

/** What an order would change, and what would follow, without giving it. */
final class PlannedOrder {
  private static final List<Verb> PLANNED =
      List.of(
          Verb.MOVE,
          Verb.BAN,
          Verb.CLEAR,
          Verb.STANDBY,
          Verb.MAINTENANCE,
          Verb.CLEANUP,
          Verb.RESTART,
          Verb.TICKET,
          Verb.SHUTDOWN);

  private PlannedOrder() {}

  /**
   * What would become of the order.
   *
   * @param request with the order's name as option order, and its options
   */
  static OperatorOrders.Outcome outcome(ClusterState state, AdminRequest request, Moment now) {
    TreeMap<String, String> options = new TreeMap<>(request.options());
    Verb verb = verb(request.option("order", ""));
    options.remove("order");
    ClusterMessage.OperatorOrder order =
        new ClusterMessage.OperatorOrder(
            0, verb, request.author(), options, null, now.wallMillis());
    return OperatorOrders.apply(state, order, true);
  }

  private static Verb verb(String name) {
    for (Verb each : PLANNED) {
      if (each.name().equalsIgnoreCase(name)) {
        return each;
      }
    }
    throw new OperatorException(
        ExitCode.USAGE,
        "the order '%s' has no plan; those have: %s"
            .formatted(
                name,
                String.join(
                    ", ",
                    PLANNED.stream().map(it -> it.name().toLowerCase(Locale.ROOT)).toList())));
  }

  /** What an order that was not refused would change, and what would follow; takes its time. */
  static PlanReport report(ClusterState state, OperatorOrders.Outcome outcome, Moment now) {
    ClusterState after = outcome.state();
    List<String> lines =
        new ArrayList<>(
            ConfigurationDiff.lines(state.cib().configuration(), after.cib().configuration()));
    List<PlanReport.Change> follows = Answers.follows(after.cib(), now);
    boolean news =
        lines.isEmpty() && !after.cib().status().equals(state.cib().status()) && follows.isEmpty();
    return new PlanReport(
        state.version().toString(),
        false,
        news ? List.of(outcome.message()) : lines,
        follows,
        List.of());
  }
}
