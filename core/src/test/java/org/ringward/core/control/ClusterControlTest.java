package org.ringward.core.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.admin.IncidentsReport;
import org.ringward.core.admin.PlanReport;
import org.ringward.core.admin.WhyReport;
import org.ringward.core.base.Decision;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.config.QuorumSettings;
import org.ringward.core.port.ProcessResult;

class ClusterControlTest {
  private static final String WEB =
      """
      resources:
        - primitive: power
          agent: stonith:fence_test
          parameters: {pcmk_host_list: "n1 n2 n3", pcmk_host_argument: port, pcmk_host_check: static-list}
        - primitive: web
          agent: ocf:heartbeat:Dummy
          operations:
            - {monitor: 10s}
      """;

  private final Bus bus = new Bus();

  private void threeNodes() {
    bus.boot(1);
    bus.boot(2);
    bus.boot(3);
    bus.view(1, 2, 3);
  }

  private AdminReply ask(int node, Verb verb, Map<String, String> options, String document) {
    return Objects.requireNonNull(bus.ask(node, verb, options, document), "no answer");
  }

  private AdminReply apply(int node, String document) {
    return ask(node, Verb.APPLY, Map.of("format", "yaml", "file", "web.yaml"), document);
  }

  private void allEqual(int... ids) {
    for (int id : ids) {
      assertThat(bus.control(id).snapshot().cib())
          .as("state of node %d", id)
          .isEqualTo(bus.control(ids[0]).snapshot().cib());
    }
  }

  @Test
  void threeNewNodesAgreeAndKnowEachOther() {
    threeNodes();

    allEqual(1, 2, 3);
    assertThat(bus.control(2).snapshot().quorate()).isTrue();
    assertThat(bus.control(1).snapshot().coordinates()).isTrue();
    assertThat(bus.control(2).snapshot().coordinates()).isFalse();
    assertThat(bus.control(3).snapshot().cib().configuration().nodes()).hasSize(3);
  }

  /** While a plan is worked out the cluster goes on; what it changes makes the plan worthless. */
  @Test
  void aPlanForAStateThatIsOverIsWorkedOutAgain() {
    threeNodes();
    bus.slowWork = true;
    apply(2, WEB);
    assertThat(bus.heldWork).isNotEmpty();
    ask(3, Verb.STANDBY, Map.of("node", "n1", "on", "true"), "");

    bus.releaseWork();
    assertThat(bus.station(1).stories()).doesNotContain("Start web on n1");
    bus.releaseWork();
    bus.slowWork = false;
    bus.releaseWork();

    assertThat(bus.station(1).stories()).contains("Start web on n3");
    assertThat(ResourceView.activeOn(bus.control(1).snapshot().cib(), "web")).containsExactly("n3");
  }

  @Test
  void oneOfThreeHasNoQuorumAndChangesNothing() {
    bus.boot(1);
    bus.view(1);

    AdminReply reply = apply(1, WEB);

    assertThat(reply.exitCode()).isEqualTo(ExitCode.NO_QUORUM.number());
    assertThat(bus.control(1).snapshot().cib().configuration().resources()).isEmpty();
  }

  @Test
  void aConfigurationIsAppliedEverywhereAndStarted() {
    threeNodes();

    AdminReply reply = apply(2, WEB);

    assertThat(reply.exitCode()).as(reply.message()).isZero();
    allEqual(1, 2, 3);
    assertThat(ResourceView.activeOn(bus.control(1).snapshot().cib(), "web")).hasSize(1);
    assertThat(bus.station(3).stories()).contains("start of web");
  }

  @Test
  void aChangeIsOnAMajorityOfDisksWhenItIsAcknowledged() {
    threeNodes();
    bus.station(2).diskFull = true;
    bus.station(3).diskFull = true;

    AdminReply none = bus.ask(1, Verb.APPLY, Map.of("format", "yaml"), WEB);

    assertThat(none).as("acknowledged by one disk of three").isNull();
    assertThat(bus.control(2).durability().trouble()).contains("No space left");
  }

  @Test
  void acknowledgedChangesSurviveTheLossOfAllPower() {
    threeNodes();
    assertThat(apply(1, WEB).exitCode()).isZero();

    bus.boot(2);
    bus.boot(3);
    bus.view(2, 3);

    assertThat(bus.control(2).snapshot().cib().configuration().resource("web")).isNotNull();
    assertThat(bus.control(2).snapshot().quorate()).isTrue();
  }

