package org.ringward.core.cib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;

final class CibYamlTest {
  static final String WEB =
      """
      properties:
        no-quorum-policy: stop
      nodes:
        n1: {standby: off, attributes: {rack: a}}
        n2: {}
      resources:
        - group: web
          meta: {target-role: Started}
          members:
            - primitive: vip
              agent: ocf:heartbeat:IPaddr2
              parameters: {ip: 10.88.0.100, cidr_netmask: 24}
              operations:
                - {monitor: 1s, timeout: 20s}
                - {start: 0s, timeout: 30s}
            - primitive: nginx
              agent: ocf:heartbeat:nginx
        - primitive: power
          agent: stonith:fence_rack
          parameters: {pcmk_host_list: "n1 n2 n3"}
      constraints:
        - location: {id: near, resource: web, node: n1, score: 100}
        - colocation: {resource: nginx, with: power, score: -INFINITY}
        - order: {first: power, then: web, kind: Optional}
      fencing-topology:
        - {target: n1, index: 1, devices: [power]}
      resource-defaults:
        resource-stickiness: 100
      operation-defaults:
        timeout: 30s
      """;

  private static Configuration read(String yaml) {
    return CibYaml.readConfiguration("c.yaml", yaml).configuration();
  }

  @Test
  void readsWhatIsWrittenThere() {
    ConfigurationReading reading = CibYaml.readConfiguration("c.yaml", WEB);
    Configuration configuration = reading.configuration();
    String xml = CibXml.write(configuration);
    assertThat(xml)
        .isEqualTo(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <configuration>
              <crm_config>
                <cluster_property_set id="cib-bootstrap-options">
                  <nvpair id="cib-bootstrap-options-no-quorum-policy" name="no-quorum-policy" value="stop"/>
                </cluster_property_set>
              </crm_config>
              <nodes>
                <node id="n1" uname="n1">
                  <instance_attributes id="nodes-n1">
                    <nvpair id="nodes-n1-standby" name="standby" value="off"/>
                    <nvpair id="nodes-n1-rack" name="rack" value="a"/>
                  </instance_attributes>
                </node>
                <node id="n2" uname="n2"/>
              </nodes>
              <resources>
                <group id="web">
                  <meta_attributes id="web-meta_attributes">
                    <nvpair id="web-meta_attributes-target-role" name="target-role" value="Started"/>
                  </meta_attributes>
                  <primitive id="vip" class="ocf" provider="heartbeat" type="IPaddr2">
                    <instance_attributes id="vip-instance_attributes">
                      <nvpair id="vip-instance_attributes-ip" name="ip" value="10.88.0.100"/>
                      <nvpair id="vip-instance_attributes-cidr_netmask" name="cidr_netmask" value="24"/>
                    </instance_attributes>
                    <operations>
                      <op name="monitor" interval="1s" timeout="20s" id="vip-monitor-interval-1s"/>
                      <op name="start" interval="0s" timeout="30s" id="vip-start-interval-0s"/>
                    </operations>
                  </primitive>
                  <primitive id="nginx" class="ocf" provider="heartbeat" type="nginx"/>
                </group>
                <primitive id="power" class="stonith" type="fence_rack">
                  <instance_attributes id="power-instance_attributes">
                    <nvpair id="power-instance_attributes-pcmk_host_list" name="pcmk_host_list" value="n1 n2 n3"/>
                  </instance_attributes>
                </primitive>
              </resources>
              <constraints>
                <rsc_location id="near" rsc="web" node="n1" score="100"/>
                <rsc_colocation rsc="nginx" with-rsc="power" score="-INFINITY" id="colocation-nginx-power--INFINITY"/>
                <rsc_order first="power" then="web" kind="Optional" id="order-power-web-Optional"/>
              </constraints>
              <fencing-topology>
                <fencing-level target="n1" index="1" devices="power" id="fl-n1-1"/>
              </fencing-topology>
              <rsc_defaults>
                <meta_attributes id="rsc_defaults-meta_attributes">
                  <nvpair id="rsc_defaults-meta_attributes-resource-stickiness" name="resource-stickiness" value="100"/>
                </meta_attributes>
              </rsc_defaults>
              <op_defaults>
                <meta_attributes id="op_defaults-meta_attributes">
                  <nvpair id="op_defaults-meta_attributes-timeout" name="timeout" value="30s"/>
                </meta_attributes>
              </op_defaults>
            </configuration>
            """);
    Primitive vip = Objects.requireNonNull(configuration.primitive("vip"));
    assertThat(reading.sources().line(vip.attributes())).isEqualTo(10);
    assertThat(reading.sources().line(vip.operations().get(1).attributes())).isEqualTo(15);
    assertThat(reading.notes()).isEmpty();
  }

  @Test
  void writesWhatPeopleWouldWrite() {
    String written = CibYaml.write(read(WEB));
    assertThat(written).isEqualTo(WEB);
    assertThat(read(written)).isEqualTo(read(WEB));
  }

  @Test
  void idsDoNotClash() {
    Configuration configuration =
        read(
            """
            resources:
              - primitive: a
                agent: ocf:heartbeat:Dummy
                operations: [{monitor: 10s}, {monitor: 10s}, {monitor: 20s, id: a-monitor-interval-10s-1}]
            constraints:
              - order: {first: a, then: b}
              - order: {first: a, then: b}
              - location: {id: order-a-b-mandatory, resource: a, node: n, score: 1}
            """);
    assertThat(Objects.requireNonNull(configuration.primitive("a")).operations())
        .extracting(Operation::id)
        .containsExactly(
            "a-monitor-interval-10s", "a-monitor-interval-10s-2", "a-monitor-interval-10s-1");
    assertThat(configuration.constraints())
        .extracting(Constraint::id)
        .containsExactly("order-a-b-mandatory-1", "order-a-b-mandatory-2", "order-a-b-mandatory");
    assertThat(read(CibYaml.write(configuration))).isEqualTo(configuration);
  }

  @Test
  void whatItHasNoWordsForStandsAsXml() {
    Configuration configuration = CibXml.read("small.xml", CibXmlTest.SMALL).configuration();
    List<Constraint> constraints = new ArrayList<>(configuration.constraints());
    constraints.add(
        new Location(
            Attributes.of("id", "l9", "rsc", "vip"),
            List.of(Element.of("rule", Attributes.of("id", "r9", "score", "1"), List.of()))));
    configuration = configuration.withConstraints(constraints);
    String yaml = CibYaml.write(configuration);
    assertThat(yaml)
        .contains("  - xml: |\n      <rsc_location id=\"l9\"")
        .contains("  - clone: c\n    resource:\n      primitive: p\n")
        .contains("  - ticket: {id: t1, resource: vip, ticket: T}\n");
    Configuration again = read(yaml);
    assertThat(again.resources().get(2)).isEqualTo(configuration.resources().get(2));
    assertThat(again.constraints()).isEqualTo(configuration.constraints());
    assertThat(read(CibYaml.write(again))).isEqualTo(again);
    assertThat(ConfigurationDiff.lines(configuration, again))
        .containsExactly("only ids, descriptions or the order of entries changed");
  }

  @Test
  void clonesBundlesAndTemplatesComeBackWhole() {
    String yaml =
        """
        resources:
          - template: web
            agent: ocf:heartbeat:nginx
            operations:
              - {monitor: 10s, timeout: 20s}
          - clone: everywhere
            meta: {promotable: true}
            resource:
              group: pair
              members:
                - primitive: one
                  template: web
                - primitive: two
                  agent: ocf:pacemaker:Stateful
          - bundle: box
            meta: {target-role: Started}
            podman: {image: web:1, replicas: 3}
            network:
              ip-range-start: 10.0.0.9
              ports:
                - {id: http, port: 80}
            storage:
              mounts:
                - {id: data, source-dir: /srv, target-dir: /var/www}
            resource:
              primitive: inside
              agent: ocf:heartbeat:nginx
        constraints:
          - ticket: {resource: everywhere, ticket: T, role: Promoted, loss-policy: demote}
        """;
    Configuration configuration = read(yaml);
    assertThat(configuration.primitives())
        .extracting(Primitive::id)
        .containsExactly("one", "two", "inside");
    assertThat(configuration.resource("pair")).isInstanceOf(Group.class);
    Primitive one = Objects.requireNonNull(configuration.primitive("one"));
    assertThat(configuration.effective(one).agent()).isEqualTo("ocf:heartbeat:nginx");
    assertThat(configuration.effective(one).operations()).hasSize(1);
    assertThat(CibValidation.validate(configuration, "c.yaml"))
        .filteredOn(Finding::isError)
        .isEmpty();
    assertThat(read(CibYaml.write(configuration))).isEqualTo(configuration);
    assertThat(CibXml.readConfiguration("x", CibXml.write(configuration))).isEqualTo(configuration);
    Primitive changed = one.withMeta("target-role", "Stopped");
    assertThat(configuration.withResource(changed).primitive("one")).isEqualTo(changed);
    assertThat(ConfigurationDiff.lines(configuration, configuration.withResource(changed)))
        .containsExactly("added meta attribute target-role of one: Stopped");
  }

  @Test
  void oddConfigurationsComeBackWhole() {
    String xml =
        """
        <configuration z="1">words
          <crm_config q="1">
            <cluster_property_set id="x" score="3"><nvpair id="y" name="a" value="b"/></cluster_property_set>
            <cluster_property_set id="w"><rule id="r"/><nvpair id="v" name="a" value="c"/></cluster_property_set>
          </crm_config>
          <nodes><node id="1" uname="one" type="member"><utilization id="u"><nvpair id="c" name="cpu" value="4"/></utilization></node>
            <node id="2" uname="two" score="5"/><node id="3" uname="three"/></nodes>
          <resources>
            <primitive id="t" template="x"/>
            <primitive id="ref" class="ocf" provider="p" type="t"><operations id-ref="ops"/></primitive>
            <primitive id="sd" class="systemd" type="a@b:c"><meta_attributes id="m1"><nvpair id="n1" name="k" value=" lead: &quot;x&quot; # no "/></meta_attributes>
              <operations><op id="o9" name="timeout" interval="5"/><op id="o8" name="monitor"><instance_attributes id="o8i"><nvpair id="o8n" name="OCF_CHECK_LEVEL" value="10"/></instance_attributes></op></operations></primitive>
            <group id="g" description="d: e"><primitive id="gm" template="x"/><primitive id="gn" class="ocf" provider="p" type="t" description="null"/></group>
          </resources>
          <constraints><rsc_location id="l" rsc="g"><rule id="lr" score="1"><expression id="le" attribute="#uname" operation="eq" value="one"/></rule></rsc_location>
            <rsc_order id="o" first="g" then="t" kind="Optional" symmetrical="false"/></constraints>
          <fencing-topology><fencing-level id="f" index="1" devices="a,b" target-attribute="rack" target-value="1"/></fencing-topology>
          <tags><tag id="tag"><obj_ref id="g"/></tag></tags>
          <alerts><alert id="al" path="/x"/></alerts>
        </configuration>
        """;
    Configuration configuration = CibXml.readConfiguration("odd.xml", xml);
    Configuration again = read(CibYaml.write(configuration));
    assertThat(again.others()).isEqualTo(configuration.others());
    assertThat(again.properties()).isEqualTo(configuration.properties());
    assertThat(again.constraints()).isEqualTo(configuration.constraints());
    assertThat(again.topology()).isEqualTo(configuration.topology());
    assertThat(ConfigurationDiff.lines(configuration, again))
        .containsExactly("only ids, descriptions or the order of entries changed");
    assertThat(read(CibYaml.write(again))).isEqualTo(again);
  }

  @Test
  void everyTextComesBack() {
    List<String> texts =
        List.of(
            "",
            " ",
            "a b",
            "null",
            "~",
            "true",
            "1e3",
            "-",
            "--- x",
            "#c",
            "a #c",
            "k: v",
            "x:",
            "*a",
            "&a",
            "!t",
            "%d",
            "@x",
            "`",
            "'",
            "\"",
            "\\",
            "a\nb",
            "\t",
            "\r\n",
            "{a}",
            "[b]",
            "a,b",
            "\u0085",
            "\u2028",
            "\ufeff",
            "\u00e4\ud83d\ude00",
            "\u0001",
            "...",
            "- x",
            "? x",
            "| x",
            "> x",
            "0x10",
            "1:30",
            "fe80::1",
            "::1",
            "C:\\x",
            "a:",
            "=",
            "<<");
    Configuration configuration = Configuration.EMPTY;
    for (int i = 0; i < texts.size(); i++) {
      configuration = configuration.withProperty("p" + i, texts.get(i));
      if (!texts.get(i).isEmpty()) {
        configuration = configuration.withProperty(texts.get(i), "v" + i);
      }
    }
    Configuration again = read(CibYaml.write(configuration));
    for (int i = 0; i < texts.size(); i++) {
      assertThat(again.property("p" + i)).isEqualTo(texts.get(i));
      if (!texts.get(i).isEmpty()) {
        assertThat(again.property(texts.get(i))).isEqualTo("v" + i);
      }
    }
    assertThat(read("{}")).isEqualTo(Configuration.EMPTY);
    assertThat(read(CibYaml.write(Configuration.EMPTY))).isEqualTo(Configuration.EMPTY);
  }

  @Test
  void unknownKeysAreRefusedWithWhatIsAllowed() {
    refused(
        "resource:\n  - x",
        "c.yaml:1: unknown key \"resource\" in the configuration, did you mean \"resources\"?;"
            + " allowed: properties, nodes, resources, constraints, fencing-topology,"
            + " resource-defaults, operation-defaults, xml");
    refused(
        "resources:\n  - primitive: a\n    agent: ocf:x:y\n    parameter: {a: b}",
        "c.yaml:4: unknown key \"parameter\" in a primitive, did you mean \"parameters\"?; allowed:"
            + " primitive, agent, template, description, parameters, meta, utilization, operations");
    refused(
        "constraints:\n  - location: {rsc: a, node: b, score: 1}",
        "c.yaml:2: unknown key \"rsc\" in a location; allowed: id, resource, node, score, role,"
            + " resource-discovery, author, reason, since");
    refused(
        "resources:\n  - primitive: a\n    agent: ocf:x:y\n    operations:\n      - {monitor: 1s, timout: 2s}",
        "c.yaml:5: unknown key \"timout\" in an operation of a, did you mean \"timeout\"?; allowed:"
            + " monitor, id, timeout, on-fail, role, enabled, start-delay, interval-origin,"
            + " record-pending, description, parameters, meta");
  }

  @Test
  void wrongFormsAreRefused() {
    refused(
        "",
        "c.yaml:1: the file is empty; allowed: properties, nodes, resources, constraints,"
            + " fencing-topology, resource-defaults, operation-defaults, xml");
    refused("- a", "c.yaml:1: the configuration must be \"key: value\" lines, found a list");
    refused(
        "properties:\n  a: 1\n  a: 2",
        "c.yaml:3: key \"a\" is given twice in properties, first in line 2");
    refused(
        "properties:\n  a:",
        "c.yaml:2: properties a has no value; write \"\" when an empty value is meant");
    refused("properties: {a: [1]}", "c.yaml:1: properties a must be one value, found a list");
    refused("nodes: [a]", "c.yaml:1: nodes must be \"key: value\" lines, found a list");
    refused(
        "resources:\n  - clone: c\n    resource: {template: t, agent: ocf:x:y}",
        "c.yaml:3: the resource of clone c must be a primitive or a group");
    refused(
        "resources:\n  - primitive: p\n    template: t\n    agent: ocf:x:y",
        "c.yaml:4: primitive p has a template, and so no agent of its own");
    refused(
        "resources:\n  - agent: x",
        "c.yaml:2: a resource must say what it is, by primitive: ID, group: ID, clone: ID, bundle: ID or template: ID; found agent");
    refused("resources:\n  - primitive: a", "c.yaml:2: primitive a has no agent");
    refused(
        "resources:\n  - primitive: a\n    agent: IPaddr2",
        "c.yaml:3: agent of primitive a is \"IPaddr2\"; allowed: ocf:PROVIDER:TYPE or stonith:TYPE, such as ocf:heartbeat:IPaddr2");
    refused("constraints:\n  - order: {first: a}", "c.yaml:2: an order has no then");
    refused(
        "resources:\n  - primitive: a\n    agent: ocf:x:y\n    operations: [{timeout: 2s}]",
        "c.yaml:4: an operation of a must begin with its name and interval, such as monitor: 10s; found timeout");
    refused("xml: [<a>]", null);
    refused(
        "resources: [\"a\\nb\"]",
        "c.yaml:1: an entry of resources must be \"key: value\" lines, found \"a\\nb\"");
    refused(
        "resources: [{xml: \"<a/>\", x: y}]", "c.yaml:1: an entry with xml may have no other key");
    refused(
        "fencing-topology: [{xml: <a/>}]",
        "c.yaml:1: <a> is not known in fencing-topology; give it under the key xml at the top");
  }

  @Test
  void brokenAndHostileYamlIsRefused() {
    refused("a: b: c", null);
    refused("a: \"\\xzz\"", null);
    refused("a: [b", null);
    refused("\ta: b", null);
    refused("a: 1\n---\nb: 2", null);
    refused("properties: *x", null);
    refused("properties: !!python/object x", null);
    refused("a: !foo {b: c}\n", null);
    refused("[".repeat(10_000), "c.yaml:1: nested more than 50 deep");
    refused("? {a: b}\n: c", null);
    String many = "resources:\n  - &p {primitive: a, agent: 'ocf:x:y'}\n" + "  - *p\n".repeat(60);
    refused(
        many,
        "c.yaml:1: not YAML: Number of aliases for non-scalar nodes exceeds the specified max=50");
    StringBuilder bomb = new StringBuilder("xml:\n  - &l0 [x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 7; i++) {
      bomb.append("  - &l" + i + " [" + ("*l" + (i - 1) + ", ").repeat(8) + "]\n");
    }
    refused(bomb.toString(), "aliases add up to more than 1000000 values");
  }

  private static void refused(String yaml, @Nullable String sentence) {
    assertThatExceptionOfType(OperatorException.class)
        .as(yaml.substring(0, Math.min(80, yaml.length())))
        .isThrownBy(() -> read(yaml))
        .satisfies(e -> {
          assertThat(e.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
          assertThat(e.sentence()).startsWith("c.yaml:").doesNotContain("\n");
          if (sentence != null) {
            assertThat(e.sentence()).endsWith(sentence);
          }
        });
  }

  /** For development: a folder with cibs of others, such as saved inputs of a scheduler. */
  @Test
  @EnabledIfSystemProperty(named = "ringward.cibs", matches = ".+")
  void everyConfigurationOfAFolderComesBack() throws Exception {
    try (var files = Files.list(Path.of(System.getProperty("ringward.cibs")))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".xml")).sorted().toList()) {
        Configuration configuration =
            CibXml.readConfiguration(file.toString(), Files.readString(file));
        String yaml = CibYaml.write(configuration);
        Configuration again = read(yaml);
        assertThat(ConfigurationDiff.lines(configuration, again))
            .as(file + "\n" + yaml)
            .isSubsetOf("only ids, descriptions or the order of entries changed");
        assertThat(read(CibYaml.write(again))).as(file.toString()).isEqualTo(again);
      }
    }
  }
}
