package org.ringward.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.ringward.core.cib.Cib;
import org.ringward.core.graph.TransitionGraph;
import org.ringward.core.history.FailCounts;

/** What a cluster does in everyday situations, from a cold start to a lost node. */
class SchedulerTest {
  private static final String LOST = "in_ccm='false' crmd='offline' join='down' expected='member'";

  @Test
  void coldStartProbesThenStartsThenMonitors() {
    Cib cib = Clusters.of("a", "b").primitive("web").cib();
    TransitionGraph graph = Scheduler.schedule(cib, Clusters.NOW).graph();
    assertThat(Graphs.inputs(graph, "web_start_0"))
        .containsExactlyInAnyOrder("web_monitor_0@a", "web_monitor_0@b");
    assertThat(Graphs.inputs(graph, "web_monitor_10000")).hasSize(1);
    assertThat(Clusters.plan(cib)).contains("web Start a");
  }

  @Test
  void settledClusterHasNothingToDo() {
    Cib settled = Clusters.of("a", "b", "c").primitive("web").group("g", "ip", "db").settled();
    assertThat(Scheduler.schedule(settled, Clusters.NOW).graph().isEmpty()).isTrue();
  }

  @Test
  void lostNodeIsFencedBeforeItsResourcesStartElsewhere() {
    Cib settled =
        Clusters.of("a", "b", "c")
            .group("g", "ip", "web")
            .constraint("<rsc_location id='l' rsc='g' node='a' score='100'/>")
            .settled();
    Cib lost = Graphs.withState(settled, "a", "false", "offline", "down", "member");
    TransitionGraph graph = Scheduler.schedule(lost, Clusters.NOW).graph();
    assertThat(Graphs.inputs(graph, "ip_start_0")).contains("stonith-a-reboot@a");
    assertThat(Graphs.inputs(graph, "ip_stop_0")).contains("stonith-a-reboot@a");
    assertThat(Clusters.plan(lost)).contains("a Fence (reboot) a", "ip Move a>b", "web Move a>b");
    assertThat(Scheduler.schedule(lost, Clusters.NOW).fencing())
        .containsExactly(new Schedule.NodeVerdict("a", "peer is no longer part of the cluster"));
  }

  @Test
  void withoutQuorumNothingIsFencedAndNothingStarts() {
    Cib cib =
        Clusters.of("a", "b", "c").withoutQuorum().primitive("web").state("b", LOST, "").cib();
    Schedule schedule = Scheduler.schedule(cib, Clusters.NOW);
    assertThat(schedule.fencing()).isEmpty();
    assertThat(Graphs.keys(schedule.graph())).doesNotContain("web_start_0");
    assertThat(schedule.warnings())
        .contains("node b is unclean and cannot be fenced: peer is no longer part of the cluster");
  }

  /** The other side may run it: a probe that could not tell does not say that it was here. */
  @Test
  void freezeDoesNotStartWhatIsKnownOnlyByAFailedProbe() {
    Cib cib = frozen(operation("monitor", 0, 1));
    assertThat(Graphs.keys(Scheduler.schedule(cib, Clusters.NOW).graph()))
        .doesNotContain("web_start_0");
    assertThat(Clusters.plan(cib)).doesNotContain("web Recover a");
  }

  @Test
  void freezeDoesNotStartWhatAProbeThatTimedOutMayHaveSeen() {
    Cib cib = frozen(operation("monitor", 0, 1).replace("op-status='0'", "op-status='2'"));
    assertThat(Graphs.keys(Scheduler.schedule(cib, Clusters.NOW).graph()))
        .doesNotContain("web_start_0");
  }

  @Test
  void freezeRecoversWhatWasActiveHere() {
    Cib started = frozen(operation("start", 0, 0) + operation("monitor", 10_000, 7));
    assertThat(Clusters.plan(started)).contains("web Recover a");
    Cib found = frozen(operation("monitor", 0, 0) + operation("monitor", 10_000, 7));
    assertThat(Clusters.plan(found)).contains("web Recover a");
  }

