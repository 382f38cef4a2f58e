import java.io.BufferedReader;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * Puts deliberate faults into copies of the ring's sources, compiles them against the classes that
 * are built, and runs seeds of {@code simulate-ring} (or of {@code -Drun=CLASS}) until one fails or does not end. A fault that
 * survives makes this fail, and so does a variant that does not. See list.txt for the faults. Each
 * runs in a process of its own, which can be killed where a thread that never ends cannot.
 */
public final class Mutants {
  private static final String SOURCES = "core/src/main/java/org/ringward/core/";
  private static final String SEEDS = "--run-seeds";

  private static final String FIT = "--fit";

  /** The faults, and what finds them: a class with {@code failure(seed)}. */
  private static final String LIST = System.getProperty("list", "list.txt");

  private static final String RUN = System.getProperty("run", "org.ringward.sim.SimulateRing");
  private static final String FAILURE = "found:";
  private static final String END = "end";

  /** The exit code of a virtual machine with {@code ExitOnOutOfMemoryError}. */
  private static final int OUT_OF_MEMORY = 3;

  /** For one seed, on a busy machine too. */
  private static final long PATIENCE_SECONDS = 60;

  private final Path root;
  private final Path list;
  private final String classPath;
  private final Path work;
  private final long seeds;

  /**
   * One fault: for each file its text without and with it.
   *
   * @param found the seed that found it when it was looked for last, which is run first; 0 for none
   */
  record Mutant(String name, String what, boolean harmless, long found, List<Edit> edits) {
    /** The files with the fault, by their names. */
    Map<String, String> texts(Path root, Path list) throws IOException {
      Map<String, String> texts = new LinkedHashMap<>();
      for (Edit edit : edits) {
        String text = texts.getOrDefault(edit.file, "");
        if (text.isEmpty()) {
          text = Files.readString(root.resolve(SOURCES + edit.file));
        }
        int place = text.indexOf(edit.before);
        if (place < 0 || text.indexOf(edit.before, place + 1) >= 0) {
          throw new IllegalStateException(
              "%s: %s: the old text is %s in %s; adapt the list to the code"
                  .formatted(list, name, place < 0 ? "not" : "more than once", edit.file));
        }
        texts.put(
            edit.file,
            text.substring(0, place) + edit.after + text.substring(place + edit.before.length()));
      }
      return texts;
    }
  }

  record Edit(String file, String before, String after) {}

  record Outcome(Mutant mutant, long seed, String failure) {
    boolean right() {
      return mutant.harmless == (seed < 0);
    }

    String line() {
      String verdict =
          seed < 0
              ? (mutant.harmless ? "holds" : "SURVIVES")
              : (mutant.harmless ? "BREAKS at seed " : "seed ") + seed;
      int colon = failure.indexOf(':');
      String check = mutant.harmless ? failure : failure.substring(0, Math.max(0, colon));
      return "%-34s %-16s %s".formatted(mutant.name, verdict, check);
    }
  }

  private Mutants(Path root, String classPath, long seeds, Path work) {
    this.root = root;
    this.list = root.resolve("tools/mutants").resolve(LIST);
    this.seeds = seeds;
    this.work = work;
    this.classPath = classPath;
  }

  /**
   * Arguments: the checkout, the class path, how many seeds at most, names of mutants (or all). In
   * the process of one mutant: {@link #SEEDS}, the last seed, and the one to begin with or 0. With
   * {@link #FIT} and the checkout: only whether all lists fit the code.
   */
  public static void main(String[] arguments) throws Exception {
    if (arguments[0].equals(SEEDS)) {
      runSeeds(Long.parseLong(arguments[1]), Long.parseLong(arguments[2]));
      return;
    }
    if (arguments[0].equals(FIT)) {
      System.exit(fit(Path.of(arguments[1])) ? 0 : 1);
    }
    Path root = Path.of(arguments[0]);
    List<String> only = List.of(arguments).subList(3, arguments.length);
    Path work = Files.createTempDirectory("mutants");
    try {
      Mutants mutants = new Mutants(root, arguments[1], Long.parseLong(arguments[2]), work);
      List<Mutant> all = read(mutants.list);
      all.removeIf(mutant -> !only.isEmpty() && !only.contains(mutant.name));
      System.exit(mutants.run(all) ? 0 : 1);
    } finally {
      delete(work);
    }
  }

