package org.ringward.fuzz.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What of the classes that one target tests has been reached since the campaign on it began. An
 * input is worth keeping when it reaches something new.
 */
final class Coverage {
  private final List<String> subjects;
  private final List<Probes> watched = new ArrayList<>();
  private final List<boolean[]> seen = new ArrayList<>();
  private int classesKnown;

  Coverage(List<String> subjects) {
    this.subjects = subjects.stream().map(each -> each.replace('.', '/')).toList();
    for (Probes each : Probes.all()) {
      Arrays.fill(each.taken(), false);
    }
  }

  /** Whether something was reached that had not been when this was asked last. */
  boolean grew() {
    findClasses();
    boolean grew = false;
    for (int i = 0; i < watched.size(); i++) {
      boolean[] taken = watched.get(i).taken();
      boolean[] before = seen.get(i);
      if (!Arrays.equals(taken, before)) {
        System.arraycopy(taken, 0, before, 0, taken.length);
        grew = true;
      }
    }
    return grew;
  }

  /** Classes come when they are used first. */
  private void findClasses() {
    List<Probes> all = Probes.all();
    for (; classesKnown < all.size(); classesKnown++) {
      Probes each = all.get(classesKnown);
      if (isSubject(each.name())) {
        watched.add(each);
        seen.add(new boolean[each.taken().length]);
      }
    }
  }

  boolean isSubject(String name) {
    return subjects.stream().anyMatch(name::startsWith);
  }

  List<Probes> watched() {
    return watched;
  }
}
