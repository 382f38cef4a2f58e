package org.ringward.core.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.Cib;
import org.ringward.core.graph.TransitionGraph;
import org.ringward.core.policy.facts.Facts;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.PrimitiveResource;
import org.ringward.core.policy.model.Role;
import org.ringward.core.policy.model.Situation;
import org.ringward.core.policy.report.OperationSpec;
import org.ringward.core.policy.report.Simulation;

/**
 * Plans and carries out on paper until nothing is left to do: where a cluster comes to rest.
 *
 * @param cib the cluster at rest
 * @param changes everything that was planned on the way, in order
 * @param places for each configured primitive that is active, where; with the role where it is
 *     promoted; fencing devices are not among them
 */
record Settling(Cib cib, List<Schedule.PlannedChange> changes, Map<String, List<String>> places) {
  /** A cluster that is not at rest after so many transitions never is. */
  private static final int ROUNDS_MAX = 6;

  /**
   * @param now seconds since 1970
   * @param failures results that differ from what is expected, each once
   */
  static Settling of(Cib cib, long now, List<OperationSpec> failures) {
    List<Schedule.PlannedChange> changes = new ArrayList<>();
    Cib at = cib;
    for (int round = 0; ; round++) {
      Facts facts = Facts.read(at, now + round);
      Situation situation = facts.situation();
      Map<String, List<String>> places = places(situation);
      TransitionGraph graph = Scheduler.graph(facts);
      List<Schedule.PlannedChange> planned = Scheduler.schedule(situation, graph).changes();
      changes.addAll(planned);
      if (graph.isEmpty() || round == ROUNDS_MAX) {
        return new Settling(at, List.copyOf(changes), places);
      }
      at = Simulation.run(situation, graph, round == 0 ? failures : List.of()).after();
    }
  }

  private static Map<String, List<String>> places(Situation situation) {
    Map<String, TreeSet<String>> found = new LinkedHashMap<>();
    for (PrimitiveResource primitive : situation.primitives()) {
      if (primitive.isFencingDevice()) {
        continue;
      }
      TreeSet<String> where = found.computeIfAbsent(primitive.configuredId, _ -> new TreeSet<>());
      for (PolicyNode node : primitive.runningOn) {
        where.add(primitive.role == Role.PROMOTED ? node.name + " (promoted)" : node.name);
      }
    }
    Map<String, List<String>> places = new LinkedHashMap<>();
    found.forEach((resource, where) -> places.put(resource, List.copyOf(where)));
    return places;
  }

  /** The first change of a resource that it should have but cannot, as a reason; null for none. */
  @Nullable String obstacle(String resource) {
    for (Schedule.PlannedChange change : changes) {
      boolean same = change.resource().equals(resource);
      boolean instance = change.resource().startsWith(resource + ":");
      if ((same || instance) && !change.reason().isEmpty()) {
        return change.reason();
      }
    }
    return null;
  }
}
