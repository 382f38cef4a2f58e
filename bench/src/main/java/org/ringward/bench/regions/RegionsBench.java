package org.ringward.bench.regions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.ringward.interop.lab.Lab;
import org.ringward.interop.lab.LabException;

/** Entry of bench/regions. */
public final class RegionsBench {
  private final Options options;
  private final Map<Row, Result> results = new TreeMap<>();

  /**
   * What was measured.
   *
   * @param percents of a core, each node's threads
   * @param allocated bytes of the first node's threads, in the time of the measurement
   */
  private record Result(List<Map<String, Double>> percents, Map<String, Long> allocated) {
    double thread(String name) {
      return percents.stream()
          .mapToDouble(each -> each.getOrDefault(name, 0.0))
          .average()
          .orElse(0);
    }

    DoubleSummaryStatistics totals() {
      return percents.stream()
          .mapToDouble(each -> each.values().stream().mapToDouble(value -> value).sum())
          .summaryStatistics();
    }
  }

  private RegionsBench(Options options) {
    this.options = options;
  }

  /** See {@link Options#HELP}. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length == 1 && arguments[0].equals("--help")) {
      System.out.print(Options.HELP);
      return;
    }
    int code = 0;
    try {
      RegionsBench bench = new RegionsBench(Options.parse(arguments));
      for (Row row : bench.options.rows()) {
        bench.measure(row);
      }
      System.out.print(bench.table());
    } catch (IllegalArgumentException e) {
      System.err.println("bench/regions: " + e.getMessage() + "\n\n" + Options.HELP);
      code = 64;
    } catch (LabException e) {
      System.err.println("bench/regions: " + e.getMessage());
      code = 1;
    }
    System.exit(code);
  }

  private void measure(Row row) throws IOException {
    Path directory = Files.createTempDirectory("ringward-regions");
    boolean done = false;
    try (Stand stand = new Stand(directory, row, options)) {
      System.err.println(row.word() + ": all see all");
      sleep(options.settleSeconds());
      Map<String, Long> allocated = new TreeMap<>();
      List<Map<String, Double>> percents =
          stand.percents(() -> allocated.putAll(stand.allocated(options.seconds())));
      if (!stand.allSeeAll()) {
        throw new LabException("somebody was lost while it was measured; see " + directory);
      }
      Result result = new Result(percents, allocated);
      results.put(row, result);
      System.err.print(line(row, result, -1));
      done = true;
    } finally {
      if (done) {
        Lab.remove(directory);
      }
    }
  }

  private static void sleep(int seconds) {
    try {
      Thread.sleep(1000L * seconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LabException("interrupted", e);
    }
  }

  private static final List<String> THREADS =
      List.of("loop", "links", "disk", "serial", "witness", "java");

  private String table() {
    StringBuilder text = new StringBuilder();
    text.append(
        "%d nodes, keepalive %d ms, %d s, percent of a core for each node's threads:%n%n"
            .formatted(options.nodes(), options.keepaliveMillis(), options.seconds()));
    text.append("| regions | ").append(String.join(" | ", THREADS));
    text.append(" | whole daemon (least to most) | more than without |\n|---|");
    text.append("--:|".repeat(THREADS.size() + 2)).append('\n');
    double base = results.containsKey(Row.NONE) ? results.get(Row.NONE).totals().getAverage() : -1;
    results.forEach((row, result) -> text.append(line(row, result, base)));
    text.append(
        "\nBytes that threads of the first node allocated in %d s:%n%n"
            .formatted(options.seconds()));
    results.forEach(
        (row, result) -> text.append("%s: %s%n".formatted(row.label(), result.allocated())));
    return text.toString();
  }

  private static String line(Row row, Result result, double base) {
    List<String> cells = new ArrayList<>(List.of(row.label()));
    THREADS.forEach(name -> cells.add(percent(result.thread(name))));
    DoubleSummaryStatistics all = result.totals();
    cells.add(
        "%s (%s-%s)"
            .formatted(percent(all.getAverage()), percent(all.getMin()), percent(all.getMax())));
    cells.add(row == Row.NONE || base < 0 ? "" : percent(all.getAverage() - base));
    return "| " + String.join(" | ", cells) + " |\n";
  }

  private static String percent(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
