package org.ringward.cli.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ringward.cli.terminal.Palette;
import org.ringward.cli.terminal.Palette.Tone;
import org.ringward.core.admin.RegionsReport;
import org.ringward.core.admin.RegionsReport.RegionLine;
import org.ringward.core.admin.RegionsReport.SightLine;

/**
 * Who sees whom on which heartbeat region, side by side: a row for each node that sees, as it says
 * itself, and for each region a column for each that is seen.
 */
final class RegionMatrix {
  private static final int GAP = 4;

  private final List<String> nodes;
  private final List<String> regions;
  private final Palette palette;

  RegionMatrix(List<String> nodes, List<String> regions, Palette palette) {
    this.nodes = nodes;
    this.regions = regions;
    this.palette = palette;
  }

  /**
   * The lines.
   *
   * @param reports of the nodes that answer
   */
  List<String> lines(Map<String, RegionsReport> reports) {
    List<String> lines = new ArrayList<>();
    StringBuilder names = new StringBuilder("  Who sees whom ");
    StringBuilder heads = new StringBuilder(" ".repeat(names.length()));
    for (String region : regions) {
      names.append(palette.paint(Tone.STRONG, ("%-" + width() + "s").formatted(region)));
      nodes.forEach(node -> heads.append(palette.paint(Tone.FAINT, node + " ")));
      heads.append(" ".repeat(GAP));
    }
    lines.add(names.toString());
    lines.add(heads.toString());
    for (String node : nodes) {
      StringBuilder row = new StringBuilder("%15s ".formatted(node));
      regions.forEach(region -> row(row, node, line(reports.get(node), region)));
      lines.add(row.toString());
    }
    String signs = "+ heard  ~ late  - lost  ? not known; a node is alive while any region sees it";
    lines.add(palette.paint(Tone.FAINT, "  " + signs));
    return lines;
  }

  private int width() {
    return nodes.stream().mapToInt(node -> node.length() + 1).sum() + GAP;
  }

  private static @Nullable RegionLine line(@Nullable RegionsReport report, String region) {
    return report == null
        ? null
        : report.regions().stream()
            .filter(each -> each.name().equals(region))
            .findFirst()
            .orElse(null);
  }

  private void row(StringBuilder row, String from, @Nullable RegionLine region) {
    for (String to : nodes) {
      String sign = from.equals(to) ? palette.paint(Tone.FAINT, ".") : sign(region, to);
      row.append(sign).append(" ".repeat(to.length()));
    }
    row.append(" ".repeat(GAP));
  }

  private String sign(@Nullable RegionLine region, String node) {
    String state =
        region == null
            ? ""
            : region.sights().stream()
                .filter(sight -> sight.node().equals(node))
                .map(SightLine::state)
                .findFirst()
                .orElse("");
    return switch (state) {
      case "seen" -> palette.paint(Tone.GOOD, "+");
      case "late" -> palette.paint(Tone.NOTICE, "~");
      case "lost", "left" -> palette.paint(Tone.BAD, "-");
      default -> palette.paint(Tone.FAINT, "?");
    };
  }
}
