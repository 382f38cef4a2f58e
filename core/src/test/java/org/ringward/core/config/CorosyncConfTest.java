package org.ringward.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.config.CorosyncConf.Reading;
import org.ringward.core.config.CorosyncConf.TextFile;
import org.ringward.core.config.LinkSettings.Cipher;
import org.ringward.core.config.LinkSettings.Hash;
import org.ringward.core.config.LinkSettings.Interface;
import org.ringward.core.config.LinkSettings.Mode;
import org.ringward.core.config.LinkSettings.Transport;
import org.ringward.core.config.NodeSettings.Member;
import org.ringward.core.config.QuorumSettings.Provider;
import org.ringward.core.config.QuorumSettings.TieBreaker;

class CorosyncConfTest {
  private static final String MINIMAL =
      """
      totem {
        version: 2
        cluster_name: demo
        transport: knet
        crypto_cipher: aes256
        crypto_hash: sha256
      %s}
      nodelist {
        node {
          ring0_addr: 10.0.0.1
          name: n1
          nodeid: 1
        }
        node {
          ring0_addr: 10.0.0.2
          name: n2
          nodeid: 2
      %s  }
      }
      quorum {
        provider: corosync_votequorum
      %s}
      logging {
        to_syslog: yes
      }
      %s\
      """;

  /** A machine of the tests. */
  private record Machine(
      String hostName, List<String> interfaceNames, Map<String, List<String>> known)
      implements MachineNames {
    static final Machine N1 = new Machine("n1", List.of(), new TreeMap<>());

    @Override
    public List<String> addresses(String name) {
      return known.getOrDefault(name, List.of());
    }
  }

  private static Reading read(String text) {
    return CorosyncConf.read("corosync.conf", text, List.of(), Machine.N1);
  }

  /** The minimal file with lines at the end of totem, of the second node, of quorum and behind. */
  private static String file(String totem, String node, String quorum, String behind) {
    return MINIMAL.formatted(lines(totem), lines(node), lines(quorum), lines(behind));
  }

  private static String lines(String text) {
    return text.isEmpty() ? "" : text.replace("; ", "\n") + "\n";
  }

  private static NodeSettings settings(String totem, String node, String quorum) {
    return read(file(totem, node, quorum, "")).settings();
  }

