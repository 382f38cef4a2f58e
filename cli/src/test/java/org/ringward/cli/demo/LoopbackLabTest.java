package org.ringward.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Machines without namespaces, with the real web server under its agent. */
class LoopbackLabTest {
  private static final long BOUND = 10_000_000_000L;

  @Test
  void powerOffFindsEveryProcessOfTheMachineAndNoOther() {
    assumeTrue(Files.exists(Path.of("/usr/lib/ocf/resource.d/heartbeat/nginx")), "needs agents");
    assumeTrue(Programs.find("nginx").isPresent(), "needs nginx");
    Path directory;
    try (Workspace workspace = Workspace.create();
        LoopbackLab lab =
            new LoopbackLab(workspace, new DemoCluster(LoopbackLab.members(), workspace, false))) {
      directory = workspace.directory();
      lab.up();
      try (Client client = new Client(lab, workspace.path("client.log"))) {
        agent(lab, workspace, "n1", "start");
        assertThat(lab.activity("n1").usable()).isTrue();
        assertThat(lab.activity("n2").usable()).isFalse();
        assertThat(lab.webServers("n1")).hasSize(2);
        assertThat(Patience.await(BOUND, 5, () -> client.view().last() != null)).isTrue();

        lab.powerOff("n2");
        assertThat(lab.activity("n1").usable()).isTrue();
        List<Long> processes = lab.webServers("n1");
        lab.powerOff("n1");
        assertThat(lab.powered("n1")).isFalse();
        assertThat(processes).noneMatch(Processes::alive);

        lab.powerOn("n1");
        agent(lab, workspace, "n1", "start");
        agent(lab, workspace, "n1", "stop");
        assertThat(lab.activity("n1")).isEqualTo(Activity.NONE);
      }
    }
    assertThat(directory).doesNotExist();
  }

  private static void agent(LoopbackLab lab, Workspace workspace, String node, String action) {
    String script =
        """
        export OCF_ROOT=%s HA_RSCTMP=%s/run PATH=%s OCF_RESOURCE_INSTANCE=server
        export OCF_RESKEY_configfile='%s' OCF_RESKEY_CRM_meta_on_node=%s
        $OCF_ROOT/resource.d/ringward/nginx %s >/dev/null 2>&1
        """
            .formatted(
                workspace.path("ocf"),
                workspace.path(node),
                Programs.path(),
                workspace.path("%n/web/nginx.conf"),
                node,
                action);
    Programs.must(List.of("sh", "-c", script));
    assertThat(lab.powered(node)).isTrue();
  }
}
