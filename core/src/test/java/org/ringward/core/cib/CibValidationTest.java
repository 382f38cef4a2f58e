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
            "c.yaml:23: warning: primitive g has the agent of a remote node; the scheduler counts with it, but the daemons of this version do not connect to such nodes yet",
            "c.yaml:25: error: the id a is given twice, first in line 2");
  }

  @Test
  void clonesBundlesAndTemplatesAreChecked() {
    assertThat(
            xml(
                """
                <resources>
                <clone id="c"><meta_attributes id="cm"><nvpair id="cm1" name="clone-max" value="-1"/></meta_attributes></clone>
                <bundle id="b"><podman replicas="0"/><network><port-mapping id="pm"/></network><storage><storage-mapping id="sm"/></storage><primitive id="x" class="ocf" provider="p" type="t"/></bundle>
                <bundle id="d"/>
                <template id="t" class="ocf" type="t"/>
                <primitive id="u" template="t"/>
                <primitive id="v" template="u"/>
                <spaceship id="s"/>
                <primitive id="g" class="ocf" provider="pacemaker" type="remote"/>
                </resources>
                <alerts><alert id="al" path="x"/></alerts>
                """))
        .contains(
            "c.xml:3: error: clone c clone-max is \"-1\"; allowed: whole number, 0 or more",
            "c.xml:3: error: clone c has no primitive and no group",
            "c.xml:4: error: replicas of podman of bundle b is \"0\"; allowed: whole number, 1 or more",
            "c.xml:4: error: podman of bundle b has no image",
            "c.xml:4: error: port-mapping of bundle b must have one of port, range",
            "c.xml:4: error: storage-mapping of bundle b must have one of source-dir, source-dir-root, and target-dir",
            "c.xml:4: error: bundle b has a primitive inside, so its network must have ip-range-start or control-port",
            "c.xml:5: error: bundle d must have one of docker, podman",
            "c.xml:6: error: template t has no provider; an ocf agent needs one",
            "c.xml:8: error: primitive v is made from the template u, which does not exist",
            "c.xml:9: error: <spaceship> is no kind of resource; allowed: primitive, group, clone, bundle, template",
            "c.xml:10: warning: primitive g has the agent of a remote node; the scheduler counts with it, but the daemons of this version do not connect to such nodes yet",
            "c.xml:12: error: the path of an alert is 'x'; it must be the absolute path of a program")
        .noneMatch(each -> each.contains(" primitive u "));
  }

  @Test
  void rulesAreChecked() {
    assertThat(
            xml(
                """
                <resources><primitive id="x" class="ocf" provider="p" type="t"><meta_attributes id="m"><rule id="r0" score="1"><expression id="e0" attribute="a" operation="like" value="1"/></rule></meta_attributes><meta_attributes id-ref="r0"/></primitive></resources>
                <constraints>
                <rsc_location id="l1" rsc="x"><rule id="r1" boolean-op="xor" score="much"/></rsc_location>
                <rsc_location id="l2" rsc="x"><rule id="r2" score="1"><expression id="e1" operation="gt" type="text"/></rule></rsc_location>
                <rsc_location id="l3" rsc="x"><rule id="r3" score="1"><date_expression id="d1" operation="gt"/></rule></rsc_location>
                <rsc_location id="l4" rsc="x"><rule id="r4" score="1"><date_expression id="d2" operation="lt" end="soon"/></rule></rsc_location>
                <rsc_location id="l5" rsc="x"><rule id="r5" score="1"><date_expression id="d3" operation="date_spec"><date_spec id="s" hours="noon" moon="4"/></date_expression></rule></rsc_location>
                <rsc_location id="l6" rsc="x"><rule id-ref="r1"/></rsc_location>
                <rsc_location id="l7" rsc="x"><rule id-ref="r99"/></rsc_location>
                <rsc_location id="l8" rsc="x"><rule id="r8" score="1"><oracle id="o"/></rule></rsc_location>
                <rsc_location id="l9" rsc="x"><rule id="r9" score="1"><rule id="r10"><op_expression id="p" interval="-5"/></rule></rule></rsc_location>
                </constraints>
                """))
        .contains(
            "c.xml:2: error: operation of an expression of rule r0 is \"like\"; allowed: one of lt, lte, gt, gte, eq, ne, defined, not_defined",
            "c.xml:2: error: <meta_attributes> refers to r0, which is no <meta_attributes> but <rule>",
            "c.xml:4: error: boolean-op of rule r1 is \"xor\"; allowed: one of and, or",
            "c.xml:4: warning: rule r1 has no expression; it always holds",
            "c.xml:5: error: an expression of rule r2 has no attribute",
            "c.xml:5: error: type of an expression of rule r2 is \"text\"; allowed: one of string, integer, number, version",
            "c.xml:5: error: an expression of rule r2 has no value to compare with",
            "c.xml:6: error: a date_expression of rule r3 has no start",
            "c.xml:7: error: end of a date_expression of rule r4 is \"soon\"; allowed: a date such as 2026-11-21T12:00Z",
            "c.xml:8: error: hours of a date_expression of rule r5 is \"noon\"; allowed: a number, or a range such as 9-16",
            "c.xml:10: error: <rule> refers to r99, which does not exist",
            "c.xml:11: error: <oracle> is no part of a rule; allowed: rule, expression, date_expression, rsc_expression, op_expression",
            "c.xml:12: error: an op_expression of rule r10 has no name",
            "c.xml:12: error: interval of an op_expression of rule r10 is \"-5\"; allowed: time, such as 500ms, 30s, 5min or PT5M")
        .noneMatch(each -> each.startsWith("c.xml:9:"));
  }

  @Test
  void rulesThatReferInACircleAreRefused() {
    assertThat(
            xml(
                """
                <resources><primitive id="x" class="ocf" provider="p" type="t"/></resources>
                <constraints>
                <rsc_location id="l1" rsc="x"><rule id="a" score="1"><rule id-ref="b"/></rule></rsc_location>
                <rsc_location id="l2" rsc="x"><rule id="b" score="1"><rule id="c"><rule id-ref="a"/></rule></rule></rsc_location>
                </constraints>
                """))
        .contains("c.xml: error: rules refer to each other in a circle: a, to b, to c, to a");
  }

  @Test
  void setsTicketsPatternsAndCirclesAreChecked() {
    assertThat(
            xml(
                """
                <resources><primitive id="x" class="ocf" provider="p" type="t"/><primitive id="y" class="ocf" provider="p" type="t"/>
                <clone id="z"><meta_attributes id="m"><nvpair id="n" name="promotable" value="true"/></meta_attributes><primitive id="w" class="ocf" provider="p" type="t"/></clone></resources>
                <constraints>
                <rsc_ticket id="k" rsc="nobody" loss-policy="cry"/>
                <rsc_order id="o"><resource_set id="s1"><resource_ref id="x"/><resource_ref id="q"/></resource_set><resource_set id="s2" action="fly"/></rsc_order>
                <rsc_location id="p1" rsc-pattern="a(" node="n" score="1"/>
                <rsc_location id="p2" rsc-pattern="^nothing" node="n" score="1"/>
                <rsc_location id="p3" rsc-pattern="[xy]" node="n" score="1"/>
                <rsc_location id="p4" rsc="group-of-both" node="n" score="1"/>
                <rsc_colocation id="c1" rsc="x" with-rsc="y" score="INFINITY"/>
                <rsc_colocation id="c2" rsc="y" with-rsc="x"/>
                <rsc_colocation id="c3" rsc="x" with-rsc="w" with-rsc-role="Promoted" score="5"/>
                <rsc_colocation id="c4" rsc="w" with-rsc="x" with-rsc-role="Promoted" score="5"/>
                <rsc_order id="o2" first="x" first-action="promote" then="y"/>
                </constraints>
                <tags><tag id="group-of-both"><obj_ref id="x"/></tag></tags>
                """))
        .contains(
            "c.xml:5: error: ticket constraint k names the resource nobody, which does not exist",
            "c.xml:5: error: ticket constraint k names no ticket",
            "c.xml:5: error: loss-policy of ticket constraint k is \"cry\"; allowed: one of stop, demote, fence, freeze",
            "c.xml:6: error: resource_set s1 of order o names the resource q, which does not exist, did you mean x?",
            "c.xml:6: error: action of resource_set s2 of order o is \"fly\"; allowed: one of start, stop, promote, demote",
            "c.xml:6: error: resource_set s2 of order o names no resource",
            "c.xml:7: error: rsc-pattern of location p1 is no regular expression: Unclosed group",
            "c.xml:8: warning: location p2: no resource matches rsc-pattern ^nothing",
            "c.xml:12: warning: mandatory colocations make a circle: x, with y, with x",
            "c.xml:14: warning: colocation c4 asks for the role Promoted of x, which is not promotable: it never applies",
            "c.xml:15: warning: order o2 is about promote of x, which is not promotable: it never applies")
        .noneMatch(each -> each.startsWith("c.xml:9:") || each.startsWith("c.xml:10:"))
        .noneMatch(each -> each.startsWith("c.xml:13:"));
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
  void whatADeviceCoversIsThereOnceAndStays() {
    assertThat(
            yaml(
                """
                resources:
                  - primitive: files
                    agent: ocf:heartbeat:Filesystem
                  - primitive: vm
                    agent: ocf:heartbeat:VirtualDomain
                    meta: {allow-migrate: true}
                  - clone: caches
                    resource: {primitive: cache, agent: ocf:heartbeat:Dummy}
                  - primitive: san
                    agent: stonith:fence_mpath
                    parameters: {pcmk_host_map: "n1:1;n9:2"}
                    meta: {covers: "files fils caches cache san vm"}
                  - primitive: oldsan
                    agent: stonith:external/switch
                    parameters: {pcmk_host_list: "n1 n2"}
                    meta: {covers: files, provides: unfencing}
                fencing-topology:
                  - {target: n1, index: 1, devices: [san]}
                """,
                "n1",
                "n2"))
        .filteredOn(each -> each.contains("san"))
        .containsExactly(
            "c.yaml:9: error: pcmk_host_map of primitive san names the node n9, which is not known, did you mean n1?",
            "c.yaml:9: error: covers of primitive san names the resource fils, which does not exist",
            "c.yaml:9: error: covers of primitive san names caches; allowed are primitives and groups that are no clones",
            "c.yaml:9: error: covers of primitive san names cache; allowed are primitives and groups that are no clones",
            "c.yaml:9: error: covers of primitive san names san; allowed are primitives and groups that are no clones",
            "c.yaml:9: warning: covers of primitive san names vm, which may migrate live and so is not covered",
            "c.yaml:13: error: covers of primitive oldsan is of no use: external/switch has no status that could show the cut",
            "c.yaml:13: error: covers of primitive oldsan and provides=unfencing exclude each other: a node gets back what was cut when it runs nothing of it any more, not when it starts",
            "c.yaml:18: error: fencing level fl-n1-1 names the device san, which cuts the access to what it covers only, before all levels");
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
