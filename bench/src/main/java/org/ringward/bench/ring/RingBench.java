package org.ringward.bench.ring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ringward.interop.lab.Lab;
import org.ringward.interop.lab.LabException;

/** Entry of bench/ring. */
public final class RingBench {
  private final Options options;
  private final Results results = new Results();

  private RingBench(Options options) {
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
      RingBench bench = new RingBench(Options.parse(arguments));
      try {
        bench.run();
      } finally {
        System.out.print(bench.results.tables());
      }
    } catch (IllegalArgumentException e) {
      System.err.println("bench/ring: " + e.getMessage() + "\n\n" + Options.HELP);
      code = 64;
    } catch (LabException e) {
      System.err.println("bench/ring: " + e.getMessage());
      code = 1;
    }
    System.exit(code);
  }

  private void run() throws IOException {
    for (int nodes : options.nodes()) {
      for (boolean aes : options.aes()) {
        for (int round = 0; round < options.rounds(); round++) {
          run(nodes, aes);
        }
      }
    }
  }

  private void run(int nodes, boolean aes) throws IOException {
    Path directory = Files.createTempDirectory("ringward-bench");
    boolean done = false;
    try (Lab lab = new Lab(directory, nodes, 1)) {
      for (Side side : options.sides()) {
        try (Stand stand = new Stand(lab, side, aes, options)) {
          measure(stand, side, nodes, aes);
        }
      }
      done = true;
    } finally {
      if (done) {
        Lab.remove(directory);
      }
    }
  }

  private void measure(Stand stand, Side side, int nodes, boolean aes) {
    if (options.what().contains("start")) {
      note(new Measure("start", nodes, aes, 0, false, 0), side, stand.idle());
    }
    stand.warmUp();
    if (options.what().contains("idle")) {
      note(new Measure("idle", nodes, aes, 0, false, 0), side, stand.idle());
    }
    if (options.what().contains("flood")) {
      for (int size : options.sizes()) {
        for (boolean all : options.all()) {
          Measure measure = new Measure("flood", nodes, aes, size, all, 0);
          note(measure, side, stand.flood(size, all));
        }
      }
    }
    if (options.what().contains("latency")) {
      for (int rate : options.rates()) {
        note(new Measure("latency", nodes, aes, 64, false, rate), side, stand.latency(rate));
      }
    }
    if (options.what().contains("detection")) {
      detection(stand, side, nodes, aes);
    }
  }

  private void detection(Stand stand, Side side, int nodes, boolean aes) {
    for (Fault fault : options.faults()) {
      for (int time = 0; time < options.repetitions(); time++) {
        note(new Measure(fault.word(), nodes, aes, 0, false, 0), side, stand.detection(fault));
      }
    }
  }

  private void note(Measure measure, Side side, Outcome outcome) {
    results.add(measure, side, outcome);
    if (options.verbose() || outcome.changes() > 0) {
      System.err.println(Results.line(measure, side, outcome));
    }
  }
}
