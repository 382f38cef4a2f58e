package org.ringward.core.cib;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

final class CibValidationTest {
  private static List<String> yaml(String text, String... nodes) {
    ConfigurationReading reading = CibYaml.readConfiguration("c.yaml", text);
    return CibValidation.validate(reading, List.of(nodes)).stream().map(Finding::text).toList();
  }

  /** XML of the sections inside configuration. */
  private static List<String> xml(String text) {
    ConfigurationReading reading =
        CibXml.readConfigurationWithNotes(
            "c.xml", "<configuration>\n" + text + "\n</configuration>");
    return CibValidation.validate(reading, List.of()).stream().map(Finding::text).toList();
  }

  @Test
  void aGoodConfigurationHasNothingToSay() {
    assertThat(yaml(CibYamlTest.WEB, "n1", "n2", "n3")).isEmpty();
  }

  @Test
  void optionsAreCheckedByNameAndValue() {
    assertThat(
            yaml(
                """
                properties:
                  fencing-enabled: false
                  no-quorum-polcy: stop
                  no-quorum-policy: fancy
                  stonith-timeout: 1.5s
                  batch-limit: -2
                  load-threshold: 80
                  redis_REPL_INFO: n1
                  maintenance-mode: maybe
                resource-defaults:
                  resource-stickyness: 1
                  migration-threshold: x
                operation-defaults:
                  timeout: soon
                  on-fail: explode
                nodes:
                  n1: {standby: 3, attributes: {rack: 3}}
                """))
        .containsExactly(
            "c.yaml:3: error: cluster option \"no-quorum-polcy\" is not known, did you mean \"no-quorum-policy\"?",
            "c.yaml:4: error: no-quorum-policy is \"fancy\"; allowed: one of stop, freeze, ignore, demote, fence",
            "c.yaml:5: error: stonith-timeout is \"1.5s\"; allowed: time, such as 500ms, 30s, 5min or PT5M",
            "c.yaml:6: error: batch-limit is \"-2\"; allowed: whole number, -1 or more",
            "c.yaml:7: error: load-threshold is \"80\"; allowed: percentage, such as 80%",
            "c.yaml:8: warning: cluster option \"redis_REPL_INFO\" is not known and has no effect",
            "c.yaml:9: error: maintenance-mode is \"maybe\"; allowed: true or false",
            "c.yaml:11: error: resource meta attribute \"resource-stickyness\" is not known, did you mean \"resource-stickiness\"?",
            "c.yaml:12: error: resource defaults migration-threshold is \"x\"; allowed: score, -1000000 to 1000000, INFINITY or -INFINITY",
            "c.yaml:14: error: operation defaults timeout is \"soon\"; allowed: time, such as 500ms, 30s, 5min or PT5M",
            "c.yaml:15: error: operation defaults on-fail is \"explode\"; allowed: one of ignore, block, stop, restart, demote, fence, standby, restart-container",
            "c.yaml:17: error: node n1 standby is \"3\"; allowed: true or false",
            "c.yaml: warning: fencing is switched off: when a node fails, its resources may run twice and damage data");
  }

  @Test
  void resourcesAreChecked() {
    assertThat(
            yaml(
                """
                resources:
                  - primitive: a
                    agent: ocf:heartbeat:Dummy
                    meta: {target-role: Running}
                    parameters: {"x y": 1}
                    operations:
                      - {monitor: 10s, timeout: -5s}
                      - {monitor: 10000ms, on-fail: fnce}
                      - {monitor: 20s, role: Boss}
                      - {start: 5s}
                      - {stop: "-1"}
                  - primitive: b
                    agent: systemd:nginx
                  - primitive: c
                    agent: nagios:x
                  - primitive: d
                    agent: ocf:..:x/../../bin/sh
                  - group: e
                    members: []
                  - primitive: f
                    agent: stonith:fence_x
                    parameters: {pcmk_host_lst: n1, pcmk_reboot_timeout: x, user: "a\\nb"}
                  - primitive: g
                    agent: ocf:pacemaker:remote
                  - primitive: a
                    agent: ocf:heartbeat:Dummy
                """))
        .containsExactly(
            "c.yaml:4: error: primitive a target-role is \"Running\"; allowed: one of Started, Stopped, Promoted, Unpromoted",
            "c.yaml:5: error: parameter \"x y\" of primitive a must have no space and no '=' in its name",
            "c.yaml:7: error: timeout of monitor of primitive a is \"-5s\"; allowed: time, such as 500ms, 30s, 5min or PT5M",
            "c.yaml:8: error: on-fail of monitor of primitive a is \"fnce\"; allowed: one of ignore, block, stop, restart, demote, fence, standby, restart-container",
            "c.yaml:8: error: monitor of primitive a is given twice with the interval 10s; each needs an interval of its own",
            "c.yaml:9: error: role of monitor of primitive a is \"Boss\"; allowed: one of Started, Stopped, Promoted, Unpromoted",
            "c.yaml:10: error: start of primitive a has the interval 5s; only monitor can recur, leave it 0",
            "c.yaml:11: error: interval of stop of primitive a is \"-1\"; allowed: time, such as 500ms, 30s, 5min or PT5M",
            "c.yaml:12: error: primitive b has an agent of the class systemd, which this version does not run yet; allowed: ocf, stonith",
            "c.yaml:14: error: primitive c has the unknown class nagios; allowed: ocf, stonith",
            "c.yaml:16: error: primitive d has the agent ocf:..:x/../../bin/sh, which is no name of a file",
            "c.yaml:18: error: group e has no members",
            "c.yaml:22: error: fencing device parameter \"pcmk_host_lst\" is not known, did you mean \"pcmk_host_list\"?",
            "c.yaml:22: error: parameter user of primitive f must be one line, as all of fencing devices",
            "c.yaml:22: error: primitive f pcmk_reboot_timeout is \"x\"; allowed: time, such as 500ms, 30s, 5min or PT5M",
            "c.yaml:23: error: primitive g is a remote node; this version does not run these yet",
            "c.yaml:25: error: the id a is given twice, first in line 2");
  }

