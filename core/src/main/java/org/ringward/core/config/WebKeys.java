package org.ringward.core.config;

import java.util.List;

/** The settings of the page; docs/page.md. */
final class WebKeys {
  private static final String OFF = "off";

  static final Setting LISTEN =
      Setting.of(
          "web.listen",
          new Setting.Listen(),
          OFF,
          "Where this node serves its page, metrics and health: by HTTPS with a certificate of its"
              + " own, by plain HTTP on a loopback address. off serves nothing.");
  static final Setting NAMES =
      Setting.of(
          "web.names",
          new Setting.ListOf(new Setting.HostName()),
          "none",
          "Host names by which browsers may call this node beside its addresses, the machine's name"
              + " and the names of the nodes; requests with others are refused.");

  static final List<Setting> ALL = List.of(LISTEN, NAMES);

  private WebKeys() {}

  /** The settings in a section. */
  static WebSettings read(SettingsSource.Section section) {
    List<String> names = section.has(NAMES) ? section.texts(NAMES) : List.of();
    WebSettings settings = Setting.Listen.parse(section.text(LISTEN), names);
    if (settings == null) {
      throw new IllegalStateException("accepted and not parsed: " + section.text(LISTEN));
    }
    if (!settings.isOn() && !names.isEmpty()) {
      throw section.refuse(
          NAMES, "web.names is given, but web.listen is off; say where the page is served");
    }
    return settings;
  }
}
