package org.ringward.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.ringward.core.cib.CibYaml;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.ConfigurationReading;
import org.ringward.core.cib.Group;
import org.ringward.core.cib.Primitive;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.config.NodeSettingsYaml;
import org.ringward.core.config.RegionSettings.Region;
import org.ringward.core.config.TotemSettings;

class DemoClusterTest {
  private static final List<DemoCluster.Member> MEMBERS =
      DemoCluster.members(number -> "10.88.0." + (10 + number));

  @Test
  void theDaemonsGetNothingButDefaultsAndRegions() {
    try (Workspace workspace = Workspace.create();
        DemoRegions regions = new DemoRegions(MEMBERS, workspace)) {
      DemoCluster cluster = new DemoCluster(MEMBERS, workspace, false);
      String text =
          cluster.daemonSettings(
              "n2",
              "/state",
              "/run/x",
              5405,
              DemoCluster.Member::address,
              "127.0.0.1:7630",
              regions.settings(
                  "n2", 694, (network, each) -> "10.%d.0.%d".formatted(network, each.id())));
      NodeSettings settings = NodeSettingsYaml.read("daemon.yaml", text, "elsewhere");
      assertThat(settings.self().id()).isEqualTo(2);
      assertThat(settings.self().address()).isEqualTo("10.88.0.12");
      assertThat(settings.members()).hasSize(3);
      assertThat(settings.totem()).isEqualTo(TotemSettings.DEFAULT);
      assertThat(settings.regions().regions().stream().map(Region::name))
          .isEqualTo(regions.names())
          .startsWith("mgmt", "backup", "disk");
    }
  }

  @Test
  void theConfigurationIsAGroupOfAddressAndServerAndAFencingDevice() {
    try (Workspace workspace = Workspace.create()) {
      DemoCluster cluster = new DemoCluster(MEMBERS, workspace, true);
      Configuration read = read(cluster.configurationWithAddress("10.88.0.100", 24, "/run/n.conf"));
      Group group = (Group) read.resources().getFirst();
      assertThat(group.members().stream().map(Primitive.class::cast).map(Primitive::agent))
          .containsExactly("ocf:heartbeat:IPaddr2", "ocf:heartbeat:nginx");
      assertThat(read.resources()).hasSize(2);
    }
  }

  @Test
  void withoutNamespacesTheGroupHasNoAddress() {
    try (Workspace workspace = Workspace.create()) {
      DemoCluster cluster = new DemoCluster(MEMBERS, workspace, false);
      Configuration read = read(cluster.configurationWithoutAddress("/tmp/%n/nginx.conf"));
      Group group = (Group) read.resources().getFirst();
      assertThat(group.members()).hasSize(1);
    }
  }

  private static Configuration read(String text) {
    ConfigurationReading reading = CibYaml.readConfiguration("demo.yaml", text);
    assertThat(reading.notes()).isEmpty();
    return reading.configuration();
  }
}
