package org.ringward.core.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest;
import org.ringward.core.base.NodeSet;
import org.ringward.core.base.OperatorException;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.config.NodeSettingsYaml;
import org.ringward.core.group.ProcessGroupListener;
import org.ringward.core.group.ProcessGroups;
import org.ringward.core.group.RingConfiguration;
import org.ringward.core.link.LinkDrop;
import org.ringward.core.link.Transport;
import org.ringward.core.link.Transports;
import org.ringward.core.node.ConfigurationSource.Configuration;
import org.ringward.core.port.Frames;
import org.ringward.core.port.RingIds;

/** Three nodes whose configuration files change while their ring runs. */
class RingReloadTest {
  private static final long MILLI = 1_000_000;
  private static final String FILE =
      """
      cluster: demo
      nodes:
        - {name: n1, id: 1, address: 10.0.0.1}
        - {name: n2, id: 2, address: 10.0.0.2}
        - {name: n3, id: 3, address: 10.0.0.3}
      """;
  private static final String TWO = FILE.replaceAll(" *- \\{name: n3.*\n", "");
  private static final String FOUR = FILE + "  - {name: n4, id: 4, address: 10.0.0.4}\n";
  private static final String TWO_LINKS =
      FILE.replaceAll("10\\.0\\.0\\.(.)", "10.0.0.$1, ring1_addr: 10.1.0.$1");

  private final Machine[] machines = new Machine[5];
  private int count;
  private final Deque<Flying> flying = new ArrayDeque<>();
  private long now = 1000 * MILLI;

  private record Flying(int link, int from, int to, byte[] bytes) {}

  /** Of a machine's file, done at a time. */
  private record Reading(long id, long due) {}

  private static byte[] filled(int value) {
    byte[] key = new byte[128];
    Arrays.fill(key, (byte) value);
    return key;
  }

  /** A node with its files. */
  private final class Machine
      implements Frames, RingIds, ProcessGroupListener, ConfigurationSource {
    final int id;
    final List<String> log = new ArrayList<>();
    final List<AdminReply> replies = new ArrayList<>();
    final Transport transport;
    final ProcessGroups groups;
    final RingReload reload;
    String file;
    byte[] key = filled(1);
    @Nullable String obstacle;
    NodeSettings settings;
    int delivered;
    int configurations;
    private final Deque<Reading> readings = new ArrayDeque<>();
    long readTakes;

    Machine(int id, String file) {
      this.id = id;
      this.file = file;
      settings = read();
      transport = Transports.of(settings, key, id, this);
      groups = new ProcessGroups(id, settings.nodeIds(), settings.totem(), transport, this, this);
      reload =
          new RingReload(
              settings,
              groups,
              transport,
              this,
              (_, reply) -> replies.add(reply),
              (_, text) -> log.add(text),
              changed -> settings = changed);
      groups.listen(reload);
    }

    private NodeSettings read() {
      return NodeSettingsYaml.read("ringward.yaml", file, "n" + id);
    }

    void ask(String check) {
      reload.asked(
          7,
          new AdminRequest(AdminRequest.Verb.RING_RELOAD, "", Map.of("check", check), null),
          now);
    }

    void turn() {
      groups.expire(now);
      if (!readings.isEmpty() && now >= readings.element().due()) {
        long readId = readings.remove().id();
        try {
          reload.read(readId, new Configuration(read(), key, List.of()), null, now);
        } catch (OperatorException e) {
          reload.read(readId, null, e.sentence(), now);
        }
      }
      reload.turn(groups.members(), now);
      groups.expire(now);
    }

    @Override
    public byte[] key() {
      return key;
    }

    @Override
    public boolean read(long requestId) {
      readings.add(new Reading(requestId, now + readTakes));
      return true;
    }

    @Override
    public @Nullable String moveSockets(NodeSettings changed) {
      return obstacle;
    }

    @Override
    public void send(int link, int toNode, byte[] bytes, int offset, int length) {
      flying.add(new Flying(link, id, toNode, Arrays.copyOfRange(bytes, offset, offset + length)));
    }

    @Override
    public long load() {
      return 0;
    }

    @Override
    public void store(long ringSequence) {}

    @Override
    public void configurationChanged(RingConfiguration configuration) {
      configurations++;
    }

    @Override
    public void synchronised(long ringSequence) {}

    @Override
    public void membershipChanged(String group, NodeSet members, NodeSet joined, NodeSet left) {}

    @Override
    public void delivered(String group, int fromNode, byte[] bytes, int offset, int length) {
      delivered++;
    }
  }

