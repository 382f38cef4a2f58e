package org.ringward.bench.ring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

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
          case "idle", "start" ->
              String.format(
                  Locale.ROOT, "%s: %.2f %% of a core", measure.what(), outcome.percentOfCore());
          default ->
              String.format(
                  Locale.ROOT, "%s: known after %.0f ms", measure.what(), outcome.millis());
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
    return floodTable()
        + costTable()
        + latencyTable()
        + restTable("idle", "A daemon at rest, after it has worked")
        + restTable("start", "A daemon at rest, soon after its start")
        + detectionTable();
  }

  private String floodTable() {
    String head =
        """

        | nodes | crypto | bytes | senders | corosync | corosync rr | socket | socket rr | embedded | socket / best | embedded / best | socket all / one | embedded all / one |
        |--:|---|--:|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|
        """;
    return table("flood", head, this::floodCells);
  }

  private String floodCells(Measure measure, Map<Side, List<Outcome>> sides) {
    double best = Math.max(rate(sides, Side.COROSYNC), rate(sides, Side.COROSYNC_RR));
    return cells(
        Integer.toString(measure.size()),
        measure.all() ? "all" : "one",
        eachSide(side -> number("%,.0f", rate(sides, side))),
        ratio(rate(sides, Side.SOCKET), best),
        ratio(rate(sides, Side.EMBEDDED), best),
        allToOne(measure, Side.SOCKET),
        allToOne(measure, Side.EMBEDDED));
  }

  /** What a message costs hardly depends on what else the machine does. */
  private String costTable() {
    String head =
        """

        Processor time for one message, all nodes and members together, microseconds:

        | nodes | crypto | bytes | senders | corosync | corosync rr | socket | socket rr | embedded | best / socket | best / embedded |
        |--:|---|--:|---|--:|--:|--:|--:|--:|--:|--:|
        """;
    return table("flood", head, Results::costCells);
  }

  private static String costCells(Measure measure, Map<Side, List<Outcome>> sides) {
    double best =
        DoubleStream.of(cost(sides, Side.COROSYNC), cost(sides, Side.COROSYNC_RR))
            .filter(micros -> micros > 0)
            .min()
            .orElse(0);
    return cells(
        Integer.toString(measure.size()),
        measure.all() ? "all" : "one",
        eachSide(side -> number("%.1f", cost(sides, side))),
        ratio(best, cost(sides, Side.SOCKET)),
        ratio(best, cost(sides, Side.EMBEDDED)));
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
    String head =
        """

        One-way latency to another node in microseconds, median / 99th:

        | nodes | crypto | messages/s | corosync | corosync rr | socket | socket rr | embedded |
        |--:|---|--:|--:|--:|--:|--:|--:|
        """;
    return table(
        "latency",
        head,
        (measure, sides) ->
            cells(Integer.toString(measure.rate()), eachSide(side -> latency(sides, side))));
  }

  private static String latency(Map<Side, List<Outcome>> sides, Side side) {
    double half = median(sides, side, Outcome::median);
    double most = median(sides, side, Outcome::percentile99);
    return half == 0 ? "" : String.format(Locale.ROOT, "%.0f / %.0f", half, most);
  }

  private String restTable(String what, String title) {
    String head =
        """

        %s, percent of a core:

        | nodes | crypto | corosync | corosync rr | socket | socket rr | embedded |
        |--:|---|--:|--:|--:|--:|--:|
        """
            .formatted(title);
    return table(
        what,
        head,
        (_, sides) ->
            eachSide(side -> number("%.2f", median(sides, side, Outcome::percentOfCore))));
  }

  private String detectionTable() {
    String head =
        """

        Milliseconds until all others know of it, median (least to most):

        | nodes | crypto | fault | corosync | corosync rr | socket | socket rr | embedded |
        |--:|---|---|--:|--:|--:|--:|--:|
        """;
    String rows =
        Arrays.stream(Fault.values())
            .map(fault -> rows(fault.word(), Results::detectionCells))
            .collect(Collectors.joining());
    return rows.isEmpty() ? "" : head + rows;
  }

  private static String detectionCells(Measure measure, Map<Side, List<Outcome>> sides) {
    return cells(measure.what(), eachSide(side -> detection(sides, side)));
  }

  private static String detection(Map<Side, List<Outcome>> sides, Side side) {
    DoubleSummaryStatistics all =
        sides.getOrDefault(side, List.of()).stream()
            .collect(Collectors.summarizingDouble(Outcome::millis));
    double half = median(sides, side, Outcome::millis);
    return half == 0
        ? ""
        : String.format(Locale.ROOT, "%.0f (%.0f-%.0f)", half, all.getMin(), all.getMax());
  }

  /** Empty when nothing of the kind was measured. */
  private String table(
      String what, String head, BiFunction<Measure, Map<Side, List<Outcome>>, String> cells) {
    String rows = rows(what, cells);
    return rows.isEmpty() ? "" : head + rows;
  }

  private String rows(String what, BiFunction<Measure, Map<Side, List<Outcome>>, String> cells) {
    return outcomes.entrySet().stream()
        .filter(each -> each.getKey().what().equals(what))
        .map(each -> row(each.getKey(), cells.apply(each.getKey(), each.getValue())))
        .collect(Collectors.joining());
  }

  private static String row(Measure measure, String cells) {
    return "| " + cells(Integer.toString(measure.nodes()), measure.crypto(), cells) + " |\n";
  }

  private static String cells(String... each) {
    return String.join(" | ", each);
  }

  private static String eachSide(Function<Side, String> cell) {
    return Arrays.stream(Side.values()).map(cell).collect(Collectors.joining(" | "));
  }

  private static double cost(Map<Side, List<Outcome>> sides, Side side) {
    return median(sides, side, Outcome::microsPerMessage);
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

  private static String number(String format, double value) {
    return value == 0 ? "" : String.format(Locale.ROOT, format, value);
  }

  private static String ratio(double value, double base) {
    return value == 0 || base == 0 ? "" : String.format(Locale.ROOT, "%.2f", value / base);
  }
}
