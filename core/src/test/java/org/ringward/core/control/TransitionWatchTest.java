package org.ringward.core.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.ringward.core.admin.TransitionReport;
import org.ringward.core.admin.TransitionReport.ActionLine;
import org.ringward.core.cib.Attributes;
import org.ringward.core.graph.GraphAction;
import org.ringward.core.graph.GraphAction.Kind;
import org.ringward.core.graph.TransitionGraph;
import org.ringward.core.graph.TransitionGraph.Synapse;
import org.ringward.core.transition.TransitionRun;

class TransitionWatchTest {
  private static final String KEY = "n1-17";

  private static GraphAction action(int id, Kind kind, String operation, String node) {
    GraphAction.PrimitiveRef web =
        new GraphAction.PrimitiveRef("web", null, "ocf", "heartbeat", "nginx");
    return new GraphAction(
        id,
        kind,
        operation,
        "web_" + operation + "_0",
        null,
        node,
        "1",
        kind == Kind.RSC_OP ? web : null,
        Attributes.NONE,
        List.of());
  }

  /** Fence n3, then stop on n1 and start on n2, with a step in between that only orders. */
  private static TransitionGraph graph() {
    return new TransitionGraph(
        Attributes.NONE,
        List.of(
            new Synapse(1, 0, action(1, Kind.CRM_EVENT, "stonith", "n3"), List.of()),
            new Synapse(2, 0, action(2, Kind.RSC_OP, "stop", "n1"), List.of(1)),
            new Synapse(3, 0, action(3, Kind.PSEUDO_EVENT, "stopped", "n1"), List.of(2)),
            new Synapse(4, 0, action(4, Kind.RSC_OP, "start", "n2"), List.of(3, 1))));
  }

  private static ClusterMessage request(int id, String operation, String node, long wallMillis) {
    return new ClusterMessage.ActionRequest(
        node, id + ":5:0:" + KEY, action(id, Kind.RSC_OP, operation, node), wallMillis);
  }

  private static ClusterMessage result(
      int id, String operation, String node, int exitCode, long wallMillis) {
    return new ClusterMessage.OperationResult(
        node,
        id + ":5:0:" + KEY,
        action(id, Kind.RSC_OP, operation, node),
        exitCode,
        0,
        "",
        1,
        0,
        1,
        wallMillis);
  }

  private static ClusterMessage fenceOrder(long wallMillis) {
    return new ClusterMessage.FenceOrder(1, "n3", "", "off", "n1", false, "", wallMillis);
  }

  private static ClusterMessage fenceResult(long wallMillis) {
    return new ClusterMessage.FenceResult(
        1, "n3", "", "off", "n1", true, "POWER", "", "", wallMillis);
  }

  @Test
  void nothingWasSeen() {
    TransitionReport report = new TransitionWatch().report("n2");
    assertThat(report.state()).isEqualTo("none");
    assertThat(report.actions()).isEmpty();
  }

  @Test
  void coordinatorKnowsTheWholeGraph() {
    TransitionWatch watch = new TransitionWatch();
    TransitionRun run = new TransitionRun(5, graph(), 0);
    watch.walks("n1", run, new Moment(0, 1000));
    run.fire(0);
    watch.applied(fenceOrder(1010));
    long before = watch.changes();
    watch.applied(fenceResult(1110));
    run.completed(1, true);
    run.fire(0);
    watch.applied(request(2, "stop", "n1", 1120));
    assertThat(watch.changes()).isGreaterThan(before);
    TransitionReport report = watch.report("n1");
    assertThat(report.whole()).isTrue();
    assertThat(report.state()).isEqualTo("running");
    assertThat(report.startedMillis()).isEqualTo(1000);
    assertThat(report.actions())
        .containsExactly(
            new ActionLine(1, "stonith", "", "n3", "done", 1010, 100, List.of()),
            new ActionLine(2, "stop", "web", "n1", "running", 1120, 0, List.of(1)),
            new ActionLine(4, "start", "web", "n2", "waiting", 0, 0, List.of(1, 2)));
    watch.applied(result(2, "stop", "n1", 1, 1200));
    run.completed(2, false);
    report = watch.report("n1");
    assertThat(report.state()).isEqualTo("incomplete");
    assertThat(report.actions().get(1))
        .isEqualTo(new ActionLine(2, "stop", "web", "n1", "failed", 1120, 80, List.of(1)));
  }

  @Test
  void othersKnowWhatWasOrderedAndWhatHasEnded() {
    TransitionWatch watch = new TransitionWatch();
    watch.applied(request(2, "stop", "n1", 1120));
    TransitionReport report = watch.report("n2");
    assertThat(report.whole()).isFalse();
    assertThat(report.coordinator()).isEqualTo("n1");
    assertThat(report.number()).isEqualTo(5);
    assertThat(report.state()).isEqualTo("running");
    watch.applied(result(2, "stop", "n1", 0, 1200));
    watch.applied(result(2, "stop", "n1", 1, 1300));
    assertThat(watch.report("n2").actions())
        .containsExactly(new ActionLine(2, "stop", "web", "n1", "done", 1120, 80, List.of()));
    assertThat(watch.report("n2").state()).isEqualTo("unknown");
  }

  @Test
  void anotherCoordinatorsTransitionTakesThePlaceOfTheOwn() {
    TransitionWatch watch = new TransitionWatch();
    watch.walks("n2", new TransitionRun(5, graph(), 0), new Moment(0, 1000));
    watch.applied(request(2, "stop", "n1", 1120));
    assertThat(watch.report("n2").whole()).isTrue();
    watch.applied(
        new ClusterMessage.ActionRequest(
            "n1", "9:1:0:n7-1", action(9, Kind.RSC_OP, "stop", "n1"), 2000));
    TransitionReport report = watch.report("n2");
    assertThat(report.whole()).isFalse();
    assertThat(report.coordinator()).isEqualTo("n7");
    assertThat(report.actions()).extracting(ActionLine::id).containsExactly(9);
    watch.walks("n2", null, new Moment(0, 3000));
    assertThat(watch.report("n2").number()).isEqualTo(1);
  }

  @Test
  void whoDoesNotCoordinateAnyMoreForgetsItsGraph() {
    TransitionWatch watch = new TransitionWatch();
    watch.walks("n2", new TransitionRun(5, graph(), 0), new Moment(0, 1000));
    watch.walks("n2", null, new Moment(0, 2000));
    assertThat(watch.report("n2").state()).isEqualTo("none");
  }
}