  @Test
  void aLostNodeIsFencedBeforeItsResourceRunsElsewhere() {
    threeNodes();
    apply(1, WEB);
    String holder = ResourceView.activeOn(bus.control(1).snapshot().cib(), "web").getFirst();
    int lost = Integer.parseInt(holder.substring(1));
    int[] left = IntStream.of(1, 2, 3).filter(id -> id != lost).toArray();

    bus.view(left);

    allEqual(left);
    String stories = bus.station(left[0]).stories();
    assertThat(stories).contains(holder + " is lost").contains(holder + " is proven down");
    assertThat(stories.lastIndexOf("start of web on"))
        .isGreaterThan(stories.indexOf(holder + " is proven down"));
    assertThat(ResourceView.activeOn(bus.control(left[0]).snapshot().cib(), "web"))
        .hasSize(1)
        .doesNotContain(holder);
  }

  /** The proof was on its way when the two came together again. */
  @Test
  void thatANodeHadLetGoProvesNothingInTheNextView() {
    threeNodes();
    bus.view(1, 2);
    ClusterState alone = bus.control(1).state();
    long view = bus.control(1).snapshot().ringSequence();
    String life = NodeStates.incarnation(alone.node("n3"));
    byte[] late =
        MessageCodec.write(
            new MessageCodec.Envelope(
                1, 999, view, SurrenderRung.result(9, "n3", life, "off", "n1", new Moment(0, 0))));
    bus.view(1, 2, 3);
    bus.control(1).delivered(ClusterControl.GROUP, 1, late, 0, late.length);
    assertThat(NodeStates.isMember(bus.control(1).state().node("n3"))).isTrue();
    bus.view(1, 2);
    bus.control(1).delivered(ClusterControl.GROUP, 1, late, 0, late.length);
    assertThat(bus.control(1).state().node("n3"))
        .matches(node -> node != null && NodeStates.isUnclean(node));
  }

  /** Somebody goes on without it: a quorum device is not to take its state for the latest. */
  @Test
  void whoHasLetGoDoesNotCountAsHoldingTheState() {
    threeNodes();
    bus.view(3);
    ClusterControl alone = bus.control(3);
    assertThat(alone.heldPrimary()).isPositive();
    String life = NodeStates.incarnation(alone.state().node("n3"));
    alone.askedToLetGo(1, OwnSurrender.question(life, 0), _ -> {});
    assertThat(alone.heldPrimary()).isZero();
    bus.view(1, 2, 3);
    assertThat(alone.heldPrimary()).isPositive();
  }

  @Test
  void withoutProofNothingIsRecoveredUntilAPersonConfirms() {
    bus.programs =
        execution ->
            execution.command().getFirst().contains("fence_")
                ? new ProcessResult(1, "", "no answer", null)
                : Bus.obedient(execution);
    threeNodes();
    apply(1, WEB);
    String holder = ResourceView.activeOn(bus.control(1).snapshot().cib(), "web").getFirst();
    int lost = Integer.parseInt(holder.substring(1));
    int[] left = IntStream.of(1, 2, 3).filter(id -> id != lost).toArray();
    bus.view(left);
    assertThat(ResourceView.activeOn(bus.control(left[0]).snapshot().cib(), "web"))
        .containsExactly(holder);

    AdminReply reply =
        ask(left[0], Verb.CONFIRM, Map.of("node", holder, "reason", "pulled the plug"), "");

    assertThat(reply.exitCode()).as(reply.message()).isZero();
    assertThat(ResourceView.activeOn(bus.control(left[0]).snapshot().cib(), "web"))
        .hasSize(1)
        .doesNotContain(holder);
  }

  @Test
  void theMinorityLearnsWhatTheMajorityDecidedMeanwhile() {
    threeNodes();
    apply(1, WEB);
    bus.view(1, 2);
    assertThat(ask(1, Verb.STANDBY, Map.of("node", "n2", "on", "true"), "").exitCode()).isZero();

    bus.boot(3);
    bus.view(1, 2, 3);

    allEqual(1, 2, 3);
    assertThat(Reports.nodes(bus.control(3).snapshot().cib(), _ -> ""))
        .anyMatch(line -> line.name().equals("n2") && line.state().equals("standby"));
  }

  @Test
  void aPlanAgainstAnOlderStateIsRefused() {
    threeNodes();
    apply(1, WEB);

    AdminReply reply = ask(1, Verb.APPLY, Map.of("format", "yaml", "expect-version", "0.0"), WEB);

    assertThat(reply.exitCode()).isEqualTo(ExitCode.OLD.number());
  }