  private static boolean fit(Path root) throws IOException {
    int fit = 0;
    int all = 0;
    try (DirectoryStream<Path> lists =
        Files.newDirectoryStream(root.resolve("tools/mutants"), "*.txt")) {
      for (Path list : lists) {
        for (Mutant mutant : read(list)) {
          all++;
          try {
            mutant.texts(root, list);
            fit++;
          } catch (IllegalStateException e) {
            System.out.println(e.getMessage());
          }
        }
      }
    }
    System.out.printf("mutants: %d of %d fit the code%n", fit, all);
    return fit == all && all > 0;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static List<Mutant> read(Path list) throws IOException {
    List<Mutant> mutants = new ArrayList<>();
    for (String block : Files.readString(list).split("\n(?=(mutant|variant) )")) {
      if (block.startsWith("mutant ") || block.startsWith("variant ")) {
        mutants.add(parse(block));
      }
    }
    return mutants;
  }

  private static Mutant parse(String block) {
    String[] head = block.split("\n", 3);
    String rest = head[2];
    long found = 0;
    if (rest.startsWith("seed ")) {
      found = Long.parseLong(rest.substring("seed ".length(), rest.indexOf('\n')).strip());
      rest = rest.substring(rest.indexOf('\n') + 1);
    }
    List<Edit> edits = new ArrayList<>();
    for (String part : rest.split("(?m)^file ")) {
      if (part.isBlank()) {
        continue;
      }
      String[] fileAndText = part.split("\n", 2);
      String[] texts = fileAndText[1].split("(?m)^=>\n", 2);
      edits.add(
          new Edit(fileAndText[0].strip(), texts[0].stripTrailing(), texts[1].stripTrailing()));
    }
    return new Mutant(
        head[0].substring(head[0].indexOf(' ') + 1),
        head[1].replaceFirst("what ", ""),
        head[0].startsWith("variant "),
        found,
        edits);
  }

  private boolean run(List<Mutant> all)
      throws IOException, InterruptedException, ExecutionException {
    for (Mutant mutant : all) {
      mutant.texts(root, list); // before an hour's work, not after it
    }
    long began = System.nanoTime();
    int right = 0;
    try (ExecutorService threads =
        Executors.newFixedThreadPool(Math.min(2, Runtime.getRuntime().availableProcessors()))) {
      List<Future<Outcome>> outcomes =
          all.stream().map(mutant -> threads.submit(() -> tried(mutant))).toList();
      for (Future<Outcome> outcome : outcomes) {
        System.out.println(outcome.get().line());
        right += outcome.get().right() ? 1 : 0;
      }
    }
    System.out.printf(
        "%d of %d mutants and variants as they must be, in %.0f s%n",
        right, all.size(), (System.nanoTime() - began) / 1e9);
    return right == all.size() && right > 0;
  }

  /** Runs seeds until one fails; says which is run, and what it found. */
  private static void runSeeds(long last, long first) throws Exception {
    Method run = Class.forName(RUN).getMethod("failure", long.class);
    for (long each = first == 0 ? 1 : 0; each <= last; each++) {
      long seed = each == 0 ? first : each;
      System.out.println(seed);
      Object failure = run.invoke(null, seed);
      if (failure != null) {
        System.out.println(FAILURE + String.valueOf(failure).replace('\n', ' '));
        return;
      }
    }
    System.out.println(FAILURE);
  }

  private Outcome tried(Mutant mutant) throws Exception {
    // What must hold is run everywhere else, too.
    long last = mutant.harmless ? seeds / 5 : seeds;
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx900m",
                "-XX:+ExitOnOutOfMemoryError",
                "-Drun=" + RUN,
                "-cp",
                compile(mutant) + ":" + classPath,
                root.resolve("tools/mutants/Mutants.java").toString(),
                SEEDS,
                Long.toString(last),
                Long.toString(mutant.found))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    Thread reader = new Thread(() -> read(process, lines));
    reader.start();
    try {
      return outcome(mutant, lines, process);
    } finally {
      process.destroyForcibly().waitFor();
      reader.join();
    }
  }

  private static void read(Process process, BlockingQueue<String> lines) {
    try (BufferedReader output = process.inputReader()) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        lines.add(line);
      }
    } catch (IOException _) {
      // It was killed: its outcome is known.
    }
    lines.add(END);
  }

  private static Outcome outcome(Mutant mutant, BlockingQueue<String> lines, Process process)
      throws InterruptedException {
    long seed = 0;
    while (true) {
      String line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (line == null) {
        return new Outcome(mutant, seed, "does not end:");
      }
      if (line.equals(END)) {
        if (process.waitFor() != OUT_OF_MEMORY) {
          throw new IllegalStateException(mutant.name + ": its process ended at seed " + seed);
        }
        return new Outcome(mutant, seed, "takes more and more memory:");
      }
      if (line.equals(FAILURE)) {
        return new Outcome(mutant, -1, "");
      }
      if (line.startsWith(FAILURE)) {
        return new Outcome(mutant, seed, line.substring(FAILURE.length()));
      }
      seed = Long.parseLong(line);
    }
  }

  private Path compile(Mutant mutant) throws IOException {
    Map<String, String> texts = mutant.texts(root, list);
    Path classes = Files.createDirectories(work.resolve(mutant.name + "/classes"));
    List<String> arguments =
        new ArrayList<>(
            List.of("-proc:none", "-nowarn", "-d", classes.toString(), "-cp", classPath));
    for (Map.Entry<String, String> entry : texts.entrySet()) {
      Path source = work.resolve(mutant.name).resolve(entry.getKey());
      Files.createDirectories(source.getParent());
      Files.writeString(source, entry.getValue());
      arguments.add(source.toString());
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    var errors = new java.io.ByteArrayOutputStream();
    if (compiler.run(null, errors, errors, arguments.toArray(String[]::new)) != 0) {
      throw new IllegalStateException(mutant.name + " does not compile:\n" + errors);
    }
    return classes;
  }
}
