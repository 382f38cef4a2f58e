package org.ringward.interop.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ringward.interop.cluster.MixedRing;
import org.ringward.interop.cluster.Shape;
import org.ringward.interop.journal.Agreement;
import org.ringward.interop.lab.Lab;
import org.ringward.interop.lab.LabException;

/** One ring and the steps it goes through, a line on standard output for each. */
final class Story {
  private static final long FORM_SECONDS = 60;
  private static final long QUIET_SECONDS = 20;

  private final Shape shape;
  private final List<Step> steps;
  private final Path directory;
  private final List<MixedRing> rings = new ArrayList<>();
  private int passed;
  private int failed;

  /**
   * @param directory for the files of the ring; they stay when a step fails
   */
  Story(Shape shape, List<Step> steps, Path directory) {
    this.shape = shape;
    this.steps = List.copyOf(steps);
    this.directory = directory;
  }

  int passed() {
    return passed;
  }

  int failed() {
    return failed;
  }

  /** Forms the ring and goes through the steps up to the first that fails. */
  void tell() {
    try {
      if (Files.exists(directory)) {
        Lab.remove(directory);
      }
      Files.createDirectories(directory);
      try (Cleanup cleanup = new Cleanup()) {
        tell(cleanup);
      }
      if (failed == 0) {
        Lab.remove(directory);
      }
    } catch (IOException e) {
      throw new LabException("cannot use " + directory + ": " + e.getMessage(), e);
    }
  }

  private void tell(Cleanup cleanup) {
    boolean formed =
        step(
            "form",
            () -> {
              MixedRing ring = new MixedRing(shape, directory);
              cleanup.add(ring);
              rings.add(ring);
              ring.nodes().forEach(org.ringward.interop.cluster.Node::start);
              ring.awaitWhole(FORM_SECONDS);
              ring.awaitShown(FORM_SECONDS);
              return "";
            });
    for (int i = 0; formed && i < steps.size(); i++) {
      Step step = steps.get(i);
      formed = step(step.title(), () -> run(step, rings.getFirst()));
    }
  }

  private static String run(Step step, MixedRing ring) {
    step.run(ring);
    ring.awaitSent(QUIET_SECONDS);
    ring.awaitWhole(FORM_SECONDS);
    Agreement.Verdict verdict = ring.settle(QUIET_SECONDS);
    if (!verdict.findings().isEmpty()) {
      throw new LabException("the members disagree:\n  " + String.join("\n  ", verdict.findings()));
    }
    String forgiven =
        verdict.forgiven() == 0
            ? ""
            : ", %d of corosync's own losses".formatted(verdict.forgiven());
    return verdict.messages() + " deliveries compared" + forgiven;
  }

  private interface Work {
    String run();
  }

  private boolean step(String title, Work work) {
    long began = System.nanoTime();
    String remark;
    boolean ok = true;
    try {
      remark = work.run();
      passed++;
    } catch (LabException e) {
      remark = e.getMessage() + "\n  files: " + directory;
      failed++;
      ok = false;
      rings.forEach(MixedRing::explain);
    }
    System.out.printf(
        "%-6s %6.1f s  %s: %s%s%n",
        ok ? "ok" : "FAILED",
        (System.nanoTime() - began) / 1e9,
        shape.name(),
        title,
        remark.isEmpty() ? "" : " (" + remark + ")");
    return ok;
  }

  /** Closes what was made, also when the program is interrupted. */
  private static final class Cleanup implements AutoCloseable {
    private final List<MixedRing> rings = new ArrayList<>();
    private final Thread hook = new Thread(this::closeAll);

    Cleanup() {
      Runtime.getRuntime().addShutdownHook(hook);
    }

    void add(MixedRing ring) {
      rings.add(ring);
    }

    private void closeAll() {
      rings.forEach(MixedRing::close);
    }

    @Override
    public void close() {
      closeAll();
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException _) {
        // The program is ending.
      }
    }
  }
}
