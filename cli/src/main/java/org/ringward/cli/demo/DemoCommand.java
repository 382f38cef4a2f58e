package org.ringward.cli.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ringward demo}. */
@Command(
    name = "demo",
    header = "Three nodes on this machine, and ways to break them.",
    description = {
      "Starts three nodes, a web server and its address, and a client that asks for the page every"
          + " 5 ms. Then you break something and see how long the client waited, and why the cluster"
          + " did what it did.",
      "Each node serves its page; one is opened in your browser where there is a display.",
      "As root the nodes are network namespaces with a power switch as fencing device; otherwise"
          + " they are three daemons on loopback addresses. Nothing is left behind at the end, and"
          + " nothing outside is touched."
    },
    exitCodeList = {
      "1:a scenario did not recover, or two nodes were active at once",
      "5:a program or package that the demo needs is missing"
    },
    footer = {
      "Examples:",
      "  ringward demo",
      "  ringward demo --once                           every scenario in turn, a line each",
      "  ringward demo --scenario power-off --runs 10   median, least and most"
    })
public final class DemoCommand implements Callable<Integer> {
  private final Environment environment;

  @Option(
      names = "--once",
      description = "Go through all scenarios in turn without a terminal, then end.")
  private boolean once;

  @Option(
      names = "--scenario",
      paramLabel = "NAME",
      description =
          "Only this one; may be given more than once: power-off, daemon-kill, cut, cut-all, stall,"
              + " hang, stop-failure, service-crash, move, region-cut, all-regions-but-one, lost-disk.")
  private List<String> names = new ArrayList<>();

  @Option(names = "--runs", paramLabel = "N", description = "Each scenario so many times.")
  private int runs = 1;

  @Option(names = "--json", description = "Results as JSON, one object a line.")
  private boolean json;

  @Option(names = "--keep-logs", description = "Keep the logs and say where they are.")
  private boolean keepLogs;

  @Option(
      names = "--loopback",
      description = "Daemons on loopback addresses even where namespaces are possible.")
  private boolean loopback;

  @Option(
      names = "--stock-agent",
      description =
          "Run the web server by ocf:heartbeat:nginx itself, which sleeps a second in each stop.")
  private boolean stockAgent;

  @Option(
      names = "--stay",
      description =
          "Say where the pages of the nodes are, and stay until standard input ends; lines such as"
              + " 'power-off n1' and 'power-on n1' are done.")
  private boolean stay;

  @Option(
      names = "--no-browser",
      description = "Only print where the pages are, also where there is a display.")
  private boolean noBrowser;

  DemoCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    List<Scenario> scenarios = scenarios();
    if (runs < 1) {
      throw new OperatorException(
          ExitCode.USAGE, "--runs %d is not allowed: it must be at least 1.".formatted(runs));
    }
    boolean terminal = environment.inputIsTerminal() && environment.outputIsTerminal();
    if (stay) {
      return stay();
    }
    boolean interactive = terminal && !once && names.isEmpty() && runs == 1 && !json;
    if (!terminal && !once && names.isEmpty()) {
      environment.errors().println("This is no terminal: all scenarios in turn, as with --once.");
    }
    try (DemoSession session = DemoSession.start(environment, loopback, stockAgent)) {
      if (keepLogs) {
        session.keepLogs();
      }
      return interactive
          ? new DemoScreen(session, environment, !noBrowser).run()
          : new DemoReport(session, environment, json).run(scenarios, runs);
    }
  }

  private int stay() {
    try (DemoSession session = DemoSession.start(environment, loopback, stockAgent)) {
      if (keepLogs) {
        session.keepLogs();
      }
      return new DemoStay(session, environment).run();
    }
  }

  private List<Scenario> scenarios() {
    if (names.isEmpty()) {
      return List.of(Scenario.values()).stream()
          // Only the demo's own agent can have a stop that fails.
          .filter(each -> !stockAgent || each != Scenario.STOP_FAILURE)
          .toList();
    }
    return names.stream()
        .map(name ->
            Scenario.of(name)
                .orElseThrow(() ->
                    new OperatorException(
                        ExitCode.USAGE,
                        "There is no scenario '%s'; there are %s."
                            .formatted(name, Scenario.labels()))))
        .toList();
  }
}
