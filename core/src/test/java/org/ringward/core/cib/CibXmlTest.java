package org.ringward.core.cib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;

final class CibXmlTest {
  static final String SMALL =
      """
      <cib admin_epoch="0" epoch="7" num_updates="3" have-quorum="1" validate-with="pacemaker-4.0">
        <configuration>
          <crm_config>
            <cluster_property_set id="cib-bootstrap-options">
              <nvpair id="opt-1" name="no-quorum-policy" value="stop"/>
            </cluster_property_set>
          </crm_config>
          <nodes>
            <node id="1" uname="n1"/>
            <node id="2" uname="n2">
              <instance_attributes id="nodes-2">
                <nvpair id="nodes-2-standby" name="standby" value="off"/>
              </instance_attributes>
            </node>
          </nodes>
          <resources>
            <primitive id="vip" class="ocf" provider="heartbeat" type="IPaddr2">
              <instance_attributes id="vip-ia">
                <nvpair id="vip-ip" name="ip" value="10.0.0.1"/>
              </instance_attributes>
              <operations>
                <op id="vip-monitor" name="monitor" interval="10s" timeout="20s"/>
              </operations>
              <meta_attributes id="vip-meta"/>
            </primitive>
            <group id="web">
              <primitive id="a" class="ocf" provider="heartbeat" type="Dummy"/>
            </group>
            <clone id="c"><primitive id="p" class="ocf" provider="heartbeat" type="Dummy"/></clone>
          </resources>
          <constraints>
            <rsc_location id="l1" rsc="vip" node="n1" score="100"/>
            <rsc_colocation id="c1" rsc="vip" with-rsc="web" score="INFINITY"/>
            <rsc_order id="o1" first="web" then="vip"/>
            <rsc_ticket id="t1" rsc="vip" ticket="T"/>
          </constraints>
          <fencing-topology>
            <fencing-level id="fl" target="n1" index="1" devices="d1"/>
          </fencing-topology>
          <rsc_defaults>
            <meta_attributes id="rd"><nvpair id="rd-1" name="resource-stickiness" value="1"/></meta_attributes>
          </rsc_defaults>
        </configuration>
        <status>
          <node_state id="1" uname="n1" in_ccm="true" crmd="online" join="member" expected="member">
            <transient_attributes id="1">
              <instance_attributes id="s1"><nvpair id="s1-a" name="a" value="b"/></instance_attributes>
            </transient_attributes>
            <lrm id="1">
              <lrm_resources>
                <lrm_resource id="vip" class="ocf" provider="heartbeat" type="IPaddr2">
                  <lrm_rsc_op id="vip_last_0" operation="start" call-id="5" rc-code="0" op-status="0" interval="0"/>
                </lrm_resource>
              </lrm_resources>
            </lrm>
          </node_state>
        </status>
      </cib>
      """;

  @Test
  void readsEveryPart() {
    CibXml.Reading reading = CibXml.readWithNotes("small.xml", SMALL);
    Cib cib = reading.cib();
    Configuration configuration = cib.configuration();
    assertThat(reading.notes()).isEmpty();
    assertThat(configuration.property("no-quorum-policy")).isEqualTo("stop");
    assertThat(configuration.nodes()).extracting(NodeEntry::uname).containsExactly("n1", "n2");
    assertThat(configuration.nodes().get(1).attribute("standby")).isEqualTo("off");
    assertThat(configuration.resources())
        .extracting(Resource::id)
        .containsExactly("vip", "web", "c");
    Primitive vip = (Primitive) configuration.resources().getFirst();
    assertThat(vip.parameter("ip")).isEqualTo("10.0.0.1");
    assertThat(vip.operations()).hasSize(1);
    assertThat(configuration.resources().get(2)).isInstanceOf(Clone.class);
    assertThat(configuration.constraints())
        .extracting(each -> each.getClass().getSimpleName())
        .containsExactly("Location", "Colocation", "Order", "TicketConstraint");
    assertThat(configuration.topology()).hasSize(1);
    assertThat(configuration.resourceDefaults().getFirst().value("resource-stickiness"))
        .isEqualTo("1");
    NodeState state = cib.status().nodes().getFirst();
    assertThat(state.histories().getFirst().operations()).hasSize(1);
    assertThat(state.transientAttributes().getFirst().value("a")).isEqualTo("b");
    assertThat(state.others()).isEmpty();
    assertThat(reading.sources().line(vip.attributes())).isEqualTo(17);
  }

