package org.ringward.core.cib;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OptionsTest {
  private static final List<OptionList> LISTS =
      List.of(
          ClusterProperties.ALL,
          ResourceOptions.META,
          ResourceOptions.OPERATION,
          ResourceOptions.FENCING,
          ResourceOptions.NODE);

  private static final Path DOCUMENT =
      Path.of(System.getProperty("ringward.root", ".."), "docs", "configuration.md");

  @Test
  void everyOptionAllowsItsOwnDefault() {
    for (OptionList list : LISTS) {
      List<String> names = new ArrayList<>();
      for (Option option : list.options()) {
        String otherwise = option.otherwise();
        if (otherwise != null) {
          assertThat(option.type().accepts(otherwise)).as(option.name()).isTrue();
        }
        assertThat(option.sentence()).as(option.name()).endsWith(".").doesNotContain("|");
        names.add(option.name());
        names.addAll(option.formerly());
      }
      assertThat(names).doesNotHaveDuplicates();
    }
  }

  @Test
  void typesAcceptWhatTheirRangeSays() {
    assertThat(new Option.Percentage().accepts("80%")).isTrue();
    assertThat(new Option.Percentage().accepts("80")).isFalse();
    assertThat(new Option.Percentage().accepts("%")).isFalse();
    assertThat(new Option.TimeOrAuto().accepts("-1")).isTrue();
    assertThat(new Option.TimeOrAuto().accepts("x")).isFalse();
    assertThat(new Option.Whole(1, 9).accepts("10")).isFalse();
    assertThat(new Option.Whole(-1, 9).range()).isEqualTo("whole number, -1 to 9");
    assertThat(new Option.Choice(List.of("Started"), List.of("Slave")).accepts("slave")).isTrue();
  }

  @Test
  void oldNamesAreAccepted() {
    Configuration old = Configuration.EMPTY.withProperty("stonith-enabled", "false");
    assertThat(ClusterProperties.of(old).isTrue("fencing-enabled")).isFalse();
    assertThat(ClusterProperties.of(old).configured("stonith-enabled")).isEqualTo("false");
    Configuration both = old.withProperty("fencing-enabled", "true");
    assertThat(ClusterProperties.of(both).isTrue("stonith-enabled")).isTrue();
  }

  @Test
  void whatIsInEffect() {
    ClusterProperties none = ClusterProperties.of(Configuration.EMPTY);
    assertThat(none.isTrue("fencing-enabled")).isTrue();
    assertThat(none.millis("fencing-timeout")).isEqualTo(60_000);
    assertThat(none.value("no-quorum-policy")).isEqualTo("stop");
    assertThat(none.whole("fencing-max-attempts")).isEqualTo(10);
    assertThat(none.score("node-health-red")).isEqualTo(-Score.INFINITY);
    assertThat(none.configured("no-quorum-policy")).isNull();
    ClusterProperties wrong =
        ClusterProperties.of(Configuration.EMPTY.withProperty("fencing-timeout", "soon"));
    assertThat(wrong.millis("fencing-timeout")).isEqualTo(60_000);
    Configuration sets =
        CibXml.readConfiguration(
            "x",
            """
            <configuration><crm_config>
            <cluster_property_set id="r"><rule id="rr"/><nvpair id="1" name="batch-limit" value="1"/></cluster_property_set>
            <cluster_property_set id="a"><nvpair id="2" name="batch-limit" value="2"/></cluster_property_set>
            <cluster_property_set id="b" score="5"><nvpair id="3" name="batch-limit" value="3"/>
            <nvpair id="4" name="migration-limit" value="3"/></cluster_property_set>
            <cluster_property_set id="cib-bootstrap-options"><nvpair id="5" name="migration-limit" value="4"/></cluster_property_set>
            </crm_config></configuration>
            """);
    assertThat(ClusterProperties.of(sets).whole("batch-limit")).isEqualTo(3);
    assertThat(ClusterProperties.of(sets).whole("migration-limit")).isEqualTo(4);
  }

  /** Run with -Dgolden.write=true to bring the document up to date. */
  @Test
  void documentHasTheTables() throws IOException {
    String text = Files.readString(DOCUMENT);
    for (OptionList list : LISTS) {
      String begin = "<!-- begin of the generated table: " + list.title() + " -->\n";
      int from = text.indexOf(begin) + begin.length();
      int to = text.indexOf("<!-- end of the generated table -->", from);
      assertThat(from).as(list.title()).isGreaterThanOrEqualTo(begin.length());
      if (Boolean.getBoolean("golden.write")) {
        text = text.substring(0, from) + list.table() + text.substring(to);
      } else {
        assertThat(text.substring(from, to)).isEqualTo(list.table());
      }
    }
    if (Boolean.getBoolean("golden.write")) {
      Files.writeString(DOCUMENT, text);
    }
  }

  @Test
  void documentNamesEveryKeyAndItsExampleIsGood() throws IOException {
    String text = Files.readString(DOCUMENT);
    int from = text.indexOf("```yaml\n") + "```yaml\n".length();
    String example = text.substring(from, text.indexOf("```", from));
    ConfigurationReading reading = CibYaml.readConfiguration("example", example);
    assertThat(CibValidation.validate(reading, List.of("n1", "n2", "n3"))).isEmpty();
    for (List<String> keys :
        List.of(
            YamlForm.TOP,
            YamlForm.NODE,
            YamlForm.PRIMITIVE,
            YamlForm.GROUP,
            YamlForm.CLONE,
            YamlForm.BUNDLE,
            YamlForm.TEMPLATE,
            YamlForm.keys(YamlForm.TICKET),
            YamlForm.keys(YamlForm.LOCATION),
            YamlForm.keys(YamlForm.COLOCATION),
            YamlForm.keys(YamlForm.ORDER),
            YamlForm.LEVEL)) {
      for (String key : keys) {
        assertThat(text)
            .as(key)
            .containsPattern("`" + key + "[`:]|\\{" + key + ":|\\b" + key + ":");
      }
    }
  }
}