  private void start(int id, String file) {
    machines[id] = new Machine(id, file);
    machines[id].groups.start(now);
    machines[id].groups.join("g", now);
    count = Math.max(count, id);
  }

  private void start(String file) {
    for (int id = 1; id <= 3; id++) {
      start(id, file);
    }
    run(5000);
    for (int id = 1; id <= 3; id++) {
      assertThat(machines[id].groups.members()).isEqualTo(NodeSet.of(1, 2, 3));
      machines[id].configurations = 0;
    }
  }

  private void run(int millis) {
    for (int i = 0; i < millis * 4; i++) {
      now += MILLI / 4;
      int datagrams = flying.size();
      for (int each = 0; each < datagrams; each++) {
        arrive(flying.remove());
      }
      for (int id = 1; id <= count; id++) {
        machines[id].turn();
      }
    }
  }

  /** The sockets know who sent it if they know the sender's address. */
  private void arrive(Flying datagram) {
    if (datagram.to <= count) {
      Machine to = machines[datagram.to];
      int from = to.settings.nodeIds().contains(datagram.from) ? datagram.from : 0;
      to.groups.received(datagram.link, from, datagram.bytes, 0, datagram.bytes.length, now);
    }
  }

  /** Messages of all go through and the ring is the one from before. */
  private void assertUndisturbed() {
    int before = machines[1].delivered;
    for (int id = 1; id <= 3; id++) {
      assertThat(machines[id].configurations).as("rings at node %s", id).isZero();
      machines[id].groups.multicast("g", new byte[100], now);
    }
    run(200);
    assertThat(machines[1].delivered).isEqualTo(before + 3);
  }

  @Test
  void timersChangeOnAllNodes() {
    start(FILE);
    for (int id = 1; id <= 3; id++) {
      machines[id].file = FILE + "totem: {token: 900, port: 6000}\n";
    }
    machines[2].ask("");
    run(300);
    for (int id = 1; id <= 3; id++) {
      assertThat(machines[id].settings.totem().token()).isEqualTo(900);
      assertThat(machines[id].settings.links().interfaces().getFirst().port()).isEqualTo(5405);
      assertThat(machines[id].log)
          .containsExactly(
              "the configuration was read again: totem.interface 0 mcastport: 5405 -> 6000 (at the"
                  + " next start); totem.token: 400 -> 900");
    }
    assertThat(machines[2].replies).hasSize(1);
    assertThat(machines[2].replies.getFirst().exitCode()).isZero();
    assertThat(machines[2].replies.getFirst().message()).contains("totem.token: 400 -> 900");
    assertThat(machines[1].replies).isEmpty();
    assertUndisturbed();
  }

  @Test
  void checkingChangesNothing() {
    start(FILE);
    machines[1].file = FILE + "totem: {token: 900}\n";
    machines[1].ask("true");
    run(300);
    assertThat(machines[1].replies.getFirst().message())
        .isEqualTo("this node would change: totem.token: 400 -> 900");
    assertThat(machines[1].settings.totem().token()).isEqualTo(400);
    assertThat(machines[2].log).isEmpty();
  }

  @Test
  void nothingHappensAnywhereWhenTheAskedNodesFileIsWrong() {
    start(FILE);
    machines[1].file = FILE + "totem: {token: fast}\n";
    machines[1].ask("");
    run(300);
    assertThat(machines[1].replies.getFirst().exitCode()).isEqualTo(78);
    assertThat(machines[1].replies.getFirst().message()).contains("totem.token is \"fast\"");
    machines[1].file = FILE.replace("10.0.0.3", "10.0.0.9");
    machines[1].ask("");
    run(300);
    assertThat(machines[1].replies.getLast().message())
        .startsWith("nothing is changed: nodes.n3.ring0_addr: 10.0.0.3 -> 10.0.0.9");
    assertThat(machines[2].log).isEmpty();
    assertUndisturbed();
  }

  @Test
  void aNodeWithAWrongFileStaysAsItIs() {
    start(FILE);
    for (int id = 1; id <= 2; id++) {
      machines[id].file = FILE + "totem: {token: 900}\n";
    }
    machines[3].file = "nonsense";
    machines[1].ask("");
    run(300);
    assertThat(machines[1].settings.totem().token()).isEqualTo(900);
    assertThat(machines[3].settings.totem().token()).isEqualTo(400);
    assertThat(machines[3].log).hasSize(1).first().asString().startsWith("the reload is refused: ");
    assertThat(machines[3].reload.warnings())
        .hasSize(1)
        .first()
        .asString()
        .startsWith("the last reload was refused here: ");
    assertUndisturbed();
  }

