package org.ringward.core.admin;

import java.util.List;
import org.ringward.core.base.Decision;

/**
 * What happened to the cluster, incident by incident, oldest first.
 *
 * @param node the node that answers
 */
public record IncidentsReport(String node, List<Incident> incidents) implements AdminReply.Report {
  public IncidentsReport {
    incidents = List.copyOf(incidents);
  }

  /**
   * From the first sign of trouble, or the order of a person, until nothing was left to do. All
   * times are those of the coordinator of the moment, milliseconds since 1970.
   *
   * @param number counts the incidents that this node remembers, from 1
   * @param kind incident, or change for what people wanted or nodes that came and went in order
   * @param cause the first cause, one sentence
   * @param because what is known of the cause, a sentence each
   * @param over false while something is left to do
   * @param outcome what came of it, one sentence
   * @param phases milliseconds of the critical path by what they were spent on, in the order
   *     detect, agree, decide, prove, stop, start; those without time are left out
   * @param path the critical path: what the end had to wait for, oldest first, without gaps
   * @param services when each resource that was started again had started, in order
   * @param records everything that was noted meanwhile, by all nodes, in the order of their clocks
   */
  public record Incident(
      int number,
      String kind,
      long beginMillis,
      long endMillis,
      boolean over,
      String cause,
      List<String> because,
      String outcome,
      List<Phase> phases,
      List<Step> path,
      List<Service> services,
      List<Decision> records) {
    public Incident {
      because = List.copyOf(because);
      phases = List.copyOf(phases);
      path = List.copyOf(path);
      services = List.copyOf(services);
      records = List.copyOf(records);
    }

    /** Milliseconds of the critical path. */
    public long pathMillis() {
      return path.stream().mapToLong(step -> step.endMillis() - step.beginMillis()).sum();
    }
  }

  /** One kind of time spent. */
  public record Phase(String name, long millis) {}

  /** One piece of the critical path. */
  public record Step(String phase, long beginMillis, long endMillis, String what) {}

  /** A resource that runs again: where, and how long after the beginning. */
  public record Service(String resource, String node, long afterMillis) {}
}
