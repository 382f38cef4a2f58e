package org.ringward.cli.render;

import static org.ringward.cli.terminal.Table.cell;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ringward.cli.terminal.Palette;
import org.ringward.cli.terminal.Palette.Tone;
import org.ringward.cli.terminal.Table;
import org.ringward.core.admin.LinksReport;
import org.ringward.core.admin.LinksReport.LinkLine;
import org.ringward.core.admin.RingReport;
import org.ringward.core.admin.RingReport.MemberLine;
import org.ringward.core.admin.RingReport.Timers;

/** The ring and its links for people: what is wrong stands out. */
public final class RingText {
  private static final String INDENT = "  ";

  private RingText() {}

  /** The lines of a ring's report; counters that are 0 are left out. */
  public static List<String> lines(RingReport report, Palette palette) {
    List<String> lines = new ArrayList<>();
    boolean settled = report.state().equals("operational") && report.synchronised();
    String state =
        palette.paint(
            settled ? Tone.GOOD : Tone.NOTICE,
            report.synchronised() ? report.state() : report.state() + ", not synchronised");
    String quorate =
        report.quorum().quorate()
            ? palette.paint(Tone.GOOD, "quorate")
            : palette.paint(Tone.BAD, "NO QUORUM");
    lines.add(
        String.join(
            palette.dot(),
            palette.paint(Tone.STRONG, report.cluster()),
            "ring " + report.ring(),
            state,
            quorate));
    String seen = "seen from " + report.node() + " #" + Integer.toUnsignedString(report.nodeId());
    lines.add(
        palette.paint(
            Tone.FAINT,
            INDENT
                + String.join(palette.dot(), seen, report.transport(), report.quorum().reason())));
    if (!report.warnings().isEmpty()) {
      lines.add("");
      report.warnings().forEach(each -> lines.add(palette.paint(Tone.NOTICE, "! " + each)));
    }
    section(lines, palette, "Members", members(report));
    section(lines, palette, "Timers", timers(report.timers()));
    section(lines, palette, "Counters", counters(report.counters()));
    return lines;
  }

  /** The lines of a report of links. */
  public static List<String> lines(LinksReport report, Palette palette) {
    List<String> lines = new ArrayList<>();
    lines.add(
        palette.paint(
            Tone.FAINT,
            String.join(
                palette.dot(),
                "links of " + report.node(),
                report.transport(),
                "mode " + report.mode())));
    Table table = new Table(INDENT);
    if (!report.links().isEmpty()) {
      table.row(
          head("node"),
          head("link"),
          head("address"),
          head("state"),
          head("mtu"),
          head("latency"),
          head("sent"),
          head("received"),
          head("downs"),
          head("priority"));
    }
    for (LinkLine link : report.links()) {
      table.row(
          cell(link.node()),
          cell(Integer.toString(link.link())),
          cell(Tone.FAINT, endpoint(link)),
          cell(link.connected() ? Tone.GOOD : Tone.BAD, state(link)),
          cell(link.mtu() + (link.mtuKnown() ? "" : "?")),
          cell(latency(link)),
          cell(traffic(link.packetsSent(), link.bytesSent())),
          cell(traffic(link.packetsReceived(), link.bytesReceived())),
          cell(link.downs() == 0 ? Tone.PLAIN : Tone.NOTICE, Long.toString(link.downs())),
          cell(Integer.toString(link.priority())));
    }
    lines.addAll(table.lines(palette));
    return lines;
  }

  private static Table.Cell head(String text) {
    return cell(Tone.STRONG, text);
  }

  private static void section(List<String> lines, Palette palette, String title, Table table) {
    if (!table.isEmpty()) {
      lines.add("");
      lines.add(palette.paint(Tone.STRONG, title));
      lines.addAll(table.lines(palette));
    }
  }

  private static Table members(RingReport report) {
    Table table = new Table(INDENT);
    for (MemberLine member : report.members()) {
      table.row(
          cell(member.name()),
          cell(Tone.FAINT, "#" + Integer.toUnsignedString(member.id())),
          cell(member.member() ? Tone.GOOD : Tone.NOTICE, member.member() ? "member" : "away"),
          cell(member.votes() == 1 ? "1 vote" : member.votes() + " votes"),
          cell(Tone.FAINT, String.join(", ", member.addresses())),
          cell(member.self() ? "this node" : ""));
    }
    return table;
  }

  private static Table timers(Timers timers) {
    return new Table(INDENT)
        .row(cell("token"), cell(timers.token() + " ms"))
        .row(cell("token_retransmit"), cell(timers.tokenRetransmit() + " ms"))
        .row(cell("hold"), cell(timers.hold() + " ms"))
        .row(cell("join"), cell(timers.join() + " ms"))
        .row(cell("consensus"), cell(timers.consensus() + " ms"))
        .row(cell("merge"), cell(timers.merge() + " ms"))
        .row(
            cell("token_warning"),
            cell(timers.tokenWarning() == 0 ? "off" : timers.tokenWarning() + " ms"));
  }

  private static Table counters(Map<String, Long> counters) {
    Table table = new Table(INDENT);
    counters.forEach((name, count) -> {
      if (count != 0) {
        table.row(cell(name), cell(Long.toString(count)));
      }
    });
    return table;
  }

  private static String endpoint(LinkLine link) {
    return (link.address().contains(":") ? "[" + link.address() + "]" : link.address())
        + ":"
        + link.port();
  }

  private static String state(LinkLine link) {
    String state = link.connected() ? "connected" : "down";
    return link.used() ? state + ", in use" : state;
  }

  private static String latency(LinkLine link) {
    return link.latencyMicros() == 0
        ? "-"
        : link.latencyMicros() + " us (max " + link.latencyMaxMicros() + ")";
  }

  private static String traffic(long packets, long bytes) {
    return packets + " (" + size(bytes) + ")";
  }

  private static String size(long bytes) {
    if (bytes < 10_000) {
      return bytes + " B";
    }
    return bytes < 10_000_000 ? bytes / 1000 + " kB" : bytes / 1_000_000 + " MB";
  }
}
