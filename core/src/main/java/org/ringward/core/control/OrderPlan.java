package org.ringward.core.control;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.ringward.core.admin.AdminRequest;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.admin.PlanReport;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;

/**
 * What an order would lead to if it were given now. It is carried out by the rules of real orders
 * on a state that nobody keeps, and the scheduler says what it would do then.
 */
final class OrderPlan {
  /** The option of a request for a plan that names the order's verb. */
  static final String OPTION = "order";

  private static final List<Verb> PLANNED =
      List.of(
          Verb.MOVE,
          Verb.BAN,
          Verb.CLEAR,
          Verb.STANDBY,
          Verb.MAINTENANCE,
          Verb.CLEANUP,
          Verb.RESTART,
          Verb.TICKET);

  private final ClusterState before;
  private final OperatorOrders.Outcome outcome;
  private final Moment asked;

  /**
   * @param may whether this side may carry such an order out
   * @throws OperatorException when it is no order that can be planned
   */
  OrderPlan(ClusterState state, AdminRequest request, boolean may, Moment asked) {
    Map<String, String> options = new TreeMap<>(request.options());
    Verb verb = verb(options.remove(OPTION));
    this.before = state;
    this.asked = asked;
    this.outcome =
        OperatorOrders.apply(
            state,
            new ClusterMessage.OperatorOrder(
                0, verb, request.author(), options, null, asked.wallMillis()),
            may);
  }

  /** The verb that is meant. */
  static Verb verb(@Nullable String name) {
    for (Verb each : PLANNED) {
      if (each.name().toLowerCase(Locale.ROOT).equals(name)) {
        return each;
      }
    }
    throw new OperatorException(
        ExitCode.USAGE,
        "order is '%s'; planned are %s"
            .formatted(
                name,
                String.join(
                    ", ",
                    PLANNED.stream().map(each -> each.name().toLowerCase(Locale.ROOT)).toList())));
  }

  /** What the order itself says, also when it is refused. */
  OperatorOrders.Outcome outcome() {
    return outcome;
  }

  /** Works it out. */
  PlanReport report() {
    PlanReport plan = Answers.plan(before, outcome.state(), List.of(), null, asked);
    boolean silent = plan.configurationChanges().isEmpty() && plan.changes().isEmpty();
    boolean same = outcome.state().cib().status().equals(before.cib().status());
    // A ticket that nobody runs by, or a failure that is forgotten, changes something all the same.
    return silent && !same
        ? new PlanReport(
            plan.version(),
            plan.digest(),
            false,
            List.of(outcome.message()),
            List.of(),
            plan.warnings())
        : plan;
  }
}
