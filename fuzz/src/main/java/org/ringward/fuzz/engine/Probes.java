package org.ringward.fuzz.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * Which branches were taken: an array for each instrumented class, set to true by its code. Of one
 * thread.
 */
public final class Probes {
  private static final List<Probes> ALL = new ArrayList<>();

  private final long id;
  private final String name;
  private final boolean[] taken;

  private Probes(long id, String name, int count) {
    this.id = id;
    this.name = name;
    this.taken = new boolean[count];
  }

  /** Called by instrumented code, once for each class. */
  public static boolean[] of(long id, String name, int count) {
    for (Probes each : ALL) {
      if (each.id == id && each.name.equals(name)) {
        return each.taken;
      }
    }
    Probes made = new Probes(id, name, count);
    ALL.add(made);
    return made.taken;
  }

  static List<Probes> all() {
    return ALL;
  }

  long id() {
    return id;
  }

  /** The class, with slashes. */
  String name() {
    return name;
  }

  boolean[] taken() {
    return taken;
  }
}
