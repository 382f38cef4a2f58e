package org.ringward.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Builds the real machines; only where namespaces can be made and the agents are installed. */
class NamespaceLabTest {
  private static final long BOUND = 10_000_000_000L;

  @Test
  void aMachineThatLosesPowerLosesEverythingAtOnceAndTheClientSeesIt() {
    assumeTrue(NamespaceLab.possible(), "needs root");
    assumeTrue(Files.exists(Path.of("/usr/lib/ocf/resource.d/heartbeat/IPaddr2")), "needs agents");
    assumeTrue(Programs.find("nginx").isPresent(), "needs nginx");
    Path directory;
    try (Workspace workspace = Workspace.create();
        NamespaceLab lab =
            new NamespaceLab(
                workspace, new DemoCluster(NamespaceLab.members(), workspace, false))) {
      directory = workspace.directory();
      lab.up();
      EventLog log = new EventLog(workspace.path("events.log"));
      try (PowerSwitch _ = new PowerSwitch(lab, workspace.path("switch"), log);
          Client client = new Client(lab, workspace.path("client.log"));
          TruthWatch truth = new TruthWatch(lab, log)) {
        serve(lab, workspace, "n1");
        assertThat(lab.activity("n1")).isEqualTo(new Activity(true, true));
        assertThat(lab.webServers("n1")).hasSize(2);
        assertThat(Patience.await(BOUND, 5, () -> client.view().last() != null)).isTrue();
        assertThat(Objects.requireNonNull(client.view().last()).node()).isEqualTo("n1");

        long fault = System.nanoTime();
        fence(lab, workspace, "n1");
        assertThat(lab.powered("n1")).isFalse();
        assertThat(lab.activity("n1")).isEqualTo(Activity.NONE);
        serve(lab, workspace, "n2");
        assertThat(Patience.await(BOUND, 5, () -> answers(client, "n2"))).isTrue();
        Outage outage =
            Objects.requireNonNull(Outage.longest(client.view().answersAround(fault), fault));
        assertThat(outage.before()).isEqualTo("n1");
        assertThat(outage.after()).isEqualTo("n2");
        assertThat(outage.millis()).isBetween(20L, 5000L);

        lab.powerOn("n1");
        assertThat(lab.activity("n1")).isEqualTo(Activity.NONE);
        assertThat(truth.violations()).isEmpty();
        assertThat(truth.samples()).isPositive();
        serve(lab, workspace, "n1");
        assertThat(Patience.await(BOUND, 5, () -> !truth.violations().isEmpty())).isTrue();
      }
    }
    assertThat(directory).doesNotExist();
    assertThat(Marked.processes(directory)).isEmpty();
  }

  private static boolean answers(Client client, String node) {
    Answer last = client.view().last();
    return last != null && last.node().equals(node);
  }

  /** What a cluster manager would do on the node: starts both resources through their agents. */
  private static void serve(NamespaceLab lab, Workspace workspace, String node) {
    String ocf = workspace.path("ocf").toString();
    String script =
        """
        export OCF_ROOT=%s HA_RSCTMP=/run/resource-agents PATH=%s
        export OCF_RESKEY_ip=10.88.0.100 OCF_RESKEY_cidr_netmask=24 OCF_RESKEY_nic=eth0
        export OCF_RESKEY_configfile=/run/ringward-demo/nginx.conf
        OCF_RESOURCE_INSTANCE=address $OCF_ROOT/resource.d/heartbeat/IPaddr2 start &&
        OCF_RESOURCE_INSTANCE=server $OCF_ROOT/resource.d/ringward/nginx start
        """
            .formatted(ocf, Programs.path());
    Programs.must(lab.inside(node, List.of("sh", "-c", "(" + script + ") >/dev/null 2>&1")));
  }

  private static void fence(NamespaceLab lab, Workspace workspace, String node) {
    String agent = workspace.path("fence/fence_ringward_demo").toString();
    Programs.must(
        lab.inside(
            "n3",
            List.of(
                "sh",
                "-c",
                "printf 'action=reboot\\nnodename=%s\\nplug=%s\\nswitch=%s\\n' | %s"
                    .formatted(node, node, workspace.path("switch"), agent))));
  }
}
