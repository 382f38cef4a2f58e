package org.ringward.core.cib;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Finds a circle among names of which some lead to others. */
final class Circle {
  private Circle() {}

  /**
   * One circle, its first name again at the end; empty when there is none.
   *
   * @param next each name with those it leads to, and why
   */
  static List<String> in(Map<String, Map<String, String>> next) {
    // Takes away what leads nowhere until nothing changes; from what is left every way circles.
    TreeSet<String> left = new TreeSet<>(next.keySet());
    while (left.removeIf(each -> follows(next, each).noneMatch(left::contains))) {
      // Each round may free others.
    }
    if (left.isEmpty()) {
      return List.of();
    }
    List<String> way = new ArrayList<>();
    String each = left.first();
    while (!way.contains(each)) {
      way.add(each);
      each = follows(next, each).filter(left::contains).findFirst().orElseThrow();
    }
    List<String> circle = new ArrayList<>(way.subList(way.indexOf(each), way.size()));
    circle.add(each);
    return circle;
  }

  private static Stream<String> follows(Map<String, Map<String, String>> next, String each) {
    return next.getOrDefault(each, Map.of()).keySet().stream();
  }
}
