package org.ringward.core.config;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds what a person may have meant by a misspelled word. */
public final class Nearest {
  private Nearest() {}

  /**
   * The allowed word with the fewest letters to change, add or drop, when that is at most a third
   * of its length; else null. The first of equals wins.
   */
  public static @Nullable String of(String word, Collection<String> allowed) {
    String nearest = null;
    int least = Integer.MAX_VALUE;
    for (String candidate : allowed) {
      int distance = distance(word.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
      if (distance < least && distance <= Math.max(1, candidate.length() / 3)) {
        nearest = candidate;
        least = distance;
      }
    }
    return nearest;
  }

  /**
   * The end of a sentence that refuses a word: a question for the nearest of the allowed ones, or
   * what is said where none is near.
   */
  public static String hint(String word, Collection<String> allowed, String otherwise) {
    String nearest = of(word, allowed);
    return nearest == null ? otherwise : "did you mean " + nearest + "?";
  }

  /** The same, which names all that is allowed where none is near. */
  public static String hint(String word, Collection<String> allowed) {
    return hint(word, allowed, "there are " + String.join(", ", allowed));
  }

  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int column = 0; column < row.length; column++) {
      row[column] = column;
    }
    for (int line = 1; line <= one.length(); line++) {
      int diagonal = row[0];
      row[0] = line;
      for (int column = 1; column < row.length; column++) {
        int change = one.charAt(line - 1) == other.charAt(column - 1) ? 0 : 1;
        int cheapest = Math.min(diagonal + change, Math.min(row[column], row[column - 1]) + 1);
        diagonal = row[column];
        row[column] = cheapest;
      }
    }
    return row[other.length()];
  }
}
