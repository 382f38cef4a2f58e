package org.ringward.cli.command;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;

/** Seeds as people write them: {@code 1..2000}, both ends included, or a single one. */
record SeedRange(long first, long last) {
  private static final Pattern SEEDS = Pattern.compile("(\\d{1,18})(?:\\.\\.(\\d{1,18}))?");

  static SeedRange parse(String seeds) {
    Matcher matcher = SEEDS.matcher(seeds);
    if (!matcher.matches()) {
      throw refused("--seeds %s is no range of seeds; write it like 1..2000".formatted(seeds));
    }
    long first = Long.parseLong(matcher.group(1));
    long last = matcher.group(2) == null ? first : Long.parseLong(matcher.group(2));
    if (last < first) {
      throw refused("--seeds %s ends before it begins".formatted(seeds));
    }
    return new SeedRange(first, last);
  }

  private static OperatorException refused(String sentence) {
    return new OperatorException(ExitCode.USAGE, sentence + ".");
  }
}
