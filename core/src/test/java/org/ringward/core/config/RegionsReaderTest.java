package org.ringward.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.ringward.core.base.OperatorException;
import org.ringward.core.config.RegionSettings.Broadcast;
import org.ringward.core.config.RegionSettings.Disk;
import org.ringward.core.config.RegionSettings.Multicast;
import org.ringward.core.config.RegionSettings.Ping;
import org.ringward.core.config.RegionSettings.Region;
import org.ringward.core.config.RegionSettings.Serial;
import org.ringward.core.config.RegionSettings.Times;
import org.ringward.core.config.RegionSettings.Unicast;

class RegionsReaderTest {
  private static final String NODES =
      """
      cluster: demo
      node: n1
      nodes:
        - {name: n1, id: 1, address: 10.0.0.1}
        - {name: n2, id: 2, address: 10.0.0.2}
      regions:
      """;

  private static NodeSettings read(String... entries) {
    StringBuilder text = new StringBuilder(NODES);
    for (String entry : entries) {
      text.append("  - {").append(entry).append("}\n");
    }
    return NodeSettingsYaml.read("ringward.yaml", text.toString(), "n1");
  }

  private static String refusal(String... entries) {
    OperatorException refused = catchThrowableOfType(OperatorException.class, () -> read(entries));
    assertThat(refused).isNotNull();
    return refused.sentence();
  }

  @Test
  void pingNodesAndGroups() {
    NodeSettings settings =
        read(
            "name: router, kind: ping, hosts: [10.9.0.1]",
            "name: uplink, kind: ping_group, hosts: [10.9.0.2, 'fd00::9'], keepalive: 500");
    assertThat(settings.regions().pings())
        .containsExactly(
            new Ping("router", List.of("10.9.0.1"), 1000, 10_000, false),
            new Ping("uplink", List.of("10.9.0.2", "fd00::9"), 500, 5000, true));
    String text = NodeSettingsYaml.write(settings);
    assertThat(NodeSettingsYaml.read("again", text, "n1")).isEqualTo(settings);
  }

  @Test
  void everyKindWithItsDefaults() {
    NodeSettings settings =
        read(
            "name: lan, kind: unicast",
            "name: lan2, kind: unicast, port: 700, addresses: {n1: 10.1.0.1, n2: 10.1.0.2}",
            "name: group, kind: multicast, interface: eth1, mcastaddr: 239.1.2.3, keepalive: 500",
            "name: all, kind: broadcast, interface: eth2, deadtime: 5000, warntime: 2000",
            "name: cable, kind: serial, devices: [/dev/ttyS0, /dev/ttyS1], initdead: 30000",
            "name: san, kind: disk, device: /dev/sdb",
            "name: o2cb, kind: disk, device: /dev/sdc, threshold: 31",
            "name: qdisk, kind: disk, device: /dev/sdd, interval: 1000, tko: 8, format: sbd");
    Times usual = new Times(1000, 10_000, 5000, 20_000);
    List<Region> regions = settings.regions().regions();
    assertThat(regions.get(0).times()).isEqualTo(usual);
    assertThat(((Unicast) regions.get(0).medium()).addresses())
        .hasToString("{1=10.0.0.1, 2=10.0.0.2}");
    assertThat(((Unicast) regions.get(1).medium()).port()).isEqualTo(700);
    assertThat(regions.get(2))
        .isEqualTo(
            new Region(
                "group",
                new Times(500, 5000, 2500, 10_000),
                new Multicast("239.1.2.3", 694, "eth1", 1)));
    assertThat(regions.get(3).medium()).isEqualTo(new Broadcast(694, "eth2", true));
    assertThat(regions.get(3).times()).isEqualTo(new Times(1000, 5000, 2000, 10_000));
    assertThat(regions.get(4).medium())
        .isEqualTo(new Serial(List.of("/dev/ttyS0", "/dev/ttyS1"), 19_200));
    assertThat(regions.get(5).medium()).isEqualTo(new Disk("/dev/sdb", false));
    assertThat(regions.get(6).times()).isEqualTo(new Times(2000, 60_000, 30_000, 120_000));
    assertThat(regions.get(7).times().deadtime()).isEqualTo(8000);
    assertThat(regions.get(7).medium()).isEqualTo(new Disk("/dev/sdd", true));
    String text = NodeSettingsYaml.write(settings);
    assertThat(NodeSettingsYaml.read("again", text, "n1")).isEqualTo(settings);
    assertThat(SettingsDiff.of(settings, settings).changes()).isEmpty();
    assertThat(SettingsDiff.of(settings, read("name: lan, kind: unicast")).changes())
        .hasSize(7)
        .allMatch(each -> each.effect() == SettingsDiff.Effect.RESTART);
    assertThat(settings.needsKey()).isTrue();
  }

