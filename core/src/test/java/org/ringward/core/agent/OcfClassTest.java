package org.ringward.core.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OcfClassTest {
  private final OcfClass ocf =
      new OcfClass(
          new AgentEnvironment(
              "alpha",
              "3",
              "/usr/lib/ocf",
              "/run/r/resource-agents",
              List.of(),
              "/usr/sbin:/usr/bin",
              AgentEnvironment.QUIET,
              1));

  private ResourceOperation monitor(Map<String, String> parameters, Map<String, String> meta) {
    return new ResourceOperation(
        1,
        "ip",
        "ocf",
        "heartbeat",
        "IPaddr2",
        "monitor",
        10_000,
        20_000,
        0,
        new TreeMap<>(parameters),
        new TreeMap<>(meta));
  }

  @Test
  void theWholeEnvironmentOfAnAgent() {
    Step step =
        ocf.next(
            monitor(
                Map.of("ip", "10.0.0.1", "OCF_CHECK_LEVEL", "10"),
                Map.of("interval", "10000", "clone_max", "2")),
            List.of());
    assertThat(step).isInstanceOf(Step.Run.class);
    Step.Run run = (Step.Run) step;
    assertThat(run.timeoutMillis()).isEqualTo(20_000);
    assertThat(run.execution().command())
        .containsExactly("/usr/lib/ocf/resource.d/heartbeat/IPaddr2", "monitor");
    assertThat(run.execution().input()).isNull();
    assertThat(run.execution().environment())
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("PATH", "/usr/sbin:/usr/bin"),
                Map.entry("LC_ALL", "C"),
                Map.entry("HA_RSCTMP", "/run/r/resource-agents"),
                Map.entry("HA_debug", "0"),
                Map.entry("HA_cluster_type", "corosync"),
                Map.entry("HA_LOGFACILITY", "none"),
                Map.entry("PCMK_LOGFACILITY", "none"),
                Map.entry("PCMK_service", "pacemaker-execd"),
                Map.entry("OCF_ROOT", "/usr/lib/ocf"),
                Map.entry("OCF_RA_VERSION_MAJOR", "1"),
                Map.entry("OCF_RA_VERSION_MINOR", "1"),
                Map.entry("OCF_RESOURCE_INSTANCE", "ip"),
                Map.entry("OCF_RESOURCE_TYPE", "IPaddr2"),
                Map.entry("OCF_RESOURCE_PROVIDER", "heartbeat"),
                Map.entry("OCF_EXIT_REASON_PREFIX", "ocf-exit-reason:"),
                Map.entry("OCF_CHECK_LEVEL", "10"),
                Map.entry("OCF_RESKEY_ip", "10.0.0.1"),
                Map.entry("OCF_RESKEY_crm_feature_set", "3.20.0"),
                Map.entry("OCF_RESKEY_CRM_meta_timeout", "20000"),
                Map.entry("OCF_RESKEY_CRM_meta_interval", "10000"),
                Map.entry("OCF_RESKEY_CRM_meta_name", "monitor"),
                Map.entry("OCF_RESKEY_CRM_meta_clone_max", "2"),
                Map.entry("OCF_RESKEY_CRM_meta_on_node", "alpha"),
                Map.entry("OCF_RESKEY_CRM_meta_on_node_uuid", "3")));
  }

  @Test
  void parameterNamesThatCannotBeVariablesAreRefused() {
    for (String name : List.of("", "a=b", "a\0b")) {
      Step step = ocf.next(monitor(Map.of(name, "x"), Map.of()), List.of());
      assertThat(step).isInstanceOf(Verdict.class);
      assertThat(((Verdict) step).exitCode()).isEqualTo(6);
    }
  }
}
