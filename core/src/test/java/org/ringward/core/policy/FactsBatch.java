package org.ringward.core.policy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ringward.core.cib.Cib;
import org.ringward.core.cib.CibXml;
import org.ringward.core.policy.facts.Facts;
import org.ringward.core.policy.report.StatusText;

/**
 * Reads a list of saved clusters and writes their status, then what it is after the graph that is
 * expected has been carried out: checks reading and simulation without any scheduling. Each line of
 * the list has the tab-separated columns input file, arguments, file for the graph, file for the
 * summary.
 */
final class FactsBatch {
  private FactsBatch() {}

  public static void main(String[] arguments) throws IOException {
    int thrown = 0;
    for (String line : Files.readAllLines(Path.of(arguments[0]))) {
      String[] columns = line.split("\t", -1);
      try {
        Cib cib = CibXml.read(columns[0], Files.readAllBytes(Path.of(columns[0])));
        String fixed = cib.attributes().get("execution-date");
        long now = fixed == null ? 1_790_000_000L : Long.parseLong(fixed);
        List<String> out = new ArrayList<>();
        Facts facts = Facts.read(cib, now);
        out.addAll(StatusText.notes(facts.situation()));
        out.add("Current cluster status:");
        out.addAll(StatusText.status(facts.situation()));
        Files.writeString(
            Path.of(columns[3]), String.join("\n", out) + "\n", StandardCharsets.UTF_8);
      } catch (RuntimeException | StackOverflowError e) {
        thrown++;
        System.err.println(columns[0] + ": " + e);
        for (int i = 0; i < Math.min(3, e.getStackTrace().length); i++) {
          System.err.println("    " + e.getStackTrace()[i]);
        }
      }
    }
    System.err.println("thrown: " + thrown);
  }
}
