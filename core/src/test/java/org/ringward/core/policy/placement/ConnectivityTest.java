package org.ringward.core.policy.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.ringward.core.cib.CibXml;
import org.ringward.core.policy.facts.Facts;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.PolicyResource;
import org.ringward.core.policy.model.PrimitiveResource;
import org.ringward.core.policy.model.Situation;

/** Two nodes with a resource that prefers n1 by 100, which what is reached may outweigh. */
class ConnectivityTest {
  private static final String WEB =
      "<primitive id='web' class='ocf' provider='h' type='Dummy'>%s" + "</primitive>";
  private static final String PREFERS_N1 = "<rsc_location id='l' rsc='web' node='n1' score='100'/>";

  private static String state(int number, String reached, String mode) {
    StringBuilder attributes = new StringBuilder();
    if (!reached.isEmpty()) {
      String[] parts = reached.split(">", -1);
      attributes.append(pair(number, "#connectivity", parts[0]));
      attributes.append(pair(number, "#connectivity-coming", parts[parts.length - 1]));
    }
    if (!mode.isEmpty()) {
      attributes.append(pair(number, mode, "true"));
    }
    return """
    <node_state id='%d' uname='n%d' in_ccm='true' crmd='online' join='member' expected='member'>\
    <transient_attributes id='%d'><instance_attributes id='t%d'>%s</instance_attributes>\
    </transient_attributes></node_state>
    """
        .formatted(number, number, number, number, attributes);
  }

  private static String pair(int number, String name, String value) {
    return "<nvpair id='%s-%d' name='%s' value='%s'/>"
        .formatted(name.replace("#", "h-"), number, name, value);
  }

  private static Situation place(String n1, String n2, String resources, String constraints) {
    return place(state(1, n1, "") + state(2, n2, ""), resources, constraints);
  }

  private static Situation place(String states, String resources, String constraints) {
    String cib =
        "<cib validate-with='pacemaker-3.9' have-quorum='1'><configuration><crm_config>"
            + "<cluster_property_set id='o'><nvpair id='f' name='fencing-enabled' value='false'/>"
            + "</cluster_property_set></crm_config>"
            + "<nodes><node id='1' uname='n1'/><node id='2' uname='n2'/></nodes><resources>"
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

  private static String home(Situation situation) {
    PolicyResource web = situation.resource("web");
    assertThat(web).isInstanceOf(PrimitiveResource.class);
    PolicyNode node = ((PrimitiveResource) java.util.Objects.requireNonNull(web)).assigned;
    return node == null ? "nowhere" : node.name;
  }

  private static String home(String n1, String n2) {
    return home(place(n1, n2, WEB.formatted(""), PREFERS_N1));
  }

  @Test
  void whoReachesLessHandsOver() {
    assertThat(home("1", "1")).isEqualTo("n1");
    assertThat(home("0", "1")).isEqualTo("n2");
    assertThat(home("1", "2")).isEqualTo("n2");
    assertThat(home("2", "1")).isEqualTo("n1");
  }

  @Test
  void whenNobodyReachesMoreEverythingStays() {
    assertThat(home("0", "0")).isEqualTo("n1");
    assertThat(home("", "")).isEqualTo("n1");
    assertThat(home("0", "")).isEqualTo("n1");
    assertThat(home("", "1")).isEqualTo("n1");
  }

  /** One after the other they notice that the router is gone, or back: nothing moves between. */
  @Test
  void whileSomethingChangesWhatRunsStaysAndNothingNewComes() {
    assertThat(homeOfRunning(1, "1>0", "1")).isEqualTo("n1");
    assertThat(homeOfRunning(1, "0", "1>0")).isEqualTo("n1");
    assertThat(homeOfRunning(1, "0>1", "1")).isEqualTo("n1");
    assertThat(homeOfRunning(1, "0", "0>1")).isEqualTo("n1");
    assertThat(homeOfRunning(1, "0", "1")).isEqualTo("n2");
    assertThat(homeOfRunning(2, "0>1", "1")).isEqualTo("n2");
    assertThat(homeOfRunning(2, "0", "1>0")).isEqualTo("n2");
    assertThat(homeOfRunning(2, "1", "1")).isEqualTo("n1");
  }

  private static String homeOfRunning(int holder, String n1, String n2) {
    String history =
        """
        <lrm id='%d'><lrm_resources><lrm_resource id='web' class='ocf' provider='h' type='Dummy'>\
        <lrm_rsc_op id='web_last_0' operation='start' call-id='2' rc-code='0' op-status='0' \
        interval='0' operation_key='web_start_0' \
        transition-key='1:1:0:a' transition-magic='0:0;1:1:0:a'/></lrm_resource></lrm_resources>\
        </lrm></node_state>
        """
            .formatted(holder);
    String one = state(1, n1, "");
    String two = state(2, n2, "");
    String states =
        holder == 1
            ? one.replace("</node_state>", history) + two
            : one + two.replace("</node_state>", history);
    return home(place(states, WEB.formatted(""), PREFERS_N1));
  }

  @Test
  void whatCanRunNowhereBetterStays() {
    String banned = PREFERS_N1 + "<rsc_location id='b' rsc='web' node='n2' score='-INFINITY'/>";
    assertThat(home(place("0", "1", WEB.formatted(""), banned))).isEqualTo("n1");
    String immune =
        "<meta_attributes id='m'><nvpair id='u' name='allow-unhealthy-nodes' value='true'/>"
            + "</meta_attributes>";
    assertThat(home(place("0", "1", WEB.formatted(immune), PREFERS_N1))).isEqualTo("n1");
    String states = state(1, "0", "") + state(2, "1", "standby");
    assertThat(home(place(states, WEB.formatted(""), PREFERS_N1))).isEqualTo("n1");
  }

  /** Instances of a clone have nowhere to go. */
  @Test
  void clonesKeepTheirInstances() {
    String clone = "<clone id='c'>" + WEB.formatted("") + "</clone>";
    Situation situation = place("0", "1", clone, "");
    assertThat(situation.nodes).allMatch(node -> node.assigned == 1);
  }

  @Test
  void theReasonSaysWhoReachesMore() {
    Situation situation = place("0", "1", WEB.formatted(""), PREFERS_N1);
    PolicyResource web = java.util.Objects.requireNonNull(situation.resource("web"));
    assertThat(web.locations.getLast().id())
        .isEqualTo("connectivity: it reaches 0 of what is pinged, n2 reaches 1");
    assertThat(Sources.of(web.locations.getLast()))
        .isEqualTo("connectivity: it reaches 0 of what is pinged, n2 reaches 1");
  }
}
