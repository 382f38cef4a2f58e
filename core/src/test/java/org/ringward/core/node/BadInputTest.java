package org.ringward.core.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.ringward.core.base.NodeSet;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.config.NodeSettingsYaml;
import org.ringward.core.group.ProcessGroupListener;
import org.ringward.core.group.RingConfiguration;
import org.ringward.core.link.Transport;
import org.ringward.core.link.Transports;
import org.ringward.core.port.Frames;
import org.ringward.core.port.RingIds;

/**
 * Rings of whole nodes, and one more daemon that does not belong to them, or somebody who recorded
 * their packets: the ring stays as it is, the stranger is never a member, and status and log (once)
 * say what is wrong, with a count.
 */
class BadInputTest {
  private static final long MILLI = 1_000_000;
  private static final byte[] KEY = new byte[128];
  private static final byte[] OTHER_KEY = filled(9);
  private static final String TALK = "g";

  private final SplittableRandom random = new SplittableRandom(5);
  private final List<Machine> machines = new ArrayList<>();
  private final List<Arrival> recorded = new ArrayList<>();
  private final PriorityQueue<Arrival> flying =
      new PriorityQueue<>(
          Comparator.comparingLong(Arrival::time).thenComparingLong(Arrival::number));
  private long now = 1_000 * MILLI;
  private long count;
  private int datagramMax = 65_507;

  private record Arrival(long time, long number, String from, String to, byte[] bytes) {}

  private static byte[] filled(int value) {
    byte[] key = new byte[128];
    Arrays.fill(key, (byte) value);
    return key;
  }

  /** A machine with an address of its own, and the daemon on it. */
  private final class Machine implements Frames, RingIds, ProcessGroupListener {
    final String address;
    final NodeSettings settings;
    final RingNode node;
    final Transport transport;
    final RingWatch watch;
    final List<String> log = new ArrayList<>();
    final List<NodeSet> rings = new ArrayList<>();
    final TreeMap<String, Integer> heard = new TreeMap<>();
    private long ringSequence;

    Machine(String address, NodeSettings settings, byte[] key) {
      this.address = address;
      this.settings = settings;
      this.transport = Transports.of(settings, key, 50 + machines.size(), this);
      this.node =
          new RingNode(
              settings,
              new RingNode.Outside(
                  transport,
                  this,
                  (_, _) -> {},
                  (_, text) -> log.add(text),
                  (_, reason) -> log.add("ends: " + reason),
                  ConfigurationSource.NONE),
              this);
      this.watch = new RingWatch(settings, (_, _) -> {});
      node.start(now);
      node.groups().join(TALK, now);
      node.turn(now, wall());
      machines.add(this);
    }

    @Override
    public void send(int link, int toNode, byte[] datagram, int offset, int length) {
      String to = settings.member(toNode).address();
      byte[] bytes = Arrays.copyOfRange(datagram, offset, offset + length);
      recorded.add(new Arrival(0, 0, address, to, bytes));
      if (length <= datagramMax) {
        fly(address, to, bytes);
      }
    }

    int nodeOf(String source) {
      return settings.members().stream()
          .filter(member -> member.address().equals(source))
          .mapToInt(NodeSettings.Member::id)
          .findFirst()
          .orElse(0);
    }

    List<String> warnings() {
      return watch.warnings(transport, node.groups().status()).stream()
          .filter(each -> !each.endsWith("is down"))
          .toList();
    }

    /** What the log says about strange things. */
    List<String> findings() {
      return log.stream().filter(each -> !each.startsWith("link ")).toList();
    }

    @Override
    public long load() {
      return ringSequence;
    }

    @Override
    public void store(long sequence) {
      ringSequence = sequence;
    }

    @Override
    public void configurationChanged(RingConfiguration configuration) {
      if (configuration.kind() == RingConfiguration.Kind.REGULAR) {
        rings.add(configuration.members());
      }
    }

