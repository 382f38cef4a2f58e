package org.ringward.core.policy.report;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.Cib;

/** Schedules a saved cluster and carries the result out on paper. */
public interface Simulator {
  /**
   * What is asked.
   *
   * @param before the cluster that is shown first; null for the one that is scheduled
   * @param cib the cluster that is scheduled: the same, or with what a person made up
   * @param now seconds since 1970
   * @param failures results that differ from what is expected, should these operations come up
   * @param scores whether the scores are wanted
   * @param utilization whether capacities and what is left of them are wanted
   */
  record Request(
      @Nullable Cib before,
      Cib cib,
      long now,
      List<OperationSpec> failures,
      boolean scores,
      boolean utilization) {
    public Request {
      failures = List.copyOf(failures);
    }
  }

  /** A pure function: the same request gives the same result. */
  SimulationRun run(Request request);
}
