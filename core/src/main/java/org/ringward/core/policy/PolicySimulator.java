package org.ringward.core.policy;

import java.util.ArrayList;
import java.util.List;
import org.ringward.core.cib.Cib;
import org.ringward.core.graph.TransitionGraph;
import org.ringward.core.policy.facts.Facts;
import org.ringward.core.policy.model.Situation;
import org.ringward.core.policy.report.ChangeText;
import org.ringward.core.policy.report.Simulation;
import org.ringward.core.policy.report.SimulationRun;
import org.ringward.core.policy.report.Simulator;
import org.ringward.core.policy.report.StatusText;
import org.ringward.core.policy.report.UtilizationText;

/** Schedules saved clusters. */
public final class PolicySimulator implements Simulator {
  @Override
  public SimulationRun run(Request request) {
    Cib shown = request.before();
    Facts before = Facts.read(shown == null ? request.cib() : shown, request.now());
    List<String> notes = StatusText.notes(before.situation());
    List<String> status = StatusText.status(before.situation(), true);
    Facts facts = shown == null ? before : Facts.read(request.cib(), request.now());
    Situation situation = facts.situation();
    situation.scoreLines = request.scores() ? new ArrayList<>() : null;
    List<String> utilization = new ArrayList<>();
    if (request.utilization()) {
      utilization.addAll(UtilizationText.capacities("Original", situation));
    }
    TransitionGraph graph = Scheduler.graph(facts);
    if (request.utilization()) {
      utilization.addAll(UtilizationText.demands(situation, facts.rules()));
      utilization.addAll(UtilizationText.capacities("Remaining", situation));
    }
    Simulation.Result simulated = Simulation.run(situation, graph, request.failures());
    Cib after = simulated.after();
    List<String> scores = situation.scoreLines == null ? List.of() : situation.scoreLines;
    return new SimulationRun(
        graph,
        notes,
        status,
        ChangeText.of(situation).lines().toList(),
        simulated.executing(),
        StatusText.status(Facts.read(after, request.now()).situation(), false),
        scores,
        utilization,
        after);
  }

  /** What has to be done; nothing else is worked out. */
  public static TransitionGraph graph(Cib cib, long now) {
    return Scheduler.graph(Facts.read(cib, now));
  }
}