  @Test
  void halfOfTwoNodesChangesNothingBeforeTheOtherIsProvenDown() {
    QuorumSettings two = new QuorumSettings(0, true, true);
    bus.programs =
        execution ->
            execution.command().getFirst().contains("fence_")
                ? new ProcessResult(1, "", "no answer", null)
                : Bus.obedient(execution);
    bus.boot(1, 2, two);
    bus.boot(2, 2, two);
    bus.view(1, 2);
    assertThat(apply(1, WEB.replace("n1 n2 n3", "n1 n2")).exitCode()).isZero();

    bus.view(1);

    assertThat(bus.control(1).snapshot().quorate()).isTrue();
    assertThat(ask(1, Verb.STANDBY, Map.of("node", "n1", "on", "true"), "").exitCode())
        .isEqualTo(ExitCode.NO_QUORUM.number());
  }

  /** Seed 25120: both went on counting updates, and the half that had let go had counted more. */
  @Test
  void theHalfOfTwoNodesWithProofBeginsANewLineOfHistory() {
    QuorumSettings two = new QuorumSettings(0, true, false);
    bus.boot(1, 2, two);
    bus.boot(2, 2, two);
    bus.view(1, 2);
    apply(1, WEB.replace("n1 n2 n3", "n1 n2"));
    bus.programs =
        execution ->
            execution.command().getFirst().contains("fence_")
                ? new ProcessResult(1, "", "no answer", null)
                : Bus.obedient(execution);
    bus.view(2);
    bus.settle();
    long joint = bus.control(1).snapshot().primary();
    assertThat(bus.control(2).snapshot().primary()).as("without proof").isEqualTo(joint);

    bus.programs = Bus::obedient;
    bus.view(1);
    assertThat(bus.control(1).snapshot().primary())
        .as("with proof")
        .isEqualTo(bus.control(1).snapshot().ringSequence());
    assertThat(ask(1, Verb.STANDBY, Map.of("node", "n1", "on", "true"), "").exitCode()).isZero();
    bus.programs = _ -> new ProcessResult(1, "", "no answer", null);
    for (int i = 0; i < 3; i++) {
      bus.view(2);
    }

    bus.view(1, 2);
    allEqual(1, 2);
    assertThat(Reports.nodes(bus.control(2).snapshot().cib(), _ -> ""))
        .anyMatch(line -> line.name().equals("n1") && line.state().equals("standby"));
  }

  /** Its disk does not say what became of the other one. */
  @Test
  void oneOfTwoNodesThatStartedAloneChangesNothingBeforeTheOtherIsProvenDown() {
    QuorumSettings two = new QuorumSettings(0, true, false);
    bus.boot(1, 2, two);
    bus.boot(2, 2, two);
    bus.view(1, 2);
    long joint = bus.control(1).snapshot().primary();
    bus.boot(1, 2, two);
    bus.view(1);
    assertThat(bus.control(1).snapshot().quorate()).isTrue();
    assertThat(ask(1, Verb.STANDBY, Map.of("node", "n1", "on", "true"), "").exitCode())
        .isEqualTo(ExitCode.NO_QUORUM.number());
    assertThat(bus.control(1).snapshot().primary()).isEqualTo(joint);

    ask(1, Verb.CONFIRM, Map.of("node", "n2", "reason", "pulled the plug"), "");

    assertThat(ask(1, Verb.STANDBY, Map.of("node", "n1", "on", "true"), "").exitCode()).isZero();
    assertThat(bus.control(1).snapshot().primary()).isGreaterThan(joint);
  }

  @Test
  void quorumIsForcedByNameAndReason() {
    threeNodes();
    assertThat(ask(1, Verb.QUORUM_FORCE, Map.of("reason", "x"), "").exitCode())
        .isEqualTo(ExitCode.UNSAFE.number());
    bus.view(2);
    bus.view(1);
    assertThat(ask(1, Verb.QUORUM_EXPECTED_VOTES, Map.of("votes", "1"), "").exitCode())
        .isEqualTo(ExitCode.NO_QUORUM.number());
    assertThat(ask(1, Verb.QUORUM_FORCE, Map.of(), "").exitCode())
        .isEqualTo(ExitCode.USAGE.number());

    AdminReply reply = ask(1, Verb.QUORUM_FORCE, Map.of("reason", "rack 2 burns"), "");

    assertThat(reply.exitCode()).isZero();
    assertThat(bus.control(1).snapshot().quorate()).isTrue();
    assertThat(bus.control(1).verdict().reason()).contains("root forced quorum (rack 2 burns)");
    assertThat(bus.station(1).stories())
        .contains("quorum is forced by root: rack 2 burns")
        .contains("quorum is reached");
    bus.view(1, 2, 3);
    assertThat(bus.control(2).snapshot().quorate()).isTrue();
    assertThat(bus.control(1).verdict().reason()).doesNotContain("forced");
  }

