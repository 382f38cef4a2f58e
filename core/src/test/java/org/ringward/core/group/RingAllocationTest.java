package org.ringward.core.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringward.core.base.Allocations;
import org.ringward.core.base.NodeSet;
import org.ringward.core.config.TotemSettings;
import org.ringward.core.link.KnetTransport;
import org.ringward.core.port.Frames;
import org.ringward.core.port.RingIds;

/** The hot path, from datagram to delivery, allocates nothing. */
final class RingAllocationTest {
  private static final int NODES = 3;
  private static final int SLOTS = 8192;

  /** On an Ethernet with IPv4. */
  private static final int DATAGRAM_MAX = 1_472;

  /** Datagrams that fly without delay, in slots that are used again. */
  private static final class Wire {
    final byte[][] datagrams = new byte[SLOTS][DATAGRAM_MAX];
    final int[] lengths = new int[SLOTS];
    final int[] senders = new int[SLOTS];
    final int[] targets = new int[SLOTS];
    int first;
    int size;

    void add(int from, int to, byte[] datagram, int offset, int length) {
      if (length > DATAGRAM_MAX) {
        return;
      }
      int slot = (first + size) % SLOTS;
      System.arraycopy(datagram, offset, datagrams[slot], 0, length);
      lengths[slot] = length;
      senders[slot] = from;
      targets[slot] = to;
      size++;
      if (size == SLOTS) {
        throw new IllegalStateException("too many datagrams fly");
      }
    }
  }

  /** A node's surroundings. */
  private static final class Surroundings implements Frames, RingIds, ProcessGroupListener {
    final int node;
    final Wire wire;
    long delivered;
    long ringSequence;

    Surroundings(int node, Wire wire) {
      this.node = node;
      this.wire = wire;
    }

    @Override
    public void send(int link, int toNode, byte[] datagram, int offset, int length) {
      wire.add(node, toNode, datagram, offset, length);
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
    public void configurationChanged(RingConfiguration configuration) {}

    @Override
    public void synchronised(long sequence) {}

    @Override
    public void membershipChanged(String group, NodeSet members, NodeSet joined, NodeSet left) {}

    @Override
    public void delivered(String group, int fromNode, byte[] bytes, int offset, int length) {
      delivered++;
    }
  }

  private final Wire wire = new Wire();
  private final ProcessGroups[] groups = new ProcessGroups[NODES];
  private final Surroundings[] surroundings = new Surroundings[NODES];
  private long now;

  private void hops(int count, byte[] message, int messageEvery) {
    for (int i = 0; i < count; i++) {
      now += 50_000;
      if (messageEvery > 0 && i % messageEvery == 0) {
        int sender = i / messageEvery % NODES;
        groups[sender].multicast("g", message, now);
        groups[sender].expire(now);
      }
      if (wire.size > 0) {
        int slot = wire.first;
        wire.first = (wire.first + 1) % SLOTS;
        wire.size--;
        ProcessGroups target = groups[wire.targets[slot] - 1];
        target.received(0, wire.senders[slot], wire.datagrams[slot], 0, wire.lengths[slot], now);
        target.expire(now);
      } else {
        for (ProcessGroups each : groups) {
          each.expire(now);
        }
      }
    }
  }

  private void form() {
    NodeSet nodes = NodeSet.of(1, 2, 3);
    for (int i = 0; i < NODES; i++) {
      surroundings[i] = new Surroundings(i + 1, wire);
      groups[i] =
          new ProcessGroups(
              i + 1,
              nodes,
              TotemSettings.DEFAULT,
              new KnetTransport(
                  ClusterSettings.of(i + 1, nodes, TotemSettings.DEFAULT),
                  new byte[128],
                  i,
                  surroundings[i]),
              surroundings[i],
              surroundings[i]);
      groups[i].start(now);
      groups[i].join("g", now);
    }
    hops(50_000, new byte[0], 0);
    assertThat(groups[0].status().members().size()).isEqualTo(NODES);
  }

  /** Small ones of which many are in a packet, one in a packet, one in 46 packets. */
  @ParameterizedTest
  @CsvSource({"64, 4, 30000", "300, 4, 30000", "1024, 8, 20000", "65536, 160, 1000"})
  void tenThousandsOfMessagesAllocateNothing(int length, int messageEvery, int deliveries) {
    form();
    byte[] message = new byte[length];
    hops(200_000, message, messageEvery);
    long tokensBefore = tokens();
    long least =
        Allocations.least(
            1_000,
            () -> {
              long deliveredBefore = delivered();
              hops(100_000, message, messageEvery);
              assertThat(delivered() - deliveredBefore).isGreaterThan(deliveries);
            });
    assertThat(tokens() - tokensBefore).isGreaterThan(500);
    assertThat(least).as("bytes in %s deliveries", deliveries).isLessThan(1_000);
  }

  private long tokens() {
    return groups[0].status().counters().get("tokens-received");
  }

  private long delivered() {
    return Arrays.stream(surroundings).mapToLong(each -> each.delivered).sum();
  }
}