    @Override
    public void synchronised(long sequence) {}

    @Override
    public void membershipChanged(String group, NodeSet members, NodeSet joined, NodeSet left) {}

    @Override
    public void delivered(String group, int fromNode, byte[] bytes, int offset, int length) {
      String text = HexFormat.of().formatHex(bytes, offset, offset + 3);
      heard.merge(fromNode + " says " + text + " in " + length, 1, Integer::sum);
    }
  }

  private long wall() {
    return 1_700_000_000_000L + now / MILLI;
  }

  private void fly(String from, String to, byte[] bytes) {
    flying.add(new Arrival(now + random.nextLong(50_000, 200_000), count++, from, to, bytes));
  }

  private void run(long millis) {
    long end = now + millis * MILLI;
    while (now < end) {
      long due = end;
      for (Machine each : machines) {
        due = Math.min(due, each.node.nextDeadline());
      }
      Arrival next = flying.peek();
      if (next != null && next.time() <= due) {
        flying.poll();
        now = Math.max(now, next.time());
        machines.stream()
            .filter(each -> each.address.equals(next.to()))
            .forEach(each -> arrives(each, next));
      } else {
        now = Math.max(now, due);
      }
      machines.forEach(each -> each.node.turn(now, wall()));
    }
  }

  private void arrives(Machine at, Arrival arrival) {
    byte[] bytes = arrival.bytes();
    at.node.received(0, at.nodeOf(arrival.from()), bytes, 0, bytes.length, now);
  }

  /** A node file of nodes with these ids, node 1 on 10.0.0.1 and so on. */
  private static NodeSettings settings(int self, String totem, int... ids) {
    StringBuilder nodes = new StringBuilder();
    for (int id : ids) {
      nodes.append("  - {name: n%d, id: %d, address: 10.0.0.%d}\n".formatted(id, id, id));
    }
    String yaml = "cluster: demo\nnodes:\n" + nodes + "totem: {" + totem + "}\n";
    return NodeSettingsYaml.read("test.yaml", yaml, "n" + self);
  }

  private Machine member(int id, String totem) {
    return new Machine("10.0.0." + id, settings(id, totem, 1, 2, 3), KEY);
  }

  /** Nodes 1 and 2 of three. */
  private void ringOfTwo(String totem) {
    member(1, totem);
    member(2, totem);
    run(5_000);
    assertThat(machines).allSatisfy(each -> assertThat(each.rings).endsWith(NodeSet.of(1, 2)));
  }

  /** Nodes 1 and 2 have been in one ring all the time, and it works. */
  private void assertUntouched(int ringsBefore) {
    for (Machine each : machines.subList(0, 2)) {
      assertThat(each.rings).as(each.log.toString()).hasSize(ringsBefore);
      assertThat(each.node.groups().members()).isEqualTo(NodeSet.of(1, 2));
    }
    byte[] message = {77, 1, 2};
    assertThat(machines.getFirst().node.groups().multicast(TALK, message, now)).isTrue();
    run(1_000);
    assertThat(machines.get(1).heard).containsEntry("1 says 4d0102 in 3", 1);
  }

  /** Status and log name it, the log once for each source in this time. */
  private static void assertNamed(Machine at, String meaning) {
    assertThat(at.warnings()).as("status").anySatisfy(each -> assertThat(each).contains(meaning));
    assertThat(at.findings().stream().filter(each -> each.contains(meaning)).toList())
        .as("log")
        .isNotEmpty()
        .extracting(each -> each.replaceAll("^\\d+ packets? ", ""))
        .doesNotHaveDuplicates();
  }

