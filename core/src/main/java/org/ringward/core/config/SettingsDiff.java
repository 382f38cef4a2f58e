package org.ringward.core.config;

import static org.ringward.core.config.SettingsDiff.Effect.AT_ONCE;
import static org.ringward.core.config.SettingsDiff.Effect.REFUSED;
import static org.ringward.core.config.SettingsDiff.Effect.RESTART;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.ringward.core.config.LinkSettings.Interface;

/**
 * What lies between the settings a node runs with and those its file has now
 * (reference/corosync-conf.md, sections 2, 3 and 13): what can be taken over at once, what a
 * restart takes over, and what makes the whole change impossible.
 */
public final class SettingsDiff {
  private final NodeSettings before;
  private final NodeSettings after;
  private final List<Change> changes = new ArrayList<>();
  private final NodeListDiff nodes;

  /** What becomes of a change. */
  public enum Effect {
    /** A running node takes it over. */
    AT_ONCE,
    /** The next start of the node takes it over; until then it has no effect. */
    RESTART,
    /** It cannot be made while the node runs, or not in one step: nothing of the file is used. */
    REFUSED
  }

  /**
   * One difference.
   *
   * @param key what the setting is called in the node file
   * @param before as text, empty when it was not there
   * @param after as text, empty when it is not there any more
   * @param hint what is to be done instead of a change that is refused, else empty
   */
  public record Change(String key, String before, String after, Effect effect, String hint) {
    /** A change that is not refused. */
    Change(String key, String before, String after, Effect effect) {
      this(key, before, after, effect, "");
    }

    /** One line for people. */
    public String sentence() {
      String what =
          before.isEmpty()
              ? key + ": " + after + " is new"
              : after.isEmpty()
                  ? key + ": " + before + " is gone"
                  : key + ": " + before + " -> " + after;
      return switch (effect) {
        case AT_ONCE -> what;
        case RESTART -> what + " (at the next start)";
        case REFUSED -> what + " (" + hint + ")";
      };
    }
  }

  private SettingsDiff(NodeSettings before, NodeSettings after) {
    this.before = before;
    this.after = after;
    this.nodes = new NodeListDiff(before, after, changes::add);
  }

  /** Compares; the key's content is not part of the settings and not compared. */
  public static SettingsDiff of(NodeSettings before, NodeSettings after) {
    SettingsDiff diff = new SettingsDiff(before, after);
    diff.top();
    diff.nodes.compare();
    diff.transport();
    diff.interfaces();
    diff.timers();
    diff.quorum();
    diff.regions();
    diff.watchdog();
    diff.web();
    diff.log();
    diff.paths();
    return diff;
  }

  /** All differences in the order of the documentation. */
  public List<Change> changes() {
    return List.copyOf(changes);
  }

  /** Those with that effect. */
  public List<Change> changes(Effect effect) {
    return changes.stream().filter(each -> each.effect() == effect).toList();
  }

  /** Whether cipher or hash differ, which needs the change of keys that all nodes make together. */
  public boolean changesCrypto() {
    boolean differs =
        before.links().cipher() != after.links().cipher()
            || before.links().hash() != after.links().hash();
    return differs && sameTransport();
  }

  /** A file for another transport says nothing about the encryption of this one. */
  private boolean sameTransport() {
    return before.links().transport() == after.links().transport();
  }

  /**
   * The settings in force when everything was taken over that can be at once.
   *
   * @throws IllegalStateException when a change is refused
   */
  public NodeSettings applied() {
    if (!changes(REFUSED).isEmpty()) {
      throw new IllegalStateException("refused changes cannot be applied");
    }
    return before.toBuilder()
        .members(nodes.applied())
        .configVersion(after.configVersion())
        .links(appliedLinks())
        .totem(after.totem().toBuilder().netmtu(before.totem().netmtu()).build())
        .failoverWithinMillis(after.failoverWithinMillis())
        .quorum(appliedQuorum())
        .paths(before.paths().withKeyFile(after.paths().keyFile()))
        .inlineKey(after.inlineKey())
        .build();
  }

  private void top() {
    each("cluster", NodeSettings::clusterName, RESTART);
    each("node", NodeSettings::nodeName, RESTART);
    each("realtime", settings -> word(settings.daemon().realTime()), RESTART);
    each("failover_within", each -> Setting.Time.text(each.failoverWithinMillis()), AT_ONCE);
    each("totem.config_version", each -> Long.toUnsignedString(each.configVersion()), AT_ONCE);
    each("uidgid", settings -> settings.daemon().access().toString(), RESTART);
    if (!Objects.equals(before.inlineKey(), after.inlineKey())) {
      add("totem.key", describe(before.inlineKey()), describe(after.inlineKey()), AT_ONCE);
    }
  }

  private static String describe(@Nullable InlineKey key) {
    return key == null ? "" : "a key";
  }

