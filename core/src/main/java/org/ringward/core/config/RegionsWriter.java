package org.ringward.core.config;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.ringward.core.config.NodeSettings.Member;
import org.ringward.core.config.RegionSettings.Broadcast;
import org.ringward.core.config.RegionSettings.Disk;
import org.ringward.core.config.RegionSettings.Medium;
import org.ringward.core.config.RegionSettings.Multicast;
import org.ringward.core.config.RegionSettings.Ping;
import org.ringward.core.config.RegionSettings.Region;
import org.ringward.core.config.RegionSettings.Serial;
import org.ringward.core.config.RegionSettings.Times;
import org.ringward.core.config.RegionSettings.Unicast;

/** Writes regions as entries of the list regions; reading them gives them back. */
final class RegionsWriter {
  private RegionsWriter() {}

  /** The entries, one line each, without the dash of the list. */
  static List<String> entries(RegionSettings settings, List<Member> members) {
    List<String> entries = new ArrayList<>();
    for (Region region : settings.regions()) {
      entries.add(
          "{name: %s, kind: %s, %s%s}"
              .formatted(
                  region.name(),
                  region.medium().kind(),
                  region.medium() instanceof RegionSettings.Witness
                      ? ""
                      : medium(region.medium(), members) + ", ",
                  times(region.times())));
    }
    for (Ping ping : settings.pings()) {
      entries.add(
          "{name: %s, kind: %s, hosts: %s, keepalive: %d, deadtime: %d}"
              .formatted(
                  ping.name(),
                  ping.group() ? "ping_group" : "ping",
                  list(ping.hosts()),
                  ping.interval(),
                  ping.deadping()));
    }
    return entries;
  }

  private static String times(Times times) {
    return "keepalive: %d, deadtime: %d, warntime: %d, initdead: %d"
        .formatted(times.keepalive(), times.deadtime(), times.warntime(), times.initdead());
  }

  private static String medium(Medium medium, List<Member> members) {
    return switch (medium) {
      case Unicast unicast ->
          members.stream()
              .map(each -> quoted(each.name()) + ": " + quoted(unicast.addresses().get(each.id())))
              .collect(Collectors.joining(", ", "port: " + unicast.port() + ", addresses: {", "}"));
      case Multicast multicast ->
          "port: %d, interface: %s, mcastaddr: %s, ttl: %d"
              .formatted(
                  multicast.port(), multicast.device(), quoted(multicast.group()), multicast.ttl());
      case Broadcast broadcast ->
          "port: %d, interface: %s, ip_version: %s"
              .formatted(broadcast.port(), broadcast.device(), broadcast.v4() ? "ipv4" : "ipv6");
      case Serial serial -> "devices: " + list(serial.devices()) + ", baud: " + serial.baud();
      case Disk disk ->
          "device: " + quoted(disk.device()) + ", format: " + (disk.sbd() ? "sbd" : "ringward");
      case RegionSettings.Witness _ -> "";
    };
  }

  private static String list(List<String> texts) {
    return texts.stream().map(RegionsWriter::quoted).collect(Collectors.joining(", ", "[", "]"));
  }

  private static String quoted(@Nullable String text) {
    return NodeSettingsWriter.quoted(String.valueOf(text));
  }
}
