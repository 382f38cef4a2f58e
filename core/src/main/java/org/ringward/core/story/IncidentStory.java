package org.ringward.core.story;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ringward.core.admin.IncidentsReport.Incident;
import org.ringward.core.admin.IncidentsReport.Phase;
import org.ringward.core.admin.IncidentsReport.Service;
import org.ringward.core.admin.IncidentsReport.Step;
import org.ringward.core.base.Decision;
import org.ringward.core.base.Decision.Kind;

/** Tells one incident from its records: cause, phases, critical path, what came of it. */
final class IncidentStory {
  private static final List<String> PHASES =
      List.of("detect", "agree", "decide", "prove", "stop", "start");

  private final List<Decision> records;
  private final boolean over;
  private final List<Step> spans = new ArrayList<>();

  IncidentStory(List<Decision> records, boolean over) {
    this.records = List.copyOf(records);
    this.over = over;
  }

  /** Null when nothing happened that is worth telling. */
  @Nullable Incident incident(int number) {
    Decision cause = Incidents.cause(records);
    if (cause == null || !isWorthTelling()) {
      return null;
    }
    collectSpans();
    long begin = begin(cause);
    List<Step> path = path(begin, cause);
    long end = Math.max(begin, records.getLast().wallMillis());
    return new Incident(
        number,
        records.stream().anyMatch(Incidents::isTrouble) ? "incident" : "change",
        begin,
        end,
        over,
        cause.what(),
        because(cause),
        outcome(),
        phases(path),
        path,
        services(begin),
        records);
  }

  private boolean isWorthTelling() {
    return records.stream()
        .anyMatch(each ->
            Incidents.isTrouble(each)
                || each.kind() == Kind.PLACEMENT
                || each.kind() == Kind.FENCE
                || each.kind() == Kind.ACTION);
  }

  /** When it really began: before it was noticed. */
  private static long begin(Decision cause) {
    return cause.wallMillis() - cause.number("detect") - cause.number("agree");
  }

  private List<String> because(Decision cause) {
    List<String> because = new ArrayList<>(cause.why());
    for (Decision each : records) {
      boolean other = !each.equals(cause);
      boolean evidence = each.kind() == Kind.NODE || each.kind() == Kind.GUARD;
      if (other && evidence && each.subject().equals(cause.subject())) {
        because.add("%s noted: %s".formatted(each.node(), each.what()));
      }
    }
    if (cause.kind() == Kind.FAILURE && cause.number("interval") > 0) {
      because.add(
          "the monitor looks every %d ms, so it may have failed so long before"
              .formatted(cause.number("interval")));
    }
    records.stream()
        .filter(
            each -> !each.equals(cause) && Incidents.isTrouble(each) && each.kind() != Kind.GUARD)
        .limit(5)
        .forEach(each -> because.add("then also: " + each.what()));
    return because;
  }

  // ---- what took how long ----

  private void collectSpans() {
    Map<String, Long> orders = new LinkedHashMap<>();
    for (Decision each : records) {
      if (each.kind() == Kind.MEMBERSHIP && each.fact("event").equals("lost")) {
        long agreed = each.wallMillis();
        long broke = agreed - each.number("agree");
        add("detect", broke - each.number("detect"), broke, each.subject() + " was silent");
        add("agree", broke, agreed, "the others agreed on a ring without " + each.subject());
      } else if (each.kind() == Kind.FENCE && each.fact("event").equals("order")) {
        orders.put(each.subject(), each.wallMillis());
      } else if (each.kind() == Kind.FENCE && each.fact("event").equals("proof")) {
        long ordered = orders.getOrDefault(each.subject(), each.wallMillis());
        add("prove", ordered, each.wallMillis(), each.what() + ": " + first(each.why()));
      } else if (each.kind() == Kind.ACTION || each.kind() == Kind.FAILURE) {
        operation(each);
      }
    }
  }

  private static String first(List<String> why) {
    return why.isEmpty() ? "" : why.getFirst();
  }

  private void operation(Decision each) {
    String phase = phase(each.fact("operation"));
    if (!phase.isEmpty()) {
      long took = each.number("took") + each.number("queued");
      add(phase, each.wallMillis() - took, each.wallMillis(), each.what());
    }
  }

  /** Empty for what is no step towards running again. */
  private static String phase(String operation) {
    return switch (operation) {
      case "start", "promote", "migrate_from" -> "start";
      case "stop", "demote", "migrate_to" -> "stop";
      default -> "";
    };
  }

  private void add(String phase, long begin, long end, String what) {
    if (end > begin) {
      spans.add(new Step(phase, begin, end, what));
    }
  }

  /**
   * Back from the end: what ended last before each step began is what it waited for; where nothing
   * was under way the cluster was deciding.
   */
  private List<Step> path(long begin, Decision cause) {
    List<Step> path = new ArrayList<>();
    Step last = spans.stream().max(Comparator.comparingLong(Step::endMillis)).orElse(null);
    long at = last == null ? cause.wallMillis() : last.endMillis();
    while (at > begin) {
      long until = at;
      Step step =
          spans.stream()
              .filter(each -> each.endMillis() <= until && each.endMillis() > begin)
              .max(
                  Comparator.comparingLong(Step::endMillis)
                      .thenComparing(Comparator.comparingLong(Step::beginMillis).reversed()))
              .orElse(null);
      long from = step == null ? begin : step.endMillis();
      if (until > from) {
        path.addFirst(new Step("decide", from, until, "planned, ordered and waited for messages"));
      }
      if (step == null) {
        return path;
      }
      long starts = Math.max(begin, step.beginMillis());
      path.addFirst(new Step(step.phase(), starts, step.endMillis(), step.what()));
      at = starts;
    }
    return path;
  }

  private static List<Phase> phases(List<Step> path) {
    List<Phase> phases = new ArrayList<>();
    for (String name : PHASES) {
      long millis =
          path.stream()
              .filter(step -> step.phase().equals(name))
              .mapToLong(step -> step.endMillis() - step.beginMillis())
              .sum();
      if (millis > 0) {
        phases.add(new Phase(name, millis));
      }
    }
    return phases;
  }

  // ---- what came of it ----

  private List<Service> services(long begin) {
    Map<String, Service> services = new LinkedHashMap<>();
    for (Decision each : records) {
      if (each.kind() != Kind.ACTION) {
        continue;
      }
      String operation = each.fact("operation");
      String key = each.subject() + " " + each.fact("node");
      if (phase(operation).equals("start")) {
        services.remove(key);
        services.put(
            key, new Service(each.subject(), each.fact("node"), each.wallMillis() - begin));
      } else if (operation.equals("stop")) {
        services.remove(key);
      }
    }
    return List.copyOf(services.values());
  }

  private String outcome() {
    Map<String, List<String>> byNode = new LinkedHashMap<>();
    for (Service each : services(0)) {
      byNode.computeIfAbsent(each.node(), _ -> new ArrayList<>()).add(each.resource());
    }
    List<String> parts = new ArrayList<>();
    byNode.forEach(
        (node, resources) -> parts.add(String.join(", ", resources) + " started on " + node));
    records.stream()
        .filter(each -> each.kind() == Kind.FENCE && each.fact("event").equals("proof"))
        .map(Decision::what)
        .distinct()
        .forEach(parts::add);
    if (parts.isEmpty()) {
      parts.add(over ? "nothing had to be done" : "nothing could be done yet");
    } else if (!over) {
      parts.add("more is left to do");
    }
    return String.join("; ", parts);
  }
}
