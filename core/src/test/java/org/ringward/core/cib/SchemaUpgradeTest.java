package org.ringward.core.cib;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SchemaUpgradeTest {
  private static CibXml.Reading read(String schema, String sections) {
    return CibXml.readWithNotes(
        "test.xml",
        "<cib validate-with='"
            + schema
            + "'><configuration>"
            + sections
            + "</configuration><status/></cib>");
  }

  private static Element find(Element element, String name) {
    if (element.name().equals(name)) {
      return element;
    }
    for (Element child : element.children()) {
      try {
        return find(child, name);
      } catch (IllegalStateException _) {
        // not there
      }
    }
    throw new IllegalStateException("no <" + name + ">");
  }

  private static Element configuration(CibXml.Reading reading) {
    return CibXml.toElement(reading.cib().configuration());
  }

  @Test
  void aMasterIsAPromotableClone() {
    CibXml.Reading reading =
        read(
            "pacemaker-3.0",
            "<resources><master id='m'><meta_attributes id='x'/><primitive id='p' class='ocf'"
                + " provider='a' type='b'/></master></resources>");
    Element clone = find(configuration(reading), "clone");
    assertThat(clone.attributes().get("id")).isEqualTo("m");
    assertThat(find(clone, "nvpair").attributes().map())
        .containsEntry("name", "promotable")
        .containsEntry("value", "true");
    assertThat(find(clone, "primitive").attributes().get("id")).isEqualTo("p");
    assertThat(reading.notes()).extracting(Finding::sentence).hasSize(1);
  }

  @Test
  void whatWasWrittenIsReadTheSameAgain() {
    CibXml.Reading reading =
        read(
            "pacemaker-1.2",
            "<crm_config><cluster_property_set id='c'><nvpair id='c1'"
                + " name='default_resource_stickiness' value='7'/></cluster_property_set>"
                + "</crm_config><resources><master id='m'><primitive id='p' class='ocf'"
                + " provider='a' type='b'><operations><op id='o' name='start' interval='0'"
                + " requires='nothing' start_delay='3'/></operations></primitive></master>"
                + "</resources><constraints><rsc_order id='r' first='a' then='b' score='0'/>"
                + "<rsc_location id='l' rsc='p' node='n' score='5'><lifetime><rule id='lr'>"
                + "<date_expression id='d' operation='gt' start='2005-001'/></rule></lifetime>"
                + "</rsc_location></constraints>");
    assertThat(reading.cib().attributes().get("validate-with")).isEqualTo("pacemaker-3.9");
    CibXml.Reading again = CibXml.readWithNotes("again", CibXml.write(reading.cib()));
    assertThat(again.cib()).isEqualTo(reading.cib());
    assertThat(again.notes()).isEmpty();
  }

  @Test
  void aConfigurationOfTodayIsTakenAsItIs() {
    String today =
        "<crm_config><cluster_property_set id='c'><nvpair id='c1' name='default_something'"
            + " value='7'/></cluster_property_set></crm_config>";
    assertThat(read("pacemaker-3.7", today).notes()).isEmpty();
    assertThat(find(configuration(read("pacemaker-3.7", today)), "nvpair").attributes().get("name"))
        .isEqualTo("default_something");
    assertThat(read("none", today).cib().attributes().get("validate-with")).isEqualTo("none");
  }

  @Test
  void oldPropertiesBecomeDefaultsButDoNotOverruleThem() {
    CibXml.Reading reading =
        read(
            "pacemaker-2.3",
            "<crm_config><cluster_property_set id='c'><nvpair id='c1'"
                + " name='default-resource-stickiness' value='7'/><nvpair id='c2'"
                + " name='default-action-timeout' value='9s'/><nvpair id='c3'"
                + " name='stonith-enabled' value='false'/></cluster_property_set></crm_config>"
                + "<rsc_defaults><meta_attributes id='r'><nvpair id='r1'"
                + " name='resource-stickiness' value='1'/></meta_attributes></rsc_defaults>");
    Configuration configuration = reading.cib().configuration();
    assertThat(configuration.resourceDefaults())
        .extracting(set -> set.value("resource-stickiness"))
        .isEqualTo(List.of("1", "7"));
    assertThat(configuration.operationDefaults().getFirst().value("timeout")).isEqualTo("9s");
    assertThat(configuration.property("default-resource-stickiness")).isNull();
    assertThat(configuration.property("stonith-enabled")).isEqualTo("false");
  }

  @Test
  void whatAStartRequiredIsAskedOfTheResource() {
    CibXml.Reading reading =
        read(
            "pacemaker-1.3",
            "<resources><primitive id='p' class='ocf' provider='a' type='b'><meta_attributes"
                + " id='pm'><nvpair id='pm1' name='target_role' value='Stopped'/>"
                + "</meta_attributes><operations><op id='o' name='start' interval='0'"
                + " requires='nothing'/></operations></primitive></resources>");
    Primitive primitive = reading.cib().configuration().primitives().getFirst();
    assertThat(primitive.meta("requires")).isEqualTo("nothing");
    assertThat(primitive.meta("target-role")).isEqualTo("Stopped");
    assertThat(primitive.operations().getFirst().attributes().has("requires")).isFalse();
  }

  @Test
  void aLifetimeLimitsTheRulesOfItsLocation() {
    String lifetime =
        "<lifetime><rule id='l1'><date_expression id='d1' operation='gt' start='2005-001'/></rule>"
            + "<rule id='l2'><date_expression id='d2' operation='lt' end='2001-001'/></rule>"
            + "</lifetime>";
    Element location =
        find(
            configuration(
                read(
                    "pacemaker-3.0",
                    "<constraints><rsc_location id='l' rsc='a'><rule id='r1' score='1'"
                        + " boolean-op='or'/><rule id='r2' score='2'/>"
                        + lifetime
                        + "</rsc_location></constraints>")),
            "rsc_location");
    assertThat(location.children()).hasSize(2);
    Element first = location.children().getFirst();
    assertThat(first.attributes().map())
        .containsEntry("score", "1")
        .containsEntry("boolean-op", "and");
    assertThat(first.children().getFirst().attributes().map())
        .containsEntry("id", "r1")
        .containsEntry("boolean-op", "or")
        .doesNotContainKey("score");
    assertThat(first.children().get(1).children()).hasSize(2);
    assertThat(location.children().get(1).children().get(1).attributes().get("id-ref"))
        .isEqualTo("l-lifetime");
  }
}
