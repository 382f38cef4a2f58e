import java.io.IOException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * Puts deliberate faults into copies of the ring's sources, compiles them against the classes that
 * are built, and runs seeds of {@code simulate-ring} until one fails. A fault that survives makes
 * this fail, and so does a variant that does not. See list.txt for the faults.
 */
public final class Mutants {
  private static final String SOURCES = "core/src/main/java/org/ringward/core/";
  private static final long PATIENCE_SECONDS = 60;

  private final Path root;
  private final List<URL> classPath = new ArrayList<>();
  private final String compilePath;
  private final Path work;
  private final long seeds;

  /** One fault: for each file its text without and with it. */
  record Mutant(String name, String what, boolean harmless, List<Edit> edits) {}

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

  private Mutants(Path root, List<String> jars, long seeds, Path work)
      throws MalformedURLException {
    this.root = root;
    this.seeds = seeds;
    this.work = work;
    this.compilePath = String.join(":", jars);
    for (String jar : jars) {
      classPath.add(Path.of(jar).toUri().toURL());
    }
  }

  /** Arguments: the checkout, the class path, how many seeds at most, names of mutants (or all). */
  public static void main(String[] arguments)
      throws IOException, InterruptedException, ExecutionException {
    Path root = Path.of(arguments[0]);
    List<String> only = List.of(arguments).subList(3, arguments.length);
    Path work = Files.createTempDirectory("mutants");
    try {
      Mutants mutants =
          new Mutants(
              root, List.of(arguments[1].split(":")), Long.parseLong(arguments[2]), work);
      List<Mutant> all = read(root.resolve("tools/mutants/list.txt"));
      all.removeIf(mutant -> !only.isEmpty() && !only.contains(mutant.name));
      System.exit(mutants.run(all) ? 0 : 1);
    } finally {
      delete(work);
    }
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
    List<Edit> edits = new ArrayList<>();
    for (String part : head[2].split("(?m)^file ")) {
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
        edits);
  }

  private boolean run(List<Mutant> all) throws InterruptedException, ExecutionException {
    long began = System.nanoTime();
    int right = 0;
    // Daemon threads: one that hangs in a mutant does not keep this from ending.
    try (ExecutorService threads =
        Executors.newFixedThreadPool(
            Math.min(2, Runtime.getRuntime().availableProcessors()), Mutants::daemon)) {
      List<Future<Outcome>> outcomes =
          all.stream().map(mutant -> threads.submit(() -> tried(mutant))).toList();
      for (Future<Outcome> outcome : outcomes) {
        System.out.println(outcome.get().line());
        right += outcome.get().right() ? 1 : 0;
      }
      threads.shutdownNow();
    }
    System.out.printf(
        "%d of %d mutants and variants as they must be, in %.0f s%n",
        right, all.size(), (System.nanoTime() - began) / 1e9);
    return right == all.size() && right > 0;
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    return thread;
  }

  /** Each seed in a thread of its own, because it may never end. */
  private Outcome tried(Mutant mutant) throws Exception {
    Path classes = compile(mutant);
    List<URL> path = new ArrayList<>(List.of(classes.toUri().toURL()));
    path.addAll(classPath);
    try (URLClassLoader loader =
            new URLClassLoader(path.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        ExecutorService runner = Executors.newSingleThreadExecutor(Mutants::daemon)) {
      Method run = loader.loadClass("org.ringward.sim.SimulateRing").getMethod("failure", long.class);
      // What must hold is run everywhere else, too.
      long last = mutant.harmless ? seeds / 5 : seeds;
      for (long seed = 1; seed <= last; seed++) {
        long current = seed;
        Future<Object> result = runner.submit(() -> run.invoke(null, current));
        try {
          Object failure = result.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
          if (failure != null) {
            runner.shutdownNow();
            return new Outcome(mutant, seed, String.valueOf(failure));
          }
        } catch (TimeoutException _) {
          System.out.println(new Outcome(mutant, seed, "never ends:").line());
          Runtime.getRuntime().halt(1); // nothing can stop such a thread
        }
      }
    }
    return new Outcome(mutant, -1, "");
  }

  private Path compile(Mutant mutant) throws IOException {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Edit edit : mutant.edits) {
      String text = texts.getOrDefault(edit.file, "");
      if (text.isEmpty()) {
        text = Files.readString(root.resolve(SOURCES + edit.file));
      }
      int place = text.indexOf(edit.before);
      if (place < 0 || text.indexOf(edit.before, place + 1) >= 0) {
        throw new IllegalStateException(
            "tools/mutants/list.txt: %s: the old text is %s in %s; adapt the list to the code"
                .formatted(mutant.name, place < 0 ? "not" : "more than once", edit.file));
      }
      texts.put(
          edit.file,
          text.substring(0, place) + edit.after + text.substring(place + edit.before.length()));
    }
    Path classes = Files.createDirectories(work.resolve(mutant.name + "/classes"));
    List<String> arguments =
        new ArrayList<>(
            List.of("-proc:none", "-nowarn", "-d", classes.toString(), "-cp", compilePath));
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
