package org.ringward.bench.ring;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** All outcomes, and the tables they make. */
final class Results {
  private final TreeMap<Measure, Map<Side, List<Outcome>>> outcomes = new TreeMap<>();

  void add(Measure measure, Side side, Outcome outcome) {
    outcomes
        .computeIfAbsent(measure, _ -> new EnumMap<>(Side.class))
        .computeIfAbsent(side, _ -> new ArrayList<>())
        .add(outcome);
  }

  /** One line for one outcome. */
  static String line(Measure measure, Side side, Outcome outcome) {
    String what =
        switch (measure.what()) {
          case "flood" ->
              String.format(
                  Locale.ROOT,
                  "%d B, %s: %,.0f messages/s, %.1f us of processor time each",
                  measure.size(),
                  measure.all() ? "all" : "one",
                  outcome.rate(),
                  outcome.microsPerMessage());
          case "latency" ->
              String.format(
                  Locale.ROOT,
                  "%d/s: median %.0f us, 99th %.0f us (own: %.0f, %.0f)",
                  measure.rate(),
                  outcome.median(),
                  outcome.percentile99(),
                  outcome.ownMedian(),
                  outcome.ownPercentile99());
          default -> String.format(Locale.ROOT, "idle: %.2f %% of a core", outcome.percentOfCore());
        };
    String changes =
        outcome.changes() == 0 ? "" : " MEMBERS CHANGED " + outcome.changes() + " times";
    return String.format(
            Locale.ROOT, "%d nodes, %s, %s, ", measure.nodes(), measure.crypto(), side.word())
        + what
        + changes;
  }

  /** All tables, as Markdown. */
  String tables() {
    return floodTable() + costTable() + latencyTable() + idleTable();
  }

  private String floodTable() {
    StringBuilder table = new StringBuilder();
    table.append("\n| nodes | crypto | bytes | senders | corosync | corosync rr | socket |");
    table.append(" embedded | socket / best | embedded / best | socket all / one |");
    table.append(" embedded all / one |\n|--:|---|--:|---|--:|--:|--:|--:|--:|--:|--:|--:|\n");
    outcomes.forEach((measure, sides) -> {
      if (measure.what().equals("flood")) {
        double best = Math.max(rate(sides, Side.COROSYNC), rate(sides, Side.COROSYNC_RR));
        table.append(
            String.format(
                Locale.ROOT,
                "| %d | %s | %d | %s | %s | %s | %s | %s | %s | %s | %s | %s |%n",
                measure.nodes(),
                measure.crypto(),
                measure.size(),
                measure.all() ? "all" : "one",
                number(rate(sides, Side.COROSYNC)),
                number(rate(sides, Side.COROSYNC_RR)),
                number(rate(sides, Side.SOCKET)),
                number(rate(sides, Side.EMBEDDED)),
                ratio(rate(sides, Side.SOCKET), best),
                ratio(rate(sides, Side.EMBEDDED), best),
                allToOne(measure, Side.SOCKET),
                allToOne(measure, Side.EMBEDDED)));
      }
    });
    return outcomes.keySet().stream().noneMatch(each -> each.what().equals("flood"))
        ? ""
        : table.toString();
  }

