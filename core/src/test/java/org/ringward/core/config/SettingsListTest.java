package org.ringward.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettingsListTest {
  private static final String BEGIN = "<!-- begin of the generated table -->\n";
  private static final String END = "<!-- end of the generated table -->\n";

  /** Their defaults follow from something else. */
  private static final List<Setting> SAID_IN_WORDS =
      List.of(
          SettingsList.NODE,
          SettingsList.NODES_ADDRESSES,
          TotemKeys.SECAUTH,
          TotemKeys.KEY,
          SettingsList.FAILOVER_WITHIN,
          InterfaceKeys.MCASTPORT,
          InterfaceKeys.MCASTADDR,
          DeviceKeys.VOTES,
          DeviceKeys.TIMEOUT,
          DeviceKeys.PORT,
          DeviceKeys.CONNECT_TIMEOUT,
          RegionKeys.DEADTIME,
          RegionKeys.WARNTIME,
          RegionKeys.INITDEAD,
          RegionKeys.ADDRESSES,
          RegionKeys.INTERFACE,
          RegionKeys.GROUP,
          RegionKeys.DEVICES,
          RegionKeys.DEVICE,
          RegionKeys.TKO,
          RegionKeys.THRESHOLD,
          RegionKeys.HOSTS,
          DiskDeviceKeys.DEVICE,
          DiskDeviceKeys.TKO_UP,
          DiskDeviceKeys.MASTER_WAIT,
          DiskDeviceKeys.MIN_SCORE,
          DiskDeviceKeys.PROGRAM,
          WebKeys.NAMES);

  @Test
  void everyDefaultIsAllowedByItsOwnSetting() {
    for (Setting setting : SettingsList.ALL) {
      String otherwise = setting.otherwise();
      if (otherwise != null && !SAID_IN_WORDS.contains(setting)) {
        for (String each : otherwise.split(", ")) {
          assertThat(setting.type().accept(each)).as(setting.key()).isEqualTo(each);
        }
      }
      assertThat(setting.sentence()).as(setting.key()).endsWith(".");
    }
    assertThat(SettingsList.ALL.stream().map(Setting::key)).doesNotHaveDuplicates();
    assertThat(SettingsList.ALL.stream().map(Setting::section))
        .allMatch(section ->
            section.isEmpty() || SettingsList.SECTIONS.contains(section.split("\\.", -1)[0]));
  }

  @Test
  void everyCorosyncDefaultThatIsAValueIsAllowed() {
    for (CorosyncKey key : CorosyncKeys.all()) {
      String otherwise = key.otherwise();
      boolean plain = otherwise != null && otherwise.matches("[0-9a-z]+");
      if (plain && !otherwise.equals("none") && !otherwise.equals("unset")) {
        assertThat(key.type().accept(otherwise)).as(key.path()).isNotNull();
      }
      assertThat(key.sentence()).as(key.path()).isNotBlank();
    }
  }

  @Test
  void documentationHasTheTable() throws IOException {
    compare("node-settings.md", SettingsList.table());
  }

  @Test
  void documentationHasCorosyncsKeys() throws IOException {
    compare("corosync-conf.md", CorosyncKeys.table());
  }

  /** Run with -Dgolden.write=true to bring the document up to date. */
  private static void compare(String document, String table) throws IOException {
    Path file = Path.of(System.getProperty("ringward.root"), "docs", document);
    String text = Files.readString(file);
    int begin = text.indexOf(BEGIN) + BEGIN.length();
    int end = text.indexOf(END);
    if (Boolean.getBoolean("golden.write")) {
      Files.writeString(file, text.substring(0, begin) + table + text.substring(end));
      return;
    }
    assertThat(text.substring(begin, end)).isEqualTo(table);
  }
}