  @Test
  void expectedVotesAreChangedOnAllNodes() {
    threeNodes();

    assertThat(ask(1, Verb.QUORUM_EXPECTED_VOTES, Map.of("votes", "2"), "").exitCode())
        .isEqualTo(ExitCode.UNSAFE.number());
    assertThat(ask(1, Verb.QUORUM_EXPECTED_VOTES, Map.of("votes", "many"), "").exitCode())
        .isEqualTo(ExitCode.USAGE.number());
    assertThat(ask(1, Verb.QUORUM_EXPECTED_VOTES, Map.of("votes", "5"), "").exitCode()).isZero();

    assertThat(bus.control(2).verdict().expected()).isEqualTo(5);
    assertThat(bus.control(2).verdict().needed()).isEqualTo(3);
    assertThat(bus.station(2).stories()).contains("all nodes are asked to expect 5 votes");
  }

  @Test
  void aNodeThatLeavesInOrderIsNotFenced() {
    threeNodes();
    apply(1, WEB);
    String holder = ResourceView.activeOn(bus.control(1).snapshot().cib(), "web").getFirst();
    int leaving = Integer.parseInt(holder.substring(1));

    bus.control(leaving).leave();
    bus.settle();

    assertThat(bus.control(leaving).mayLeave()).isTrue();
    assertThat(bus.control(leaving).leftOrderly()).isTrue();
    int[] left = IntStream.of(1, 2, 3).filter(id -> id != leaving).toArray();
    bus.view(left);
    assertThat(bus.station(left[0]).stories())
        .contains("left the cluster")
        .doesNotContain("proven down");
  }

  /**
   * Seed 4381: beside an old state a node with a new disk must not become the second vote for it.
   */
  @Test
  void aNodeThatLostItsDiskLendsItsVoteToNobodyBeforeAMajorityGaveItTheState() {
    threeNodes();
    bus.view(1, 2);
    assertThat(apply(1, WEB).exitCode()).isZero();

    bus.stations.remove(1);
    bus.boot(1);
    bus.view(1, 3);
    bus.view(1, 3);

    assertThat(bus.control(3).snapshot().quorate()).isFalse();
    assertThat(bus.control(1).snapshot().quorate()).isFalse();
  }

  /** Seed 2157: half of a new cluster's disks were full, then all power failed. */
  @Test
  void halfOfTheDisksAreEnoughToGoOnWhenNobodyIsMissing() {
    IntStream.rangeClosed(1, 4).forEach(id -> bus.boot(id, 4, QuorumSettings.DEFAULT));
    bus.station(3).diskFull = true;
    bus.station(4).diskFull = true;
    bus.view(1, 2, 3, 4);

    IntStream.rangeClosed(1, 4).forEach(id -> bus.boot(id, 4, QuorumSettings.DEFAULT));
    bus.view(2, 3, 4);
    assertThat(bus.control(2).snapshot().quorate()).as("node 1 may know more").isFalse();
    bus.view(1, 2, 3, 4);

    allEqual(1, 2, 3, 4);
    assertThat(bus.control(4).snapshot().quorate()).isTrue();
  }

  /** Seed 7050: a monitor that nobody remembered failed for ever, its resource ran elsewhere. */
  @Test
  void whatIsForgottenIsNotMonitoredAnyMore() {
    String quick = WEB.replace("monitor: 10s", "monitor: 1s");
    threeNodes();
    apply(1, quick);
    apply(1, quick + "    meta: {is-managed: false}\n");
    AtomicInteger monitors = new AtomicInteger();
    bus.programs =
        execution -> {
          if (!"0".equals(execution.environment().get("OCF_RESKEY_CRM_meta_interval"))) {
            monitors.incrementAndGet();
          }
          return new ProcessResult(7, "", "", null);
        };
    bus.settle();
    assertThat(monitors).hasPositiveValue();

    assertThat(ask(1, Verb.CLEANUP, Map.of("resource", "web"), "").message())
        .isEqualTo("forgot 1 failure");
    monitors.set(0);
    bus.settle();

    assertThat(monitors).hasValue(0);
  }

