package org.ringward.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SettingsListTest {
  private static final String BEGIN = "<!-- begin of the generated table -->\n";
  private static final String END = "<!-- end of the generated table -->\n";

  @Test
  void everyDefaultIsAllowedByItsOwnSetting() {
    for (Setting setting : SettingsList.ALL) {
      String otherwise = setting.otherwise();
      if (otherwise != null && setting != SettingsList.NODE) {
        for (String each : otherwise.split(", ")) {
          assertThat(setting.type().accept(each)).as(setting.key()).isEqualTo(each);
        }
      }
      assertThat(setting.sentence()).as(setting.key()).endsWith(".");
    }
    assertThat(SettingsList.ALL.stream().map(Setting::key)).doesNotHaveDuplicates();
    assertThat(SettingsList.ALL.stream().map(Setting::section))
        .allMatch(section -> section.isEmpty() || SettingsList.SECTIONS.contains(section));
  }

  /** Run with -Dgolden.write=true to bring the document up to date. */
  @Test
  void documentationHasTheTable() throws IOException {
    Path file = Path.of(System.getProperty("ringward.root"), "docs", "node-settings.md");
    String text = Files.readString(file);
    int begin = text.indexOf(BEGIN) + BEGIN.length();
    int end = text.indexOf(END);
    if (Boolean.getBoolean("golden.write")) {
      Files.writeString(
          file, text.substring(0, begin) + SettingsList.table() + text.substring(end));
      return;
    }
    assertThat(text.substring(begin, end)).isEqualTo(SettingsList.table());
  }
}
