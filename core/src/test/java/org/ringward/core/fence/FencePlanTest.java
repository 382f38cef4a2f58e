package org.ringward.core.fence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FencePlanTest {
  private static final Map<String, String> ALL = Map.of("pcmk_host_list", "a,b c");

  private static List<List<String>> devices(FenceConfiguration configuration, String target) {
    return FencePlan.of(configuration.build(), target).deviceIds();
  }

  @Test
  void withoutTopologyEveryDeviceThatCanByFallingPriority() {
    FenceConfiguration configuration =
        new FenceConfiguration()
            .service("web")
            .device("low", "fence_x", ALL)
            .device("others", "fence_x", Map.of("pcmk_host_list", "c"))
            .device("mapped", "fence_x", Map.of("pcmk_host_map", "B:4"), Map.of("priority", "5"))
            .device("asked", "fence_x", Map.of("pcmk_host_check", "status"))
            .device("any", "fence_x", Map.of("pcmk_host_check", "none"))
            .device("off", "fence_x", ALL, Map.of("target-role", "Stopped"));
    FencePlan plan = FencePlan.of(configuration.build(), "b");
    assertThat(plan.deviceIds())
        .containsExactly(List.of("mapped"), List.of("low"), List.of("asked"), List.of("any"));
    assertThat(plan.rejected()).hasSize(2);
    assertThat(plan.rejected().get(0)).contains("others").contains("does not list b");
    assertThat(plan.rejected().get(1)).contains("off").contains("target-role");
  }

  @Test
  void aHostListDoesNotCountWhenTheCheckSaysOtherwise() {
    Map<String, String> parameters =
        Map.of("pcmk_host_list", "c", "pcmk_host_check", "dynamic-list");
    assertThat(devices(new FenceConfiguration().device("d", "fence_x", parameters), "b"))
        .containsExactly(List.of("d"));
  }

  @Test
  void theTopologyByNameThenPatternThenAttribute() {
    FenceConfiguration configuration =
        new FenceConfiguration()
            .node("b", Map.of("rack", "7"))
            .device("d1", "fence_x", ALL)
            .device("d2", "fence_x", ALL)
            .device("d3", "fence_x", ALL)
            .level(2, "d2,d3", "target", "b")
            .level(1, "d1", "target", "b")
            .level(1, "d2", "target-pattern", "^[ab]$")
            .level(1, "d3", "target-attribute", "rack", "target-value", "7");
    assertThat(devices(configuration, "b")).containsExactly(List.of("d1"), List.of("d2", "d3"));
    assertThat(devices(configuration, "a")).containsExactly(List.of("d2"));
    configuration.node("c", Map.of("rack", "7"));
    assertThat(devices(configuration, "c")).containsExactly(List.of("d3"));
    // Nothing fits: every device that can.
    configuration.device("d4", "fence_x", Map.of("pcmk_host_list", "z"));
    assertThat(devices(configuration, "z")).containsExactly(List.of("d4"));
  }

  @Test
  void aNodeIsLetInByAllThatUnfence() {
    Map<String, String> unfences = Map.of("provides", "unfencing");
    FenceConfiguration configuration =
        new FenceConfiguration()
            .device("rack", "fence_x", ALL)
            .device("disk1", "fence_scsi", ALL, unfences)
            .device("disk2", "fence_scsi", Map.of("pcmk_host_list", "c"), unfences)
            .device("disk3", "fence_mpath", ALL, unfences)
            .level(1, "rack", "target", "b");
    FencePlan plan = FencePlan.toLetIn(configuration.build(), "b");
    assertThat(plan.deviceIds()).containsExactly(List.of("disk1", "disk3"));
    // By itself, where it can.
    assertThat(plan.executors(List.of("a", "b", "c"))).containsExactly("b", "a", "c");
    configuration.location("disk1", "b", "-INFINITY");
    assertThat(FencePlan.toLetIn(configuration.build(), "b").executors(List.of("a", "b", "c")))
        .containsExactly("a", "c");
    // What is lost is never shot by itself.
    assertThat(FencePlan.of(configuration.build(), "b").executors(List.of("a", "b", "c")))
        .containsExactly("a", "c");
  }

  @Test
  void withoutSuchDevicesANodeIsLetInByWhatFencesIt() {
    FenceConfiguration configuration =
        new FenceConfiguration()
            .device("fabric", "fence_x", ALL)
            .device("rack", "fence_x", ALL)
            .level(1, "fabric", "target", "b");
    assertThat(FencePlan.toLetIn(configuration.build(), "b").deviceIds())
        .containsExactly(List.of("fabric"));
  }

  @Test
  void aLevelWithADeviceThatCannotIsNoLevel() {
    FencePlan plan =
        FencePlan.of(
            new FenceConfiguration()
                .device("d1", "fence_x", ALL)
                .device("d2", "fence_x", Map.of("pcmk_host_list", "z"))
                .level(1, "d1 ghost", "target", "b")
                .level(2, "d2", "target", "b")
                .level(3, "", "target", "b")
                .build(),
            "b");
    assertThat(plan.isEmpty()).isTrue();
    assertThat(plan.rejected())
        .containsExactly(
            "fencing level level-1: there is no fencing device \"ghost\"",
            "fencing level level-2: device d2 does not list b in pcmk_host_list or pcmk_host_map",
            "fencing level level-3 names no devices");
    assertThat(plan.executors(List.of("a", "c"))).isEmpty();
  }

  @Test
  void brokenPatternsAndAttributesAreTold() {
    FencePlan plan =
        FencePlan.of(
            new FenceConfiguration()
                .device("path", "/usr/sbin/fence_x", ALL)
                .device("plugin", "external/ipmi", ALL)
                .device("check", "fence_x", Map.of("pcmk_host_check", "maybe"))
                .device(
                    "time", "fence_x", Map.of("pcmk_host_list", "b", "pcmk_off_timeout", "soon"))
                .device("line", "fence_x", Map.of("pcmk_host_list", "b", "ip", "1\naction=on"))
                .level(1, "path", "target-pattern", "[")
                .build(),
            "b");
    assertThat(plan.isEmpty()).isTrue();
    assertThat(plan.rejected()).hasSize(6);
    assertThat(plan.rejected().get(0)).contains("level-1").contains("\"[\"");
    assertThat(plan.rejected().get(1)).contains("/usr/sbin/fence_x").contains("fence_ipmilan");
    assertThat(plan.rejected().get(2)).contains("external/ipmi");
    assertThat(plan.rejected().get(3)).contains("maybe").contains("static-list");
    assertThat(plan.rejected().get(4)).contains("pcmk_off_timeout").contains("soon");
    assertThat(plan.rejected().get(5)).contains("line break");
  }

  @Test
  void executorsAreNeverTheTargetAndRespectBans() {
    FencePlan plan =
        FencePlan.of(
            new FenceConfiguration()
                .device("d1", "fence_x", ALL)
                .device("d2", "fence_x", ALL)
                .location("d1", "a", "-INFINITY")
                .location("d1", "d", "-INFINITY")
                .location("d2", "d", "-1000000")
                .location("d2", "c", "-500")
                .build(),
            "b");
    assertThat(plan.executors(List.of("a", "b", "c", "d", "e"))).containsExactly("c", "e", "a");
    assertThat(plan.executors(List.of("b"))).isEmpty();
  }

  @Test
  void theTimeoutUnderBothNames() {
    assertThat(FencePlan.of(new FenceConfiguration().build(), "b").timeoutMillis())
        .isEqualTo(60_000);
    FenceConfiguration old = new FenceConfiguration().property("stonith-timeout", "15s");
    assertThat(FencePlan.of(old.build(), "b").timeoutMillis()).isEqualTo(15_000);
    old.property("fencing-timeout", "2min");
    assertThat(FencePlan.of(old.build(), "b").timeoutMillis()).isEqualTo(120_000);
  }
}