  @Test
  void writingAndReadingGivesEqualRecords() {
    Cib cib = CibXml.read("small.xml", SMALL);
    String written = CibXml.write(cib);
    assertThat(CibXml.read("again.xml", written)).isEqualTo(cib);
    assertThat(CibXml.write(CibXml.read("again.xml", written))).isEqualTo(written);
    assertThat(CibXml.read("bytes.xml", written.getBytes(StandardCharsets.UTF_8))).isEqualTo(cib);
  }

  @Test
  void keepsAndNotesWhatIsNotKnown() {
    String xml =
        """
        <cib epoch="1" x="y"><extra a="1"><b>text &amp; more</b></extra>
        <configuration z="1">
          <tags><tag id="t"><obj_ref id="r"/></tag></tags>
          <crm_config flavour="mint"><odd/></crm_config>
          <nodes/>
          <resources>
            <spaceship id="s"><engine/></spaceship>
            <primitive id="r" class="ocf" provider="p" type="t" colour="red">words
              <operations id="r-ops" id-ref="other"><probe/></operations>
              <instance_attributes id="ia"><rule id="rule"/><nvpair id="n" name="x" value="1"><k/></nvpair></instance_attributes>
            </primitive>
          </resources>
          <constraints><rsc_magic id="m"/></constraints>
        </configuration>
        <status><node_state id="1"><lrm id="9"><lrm_resources id="o"/><w/></lrm></node_state><tickets/></status>
        </cib>
        """;
    CibXml.Reading reading = CibXml.readWithNotes("odd.xml", xml);
    String written = CibXml.write(reading.cib());
    assertThat(CibXml.read("again.xml", written)).isEqualTo(reading.cib());
    assertThat(written)
        .contains("<b>text &amp; more</b>", "flavour=\"mint\"", "<odd/>", "<engine/>", "words")
        .contains("id-ref=\"other\"", "<probe/>", "<k/>", "<rsc_magic id=\"m\"/>", "<w/>")
        .contains(
            "<lrm id=\"9\">", "<lrm_resources id=\"o\"/>", "<tickets/>", "z=\"1\"", "<tag id");
    assertThat(reading.notes())
        .extracting(Finding::text)
        .contains(
            "odd.xml:7: note: <spaceship> is not known in <resources>; it is kept and has no effect",
            "odd.xml:8: note: primitive r has an attribute \"colour\" that is not known; it is kept"
                + " and has no effect",
            "odd.xml:4: note: <odd> is not known in <crm_config>; it is kept and has no effect");
  }

  @Test
  void valuesKeepEveryCharacter() {
    String value = "a\"b'c<d>&\n\t\r e \u00e4\ud83d\ude00 ";
    Element element = Element.of("e", Attributes.of("v", value), List.of());
    assertThat(CibXml.readElement("x", CibXml.write(element))).isEqualTo(element);
    Element bad = Element.of("e", Attributes.of("v", "a\u0000\u0007\ud800b\uffff"), List.of());
    assertThat(CibXml.readElement("x", CibXml.write(bad)).attributes().get("v"))
        .isEqualTo("a\ufffd\ufffd\ufffdb\ufffd");
  }

  @Test
  void manyEscapesAreNoBomb() {
    Element element = Element.of("e", Attributes.of("v", "<&>\"".repeat(100_000)), List.of());
    assertThat(CibXml.readElement("x", CibXml.write(element))).isEqualTo(element);
  }