  @Test
  void whatIsNotBuiltIsSaid() {
    assertThat(
            xml(
                """
                <crm_config><cluster_property_set id="p"><rule id="pr"/></cluster_property_set></crm_config>
                <resources>
                <clone id="c"><primitive id="x" class="ocf" provider="p" type="t"/></clone>
                <bundle id="b"/>
                <template id="t" class="ocf" provider="p" type="t"/>
                <primitive id="u" template="t"/>
                <spaceship id="s"/>
                </resources>
                <constraints>
                <rsc_ticket id="k" ticket="T" rsc="x"/>
                <rsc_location id="l" rsc="x"><rule id="r"/></rsc_location>
                <rsc_order id="o"><resource_set id="rs"><resource_ref id="x"/></resource_set></rsc_order>
                <rsc_location id="m" rsc-pattern="x" node="n" score="1"/>
                </constraints>
                <alerts><alert id="al" path="/x"/></alerts>
                """))
        .contains(
            "c.xml:2: error: cluster_property_set p has a rule; this version does not run rules yet",
            "c.xml:4: error: clone c: this version does not run resources of the kind clone yet",
            "c.xml:5: error: bundle b: this version does not run resources of the kind bundle yet",
            "c.xml:6: error: template t: this version does not run resources of the kind template yet",
            "c.xml:7: error: primitive u uses a template; this version does not run templates yet",
            "c.xml:8: error: <spaceship> is no kind of resource; allowed: primitive, group",
            "c.xml:11: error: rsc_ticket k: this version does not run tickets yet",
            "c.xml:12: error: location l has rules; this version does not run these yet",
            "c.xml:13: error: order o has resource sets; this version does not run these yet",
            "c.xml:14: error: location m has rsc-pattern; this version does not run these yet",
            "c.xml:16: warning: alerts are not sent by this version yet");
  }

  @Test
  void constraintsAndLevelsNameWhatExists() {
    assertThat(
            yaml(
                """
                resources:
                  - primitive: vip
                    agent: ocf:heartbeat:IPaddr2
                  - primitive: power
                    agent: stonith:fence_rack
                    parameters: {pcmk_host_list: "n1,n9"}
                constraints:
                  - location: {resource: vipp, node: n1, score: 1}
                  - location: {resource: vip, node: n4, score: lots}
                  - location: {resource: vip, node: n1}
                  - colocation: {resource: vip, with: nowhere-at-all}
                  - order: {first: vip, then: vip, kind: Always}
                fencing-topology:
                  - {target: n1, index: 0, devices: [power]}
                  - {target: n1, index: 10, devices: [powr]}
                  - {target: n1, index: 1, devices: [vip]}
                  - {target: n1, index: 1, devices: []}
                  - {index: 2, devices: [power]}
                """,
                "n1",
                "n2"))
        .containsExactly(
            "c.yaml:4: error: pcmk_host_list of primitive power names the node n9, which is not known, did you mean n1?",
            "c.yaml:8: error: location location-vipp-n1-1 names the resource vipp, which does not exist, did you mean vip?",
            "c.yaml:9: error: location location-vip-n4-lots names the node n4, which is not known, did you mean n1?",
            "c.yaml:9: error: score of location location-vip-n4-lots is \"lots\"; allowed: score, -1000000 to 1000000, INFINITY or -INFINITY",
            "c.yaml:10: error: location location-vip-n1- has no score; allowed: score, -1000000 to 1000000, INFINITY or -INFINITY",
            "c.yaml:11: error: colocation colocation-vip-nowhere-at-all-INFINITY names the resource nowhere-at-all, which does not exist",
            "c.yaml:12: error: order order-vip-vip-Always names vip as first and as then",
            "c.yaml:12: error: kind of order order-vip-vip-Always is \"Always\"; allowed: one of Mandatory, Optional, Serialize",
            "c.yaml:14: error: index of fencing level fl-n1-0 is \"0\"; allowed: whole number, 1 to 9",
            "c.yaml:15: error: index of fencing level fl-n1-10 is \"10\"; allowed: whole number, 1 to 9",
            "c.yaml:15: error: fencing level fl-n1-10 names the device powr, which does not exist, did you mean power?",
            "c.yaml:16: error: fencing level fl-n1-1 names the device vip, which is no fencing device",
            "c.yaml:17: error: fencing level fl-n1-1-1: there is another level 1 of the same target",
            "c.yaml:17: error: fencing level fl-n1-1-1 names no devices",
            "c.yaml:18: error: fencing level fl---2 must have one of target, target-pattern, or target-attribute with target-value");
  }

