package org.ringward.core.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.admin.HistoryReport;
import org.ringward.core.admin.PlanReport;
import org.ringward.core.base.ExitCode;

/** Two people change the same cluster at the same moment, on different nodes. */
class TwoOperatorsTest {
  private static final String EMPTY = "resources: []\n";
  private static final String WEB =
      "resources:\n  - {primitive: web, agent: 'ocf:heartbeat:Dummy'}\n";
  private static final String MAIL =
      "resources:\n  - {primitive: mail, agent: 'ocf:heartbeat:Dummy'}\n";

  private final Bus bus = new Bus();

  @BeforeEach
  void threeNodes() {
    bus.boot(1);
    bus.boot(2);
    bus.boot(3);
    bus.view(1, 2, 3);
  }

  private AdminReply ask(int node, Verb verb, Map<String, String> options, String document) {
    return Objects.requireNonNull(bus.ask(node, verb, options, document), "no answer");
  }

  private PlanReport plan(int node, String document) {
    AdminReply reply = ask(node, Verb.PLAN, Map.of("format", "yaml"), document);
    return (PlanReport) Objects.requireNonNull(reply.report());
  }

  private String planned(int node, String document) {
    return plan(node, document).version();
  }

  private void send(int node, long id, String document, String version) {
    bus.station(node)
        .desk
        .asked(
            id,
            new AdminRequest(
                Verb.APPLY,
                "root" + node,
                Map.of("format", "yaml", "expect-version", version, "reason", "of node " + node),
                document),
            new Moment(bus.nanos(), 1_700_000_000_000L));
  }

  private AdminReply reply(int node, long id) {
    return Objects.requireNonNull(bus.station(node).replies.get(id), "no answer");
  }

  private List<HistoryReport.Entry> history(int node) {
    AdminReply reply = ask(node, Verb.HISTORY, Map.of(), "");
    return ((HistoryReport) Objects.requireNonNull(reply.report())).entries();
  }

  /**
   * The same number of another history: the simulator's seed 915425, without power, lost a change.
   */
  @Test
  void theSameVersionOfAnotherConfigurationIsNotMeant() {
    PlanReport plan = plan(1, WEB);
    assertThat(plan.digest()).hasSize(16).isEqualTo(plan(3, MAIL).digest());
    Map<String, String> other =
        Map.of("format", "yaml", "expect-version", plan.version(), "expect-digest", "0".repeat(16));
    AdminReply refused = ask(2, Verb.APPLY, other, WEB);
    assertThat(refused.exitCode()).isEqualTo(ExitCode.OLD.number());
    assertThat(refused.message()).contains("look at the plan again");
    Map<String, String> meant =
        Map.of(
            "format",
            "yaml",
            "expect-version",
            plan.version(),
            "expect-digest",
            Objects.requireNonNull(plan.digest()));
    assertThat(ask(2, Verb.APPLY, meant, WEB).exitCode()).isZero();
    assertThat(plan(1, MAIL).digest()).isNotEqualTo(plan.digest());
  }

  /** Both plans were made for the same configuration; one order comes first, everywhere. */
  @Test
  void oneIsDoneAndTheOtherIsToldSo() {
    String version = planned(1, WEB);
    assertThat(planned(3, MAIL)).isEqualTo(version);
    send(1, 1, WEB, version);
    send(3, 2, MAIL, version);
    bus.settle();

    AdminReply first = reply(1, 1);
    AdminReply second = reply(3, 2);
    assertThat(first.exitCode()).as(first.message()).isZero();
    assertThat(second.exitCode()).isEqualTo(ExitCode.OLD.number());
    assertThat(second.message()).contains(version, "look at the plan again");
    for (int node = 1; node <= 3; node++) {
      HistoryReport.Entry last = history(node).getLast();
      assertThat(last.author()).isEqualTo("root1");
      assertThat(last.reason()).isEqualTo("of node 1");
      assertThat(last.changes().toString()).contains("web").doesNotContain("mail");
    }
  }

  @Test
  void aPlanForAnOlderConfigurationIsRefused() {
    String version = planned(1, WEB);
    assertThat(ask(2, Verb.APPLY, Map.of("format", "yaml"), MAIL).exitCode()).isZero();
    int before = history(1).size();
    send(1, 1, EMPTY, version);
    bus.settle();
    assertThat(reply(1, 1).exitCode()).isEqualTo(ExitCode.OLD.number());
    assertThat(bus.control(1).snapshot().cib().configuration().resource("mail")).isNotNull();
    assertThat(history(1)).hasSize(before);
  }

