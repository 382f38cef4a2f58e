package org.ringward.core.config;

import java.util.List;
import org.ringward.core.config.LinkSettings.Interface;
import org.ringward.core.config.Setting.GroupAddress;

/** The settings of one link: the entries of the list totem.interface, under Corosync's names. */
final class InterfaceKeys {
  private static final int DAY_MILLIS = 86_400_000;
  private static final Interface LINK = Interface.ofLink(0);

  static final Setting LINKNUMBER =
      Setting.number(
          "totem.interface.linknumber",
          0,
          LinkSettings.LINKS_MOST - 1,
          0,
          "",
          "Which link; only link 0 exists with udp and udpu.");
  static final Setting MCASTPORT =
      new Setting(
          "totem.interface.mcastport",
          new Setting.Whole(1, 65_535),
          "totem.port + link (udp: + 2 * link)",
          "",
          "UDP port of the link, the same on all nodes.",
          false,
          List.of("port"));
  static final Setting MCASTADDR =
      new Setting(
          "totem.interface.mcastaddr",
          new GroupAddress(),
          "derived from the cluster's name",
          "",
          "Multicast group of transport udp.",
          false,
          List.of());
  static final Setting BROADCAST =
      Setting.yesNo(
          "totem.interface.broadcast",
          false,
          "Transport udp sends to the network's broadcast address instead of a group.");
  static final Setting TTL =
      Setting.number(
          "totem.interface.ttl", 0, 255, 1, "hops", "How far multicast of transport udp goes.");
  static final Setting PRIORITY =
      Setting.number(
              "totem.interface.knet_link_priority",
              0,
              255,
              LINK.priority(),
              "",
              "The link that is up and has the highest one is used with link_mode passive.")
          .reloads()
          .or("priority");
  static final Setting PING_INTERVAL =
      Setting.number(
              "totem.interface.knet_ping_interval",
              0,
              DAY_MILLIS,
              0,
              "ms",
              "Time between two pings; 0 is token / (2 * knet_pong_count).")
          .reloads();
  static final Setting PING_TIMEOUT =
      Setting.number(
              "totem.interface.knet_ping_timeout",
              0,
              DAY_MILLIS,
              0,
              "ms",
              "Time without an answer that takes a link down; 0 is token / knet_pong_count.")
          .reloads();
  static final Setting PING_PRECISION =
      Setting.number(
              "totem.interface.knet_ping_precision",
              1,
              1_000_000,
              LINK.pingPrecision(),
              "samples",
              "How many samples the average of the latency is made of.")
          .reloads();
  static final Setting PONG_COUNT =
      Setting.number(
              "totem.interface.knet_pong_count",
              1,
              100,
              LINK.pongCount(),
              "answers",
              "Answers in a row before a link counts as up.")
          .reloads();

  static final List<Setting> ALL =
      List.of(
          LINKNUMBER,
          MCASTPORT,
          MCASTADDR,
          BROADCAST,
          TTL,
          PRIORITY,
          PING_INTERVAL,
          PING_TIMEOUT,
          PING_PRECISION,
          PONG_COUNT);

  private InterfaceKeys() {}
}
