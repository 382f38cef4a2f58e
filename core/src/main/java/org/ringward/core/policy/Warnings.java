package org.ringward.core.policy;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/** What the schedule leaves aside, each said once, in the order it was found. */
final class Warnings {
  private final SequencedSet<String> texts = new LinkedHashSet<>();

  void add(String text) {
    texts.add(text);
  }

  List<String> list() {
    return List.copyOf(texts);
  }
}
