package org.ringward.cli.render;

import static org.ringward.cli.terminal.Table.cell;

import java.util.ArrayList;
import java.util.List;
import org.ringward.cli.terminal.Palette;
import org.ringward.cli.terminal.Palette.Tone;
import org.ringward.cli.terminal.Table;
import org.ringward.core.admin.LeasesReport;
import org.ringward.core.admin.LeasesReport.GroupLine;
import org.ringward.core.admin.LeasesReport.HolderLine;
import org.ringward.core.admin.LeasesReport.MemberLine;
import org.ringward.core.admin.LeasesReport.RecoveryLine;
import org.ringward.core.admin.LeasesReport.ResourceLine;

/** Who holds what and who talks in which group, for people. */
public final class LeasesText {
  private static final String INDENT = "  ";

  private LeasesText() {}

  /** The report's lines. */
  public static List<String> lines(LeasesReport report, Palette palette) {
    List<String> lines = new ArrayList<>();
    if (!report.grants()) {
      lines.add(
          palette.paint(
              Tone.BAD,
              report.node() + " is in no view with quorum: nothing is given or extended here"));
    }
    if (report.resources().isEmpty()) {
      lines.add("Nobody holds or wants anything.");
    }
    for (ResourceLine resource : report.resources()) {
      lines.add(palette.paint(Tone.NAME, resource.name()));
      lines.addAll(rows(resource).lines(palette));
    }
    for (GroupLine group : report.groups()) {
      lines.add("group " + palette.paint(Tone.NAME, group.name()) + pause(group, palette));
      lines.addAll(rows(group).lines(palette));
    }
    return lines;
  }

  private static String pause(GroupLine group, Palette palette) {
    return group.state().equals("open")
        ? ""
        : palette.paint(Tone.NOTICE, "  " + group.state() + ", as it was");
  }

  private static Table rows(GroupLine group) {
    Table table = new Table(INDENT);
    for (MemberLine member : group.members()) {
      table.row(cell(member.node()), cell("member"), cell(Tone.FAINT, "id " + member.id()));
    }
    return table;
  }

  private static Table rows(ResourceLine resource) {
    Table table = new Table(INDENT);
    for (HolderLine holder : resource.holders()) {
      table.row(
          cell(holder.node()),
          cell(holder.state().equals("held") ? Tone.GOOD : Tone.NOTICE, holder.state()),
          cell(holder.mode()),
          cell("lease " + holder.leaseMillis() + " ms"),
          cell(Tone.FAINT, "token " + holder.token()));
    }
    for (String waiter : resource.waiters()) {
      table.row(cell(waiter), cell(Tone.FAINT, "waits"));
    }
    for (RecoveryLine recovery : resource.recoveries()) {
      String by = recovery.by().isEmpty() ? "the next holder" : recovery.by();
      table.row(
          cell(recovery.node()),
          cell(Tone.NOTICE, "ended"),
          cell("taken over by " + by),
          cell(recovery.proof() + " (" + recovery.author() + ")"),
          cell(Tone.FAINT, "token " + recovery.token()));
    }
    return table;
  }
}
