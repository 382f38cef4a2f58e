package org.ringward.interop.cluster;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a member said last about where it is.
 *
 * @param ring its id as text, "none" before the first
 */
record View(String ring, Set<Integer> nodes, Set<Integer> group) {
  static final View NONE = new View("none", Set.of(), Set.of());

  /** From the words after "view" in a line of news. */
  static View of(String[] words) {
    return new View(words[1], numbers(words[2]), numbers(words[3]));
  }

  private static Set<Integer> numbers(String list) {
    Set<Integer> found = new TreeSet<>();
    if (!list.equals("-")) {
      Arrays.stream(list.split(",", -1)).map(Integer::valueOf).forEach(found::add);
    }
    return found;
  }

  @Override
  public String toString() {
    return "ring " + ring + " of " + nodes + " with group " + group;
  }
}