  private static String refusal(String text) {
    OperatorException refused = catchThrowableOfType(OperatorException.class, () -> read(text));
    assertThat(refused).as("refusal of:%n%.2000s", text).isNotNull();
    assertThat(refused.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(refused.sentence()).matches("corosync\\.conf:[0-9]+: [^\n]+");
    return refused.sentence();
  }

  @Test
  void minimalFileHasCorosyncsDefaults() {
    Reading reading = read(file("", "", "", ""));
    NodeSettings settings = reading.settings();
    assertThat(reading.warnings()).isEmpty();
    assertThat(settings.clusterName()).isEqualTo("demo");
    assertThat(settings.self()).isEqualTo(new Member(1, "n1", "10.0.0.1", 1));
    assertThat(settings.totem()).isEqualTo(TotemSettings.COROSYNC);
    assertThat(settings.links()).isEqualTo(LinkSettings.DEFAULT);
    assertThat(settings.quorum()).isEqualTo(QuorumSettings.DEFAULT);
    assertThat(settings.paths().keyFile()).isEqualTo("/etc/corosync/authkey");
    assertThat(settings.paths().socket()).isEqualTo("/run/ringward/ringward.sock");
    assertThat(settings.daemon().access()).isEqualTo(AccessSettings.NONE);
    assertThat(settings.daemon().realTime()).isEqualTo(RealTime.AUTO);
  }

  @Test
  void cryptoIsOffByDefault() {
    String text =
        """
        totem {
          version: 2
        }
        nodelist {
          node {
            ring0_addr: 10.0.0.1
            nodeid: 7
          }
        }
        """;
    Reading reading =
        CorosyncConf.read(
            "corosync.conf",
            text,
            List.of(),
            new Machine("other", List.of("10.0.0.1"), new TreeMap<>()));
    NodeSettings settings = reading.settings();
    assertThat(settings.links().cipher()).isEqualTo(Cipher.NONE);
    assertThat(settings.links().hash()).isEqualTo(Hash.NONE);
    assertThat(settings.links().needsKey()).isFalse();
    assertThat(settings.nodeName()).as("a node without name").isEqualTo("node7");
    assertThat(settings.quorum().provider()).isEqualTo(Provider.NONE);
  }

  /** A file with every key there is. */
  @Test
  void quorumDevice() {
    String device =
        """
        device {
          model: witness
          votes: 1
          timeout: 4000
          sync_timeout: 9000
          master_wins: yes
          net {
            host: 192.0.2.7
            port: 6000
            algorithm: lms
            tie_breaker: 2
            keep_active_partition_tie_breaker: no
            tls: required
            connect_timeout: 1500
            force_ip_version: 4
            pkcs12: /etc/w.p12
          }
          heuristics {
            mode: off
            timeout: 1
            sync_timeout: 1
            interval: 1
          }
        }
        """;
    for (CorosyncKey key : CorosyncKeys.all()) {
      if (key.path().startsWith("quorum.device.")) {
        assertThat(device).as("%s is tried", key.path()).contains(key.name() + ":");
      }
    }
    assertThat(settings("", "", device).quorum().device())
        .isEqualTo(
            new DeviceSettings(
                DeviceSettings.Model.WITNESS,
                1,
                4000,
                9000,
                true,
                new DeviceSettings.Net(
                    "192.0.2.7",
                    6000,
                    true,
                    2,
                    false,
                    DeviceSettings.Net.Tls.REQUIRED,
                    1500,
                    4,
                    "/etc/w.p12")));
  }

  @Test
  void fullSizeFile() throws IOException {
    Path root = Path.of(System.getProperty("ringward.root"));
    Path file = root.resolve("core/src/test/resources/org/ringward/core/config/corosync.conf");
    Machine machine =
        new Machine(
            "beta.example.org",
            List.of(),
            new TreeMap<>(Map.of("alpha.example.org", List.of("10.1.0.1", "fd00::1"))));
    List<TextFile> uidGid = List.of(new TextFile("uidgid.d/hacluster", "uidgid {\n gid: 189\n}\n"));
    Reading reading = CorosyncConf.read("corosync.conf", Files.readString(file), uidGid, machine);
    NodeSettings settings = reading.settings();
    assertThat(reading.warnings()).isEmpty();
    assertThat(settings.members())
        .containsExactly(
            new Member(1, "alpha", List.of("fd00::1", "10.2.0.1"), 3),
            new Member(2, "beta", List.of("fd00::2", "10.2.0.2"), 1));
    assertThat(settings.nodeName()).isEqualTo("beta");
    assertThat(settings.links())
        .isEqualTo(
            new LinkSettings(
                Transport.KNET,
                Cipher.AES192,
                Hash.SHA512,
                Mode.RR,
                false,
                45,
                1400,
                List.of(
                    new Interface(0, 6000, "", false, 1, 10, 200, 500, 1024, 3),
                    new Interface(5, 5410, "", false, 1, 20, 0, 0, 2048, 2))));
    assertThat(settings.totem())
        .isEqualTo(
            new TotemSettings(
                5000, 1000, 50, 900, 6, 600, 60, 10, 7000, 300, 2000, 3000, 40, 3, 60, 64, 20, 0, 7,
                true, 1400));
    assertThat(settings.quorum())
        .isEqualTo(
            new QuorumSettings(
                Provider.VOTEQUORUM,
                4,
                false,
                true,
                true,
                15_000,
                true,
                new TieBreaker(TieBreaker.Kind.LIST, List.of(2, 1)),
                true,
                true,
                DeviceSettings.NONE));
    assertThat(settings.configVersion()).isEqualTo(-1L);
    assertThat(settings.daemon().access())
        .isEqualTo(new AccessSettings(List.of("oracle"), List.of("dba", "189")));
    assertThat(settings.daemon().realTime()).isEqualTo(RealTime.NO);
    assertThat(settings.paths().keyFile()).isEqualTo("/etc/corosync/other-key");
    assertThat(settings.paths().stateDir()).isEqualTo("/srv/corosync");
    assertThat(settings.inlineKey()).as("the key file comes first").isNull();
    for (CorosyncKey key : CorosyncKeys.all()) {
      if (key.path().startsWith("quorum.device.")) {
        continue; // Excluded by the options above; see quorumDevice.
      }
      String name = key.name().replaceAll("ring[1-7]", "ring5");
      assertThat(Files.readString(file)).as("%s is tried", key.path()).contains(name + ":");
    }
  }

  /** A converted file means the same. */
  @Test
  void settingsCanBeWrittenAsNodeFile() {
    NodeSettings settings = settings("token: 4000; link_mode: rr", "", "two_node: 1");
    String yaml = NodeSettingsYaml.write(settings);
    assertThat(NodeSettingsYaml.read("ringward.yaml", yaml, "n1")).isEqualTo(settings);
  }

  @Test
  void syntax() {
    String text =
        "\ufeff# comment\r\n".substring(1)
            + file("", "", "", "")
                .replace("\n", "\r\n")
                .replace("version: 2", "\t\u00a0version :2 \u00a0")
                .replace("name: n2", "name: wrong\r\nname: n2")
            + "totem {\r\ntoken: +04000\r\n  # token: 1\r\n}";
    NodeSettings settings = read(text).settings();
    assertThat(settings.totem().token()).isEqualTo(4000);
    assertThat(settings.members().getLast().name()).isEqualTo("n2");
    assertThat(settings.inlineKey()).isNull();
    assertThat(settings("key: " + "k:".repeat(64), "", "").inlineKey())
        .isEqualTo(new InlineKey("k:".repeat(64)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "interface { # x        | 7 | nothing may follow \"{\" on its line",
        "interface { }          | 7 | nothing may follow \"{\" on its line",
        "a: b{c                 | 7 | nothing may follow \"{\" on its line",
        "{                      | 7 | \"{\" needs the name of a section before it in section totem",
        "} x                    | 7 | found \"} x\" in section totem; a line is \"key: value\",",
        "token 3000             | 7 | found \"token 3000\" in section totem; a line is \"key: value",
        "foo bar: x             | 7 | found the name \"totem.foo bar\"; names are made of",
        "foo$bar {              | 7 | found the name \"totem.foo$bar\"; names are made of",
        "token: 3000 # comment  | 7 | totem.token is \"3000 # comment\"; allowed: whole number, 0",
        "token:                 | 7 | totem.token is \"\"; allowed: whole number",
        "token: 0x1000          | 7 | totem.token is \"0x1000\"",
        "token: 3000.5          | 7 | totem.token is \"3000.5\"",
        "token: -1              | 7 | totem.token is \"-1\"",
        "token: 99999999999     | 7 | totem.token is \"99999999999\"",
        "token: 29              | 7 | totem.token is 29 ms; at least 30 ms are needed",
        "token: 100             | 7 | totem.token is 100 ms with 4 retransmits, one each 23 ms",
        "token_retransmit: 29   | 7 | totem.token_retransmit is 29 ms; at least 30 ms are needed",
        "hold: 13               | 7 | totem.hold is 13 ms; at least 14 ms are needed",
        "join: 29               | 7 | totem.join is 29 ms; at least 30 ms are needed",
        "join: 5000             | 7 | totem.consensus is 3600 ms, totem.join is 5000 ms",
        "consensus: 49          | 7 | totem.consensus is 49 ms, totem.join is 50 ms",
        "merge: 29              | 7 | totem.merge is 29 ms; at least 30 ms are needed",
        "downcheck: 29          | 7 | totem.downcheck is 29 ms; at least 30 ms are needed",
        "max_network_delay: 29  | 7 | totem.max_network_delay is 29 ms; at least 30 ms",
        "token_warning: 101     | 7 | totem.token_warning is \"101\"; allowed: whole number, 0 to 100",
        "version: 1             | 7 | totem.version is \"1\"; allowed: whole number, 2 to 2",
        "transport: tcp         | 7 | totem.transport is \"tcp\"; allowed: one of knet, udpu, udp",
        "transport: udpu        | 5 | totem.crypto_cipher is aes256 and totem.transport is udpu",
        "link_mode: fast        | 7 | totem.link_mode is \"fast\"; allowed: one of passive, active, rr",
        "ip_version: ipv5       | 7 | totem.ip_version is \"ipv5\"; allowed: one of ipv4, ipv6,",
        "ip_version: ipv6       | 11 | is no address and does not resolve to an ipv6 address here",
        "crypto_cipher: 3des    | 7 | totem.crypto_cipher is \"3des\"; allowed: one of none, aes128",
        "crypto_hash: none      | 5 | totem.crypto_cipher is aes256 and totem.crypto_hash is none",
        "crypto_model: foo      | 7 | totem.crypto_model is \"foo\"; allowed: one of nss, openssl",
        "knet_compression_model: zlib | 7 | kronosnet's compression is not built; set it to none",
        "knet_compression_model: foo  | 7 | allowed: one of none, zlib, lz4",
        "key: abc               | 7 | totem.key is 3 characters long; allowed: text of 128 to 4096",
        "keyfile: authkey       | 7 | totem.keyfile is \"authkey\"; allowed: absolute path",
        "config_version: 18446744073709551616 | 7 | allowed: whole number, 0 to 18446744073709551615",
        "threads: abc           | 7 | totem.threads is \"abc\"; allowed: whole number",
        "netmtu: 100            | 7 | totem.netmtu is 100; at least 576 bytes are needed",
        "block_unlisted_ips: maybe | 7 | totem.block_unlisted_ips is \"maybe\"; allowed: yes or no",
        "interface {; linknumber: 8; }  | 8 | totem.interface.linknumber is \"8\"; allowed: whole",
        "interface {; mcastport: 0; }   | 8 | totem.interface.mcastport is \"0\"; allowed: whole",
        "interface {; mcastport: 65536; } | 8 | totem.interface.mcastport is \"65536\"",
        "interface {; ttl: 2; }         | 8 | totem.interface.ttl is 2; only transport udp has hops",
        "interface {; ttl: 256; }       | 8 | totem.interface.ttl is \"256\"; allowed: whole number",
        "interface {; knet_link_priority: 256; } | 8 | totem.interface.knet_link_priority is \"256\"",
        "interface {; knet_transport: sctp; } | 8 | links over SCTP are not built; set it to udp",
        "interface {; broadcast: maybe; } | 8 | totem.interface.broadcast is \"maybe\"",
      })
  void badTotemIsNamed(String lines, int line, String sentence) {
    assertThat(refusal(file(lines, "", "", "")))
        .startsWith("corosync.conf:" + line + ": ")
        .contains(sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "nodeid: 1              | node id 1 already belongs to node n1 in line 9",
        "nodeid: 0              | nodelist.node.nodeid is \"0\"; allowed: whole number, 1 to",
        "nodeid: 65536          | nodelist.node.nodeid is 65536; with transport knet at most 65535",
        "nodeid: -1             | nodelist.node.nodeid is \"-1\"",
        "name: n1               | node name \"n1\" already belongs to node n1 in line 9",
        "name: n 2              | nodelist.node.name is \"n 2\"; allowed: name of letters",
        "ring0_addr: 10.0.0.1   | address 10.0.0.1 already belongs to node n1",
        "ring0_addr: fd00::2    | are of different families",
        "ring0_addr: 224.0.0.1  | allowed: address of one machine",
        "ring0_addr: no.invalid | which is no address and does not resolve to an address here",
        "ring1_addr: 10.1.0.2   | node n2 has addresses on links [0, 1], node n1 on links [0]",
        "ring8_addr: 10.1.0.2   | nodelist.node.ring8_addr: links are numbered 0 to 7",
        "quorum_votes: -1       | nodelist.node.quorum_votes is \"-1\"; allowed: whole number",
      })
  void badNodeIsNamed(String line, String sentence) {
    assertThat(refusal(file("", line, "", ""))).startsWith("corosync.conf:18: ").contains(sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "two_node: yes | yes or no",
        "expected_votes: many | quorum.expected_votes is \"many\"; allowed: whole number",
        "wait_for_all: 256 | quorum.wait_for_all is \"256\"",
        "provider: foo | quorum.provider is \"foo\"; allowed: one of corosync_votequorum,",
        "provider: corosync_ykd | Corosync's older provider is not built",
        "auto_tie_breaker_node: first | allowed: lowest, highest or node ids",
        "auto_tie_breaker_node: 1 9 | names node 9, which is not in the node list",
        "device {; model: net; } | quorum.device.net.host is missing",
        "device {; model: qdisk; } | quorum.device.model is \"qdisk\"; allowed: one of none, net,",
        "device {; model: net; net {; host: w; algorithm: lms; }; } | may vote for two sides at once",
        "device {; model: net; votes: 1; timeout: 1249; net {; host: w; }; } | needs at least 1250",
        "device {; model: net; heuristics {; mode: on; }; } | quorum.device.heuristics.mode is",
      })
  void badQuorumIsNamed(String lines, String sentence) {
    String text = file("", "", lines, "");
    if (sentence.equals("yes or no")) {
      // Corosync wants a number; the word means the same.
      assertThat(read(text).settings().quorum().twoNode()).isTrue();
    } else {
      assertThat(refusal(text)).contains(sentence);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "logging {; debug: maybe; }              | logging.debug is \"maybe\"; allowed: one of",
        "logging {; timestamp: sometimes; }      | logging.timestamp is \"sometimes\"",
        "logging {; logger_subsys {; debug: on; }; } | logging.logger_subsys.subsys is missing",
        "system {; qb_ipc_type: foo; }           | system.qb_ipc_type is \"foo\"; allowed: one of",
        "system {; sched_rr: maybe; }            | system.sched_rr is \"maybe\"; allowed: one of yes",
        "nozzle {; name: noz0; }                 | section nozzle is refused",
        "resources {; watchdog_device: dev; }     | resources.watchdog_device is \"dev\"; allowed: absolute",
        "resources {; system {; memory_used {; max: 1; }; }; } | monitors of memory and load",
        "resources {; process {; }; }            | section resources.process is refused",
        "}                                       | \"}\" closes no section",
        "foo {                                   | section \"foo\" of line 26 has no closing brace",
      })
  void badOtherSectionIsNamed(String lines, String sentence) {
    assertThat(refusal(file("", "", "", lines))).contains(sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "tokn: 29 | 7: unknown key \"tokn\" in totem has no effect; did you mean \"token\"?",
        "Token: 29 | 7: unknown key \"Token\" in totem has no effect; did you mean \"token\"?",
        "interface {; ringnumber: 0; } | 8: unknown key \"ringnumber\" in totem.interface has no",
        "interface {; linknumber: 1; } | 7: totem.interface of link 1 has no effect: the nodes have",
        "interfaces {; } | 7: unknown section totem.interfaces has no effect; did you mean",
        "rrp_mode: none | 7: unknown key \"rrp_mode\" in totem has no effect",
      })
  void unknownKeysAreTold(String lines, String sentence) {
    Reading reading = read(file(lines, "", "", ""));
    assertThat(reading.warnings()).hasSize(1).first().asString().contains(sentence);
    assertThat(reading.settings().totem()).isEqualTo(TotemSettings.COROSYNC);
  }

  @Test
  void unknownSectionsAreTold() {
    assertThat(read(file("", "", "", "service {; ver: 0; name: pacemaker; }; a: b")).warnings())
        .containsExactlyInAnyOrder(
            "corosync.conf:26: unknown section service has no effect",
            "corosync.conf:30: unknown key \"a\" outside of every section has no effect");
    assertThat(read(file("", "colour: red; box {; }", "", "")).warnings())
        .containsExactly(
            "corosync.conf:18: unknown key \"colour\" in nodelist.node has no effect",
            "corosync.conf:19: unknown section nodelist.node.box has no effect");
  }

  /** What votequorum switches off by itself is told. */
  @Test
  void contradictionsOfQuorum() {
    Reading reading = read(file("", "", "two_node: 1; auto_tie_breaker: 1", ""));
    assertThat(reading.settings().quorum().twoNode()).isFalse();
    assertThat(reading.settings().quorum().autoTieBreaker()).isTrue();
    assertThat(reading.warnings()).hasSize(1).first().asString().contains("two_node is off");
    reading = read(file("", "quorum_votes: 2", "auto_tie_breaker: 1", ""));
    assertThat(reading.settings().quorum().autoTieBreaker()).isFalse();
    assertThat(reading.warnings()).hasSize(1).first().asString().contains("no equal halves");
    assertThat(
            refusal(file("", "quorum_votes: 2", "auto_tie_breaker: 1; last_man_standing: 1", "")))
        .contains("need an even number of votes");
    assertThat(settings("", "", "two_node: 1").quorum().waitForAll()).isTrue();
    assertThat(settings("", "", "two_node: 1; wait_for_all: 0").quorum().waitForAll()).isFalse();
    assertThat(settings("", "", "two_node: 2").quorum().twoNode()).as("a number but 0").isTrue();
    assertThat(settings("", "", "allow_downscale: 1").quorum().expectedVotesTracking()).isTrue();
  }

  @Test
  void secauth() {
    String text = file("", "", "", "").replaceAll(" *crypto_.*\n", "");
    LinkSettings on =
        read(text.replace("version: 2", "version: 2\nsecauth: on")).settings().links();
    assertThat(on.cipher()).isEqualTo(Cipher.AES256);
    assertThat(on.hash()).isEqualTo(Hash.SHA256);
    LinkSettings off =
        read(text.replace("version: 2", "version: 2\nsecauth: off")).settings().links();
    assertThat(off.needsKey()).isFalse();
    LinkSettings given = settings("secauth: on; crypto_cipher: aes128", "", "").links();
    assertThat(given.cipher()).isEqualTo(Cipher.AES128);
    LinkSettings hashOnly =
        read(text.replace("version: 2", "version: 2\ncrypto_hash: sha1")).settings().links();
    assertThat(hashOnly.cipher()).isEqualTo(Cipher.NONE);
    assertThat(hashOnly.hash()).isEqualTo(Hash.SHA1);
    assertThat(hashOnly.needsKey()).isTrue();
  }

  @Test
  void udpAndUdpu() {
    String clear =
        file("", "", "", "").replaceAll(" *crypto_.*\n", "").replaceAll(" *nodeid.*\n", "");
    NodeSettings udpu = read(clear.replace("knet", "udpu")).settings();
    assertThat(udpu.members())
        .as("ids follow from addresses")
        .containsExactly(
            new Member(0x0a000001, "n1", "10.0.0.1", 1),
            new Member(0x0a000002, "n2", "10.0.0.2", 1));
    assertThat(udpu.links().interfaces()).containsExactly(Interface.ofLink(0));
    NodeSettings udp = read(clear.replace("knet", "udp")).settings();
    assertThat(udp.links().interfaces().getFirst().multicastAddress())
        .isEqualTo(MulticastAddress.derived("demo", 0, false));
    assertThat(refusal(clear.replace("10.0.0.1", "192.168.1.1").replace("knet", "udpu")))
        .contains("the id that follows from 192.168.1.1 is not below 2147483648");
    String masked = clear.replace("10.0.0.1", "192.168.1.1");
    masked = masked.replace("transport: knet", "transport: udpu\nclear_node_high_bit: yes");
    assertThat(read(masked).settings().self().id()).isEqualTo(0x40a80101);
    assertThat(refusal(clear)).contains("nodelist.node.nodeid is missing");
    assertThat(
            refusal(
                clear.replace("transport: knet", "transport: udp").replace("cluster_name", "x")))
        .contains("transport udp needs totem.interface.mcastaddr, or totem.cluster_name");
  }

  @Test
  void severalLinksNeedKnetAndNames() {
    String two =
        file("link_mode: active", "", "", "")
            .replace("ring0_addr: 10.0.0.1", "ring0_addr: 10.0.0.1\nring2_addr: fd00::1")
            .replace("ring0_addr: 10.0.0.2", "ring0_addr: 10.0.0.2\nring2_addr: fd00::2");
    LinkSettings links = read(two).settings().links();
    assertThat(links.mode()).isEqualTo(Mode.ACTIVE);
    assertThat(links.interfaces().stream().map(Interface::number)).containsExactly(0, 2);
    assertThat(links.interfaces().stream().map(Interface::port)).containsExactly(5405, 5407);
    String clear = two.replaceAll(" *crypto_.*\n", "").replace("knet", "udpu");
    assertThat(refusal(clear)).contains("totem.transport is udpu, which has link 0 only");
    assertThat(refusal(two.replace("name: n2\n", "\n")))
        .contains("nodelist.node.name is missing; nodes with several links need names");
    assertThat(refusal(two.replace("  quorum", "quorum").replace("name: n2", "name:")))
        .contains("nodelist.node.name is missing");
  }

  @ParameterizedTest
  @CsvSource({
    "n2.b.example.org,'',n2",
    "n2.b.example.org.,'',n2",
    "long.example.org,'',long.example.org",
    "long,'',long.example.org",
    "long.other.org,'',long.example.org",
    "unknown,10.0.0.2,n2",
    "unknown,n2,n2",
    "unknown,fd00:0::9,six",
    "unknown,100.16.0.1,byname",
    "unknown,192.0.2.1,''",
  })
  void thisMachineIsFound(String hostName, String interfaces, String expected) {
    String text =
        """
        totem {
          version: 2
          transport: udpu
          ip_version: ipv4-6
        }
        nodelist {
          node {
            ring0_addr: 10.0.0.2
            name: n2
          }
          node {
            ring0_addr: 10.0.0.3
            name: long.example.org
          }
          node {
            ring0_addr: byname
          }
        }
        """;
    if (interfaces.contains(":")) {
      text = text.replace("10.0.0.2", "FD00:0::9").replace("10.0.0.3", "fd00::3");
      text =
          text.replace("byname", "fd00::4\nnodeid: 3")
              .replace("name: long", "nodeid: 2\nname: long");
      text = text.replace("name: n2", "name: six\nnodeid: 1");
    }
    Machine machine =
        new Machine(
            hostName,
            interfaces.isEmpty() ? List.of() : List.of("lo", interfaces),
            new TreeMap<>(Map.of("byname", List.of("fd00::7", "100.16.0.1"))));
    String conf = text;
    if (expected.isEmpty()) {
      OperatorException refused =
          catchThrowableOfType(
              OperatorException.class,
              () -> CorosyncConf.read("corosync.conf", conf, List.of(), machine));
      assertThat(refused.sentence())
          .startsWith("corosync.conf:6: no node of the list is this machine")
          .contains("\"unknown\"")
          .contains("(nodes: n2, long.example.org, byname)");
    } else {
      assertThat(CorosyncConf.read("corosync.conf", conf, List.of(), machine).settings().nodeName())
          .isEqualTo(expected);
    }
  }

  @Test
  void isToldFromYaml() {
    assertThat(CorosyncConf.isOne(file("", "", "", ""))).isTrue();
    assertThat(CorosyncConf.isOne("# x\r\n totem{\r\n}\r\n")).isTrue();
    assertThat(CorosyncConf.isOne("cluster: demo\ntotem: {\n  port: 5405}\n")).isFalse();
    assertThat(CorosyncConf.isOne("")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "# only a comment\n", "totem {\n}\n", "nodelist {\n}\n"})
  void emptyFilesAreRefused(String text) {
    assertThat(refusal(text)).contains("totem.version is missing");
  }

  @Test
  void nodesAreNeeded() {
    assertThat(refusal("totem {\nversion: 2\n}\n")).contains("nodelist has no node { }");
    assertThat(refusal("totem {\nversion: 2\n}\nnodelist {\nnode {\nnodeid: 1\n}\n}\n"))
        .contains("nodelist.node.ring0_addr is missing");
  }

  @Test
  void hostileTexts() {
    assertThat(refusal("x".repeat(10_000_000)))
        .contains("the line has 10000000 characters; at most");
    assertThat(refusal("a {\n".repeat(200_000)))
        .contains("the name of the key and its sections has");
    assertThat(refusal("totem {\nversion: 2\u0000\n}\n")).contains("character 0x00 is not text");
    assertThat(refusal("\u0001\u007f")).contains("character 0x01 is not text");
    String many = "node {\nring0_addr: 10.%d.%d.1\nnodeid: %d\n}\n";
    StringBuilder nodes = new StringBuilder("totem {\nversion: 2\n}\nnodelist {\n");
    for (int id = 1; id <= 385; id++) {
      nodes.append(many.formatted(id >> 8, id & 0xff, id));
    }
    assertThat(refusal(nodes.append("}\n").toString())).contains("more than 384 entries");
  }

  /** Whatever stands in a file, the answer is settings or a sentence. */
  @Test
  void randomTextsAreReadOrRefused() {
    SplittableRandom random = new SplittableRandom(4);
    String good = file("token: 3000; interface {; linknumber: 0; }", "", "two_node: 1", "");
    int refused = 0;
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text = new StringBuilder(good);
      for (int change = random.nextInt(1, 6); change > 0; change--) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(4)) {
          case 0 -> text.setCharAt(at, (char) random.nextInt(256));
          case 1 -> text.deleteCharAt(at);
          case 2 -> text.insert(at, "{}:\n #\t09".charAt(random.nextInt(9)));
          default -> text.insert(at, text.substring(at, Math.min(text.length(), at + 20)));
        }
      }
      try {
        read(text.toString());
      } catch (OperatorException e) {
        assertThat(e.sentence()).matches("corosync\\.conf:[0-9]+: [^\n]+");
        refused++;
      }
    }
    assertThat(refused).isBetween(1000, 19_999);
  }
}