  /** What ran here after a probe that could not tell was active here. */
  @Test
  void freezeRecoversWhatWasStartedAfterAFailedProbe() {
    Cib cib =
        frozen(
            operation("monitor", 0, 1)
                + operation("start", 0, 0)
                + operation("monitor", 10_000, 7));
    assertThat(Clusters.plan(cib)).contains("web Recover a");
  }

  /** No quorum, and a history of the resource on node a. */
  private static Cib frozen(String operations) {
    StringBuilder numbered = new StringBuilder();
    int call = 0;
    for (String operation : operations.split("(?=<)", -1)) {
      numbered.append(operation.replace("CALL", Integer.toString(++call)));
    }
    return Clusters.of("a", "b", "c")
        .withoutQuorum()
        .property("no-quorum-policy", "freeze")
        .primitive("web")
        .state(
            "a",
            "in_ccm='true' crmd='online' join='member' expected='member'",
            "<lrm id='1'><lrm_resources><lrm_resource id='web' class='ocf'"
                + " provider='pacemaker' type='Dummy'>"
                + numbered
                + "</lrm_resource></lrm_resources></lrm>")
        .cib();
  }

  private static String operation(String task, int interval, int exitCode) {
    return ("<lrm_rsc_op id='web_%s_%d' operation_key='web_%s_%d' operation='%s' interval='%d'"
            + " transition-magic='0:%d;CALL:1:%d:4e1b9b0b-7f5c-4d3a-a7d1-1f6a5a9f5d11'"
            + " transition-key='CALL:1:%d:4e1b9b0b-7f5c-4d3a-a7d1-1f6a5a9f5d11'"
            + " call-id='CALL' rc-code='%d' op-status='0'/>")
        .formatted(
            task,
            interval,
            task,
            interval,
            task,
            interval,
            exitCode,
            task.equals("monitor") && interval == 0 ? 7 : 0,
            task.equals("monitor") && interval == 0 ? 7 : 0,
            exitCode);
  }

  @Test
  void failedMonitorIsRecoveredInPlace() {
    Cib settled = Clusters.of("a", "b").primitive("web").settled();
    Cib failed = Graphs.failedMonitor(settled, "web", 7);
    assertThat(Clusters.plan(failed)).containsExactly("web Recover a");
    assertThat(Scheduler.schedule(Clusters.settle(failed), Clusters.NOW).graph().isEmpty())
        .isTrue();
  }

  @Test
  void migrationThresholdMovesAway() {
    Cib settled = Clusters.of("a", "b").primitive("web", "migration-threshold=1").settled();
    Cib failed = Graphs.failedMonitor(settled, "web", 1);
    Cib counted = FailCounts.increment(failed, "a", "web", "monitor", 10_000, Clusters.NOW);
    assertThat(FailCounts.read(counted, "a", "web")).isEqualTo(1);
    assertThat(Clusters.plan(counted)).contains("web Recover a>b");
    Cib cleared = FailCounts.clear(counted, "a", "web");
    assertThat(FailCounts.read(cleared, "a", "web")).isZero();
  }

  @Test
  void shutdownStopsEverythingFirst() {
    Cib settled = Clusters.of("a", "b").primitive("web").settled();
    Cib leaving = Graphs.withAttribute(settled, "a", "shutdown", "1700000000");
    TransitionGraph graph = Scheduler.schedule(leaving, Clusters.NOW).graph();
    assertThat(Graphs.inputs(graph, "do_shutdown-a")).contains("web_stop_0@a");
    assertThat(Clusters.plan(leaving)).contains("web Move a>b");
    Cib gone = Clusters.settle(leaving);
    assertThat(Scheduler.schedule(gone, Clusters.NOW).fencing()).isEmpty();
  }
}
