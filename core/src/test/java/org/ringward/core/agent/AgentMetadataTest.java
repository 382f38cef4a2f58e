package org.ringward.core.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.ringward.core.agent.AgentMetadata.Parameter;
import org.ringward.core.base.OperatorException;

class AgentMetadataTest {
  private static final String OCF =
      """

      <?xml version="1.0"?>
      <!DOCTYPE resource-agent SYSTEM "ra-api-1.dtd">
      <resource-agent name="Lamp" version="1.0">
      <version>1.1</version>
      <longdesc lang="en">A <b>lamp</b> &amp; its switch.</longdesc>
      <shortdesc lang="en">Lamp</shortdesc>
      <parameters>
        <parameter name="socket" unique="1" required="1">
          <shortdesc lang="en">Where it is</shortdesc>
          <content type="string" default="" />
        </parameter>
        <parameter name="colour" unique-group="look" reloadable="1">
          <deprecated><replaced-with name="hue"/></deprecated>
          <content type="select" default="red"><option value="red"/><option value="blue"/></content>
        </parameter>
        <parameter name="watts"><content type="integer"/></parameter>
      </parameters>
      <actions>
        <action name="start" timeout="40s" />
        <action name="monitor" timeout="30s" depth="10" interval="1min" start-delay="500ms"/>
        <action name="meta-data" timeout="5"/>
      </actions>
      </resource-agent>
      """;

  @Test
  void everythingOfAnOcfAgent() {
    AgentMetadata metadata = AgentMetadata.parse(OCF);
    assertThat(metadata.name()).isEqualTo("Lamp");
    assertThat(metadata.version()).isEqualTo("1.1");
    assertThat(metadata.longDescription()).isEqualTo("A lamp & its switch.");
    assertThat(metadata.shortDescription()).isEqualTo("Lamp");
    assertThat(metadata.parameters())
        .extracting(Parameter::name)
        .containsExactly("socket", "colour", "watts");
    Parameter socket = metadata.parameter("socket");
    assertThat(socket.required()).isTrue();
    assertThat(socket.unique()).isTrue();
    assertThat(socket.defaultValue()).isEmpty();
    assertThat(socket.shortDescription()).isEqualTo("Where it is");
    Parameter colour = metadata.parameter("colour");
    assertThat(colour.required()).isFalse();
    assertThat(colour.unique()).isTrue();
    assertThat(colour.reloadable()).isTrue();
    assertThat(colour.deprecated()).isTrue();
    assertThat(colour.choices()).containsExactly("red", "blue");
    assertThat(metadata.parameter("watts").defaultValue()).isNull();
    assertThat(metadata.parameter("volts")).isNull();
    assertThat(metadata.actions()).hasSize(3);
    AgentMetadata.Action monitor = metadata.actions().get(1);
    assertThat(monitor.depth()).isEqualTo(10);
    assertThat(monitor.timeoutMillis()).hasValue(30_000);
    assertThat(monitor.intervalMillis()).hasValue(60_000);
    assertThat(monitor.startDelayMillis()).hasValue(500);
    assertThat(metadata.actions().getFirst().intervalMillis()).isEmpty();
    assertThat(metadata.offers("start")).isTrue();
    assertThat(metadata.offers("promote")).isFalse();
  }

  @Test
  void fenceAgentsDescribeThemselvesAlike() {
    AgentMetadata metadata =
        AgentMetadata.parse(
            """
            <resource-agent name="fence_rack" shortdesc="Rack switch" >
            <vendor-url/>
            <parameters><parameter name="plug" unique="0" required="1" obsoletes="port">
            <getopt mixed="-n" /><content type="string"  /><shortdesc lang="en">Plug</shortdesc>
            </parameter></parameters>
            <actions><action name="on" automatic="1" on_target="1"/><action name="off"/></actions>
            </resource-agent>
            """);
    assertThat(metadata.shortDescription()).isEqualTo("Rack switch");
    assertThat(metadata.parameter("plug").required()).isTrue();
    assertThat(metadata.actions().getFirst().automatic()).isTrue();
    assertThat(metadata.actions().getFirst().onTarget()).isTrue();
    assertThat(metadata.offers("reboot")).isFalse();
  }

  @Test
  void whatIsNoMetadataIsRefusedWithTheLine() {
    assertThatThrownBy(() -> AgentMetadata.parse("<resource-agent>\n<parameters>\n<x</resource>"))
        .isInstanceOf(OperatorException.class)
        .hasMessageContaining("line 3");
    assertThatThrownBy(() -> AgentMetadata.parse("<html/>"))
        .isInstanceOf(OperatorException.class)
        .hasMessageContaining("<html>");
    assertThatThrownBy(() -> AgentMetadata.parse("")).isInstanceOf(OperatorException.class);
    assertThatThrownBy(() -> AgentMetadata.parse("Usage: lamp start|stop"))
        .isInstanceOf(OperatorException.class);
    assertThatThrownBy(() -> AgentMetadata.parse("x".repeat(2_000_001)))
        .isInstanceOf(OperatorException.class);
  }

  @Test
  void entitiesOfTheDocumentTypeAreNotFollowed() {
    String bomb =
        "<!DOCTYPE a [<!ENTITY f SYSTEM \"file:///etc/passwd\">]>"
            + "<resource-agent name=\"x\"><longdesc>&f;</longdesc></resource-agent>";
    try {
      assertThat(AgentMetadata.parse(bomb).longDescription()).doesNotContain("root");
    } catch (OperatorException refused) {
      assertThat(refused.sentence()).doesNotContain("root");
    }
  }
}
