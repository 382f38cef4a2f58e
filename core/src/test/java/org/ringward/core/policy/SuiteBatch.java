package org.ringward.core.policy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ringward.core.cib.Cib;
import org.ringward.core.cib.CibXml;
import org.ringward.core.graph.GraphXml;

/**
 * Schedules a list of saved clusters and writes their graphs: a main program for comparing with the
 * graphs of another scheduler. Each line of the list has the tab-separated columns input file,
 * arguments, file for the graph, file for the summary.
 */
final class SuiteBatch {
  private SuiteBatch() {}

  public static void main(String[] arguments) throws IOException {
    int thrown = 0;
    for (String line : Files.readAllLines(Path.of(arguments[0]))) {
      String[] columns = line.split("\t", -1);
      try {
        Cib cib = CibXml.read(columns[0], Files.readAllBytes(Path.of(columns[0])));
        long now = 1_790_000_000L;
        String fixed = cib.attributes().get("execution-date");
        Schedule schedule = Scheduler.schedule(cib, fixed == null ? now : Long.parseLong(fixed));
        Files.writeString(
            Path.of(columns[2]), GraphXml.write(schedule.graph()), StandardCharsets.UTF_8);
      } catch (RuntimeException | StackOverflowError e) {
        thrown++;
        System.err.println(columns[0] + ": " + e);
        if (e.getStackTrace().length > 0) {
          System.err.println("    " + e.getStackTrace()[0]);
        }
      }
    }
    System.err.println("thrown: " + thrown);
  }
}
