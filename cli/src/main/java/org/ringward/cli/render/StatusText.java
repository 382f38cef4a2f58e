package org.ringward.cli.render;

import static org.ringward.cli.terminal.Table.cell;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.ringward.cli.terminal.Environment;
import org.ringward.cli.terminal.Palette;
import org.ringward.cli.terminal.Palette.Tone;
import org.ringward.cli.terminal.Table;
import org.ringward.core.admin.GuardReport;
import org.ringward.core.admin.StatusReport;
import org.ringward.core.admin.StatusReport.FailureLine;
import org.ringward.core.admin.StatusReport.FenceLine;
import org.ringward.core.admin.StatusReport.NodeLine;
import org.ringward.core.admin.StatusReport.ResourceLine;
import org.ringward.core.admin.StatusReport.WishLine;

/** The state of the cluster on one screen: what is wrong stands out, what is well is short. */
public final class StatusText {
  private static final String INDENT = "  ";

  private final StatusReport report;
  private final Palette palette;
  private final Moment moment;
  private final List<String> lines = new ArrayList<>();

  private StatusText(StatusReport report, Environment environment) {
    this.report = report;
    this.palette = environment.palette();
    this.moment = new Moment(environment);
  }

  /** The report's lines. */
  public static List<String> lines(StatusReport report, Environment environment) {
    StatusText text = new StatusText(report, environment);
    text.headline();
    text.warnings();
    text.outlook();
    text.section("Nodes", text.nodes());
    text.section("Resources", text.resources());
    text.section("Moves and bans", text.wishes());
    text.section("Failures", text.failures());
    text.section("Fencing", text.fencing());
    text.section("Exercises", text.exercises());
    text.section("Guard of " + report.node(), text.guard());
    return text.lines;
  }

  /** Only the table of resources; a sentence when there is none. */
  public static List<String> resources(StatusReport report, Environment environment) {
    StatusText text = new StatusText(report, environment);
    return report.resources().isEmpty()
        ? List.of("There is no resource.")
        : text.resources().lines(text.palette);
  }

  /** Only the table of nodes. */
  public static List<String> nodes(StatusReport report, Environment environment) {
    StatusText text = new StatusText(report, environment);
    return text.nodes().lines(text.palette);
  }

  private void headline() {
    String quorum =
        report.quorate()
            ? palette.paint(Tone.GOOD, "quorate")
            : palette.paint(Tone.BAD, "NO QUORUM");
    String coordinator =
        report.coordinator() == null
            ? palette.paint(Tone.NOTICE, "no coordinator")
            : "coordinator " + report.coordinator();
    String activity = report.settled() ? "settled" : palette.paint(Tone.NOTICE, "working");
    lines.add(
        String.join(
            palette.dot(),
            palette.paint(Tone.STRONG, report.cluster()),
            quorum,
            coordinator,
            activity));
    List<String> seen = new ArrayList<>();
    seen.add("seen from " + report.node());
    seen.add("ring " + report.ring() + " " + report.ringState());
    seen.add("version " + report.version());
    if (!report.quorumReason().isEmpty()) {
      seen.add(report.quorumReason());
    }
    lines.add(palette.paint(Tone.FAINT, INDENT + String.join(palette.dot(), seen)));
  }

  private void warnings() {
    if (!report.warnings().isEmpty()) {
      lines.add("");
      report.warnings().forEach(warning -> lines.add(palette.paint(Tone.NOTICE, "! " + warning)));
    }
  }

  private void outlook() {
    if (!report.outlook().isEmpty()) {
      lines.add("");
      lines.add(palette.paint(Tone.STRONG, "Quorum"));
      report.outlook().forEach(each -> lines.add(palette.paint(Tone.FAINT, INDENT + each)));
    }
  }

  private void section(String title, Table table) {
    if (!table.isEmpty()) {
      lines.add("");
      lines.add(palette.paint(Tone.STRONG, title));
      lines.addAll(table.lines(palette));
    }
  }

  private Table exercises() {
    Table table = new Table(INDENT);
    for (StatusReport.ExerciseLine each : report.exercises()) {
      boolean old = !configuration(report.version()).equals(configuration(each.version()));
      String version = "version " + each.version();
      table.row(
          cell(each.kind().equals("rehearsal") ? "rehearsed" : "drilled " + each.kind()),
          cell(moment.ago(each.wallMillis())),
          cell(old ? Tone.NOTICE : Tone.FAINT, old ? version + ", not the one in force" : version),
          cell(each.sentence()));
    }
    return table;
  }

  /** What the status changes at the end of a version does not count. */
  private static String configuration(String version) {
    int last = version.lastIndexOf('.');
    return last < 0 ? version : version.substring(0, last);
  }

  private Table nodes() {
    Table table = new Table(INDENT);
    for (NodeLine node : report.nodes()) {
      table.row(
          cell(node.name()),
          cell(Tone.FAINT, "#" + node.id()),
          cell(nodeTone(node), nodeState(node)),
          cell(node.detail()));
    }
    return table;
  }