  @Test
  void aLinkIsAddedAndRemoved() {
    start(FILE);
    for (int id = 1; id <= 3; id++) {
      machines[id].file = TWO_LINKS;
    }
    machines[1].ask("");
    run(3000);
    assertThat(machines[1].transport.links()).hasSize(4).allMatch(link -> link.connected());
    assertUndisturbed();
    for (int id = 1; id <= 3; id++) {
      machines[id].file = FILE;
    }
    machines[3].ask("");
    run(1000);
    assertThat(machines[1].transport.links()).hasSize(2).allMatch(link -> link.connected());
    assertUndisturbed();
  }

  @Test
  void aSocketThatCannotBeOpenedRefusesTheReload() {
    start(FILE);
    machines[2].obstacle = "address 10.1.0.2 is not this machine's";
    for (int id = 1; id <= 3; id++) {
      machines[id].file = TWO_LINKS;
    }
    machines[2].ask("");
    run(300);
    assertThat(machines[2].settings.links().interfaces()).hasSize(1);
    assertThat(machines[2].replies.getLast().message())
        .isEqualTo("nothing is changed: address 10.1.0.2 is not this machine's");
    assertUndisturbed();
  }

  private void files(int nodes, String file) {
    for (int id = 1; id <= nodes; id++) {
      machines[id].file = file;
    }
  }

  private void assertMembers(NodeSet members, int... nodes) {
    for (int id : nodes) {
      assertThat(machines[id].groups.members()).as("members at node %s", id).isEqualTo(members);
    }
  }

  @Test
  void aNodeIsAddedAndThenStarted() {
    start(FILE);
    files(3, FOUR);
    machines[2].ask("");
    run(300);
    assertThat(machines[2].replies.getFirst().message()).endsWith(": nodes: n4 is new");
    assertUndisturbed();
    assertThat(machines[1].groups.quorum().verdict().expected()).isEqualTo(4);
    start(4, FOUR);
    run(2000);
    assertMembers(NodeSet.of(1, 2, 3, 4), 1, 2, 3, 4);
    assertThat(machines[1].configurations).as("one transitional, one regular").isEqualTo(2);
    assertThat(machines[1].groups.quorum().verdict().votes()).isEqualTo(4);
  }

  /** It looks for the others already, and one of them comes to know of it late. */
  @Test
  void aNodeThatRunsAlreadyIsLetInOnceAllKnowIt() {
    start(FILE);
    files(3, FOUR);
    start(4, FOUR);
    run(1000);
    assertMembers(NodeSet.of(4), 4);
    machines[3].readTakes = 300 * MILLI;
    machines[1].ask("");
    run(300);
    assertUndisturbed();
    run(1500);
    assertMembers(NodeSet.of(1, 2, 3, 4), 1, 2, 3, 4);
    assertThat(machines[1].configurations).isEqualTo(2);
    assertThat(machines[1].groups.status().counters().get("frames-of-unknown-nodes")).isZero();
  }

  @Test
  void aNodeThatHasLeftIsRemovedAndStaysOut() {
    start(FILE);
    machines[3].groups.shutdown(now);
    run(1000);
    assertMembers(NodeSet.of(1, 2), 1, 2);
    files(2, TWO);
    machines[1].configurations = 0;
    machines[2].configurations = 0;
    machines[1].ask("");
    run(1000);
    assertThat(machines[1].replies.getFirst().message()).endsWith(": nodes: n3 is gone");
    assertThat(machines[1].groups.quorum().verdict().expected()).isEqualTo(2);
    assertThat(machines[1].transport.links()).hasSize(1);
    start(3, FILE);
    run(2000);
    assertMembers(NodeSet.of(1, 2), 1, 2);
    assertMembers(NodeSet.of(3), 3);
    assertThat(machines[1].configurations).isZero();
  }

  /** What it has sent before is delivered by all; it is alone, without votes of the others. */
  @Test
  void aRunningNodeThatIsRemovedIsOutAtOnce() {
    start(FILE);
    for (int id = 1; id <= 2; id++) {
      machines[id].file = TWO;
    }
    for (int i = 0; i < 50; i++) {
      machines[3].groups.multicast("g", new byte[1000], now);
    }
    machines[1].ask("");
    run(150);
    assertMembers(NodeSet.of(1, 2), 1, 2);
    assertThat(machines[1].delivered).isEqualTo(50);
    assertThat(machines[2].delivered).isEqualTo(50);
    for (int i = 0; i < 20; i++) {
      machines[1].groups.multicast("g", new byte[1000], now);
    }
    run(3000);
    assertMembers(NodeSet.of(3), 3);
    assertThat(machines[2].delivered).isEqualTo(70);
    assertThat(machines[1].groups.quorum().verdict().quorate()).isTrue();
    assertThat(machines[1].groups.quorum().verdict().expected()).isEqualTo(2);
    assertThat(machines[3].groups.quorum().verdict().quorate()).isFalse();
  }

