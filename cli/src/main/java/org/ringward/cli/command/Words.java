package org.ringward.cli.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;

/** Words behind a command that are no options: NAME=VALUE pairs, and words that begin a part. */
final class Words {
  private final List<String> words;
  private int place;

  Words(List<String> words) {
    this.words = List.copyOf(words);
    for (String each : words) {
      if (each.startsWith("--")) {
        throw new OperatorException(
            ExitCode.USAGE,
            "'%s' is not understood here; --help shows the options.".formatted(each));
      }
    }
  }

  boolean hasNext() {
    return place < words.size();
  }

  /** The next word, null at the end. */
  @Nullable String peek() {
    return hasNext() ? words.get(place) : null;
  }

  /** Takes the next word, which is missed when there is none. */
  String next(String what) {
    if (!hasNext()) {
      throw new OperatorException(ExitCode.USAGE, what + " is missing at the end.");
    }
    return words.get(place++);
  }

  /** Takes the next word if it is this one. */
  boolean took(String word) {
    boolean is = word.equals(peek());
    place += is ? 1 : 0;
    return is;
  }

  /** Takes pairs up to the first word that is none. */
  Map<String, String> pairs() {
    Map<String, String> pairs = new LinkedHashMap<>();
    while (hasNext() && words.get(place).indexOf('=') > 0) {
      String word = words.get(place++);
      int equals = word.indexOf('=');
      pairs.put(word.substring(0, equals), word.substring(equals + 1));
    }
    return pairs;
  }

  /** All that is left, which must be pairs. */
  Map<String, String> onlyPairs() {
    Map<String, String> pairs = pairs();
    if (hasNext()) {
      throw new OperatorException(
          ExitCode.USAGE,
          "'%s' is not understood here; write NAME=VALUE, or NAME= to take a value away."
              .formatted(peek()));
    }
    return pairs;
  }

  /** The words that are pairs, and these only. */
  static Map<String, String> pairs(@Nullable List<String> words) {
    return new Words(words == null ? List.of() : words).onlyPairs();
  }

  /** A list that may not have been given. */
  static List<String> of(@Nullable List<String> words) {
    return words == null ? List.of() : new ArrayList<>(words);
  }
}
