package org.ringward.fuzz.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Makes a reproducer smaller while it still shows the same finding. */
final class Shrinker {
  private static final int RUNS_MAX = 1_000;
  private static final long NANOS_MAX = 20_000_000_000L;

  private final Target target;
  private final String signature;
  private final long began = System.nanoTime();
  private int runs;

  Shrinker(Target target, String signature) {
    this.target = target;
    this.signature = signature;
  }

  /** Fewer inputs, then shorter ones. */
  List<byte[]> shrink(List<byte[]> inputs) {
    List<byte[]> least = fewer(inputs);
    for (int i = 0; i < least.size(); i++) {
      int cut = least.get(i).length;
      while (cut > 0) {
        int length = least.get(i).length - cut;
        List<byte[]> shorter = new ArrayList<>(least);
        shorter.set(i, Arrays.copyOf(least.get(i), Math.max(0, length)));
        if (length >= 0 && shows(shorter)) {
          least = shorter;
        } else {
          cut /= 2;
        }
      }
    }
    return least;
  }

  private List<byte[]> fewer(List<byte[]> inputs) {
    List<byte[]> least = inputs;
    for (int part = Math.max(1, inputs.size() / 2); part > 0; part /= 2) {
      int at = 0;
      while (at < least.size()) {
        List<byte[]> without = new ArrayList<>(least.subList(0, at));
        without.addAll(least.subList(Math.min(least.size(), at + part), least.size()));
        if (shows(without)) {
          least = without;
        } else {
          at += part;
        }
      }
    }
    return least;
  }

  private boolean shows(List<byte[]> inputs) {
    if (++runs > RUNS_MAX || System.nanoTime() - began > NANOS_MAX) {
      return false;
    }
    try {
      new Reproducer(target.name(), inputs).run(target);
      return false;
    } catch (Throwable thrown) {
      return signature.equals(Finding.signature(thrown));
    }
  }
}