  @Test
  void anAddressOfOneLinkChanges() {
    start(TWO_LINKS);
    files(3, TWO_LINKS.replace("10.1.0.2", "10.1.0.22"));
    machines[2].readTakes = 200 * MILLI;
    machines[1].ask("");
    run(100);
    assertThat(machines[1].transport.links())
        .filteredOn(link -> link.node() == 2 && link.link() == 1)
        .allMatch(link -> link.downs() == 0);
    assertThat(machines[1].log)
        .endsWith("the configuration was read again: nodes.n2.ring1_addr: 10.1.0.2 -> 10.1.0.22");
    assertUndisturbed();
    run(2000);
    assertThat(machines[1].transport.links()).hasSize(4).allMatch(link -> link.connected());
    assertUndisturbed();
  }

  /** One node reads its file late: the others must not use the key before it knows it. */
  @Test
  void keysChangeWithoutAnOutage() {
    start(FILE);
    machines[3].readTakes = 2000 * MILLI;
    for (int round = 2; round <= 4; round++) {
      for (int id = 1; id <= 3; id++) {
        machines[id].key = filled(round);
        machines[id].file = FILE + "totem: {crypto_hash: " + (round % 2 == 0 ? "sha512" : "sha1}");
        machines[id].file = machines[id].file.replaceAll("sha512$", "sha512}") + "\n";
      }
      machines[1].ask("");
      for (int step = 0; step < 60; step++) {
        for (int id = 1; id <= 3; id++) {
          machines[id].groups.multicast("g", new byte[200], now);
        }
        run(100);
      }
      assertThat(machines[1].replies).hasSize(round - 1).allMatch(reply -> reply.exitCode() == 0);
      for (int id = 1; id <= 3; id++) {
        assertThat(machines[id].transport.drops().get(LinkDrop.BAD_SEAL)).isZero();
        assertThat(machines[id].reload.warnings()).isEmpty();
      }
      assertUndisturbed();
    }
  }

  /** Whoever still has the old key is told, and is cut off only after a while. */
  @Test
  void aNodeThatMissesTheNewKeyIsTold() {
    start(FILE);
    machines[1].key = filled(9);
    machines[2].key = filled(9);
    machines[1].ask("");
    run(1000);
    assertThat(machines[3].reload.warnings())
        .hasSize(1)
        .first()
        .asString()
        .contains("the key of this node's file is still the old one");
    assertUndisturbed();
    run(15_000);
    assertThat(machines[1].groups.members()).isEqualTo(NodeSet.of(1, 2));
    assertThat(machines[3].groups.members()).isEqualTo(NodeSet.of(3));
  }

  /** Corosync's nodes go on before everybody has said so, and may be told to change again. */
  @Test
  void aChangeThatIsOrderedDuringAnotherFollowsIt() {
    start(FILE);
    machines[3].readTakes = 500 * MILLI;
    keysAre(2, 1, 2, 3);
    machines[1].ask("");
    run(300);
    keysAre(3, 1, 2);
    machines[2].groups.orderReload();
    run(400);
    keysAre(3, 3);
    run(2000);
    for (int id = 1; id <= 3; id++) {
      assertThat(machines[id].log)
          .as("node " + id)
          .filteredOn(line -> line.endsWith("another shared key"))
          .hasSize(2);
      assertThat(machines[id].reload.warnings()).isEmpty();
      assertThat(machines[id].transport.drops().get(LinkDrop.BAD_SEAL)).isZero();
    }
    run(10_000);
    assertUndisturbed();
  }

  private void keysAre(int key, int... ids) {
    for (int id : ids) {
      machines[id].key = filled(key);
    }
  }

  @Test
  void oneAtATime() {
    start(FILE);
    machines[1].key = filled(9);
    machines[1].ask("");
    run(100);
    machines[1].ask("");
    assertThat(machines[1].replies.getLast().exitCode()).isEqualTo(75);
    assertThat(machines[1].replies.getLast().message()).contains("another reload is under way");
  }
}
