package org.ringward.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.ringward.cli.terminal.Palette;
import org.ringward.core.admin.RegionsReport;
import org.ringward.core.admin.RegionsReport.RegionLine;
import org.ringward.core.admin.RegionsReport.SightLine;

class RegionMatrixTest {
  private static final List<String> NODES = List.of("n1", "n2", "n3");

  @Test
  void eachNodeSaysItselfWhomItHearsOnWhichRegion() {
    RegionsReport of1 = report("n1", "n2", "seen", "n3", "lost");
    RegionsReport of2 = report("n2", "n1", "late", "n3", "unknown");
    RegionMatrix matrix = new RegionMatrix(NODES, List.of("mgmt", "disk"), Palette.PLAIN);
    assertThat(matrix.lines(Map.of("n1", of1, "n2", of2)))
        .startsWith(
            "  Who sees whom mgmt         disk         ",
            "                n1 n2 n3     n1 n2 n3     ",
            "             n1 .  +  -      .  ?  ?      ",
            "             n2 ~  .  ?      ?  .  ?      ",
            "             n3 ?  ?  .      ?  ?  .      ");
  }

  private static RegionsReport report(String node, String... states) {
    SightLine one = new SightLine(states[0], states[1], 0, 0, 1, 0);
    SightLine other = new SightLine(states[2], states[3], 0, 0, 1, 0);
    RegionLine mgmt =
        new RegionLine(
            "mgmt",
            "unicast",
            "",
            1000,
            10_000,
            "ok",
            "",
            1,
            List.of(one, other),
            List.of(),
            new TreeMap<>());
    return new RegionsReport(node, List.of(), List.of(mgmt), List.of(), List.of(), List.of());
  }
}
