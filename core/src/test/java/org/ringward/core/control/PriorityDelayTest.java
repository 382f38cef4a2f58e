package org.ringward.core.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.ringward.core.cib.CibXml;

/** Who has a head start, and how long, as Pacemaker documents priority-fencing-delay. */
class PriorityDelayTest {
  private static final long SECOND = 1_000_000_000L;

  /**
   * n1 to n4 with the resource web on n2 and db, which is promoted, on n3; both groups' members.
   */
  private static ClusterState state(int nodes, String delay, String web, String db) {
    StringBuilder entries = new StringBuilder();
    StringBuilder states = new StringBuilder();
    for (int i = 1; i <= nodes; i++) {
      entries.append("<node id=\"%d\" uname=\"n%d\"/>".formatted(i, i));
      String runs =
          switch (i) {
            case 2 -> history("web", "start", 0);
            case 3 -> history("db", "start", 0) + history("idle", "stop", 0);
            default -> "";
          };
      states.append(
          ("<node_state id=\"%d\" uname=\"n%d\" in_ccm=\"false\" expected=\"member\">"
                  + "<lrm id=\"%d\"><lrm_resources>%s</lrm_resources></lrm></node_state>")
              .formatted(i, i, i, runs));
    }
    String cib =
        """
        <cib><configuration><crm_config><cluster_property_set id="o">
        <nvpair id="o1" name="priority-fencing-delay" value="%s"/></cluster_property_set></crm_config>
        <nodes>%s</nodes>
        <resources>
        <group id="g"><meta_attributes id="gm"><nvpair id="gp" name="priority" value="%s"/>
        </meta_attributes><primitive id="web" class="ocf" provider="x" type="y"/></group>
        <primitive id="db" class="ocf" provider="x" type="y"><meta_attributes id="dm">
        <nvpair id="dp" name="priority" value="%s"/></meta_attributes></primitive>
        <primitive id="idle" class="ocf" provider="x" type="y"><meta_attributes id="im">
        <nvpair id="ip" name="priority" value="1000"/></meta_attributes></primitive>
        </resources><constraints/></configuration><status>%s</status></cib>
        """
            .formatted(delay, entries, web, db, states);
    return new ClusterState(1, CibXml.read("test", cib));
  }

  private static String history(String resource, String operation, int code) {
    return ("<lrm_resource id=\"%s\" class=\"ocf\" provider=\"x\" type=\"y\"><lrm_rsc_op"
            + " id=\"%s_last_0\" operation=\"%s\" call-id=\"1\" rc-code=\"%d\" op-status=\"0\""
            + " interval=\"0\" transition-key=\"1:1:0:u\"/></lrm_resource>")
        .formatted(resource, resource, operation, code);
  }

  private static long seconds(ClusterState state, String target, String... members) {
    return PriorityDelay.of(state, List.of(members), target).nanos() / SECOND;
  }

  @Test
  void ofTwoTheOneThatRunsMoreIsShotLater() {
    ClusterState state = state(2, "15s", "7", "0");
    assertThat(seconds(state, "n2", "n1")).isEqualTo(15);
    assertThat(seconds(state, "n1", "n2")).isZero();
    assertThat(PriorityDelay.of(state, List.of("n1"), "n2").sentence("n2"))
        .isEqualTo(
            "fencing of n2 is put off by 15.0 s: its resources have priority 7, those of any node"
                + " here at most 0");
  }

  @Test
  void nothingIsPutOffByDefaultOrWhereNothingWeighsMore() {
    assertThat(seconds(state(2, "0", "7", "0"), "n2", "n1")).isZero();
    assertThat(seconds(state(2, "15s", "0", "0"), "n2", "n1")).isZero();
    assertThat(seconds(state(2, "15s", "-3", "0"), "n2", "n1")).isZero();
  }

  @Test
  void aMajorityNeedsNoHeadStart() {
    ClusterState state = state(3, "15s", "7", "0");
    assertThat(seconds(state, "n2", "n1", "n3")).isZero();
  }

  @Test
  void ofTwoHalvesTheHeaviestNodeIsSpared() {
    ClusterState state = state(4, "15s", "7", "5");
    assertThat(seconds(state, "n2", "n1", "n4")).isEqualTo(15);
    // The lost ones are not all equal: only the heaviest has the head start.
    assertThat(seconds(state, "n3", "n1", "n4")).isZero();
    assertThat(seconds(state, "n3", "n1", "n2")).isZero();
  }

  @Test
  void aPromotedInstanceWeighsOneMoreUnlessItWeighsNothing() {
    ClusterState plain = state(3, "0", "0", "5");
    assertThat(NodePriority.of(plain.cib(), "n3")).isEqualTo(5);
    ClusterState promoted =
        new ClusterState(
            1,
            CibXml.read(
                "test",
                CibXml.write(plain.cib())
                    .replaceFirst("operation=\"start\"", "operation=\"promote\"")));
    assertThat(NodePriority.of(promoted.cib(), "n2")).isZero();
    ClusterState heavy =
        new ClusterState(
            1,
            CibXml.read(
                "test",
                CibXml.write(state(3, "0", "4", "5").cib())
                    .replaceFirst("operation=\"start\"", "operation=\"promote\"")));
    assertThat(NodePriority.of(heavy.cib(), "n2")).isEqualTo(5);
  }
}
