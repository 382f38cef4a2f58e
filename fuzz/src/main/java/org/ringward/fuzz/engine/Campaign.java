package org.ringward.fuzz.engine;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Throws inputs at one target for as long as it is told to, and keeps those that reach more. */
public final class Campaign {
  /** A larger corpus forgets; the seeds stay. */
  private static final int CORPUS_MAX = 4_000;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Target target;
  private final Watch watch;
  private final SplittableRandom random;
  private final Mutator mutator;
  private final Coverage coverage;
  private final List<byte[]> corpus = new ArrayList<>();
  private final List<byte[]> episode = new ArrayList<>();
  private final Map<String, Finding> findings = new TreeMap<>();
  private final Map<String, Integer> repeats = new TreeMap<>();
  private long frames;
  private long nanos;
  private int kept;
  private int seeds;

  public Campaign(Target target, long seed, Watch watch) {
    this.target = target;
    this.watch = watch;
    this.random = new SplittableRandom(seed ^ target.name().hashCode());
    this.mutator = new Mutator(random, target.lengthMax());
    this.coverage = new Coverage(target.subjects());
  }

  /** Gives the target its seeds as they are and then so many hostile frames. */
  public void run(long framesMax) {
    List<byte[]> valid = target.seeds();
    seeds = valid.size();
    corpus.addAll(valid);
    long began = System.nanoTime();
    attack(valid, Long.MAX_VALUE);
    coverage.grew();
    while (frames < framesMax) {
      attack(List.of(), framesMax);
    }
    nanos = System.nanoTime() - began;
    watch.rest();
  }

  /** One episode: inputs that are given, or else made. */
  private void attack(List<byte[]> given, long framesMax) {
    episode.clear();
    int inputs = given.isEmpty() ? target.episode() : given.size();
    try {
      target.begin();
      for (int i = 0; i < inputs && frames < framesMax; i++) {
        byte[] input = given.isEmpty() ? mutator.next(corpus) : given.get(i);
        episode.add(input);
        watch.begins(target, episode);
        give(input, given.isEmpty());
        if (given.isEmpty() && coverage.grew()) {
          keep(input);
        }
      }
      target.end();
    } catch (Throwable thrown) {
      found(thrown);
    }
  }

  private void give(byte[] input, boolean measured) {
    long before = measured ? THREADS.getCurrentThreadAllocatedBytes() : 0;
    int given = target.input(input);
    frames += given;
    if (measured && given > 0) {
      long taken = THREADS.getCurrentThreadAllocatedBytes() - before;
      Violation.unless(taken <= target.allocationMax(input.length), "takes too much memory");
    }
  }

  private void keep(byte[] input) {
    kept++;
    if (corpus.size() < CORPUS_MAX) {
      corpus.add(input);
    } else {
      corpus.set(seeds + random.nextInt(CORPUS_MAX - seeds), input);
    }
  }

  private void found(Throwable thrown) {
    watch.rest();
    String signature = Finding.signature(thrown);
    repeats.merge(signature, 1, Integer::sum);
    if (!findings.containsKey(signature)) {
      List<byte[]> least = new Shrinker(target, signature).shrink(List.copyOf(episode));
      findings.put(signature, new Finding(target.name(), signature, thrown, least));
    }
  }

  public List<Finding> findings() {
    return List.copyOf(findings.values());
  }

  /** How often something like this was found. */
  public int repeats(Finding finding) {
    return repeats.getOrDefault(finding.signature(), 0);
  }

  /** Frames that were given to the target. */
  public long frames() {
    return frames;
  }

  /** A line of the table. */
  public String row(InstrumentingLoader loader) {
    InstrumentingLoader.Share branches = loader.branches(coverage);
    return "%-22s %10d %9d %8s %7d %7d  %d"
        .formatted(
            target.name(),
            frames,
            Math.round(frames * 1e9 / Math.max(1, nanos)),
            branches.percent(),
            branches.all(),
            kept,
            findings.size());
  }

  /** The table's head. */
  public static String head() {
    return "%-22s %10s %9s %8s %7s %7s  %s"
        .formatted("target", "frames", "frames/s", "branches", "of", "kept", "findings");
  }
}