  private IncidentsReport incidents(int node) {
    AdminReply reply = ask(node, Verb.TIMELINE, Map.of("incidents", "true"), "");
    return (IncidentsReport) Objects.requireNonNull(reply.report());
  }

  @Test
  void everyNodeTellsTheSameIncident() {
    threeNodes();
    apply(1, WEB);
    bus.control(1).story().ringBroke(600);
    bus.view(1, 2);

    IncidentsReport.Incident incident = incidents(2).incidents().getLast();

    assertThat(incident).isEqualTo(incidents(1).incidents().getLast());
    assertThat(incident.cause()).isEqualTo("n3 is lost");
    assertThat(incident.over()).isTrue();
    assertThat(incident.phases()).contains(new IncidentsReport.Phase("detect", 600));
    assertThat(incident.records())
        .extracting(Decision::what)
        .contains("n3 is proven down", "nothing is left to do");
  }

  @Test
  void whoWasAwayIsToldWhatHappened() {
    threeNodes();
    apply(1, WEB);
    bus.view(1, 2);
    bus.boot(3);
    bus.view(1, 2, 3);

    assertThat(bus.station(3).stories()).contains("n3 is lost", "n3 is proven down");
    assertThat(incidents(3).incidents())
        .extracting(IncidentsReport.Incident::cause)
        .contains("n3 is lost");
    assertThat(incidents(3).incidents()).isEqualTo(incidents(1).incidents());
  }

  @Test
  void whatANodeNotedAloneIsToldWhenItIsBack() {
    threeNodes();
    bus.view(1, 2);
    bus.control(3)
        .story()
        .observed(
            new Decision(
                1, "n3", Decision.Kind.GUARD, "n3", "n3 stood still", List.of(), List.of()));
    bus.view(1, 2, 3);

    assertThat(bus.station(1).stories()).contains("n3 stood still");
    assertThat(bus.station(3).stories()).containsOnlyOnce("n3 stood still");
  }

  private WhyReport why(String subject, String about) {
    AdminReply reply = ask(1, Verb.WHY, Map.of("subject", subject, "about", about), "");
    assertThat(reply.exitCode()).as(reply.message()).isZero();
    return (WhyReport) Objects.requireNonNull(reply.report());
  }

  @Test
  void whyTellsWhatAloneWouldHaveMadeItDifferent() {
    threeNodes();
    apply(
        1,
        WEB
            + "constraints:\n  - location: {id: l, resource: web, node: n2, score: 50}\n"
            + "  - location: {id: m, resource: web, node: n3, score: 20}\n");
    WhyReport report = why("web", "");
    assertThat(report.paragraph()).contains("web is active on n2");
    assertThat(report.differences())
        .extracting(each -> each.change() + " | " + each.outcome())
        .anyMatch(each -> each.startsWith("without location l"))
        .anyMatch(each -> each.startsWith("if n2 could not be used | it would run on n"))
        .noneMatch(each -> each.startsWith("if n1 could not be used"));
  }

  @Test
  void whyQuorumMoveBanAndFence() {
    threeNodes();
    apply(1, WEB);
    assertThat(why("quorum", "").paragraph()).startsWith("This side may go on: ");
    assertThat(why("quorum", "").facts()).contains("3 of 3 expected votes are here, 2 are needed");
    assertThat(why("web", "ban").paragraph()).isEqualTo("No ban of web is in force.");
    String holder = ResourceView.activeOn(bus.control(1).snapshot().cib(), "web").getFirst();
    String other = holder.equals("n2") ? "n1" : "n2";
    ask(1, Verb.MOVE, Map.of("resource", "web", "node", other), "");
    assertThat(why("web", "move").paragraph()).contains("wants web on " + other);
    assertThat(why("web", "move").facts())
        .singleElement()
        .asString()
        .contains("ringward clear web");

    assertThat(why("n3", "fence").paragraph()).startsWith("n3 is not fenced");
    bus.view(1, 2);
    WhyReport fence = why("n3", "fence");
    assertThat(fence.paragraph()).startsWith("n3 had to be fenced: ").contains("n3 is proven down");
    assertThat(fence.facts().getFirst()).startsWith("n3 is lost");
    assertThat(ask(1, Verb.WHY, Map.of("subject", "nix", "about", "fence"), "").exitCode())
        .isEqualTo(ExitCode.NO_SUCH_OBJECT.number());
    assertThat(ask(1, Verb.WHY, Map.of("subject", "web", "about", "nap"), "").exitCode())
        .isEqualTo(ExitCode.USAGE.number());
  }

