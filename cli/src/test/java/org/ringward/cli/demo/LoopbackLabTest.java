package org.ringward.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
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

  @Test
  void aCutNetworkPassesNothingAndTheOthersDo() throws IOException {
    int port;
    try (DatagramSocket free = new DatagramSocket(0)) {
      port = free.getLocalPort();
    }
    try (LoopbackSwitch network = new LoopbackSwitch(3, 2, port);
        DatagramSocket one = new DatagramSocket(at(1, 1, port));
        DatagramSocket two = new DatagramSocket(at(2, 2, port))) {
      two.setSoTimeout(5000);
      one.send(new DatagramPacket(new byte[] {7}, 1, at(1, 2, port)));
      DatagramPacket received = new DatagramPacket(new byte[4], 4);
      two.receive(received);
      assertThat(received.getLength()).isEqualTo(1);
      // A node knows the others by their addresses, as it sees them.
      assertThat(received.getSocketAddress()).isEqualTo(at(2, 1, port));

      network.cut(1);
      one.send(new DatagramPacket(new byte[] {8}, 1, at(1, 2, port)));
      assertThat(Patience.await(BOUND, 5, () -> network.lost() == 1)).isTrue();
      two.setSoTimeout(1);
      assertThatThrownBy(() -> two.receive(received)).isInstanceOf(SocketTimeoutException.class);

      // What was lost does not come later.
      network.mend(1);
      two.setSoTimeout(5000);
      one.send(new DatagramPacket(new byte[] {9}, 1, at(1, 2, port)));
      two.receive(received);
      assertThat(received.getData()[0]).isEqualTo((byte) 9);
    }
  }

  @Test
  void aRingOfSerialLinesCarriesBytesUntilItIsCut() throws Exception {
    try (SerialRing ring = SerialRing.lay(3);
        RandomAccessFile near = new RandomAccessFile(ring.devices(0).getFirst(), "rw");
        RandomAccessFile far = new RandomAccessFile(ring.devices(1).getLast(), "rw")) {
      byte[] every = new byte[256];
      for (int value = 0; value < every.length; value++) {
        every[value] = (byte) value;
      }
      ring.cut(1);
      near.write(new byte[] {1, 2, 3});
      assertThat(Patience.await(BOUND, 5, () -> ring.lostBytes() == 3)).isTrue();
      ring.mend(1);
      near.write(every);
      byte[] got = new byte[every.length];
      far.readFully(got);
      assertThat(got).isEqualTo(every);
    }
  }

  private static InetSocketAddress at(int from, int to, int port) {
    return new InetSocketAddress(LoopbackSwitch.address(3, from, to), port);
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
