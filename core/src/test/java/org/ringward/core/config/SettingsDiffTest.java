package org.ringward.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringward.core.base.NodeSet;
import org.ringward.core.config.SettingsDiff.Change;
import org.ringward.core.config.SettingsDiff.Effect;

class SettingsDiffTest {
  private static final String BASE =
      """
      cluster: demo
      node: n1
      nodes:
        - {name: n1, id: 1, address: 10.0.0.1}
        - {name: n2, id: 2, address: 10.0.0.2}
      """;
  private static final String TWO_LINKS =
      BASE.replaceAll("10\\.0\\.0\\.(.)", "10.0.0.$1, ring1_addr: 10.1.0.$1");

  private static NodeSettings read(String text) {
    return NodeSettingsYaml.read("ringward.yaml", text, "n1");
  }

  private static SettingsDiff diff(String before, String after) {
    return SettingsDiff.of(read(before), read(after));
  }

  private static List<String> sentences(SettingsDiff diff) {
    return diff.changes().stream().map(Change::sentence).toList();
  }

  @Test
  void nothing() {
    SettingsDiff diff = diff(BASE, BASE + "totem: {token: 400}\n");
    assertThat(diff.changes()).isEmpty();
    assertThat(diff.applied()).isEqualTo(read(BASE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "totem: {token: 500}            | AT_ONCE | totem.token: 400 -> 500",
        "totem: {token_warning: 0}      | AT_ONCE | totem.token_warning: 75 -> 0",
        "totem: {window_size: 100}      | AT_ONCE | totem.window_size: 50 -> 100",
        "totem: {cancel_token_hold_on_retransmit: yes} | AT_ONCE |"
            + " totem.cancel_token_hold_on_retransmit: no -> yes",
        "totem: {netmtu: 9000}          | RESTART | totem.netmtu: 1500 -> 9000 (at the next start)",
        "totem: {port: 6000}            | RESTART | totem.interface 0 mcastport: 5405 -> 6000 (at the",
        "totem: {transport: udpu, crypto_cipher: none, crypto_hash: none} | RESTART | totem.transport",
        "totem: {crypto_cipher: aes128} | AT_ONCE | totem.crypto_cipher: aes256 -> aes128",
        "totem: {crypto_hash: sha512}   | AT_ONCE | totem.crypto_hash: sha256 -> sha512",
        "totem: {block_unlisted_ips: no} | AT_ONCE | totem.block_unlisted_ips: yes -> no",
        "totem: {knet_mtu: 1400}        | AT_ONCE | totem.knet_mtu: 0 -> 1400",
        "totem: {knet_pmtud_interval: 5} | AT_ONCE | totem.knet_pmtud_interval: 30 -> 5",
        "totem: {config_version: 7}     | AT_ONCE | totem.config_version: 0 -> 7",
        "totem: {interface: [{priority: 4}]} | AT_ONCE | totem.interface 0 knet_link_priority: 1 -> 4",
        "totem: {interface: [{knet_ping_timeout: 9}]} | AT_ONCE | totem.interface 0 knet_ping_timeout",
        "quorum: {expected_votes: 3}    | AT_ONCE | quorum.expected_votes: 0 -> 3",
        "quorum: {wait_for_all: yes}    | RESTART | quorum.wait_for_all: no -> yes (at the next",
        "quorum: {provider: none}       | RESTART | quorum.provider: votequorum -> none",
        "quorum: {last_man_standing_window: 5000} | RESTART | quorum.last_man_standing_window: 10000 -> 5000",
        "paths: {key_file: /k}          | AT_ONCE | paths.key_file: /etc/ringward/authkey -> /k",
        "paths: {socket: /s}            | RESTART | paths.socket: /run/ringward/ringward.sock -> /s",
        "realtime: no                   | RESTART | realtime: auto -> no",
      })
  void oneChange(String line, Effect effect, String sentence) {
    SettingsDiff diff = diff(BASE, BASE + line + "\n");
    assertThat(diff.changes()).isNotEmpty();
    Change change = diff.changes(effect).getFirst();
    assertThat(change.sentence()).startsWith(sentence);
    boolean atOnce = diff.changes(Effect.RESTART).isEmpty();
    assertThat(diff.applied().equals(read(BASE + line + "\n"))).isEqualTo(atOnce);
    assertThat(SettingsDiff.of(diff.applied(), read(BASE + line + "\n")).changes(Effect.AT_ONCE))
        .as("what is left for the restart")
        .isEmpty();
  }

  @Test
  void linksComeAndGo() {
    SettingsDiff more = diff(BASE, TWO_LINKS);
    assertThat(sentences(more)).containsExactly("totem.interface: link 1 is new");
    assertThat(more.applied()).isEqualTo(read(TWO_LINKS));
    SettingsDiff less = diff(TWO_LINKS, BASE);
    assertThat(sentences(less)).containsExactly("totem.interface: link 1 is gone");
    assertThat(less.applied()).isEqualTo(read(BASE));
  }

  @Test
  void anAddressChangesWhileAnotherLinkStays() {
    String moved = TWO_LINKS.replace("10.1.0.2", "10.9.0.2");
    SettingsDiff diff = diff(TWO_LINKS, moved);
    assertThat(sentences(diff)).containsExactly("nodes.n2.ring1_addr: 10.1.0.2 -> 10.9.0.2");
    assertThat(diff.applied()).isEqualTo(read(moved));
    SettingsDiff own = diff(TWO_LINKS, TWO_LINKS.replace("10.0.0.1", "10.9.0.1"));
    assertThat(sentences(own)).containsExactly("nodes.n1.ring0_addr: 10.0.0.1 -> 10.9.0.1");
  }

  @ParameterizedTest
  @CsvSource({"10.0.0.2, 10.9.0.2", "10.0.0.1, 10.9.0.1"})
  void theOnlyAddressDoesNotChange(String address, String other) {
    SettingsDiff diff = diff(BASE, BASE.replace(address, other));
    assertThat(diff.changes(Effect.REFUSED)).hasSize(1);
    assertThat(sentences(diff).getFirst())
        .contains("ring0_addr: " + address + " -> " + other + " (an address in use cannot change");
    assertThatIllegalStateException().isThrownBy(diff::applied);
  }

  /** Between two nodes no link would be left whose addresses both know. */
  @Test
  void notAllLinksChangeTheirAddresses() {
    SettingsDiff diff =
        diff(TWO_LINKS, TWO_LINKS.replace("10.1.0.2", "10.9.1.2").replace("10.0.0.1", "10.9.0.1"));
    assertThat(diff.changes(Effect.REFUSED)).hasSize(2);
  }

  @Test
  void nodesComeAndGo() {
    String third = BASE + "  - {name: n3, id: 3, address: 10.0.0.3}\n";
    SettingsDiff more = diff(BASE, third);
    assertThat(sentences(more)).containsExactly("nodes: n3 is new");
    assertThat(more.applied()).isEqualTo(read(third));
    SettingsDiff less = diff(third, BASE);
    assertThat(sentences(less)).containsExactly("nodes: n3 is gone");
    assertThat(less.applied()).isEqualTo(read(BASE));
    SettingsDiff other = diff(third, third.replace("id: 3", "id: 7"));
    assertThat(sentences(other)).containsExactly("nodes: n3 is gone", "nodes: n3 is new");
    assertThat(other.applied().nodeIds()).isEqualTo(NodeSet.of(1, 2, 7));
  }

  @Test
  void namesStayUntilTheNextStart() {
    assertThat(sentences(diff(BASE, BASE.replace("n2", "other"))))
        .containsExactly("nodes.n2.name: n2 -> other (at the next start)");
    String taken = BASE.replace("n2", "other") + "  - {name: n2, id: 3, address: 10.0.0.3}\n";
    assertThat(sentences(diff(BASE, taken)))
        .contains("nodes: n2 is new (a running node keeps its name: that one is taken)");
    assertThat(sentences(diff(BASE, BASE.replace("id: 1", "id: 9"))))
        .containsExactly(
            "nodes.n1.id: 1 -> 9 (this node's own id cannot change while it runs, nor can it be"
                + " removed; stop it)");
  }

  @Test
  void heartbeatRegionsKeepTheirNodesUntilTheNextStart() {
    String regions = "regions:\n  - {name: bc, kind: broadcast, interface: eth0}\n";
    String third = BASE + "  - {name: n3, id: 3, address: 10.0.0.3}\n";
    assertThat(sentences(diff(BASE + regions, third + regions)))
        .containsExactly(
            "nodes: n3 is new", "regions: nodes {1,2} -> nodes {1,2,3} (at the next start)");
  }

  @Test
  void votes() {
    SettingsDiff diff = diff(BASE, BASE.replace("10.0.0.2", "10.0.0.2, votes: 3"));
    assertThat(sentences(diff)).containsExactly("nodes.n2.votes: 1 -> 3");
    assertThat(diff.applied().member("n2").votes()).isEqualTo(3);
  }

  @Test
  void anotherTransportDoesNotTurnEncryptionOff() {
    SettingsDiff diff = diff(BASE, BASE + "totem: {transport: udpu}\n");
    assertThat(diff.changes(Effect.AT_ONCE)).isEmpty();
    assertThat(diff.changesCrypto()).isFalse();
    assertThat(diff.applied()).isEqualTo(read(BASE));
  }

  @Test
  void crypto() {
    assertThat(diff(BASE, BASE + "totem: {crypto_hash: sha1}\n").changesCrypto()).isTrue();
    assertThat(diff(BASE, BASE + "totem: {token: 500}\n").changesCrypto()).isFalse();
    String key = BASE + "totem: {key: " + "k".repeat(128) + "}\n";
    assertThat(sentences(diff(BASE, key))).containsExactly("totem.key: a key is new");
    assertThat(sentences(diff(key, key.replace("kkk", "xyz"))))
        .as("keys stay secret")
        .containsExactly("totem.key: a key -> a key");
  }

  /** The table says what this class does. */
  @Test
  void theDocumentationAgrees() {
    for (Setting setting : TotemKeys.ALL) {
      boolean timer = setting.unit().equals("ms") || setting.key().contains("const");
      if (timer) {
        assertThat(setting.reloadable()).as(setting.key()).isTrue();
      }
    }
    assertThat(QuorumKeys.ALL.stream().filter(Setting::reloadable))
        .containsExactly(QuorumKeys.EXPECTED_VOTES, QuorumKeys.TWO_NODE);
  }
}
