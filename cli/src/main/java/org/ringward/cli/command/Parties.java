package org.ringward.cli.command;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.cib.ConstraintEdits.Party;

/** The two sides of a constraint as they are typed: perhaps a word, then a resource. */
final class Parties {
  private static final List<String> ROLES =
      List.of("Promoted", "Unpromoted", "Started", "Stopped", "Master", "Slave");
  private static final List<String> ACTIONS = List.of("start", "stop", "promote", "demote");

  private Parties() {}

  static Party withRole(Words words) {
    String word = first(words, ROLES);
    return new Party(words.next("a resource"), word);
  }

  static Party withAction(Words words) {
    String word = first(words, ACTIONS);
    return new Party(words.next("a resource"), word);
  }

  private static @Nullable String first(Words words, List<String> allowed) {
    for (String each : allowed) {
      if (each.toLowerCase(Locale.ROOT)
          .equals(String.valueOf(words.peek()).toLowerCase(Locale.ROOT))) {
        words.next("a word");
        return each;
      }
    }
    return null;
  }

  /** The word between the two. */
  static void require(Words words, String word) {
    if (!words.took(word)) {
      throw new OperatorException(
          ExitCode.USAGE,
          "'%s' is expected%s; --help has examples."
              .formatted(
                  word,
                  words.hasNext() ? " where there is '" + words.peek() + "'" : " at the end"));
    }
  }
}
