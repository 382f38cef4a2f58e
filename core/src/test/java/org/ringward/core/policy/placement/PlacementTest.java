package org.ringward.core.policy.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.ringward.core.cib.CibXml;
import org.ringward.core.policy.facts.Facts;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.PolicyResource;
import org.ringward.core.policy.model.Role;
import org.ringward.core.policy.model.ScoreContribution;
import org.ringward.core.policy.model.Situation;

final class PlacementTest {
  private static final String NODES = "<node id='1' uname='n1'/><node id='2' uname='n2'/>";

  /** Three lines of a cluster of two nodes without fencing. */
  private static Situation placed(String options, String resources, String constraints) {
    String states = state(1) + state(2);
    String cib =
        "<cib validate-with='pacemaker-3.9' have-quorum='1'><configuration><crm_config>"
            + "<cluster_property_set id='o'><nvpair id='f' name='fencing-enabled' value='false'/>"
            + options
            + "</cluster_property_set></crm_config><nodes>"
            + NODES
            + "</nodes><resources>"
            + resources
            + "</resources><constraints>"
            + constraints
            + "</constraints></configuration><status>"
            + states
            + "</status></cib>";
    Facts facts =
        Facts.read(CibXml.read("test", cib.getBytes(StandardCharsets.UTF_8)), 1_700_000_000L);
    facts.situation().explaining = true;
    facts.situation().scoreLines = new ArrayList<>();
    Constraints.read(facts);
    Placement.assign(facts);
    return facts.situation();
  }

  private static String state(int number) {
    return "<node_state id='"
        + number
        + "' uname='n"
        + number
        + "' in_ccm='true' crmd='online' join='member' expected='member'>"
        + "<transient_attributes id='"
        + number
        + "'><instance_attributes id='t"
        + number
        + "'><nvpair id='m"
        + number
        + "' name='master-d' value='"
        + number * 5
        + "'/></instance_attributes></transient_attributes></node_state>";
  }

  private static String dummy(String id, String inside) {
    return "<primitive id='"
        + id
        + "' class='ocf' provider='pacemaker' type='Dummy'>"
        + inside
        + "</primitive>";
  }

  private static String colocation(String dependent, String primary, String score) {
    return "<rsc_colocation id='c-"
        + dependent
        + "-"
        + primary
        + "' rsc='"
        + dependent
        + "' with-rsc='"
        + primary
        + "' score='"
        + score
        + "'/>";
  }

  private static String location(String resource, String node, String score) {
    return "<rsc_location id='l-"
        + resource
        + "' rsc='"
        + resource
        + "' node='"
        + node
        + "' score='"
        + score
        + "'/>";
  }

  private static @Nullable String where(Situation situation, String id) {
    PolicyResource resource = situation.resource(id);
    PolicyNode node = resource == null ? null : resource.assigned;
    return node == null ? null : node.name;
  }

  @Test
  void equalNodesShareTheLoadAndTheNameDecides() {
    Situation situation = placed("", dummy("a", "") + dummy("b", "") + dummy("c", ""), "");

    assertThat(where(situation, "a")).isEqualTo("n1");
    assertThat(where(situation, "b")).isEqualTo("n2");
    assertThat(where(situation, "c")).isEqualTo("n1");
  }

  @Test
  void whatMustBeTogetherGoesWhereBothMayBe() {
    Situation situation =
        placed(
            "",
            dummy("a", "") + dummy("b", ""),
            colocation("a", "b", "INFINITY") + location("a", "n1", "-INFINITY"));

    assertThat(where(situation, "b")).isEqualTo("n2");
    assertThat(where(situation, "a")).isEqualTo("n2");
  }

  @Test
  void aWishToBeApartGivesWayWhenThereIsOneNode() {
    Situation situation =
        placed(
            "",
            dummy("a", "") + dummy("b", ""),
            colocation("a", "b", "-100")
                + location("a", "n1", "-INFINITY")
                + location("b", "n1", "-INFINITY"));

    assertThat(where(situation, "a")).isEqualTo("n2");
    assertThat(where(situation, "b")).isEqualTo("n2");
  }

  @Test
  void aBanOfOneMemberMovesTheGroup() {
    Situation situation =
        placed(
            "",
            "<group id='g'>" + dummy("a", "") + dummy("b", "") + "</group>",
            location("b", "n1", "-INFINITY"));

    assertThat(where(situation, "a")).isEqualTo("n2");
    assertThat(where(situation, "b")).isEqualTo("n2");
  }

  @Test
  void theHigherPromotionScoreIsPromoted() {
    Situation situation =
        placed(
            "",
            "<clone id='m'><meta_attributes id='x'><nvpair id='p' name='promotable' value='true'/>"
                + "</meta_attributes>"
                + dummy("d", "")
                + "</clone>",
            "");

    assertThat(roleOn(situation, "n1")).isEqualTo(Role.UNPROMOTED);
    assertThat(roleOn(situation, "n2")).isEqualTo(Role.PROMOTED);
  }

  private static Role roleOn(Situation situation, String node) {
    return situation.primitives().stream()
        .filter(each -> each.assigned != null && each.assigned.name.equals(node))
        .findFirst()
        .orElseThrow()
        .nextRole;
  }

  @Test
  void whereThereIsNoRoomNothingIsPlaced() {
    String need = "<utilization id='u'><nvpair id='u1' name='memory' value='1000'/></utilization>";
    Situation situation =
        placed(
            "<nvpair id='s' name='placement-strategy' value='utilization'/>", dummy("a", need), "");

    assertThat(where(situation, "a")).isNull();
    assertThat(situation.primitives().getFirst().nextRole).isEqualTo(Role.STOPPED);
  }

  @Test
  void namesOfTemplatesAndTagsStandForManyButNotOnBothSides() {
    String template = "<template id='t' class='ocf' provider='pacemaker' type='Dummy'/>";
    Situation situation =
        placed(
            "",
            template + "<primitive id='a' template='t'/><primitive id='b' template='t'/>",
            location("t", "n2", "10") + colocation("t", "t", "-INFINITY"));

    assertThat(where(situation, "a")).isEqualTo("n2");
    assertThat(where(situation, "b")).isEqualTo("n2");
  }

  @Test
  void everyScoreCanBeTracedToItsSources() {
    Situation situation =
        placed(
            "",
            dummy("a", "") + dummy("b", ""),
            colocation("a", "b", "20") + location("a", "n1", "7"));

    PolicyResource resource = situation.resourcesById.get("a");
    assertThat(resource).isNotNull();
    List<String> sources =
        resource.contributions.stream()
            .map((ScoreContribution each) -> each.score() + " " + each.source())
            .toList();
    assertThat(sources).contains("7 location l-a", "20 colocation c-a-b with b");
    assertThat(situation.scoreLines)
        .contains("pcmk__primitive_assign: a allocation score on n1: 27");
  }
}
