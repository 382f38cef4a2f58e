package org.ringward.sim.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ringward.core.admin.RehearsalReport;
import org.ringward.core.admin.RehearsalReport.Case;
import org.ringward.core.admin.RehearsalReport.Move;
import org.ringward.core.base.OperatorException;
import org.ringward.core.cib.CibYaml;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.config.NodeSettingsYaml;

class RehearsalTest {
  private static final String NODES =
      """
      cluster: shop
      node: alpha
      nodes:
        - {name: alpha, id: 11, address: 10.1.0.1}
        - {name: beta, id: 12, address: 10.1.0.2}
        - {name: gamma, id: 17, address: 10.1.0.3}
      """;

  private static final String WEB =
      """
      nodes:
        alpha: {id: 11}
        beta: {id: 12}
        gamma: {id: 17}
      resources:
        - primitive: rack
          agent: stonith:fence_apc
          parameters: {ip: 10.1.9.9, pcmk_host_map: "alpha:1;beta:2;gamma:3", pcmk_host_argument: plug}
        - primitive: web
          agent: systemd:nginx
          operations:
            - {monitor: 10s}
      constraints:
        - location: {id: web-alpha, resource: web, node: alpha, score: 100}
      """;

  private static RehearsalReport rehearsal(String nodes, String configuration) {
    NodeSettings settings = NodeSettingsYaml.read("node.yaml", nodes, "alpha");
    return Rehearsal.of(
        new RehearsalInput(
            settings,
            CibYaml.readConfiguration("web.yaml", configuration).configuration(),
            "0.7.0",
            Map.of("web start", 700L)),
        false,
        2,
        _ -> {});
  }

  private static Case one(RehearsalReport report, String fault) {
    return report.cases().stream()
        .filter(each -> each.fault().equals(fault))
        .findFirst()
        .orElseThrow(() -> new AssertionError(fault + " is not among " + report));
  }

  @Test
  void everySingleFaultIsPlayedWithTheClustersOwnNames() {
    RehearsalReport report = rehearsal(NODES, WEB);

    assertThat(report.cases())
        .extracting(Case::fault)
        .containsExactly(
            "node alpha off",
            "node beta off",
            "node gamma off",
            "node alpha cut off from the ring",
            "node beta cut off from the ring",
            "node gamma cut off from the ring",
            "daemon of alpha killed",
            "daemon of beta killed",
            "daemon of gamma killed",
            "link 0 cut",
            "fencing device rack fails, node alpha off",
            "web fails on alpha");
    assertThat(report.notes()).contains("played by a simple agent: web");

    Case off = one(report, "node alpha off");
    assertThat(off.verdict()).isEqualTo("recovers");
    assertThat(off.fenced()).singleElement().asString().startsWith("alpha by ");
    Move move = off.moves().getFirst();
    assertThat(move.from()).isEqualTo("alpha");
    assertThat(move.to()).isIn("beta", "gamma");
    // The start alone takes 700 ms; the token has to be lost before.
    assertThat(off.backAfterMillis()).isBetween(1_000L, 20_000L);

    assertThat(one(report, "node beta off").verdict()).isEqualTo("untouched");
    Case unfenced = one(report, "fencing device rack fails, node alpha off");
    assertThat(unfenced.verdict()).isEqualTo("waits");
    assertThat(unfenced.lost()).containsExactly("web");
    assertThat(unfenced.sentence()).contains("alpha is lost");
    assertThat(one(report, "web fails on alpha").verdict()).isEqualTo("recovers");
    assertThat(one(report, "link 0 cut").verdict()).isIn("waits", "loses");
  }

  @Test
  void theSameInputGivesTheSameReport() {
    assertThat(rehearsal(NODES, WEB).cases()).isEqualTo(rehearsal(NODES, WEB).cases());
  }

  @Test
  void withoutFencingItIsFoundUnsafe() {
    String careless = WEB.replace("resources:", "properties: {fencing-enabled: false}\nresources:");
    RehearsalReport report = rehearsal(NODES, careless);
    Case cut = one(report, "node alpha cut off from the ring");
    assertThat(cut.verdict()).isEqualTo("unsafe");
    assertThat(cut.sentence()).contains("web", "alpha");
    assertThat(report.sentence()).contains("unsafe");
  }

  @Test
  void aConfigurationThatIsRefusedIsNotPlayed() {
    assertThatThrownBy(() -> rehearsal(NODES, WEB.replace("score: 100", "score: banana")))
        .isInstanceOf(OperatorException.class);
  }

  /** What the issue asks for, on this machine with both processors. */
  @Test
  void fiveNodesAndFortyResourcesTakeAtMostAMinute() {
    StringBuilder nodes = new StringBuilder("cluster: big\nnode: alpha\nnodes:\n");
    StringBuilder cib = new StringBuilder("resources:\n");
    List<String> names = List.of("alpha", "beta", "gamma", "delta", "epsilon");
    for (int at = 0; at < 5; at++) {
      nodes.append(
          "  - {name: %s, id: %d, address: 10.0.0.%d}%n".formatted(names.get(at), at + 1, at + 1));
    }
    cib.append(
        "  - primitive: rack\n    agent: stonith:fence_apc\n    parameters: {pcmk_host_list: \"%s\"}\n"
            .formatted(String.join(" ", names)));
    List<String> resources = new ArrayList<>();
    for (int at = 0; at < 40; at++) {
      resources.add("r" + at);
      cib.append(
          "  - primitive: r%d%n    agent: ocf:heartbeat:Dummy%n    operations:%n      - {monitor: 10s}%n"
              .formatted(at));
    }
    RehearsalReport report = rehearsal(nodes.toString(), cib.toString());
    assertThat(report.resources()).isEqualTo(40);
    assertThat(report.cases()).hasSizeGreaterThanOrEqualTo(5 * 3 + 1 + 1 + 40);
    assertThat(report.cases()).noneMatch(each -> each.verdict().equals("unsafe"));
    assertThat(report.tookMillis()).isLessThan(60_000);
  }
}
