package org.ringward.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.ringward.core.cib.Cib;
import org.ringward.core.graph.GraphAction;
import org.ringward.core.graph.TransitionGraph;
import org.ringward.core.history.FailCounts;
import org.ringward.core.policy.report.Placement;
import org.ringward.core.policy.report.PlannedStep;

/** One option or rule each, with what it makes of a settled cluster. */
class ScenariosTest {
  private static final String STAY = "100";

  private static Clusters three() {
    return Clusters.of("a", "b", "c").resourceDefault("resource-stickiness", STAY);
  }

  private static List<String> where(Cib cib, String... resources) {
    return Scheduler.explain(cib, Clusters.NOW).placements().stream()
        .filter(placement -> List.of(resources).contains(placement.resource()))
        .map(placement -> placement.resource() + "@" + placement.node())
        .toList();
  }

  @Test
  void standbyMovesEverythingAway() {
    Cib settled = three().primitive("web").settled();
    Cib standby = Graphs.withAttribute(settled, "a", "standby", "on");
    assertThat(Clusters.plan(standby)).contains("web Move a>b");
    assertThat(Clusters.plan(Clusters.settle(standby))).isEmpty();
  }

  @Test
  void maintenanceLeavesEverythingAlone() {
    Cib settled = three().property("maintenance-mode", "true").primitive("web").settled();
    assertThat(Clusters.plan(settled)).isEmpty();
  }

  @Test
  void targetRoleStoppedKeepsItDown() {
    Cib settled = three().primitive("web", "target-role=Stopped").settled();
    assertThat(where(settled, "web")).containsExactly("web@null");
    assertThat(Scheduler.explain(settled, Clusters.NOW).placements().getFirst().reason())
        .isEqualTo("web is stopped: target-role.");
  }

  @Test
  void theHigherLocationScoreWinsUnlessStickinessIsGreater() {
    String prefers = "<rsc_location id='l' rsc='web' node='c' score='%d'/>";
    Cib liked = three().primitive("web").constraint(prefers.formatted(50)).settled();
    assertThat(where(liked, "web")).containsExactly("web@c");
    Cib banned =
        three()
            .primitive("web")
            .constraint("<rsc_location id='l' rsc='web' node='a' score='-INFINITY'/>")
            .constraint("<rsc_location id='m' rsc='web' node='b' score='-INFINITY'/>")
            .settled();
    assertThat(where(banned, "web")).containsExactly("web@c");
  }

  @Test
  void colocatedResourcesShareANodeAndOthersKeepApart() {
    Cib settled =
        three()
            .primitive("db")
            .primitive("web")
            .primitive("spare")
            .constraint("<rsc_colocation id='c' rsc='web' with-rsc='db' score='INFINITY'/>")
            .constraint("<rsc_colocation id='d' rsc='spare' with-rsc='db' score='-INFINITY'/>")
            .settled();
    List<String> places = where(settled, "db", "web", "spare");
    assertThat(places).contains("db@a", "web@a").doesNotContain("spare@a");
  }

  @Test
  void mandatoryOrderRestartsWhatComesAfter() {
    Cib settled =
        three()
            .primitive("db")
            .primitive("web")
            .constraint("<rsc_order id='o' first='db' then='web'/>")
            .constraint("<rsc_location id='l' rsc='db' node='a' score='10'/>")
            .settled();
    Cib failed = Graphs.failedMonitor(settled, "db", 7);
    assertThat(Clusters.plan(failed)).hasSize(2).anyMatch(line -> line.startsWith("web Restart"));
    TransitionGraph graph = Scheduler.schedule(failed, Clusters.NOW).graph();
    assertThat(Graphs.inputs(graph, "db_stop_0")).anyMatch(input -> input.startsWith("web_stop_0"));
    assertThat(Graphs.inputs(graph, "web_start_0")).contains("db_start_0@a");
  }

  @Test
  void groupStopsBackwardsAndStartsForwards() {
    Cib settled = three().group("g", "ip", "web").settled();
    Cib standby = Graphs.withAttribute(settled, "a", "standby", "on");
    TransitionGraph graph = Scheduler.schedule(standby, Clusters.NOW).graph();
    assertThat(Graphs.inputs(graph, "ip_stop_0")).contains("web_stop_0@a", "g_stop_0");
    assertThat(Graphs.inputs(graph, "web_start_0")).contains("ip_start_0@b", "g_start_0");
  }

  @Test
  void failureTimeoutForgetsAndAsksForAnotherLook() {
    Cib settled =
        three().primitive("web", "migration-threshold=1", "failure-timeout=60s").settled();
    Cib failed =
        FailCounts.increment(
            Graphs.failedMonitor(settled, "web", 1), "a", "web", "monitor", 10_000, Clusters.NOW);
    Schedule now = Scheduler.schedule(failed, Clusters.NOW);
    assertThat(now.recheckAtSeconds()).isEqualTo(Clusters.NOW + 61);
    Schedule later = Scheduler.schedule(failed, Clusters.NOW + 61);
    assertThat(Graphs.keys(later.graph())).containsExactly("web_clear_failcount_0");
  }

