package org.ringward.core.policy;

import org.ringward.core.cib.Cib;
import org.ringward.core.graph.TransitionGraph;

/**
 * Decides what should run where, and what must be done for it, with the meaning of Pacemaker 3.0's
 * options. Each step is a chapter of its own; this page is their order.
 */
public final class Scheduler {
  private Scheduler() {}

  /**
   * Schedules one state of the cluster. A pure function: the same cib and time give the same
   * result. Whatever cannot be understood is left aside and named in the warnings; nothing is
   * thrown for a cib that could be read.
   *
   * @param nowEpochSeconds the present, seconds since 1970
   */
  public static Schedule schedule(Cib cib, long nowEpochSeconds) {
    Situation situation = new Situation(cib, nowEpochSeconds);

    NodeFacts.unpack(situation);
    Fencing.applyQuorumPolicy(situation);
    ResourceFacts.unpack(situation);
    HistoryFacts.unpack(situation);

    LocationConstraints.apply(situation);
    Preferences.apply(situation);
    ColocationConstraints.unpack(situation);
    ConfigurationChanges.find(situation);

    situation.resources.forEach(PolicyResource::assign);

    Probes.create(situation);
    situation.resources.forEach(PolicyResource::createActions);
    situation.primitives.forEach(RecurringMonitors::create);
    ConfigurationChanges.cancelRemoved(situation);

    situation.resources.forEach(PolicyResource::orderInside);
    OrderConstraints.apply(situation);
    ColocationConstraints.order(situation);
    Fencing.plan(situation);
    Shutdowns.plan(situation);
    Probes.order(situation);
    OrderingEngine.run(situation);

    TransitionGraph graph = GraphBuilder.build(situation);
    return Explanation.of(situation, graph);
  }
}
