package org.ringward.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.config.NodeSettings.Member;

class NodeSettingsYamlTest {
  private static final String NODES =
      """
      nodes:
        - {name: n1, id: 1, address: 10.88.0.11}
        - {name: n2, id: 2, address: 10.88.0.12}
        - {name: n3, id: 3, address: 10.88.0.13}
      """;
  private static final String TWO_NODES =
      """
      nodes:
        - {name: n1, id: 1, address: 10.88.0.11}
        - {name: n2, id: 2, address: 10.88.0.12}
      """;
  private static final String SMALLEST = "cluster: demo\n" + NODES;

  private static NodeSettings read(String text) {
    return NodeSettingsYaml.read("ringward.yaml", text, "n1.example.org");
  }

  private static String refusal(String text) {
    OperatorException refused = catchThrowableOfType(OperatorException.class, () -> read(text));
    assertThat(refused).as("refusal of:%n%s", text).isNotNull();
    assertThat(refused.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(refused.sentence()).startsWith("ringward.yaml:").doesNotContain("\n");
    return refused.sentence();
  }

  @Test
  void smallestFileHasAllDefaults() {
    NodeSettings settings = read(SMALLEST);
    assertThat(settings.clusterName()).isEqualTo("demo");
    assertThat(settings.self()).isEqualTo(new Member(1, "n1", "10.88.0.11", 1));
    assertThat(settings.totem()).isEqualTo(TotemSettings.DEFAULT);
    assertThat(settings.quorum()).isEqualTo(QuorumSettings.DEFAULT);
    assertThat(settings.paths().keyFile()).isEqualTo("/etc/ringward/authkey");
    assertThat(settings.paths().fenceAgentDirs())
        .containsExactly("/usr/sbin", "/usr/share/ringward/fence", "/usr/lib/stonith/plugins");
    assertThat(settings.daemon().realTime()).isEqualTo(RealTime.AUTO);
  }

  @Test
  void pageIsServedWhereTheFileSays() {
    assertThat(read(SMALLEST).daemon().web()).isEqualTo(WebSettings.NONE);
    NodeSettings settings =
        read(SMALLEST + "web: {listen: '[::1]:7630', names: [Cluster.example.org]}\n");
    assertThat(settings.daemon().web())
        .isEqualTo(new WebSettings("::1", 7630, List.of("cluster.example.org")));
    assertThat(settings.daemon().web().isLoopback()).isTrue();
    assertThat(read(NodeSettingsYaml.write(settings))).isEqualTo(settings);
    assertThat(read(SMALLEST + "web: {listen: 0.0.0.0:443}\n").daemon().web().isLoopback())
        .isFalse();
    assertThat(SettingsDiff.of(read(SMALLEST), settings).changes())
        .extracting(SettingsDiff.Change::sentence)
        .containsExactly(
            "web.listen: off -> [::1]:7630 (at the next start)",
            "web.names: cluster.example.org is new (at the next start)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7630",
        "localhost:7630",
        "10.0.0.1",
        "::1:7630",
        "[10.0.0.1]:7630",
        "10.0.0.1:0",
        "10.0.0.1:65536",
        "239.1.2.3:7630"
      })
  void otherPlacesForThePageAreRefused(String listen) {
    assertThat(refusal(SMALLEST + "web: {listen: \"" + listen + "\"}\n"))
        .contains("web.listen")
        .contains("off, or an IP address with a port");
  }

  @Test
  void namesWithoutAPageAreRefused() {
    assertThat(refusal(SMALLEST + "web: {names: [a]}\n")).contains("web.listen is off");
  }

  @Test
  void everyKeyIsRead() {
    NodeSettings settings =
        read(
            """
            cluster: demo
            node: n2
            realtime: no
            nodes:
              - {name: n2, id: 20, address: "fd00::2", votes: 3}
              - {name: n1, id: 10, address: fd00:0:0:0:0:0:0:1, votes: 0}
            totem: {port: 6000, token: 1000, consensus: 1200, join: 60, merge: 300,
              token_retransmits_before_loss_const: 5, fail_recv_const: 2000,
              seqno_unchanged_const: 40, window_size: 60, max_messages: 20,
              miss_count_const: 6, netmtu: 9000}
            quorum: {expected_votes: 5, wait_for_all: yes}
            paths: {key_file: /k, state_dir: /s, run_dir: /r, socket: /r/s, ocf_root: /o,
              fence_agent_dirs: [/f]}
            """);
    assertThat(settings)
        .isEqualTo(
            NodeSettings.builder(
                    "demo",
                    "n2",
                    List.of(new Member(10, "n1", "fd00::1", 0), new Member(20, "n2", "fd00::2", 3)))
                .links(LinkSettings.DEFAULT.withPort(6000))
                .totem(
                    TotemSettings.DEFAULT.toBuilder()
                        .token(1000)
                        .tokenRetransmitsBeforeLossConst(5)
                        .join(60)
                        .consensus(1200)
                        .merge(300)
                        .failRecvConst(2000)
                        .seqnoUnchangedConst(40)
                        .windowSize(60)
                        .maxMessages(20)
                        .missCountConst(6)
                        .netmtu(9000)
                        .build())
                .quorum(new QuorumSettings(5, false, true))
                .paths(new NodeSettings.PathSettings("/k", "/s", "/r", "/r/s", "/o", List.of("/f")))
                .daemon(DaemonSettings.NONE)
                .build());
    assertThat(read(NodeSettingsYaml.write(settings))).isEqualTo(settings);
  }

  @Test
  void writtenFileReadsBackAndLeavesDefaultsOut() {
    NodeSettings settings = read("quorum: {two_node: yes}\ncluster: demo\n" + TWO_NODES);
    assertThat(settings.quorum()).isEqualTo(new QuorumSettings(0, true, true));
    String text = NodeSettingsYaml.write(settings);
    assertThat(text).doesNotContain("totem").doesNotContain("paths").doesNotContain("realtime");
    assertThat(read(text)).isEqualTo(settings);
  }

  @Test
  void aWatchdogIsReadAndWritten() {
    NodeSettings settings =
        read(
            "watchdog: {device: /dev/watchdog1, timeout: 8, pretimeout: 2, promise: alive}\n"
                + SMALLEST);
    assertThat(settings.watchdog())
        .isEqualTo(new WatchdogSettings("/dev/watchdog1", 8, 2, WatchdogSettings.Promise.ALIVE));
    assertThat(read(NodeSettingsYaml.write(settings))).isEqualTo(settings);
    assertThat(read(SMALLEST).watchdog()).isEqualTo(WatchdogSettings.NONE);
  }

  /** Long enough for the ring to be formed anew while nobody feeds. */
  @Test
  void theTimeoutOfTheWatchdogFollowsFromTheRing() {
    String device = "watchdog: {device: /dev/watchdog}\n" + SMALLEST;
    assertThat(read(device).watchdog().timeoutSeconds()).isEqualTo(5);
    NodeSettings slow = read("totem: {token: 3000}\n" + device);
    assertThat(slow.watchdog().timeoutSeconds()).isEqualTo(11);
    assertThat(slow.watchdogTimes().bound()).isEqualTo(11_000 + 9000 + 1000);
  }

  /** Corosync's names mean the same here. */
  @Test
  void otherNamesAreAccepted() {
    NodeSettings settings =
        read(
            """
            totem: {cluster_name: demo, keyfile: /k, secauth: no,
              interface: [{linknumber: 0, port: 6000, priority: 3}]}
            nodelist:
              - {name: n1, nodeid: 1, ring0_addr: 10.88.0.11, quorum_votes: 2}
            """);
    assertThat(settings.clusterName()).isEqualTo("demo");
    assertThat(settings.paths().keyFile()).isEqualTo("/k");
    assertThat(settings.links().cipher()).isEqualTo(LinkSettings.Cipher.NONE);
    assertThat(settings.links().hash()).isEqualTo(LinkSettings.Hash.NONE);
    assertThat(settings.links().needsKey()).isFalse();
    assertThat(settings.links().interfaces().getFirst().port()).isEqualTo(6000);
    assertThat(settings.links().interfaces().getFirst().priority()).isEqualTo(3);
    assertThat(settings.members()).containsExactly(new Member(1, "n1", "10.88.0.11", 2));
    assertThat(read(NodeSettingsYaml.write(settings))).isEqualTo(settings);
  }

  @Test
  void severalLinks() {
    NodeSettings settings =
        read(
            """
            cluster: demo
            nodes:
              - {name: n1, id: 1, addresses: [10.0.0.1, "fd00::1"], ring3_addr: 10.3.0.1}
              - {name: n2, id: 2, address: 10.0.0.2, ring1_addr: "fd00::2", ring3_addr: 10.3.0.2}
            totem:
              port: 7000
              link_mode: active
              interface:
                - {linknumber: 3, mcastport: 9000, knet_ping_interval: 100, knet_ping_timeout: 300,
                   knet_ping_precision: 10, knet_pong_count: 3, knet_link_priority: 0}
            """);
    assertThat(settings.self().addresses()).containsExactly("10.0.0.1", "fd00::1", "10.3.0.1");
    assertThat(settings.links().mode()).isEqualTo(LinkSettings.Mode.ACTIVE);
    assertThat(settings.links().interfaces())
        .containsExactly(
            LinkSettings.Interface.ofLink(0).withPort(7000),
            LinkSettings.Interface.ofLink(1).withPort(7001),
            new LinkSettings.Interface(3, 9000, "", false, 1, 0, 100, 300, 10, 3));
    assertThat(read(NodeSettingsYaml.write(settings))).isEqualTo(settings);
  }

  @Test
  void multicastGroupIsDerivedAsCorosyncDoes() {
    NodeSettings settings = read(SMALLEST + "totem: {transport: udp}\n");
    assertThat(settings.links().interfaces().getFirst().multicastAddress())
        .isEqualTo(MulticastAddress.derived("demo", 0, false))
        .startsWith("239.192.");
    assertThat(settings.links().cipher()).isEqualTo(LinkSettings.Cipher.NONE);
    assertThat(read(NodeSettingsYaml.write(settings))).isEqualTo(settings);
  }

  @Test
  void quorumRulesOfVotequorum() {
    NodeSettings settings =
        read(
            SMALLEST
                + "quorum: {wait_for_all: yes, auto_tie_breaker: yes, auto_tie_breaker_node: 3 1,"
                + " last_man_standing: yes, last_man_standing_window: 5000, allow_downscale: yes}\n");
    QuorumSettings quorum = settings.quorum();
    assertThat(quorum.tieBreaker().nodes()).containsExactly(3, 1);
    assertThat(quorum.expectedVotesTracking()).as("follows allow_downscale").isTrue();
    assertThat(quorum.lastManStandingWindow()).isEqualTo(5000);
    assertThat(read(NodeSettingsYaml.write(settings))).isEqualTo(settings);
  }

  @Test
  void twoNodeKeepsAnExplicitWaitForAll() {
    String text = "cluster: demo\nquorum: {two_node: yes, wait_for_all: no}\n" + TWO_NODES;
    NodeSettings settings = read(text);
    assertThat(settings.quorum()).isEqualTo(new QuorumSettings(0, true, false));
    assertThat(read(NodeSettingsYaml.write(settings))).isEqualTo(settings);
  }

  @Test
  void unknownKeyNamesLineSuggestionAndAllowedKeys() {
    assertThat(refusal(SMALLEST + "totem:\n  port: 5405\n  tokn: 600\n"))
        .startsWith("ringward.yaml:8: unknown key \"tokn\" in totem; did you mean \"token\"?")
        .contains("Allowed: transport, port,")
        .contains(", token,")
        .doesNotContain("ringnumber");
    assertThat(refusal("colour: red\n" + SMALLEST))
        .startsWith("ringward.yaml:1: unknown key \"colour\" in the node file; allowed: cluster");
    assertThat(refusal("cluster: demo\nnodes:\n  - {name: n1, number: 1, address: 10.0.0.1}\n"))
        .startsWith("ringward.yaml:3: unknown key \"number\" in nodes");
  }

  @Test
  void corosyncQnetd() {
    String device =
        """
        quorum:
          device:
            model: net
            net: {host: w.example.org, tls: required, force_ip_version: 6, pkcs12: /etc/w.p12}
        """;
    NodeSettings settings = NodeSettingsYaml.read("f", SMALLEST + device, "n1");
    DeviceSettings read = settings.quorum().device();
    assertThat(read.model()).isEqualTo(DeviceSettings.Model.NET);
    assertThat(read.votes()).isEqualTo(1);
    assertThat(read.timeoutMillis()).isEqualTo(10_000);
    assertThat(read.net())
        .isEqualTo(
            new DeviceSettings.Net(
                "w.example.org",
                5403,
                false,
                0,
                true,
                DeviceSettings.Net.Tls.REQUIRED,
                8000,
                6,
                "/etc/w.p12"));
    assertThat(NodeSettingsYaml.read("f", NodeSettingsYaml.write(settings), "n1"))
        .isEqualTo(settings);
  }

  @Test
  void aWitness() {
    String device =
        """
        quorum:
          device:
            model: witness
            net: {host: w.example.org, algorithm: lms, tie_breaker: 2}
        regions:
          - {name: place, kind: witness, keepalive: 500}
        """;
    NodeSettings settings = NodeSettingsYaml.read("f", SMALLEST + device, "n1");
    DeviceSettings read = settings.quorum().device();
    assertThat(settings.regions().regions().getFirst().medium())
        .isEqualTo(new RegionSettings.Witness());
    assertThat(read.model()).isEqualTo(DeviceSettings.Model.WITNESS);
    assertThat(read.votes()).as("lms: as many as all nodes less one").isEqualTo(2);
    assertThat(read.timeoutMillis()).isEqualTo(3000);
    assertThat(read.net())
        .isEqualTo(
            new DeviceSettings.Net(
                "w.example.org",
                5408,
                true,
                2,
                true,
                DeviceSettings.Net.Tls.ON,
                2400,
                0,
                "/etc/corosync/qdevice/net/nssdb/qdevice-net-node.p12"));
    assertThat(NodeSettingsYaml.read("f", NodeSettingsYaml.write(settings), "n1"))
        .isEqualTo(settings);
  }

  @Test
  void aQuorumDisk() {
    String device =
        """
        quorum:
          device:
            model: disk
            disk:
              device: /dev/q
              interval: 1000
              tko: 7
              heuristics:
                - {program: 'ping -c1 "x"', score: 2, tko: 3}
                - {program: test -e /ok, interval: 500}
        """;
    NodeSettings settings = NodeSettingsYaml.read("f", SMALLEST + device, "n1");
    DeviceSettings read = settings.quorum().device();
    assertThat(read.model()).isEqualTo(DeviceSettings.Model.DISK);
    assertThat(read.votes()).as("as many as all nodes less one").isEqualTo(2);
    assertThat(read.timeoutMillis()).isEqualTo(7000);
    assertThat(read.disk())
        .isEqualTo(
            new DeviceSettings.Disk(
                "/dev/q",
                false,
                1000,
                7,
                2,
                2,
                7,
                2,
                List.of(
                    new DeviceSettings.Heuristic("ping -c1 \"x\"", 2, 2000, 3),
                    new DeviceSettings.Heuristic("test -e /ok", 1, 500, 1))));
    assertThat(NodeSettingsYaml.read("f", NodeSettingsYaml.write(settings), "n1"))
        .isEqualTo(settings);
  }

  /** One of four with the disk, and the three others with three of five votes. */
  @Test
  void masterWinsBesideAMajorityIsRefused() {
    String text =
        """
        cluster: c
        nodes:
          - {name: n1, id: 1, address: 10.0.0.1}
          - {name: n2, id: 2, address: 10.0.0.2}
          - {name: n3, id: 3, address: 10.0.0.3}
          - {name: n4, id: 4, address: 10.0.0.4}
        quorum:
          device:
            model: disk
            votes: 1
            master_wins: yes
            disk: {device: /q}
        """;
    assertThat(refusal(text))
        .startsWith("ringward.yaml:11: ")
        .contains("go on beside others with most votes; it needs quorum.device.votes: 3");
    String witness = "net: {host: w, algorithm: lms}";
    assertThat(refusal(text.replace("disk: {device: /q}", witness).replace("disk", "witness")))
        .contains("go on beside others with most votes; it needs quorum.device.votes: 3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | 6 | quorum.device.disk.device is missing",
        "{device: q} | 6 | quorum.device.disk.device is \"q\"; allowed: absolute path",
        "{device: /q, tko: 2} | 6 | quorum.device.disk.tko is \"2\"; allowed: whole number, 3 to",
        "{device: /q, interval: 1} | 6 | quorum.device.disk.interval is \"1\"; allowed: whole number, 100",
        "{device: /q, tko: 6, master_wait: 3} | 6 | master_wait is 3; at least tko (6) cycles",
        "{device: /q, tko: 6, tko_up: 7} | 6 | tko_up is 7; allowed: 1 to tko (6)",
        "{device: /q, min_score: 2} | 6 | min_score is 2, and all heuristics together have 0",
        "{device: /q, label: x} | 6 | \"label\" in quorum.device.disk: a disk is named by its device",
        "{device: /q, reboot: 1} | 6 | \"reboot\" in quorum.device.disk: a node whose score is too low",
        "{device: /q, votes: 1} | 6 | it is quorum.device.votes",
        "{device: /q, heuristics: ping} | 6 | heuristics must be a list, found \"ping\"",
        "{device: /q, heuristics: [{score: 1}]} | 6 | program is missing in this entry",
        "{device: /q, interval: 2000, tko: 10} | 6 | sync_timeout is 30000 ms; the disk may need interval * (tko + master_wait + upgrade_wait + 2) = 48000 ms",
        "{device: /q}, timeout: 5000 | 6 | quorum.device.timeout has no meaning for a disk",
        "{device: /q}, net: {host: x} | 6 | quorum.device.net.host is given, but quorum.device.model is disk",
        "{device: /q}, votes: 9 | 6 | quorum.device.votes is 9, as much as all nodes have together",
      })
  void aBadQuorumDiskIsRefused(String disk, int line, String sentence) {
    String text = SMALLEST + "quorum: {device: {model: disk, disk: " + disk + "}}\n";
    assertThat(refusal(text)).startsWith("ringward.yaml:" + line + ": ").contains(sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "watchdog: {timeout: 5} | 6 | watchdog.timeout is given, but no watchdog.device",
        "watchdog: {device: dog} | 6 | watchdog.device is \"dog\"; allowed: absolute path",
        "watchdog: {device: /d, timeout: 1} | 6 | watchdog.timeout is 1 s, but the ring may need",
        "watchdog: {device: /d, timeout: 6, pretimeout: 6} | 6 | pretimeout is 6 s; it must be shorter",
        "totem: {token: fast}   | 6 | totem.token is \"fast\"; allowed: whole number, 0 to",
        "totem: {token: -1}     | 6 | totem.token is \"-1\"; allowed: whole number, 0 to",
        "totem: {token: 9, token_retransmit: 10, hold: 5} | 6 | totem.token is 9 ms; at least 10 ms",
        "totem: {join: 9}       | 6 | totem.join is 9 ms; at least 10 ms are needed",
        "totem: {hold: 4}       | 6 | totem.hold is 4 ms; at least 5 ms are needed",
        "totem: {token_retransmit: 9} | 6 | totem.token_retransmit is 9 ms; at least 10 ms",
        "totem: {merge: 9}      | 6 | totem.merge is 9 ms; at least 10 ms are needed",
        "totem: {downcheck: 9}  | 6 | totem.downcheck is 9 ms; at least 10 ms are needed",
        "totem: {token_warning: 101} | 6 | totem.token_warning is \"101\"; allowed: whole number, 0",
        "totem: {transport: tcp} | 6 | totem.transport is \"tcp\"; allowed: one of knet, udpu, udp",
        "totem: {transport: udpu, crypto_cipher: aes256} | 6 | only transport knet encrypts",
        "totem: {transport: udpu, secauth: yes} | 6 | totem.crypto_cipher is aes256",
        "totem: {crypto_hash: none} | 6 | a cipher needs a hash",
        "totem: {crypto_cipher: blowfish} | 6 | totem.crypto_cipher is \"blowfish\"; allowed: one of",
        "totem: {knet_compression_model: zlib} | 6 | kronosnet's compression is not built",
        "totem: {ip_version: ipv6} | 6 | totem.ip_version is ipv6, but the nodes have addresses",
        "totem: {interface: {linknumber: 0}} | 6 | totem.interface must be a list of links",
        "totem: {interface: [{linknumber: 1}]} | 6 | about link 1, but the nodes have addresses on",
        "totem: {interface: [{linknumber: 8}]} | 6 | totem.interface.linknumber is \"8\"; allowed",
        "totem: {interface: [{}, {}]} | 6 | totem.interface has link 0 twice",
        "totem: {interface: [{ringnumber: 0}]} | 6 | since Corosync 3 it is linknumber",
        "totem: {interface: [{knet_transport: sctp}]} | 6 | links are carried by udp",
        "totem: {interface: [{ttl: 2}]} | 6 | totem.interface.ttl is 2; only transport udp",
        "totem: {interface: [{ttl: 256}]} | 6 | totem.interface.ttl is \"256\"; allowed",
        "totem: {interface: [{mcastport: 0}]} | 6 | totem.interface.mcastport is \"0\"; allowed",
        "totem: {interface: [{knet_link_priority: 256}]} | 6 | knet_link_priority is \"256\"",
        "totem: {transport: udp, interface: [{mcastaddr: 10.0.0.1}]} | 6 | allowed: IPv4 or IPv6 mul",
        "totem: {transport: udp, interface: [{mcastaddr: 'ff15::1'}]} | 6 | both must be the same",
        "totem: {transport: udpu, interface: [{priority: 2}]} | 6 | only transport knet has several",
        "totem: {cluster_name: demo} | 6 | totem.cluster_name says again what cluster says in line 1",
        "totem: {key: short}    | 6 | totem.key is no key; allowed: text of 128 to 4096 characters",
        "quorum: {device: {model: net}} | 6 | quorum.device.net.host is missing",
        "quorum: {device: {model: qdisk}} | 6 | is \"qdisk\"; allowed: one of none, net, witness",
        "quorum: {device: {model: net, heuristics: {}}} | 6 | others have none",
        "quorum: {device: {model: net, votes: 3, net: {host: w, algorithm: lms}}} | 6 | at most 2",
        "quorum: {device: {model: net, votes: 2, net: {host: w}}} | 6 | with algorithm ffsplit it",
        "quorum: {device: {model: net, net: {host: w, tie_breaker: 9}}} | 6 | tie_breaker is \"9\"",
        "quorum: {device: {model: witness, net: {host: w, tls: off}}} | 6 | a witness speaks TLS",
        "quorum: {device: {model: witness, timeout: 100}} | 6 | timeout is \"100\"; allowed: whole",
        "quorum: {last_man_standing: 1, device: {model: net}} | 6 | and a quorum device exclude",
        "quorum: {expected_votes: 3, device: {model: net, net: {host: w}}} | 6 | there are 4 votes",
        "quorum: {provider: ykd} | 6 | quorum.provider is \"ykd\"; allowed: one of",
        "quorum: {auto_tie_breaker_node: first} | 6 | allowed: lowest, highest or node ids",
        "quorum: {auto_tie_breaker: yes} | 6 | nothing to do with 3 votes",
        "quorum: {last_man_standing: yes} | 6 | quorum.last_man_standing is safe with",
        "quorum: {allow_downscale: yes} | 6 | quorum.allow_downscale is safe with",
        "quorum: {auto_tie_breaker_node: 1 4} | 6 | names node 4, which is not in the node list",
        "totem: {token: 99999999999999} | 6 | totem.token is \"99999999999999\"",
        "totem: {token: [600]}  | 6 | totem.token is a list; allowed",
        "totem: {token: }       | 6 | totem.token is nothing; allowed",
        "totem: 600             | 6 | totem must be a list of \"key: value\" lines, found \"600\"",
        "totem: {port: 65536}   | 6 | totem.port is \"65536\"; allowed: whole number, 1 to 65535",
        "totem: {port: 1, port: 2} | 6 | key \"port\" is given twice in totem, first in line 6",
        "totem: {consensus: 40, join: 50} | 6 | totem.consensus is 40 ms, totem.join is 50 ms",
        "totem: {token: 60}     | 6 | totem.token is 60 ms with 4 retransmits, one each 14 ms",
        "quorum: {two_node: yes} | 6 | quorum.two_node needs exactly 2 nodes with one vote each",
        "quorum: {two_node: maybe} | 6 | quorum.two_node is \"maybe\"; allowed: yes or no",
        "quorum: {expected_votes: 2} | 6 | quorum.expected_votes is 2, the nodes have 3 votes",
        "node: n4               | 6 | node is \"n4\", which is not in nodes; did you mean \"n1\"?",
        "realtime: often        | 6 | realtime is \"often\"; allowed: one of auto, yes, no",
        "paths: {socket: run/s} | 6 | paths.socket is \"run/s\"; allowed: absolute path",
        "paths: {fence_agent_dirs: /f} | 6 | paths.fence_agent_dirs is \"/f\"; allowed: list",
        "cluster: other         | 6 | key \"cluster\" is given twice in the node file",
      })
  void badLineIsNamed(String line, int number, String sentence) {
    assertThat(refusal(SMALLEST + line + "\n"))
        .startsWith("ringward.yaml:" + number + ": ")
        .contains(sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name: N1, id: 2, address: 10.0.0.2 | node name \"N1\" already belongs to node n1 in line 3",
        "name: n2, id: 1, address: 10.0.0.2 | node id 1 already belongs to node n1 in line 3",
        "name: n2, id: 2, address: 10.0.0.1 | address 10.0.0.1 already belongs to node n1",
        "name: n2, id: 2, address: fd00::1  | are of different families",
        "name: n2, id: 2, address: n2.example.org | nodes.address is \"n2.example.org\"; allowed: IP",
        "name: n2, id: 2, address: 10.0.0.256 | nodes.address is \"10.0.0.256\"",
        "name: n2, id: 2, address: 0.0.0.0   | nodes.address is \"0.0.0.0\"",
        "name: n2, id: 2, address: 224.0.0.1 | nodes.address is \"224.0.0.1\"",
        "name: n2, id: 0, address: 10.0.0.2  | nodes.id is \"0\"; allowed: whole number, 1 to",
        "name: n2, id: 2                     | address is missing in this entry of nodes",
        "name: n2, id: 2, addresses: [10.0.0.2, 10.1.0.2] | node n2 has addresses on links [0, 1]",
        "name: n2, id: 2, address: 10.0.0.2, addresses: [10.1.0.2] | are both given",
        "name: n2, id: 2, addresses: [10.0.0.2, 10.0.1.2], ring1_addr: 10.0.2.2 | has that link too",
        "name: n 2, id: 2, address: 10.0.0.2 | nodes.name is \"n 2\"; allowed: name of letters",
      })
  void badNodeIsNamed(String node, String sentence) {
    String text =
        "cluster: demo\nnodes:\n  - {name: n1, id: 1, address: 10.0.0.1}\n  - {" + node + "}\n";
    assertThat(refusal(text)).startsWith("ringward.yaml:4: ").contains(sentence);
  }

  @Test
  void sameAddressInTwoSpellingsIsATwin() {
    String text =
        """
        cluster: demo
        nodes:
          - {name: n1, id: 1, address: "fd00::1"}
          - {name: n2, id: 2, address: "FD00:0::0001"}
        """;
    assertThat(refusal(text)).contains("address fd00::1 already belongs to node n1");
  }

  @Test
  void endlessNestingIsRefused() {
    assertThat(refusal("cluster: " + "[".repeat(200_000))).contains("not YAML");
  }

  @Test
  void hostNameMustBeInTheList() {
    OperatorException refused =
        catchThrowableOfType(
            OperatorException.class,
            () -> NodeSettingsYaml.read("ringward.yaml", SMALLEST, "web.example.org"));
    assertThat(refused.sentence())
        .contains("no node has this machine's host name \"web.example.org\"")
        .contains("(nodes: n1, n2, n3)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "# nothing\n",
        "cluster: [\n",
        "- a\n- b\n",
        "cluster: demo\n",
        NODES,
        "\t\n",
        "cluster: demo\nnodes: []\n",
        "cluster: demo\nnodes: {n1: 10.0.0.1}\n",
        "a: *b\n",
        "cluster: &c {cluster: *c}\n",
        "{[a]: b}\n",
        "<<: {cluster: demo}\n",
        "\"\\x",
        "--- a\n--- b\n",
        "cluster: demo\nnodes:\n  - {name: n1, id: 1, address: 10.0.0.1, votes: 0}\n"
      })
  void brokenTextIsRefusedWithALine(String text) {
    assertThat(refusal(text)).matches("ringward\\.yaml:[0-9]+: .+");
  }
}
