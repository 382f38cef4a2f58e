package org.ringward.ring.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.ringward.core.base.NodeSet;
import org.ringward.core.group.GroupChange;
import org.ringward.core.group.GroupMember;
import org.ringward.core.group.RingConfiguration;
import org.ringward.core.group.RingStatus;
import org.ringward.core.totem.TotemState;

/** What is behind the head of the rarer frames to a client, both directions. */
final class LocalReports {
  private static final int MEMBER = 8;
  private static final int TRANSITIONAL = 1;
  private static final int REGULAR = 2;

  private LocalReports() {}

  /** The part of an array that a frame's bytes are. */
  static ByteBuffer part(byte[] bytes, int offset, int length) {
    return ByteBuffer.wrap(bytes, offset, length).order(ByteOrder.LITTLE_ENDIAN);
  }

  // ---- MEMBERS ----

  static byte[] write(GroupChange change) {
    int count = change.members().size() + change.joined().size() + change.left().size();
    byte[] content = new byte[4 * Integer.BYTES + count * MEMBER];
    ByteBuffer bytes = part(content, 0, content.length);
    bytes.putInt(change.reason().number());
    write(change.members(), bytes);
    write(change.joined(), bytes);
    write(change.left(), bytes);
    return content;
  }

  private static void write(List<GroupMember> members, ByteBuffer bytes) {
    bytes.putInt(members.size());
    for (GroupMember member : members) {
      bytes.putInt(member.node()).putInt(member.pid());
    }
  }

  /** Throws BufferUnderflowException or IllegalArgumentException for what is none. */
  static GroupChange change(String group, ByteBuffer bytes) {
    int reason = bytes.getInt();
    GroupChange.Reason found = null;
    for (GroupChange.Reason each : GroupChange.Reason.values()) {
      found = each.number() == reason ? each : found;
    }
    if (found == null) {
      throw new IllegalArgumentException("reason " + reason);
    }
    return new GroupChange(group, members(bytes), members(bytes), members(bytes), found);
  }

  private static List<GroupMember> members(ByteBuffer bytes) {
    int count = count(bytes, MEMBER);
    List<GroupMember> members = new ArrayList<>();
    for (int at = 0; at < count; at++) {
      members.add(new GroupMember(bytes.getInt(), bytes.getInt()));
    }
    return members;
  }

  private static int count(ByteBuffer bytes, int each) {
    int count = bytes.getInt();
    if (count < 0 || count > bytes.remaining() / each) {
      throw new BufferUnderflowException();
    }
    return count;
  }

  // ---- CONFIGURATION ----

  static byte[] write(RingConfiguration configuration) {
    int count =
        configuration.members().size()
            + configuration.joined().size()
            + configuration.left().size();
    byte[] content = new byte[5 * Integer.BYTES + Long.BYTES + count * Integer.BYTES];
    ByteBuffer bytes = part(content, 0, content.length);
    boolean regular = configuration.kind() == RingConfiguration.Kind.REGULAR;
    bytes.putInt(regular ? REGULAR : TRANSITIONAL);
    bytes.putInt(configuration.representative()).putLong(configuration.sequence());
    write(configuration.members(), bytes);
    write(configuration.joined(), bytes);
    write(configuration.left(), bytes);
    return content;
  }

  private static void write(NodeSet nodes, ByteBuffer bytes) {
    bytes.putInt(nodes.size());
    nodes.stream().forEach(bytes::putInt);
  }

  /** Throws BufferUnderflowException or IllegalArgumentException for what is none. */
  static RingConfiguration configuration(ByteBuffer bytes) {
    RingConfiguration.Kind kind =
        switch (bytes.getInt()) {
          case TRANSITIONAL -> RingConfiguration.Kind.TRANSITIONAL;
          case REGULAR -> RingConfiguration.Kind.REGULAR;
          default -> throw new IllegalArgumentException("kind of configuration");
        };
    int representative = bytes.getInt();
    long sequence = bytes.getLong();
    return new RingConfiguration(
        kind, representative, sequence, nodes(bytes), nodes(bytes), nodes(bytes));
  }

  private static NodeSet nodes(ByteBuffer bytes) {
    int[] nodes = new int[count(bytes, Integer.BYTES)];
    for (int at = 0; at < nodes.length; at++) {
      nodes[at] = bytes.getInt();
    }
    return NodeSet.of(nodes);
  }

  // ---- STATUS_IS ----

  static byte[] write(RingStatus status) {
    int names = status.counters().keySet().stream().mapToInt(name -> utf8(name).length).sum();
    byte[] state = utf8(status.state().name());
    int counters = names + status.counters().size() * (Integer.BYTES + Long.BYTES);
    int rest = 5 * Integer.BYTES + Long.BYTES + status.members().size() * Integer.BYTES;
    byte[] content = new byte[state.length + rest + counters];
    ByteBuffer bytes = part(content, 0, content.length);
    write(state, bytes);
    bytes.putInt(status.representative()).putLong(status.sequence());
    bytes.putInt(status.synchronised() ? 1 : 0);
    write(status.members(), bytes);
    bytes.putInt(status.counters().size());
    status
        .counters()
        .forEach((name, value) -> {
          write(utf8(name), bytes);
          bytes.putLong(value);
        });
    return content;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }

  private static void write(byte[] text, ByteBuffer bytes) {
    bytes.putInt(text.length).put(text);
  }

  /** Throws BufferUnderflowException or IllegalArgumentException for what is none. */
  static RingStatus status(ByteBuffer bytes) {
    TotemState state = TotemState.valueOf(text(bytes));
    int representative = bytes.getInt();
    long sequence = bytes.getLong();
    boolean synchronised = bytes.getInt() == 1;
    NodeSet members = nodes(bytes);
    TreeMap<String, Long> counters = new TreeMap<>();
    int count = count(bytes, Integer.BYTES + Long.BYTES);
    for (int at = 0; at < count; at++) {
      counters.put(text(bytes), bytes.getLong());
    }
    return new RingStatus(state, representative, sequence, members, synchronised, counters);
  }

  private static String text(ByteBuffer bytes) {
    byte[] text = new byte[count(bytes, 1)];
    bytes.get(text);
    return new String(text, UTF_8);
  }
}
