package org.ringward.core.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.ringward.core.cib.CibYaml;
import org.ringward.core.cib.ConfigurationReading;
import org.ringward.core.cib.Finding;

class FenceParametersTest {
  private static final AgentMetadata AGENT =
      AgentMetadata.parse(
          """
          <resource-agent name="fence_lamp" shortdesc="a lamp">
          <parameters>
            <parameter name="action" required="1"><content type="string" default="reboot"/></parameter>
            <parameter name="ip" required="1" obsoletes="ipaddr">
              <content type="string"/><shortdesc>IP address of the lamp</shortdesc></parameter>
            <parameter name="ipaddr" required="1" deprecated="1"><content type="string"/></parameter>
            <parameter name="plug" required="1" obsoletes="port"><content type="string"/></parameter>
            <parameter name="port" required="1" deprecated="1"><content type="string"/></parameter>
            <parameter name="ipport"><content type="integer" default="23"/></parameter>
            <parameter name="ssl"><content type="boolean"/></parameter>
            <parameter name="login_timeout"><content type="second" default="5"/></parameter>
            <parameter name="method"><content type="select" default="onoff">
              <option value="onoff"/><option value="cycle"/></content></parameter>
          </parameters>
          <actions><action name="off"/></actions>
          </resource-agent>
          """);

  @Test
  void whatIsRightSaysNothing() {
    assertThat(
            check(
                "ip: 192.0.2.1",
                "ipport: \"623\"",
                "ssl: \"yes\"",
                "login_timeout: \"2.5\"",
                "method: cycle",
                "pcmk_host_list: a",
                "pcmk_off_timeout: 20s",
                "pcmk_reboot_retries: \"3\""))
        .isEmpty();
  }

  @Test
  void valuesOfTheWrongTypeAreNamedWithWhatIsAllowed() {
    assertThat(check("ip: x", "ipport: ssh", "ssl: maybe", "login_timeout: soon", "method: melt"))
        .containsExactly(
            "lamp.yaml:6: error: device d: ipport of fence_lamp is \"ssh\"; allowed is a whole number",
            "lamp.yaml:7: error: device d: ssl of fence_lamp is \"maybe\"; allowed are true and false",
            "lamp.yaml:8: error: device d: login_timeout of fence_lamp is \"soon\"; allowed is a"
                + " number of seconds",
            "lamp.yaml:9: error: device d: method of fence_lamp is \"melt\"; allowed are onoff,"
                + " cycle");
  }

  @Test
  void namesThatTheAgentDoesNotHave() {
    assertThat(check("ip: x", "ip_port: \"1\"", "zebra: z", "pcmk_host_list: a", "nodename: n"))
        .containsExactly(
            "lamp.yaml:6: error: device d: fence_lamp has no parameter ip_port, did you mean ipport?",
            "lamp.yaml:7: warning: device d: fence_lamp has no parameter zebra");
  }

  @Test
  void oldNamesAreTakenAndToldOf() {
    assertThat(check("ipaddr: x", "port: \"1\""))
        .containsExactly(
            "lamp.yaml:5: note: device d: ipaddr is an old name of ip of fence_lamp",
            "lamp.yaml:6: note: device d: port is an old name of plug of fence_lamp");
  }

  @Test
  void whatIsRequiredAndMissing() {
    assertThat(check("pcmk_host_argument: none"))
        .containsExactly(
            "lamp.yaml:2: error: device d: fence_lamp needs the parameter ip (IP address of the lamp)",
            "lamp.yaml:2: error: device d: fence_lamp needs the parameter plug");
  }

  private static List<String> check(String... parameters) {
    String yaml =
        "resources:\n  - primitive: d\n    agent: stonith:fence_lamp\n    parameters:\n      "
            + String.join("\n      ", parameters)
            + "\n";
    ConfigurationReading reading = CibYaml.readConfiguration("lamp.yaml", yaml);
    return FenceParameters.check(
            reading.configuration().primitives().getFirst(), AGENT, reading.sources())
        .stream()
        .map(Finding::text)
        .toList();
  }
}
