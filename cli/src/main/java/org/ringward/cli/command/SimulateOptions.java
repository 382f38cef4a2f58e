package org.ringward.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.policy.report.StatusModification;
import org.ringward.core.policy.report.StatusModification.Kind;
import picocli.CommandLine.Option;

/** What is made up before a simulation, what is shown of it and what is saved; as crm_simulate. */
final class SimulateOptions {
  @Option(
      names = {"-R", "--run"},
      description = "Show what would be done; without -S that is what happens anyway.")
  boolean run;

  @Option(
      names = {"-S", "--simulate"},
      description = "Carry out the actions on paper too, and show the cluster afterwards.")
  boolean simulate;

  @Option(
      names = {"-s", "--show-scores", "--scores"},
      description = "Show every node's score for every resource.")
  boolean scores;

  @Option(
      names = {"-U", "--show-utilization"},
      description = "Show the capacities of nodes and what resources take of them.")
  boolean utilization;

  @Option(
      names = {"-Q", "--quiet"},
      description = "Show nothing but scores and utilization, if asked for.")
  boolean quiet;

  @Option(
      names = {"-G", "--save-graph"},
      paramLabel = "FILE",
      description = "Write the transition graph as XML.")
  @Nullable Path graph;

  @Option(
      names = {"-D", "--save-dotfile"},
      paramLabel = "FILE",
      description = "Write the transition graph for Graphviz.")
  @Nullable Path dot;

  @Option(
      names = {"-I", "--save-input"},
      paramLabel = "FILE",
      description = "Write the CIB as it is before anything is done, with what was made up.")
  @Nullable Path input;

  @Option(
      names = {"-O", "--save-output"},
      paramLabel = "FILE",
      description = "Write the CIB as it is at the end: with -S after all actions.")
  @Nullable Path output;

  @Option(
      names = {"-t", "--set-datetime", "--time"},
      paramLabel = "TIME",
      description =
          "The time there, by ISO 8601 (2026-11-21T12:00:00Z, 2005-020, 2005-W03-4 12:30; UTC"
              + " without an offset) or in seconds since 1970.")
  @Nullable String time;

  @Option(
      names = {"-u", "--node-up"},
      paramLabel = "NODE",
      description = "The node is a member; this and the next ten may be repeated.")
  private List<String> nodesUp = List.of();

  @Option(
      names = {"-d", "--node-down"},
      paramLabel = "NODE",
      description = "The node has left in order.")
  private List<String> nodesDown = List.of();

  @Option(
      names = {"-f", "--node-fail"},
      paramLabel = "NODE",
      description = "The node has failed.")
  private List<String> nodesFailed = List.of();

  @Option(
      names = {"-i", "--op-inject"},
      paramLabel = "OPERATION",
      description =
          "This result has come in: RESOURCE_TASK_INTERVALMS@NODE=EXITCODE, such as"
              + " vip_monitor_10000@n1=7.")
  private List<String> injected = List.of();

  @Option(
      names = {"-F", "--op-fail"},
      paramLabel = "OPERATION",
      description = "Should this operation come up in -S, it ends so.")
  List<String> failures = List.of();

  @Option(
      names = {"-g", "--ticket-grant"},
      paramLabel = "TICKET",
      description = "The ticket is granted.")
  private List<String> granted = List.of();

  @Option(
      names = {"-r", "--ticket-revoke"},
      paramLabel = "TICKET",
      description = "The ticket is not granted.")
  private List<String> revoked = List.of();

  @Option(
      names = {"-b", "--ticket-standby"},
      paramLabel = "TICKET",
      description = "The ticket is in standby.")
  private List<String> standby = List.of();

  @Option(
      names = {"-e", "--ticket-activate"},
      paramLabel = "TICKET",
      description = "The ticket is not in standby.")
  private List<String> activated = List.of();

  @Option(
      names = {"-q", "--quorum"},
      paramLabel = "TRUTH",
      description = "Whether there is quorum.")
  private @Nullable String quorum;

  @Option(
      names = {"-w", "--watchdog"},
      paramLabel = "TRUTH",
      description = "Whether the nodes have a watchdog.")
  private @Nullable String watchdog;

  /** Everything that is made up. */
  List<StatusModification> modifications() {
    List<StatusModification> all = new ArrayList<>();
    add(all, Kind.QUORUM, quorum == null ? List.of() : List.of(quorum));
    add(all, Kind.WATCHDOG, watchdog == null ? List.of() : List.of(watchdog));
    add(all, Kind.NODE_UP, nodesUp);
    add(all, Kind.NODE_DOWN, nodesDown);
    add(all, Kind.NODE_FAIL, nodesFailed);
    add(all, Kind.TICKET_GRANT, granted);
    add(all, Kind.TICKET_REVOKE, revoked);
    add(all, Kind.TICKET_STANDBY, standby);
    add(all, Kind.TICKET_ACTIVATE, activated);
    add(all, Kind.OPERATION, injected);
    return all;
  }

  private static void add(List<StatusModification> all, Kind kind, List<String> subjects) {
    subjects.forEach(subject -> all.add(new StatusModification(kind, subject)));
  }
}