  /** A stranger at node 3's place for some time: no ring with it, and a name for it. */
  private void assertStranger(Machine stranger, String meaning, String strangersMeaning) {
    int before = machines.getFirst().rings.size();
    run(20_000);
    assertUntouched(before);
    assertThat(stranger.node.groups().members().intersect(NodeSet.of(1, 2)))
        .isNotEqualTo(NodeSet.of(1, 2));
    assertNamed(machines.getFirst(), meaning);
    assertNamed(stranger, strangersMeaning);
    String status = machines.getFirst().warnings().getFirst();
    assertThat(status).as("a count").matches("(?s).*\\d+ (packets|times).*");
  }

  @Test
  void anotherKey() {
    ringOfTwo("");
    Machine stranger = new Machine("10.0.0.3", settings(3, "", 1, 2, 3), OTHER_KEY);
    String meaning = "could not be authenticated";
    assertStranger(stranger, meaning, meaning);
  }

  /** Its nodes have our addresses in their list, and we do not have theirs. */
  @Test
  void anotherCluster() {
    ringOfTwo("");
    NodeSettings other =
        NodeSettingsYaml.read(
            "test.yaml",
            """
            cluster: another
            nodes:
              - {name: x1, id: 1, address: 10.0.0.1}
              - {name: x9, id: 9, address: 10.0.0.9}
            """,
            "x9");
    Machine stranger = new Machine("10.0.0.9", other, KEY);
    int before = machines.getFirst().rings.size();
    run(20_000);
    assertUntouched(before);
    assertNamed(machines.getFirst(), "another cluster on this port, or the node list differs");
    assertThat(stranger.node.groups().members()).isEqualTo(NodeSet.of(9));
  }

  @Test
  void anotherCipher() {
    ringOfTwo("");
    NodeSettings settings = settings(3, "crypto_cipher: aes128, crypto_hash: sha1", 1, 2, 3);
    Machine stranger = new Machine("10.0.0.3", settings, KEY);
    String meaning = "another key, cipher or hash";
    assertStranger(stranger, meaning, meaning);
  }

  @Test
  void noCipher() {
    ringOfTwo("");
    NodeSettings settings = settings(3, "crypto_cipher: none, crypto_hash: none", 1, 2, 3);
    Machine stranger = new Machine("10.0.0.3", settings, KEY);
    assertStranger(
        stranger, "neither encryption nor authentication", "encrypted there and not here");
  }

  /** The daemon on machine 3 believes to be node 2. */
  @Test
  void aNodeIdInUseTwice() {
    ringOfTwo("");
    Machine twin = new Machine("10.0.0.3", settings(2, "", 1, 2, 3), KEY);
    int before = machines.getFirst().rings.size();
    run(20_000);
    assertUntouched(before);
    assertNamed(machines.getFirst(), "a node id in use twice");
    assertThat(twin.node.groups().members()).isEqualTo(NodeSet.of(2));
  }

  /** It sends to node 2 as well, who is told that somebody has its own id. */
  @Test
  void theIdOfTheOneWhoHears() {
    ringOfTwo("");
    NodeSettings moved =
        NodeSettingsYaml.read(
            "test.yaml",
            """
            cluster: demo
            nodes:
              - {name: n1, id: 1, address: 10.0.0.2}
              - {name: n2, id: 2, address: 10.0.0.3}
            """,
            "n2");
    new Machine("10.0.0.3", moved, KEY);
    int before = machines.getFirst().rings.size();
    run(20_000);
    assertUntouched(before);
    assertNamed(machines.get(1), "node id 2 is in use twice");
  }

  /** Data comes again from the address it came from. */
  @Test
  void replayedData() {
    ringOfTwo("");
    int first = recorded.size();
    talk(300);
    List<Arrival> packets = List.copyOf(recorded.subList(first, recorded.size()));
    int before = machines.getFirst().rings.size();
    packets.stream().filter(each -> each.bytes().length > 90).forEach(this::again);
    run(1_000);
    assertUntouched(before);
    assertHeardOnce();
    assertNamed(machines.getFirst(), "came twice");
    assertNamed(machines.get(1), "came twice");
  }

