package org.ringward.interop.scenario;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ringward.interop.cluster.Shape;
import org.ringward.interop.lab.Programs;
import org.ringward.interop.votes.VoteRunner;
import org.ringward.interop.witness.Outcome;
import org.ringward.interop.witness.QnetdStory;
import org.ringward.interop.witness.WitnessStory;

/**
 * Runs scenarios by name: RING, or RING/STEP; all when none is named.
 *
 * <pre>interop [--list] [--only NAME] | churn --minutes N [SEED] | votes [STORY] | witness | qnetd
 * </pre>
 */
public final class Runner {
  private static final int USAGE = 64;

  private final Path root;

  public Runner(Path root) {
    this.root = root;
  }

  /** Obeys the arguments; returns the exit code. */
  public int run(String[] arguments) {
    List<String> words = List.of(arguments);
    if (words.equals(List.of("--list"))) {
      list();
      return 0;
    }
    if (words.isEmpty()) {
      return runAll("");
    }
    if (words.size() == 2 && words.getFirst().equals("--only")) {
      return runAll(words.getLast());
    }
    if (words.size() >= 3 && words.get(0).equals("churn") && words.get(1).equals("--minutes")) {
      return churn(words);
    }
    if (words.size() <= 2 && words.getFirst().equals("votes")) {
      return votes(words.size() == 2 ? words.get(1) : "");
    }
    if (words.equals(List.of("witness"))) {
      return witness();
    }
    if (words.getFirst().equals("qnetd")) {
      return qnetd(words.subList(1, words.size()));
    }
    System.out.println("usage: tools/interop [--list] [--only RING or RING/STEP]");
    System.out.println("       tools/interop churn --minutes N [SEED]");
    System.out.println("       tools/interop votes [STORY]");
    System.out.println("       tools/interop witness");
    System.out.println("       tools/interop qnetd [two] [three] [four] [mixed]");
    return USAGE;
  }

  private int witness() {
    Optional<String> missing = missing();
    if (missing.isPresent()) {
      System.out.println("skipped: " + missing.get());
      return 0;
    }
    try (WitnessStory story = witnessStory()) {
      story.tell();
      System.out.printf("interop: %d passed, %d failed%n", story.passed(), story.failed());
      return story.failed() == 0 ? 0 : 1;
    }
  }

  private WitnessStory witnessStory() {
    return new WitnessStory(root, root.resolve("target/interop/witness"));
  }

  private int qnetd(List<String> only) {
    Optional<String> missing = missing().or(QnetdStory::missing);
    if (missing.isPresent()) {
      System.out.println("skipped: " + missing.get());
      return 0;
    }
    Outcome outcome = QnetdStory.tellAll(root, root.resolve("target/interop/qnetd"), only);
    System.out.printf("interop: %d passed, %d failed%n", outcome.passed(), outcome.failed());
    return outcome.failed() == 0 ? 0 : 1;
  }

  private int votes(String only) {
    Optional<String> missing = missing();
    if (missing.isPresent()) {
      System.out.println("skipped: " + missing.get());
      return 0;
    }
    return VoteRunner.run(root, only);
  }

  private int churn(List<String> words) {
    Optional<String> missing = missing();
    if (missing.isPresent()) {
      System.out.println("skipped: " + missing.get());
      return 0;
    }
    try {
      long minutes = Long.parseLong(words.get(2));
      long seed = words.size() > 3 ? Long.parseLong(words.get(3)) : 1;
      return new Churn(root.resolve("target/interop"), seed).run(minutes) == 0 ? 0 : 1;
    } catch (NumberFormatException e) {
      System.out.println("not a number: " + e.getMessage());
      return USAGE;
    }
  }

  private static void list() {
    for (Shape shape : Catalogue.shapes()) {
      Catalogue.steps(shape).forEach(step -> System.out.println(shape.name() + "/" + step.word()));
    }
  }

  private static List<Shape> named() {
    return Stream.concat(Catalogue.shapes().stream(), Catalogue.controls().stream()).toList();
  }

  private int runAll(String only) {
    Optional<String> missing = missing();
    if (missing.isPresent()) {
      System.out.println("skipped: " + missing.get());
      return 0;
    }
    int passed = 0;
    int failed = 0;
    for (Shape shape : only.isEmpty() ? Catalogue.shapes() : named()) {
      List<Step> steps =
          only.isEmpty()
              ? Catalogue.steps(shape)
              : Arrays.stream(Step.values())
                  .filter(step -> step.suits(shape))
                  .filter(step -> (shape.name() + "/" + step.word() + "/").startsWith(only))
                  .toList();
      if (only.isEmpty() || !steps.isEmpty()) {
        Story story = new Story(shape, steps, root.resolve("target/interop/" + shape.name()));
        story.tell();
        passed += story.passed();
        failed += story.failed();
      }
    }
    if (only.isEmpty()) {
      try (WitnessStory story = witnessStory()) {
        story.tell();
        passed += story.passed();
        failed += story.failed();
      }
      Optional<String> without = QnetdStory.missing();
      if (without.isPresent()) {
        System.out.println("skipped: " + without.get());
      } else {
        Outcome outcome = QnetdStory.tellAll(root, root.resolve("target/interop/qnetd"), List.of());
        passed += outcome.passed();
        failed += outcome.failed();
      }
    }
    System.out.printf("interop: %d passed, %d failed%n", passed, failed);
    return failed == 0 && passed > 0 ? 0 : 1;
  }

  /** What keeps the laboratory from being built. */
  private static Optional<String> missing() {
    for (String program :
        List.of("/usr/sbin/corosync", "/usr/sbin/pacemakerd", "/usr/sbin/nft", "/sbin/ip")) {
      if (!Programs.exists(program)) {
        return Optional.of(program + " is not installed");
      }
    }
    List<String> namespaces =
        List.of("unshare", "-n", "-m", "-u", "-i", "-p", "--fork", "--mount-proc", "true");
    return Programs.run(namespaces, 5).ok()
        ? Optional.empty()
        : Optional.of("this user may not make namespaces");
  }
}
