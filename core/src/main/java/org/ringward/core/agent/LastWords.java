package org.ringward.core.agent;

import java.util.function.Predicate;

/**
 * What an agent said at last, fit to be told on: in the status, in the CIB, on a terminal. An agent
 * that went wrong may write anything: neither its length nor its control characters are kept.
 */
final class LastWords {
  /** More than a sentence needs, less than a page. */
  static final int MOST_CHARACTERS = 400;

  private LastWords() {}

  /**
   * The last line of a text that is wanted and not blank, on one line; empty when there is none.
   */
  static String of(String text, Predicate<String> wanted) {
    return text.lines()
        .map(LastWords::fit)
        .filter(line -> !line.isEmpty())
        .filter(wanted)
        .reduce((_, last) -> last)
        .orElse("");
  }

  /**
   * Unpaired surrogates and characters without a meaning (Unicode's class C) end no line of ours.
   */
  private static String fit(String line) {
    String clean = line.replaceAll("\\p{C}+", " ").strip();
    if (clean.codePointCount(0, clean.length()) <= MOST_CHARACTERS) {
      return clean;
    }
    return clean.substring(0, clean.offsetByCodePoints(0, MOST_CHARACTERS)) + "...";
  }
}