  @Test
  void circlesOfOrdersAreFound() {
    String resources =
        """
        properties: {fencing-watchdog-timeout: 10s}
        resources:
          - group: g
            members:
              - {primitive: a, agent: "ocf:x:y"}
              - {primitive: b, agent: "ocf:x:y"}
          - {primitive: c, agent: "ocf:x:y"}
          - {primitive: d, agent: "ocf:x:y"}
        constraints:
        """;
    assertThat(
            yaml(
                resources
                    + """
                      - order: {id: o1, first: c, then: d}
                      - order: {id: o2, first: d, then: c}
                    """))
        .containsExactly(
            "c.yaml:11: error: mandatory orders make a circle: start c, then start d, then start c (by order o1, order o2)");
    assertThat(yaml(resources + "  - order: {id: o1, first: b, then: a}"))
        .containsExactly(
            "c.yaml:10: error: mandatory orders make a circle: start a, then start b, then start a (by group g, order o1)");
    assertThat(
            yaml(
                resources
                    + """
                      - order: {id: o1, first: g, then: c}
                      - order: {id: o2, first: c, then: d}
                      - order: {id: o3, first: d, then: a}
                    """))
        .singleElement()
        .asString()
        .contains("mandatory orders make a circle", "start a", "order o3");
    assertThat(
            yaml(
                resources
                    + """
                      - order: {first: c, then: d}
                      - order: {first: d, then: c, kind: Optional}
                      - order: {first: c, first-action: stop, then: d, then-action: start, symmetrical: false}
                    """))
        .isEmpty();
  }

  @Test
  void idsOfXmlAreChecked() {
    assertThat(
            xml(
                """
                <nodes><node id="1" uname="a"/><node id="1" uname="b"/><node id="2" uname="a"/></nodes>
                <resources>
                <primitive class="ocf" provider="p" type="t"/>
                <primitive id="a:b" class="ocf" provider="p" type="t">
                <instance_attributes id="i"><nvpair name="x" value="1"/><nvpair id="i" name="y" value="1"/></instance_attributes>
                </primitive>
                </resources>
                <constraints/>
                """))
        .contains(
            "c.xml:2: error: two nodes have the id 1",
            "c.xml:2: error: node a is given twice",
            "c.xml:4: error: <primitive> has no id",
            "c.xml:5: error: the id \"a:b\" is not a name; allowed are letters, digits, '_', '-' and '.', first a letter or '_'",
            "c.xml:6: error: <nvpair> has no id",
            "c.xml:6: error: the id i is given twice, first in line 6");
  }

  @Test
  void fencingWithoutDevicesIsWarnedOf() {
    assertThat(yaml("resources: [{primitive: a, agent: 'ocf:x:y'}]"))
        .containsExactly(
            "c.yaml: warning: fencing is enabled, but there is no fencing device: when a node fails, its resources stay where they were until a person confirms that it is off");
    Configuration odd = Configuration.EMPTY.withProperty("cluster-name", "a\u0001");
    assertThat(CibValidation.validate(odd, "c.yaml"))
        .extracting(Finding::sentence)
        .containsExactly(
            "value of nvpair cib-bootstrap-options-cluster-name has a control character");
  }

  /** For development: validation must cope with anything. */
  @Test
  @EnabledIfSystemProperty(named = "ringward.cibs", matches = ".+")
  void everyConfigurationOfAFolderIsJudged() throws Exception {
    try (var files = Files.list(Path.of(System.getProperty("ringward.cibs")))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".xml")).sorted().toList()) {
        ConfigurationReading reading =
            CibXml.readConfigurationWithNotes(file.toString(), Files.readString(file));
        for (Finding each : CibValidation.validate(reading, List.of())) {
          assertThat(each.sentence()).doesNotContain("\n");
        }
      }
    }
  }
}