  @Test
  void whatWasExercisedIsShownAndKept() {
    Map<String, byte[]> disk = new HashMap<>();
    Exercises exercises = new Exercises((_, name, content) -> disk.put(name, content), null);
    assertThatThrownBy(exercises::rehearsal).isInstanceOf(OperatorException.class);
    exercises.note(exercised("rehearsal", "51 faults", "{}"), 1_000);
    exercises.note(exercised("failover", "web in 900 ms", null), 2_000);
    Exercises later = new Exercises((_, _, _) -> {}, disk.get(Exercises.FILE));
    assertThat(later.lines()).isEqualTo(exercises.lines());
    assertThat(later.lines())
        .extracting(each -> each.kind() + " " + each.wallMillis() + " " + each.sentence())
        .containsExactly("failover 2000 web in 900 ms", "rehearsal 1000 51 faults");
    assertThat(later.rehearsal().text()).isEqualTo("{}");
    assertThatThrownBy(() -> exercises.note(exercised("nap", "", null), 1))
        .isInstanceOf(OperatorException.class);
    assertThat(new Exercises((_, _, _) -> {}, new byte[] {0, 0, 0, 1, 9}).lines()).isEmpty();
  }

  private static AdminRequest exercised(String kind, String sentence, String document) {
    return new AdminRequest(
        Verb.EXERCISED,
        "ada",
        Map.of("kind", kind, "version", "0.7.0", "sentence", sentence),
        document);
  }

  @Test
  void aPlanForeseesWhatSingleFailuresLeadTo() {
    threeNodes();
    AdminReply reply =
        ask(1, Verb.PLAN, Map.of("format", "yaml", "file", "web.yaml", "outlook", "true"), WEB);
    PlanReport plan = (PlanReport) Objects.requireNonNull(reply.report());
    assertThat(plan.changes()).extracting(PlanReport.Change::resource).contains("web");
    assertThat(plan.outlook())
        .extracting(each -> each.part() + " " + each.subject())
        .containsExactly(
            "node n1", "node n2", "node n3", "link 0", "fence device power", "resource web");
    assertThat(
            ((PlanReport)
                    Objects.requireNonNull(
                        ask(1, Verb.PLAN, Map.of("format", "yaml"), WEB).report()))
                .outlook())
        .isEmpty();
  }

  private PlanReport planned(Map<String, String> options) {
    AdminReply reply = ask(2, Verb.PLAN, options, null);
    assertThat(reply.exitCode()).as(reply.message()).isZero();
    return (PlanReport) Objects.requireNonNull(reply.report());
  }

  @Test
  void anOrderIsPlannedAsItWouldBeDoneAndNothingIsDone() {
    threeNodes();
    apply(1, WEB);
    String here = ResourceView.activeOn(bus.control(1).snapshot().cib(), "web").getFirst();
    String there = here.equals("n3") ? "n2" : "n3";
    Object before = bus.control(2).snapshot().cib();

    PlanReport move = planned(Map.of("order", "move", "resource", "web", "node", there));
    assertThat(move.applied()).isFalse();
    assertThat(move.configurationChanges()).isNotEmpty();
    assertThat(move.changes())
        .extracting(each -> each.resource() + " " + each.from() + " " + each.to())
        .containsExactly("web " + here + " " + there);
    assertThat(planned(Map.of("order", "standby", "node", here)).changes())
        .extracting(PlanReport.Change::resource)
        .contains("web");
    assertThat(planned(Map.of("order", "restart", "resource", "web")).changes())
        .extracting(PlanReport.Change::action)
        .containsExactly("Restart");
    assertThat(planned(Map.of("order", "cleanup", "resource", "web")).changes()).isEmpty();
    assertThat(bus.control(2).snapshot().cib()).isEqualTo(before);
  }

  @Test
  void anOrderThatWouldBeRefusedIsRefusedInItsPlan() {
    threeNodes();
    apply(1, WEB);
    assertThat(ask(1, Verb.PLAN, Map.of("order", "move", "resource", "wob"), null).message())
        .contains("wob");
    assertThat(ask(1, Verb.PLAN, Map.of("order", "dance"), null).message())
        .contains("order is 'dance'")
        .contains("standby");
    bus.boot(1);
    bus.view(1);
    assertThat(ask(1, Verb.PLAN, Map.of("order", "standby", "node", "n2"), null).exitCode())
        .isEqualTo(ExitCode.NO_QUORUM.number());
  }
}
