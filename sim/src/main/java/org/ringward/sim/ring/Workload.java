package org.ringward.sim.ring;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.NodeSet;
import org.ringward.core.group.RingConfiguration;
import org.ringward.sim.check.VirtualSynchrony;
import org.ringward.sim.world.Chance;
import org.ringward.sim.world.Observer;
import org.ringward.sim.world.Violation;
import org.ringward.sim.world.World;

/**
 * The messages of a ring-only run, and what must hold for each: it arrives whole, from its sender,
 * once, in the sender's order, and the sender itself gets it.
 */
final class Workload implements Observer {
  private static final int HEADER = 24;
  private static final String RULE = "messages";

  private final World world;
  private final VirtualSynchrony synchrony;
  private final Map<Stream, Long> received = new HashMap<>();
  private final SortedMap<Integer, Sender> senders = new TreeMap<>();
  private final SortedMap<Integer, NodeSet> groupMembers = new TreeMap<>();
  private final SortedMap<Integer, RingConfiguration> rings = new TreeMap<>();
  private long deliveries;
  private boolean quiet;

  /** All messages of one life of a sender, as one life of a receiver sees them. */
  private record Stream(int receiver, long receiverLife, int sender, long senderLife) {}

  /** The life of a node that is sending now. */
  private record Sender(long life, long sent) {}

  Workload(World world, VirtualSynchrony synchrony) {
    this.world = world;
    this.synchrony = synchrony;
  }

  /** A message that knows who it is; the rest of its bytes follow from that. */
  static byte[] message(int node, long life, long number, int size) {
    ByteBuffer bytes = ByteBuffer.allocate(Math.max(size, HEADER));
    bytes.putLong(node).putLong(life).putLong(number);
    for (int i = HEADER; i < bytes.capacity(); i++) {
      bytes.put((byte) (number * 31 + i * 7L));
    }
    return bytes.array();
  }

  /** How many messages were delivered, counted at every receiver. */
  long deliveries() {
    return deliveries;
  }

  /** From now on nobody sends. */
  void quiet() {
    quiet = true;
  }

  boolean isQuiet() {
    return quiet;
  }

  void sent(int node, long life, long number) {
    senders.put(node, new Sender(life, number));
  }

  void configured(int node, RingConfiguration configuration) {
    if (world.trace().told()) {
      world.tell(node, configuration.toString());
    }
    world.trace().fold(configuration.sequence());
    if (configuration.kind() == RingConfiguration.Kind.REGULAR) {
      rings.put(node, configuration);
    }
    synchrony.configured(node, configuration);
  }

  void members(int node, NodeSet members) {
    if (world.trace().told()) {
      world.tell(node, "group " + members);
    }
    groupMembers.put(node, members);
    if (members.contains(node)) {
      synchrony.listening(node);
    }
    synchrony.delivered(node, members.hashCode());
  }

  void delivered(int node, long life, int from, byte[] bytes, int offset, int length) {
    deliveries++;
    if (length < HEADER) {
      throw new Violation(RULE, "n%d got a message of %d bytes".formatted(node, length));
    }
    ByteBuffer header = ByteBuffer.wrap(bytes, offset, length);
    long sender = header.getLong();
    long senderLife = header.getLong();
    long number = header.getLong();
    for (int i = HEADER; i < length; i++) {
      if (bytes[offset + i] != (byte) (number * 31 + i * 7L)) {
        throw new Violation(
            RULE,
            "n%d got message %d of n%d with a wrong byte %d".formatted(node, number, sender, i));
      }
    }
    if (sender != from) {
      throw new Violation(
          RULE, "n%d got a message of n%d as one of n%d".formatted(node, sender, from));
    }
    Stream stream = new Stream(node, life, from, senderLife);
    Long before = received.put(stream, number);
    if (before != null && number <= before) {
      throw new Violation(
          RULE,
          "n%d got message %d of n%d after its message %d".formatted(node, number, from, before));
    }
    if (before != null && from == node && number != before + 1) {
      throw new Violation(
          RULE, "n%d got its own message %d after %d".formatted(node, number, before));
    }
    long hash = Chance.mix(number ^ Chance.mix(senderLife ^ Chance.mix(sender)));
    world.trace().fold(hash);
    synchrony.delivered(node, hash);
  }

  @Override
  public void daemonEnded(int node, boolean orderly) {
    senders.remove(node);
    groupMembers.remove(node);
    rings.remove(node);
  }

  /** Why not all of the nodes 1 to count are one ring that has delivered everything; null if so. */
  @Nullable String missing(int count) {
    RingConfiguration first = rings.get(1);
    for (int node = 1; node <= count; node++) {
      RingConfiguration ring = rings.get(node);
      NodeSet members = groupMembers.get(node);
      if (first == null || ring == null || ring.members().size() != count) {
        return "n" + node + " is in the ring " + ring;
      }
      if (ring.sequence() != first.sequence()) {
        return "n" + node + " is in ring " + ring + ", n1 in " + first;
      }
      if (members == null || members.size() != count) {
        return "n" + node + " sees the group as " + members;
      }
      Sender sender = senders.get(node);
      if (sender != null) {
        Stream own = new Stream(node, sender.life, node, sender.life);
        if (received.getOrDefault(own, 0L) != sender.sent) {
          return "n%d sent %d messages and got %d of them itself"
              .formatted(node, sender.sent, received.getOrDefault(own, 0L));
        }
      }
    }
    return null;
  }
}