  @Test
  void refusesDocumentTypesAndEntities() {
    refused(
        "<!DOCTYPE a [<!ENTITY b \"c\"><!ENTITY d \"&b;&b;&b;\">]>\n<a>&d;</a>",
        "f.xml:1: a document type (DOCTYPE) is not allowed");
    refused(
        "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>",
        "f.xml:1: a document type (DOCTYPE) is not allowed");
    assertThatExceptionOfType(OperatorException.class)
        .isThrownBy(() -> CibXml.read("f.xml", "<cib>\n&nope;</cib>"))
        .withMessageContaining("f.xml:2: not well-formed XML:");
  }

  @Test
  void refusesDeepNestingAndBrokenText() {
    refused("<a>".repeat(100_000), "f.xml:1: elements are nested more than 200 deep");
    refused("<cib/><cib/>", null);
    refused("", null);
    refused("<cib>\n<configuration>\n</cib>", null);
    refused("<configuration/>", "f.xml:1: the root is <configuration>, expected <cib>");
    refused("<cib a=\"1\" a=\"2\"/>", null);
    refused(
        "<cib><status/><status/></cib>",
        "f.xml:1: <cib> may have one <configuration> and one <status> only");
  }

  private static void refused(String xml, @Nullable String sentence) {
    assertThatExceptionOfType(OperatorException.class)
        .isThrownBy(() -> CibXml.read("f.xml", xml))
        .satisfies(e -> {
          assertThat(e.exitCode()).isEqualTo(ExitCode.DATA_ERROR);
          assertThat(e.sentence()).startsWith("f.xml:").doesNotContain("\n");
          if (sentence != null) {
            assertThat(e.sentence()).isEqualTo(sentence);
          }
        });
  }

  /** Whatever becomes of a file on its way, a reader answers or refuses in one sentence. */
  @Test
  void damagedTextIsReadOrRefused() {
    Random random = new Random(7);
    String marks = "<>&\"'{}[]:,-!*#|\n \t\u0000\u00e9%@=/\\x";
    String yaml = CibYaml.write(CibXml.read("small.xml", SMALL).configuration());
    for (int i = 0; i < 400; i++) {
      boolean isYaml = i % 2 == 0;
      StringBuilder text = new StringBuilder(isYaml ? yaml : SMALL);
      for (int change = random.nextInt(3); change >= 0; change--) {
        int place = random.nextInt(text.length());
        text.setCharAt(place, marks.charAt(random.nextInt(marks.length())));
      }
      try {
        ConfigurationReading reading =
            isYaml
                ? CibYaml.readConfiguration("f", text.toString())
                : CibXml.readConfigurationWithNotes("f", text.toString());
        for (Finding finding : CibValidation.validate(reading, List.of())) {
          assertThat(finding.sentence()).doesNotContain("\n");
        }
        Configuration read = reading.configuration();
        assertThat(CibXml.readConfiguration("g", CibXml.write(read))).isEqualTo(read);
        CibYaml.readConfiguration("g", CibYaml.write(read));
      } catch (OperatorException e) {
        assertThat(e.sentence()).startsWith("f:").doesNotContain("\n");
      }
    }
  }

  /** For development: a folder with cibs of others, such as saved inputs of a scheduler. */
  @Test
  @EnabledIfSystemProperty(named = "ringward.cibs", matches = ".+")
  void everyFileOfAFolderComesBackEqual() throws Exception {
    int count = 0;
    try (var files = Files.list(Path.of(System.getProperty("ringward.cibs")))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".xml")).sorted().toList()) {
        CibXml.Reading reading = CibXml.readWithNotes(file.toString(), Files.readString(file));
        assertThat(CibXml.read("again", CibXml.write(reading.cib()))).isEqualTo(reading.cib());
        reading.notes().stream()
            .filter(n -> !n.key().equals("comment"))
            .map(Finding::text)
            .forEach(System.out::println);
        count++;
      }
    }
    assertThat(count).isPositive();
  }
}
