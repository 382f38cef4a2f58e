package org.ringward.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.ringward.core.cib.Cib;
import org.ringward.core.cib.CibXml;
import org.ringward.core.graph.GraphXml;
import org.ringward.core.graph.TransitionGraph;
import org.ringward.core.policy.PolicySimulator;

/**
 * Measures the scheduler and crm_simulate in the same session: the conformance suite as a whole,
 * and one schedule of generated clusters of growing size. Prints tables of seconds and ratios.
 */
public final class SchedulerBench {
  private static final List<GeneratedCluster> SIZES =
      List.of(
          new GeneratedCluster(3, 50),
          new GeneratedCluster(8, 500),
          new GeneratedCluster(16, 2_000),
          new GeneratedCluster(32, 5_000));
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final long NOW = 1_700_001_000L;

  private final Path folder;
  private final PrintStream out;
  private final boolean reference = Reference.isInstalled();

  private SchedulerBench(Path folder, PrintStream out) {
    this.folder = folder;
    this.out = out;
  }

  /**
   * @param arguments {@code sizes}, or {@code suite SUITE RINGWARD}: the folder of the conformance
   *     suite and the command; {@code write FOLDER} only writes the generated clusters
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("ringward-bench");
    try {
      SchedulerBench bench = new SchedulerBench(folder, System.out);
      switch (arguments.length == 0 ? "sizes" : arguments[0]) {
        case "suite" -> bench.suite(Path.of(arguments[1]), arguments[2]);
        case "write" -> bench.write(Path.of(arguments[1]));
        default -> bench.sizes();
      }
    } finally {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
  }

  private void write(Path target) throws IOException {
    for (GeneratedCluster size : SIZES) {
      String name = size.nodes() + "x" + size.primitives() + ".xml";
      Files.writeString(target.resolve(name), size.xml());
    }
  }

  // the suite

  private void suite(Path suite, String ringward) throws IOException, InterruptedException {
    List<String> list = new ArrayList<>();
    List<String[]> cases = new ArrayList<>();
    for (String line : Files.readAllLines(suite.resolve("cases.tsv")).stream().skip(1).toList()) {
      String[] columns = line.split("\t", -1);
      Path xml = suite.resolve("xml").resolve(columns[0] + ".xml");
      cases.add(new String[] {xml.toString(), columns[3]});
      String outputs = folder.resolve("graph") + "\t" + folder.resolve("text");
      list.add(xml + "\t" + columns[3] + "\t" + outputs);
    }
    Path listing = Files.write(folder.resolve("list"), list);
    double ours = seconds(ringward, "simulate", "--batch", listing.toString());
    double again = seconds(ringward, "simulate", "--batch", listing.toString());
    row("The suite, %d cases".formatted(cases.size()), "seconds", "");
    row("  ringward, one process", number(ours), "");
    row("  ringward, once more", number(again), "");
    if (reference) {
      double theirs = 0;
      Reference program = new Reference(folder);
      for (String[] each : cases) {
        theirs += program.seconds(Path.of(each[0]), words(each[1]), PATIENCE);
      }
      row("  crm_simulate, one process a case", number(theirs), ratio(theirs, ours));
    }
  }

  /** The suite's arguments are words, at most in single quotes. */
  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    String[] parts = text.split("'", -1);
    for (int i = 0; i < parts.length; i++) {
      if (i % 2 == 1) {
        words.add(parts[i]);
      } else {
        Arrays.stream(parts[i].split(" ")).filter(each -> !each.isEmpty()).forEach(words::add);
      }
    }
    return words;
  }

  private double seconds(String... command) throws IOException, InterruptedException {
    long began = System.nanoTime();
    Process process = new ProcessBuilder(command).inheritIO().start();
    process.waitFor();
    return (System.nanoTime() - began) / 1e9;
  }

  // sizes

  private void sizes() throws IOException, InterruptedException {
    out.printf(
        Locale.ROOT,
        "%-6s %-6s %8s %9s %9s %9s %9s %9s %7s %12s%n",
        "nodes",
        "prims",
        "actions",
        "cold s",
        "warm s",
        "whole s",
        "us/n*p",
        "peak MiB",
        "crm s",
        "ratio");
    List<Double> curve = new ArrayList<>();
    for (GeneratedCluster size : SIZES) {
      curve.add(size(size));
    }
    curve(curve);
  }

  /** Seconds of one warm schedule. */
  private double size(GeneratedCluster size) throws IOException, InterruptedException {
    Path xml = Files.writeString(folder.resolve("cluster.xml"), size.xml());
    Cib cib = CibXml.read("cluster.xml", Files.readAllBytes(xml));
    long began = System.nanoTime();
    TransitionGraph graph = PolicySimulator.graph(cib, NOW);
    double cold = (System.nanoTime() - began) / 1e9;
    long warmUpEnd = System.nanoTime() + TimeUnit.SECONDS.toNanos(8);
    while (System.nanoTime() < warmUpEnd) {
      PolicySimulator.graph(cib, NOW);
    }
    System.gc();
    pools().forEach(MemoryPoolMXBean::resetPeakUsage);
    double warm = median(() -> PolicySimulator.graph(cib, NOW));
    long peak = pools().stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
    double whole = median(() -> whole(xml));
    double theirs =
        reference ? new Reference(folder).seconds(xml, List.of(), PATIENCE) : Double.NaN;
    out.printf(
        Locale.ROOT,
        "%-6d %-6d %8d %9.3f %9.4f %9.4f %9.3f %9d %9s %10s%n",
        size.nodes(),
        size.primitives(),
        graph.synapses().size(),
        cold,
        warm,
        whole,
        warm * 1e6 / size.nodes() / size.primitives(),
        peak / 1024 / 1024,
        Double.isNaN(theirs) ? "-" : number(theirs),
        ratio(theirs, warm));
    return warm;
  }

  private static List<MemoryPoolMXBean> pools() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .toList();
  }

  /** All that crm_simulate does, but for its start: read the file, schedule, write the graph. */
  private void whole(Path xml) {
    try {
      Cib cib = CibXml.read("cluster.xml", Files.readAllBytes(xml));
      String graph = GraphXml.write(PolicySimulator.graph(cib, NOW));
      Files.writeString(folder.resolve("graph"), graph);
    } catch (IOException exception) {
      throw new java.io.UncheckedIOException(exception);
    }
  }

  private static double median(Runnable work) {
    double[] seconds = new double[7];
    for (int i = 0; i < seconds.length; i++) {
      long began = System.nanoTime();
      work.run();
      seconds[i] = (System.nanoTime() - began) / 1e9;
    }
    Arrays.sort(seconds);
    return seconds[seconds.length / 2];
  }

  /** How the time of a schedule grows with resources times nodes. */
  private void curve(List<Double> seconds) {
    double most = seconds.stream().mapToDouble(Double::doubleValue).max().orElse(1);
    out.println();
    out.println("warm seconds of one schedule over nodes x primitives");
    for (int i = 0; i < SIZES.size(); i++) {
      GeneratedCluster size = SIZES.get(i);
      int bar = (int) Math.round(seconds.get(i) / most * 50);
      out.printf(
          Locale.ROOT,
          "%8d  %8.4f  %s%n",
          (long) size.nodes() * size.primitives(),
          seconds.get(i),
          "#".repeat(Math.max(1, bar)));
    }
  }

  private void row(String what, String value, String remark) {
    out.printf(Locale.ROOT, "%-40s %10s  %s%n", what, value, remark);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  private static String ratio(double theirs, double ours) {
    return Double.isNaN(theirs) ? "" : String.format(Locale.ROOT, "%.1f times", theirs / ours);
  }
}