  /** Results of monitors do not make a plan old. */
  @Test
  void whatTheClusterDoesMeanwhileDoesNotCount() {
    assertThat(ask(1, Verb.APPLY, Map.of("format", "yaml"), WEB).exitCode()).isZero();
    String version = planned(1, MAIL);
    ask(2, Verb.CLEANUP, Map.of("resource", "web", "refresh", "true"), "");
    send(1, 1, MAIL, version);
    bus.settle();
    assertThat(reply(1, 1).exitCode()).as(reply(1, 1).message()).isZero();
  }

  /** A node that was away has one entry of what it missed; the others have all. */
  @Test
  void aNodeThatWasAwayTakesOver() {
    ask(1, Verb.APPLY, Map.of("format", "yaml"), WEB);
    bus.view(1, 2);
    ask(1, Verb.APPLY, Map.of("format", "yaml"), MAIL);
    ask(1, Verb.APPLY, Map.of("format", "yaml"), EMPTY);
    bus.view(1, 2, 3);
    assertThat(history(1)).hasSize(history(3).size() + 1);
    assertThat(history(3).getLast().version()).isEqualTo(history(1).getLast().version());
    assertThat(history(3).getLast().author()).isEmpty();
  }

  /** What an order would do is worked out on what is, and changes nothing. */
  @Test
  void anOrderCanBePlanned() {
    ask(1, Verb.APPLY, Map.of("format", "yaml"), "properties: {fencing-enabled: false}\n" + WEB);
    String where = ResourceView.activeOn(bus.control(1).snapshot().cib(), "web").getFirst();
    String version = bus.control(1).snapshot().cib().version().toString();

    PlanReport restart = orderPlan(Map.of("order", "restart", "resource", "web"));
    assertThat(restart.changes())
        .singleElement()
        .matches(it -> it.action().equals("Restart") && it.from().equals(where));
    PlanReport standby = orderPlan(Map.of("order", "standby", "node", where));
    assertThat(standby.changes()).singleElement().matches(it -> it.action().equals("Move"));
    assertThat(standby.configurationChanges()).isNotEmpty();
    AdminReply unknown = ask(1, Verb.PLAN, Map.of("order", "move", "resource", "wep"), "");
    assertThat(unknown.exitCode()).isEqualTo(ExitCode.NO_SUCH_OBJECT.number());
    assertThat(ask(1, Verb.PLAN, Map.of("order", "fence", "node", "n1"), "").exitCode())
        .isEqualTo(ExitCode.USAGE.number());
    assertThat(bus.control(1).snapshot().cib().version().toString()).isEqualTo(version);
  }

  /** What a ticket's loss would stop is known before. */
  @Test
  void aRevokedTicketIsPlanned() {
    ask(
        1,
        Verb.APPLY,
        Map.of("format", "yaml"),
        "properties: {fencing-enabled: false}\n"
            + WEB
            + "constraints:\n  - ticket: {resource: web, ticket: t, loss-policy: stop}\n");
    assertThat(ask(1, Verb.TICKET, Map.of("ticket", "t", "granted", "true"), "").exitCode())
        .isZero();
    assertThat(ResourceView.activeOn(bus.control(1).snapshot().cib(), "web")).hasSize(1);

    PlanReport revoke = orderPlan(Map.of("order", "ticket", "ticket", "t", "granted", "false"));
    assertThat(revoke.changes()).singleElement().matches(it -> it.action().equals("Stop"));
    assertThat(ResourceView.activeOn(bus.control(1).snapshot().cib(), "web")).hasSize(1);
    PlanReport again = orderPlan(Map.of("order", "ticket", "ticket", "t", "granted", "true"));
    assertThat(again.changes()).isEmpty();

    assertThat(ask(2, Verb.TICKET, Map.of("ticket", "t", "granted", "false"), "").exitCode())
        .isZero();
    assertThat(ResourceView.activeOn(bus.control(1).snapshot().cib(), "web")).isEmpty();
    assertThat(ask(2, Verb.TICKET, Map.of("ticket", "u", "granted", "true"), "").exitCode())
        .isEqualTo(ExitCode.NO_SUCH_OBJECT.number());
  }

  private PlanReport orderPlan(Map<String, String> options) {
    AdminReply reply = ask(1, Verb.PLAN, options, "");
    assertThat(reply.exitCode()).as(reply.message()).isZero();
    return (PlanReport) Objects.requireNonNull(reply.report());
  }
}
