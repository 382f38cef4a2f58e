package org.ringward.core.config;

import java.util.List;
import org.ringward.core.config.Setting.Choice;
import org.ringward.core.config.Setting.InlineKey;
import org.ringward.core.config.Setting.Version;
import org.ringward.core.config.Setting.YesNo;

/**
 * The settings of the ring: names, meanings and minima are Corosync's (reference/corosync-conf.md,
 * totem; reference/totem-srp.md, section 4), the defaults are those of Ringward.
 */
final class TotemKeys {
  private static final TotemSettings TOTEM = TotemSettings.DEFAULT;
  private static final int DAY_MILLIS = 86_400_000;

  static final Setting TRANSPORT =
      Setting.of(
          "totem.transport",
          new Choice(List.of("knet", "udpu", "udp")),
          "knet",
          "What carries frames: kronosnet, UDP unicast or UDP multicast.");
  static final Setting PORT =
      Setting.number(
          "totem.port",
          1,
          65_535,
          5405,
          "",
          "UDP port of link 0, the same on all nodes; further links follow it.");
  static final Setting IP_VERSION =
      Setting.of(
          "totem.ip_version",
          new Choice(List.of("ipv4", "ipv6", "ipv4-6", "ipv6-4")),
          "ipv6-4",
          "Families the addresses may be of: one, or both with a preference.");
  static final Setting LINK_MODE =
      Setting.of(
              "totem.link_mode",
              new Choice(List.of("passive", "active", "rr")),
              "passive",
              "Which of several links carry data: the best, all, or one after the other.")
          .reloads();
  static final Setting CIPHER =
      Setting.of(
              "totem.crypto_cipher",
              new Choice(List.of("none", "aes128", "aes192", "aes256")),
              "aes256",
              "Encryption of transport knet; needs a hash.")
          .reloads();
  static final Setting HASH =
      Setting.of(
              "totem.crypto_hash",
              new Choice(List.of("none", "md5", "sha1", "sha256", "sha384", "sha512")),
              "sha256",
              "Authentication of transport knet.")
          .reloads();
  static final Setting SECAUTH =
      Setting.of(
              "totem.secauth",
              new YesNo(),
              "unset",
              "Old: yes is aes256 with sha256, no is neither, unless these are given.")
          .reloads();
  static final Setting CRYPTO_MODEL =
      Setting.of(
              "totem.crypto_model",
              new Choice(List.of("nss", "openssl", "gcrypt")),
              "nss",
              "Accepted without effect: ciphers are those of Java.")
          .reloads();
  static final Setting BLOCK_UNLISTED_IPS =
      Setting.yesNo(
              "totem.block_unlisted_ips",
              true,
              "Datagrams of addresses that are not configured are dropped.")
          .reloads();
  static final Setting KNET_MTU =
      Setting.number(
              "totem.knet_mtu",
              0,
              65_535,
              0,
              "bytes",
              "Largest IP packet of a link; 0 is found out.")
          .reloads();
  static final Setting PMTUD_INTERVAL =
      Setting.number(
              "totem.knet_pmtud_interval",
              0,
              86_400,
              30,
              "s",
              "How often the largest packet of a link is looked for; 0 is the default.")
          .reloads();
  static final Setting CONFIG_VERSION =
      Setting.of(
              "totem.config_version",
              new Version(),
              "0",
              "Version of this file; a node joins with that of the others only, 0 joins always.")
          .reloads();
  static final Setting TOKEN =
      Setting.number(
              "totem.token",
              0,
              DAY_MILLIS,
              TOTEM.token(),
              "ms",
              "Silence that loses the token; 0 is the default.")
          .reloads();
  static final Setting TOKEN_COEFFICIENT =
      Setting.number(
              "totem.token_coefficient",
              0,
              DAY_MILLIS,
              TOTEM.tokenCoefficient(),
              "ms",
              "Added to token for each node above 2.")
          .reloads();
  static final Setting TOKEN_WARNING =
      Setting.number(
              "totem.token_warning",
              0,
              100,
              TOTEM.tokenWarning(),
              "%",
              "Share of token after which a late token is counted; 0 is never.")
          .reloads();
  static final Setting TOKEN_RETRANSMIT =
      Setting.number(
              "totem.token_retransmit",
              0,
              DAY_MILLIS,
              TOTEM.tokenRetransmit(),
              "ms",
              "Silence after which the token is sent again; 0 is token / (token_retransmits_before_loss_const + 0.2).")
          .reloads();
  static final Setting TOKEN_RETRANSMITS =
      Setting.number(
              "totem.token_retransmits_before_loss_const",
              0,
              1000,
              TOTEM.tokenRetransmitsBeforeLossConst(),
              "",
              "How often the token is sent again before it counts as lost; 0 is the default.")
          .reloads();
  static final Setting HOLD =
      Setting.number(
              "totem.hold",
              0,
              DAY_MILLIS,
              TOTEM.hold(),
              "ms",
              "How long an idle ring holds the token; 0 is 0.8 * token_retransmit - 10.")
          .reloads();
  static final Setting JOIN =
      Setting.number(
              "totem.join",
              0,
              DAY_MILLIS,
              TOTEM.join(),
              "ms",
              "Join messages repeat after this; 0 is the default.")
          .reloads();
  static final Setting SEND_JOIN =
      Setting.number(
              "totem.send_join",
              0,
              DAY_MILLIS,
              TOTEM.sendJoin(),
              "ms",
              "Join messages wait for a random time of at most this.")
          .reloads();
  static final Setting CONSENSUS =
      Setting.number(
              "totem.consensus",
              0,
              DAY_MILLIS,
              TOTEM.consensus(),
              "ms",
              "How long nodes may take to agree on a new ring before silent ones are left out; 0 is 1.2 * token.")
          .reloads();
  static final Setting MERGE =
      Setting.number(
              "totem.merge",
              0,
              DAY_MILLIS,
              TOTEM.merge(),
              "ms",
              "An idle ring looks for other rings this often; 0 is the default.")
          .reloads();
  static final Setting DOWNCHECK =
      Setting.number(
              "totem.downcheck",
              0,
              DAY_MILLIS,
              TOTEM.downcheck(),
              "ms",
              "How often a link without address is looked at; 0 is the default.")
          .reloads();
  static final Setting FAIL_RECV =
      Setting.number(
              "totem.fail_recv_const",
              0,
              1_000_000,
              TOTEM.failRecvConst(),
              "rotations",
              "Rotations without a message that should have come, before a new ring is formed; 0 is the default.")
          .reloads();
  static final Setting SEQNO_UNCHANGED =
      Setting.number(
              "totem.seqno_unchanged_const",
              0,
              1_000_000,
              TOTEM.seqnoUnchangedConst(),
              "rotations",
              "Rotations without messages before the token is held back; 0 is the default.")
          .reloads();
  static final Setting HEARTBEAT_FAILURES =
      Setting.number(
              "totem.heartbeat_failures_allowed",
              0,
              1000,
              TOTEM.heartbeatFailuresAllowed(),
              "",
              "Token retransmits that may be missed before the token counts as lost; 0 is off.")
          .reloads();
  static final Setting MAX_NETWORK_DELAY =
      Setting.number(
              "totem.max_network_delay",
              0,
              DAY_MILLIS,
              TOTEM.maxNetworkDelay(),
              "ms",
              "Added to the time of heartbeat_failures_allowed; 0 is the default.")
          .reloads();
  static final Setting WINDOW_SIZE =
      Setting.number(
              "totem.window_size",
              0,
              16_384,
              TOTEM.windowSize(),
              "messages",
              "Messages of all nodes together in one rotation; 0 is the default.")
          .reloads();
  static final Setting WINDOW_BYTES =
      Setting.number(
              "totem.window_bytes",
              0,
              1_073_741_824,
              TOTEM.windowBytes(),
              "bytes",
              "Bytes of all nodes together in one rotation; 0 is no limit. Ringward's own.")
          .reloads();
  static final Setting MAX_MESSAGES =
      Setting.number(
              "totem.max_messages",
              0,
              16_384,
              TOTEM.maxMessages(),
              "messages",
              "Messages of one node in one rotation; 0 is the default.")
          .reloads();
  static final Setting MISS_COUNT =
      Setting.number(
              "totem.miss_count_const",
              0,
              1000,
              TOTEM.missCountConst(),
              "visits",
              "Visits of the token before a missing message is asked for again; 0 is the default.")
          .reloads();
  static final Setting CANCEL_HOLD =
      Setting.yesNo(
              "totem.cancel_token_hold_on_retransmit",
              TOTEM.cancelTokenHoldOnRetransmit(),
              "A token that made a node send something again is passed on at once.")
          .reloads();
  static final Setting NETMTU =
      Setting.number(
          "totem.netmtu",
          576,
          65_507,
          TOTEM.netmtu(),
          "bytes",
          "Longest frame of the transports udp and udpu.");

  static final Setting KEY =
      Setting.of(
              "totem.key",
              new InlineKey(),
              "none",
              "The shared key as text, when there is no key file; a file is safer.")
          .reloads();

  static final List<Setting> ALL =
      List.of(
          TRANSPORT,
          PORT,
          IP_VERSION,
          LINK_MODE,
          CIPHER,
          HASH,
          SECAUTH,
          CRYPTO_MODEL,
          BLOCK_UNLISTED_IPS,
          KNET_MTU,
          PMTUD_INTERVAL,
          CONFIG_VERSION,
          TOKEN,
          TOKEN_COEFFICIENT,
          TOKEN_WARNING,
          TOKEN_RETRANSMIT,
          TOKEN_RETRANSMITS,
          HOLD,
          JOIN,
          SEND_JOIN,
          CONSENSUS,
          MERGE,
          DOWNCHECK,
          FAIL_RECV,
          SEQNO_UNCHANGED,
          HEARTBEAT_FAILURES,
          MAX_NETWORK_DELAY,
          WINDOW_SIZE,
          WINDOW_BYTES,
          MAX_MESSAGES,
          MISS_COUNT,
          CANCEL_HOLD,
          NETMTU,
          KEY);

  private TotemKeys() {}
}
