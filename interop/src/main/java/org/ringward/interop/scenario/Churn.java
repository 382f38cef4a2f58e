package org.ringward.interop.scenario;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.ringward.interop.cluster.Shape;

/** Rings and faults at random, one ring after the other, for as long as is wanted. */
final class Churn {
  private static final int STEPS_PER_RING = 15;

  private final Path directory;
  private final SplittableRandom random;

  /**
   * @param directory for the files of the rings
   * @param seed the same seed gives the same rings and steps, but not the same timing
   */
  Churn(Path directory, long seed) {
    this.directory = directory;
    this.random = new SplittableRandom(seed);
  }

  /** Returns how many steps failed. */
  int run(long minutes) {
    long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(minutes);
    List<Shape> shapes = Catalogue.shapes().stream().filter(each -> each.token() != 0).toList();
    int passed = 0;
    int failed = 0;
    for (int ring = 1; System.nanoTime() < until; ring++) {
      Shape shape = shapes.get(random.nextInt(shapes.size()));
      Story story = new Story(shape, steps(shape), directory.resolve("churn-" + ring));
      story.tell();
      passed += story.passed();
      failed += story.failed();
    }
    System.out.printf("churn: %d passed, %d failed%n", passed, failed);
    return failed;
  }

  private List<Step> steps(Shape shape) {
    List<Step> all =
        Arrays.stream(Step.values())
            .filter(step -> step != Step.MESSAGES && step != Step.PACEMAKER && step.suits(shape))
            .toList();
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < STEPS_PER_RING; i++) {
      steps.add(all.get(random.nextInt(all.size())));
    }
    return steps;
  }
}
