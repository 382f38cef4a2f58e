package org.ringward.cli.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.admin.DocumentReport;
import org.ringward.core.admin.PlanReport;
import org.ringward.core.admin.StatusReport;
import org.ringward.core.admin.StatusReport.ResourceLine;
import org.ringward.core.base.ExitCode;

/**
 * Waits until the cluster has nothing left to do: no action is under way, and a plan of the
 * configuration in force is empty.
 */
final class Settling {
  private static final Duration PAUSE = Duration.ofMillis(150);

  private final ClusterCommand command;
  private final Duration patience;

  Settling(ClusterCommand command, Duration patience) {
    this.command = command;
    this.patience = patience;
  }

  /**
   * @param shallRun resources that must run then
   * @param quiet whether success needs no word
   * @return 0, 1 when one of them does not run, 124 when it took too long
   */
  int await(List<String> shallRun, boolean quiet) {
    long until = System.nanoTime() + patience.toNanos();
    while (true) {
      StatusReport status = status();
      if (status != null && status.settled() && nothingPlanned()) {
        return told(status, shallRun, quiet);
      }
      if (System.nanoTime() - until >= 0) {
        return command.tell(
            AdminReply.failed(
                ExitCode.TIMEOUT.number(),
                "the change is in force, but what follows was not done within %d s; 'ringward status' shows what it waits for"
                    .formatted(patience.toSeconds())));
      }
      pause();
    }
  }

  private @Nullable StatusReport status() {
    AdminReply reply = command.ask(Verb.STATUS, ClusterCommand.options());
    return reply.report() instanceof StatusReport status ? status : null;
  }

  private boolean nothingPlanned() {
    AdminReply read = command.ask(Verb.CONFIGURATION, ClusterCommand.options("format", "xml"));
    if (!(read.report() instanceof DocumentReport document)) {
      return false;
    }
    AdminReply reply =
        command.ask(Verb.PLAN, ClusterCommand.options("format", "xml"), document.text());
    return reply.report() instanceof PlanReport plan
        && plan.configurationChanges().isEmpty()
        && plan.changes().stream().allMatch(Settling::isBlocked);
  }

  /** What would be done if something else did not stand in its way will not be done now. */
  private static boolean isBlocked(PlanReport.Change change) {
    return change.reason().endsWith("(blocked)");
  }

  private int told(StatusReport status, List<String> shallRun, boolean quiet) {
    List<String> idle = new ArrayList<>();
    for (ResourceLine each : status.resources()) {
      if (shallRun.contains(each.id())) {
        if (each.nodes().isEmpty() || each.state().equals("Failed")) {
          idle.add(each.id());
        } else if (!quiet) {
          command
              .environment()
              .output()
              .println(each.id() + " runs on " + String.join(", ", each.nodes()) + ".");
        }
      }
    }
    return idle.isEmpty()
        ? 0
        : command.tell(
            AdminReply.failed(
                ExitCode.ERROR.number(),
                "%s does not run; 'ringward why %s' says why"
                    .formatted(String.join(", ", idle), idle.getFirst())));
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