  private void transport() {
    each("totem.transport", settings -> word(settings.links().transport()), RESTART);
    each("totem.link_mode", settings -> word(settings.links().mode()), AT_ONCE);
    Effect crypto = sameTransport() ? AT_ONCE : RESTART;
    each("totem.crypto_cipher", settings -> word(settings.links().cipher()), crypto);
    each("totem.crypto_hash", settings -> word(settings.links().hash()), crypto);
    each(
        "totem.block_unlisted_ips",
        settings -> settings.links().blockUnlistedIps() ? "yes" : "no",
        AT_ONCE);
    number("totem.knet_mtu", settings -> settings.links().knetMtu(), AT_ONCE);
    number(
        "totem.knet_pmtud_interval", settings -> settings.links().pmtudIntervalSeconds(), AT_ONCE);
  }

  private void interfaces() {
    for (Interface link : before.links().interfaces()) {
      if (link(after, link.number()).isEmpty()) {
        add("totem.interface", "link " + link.number(), "", AT_ONCE);
      }
    }
    for (Interface link : after.links().interfaces()) {
      Optional<Interface> old = link(before, link.number());
      if (old.isEmpty()) {
        add("totem.interface", "", "link " + link.number(), AT_ONCE);
      } else {
        link("totem.interface " + link.number() + " ", old.get(), link);
      }
    }
  }

  private static Optional<Interface> link(NodeSettings settings, int number) {
    return settings.links().interfaces().stream()
        .filter(each -> each.number() == number)
        .findFirst();
  }

  private void link(String key, Interface old, Interface link) {
    different(key + "mcastport", old.port(), link.port(), RESTART);
    different(key + "mcastaddr", old.multicastAddress(), link.multicastAddress(), RESTART);
    different(
        key + "broadcast",
        old.broadcast() ? "yes" : "no",
        link.broadcast() ? "yes" : "no",
        RESTART);
    different(key + "ttl", old.ttl(), link.ttl(), RESTART);
    different(key + "knet_link_priority", old.priority(), link.priority(), AT_ONCE);
    different(key + "knet_ping_interval", old.pingInterval(), link.pingInterval(), AT_ONCE);
    different(key + "knet_ping_timeout", old.pingTimeout(), link.pingTimeout(), AT_ONCE);
    different(key + "knet_ping_precision", old.pingPrecision(), link.pingPrecision(), AT_ONCE);
    different(key + "knet_pong_count", old.pongCount(), link.pongCount(), AT_ONCE);
  }

  private void timers() {
    totem(TotemKeys.TOKEN, TotemSettings::token);
    totem(TotemKeys.TOKEN_COEFFICIENT, TotemSettings::tokenCoefficient);
    totem(TotemKeys.TOKEN_WARNING, TotemSettings::tokenWarning);
    totem(TotemKeys.TOKEN_RETRANSMIT, TotemSettings::tokenRetransmit);
    totem(TotemKeys.TOKEN_RETRANSMITS, TotemSettings::tokenRetransmitsBeforeLossConst);
    totem(TotemKeys.HOLD, TotemSettings::hold);
    totem(TotemKeys.JOIN, TotemSettings::join);
    totem(TotemKeys.SEND_JOIN, TotemSettings::sendJoin);
    totem(TotemKeys.CONSENSUS, TotemSettings::consensus);
    totem(TotemKeys.MERGE, TotemSettings::merge);
    totem(TotemKeys.DOWNCHECK, TotemSettings::downcheck);
    totem(TotemKeys.FAIL_RECV, TotemSettings::failRecvConst);
    totem(TotemKeys.SEQNO_UNCHANGED, TotemSettings::seqnoUnchangedConst);
    totem(TotemKeys.HEARTBEAT_FAILURES, TotemSettings::heartbeatFailuresAllowed);
    totem(TotemKeys.MAX_NETWORK_DELAY, TotemSettings::maxNetworkDelay);
    totem(TotemKeys.WINDOW_SIZE, TotemSettings::windowSize);
    totem(TotemKeys.WINDOW_BYTES, TotemSettings::windowBytes);
    totem(TotemKeys.MAX_MESSAGES, TotemSettings::maxMessages);
    totem(TotemKeys.MISS_COUNT, TotemSettings::missCountConst);
    each(
        TotemKeys.CANCEL_HOLD.key(),
        settings -> settings.totem().cancelTokenHoldOnRetransmit() ? "yes" : "no",
        AT_ONCE);
    totem(TotemKeys.NETMTU, TotemSettings::netmtu);
  }

  private void totem(Setting setting, Function<TotemSettings, Integer> value) {
    number(
        setting.key(),
        settings -> value.apply(settings.totem()),
        setting.reloadable() ? AT_ONCE : RESTART);
  }

