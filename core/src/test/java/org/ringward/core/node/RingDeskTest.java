package org.ringward.core.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.LinksReport;
import org.ringward.core.admin.RingReport;
import org.ringward.core.base.NodeSet;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.config.NodeSettingsYaml;
import org.ringward.core.group.ProcessGroupListener;
import org.ringward.core.group.ProcessGroups;
import org.ringward.core.group.RingConfiguration;
import org.ringward.core.link.Transport;
import org.ringward.core.link.Transports;
import org.ringward.core.port.RingIds;
import org.ringward.core.quorum.QuorumVerdict;

/** What operators are told about the ring. */
class RingDeskTest {
  private static final long SECOND = 1_000_000_000L;

  private final NodeSettings settings =
      NodeSettingsYaml.read(
          "test.yaml",
          """
          cluster: demo
          nodes:
            - {name: n1, id: 1, address: 10.0.0.1, ring2_addr: "fd00::1"}
            - {name: n2, id: 2, address: 10.0.0.2, ring2_addr: "fd00::2", votes: 3}
          totem: {token: 1000, interface: [{linknumber: 2, mcastport: 9000, priority: 7}]}
          """,
          "n1");
  private final Transport transport =
      Transports.of(settings, new byte[128], 1, (_, _, _, _, _) -> {});
  private final ProcessGroups groups =
      new ProcessGroups(
          1, settings.nodeIds(), settings.totem(), transport, new NoRingIds(), new Deaf());
  private final RingDesk desk =
      new RingDesk(
          settings,
          groups,
          transport,
          () -> new QuorumVerdict(false, 1, 3, 4, "1 of 4 votes"),
          new RingWatch(settings, (_, _) -> {}));

  private static final class NoRingIds implements RingIds {
    @Override
    public long load() {
      return 0;
    }

    @Override
    public void store(long ringSequence) {}
  }

  private static final class Deaf implements ProcessGroupListener {
    @Override
    public void configurationChanged(RingConfiguration configuration) {}

    @Override
    public void synchronised(long ringSequence) {}

    @Override
    public void membershipChanged(String group, NodeSet members, NodeSet joined, NodeSet left) {}

    @Override
    public void delivered(String group, int fromNode, byte[] bytes, int offset, int length) {}
  }

  private static <T> T report(AdminReply reply, Class<T> type) {
    assertThat(reply.exitCode()).isZero();
    return type.cast(Objects.requireNonNull(reply.report()));
  }

  /** Alone, and nobody answers. */
  private void formRing() {
    groups.start(SECOND);
    for (long now = SECOND; now < 6 * SECOND; now += SECOND / 1000) {
      groups.expire(now);
    }
  }

  @Test
  void ring() {
    formRing();
    RingReport ring = report(desk.status(), RingReport.class);
    assertThat(ring.cluster()).isEqualTo("demo");
    assertThat(ring.node()).isEqualTo("n1");
    assertThat(ring.state()).isEqualTo("operational");
    assertThat(ring.ring()).matches("1/[0-9a-f]+");
    assertThat(ring.transport()).isEqualTo("knet, aes256 with sha256");
    assertThat(ring.quorum().quorate()).isFalse();
    assertThat(ring.quorum().reason()).isEqualTo("1 of 4 votes");
    assertThat(ring.members())
        .extracting(RingReport.MemberLine::name, RingReport.MemberLine::member)
        .containsExactly(tuple("n1", true), tuple("n2", false));
    assertThat(ring.members().getLast().addresses()).containsExactly("10.0.0.2", "fd00::2");
    assertThat(ring.members().getLast().votes()).isEqualTo(3);
    assertThat(ring.timers().token()).isEqualTo(1000);
    assertThat(ring.timers().consensus()).isEqualTo(1200);
    assertThat(ring.counters()).containsEntry("rings-formed", 1L);
    assertThat(ring.warnings()).containsExactly("link 0 to n2 is down", "link 2 to n2 is down");
  }

  @Test
  void links() {
    formRing();
    LinksReport links = report(desk.links(), LinksReport.class);
    assertThat(links.mode()).isEqualTo("passive");
    assertThat(links.links()).hasSize(2);
    LinksReport.LinkLine second = links.links().getLast();
    assertThat(second.node()).isEqualTo("n2");
    assertThat(second.link()).isEqualTo(2);
    assertThat(second.address()).isEqualTo("fd00::2");
    assertThat(second.port()).isEqualTo(9000);
    assertThat(second.priority()).isEqualTo(7);
    assertThat(second.connected()).isFalse();
    assertThat(second.pingsSent()).isPositive();
  }

  @Test
  void transportsInWords() {
    assertThat(words("crypto_cipher: none"))
        .isEqualTo("knet, authenticated with sha256, not encrypted");
    assertThat(words("secauth: no")).isEqualTo("knet, neither encrypted nor authenticated");
    assertThat(words("transport: udpu")).isEqualTo("udpu, neither encrypted nor authenticated");
  }

  private static String words(String totem) {
    String text = "cluster: c\nnodes: [{name: n1, id: 1, address: 10.0.0.1}]\ntotem: {%s}\n";
    return RingDesk.transportText(
        NodeSettingsYaml.read("test.yaml", text.formatted(totem), "n1").links());
  }
}