  @Test
  void changedParametersRestart() {
    String xml =
        "<primitive id='web' class='ocf' provider='pacemaker' type='Dummy'>"
            + "<instance_attributes id='i'><nvpair id='n' name='state' value='%s'/>"
            + "</instance_attributes></primitive>";
    Cib settled = three().xmlResource(xml.formatted("one")).settled();
    Cib changed = three().xmlResource(xml.formatted("two")).cib();
    Cib both =
        new Cib(settled.attributes(), changed.configuration(), settled.status(), settled.others());
    assertThat(Clusters.plan(both)).containsExactly("web Restart a");
  }

  @Test
  void removedResourceIsStopped() {
    Cib settled = three().primitive("web").primitive("old").settled();
    Cib without = three().primitive("web").cib();
    Cib both =
        new Cib(settled.attributes(), without.configuration(), settled.status(), settled.others());
    assertThat(Clusters.plan(both)).anyMatch(line -> line.startsWith("old Stop"));
    assertThat(Clusters.plan(Clusters.settle(both))).isEmpty();
  }

  @Test
  void failedStopFencesTheNode() {
    Cib settled = three().primitive("web").settled();
    GraphAction stop =
        Scheduler.schedule(Graphs.withAttribute(settled, "a", "standby", "on"), Clusters.NOW)
            .graph()
            .synapses()
            .stream()
            .map(TransitionGraph.Synapse::action)
            .filter(action -> action.operationKey().equals("web_stop_0"))
            .findFirst()
            .orElseThrow();
    Cib failed = GraphSimulation.result(settled, "a", stop, 1, 0, 999, Clusters.NOW);
    assertThat(Scheduler.schedule(failed, Clusters.NOW).fencing())
        .containsExactly(new Schedule.NodeVerdict("a", "web failed there"));
    assertThat(Clusters.plan(failed)).contains("web Recover a>b");
  }

  @Test
  void aCloneRunsOnEveryNodeAndOneInstanceIsPromoted() {
    Cib cib =
        three()
            .xmlResource(
                "<clone id='dbs'><meta_attributes id='m'>"
                    + "<nvpair id='p' name='promotable' value='true'/></meta_attributes>"
                    + "<primitive id='db' class='ocf' provider='pacemaker' type='Stateful'/></clone>")
            .cib();
    cib = Graphs.withAttribute(cib, "b", "master-db", "10");
    Cib settled = Clusters.settle(cib);
    Explanation explanation = Scheduler.explain(settled, Clusters.NOW);
    assertThat(explanation.schedule().graph().isEmpty()).isTrue();
    assertThat(explanation.placements().stream().filter(each -> each.names().contains("dbs")))
        .extracting(Placement::node)
        .containsExactlyInAnyOrder("a", "b", "c");
    assertThat(explanation.placements())
        .filteredOn(each -> each.role().equals("Promoted"))
        .extracting(Placement::node)
        .containsExactly("b");
  }

  @Test
  void withoutAFencingDeviceNothingStarts() {
    Cib cib = Clusters.of("a", "b").withoutFencingDevice().primitive("web").cib();
    Explanation explanation = Scheduler.explain(cib, Clusters.NOW);
    assertThat(Graphs.keys(explanation.schedule().graph())).doesNotContain("web_start_0");
    assertThat(explanation.schedule().warnings())
        .containsExactly(
            "nothing is started or stopped: there is no fencing device (fencing-enabled)");
    assertThat(explanation.placements().getFirst().reason()).contains("no fencing device");
  }

  @Test
  void everyActionSaysWhyItIsThereAndWhatItWaitsFor() {
    Cib settled = three().group("g", "ip", "web").settled();
    Cib standby = Graphs.withAttribute(settled, "a", "standby", "on");
    List<PlannedStep> steps = Scheduler.explain(standby, Clusters.NOW).steps();
    assertThat(steps).allMatch(step -> !step.reason().isEmpty());
    assertThat(steps)
        .contains(
            new PlannedStep(
                "web_start_0",
                "b",
                List.of("web", "g"),
                "it should run there",
                List.of("ip_start_0 on b", "web_stop_0 on a", "g_start_0")));
  }

  @Test
  void whatRulesANodeOutIsNamed() {
    Cib settled =
        three()
            .primitive("web")
            .constraint("<rsc_location id='never' rsc='web' node='b' score='-INFINITY'/>")
            .settled();
    Cib standby = Graphs.withAttribute(settled, "c", "standby", "on");
    Placement placement = Scheduler.explain(standby, Clusters.NOW).placements().getFirst();
    assertThat(placement.candidates())
        .filteredOn(each -> !each.node().equals("a"))
        .flatExtracting(Placement.Candidate::contributions)
        .containsExactly(
            new Placement.Contribution(-1_000_000, "location never"),
            new Placement.Contribution(-1_000_000, "node is standby"));
  }

  @Test
  void candidatesCarryTheirReasons() {
    Cib settled =
        three()
            .primitive("web")
            .constraint("<rsc_location id='prefer-a' rsc='web' node='a' score='50'/>")
            .settled();
    Placement placement = Scheduler.explain(settled, Clusters.NOW).placements().getFirst();
    assertThat(placement.candidates().getFirst())
        .isEqualTo(
            new Placement.Candidate(
                "a",
                150,
                List.of(
                    new Placement.Contribution(50, "location prefer-a"),
                    new Placement.Contribution(100, "stickiness"))));
    assertThat(placement.reason()).isEqualTo("web stays on a: score 150, mainly stickiness.");
  }
}