  private void quorum() {
    each("quorum.provider", settings -> word(settings.quorum().provider()), RESTART);
    number("quorum.expected_votes", settings -> settings.quorum().expectedVotes(), AT_ONCE);
    each("quorum.two_node", settings -> yes(settings.quorum().twoNode()), AT_ONCE);
    each("quorum.wait_for_all", settings -> yes(settings.quorum().waitForAll()), RESTART);
    each("quorum.last_man_standing", each -> yes(each.quorum().lastManStanding()), RESTART);
    number(
        "quorum.last_man_standing_window",
        settings -> settings.quorum().lastManStandingWindow(),
        RESTART);
    each("quorum.auto_tie_breaker", each -> yes(each.quorum().autoTieBreaker()), RESTART);
    each(
        "quorum.auto_tie_breaker_node",
        settings -> settings.quorum().tieBreaker().toString(),
        RESTART);
    each("quorum.allow_downscale", each -> yes(each.quorum().allowDownscale()), RESTART);
    each(
        "quorum.expected_votes_tracking",
        settings -> yes(settings.quorum().expectedVotesTracking()),
        RESTART);
    each("quorum.device", settings -> NodeSettingsWriter.device(settings.quorum()), RESTART);
  }

  private void regions() {
    List<String> old = RegionsWriter.entries(before.regions(), before.members());
    List<String> now = RegionsWriter.entries(after.regions(), after.members());
    old.stream()
        .filter(each -> !now.contains(each))
        .forEach(each -> add("regions", each, "", RESTART));
    now.stream()
        .filter(each -> !old.contains(each))
        .forEach(each -> add("regions", "", each, RESTART));
    if (!before.regions().regions().isEmpty() && !before.nodeIds().equals(after.nodeIds())) {
      add("regions", "nodes " + before.nodeIds(), "nodes " + after.nodeIds(), RESTART);
    }
  }

  private void watchdog() {
    each("watchdog.device", settings -> settings.watchdog().device(), RESTART);
    number("watchdog.timeout", settings -> settings.watchdog().timeoutSeconds(), RESTART);
    number("watchdog.pretimeout", settings -> settings.watchdog().pretimeoutSeconds(), RESTART);
    each("watchdog.promise", settings -> word(settings.watchdog().promise()), RESTART);
  }

  private void web() {
    each("web.listen", settings -> settings.daemon().web().listen(), RESTART);
    each("web.names", settings -> String.join(", ", settings.daemon().web().names()), RESTART);
  }

  private void log() {
    each("log.form", settings -> word(settings.daemon().log()), RESTART);
  }

  private void paths() {
    each("paths.key_file", settings -> settings.paths().keyFile(), AT_ONCE);
    each("paths.state_dir", settings -> settings.paths().stateDir(), RESTART);
    each("paths.run_dir", settings -> settings.paths().runDir(), RESTART);
    each("paths.socket", settings -> settings.paths().socket(), RESTART);
    each("paths.ocf_root", settings -> settings.paths().ocfRoot(), RESTART);
    each(
        "paths.fence_agent_dirs",
        settings -> String.join(", ", settings.paths().fenceAgentDirs()),
        RESTART);
  }

  private void each(String key, Function<NodeSettings, String> value, Effect effect) {
    different(key, value.apply(before), value.apply(after), effect);
  }

  private void number(String key, Function<NodeSettings, Integer> value, Effect effect) {
    different(key, value.apply(before), value.apply(after), effect);
  }

  private void different(String key, int old, int value, Effect effect) {
    different(key, Integer.toString(old), Integer.toString(value), effect);
  }

  private void different(String key, String old, String value, Effect effect) {
    if (!old.equals(value)) {
      add(key, old, value, effect);
    }
  }

  private void add(String key, String old, String value, Effect effect) {
    changes.add(new Change(key, old, value, effect));
  }

  private static String yes(boolean value) {
    return value ? "yes" : "no";
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private LinkSettings appliedLinks() {
    List<Interface> interfaces = new ArrayList<>();
    for (Interface link : after.links().interfaces()) {
      Interface old = link(before, link.number()).orElse(link);
      interfaces.add(
          new Interface(
              link.number(),
              old.port(),
              old.multicastAddress(),
              old.broadcast(),
              old.ttl(),
              link.priority(),
              link.pingInterval(),
              link.pingTimeout(),
              link.pingPrecision(),
              link.pongCount()));
    }
    LinkSettings.Builder links =
        after.links().toBuilder().transport(before.links().transport()).interfaces(interfaces);
    if (!sameTransport()) {
      links.cipher(before.links().cipher()).hash(before.links().hash());
    }
    return links.build();
  }

  private QuorumSettings appliedQuorum() {
    return before.quorum().toBuilder()
        .expectedVotes(after.quorum().expectedVotes())
        .twoNode(after.quorum().twoNode())
        .build();
  }
}