  /** Everything that was ever sent comes again after a while, PINGs and their answers too. */
  @Test
  void everythingIsReplayed() {
    ringOfTwo("");
    talk(300);
    int before = machines.getFirst().rings.size();
    List<Arrival> packets = List.copyOf(recorded);
    run(70_000);
    for (Arrival each : packets) {
      again(each);
      run(1);
    }
    assertUntouched(before);
    assertHeardOnce();
    assertNamed(machines.getFirst(), "somebody sends recorded packets again");
    assertNamed(machines.get(1), "somebody sends recorded packets again");
  }

  /** Data of the beginning, when the numbers are far from there. */
  @Test
  void dataReplayedAfterALongTime() {
    ringOfTwo("");
    List<Arrival> packets = List.copyOf(recorded);
    talk(5_000);
    int before = machines.getFirst().rings.size();
    for (Arrival each : packets) {
      if (each.bytes().length > 90) {
        again(each);
        run(1);
      }
    }
    assertUntouched(before);
    assertHeardOnce();
    assertNamed(machines.get(1), "packets with numbers far from those before");
  }

  private void again(Arrival packet) {
    fly(packet.from(), packet.to(), packet.bytes());
  }

  /** Every packet with one bit turned. */
  @Test
  void forgedPackets() {
    ringOfTwo("");
    int before = machines.getFirst().rings.size();
    for (Arrival each : List.copyOf(recorded)) {
      byte[] forged = each.bytes().clone();
      forged[random.nextInt(forged.length)] ^= (byte) (1 << random.nextInt(8));
      fly(each.from(), each.to(), forged);
    }
    run(1_000);
    assertUntouched(before);
    assertNamed(machines.getFirst(), "or a forgery");
  }

  /** One path is narrower than the others, as behind a tunnel. */
  @Test
  void pathsThatDiffer() {
    datagramMax = 1_472;
    member(1, "");
    member(2, "");
    run(5_000);
    datagramMax = 1_372;
    member(3, "");
    run(5_000);
    assertThat(machines.getFirst().node.groups().members()).isEqualTo(NodeSet.of(1, 2, 3));
    assertThat(machines.getFirst().warnings())
        .anySatisfy(each -> assertThat(each).contains("the largest packets of link 0 differ"));
    byte[] message = new byte[30_000];
    assertThat(machines.getFirst().node.groups().multicast(TALK, message, now)).isTrue();
    run(1_000);
    assertThat(machines.get(2).heard).containsEntry("1 says 000000 in 30000", 1);
  }

  /**
   * Somebody has set jumbo frames where the network has none: nodes agree on a ring by short
   * packets and lose it again over the first long one, until the network is as they were told.
   */
  @Test
  void anMtuThatDoesNotComeThrough() {
    datagramMax = 1_472;
    member(1, "knet_mtu: 9000");
    member(2, "knet_mtu: 9000");
    run(65_000);
    for (Machine each : machines) {
      assertThat(each.rings).contains(NodeSet.of(1, 2));
      int other = 3 - each.settings.self().id();
      assertNamed(
          each,
          "knet_mtu is 9000, but packets of no more than 1500 bytes reach n%d on link 0"
              .formatted(other));
    }
    datagramMax = 8_972;
    run(5_000);
    int before = machines.getFirst().rings.size();
    machines.forEach(each -> assertThat(each.rings).endsWith(NodeSet.of(1, 2)));
    run(5_000);
    assertUntouched(before);
  }

  private void talk(int messages) {
    for (int i = 0; i < messages; i++) {
      byte[] message = new byte[10 + i % 1_000];
      message[1] = (byte) (i >> 8);
      message[2] = (byte) i;
      machines.get(i % 2).node.groups().multicast(TALK, message, now);
      run(2);
    }
  }

  private void assertHeardOnce() {
    for (Machine each : machines) {
      assertThat(each.heard.values()).containsOnly(1);
    }
  }
}
