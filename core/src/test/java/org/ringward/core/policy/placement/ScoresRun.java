package org.ringward.core.policy.placement;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ringward.core.cib.Cib;
import org.ringward.core.cib.CibXml;
import org.ringward.core.policy.facts.Facts;

/** Writes the scores of the cases in a batch list of the conformance suite. */
public final class ScoresRun {
  private ScoresRun() {}

  public static void main(String[] args) throws IOException {
    for (String line : Files.readAllLines(Path.of(args[0]))) {
      String[] columns = line.split("\t", -1);
      if (columns.length > 4) {
        try {
          Files.writeString(Path.of(columns[4]), scores(Path.of(columns[0])));
        } catch (RuntimeException | StackOverflowError failure) {
          StringBuilder text = new StringBuilder(columns[0] + ": " + failure);
          for (int i = 0; i < Math.min(5, failure.getStackTrace().length); i++) {
            text.append("\n    ").append(failure.getStackTrace()[i]);
          }
          System.err.println(text);
        }
      }
    }
  }

  private static String scores(Path file) throws IOException {
    Cib cib = CibXml.read(file.toString(), Files.readAllBytes(file));
    String fixed = cib.attributes().get("execution-date");
    Facts facts = Facts.read(cib, fixed == null ? 1_790_000_000L : Long.parseLong(fixed));
    List<String> lines = new ArrayList<>();
    facts.situation().scoreLines = lines;
    Constraints.read(facts);
    Placement.assign(facts);
    lines.sort(null);
    return String.join("\n", lines) + "\n";
  }
}
