package org.ringward.fuzz;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.ringward.fuzz.engine.Campaign;
import org.ringward.fuzz.engine.Captures;
import org.ringward.fuzz.engine.Finding;
import org.ringward.fuzz.engine.InstrumentingLoader;
import org.ringward.fuzz.engine.Reproducer;
import org.ringward.fuzz.engine.Target;
import org.ringward.fuzz.engine.Watch;

/**
 * Entry of tools/fuzz/run: attacks all targets with so many frames in all, prints a table and
 * writes a reproducer for each finding; or runs reproducers again.
 */
public final class Main {
  private static final String USAGE =
      "usage: tools/fuzz/run [--frames N] [--seed S] [--only TARGET] [--again FILE]";

  private final PrintStream out = System.out;
  private final Path root = Path.of(System.getProperty("ringward.root", "."));
  private final InstrumentingLoader loader = new InstrumentingLoader(Main.class.getClassLoader());
  private long frames = 10_000_000;
  private long seed = 1;
  private String only = "";
  private String again = "";

  private Main() {}

  /** Exit code 1 for findings, 64 for arguments that are not understood. */
  public static void main(String[] arguments) throws Exception {
    Main main = new Main();
    if (!main.understands(arguments)) {
      System.err.println(USAGE);
      System.exit(64);
    }
    System.exit(main.again.isEmpty() ? main.attack() : main.runAgain());
  }

  private boolean understands(String[] arguments) {
    try {
      for (int i = 0; i < arguments.length; i += 2) {
        String value = i + 1 < arguments.length ? arguments[i + 1] : "";
        switch (arguments[i]) {
          case "--frames" -> frames = Long.parseLong(value);
          case "--seed" -> seed = Long.parseLong(value);
          case "--only" -> only = value;
          case "--again" -> again = value;
          default -> {
            return false;
          }
        }
      }
      return frames > 0;
    } catch (NumberFormatException noNumber) {
      return false;
    }
  }

  /** The targets, with their classes and those they test instrumented. */
  @SuppressWarnings("unchecked") // the class is ours, only loaded by another loader
  private List<Target> targets() throws ReflectiveOperationException {
    Captures captures = new Captures(root.resolve("core/src/test/resources/captures"));
    Class<?> targets = loader.loadClass("org.ringward.fuzz.target.Targets");
    Supplier<List<Target>> made =
        (Supplier<List<Target>>) targets.getConstructor(Captures.class).newInstance(captures);
    return made.get();
  }

  private int attack() throws Exception {
    List<Target> chosen = targets().stream().filter(each -> each.name().contains(only)).toList();
    if (chosen.isEmpty()) {
      System.err.println("no target has a name with " + only);
      return 64;
    }
    long weights = chosen.stream().mapToLong(Target::weight).sum();
    Watch watch = new Watch(this::hung);
    long began = System.nanoTime();
    long done = 0;
    int found = 0;
    out.println(Campaign.head());
    for (Target target : chosen) {
      Campaign campaign = new Campaign(target, seed, watch);
      campaign.run(Math.max(1, (frames * target.weight() + weights - 1) / weights));
      out.println(campaign.row(loader));
      done += campaign.frames();
      for (Finding each : campaign.findings()) {
        found++;
        tell(each, campaign.repeats(each));
      }
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    out.printf(
        "fuzz: %d frames, seed %d, in %.1f s (%d frames/s): %d findings%n",
        done, seed, seconds, Math.round(done / seconds), found);
    return found == 0 ? 0 : 1;
  }

  private void tell(Finding finding, int times) throws IOException {
    Path file = root.resolve("target/fuzz").resolve(fileName(finding));
    String what = finding.thrown() + "\n" + finding.signature();
    new Reproducer(finding.target(), finding.inputs()).write(file, what);
    out.printf(
        "FAILED %s: %s (%d times), %d inputs in %s%n",
        finding.target(), finding.thrown(), times, finding.inputs().size(), file);
    out.println("       " + finding.signature());
  }

  private static String fileName(Finding finding) {
    return finding.target() + "-" + Integer.toHexString(finding.signature().hashCode()) + ".txt";
  }

  private void hung(Finding finding) {
    try {
      tell(finding, 1);
    } catch (IOException unwritable) {
      out.println(unwritable);
    }
    Runtime.getRuntime().halt(1);
  }

  /** Runs a reproducer, or all in a folder, again. */
  private int runAgain() throws Exception {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> found = Files.walk(Path.of(again))) {
      found.filter(Files::isRegularFile).sorted().forEach(files::add);
    }
    int failed = 0;
    for (Path file : files) {
      Reproducer reproducer = Reproducer.read(file);
      Target target =
          targets().stream()
              .filter(each -> each.name().equals(reproducer.target()))
              .findFirst()
              .orElseThrow();
      try {
        reproducer.run(target);
        out.println("ok     " + file);
      } catch (Throwable thrown) {
        failed++;
        out.println("FAILED " + file);
        thrown.printStackTrace(out);
      }
    }
    return failed == 0 ? 0 : 1;
  }
}