  @Test
  void wrongOnesAreRefusedWithLineAndReason() {
    assertThat(refusal("name: a, kind: carrier"))
        .startsWith("ringward.yaml:7: regions.kind is \"carrier\"; allowed: one of unicast,");
    assertThat(refusal("name: a, kind: unicast", "name: A, kind: unicast, port: 1"))
        .startsWith("ringward.yaml:8: region name \"A\" is given twice, first in line 7");
    assertThat(refusal("name: a, kind: unicast", "name: b, kind: unicast"))
        .isEqualTo("ringward.yaml:8: address 10.0.0.1 port 694 is used by region a already");
    assertThat(refusal("name: a, kind: multicast, mcastaddr: 239.0.0.1"))
        .contains("interface is missing in this entry of regions");
    assertThat(refusal("name: a, kind: multicast, interface: e, mcastaddr: 10.0.0.1"))
        .contains("allowed: IPv4 or IPv6 multicast address");
    assertThat(refusal("name: a, kind: unicast, device: /dev/sdb"))
        .contains("a region of kind unicast has no device; it has port, addresses");
    assertThat(refusal("name: a, kind: disk")).contains("device is missing");
    assertThat(refusal("name: a, kind: serial")).contains("devices is missing");
    assertThat(refusal("name: a, kind: witness"))
        .contains("needs the network witness as quorum device");
    assertThat(refusal("name: a, kind: witness, port: 5")).contains("kind witness has no port");
    assertThat(refusal("name: a, kind: ping, hosts: [10.0.0.1]"))
        .isEqualTo(
            "ringward.yaml:7: 10.0.0.1 is node n1; ping hosts are no nodes: when that node dies"
                + " nobody is disconnected");
    assertThat(refusal("name: a, kind: ping_group")).contains("hosts is missing");
    assertThat(refusal("name: a, kind: ping, hosts: [router]")).contains("no host name");
    assertThat(refusal("name: a, kind: ping, hosts: [10.9.0.1], warntime: 3000"))
        .contains("a region of kind ping has no warntime; it has keepalive, deadtime, hosts");
    assertThat(refusal("name: a, kind: ping, hosts: [10.9.0.1], deadtime: 2000"))
        .contains("it must be more than twice the keepalive");
    assertThat(refusal("name: a, kind: ping, hosts: [10.9.0.1, 10.9.0.1]"))
        .contains("ping host 10.9.0.1 is used by region a already");
    assertThat(refusal("name: a, kind: unicast, hosts: [10.9.0.1]"))
        .contains("a region of kind unicast has no hosts");
    assertThat(refusal("name: a, kind: unicast, deadtime: 2000"))
        .contains("regions.deadtime is 2000 ms; it must be more than twice the keepalive of 1000");
    assertThat(refusal("name: a, kind: unicast, warntime: 900")).contains("warntime is 900");
    assertThat(refusal("name: a, kind: unicast, initdead: 9000")).contains("initdead is 9000");
    assertThat(refusal("name: a, kind: disk, device: /d, tko: 10, threshold: 31"))
        .contains("say the same");
    assertThat(refusal("name: a, kind: unicast, addresses: {n1: 10.1.0.1}"))
        .contains("no address of node n2");
    assertThat(refusal("name: a, kind: unicast, addresses: {n1: 10.1.0.1, m2: 10.1.0.2}"))
        .contains("names \"m2\", which is not in nodes; did you mean \"n2\"?");
    assertThat(refusal("name: a, kind: unicast, addresses: {n1: 10.1.0.1, n2: 10.1.0.1}"))
        .contains("given to two nodes");
    assertThat(refusal("name: a, kind: unicast, addresses: {n1: 10.1.0.1, n2: 'fd00::1'}"))
        .contains("all be IPv4, or all IPv6");
    assertThat(refusal("name: a, kind: serial, devices: [/dev/ttyS0], baud: 9600, keepalive: 100"))
        .contains("2 nodes with a heartbeat every 100 ms need 22000 baud, the line has 9600");
  }
}
