package org.ringward.cli.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.base.OperatorException;

/**
 * The demo for other programs: says where the pages are, then does what lines of standard input say
 * until they end.
 */
final class DemoStay {
  private static final String ORDERS =
      "power-off, power-on, daemon-kill, shutdown, cut and mend, each with a node";

  private final DemoSession session;
  private final Environment environment;

  DemoStay(DemoSession session, Environment environment) {
    this.session = session;
    this.environment = environment;
  }

  /** Until standard input ends; the exit code. */
  int run() {
    session.rehearsal().coldStart();
    PrintStream out = environment.output();
    for (String node : session.lab().nodes()) {
      out.println(
          "page " + node + " " + session.lab().page(node) + " " + session.lab().pageToken(node));
    }
    out.println("ready");
    out.flush();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(environment.input(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        out.println(done(line.strip()));
        out.flush();
      }
    } catch (IOException _) {
      // nobody says anything any more
    }
    return 0;
  }

  private String done(String line) {
    String[] words = line.split(" ", -1);
    Lab lab = session.lab();
    if (words.length != 2 || !lab.nodes().contains(words[1])) {
      return "not understood: orders are " + ORDERS + " of " + String.join(", ", lab.nodes());
    }
    String node = words[1];
    try {
      switch (words[0]) {
        case "power-off" -> lab.powerOff(node);
        case "power-on" -> {
          lab.powerOn(node);
          lab.startDaemon(node);
        }
        case "daemon-kill" -> Processes.kill(lab.daemon(node));
        case "shutdown" -> session.control().attempt(node, Verb.SHUTDOWN, Map.of(), null);
        case "cut" -> lab.cut(node);
        case "mend" -> lab.mend(node);
        default -> {
          return "not understood: orders are " + ORDERS;
        }
      }
      return "done " + line;
    } catch (OperatorException exception) {
      return "failed " + line + ": " + exception.sentence();
    }
  }

  /** The addresses of all pages, for people. */
  static String sentence(Lab lab) {
    List<String> pages = lab.nodes().stream().map(node -> node + " " + lab.page(node)).toList();
    return "Pages of the nodes: " + String.join(", ", pages);
  }
}
