package org.ringward.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ringward.core.admin.TimingReport;
import org.ringward.core.admin.TimingReport.Rule;

class TimingTest {
  private static final String NODES =
      """
      cluster: c
      nodes:
        - {name: n1, id: 1, address: 10.0.0.1}
        - {name: n2, id: 2, address: 10.0.0.2}
        - {name: n3, id: 3, address: 10.0.0.3}
      """;

  private static NodeSettings read(String more) {
    return NodeSettingsYaml.read("node.yaml", NODES + more, "n1");
  }

  private static TimingReport timing(String more, Timing.Cluster cluster) {
    return Timing.of(read(more), cluster);
  }

  private static Rule rule(TimingReport report, String inequality) {
    return report.rules().stream()
        .filter(each -> each.inequality().equals(inequality))
        .findFirst()
        .orElseThrow();
  }

  /** Noticing takes half of the budget: token + consensus = 2.2 * token. */
  @ParameterizedTest
  @ValueSource(ints = {308, 500, 800, 1000, 2000, 5000, 13_000, 60_000})
  void theRingFitsIntoHalfOfTheBudget(int budget) {
    NodeSettings settings = read("failover_within: " + budget + "ms\n");
    TotemTimes ring = TotemTimes.of(settings.totem(), 3);
    assertThat(ring.token() + ring.consensus()).isLessThanOrEqualTo(budget / 2);
    assertThat(ring.token()).isGreaterThanOrEqualTo(Math.min(3000, budget / 4 * 10 / 12));
    assertThat(NodeSettingsYaml.read("again", NodeSettingsYaml.write(settings), "n1"))
        .isEqualTo(settings);
  }

  @Test
  void whatIsSaidWinsOverTheBudget() {
    NodeSettings settings = read("failover_within: 2s\ntotem: {token: 300, join: 40}\n");
    assertThat(settings.totem().token()).isEqualTo(300);
    assertThat(settings.totem().join()).isEqualTo(40);
    assertThat(read("failover_within: 2s\n").totem().token()).isEqualTo(450);
    assertThat(read("").totem()).isEqualTo(TotemSettings.DEFAULT);
  }

  @Test
  void aBudgetThatNoRingBearsIsRefused() {
    assertThatThrownBy(() -> read("failover_within: 200ms\n"))
        .hasMessageContaining("failover_within is 200ms")
        .hasMessageContaining("at least 308 ms are needed");
    assertThatThrownBy(() -> read("failover_within: fast\n"))
        .hasMessageContaining("allowed: time with its unit, such as 2s");
  }

  @Test
  void theWatchdogsBoundIsTheLeastThatMayBeWaited() {
    Timing.Cluster tooShort = new Timing.Cluster(true, 5000, 7200, 0, 60_000, 10_000, 20_000);
    TimingReport report = timing("watchdog: {device: /dev/watchdog}\n", tooShort);
    Rule broken = rule(report, "fencing-watchdog-timeout >= the watchdogs' bound");
    assertThat(broken.holds()).isFalse();
    assertThat(broken.numbers()).isEqualTo("5000 >= 7200 (ms)");
    assertThat(report.broken()).containsExactly(broken);
    assertThat(Timing.sentence(broken))
        .isEqualTo(
            "fencing-watchdog-timeout >= the watchdogs' bound does not hold: 5000 >= 7200 (ms);"
                + " resources would be started while a lost node may still run them");
    Timing.Cluster enough = new Timing.Cluster(true, 7200, 7200, 0, 60_000, 10_000, 20_000);
    assertThat(timing("watchdog: {device: /dev/watchdog}\n", enough).broken()).isEmpty();
  }

  @Test
  void eachWayIsAddedUp() {
    Timing.Cluster cluster = new Timing.Cluster(true, -1, 7200, 1, 60_000, 10_000, 20_000);
    TimingReport report =
        timing("failover_within: 30s\ntotem: {token: 400}\nwatchdog: {device: /d}\n", cluster);
    assertThat(report.paths())
        .extracting(TimingReport.Path::millis)
        .containsExactly(980L, 980L + 60_000 + 20_000, 980L + 7200 + 20_000);
    assertThat(report.rules().stream().filter(each -> !each.holds()))
        .extracting(Rule::inequality)
        .containsExactly("service again, by a fencing device <= failover_within");
    assertThat(report.broken()).isEmpty();
  }

  @Test
  void withoutAnyProofThereIsNoBound() {
    Timing.Cluster cluster = new Timing.Cluster(true, 0, 0, 0, 60_000, 0, 0);
    TimingReport report = timing("", cluster);
    assertThat(report.paths().getLast().known()).isFalse();
    Timing.Cluster useless = new Timing.Cluster(true, -1, 0, 0, 60_000, 0, 0);
    assertThat(rule(timing("", useless), "fencing-watchdog-timeout needs watchdogs").holds())
        .isFalse();
  }

  @Test
  void regionsTakeTheirTimesFromTheBudgetAsFarAsTheirMediumBearsIt() {
    String regions =
        "regions:\n  - {name: lan, kind: unicast}\n"
            + "  - {name: own, kind: unicast, port: 700, keepalive: 500, deadtime: 600s}\n"
            + "  - {name: cable, kind: serial, devices: [/dev/ttyS0], baud: 19200}\n";
    TimingReport report =
        timing("failover_within: 1s\n" + regions.replace("600s", "1500"), Timing.Cluster.UNKNOWN);
    assertThat(report.times().stream().filter(each -> each.name().startsWith("region ")))
        .extracting(each -> each.name() + " " + each.millis() + " " + each.origin())
        .containsExactly(
            "region lan 1000 derived", "region own 1500 explicit", "region cable 1720 explicit");
    assertThat(timing("regions: [{name: lan, kind: unicast}]\n", Timing.Cluster.UNKNOWN).times())
        .extracting(each -> each.name() + " " + each.millis() + " " + each.origin())
        .contains("region lan 10000 default");
  }

  @Test
  void aRegionThatIsMoreImpatientThanTheRingIsToldWithTheNumbers() {
    TimingReport report =
        timing(
            "totem: {token: 2000}\nregions: [{name: lan, kind: unicast, keepalive: 1000,"
                + " deadtime: 3000}]\n",
            Timing.Cluster.UNKNOWN);
    Rule rule = rule(report, "region lan: deadtime > token + consensus");
    assertThat(rule.holds()).isFalse();
    assertThat(rule.needed()).isFalse();
    assertThat(rule.numbers()).isEqualTo("3000 > 2000 + 2400 (ms)");
  }

  @Test
  void aQuorumDevicesVoteIsPartOfEachWay() {
    TimingReport report =
        timing(
            "quorum: {device: {model: witness, timeout: 4000, net: {host: w.example.org}}}\n",
            new Timing.Cluster(true, 0, 0, 1, 60_000, 10_000, 20_000));
    assertThat(report.paths())
        .extracting(TimingReport.Path::millis)
        .containsExactly(980L, 4980L, 4980L + 60_000 + 20_000);
    assertThat(rule(report, "quorum.device.timeout >= token + consensus").numbers())
        .isEqualTo("4000 >= 400 + 480 (ms)");
    assertThat(rule(report, "quorum.device.sync_timeout >= quorum.device.timeout").holds())
        .isTrue();
  }
}