  private static String nodeState(NodeLine node) {
    Set<String> states = new LinkedHashSet<>();
    states.add(node.state());
    if (node.standby()) {
      states.add("standby");
    }
    if (node.maintenance()) {
      states.add("maintenance");
    }
    return String.join(", ", states);
  }

  private static Tone nodeTone(NodeLine node) {
    return switch (node.state()) {
      case "member" -> node.standby() || node.maintenance() ? Tone.NOTICE : Tone.GOOD;
      case "unclean" -> Tone.BAD;
      default -> Tone.NOTICE;
    };
  }

  private Table resources() {
    Table table = new Table(INDENT);
    for (ResourceLine resource : report.resources()) {
      if (resource.parent() == null) {
        resourceRow(table, resource, "");
        List<ResourceLine> members = members(resource);
        for (ResourceLine member : members) {
          boolean last = member.equals(members.getLast());
          resourceRow(table, member, last ? palette.lastBranch() : palette.branch());
        }
      }
    }
    return table;
  }

  private List<ResourceLine> members(ResourceLine group) {
    return report.resources().stream().filter(each -> group.id().equals(each.parent())).toList();
  }

  private void resourceRow(Table table, ResourceLine resource, String branch) {
    String detail = resource.managed() ? resource.detail() : unmanaged(resource);
    table.row(
        cell(branch + resource.id()),
        cell(Tone.FAINT, resource.agent()),
        cell(resourceTone(resource.state()), resource.state()),
        cell(Tone.NAME, String.join(", ", resource.nodes())),
        cell(detail));
  }

  private static String unmanaged(ResourceLine resource) {
    return resource.detail().isEmpty() ? "not managed" : "not managed, " + resource.detail();
  }

  private static Tone resourceTone(String state) {
    return switch (state) {
      case "Started" -> Tone.GOOD;
      case "Failed", "Blocked" -> Tone.BAD;
      default -> Tone.NOTICE;
    };
  }

  private Table wishes() {
    Table table = new Table(INDENT);
    for (WishLine each : report.wishes()) {
      String who = each.author().isEmpty() ? "" : "by " + each.author();
      String since = each.since().isEmpty() ? "" : " since " + each.since();
      String until =
          each.until().isEmpty()
              ? "until 'ringward clear " + each.resource() + "'"
              : (each.over() ? "was over at " : "until ") + each.until();
      table.row(
          cell(each.resource()),
          cell(
              each.over() ? Tone.FAINT : Tone.NOTICE,
              (each.kind().equals("move") ? "moved to " : "banned from ") + each.node()),
          cell(who + since),
          cell(until),
          cell(each.reason()));
    }
    return table;
  }

  private Table failures() {
    Table table = new Table(INDENT);
    for (FailureLine failure : report.failures()) {
      String count = failure.failCount() > 1 ? " (" + failure.failCount() + " times)" : "";
      String reason = failure.reason().isEmpty() ? "" : ": " + failure.reason();
      table.row(
          cell(moment.time(failure.wallMillis())),
          cell(Tone.BAD, failure.resource()),
          cell(failure.operation() + " on " + failure.node()),
          cell("exit code " + failure.exitCode() + count + reason));
    }
    return table;
  }

  private Table fencing() {
    Table table = new Table(INDENT);
    for (FenceLine fence : report.fencing()) {
      String device = fence.device().isEmpty() ? "" : "by " + fence.device();
      table.row(
          cell(moment.time(fence.wallMillis())),
          cell(fence.target()),
          cell(fence.action()),
          cell(fenceTone(fence.state()), fence.state()),
          cell(device),
          cell(fence.proof()));
    }
    return table;
  }

  /** How the node that answers fares itself; nothing that is as it should be and needs no word. */
  private Table guard() {
    Table table = new Table(INDENT);
    GuardReport guard = report.guard();
    if (!guard.watchdog().isEmpty()) {
      Tone tone = guard.watchdog().contains("NOT fed") ? Tone.BAD : Tone.GOOD;
      table.row(cell("watchdog"), cell(tone, guard.watchdog()));
    }
    if (guard.stalls() > 0) {
      table.row(cell("stalls"), cell(Tone.NOTICE, stalls(guard)));
    }
    if (!guard.realTime().isEmpty()) {
      table.row(cell("real time"), cell(guard.realTime()));
    }
    return table;
  }

  private static String stalls(GuardReport guard) {
    String times =
        guard.stalls() == 1 ? "stood still once" : "stood still " + guard.stalls() + " times";
    return times
        + ", the last time for "
        + guard.lastStallMillis()
        + " ms, "
        + guard.lastStallAgoMillis() / 1000
        + " s ago; at most "
        + guard.longestGapMillis()
        + " ms";
  }

  private static Tone fenceTone(String state) {
    return switch (state) {
      case "succeeded" -> Tone.GOOD;
      case "failed" -> Tone.BAD;
      default -> Tone.NOTICE;
    };
  }
}