  /** What a message costs hardly depends on what else the machine does. */
  private String costTable() {
    StringBuilder table =
        new StringBuilder(
            "\nProcessor time for one message, all nodes and members together, microseconds:\n\n");
    table.append("| nodes | crypto | bytes | senders | corosync | corosync rr | socket |");
    table.append(" embedded | best / socket | best / embedded |\n");
    table.append("|--:|---|--:|---|--:|--:|--:|--:|--:|--:|\n");
    boolean any = false;
    for (Map.Entry<Measure, Map<Side, List<Outcome>>> each : outcomes.entrySet()) {
      Measure measure = each.getKey();
      if (measure.what().equals("flood")) {
        any = true;
        double[] cost = new double[Side.values().length];
        for (Side side : Side.values()) {
          cost[side.ordinal()] = median(each.getValue(), side, Outcome::microsPerMessage);
        }
        double one = cost[Side.COROSYNC.ordinal()];
        double other = cost[Side.COROSYNC_RR.ordinal()];
        double best = one == 0 ? other : other == 0 ? one : Math.min(one, other);
        String cells =
            List.of(Side.values()).stream()
                .map(side -> cost[side.ordinal()])
                .map(micros -> micros == 0 ? "" : text("%.1f", micros))
                .collect(Collectors.joining(" | "));
        table.append(
            text(
                "| %d | %s | %d | %s | %s | %s | %s |%n",
                measure.nodes(),
                measure.crypto(),
                measure.size(),
                measure.all() ? "all" : "one",
                cells,
                ratio(best, cost[Side.SOCKET.ordinal()]),
                ratio(best, cost[Side.EMBEDDED.ordinal()])));
      }
    }
    return any ? table.toString() : "";
  }

  private String allToOne(Measure measure, Side side) {
    Measure one =
        new Measure(
            measure.what(), measure.nodes(), measure.aes(), measure.size(), false, measure.rate());
    return measure.all()
        ? ratio(
            rate(outcomes.getOrDefault(measure, Map.of()), side),
            rate(outcomes.getOrDefault(one, Map.of()), side))
        : "";
  }

  private String latencyTable() {
    StringBuilder table =
        new StringBuilder("\nOne-way latency to another node in microseconds, median / 99th:\n\n");
    table.append("| nodes | crypto | messages/s | corosync | corosync rr | socket | embedded |\n");
    table.append("|--:|---|--:|--:|--:|--:|--:|\n");
    boolean any = false;
    for (Map.Entry<Measure, Map<Side, List<Outcome>>> each : outcomes.entrySet()) {
      Measure measure = each.getKey();
      if (measure.what().equals("latency")) {
        any = true;
        table.append(
            String.format(
                Locale.ROOT,
                "| %d | %s | %d |",
                measure.nodes(),
                measure.crypto(),
                measure.rate()));
        for (Side side : Side.values()) {
          double half = median(each.getValue(), side, Outcome::median);
          double most = median(each.getValue(), side, Outcome::percentile99);
          table.append(half == 0 ? " |" : String.format(Locale.ROOT, " %.0f / %.0f |", half, most));
        }
        table.append('\n');
      }
    }
    return any ? table.toString() : "";
  }

  private String idleTable() {
    StringBuilder table = new StringBuilder("\nA daemon at rest, percent of a core:\n\n");
    table.append("| nodes | crypto | corosync | corosync rr | socket | embedded |\n");
    table.append("|--:|---|--:|--:|--:|--:|\n");
    boolean any = false;
    for (Map.Entry<Measure, Map<Side, List<Outcome>>> each : outcomes.entrySet()) {
      Measure measure = each.getKey();
      if (measure.what().equals("idle")) {
        any = true;
        String cells =
            List.of(Side.values()).stream()
                .map(side -> median(each.getValue(), side, Outcome::percentOfCore))
                .map(percent -> percent == 0 ? "" : String.format(Locale.ROOT, "%.2f", percent))
                .collect(Collectors.joining(" | "));
        table.append(
            String.format(
                Locale.ROOT, "| %d | %s | %s |%n", measure.nodes(), measure.crypto(), cells));
      }
    }
    return any ? table.toString() : "";
  }

  private static double rate(Map<Side, List<Outcome>> sides, Side side) {
    return median(sides, side, Outcome::rate);
  }

  /** 0 when nothing was measured. */
  private static double median(
      Map<Side, List<Outcome>> sides, Side side, ToDoubleFunction<Outcome> value) {
    double[] sorted =
        sides.getOrDefault(side, List.of()).stream().mapToDouble(value).sorted().toArray();
    return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
  }

  private static String number(double value) {
    return value == 0 ? "" : String.format(Locale.ROOT, "%,.0f", value);
  }

  private static String ratio(double value, double base) {
    return value == 0 || base == 0 ? "" : String.format(Locale.ROOT, "%.2f", value / base);
  }
}
