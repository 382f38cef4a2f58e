package org.ringward.core.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.ringward.core.base.NodeSet;
import org.ringward.core.config.NodeSettings.Member;
import org.ringward.core.config.QuorumSettings;
import org.ringward.core.quorum.QuorumStatus;
import org.ringward.core.quorum.VoteQuorum;
import org.ringward.core.quorum.VoteQuorumOutlet;
import org.ringward.core.wire.Capture;
import org.ringward.core.wire.CfgKill;
import org.ringward.core.wire.CfgMessage;
import org.ringward.core.wire.CmapVersion;
import org.ringward.core.wire.CommitTokenFrame;
import org.ringward.core.wire.CpgDownList;
import org.ringward.core.wire.CpgJoinList;
import org.ringward.core.wire.CpgMessage;
import org.ringward.core.wire.CpgProcessChange;
import org.ringward.core.wire.FrameKind;
import org.ringward.core.wire.GroupPrefix;
import org.ringward.core.wire.McastFrame;
import org.ringward.core.wire.PackedPayload;
import org.ringward.core.wire.ServiceHeader;
import org.ringward.core.wire.ServiceMessage;
import org.ringward.core.wire.SyncBarrier;
import org.ringward.core.wire.SyncServiceBuild;
import org.ringward.core.wire.VoteQuorumNodeInfo;
import org.ringward.core.wire.VoteQuorumReconfigure;

/**
 * The recorded rings of real corosync nodes, delivered as a member would: order by sequence,
 * packets put together, synchronisations followed, group messages read.
 */
final class CaptureReplayTest {
  private static final int RECONFIGURE =
      ServiceHeader.VOTEQUORUM << 16 | VoteQuorumReconfigure.FUNCTION;
  private static final int DEVICE_REGISTRATION = ServiceHeader.VOTEQUORUM << 16 | 2;
  private static final int DEVICE_RENAMED = ServiceHeader.VOTEQUORUM << 16 | 3;
  private static final int RELOAD = ServiceHeader.CFG << 16 | CfgMessage.RELOAD;
  private static final int KILL = ServiceHeader.CFG << 16 | CfgKill.FUNCTION;

  private record RingKey(long sequence, int representative) {}

  /** One ring: who is in it and its messages by number. */
  private static final class Ring {
    NodeSet members = NodeSet.EMPTY;
    final TreeMap<Integer, byte[]> messages = new TreeMap<>();
  }

  private final TreeMap<RingKey, Ring> rings =
      new TreeMap<>(
          Comparator.comparingLong(RingKey::sequence).thenComparing(RingKey::representative));
  private final Map<Integer, Assembly> normal = new TreeMap<>();
  private final Map<Integer, Assembly> synchronising = new TreeMap<>();
  private final List<Integer> lengths = new ArrayList<>();
  private final List<String> changes = new ArrayList<>();
  private final Map<Integer, PartAssembly> parts = new TreeMap<>();
  private final CpgMessage message = new CpgMessage();

  /** Orders and votes, each once, in the order of their first appearance. */
  private final List<String> said = new ArrayList<>();

  /** What changes votes, in order. */
  private final List<Consumer<VoteQuorum>> votes = new ArrayList<>();

  private int cmapItems;
  private int joinLists;
  private int downLists;
  private int synchronisations;
  private boolean inStep;

  private final Synchroniser synchroniser =
      new Synchroniser(
          new Synchroniser.Steps() {
            @Override
            public void send(ServiceMessage message) {}

            @Override
            public void process(int service) {}

            @Override
            public void activate(int service) {}

            @Override
            public void complete() {
              synchronisations++;
              inStep = true;
            }
          });

  @Test
  void formLeaveCrash() {
    replay("udpu-form-leave-crash");
    assertThat(lengths).contains(100, 20, 10, 4_000, 200_000);
    // A ring of one node is not on the cable.
    assertThat(synchronisations).isEqualTo(3);
    assertThat(changes).isNotEmpty();
    assertThat(joinLists).isPositive();
    assertThat(downLists).isPositive();
    assertThat(cmapItems).isPositive();
  }

  @Test
  void lossRecoveryMerge() {
    replay("udpu-loss-recovery-merge");
    assertThat(lengths).contains(100_000);
    assertThat(synchronisations).isGreaterThanOrEqualTo(3);
  }

  @Test
  void services() {
    replay("udpu-services");
    assertThat(lengths).contains(1_500_000);
    assertThat(said)
        .containsSubsequence(
            "1 votequorum function 2",
            "1 votequorum function 3",
            "1 VoteQuorumReconfigure[node=2, value=2, parameter=2]",
            "1 CfgMessage[function=3, value=1]",
            "2 VoteQuorumReconfigure[node=2, value=1, parameter=2]",
            "2 VoteQuorumReconfigure[node=2, value=3, parameter=1]",
            "1 kills 2: Killed by corosync-cfgtool");
  }

  /**
   * A third node that hears what the two said: a quorum device is registered, alive, casts its
   * vote, has the master wins flag and goes; node 2 has two votes for a while.
   */
  @Test
  void votesOfServices() {
    replay("udpu-services");
    List<Member> nodes =
        List.of(
            new Member(1, "n1", "10.77.0.1", 1),
            new Member(2, "n2", "10.77.0.2", 1),
            new Member(3, "n3", "10.77.0.3", 1));
    VoteQuorum third =
        new VoteQuorum(
            3,
            QuorumSettings.DEFAULT,
            nodes,
            0,
            new VoteQuorumOutlet() {
              @Override
              public void send(ServiceMessage message) {}

              @Override
              public void keepExpectedVotes(int expected) {}
            });
    third.begin(NodeSet.of(1, 2, 3));
    List<String> story = new ArrayList<>();
    for (Consumer<VoteQuorum> each : votes) {
      each.accept(third);
      third.expire(0);
      for (QuorumStatus.NodeVotes node : third.status().nodes()) {
        story.add(node.id() + " has " + node.votes() + " of " + node.expected());
        story.add(node.id() + " flags " + node.flags());
      }
    }
    assertThat(story)
        .containsSubsequence("1 flags 17", "1 flags 113", "1 flags 241", "1 flags 1")
        .containsSubsequence("2 has 1 of 3", "2 has 2 of 3", "2 has 1 of 3");
    assertThat(third.verdict().quorate()).isTrue();
  }

  private void replay(String name) {
    Capture.payloads(name).forEach(this::collect);
    rings.forEach(this::deliver);
  }

  private void collect(byte[] frame) {
    FrameKind kind = FrameKind.of(frame, 0, frame.length);
    if (kind == FrameKind.COMMIT_TOKEN) {
      CommitTokenFrame token =
          Objects.requireNonNull(CommitTokenFrame.read(frame, 0, frame.length));
      rings.computeIfAbsent(
                  new RingKey(token.ringSequence, token.ringRepresentative), _ -> new Ring())
              .members =
          token.memberSet();
    } else if (kind == FrameKind.MCAST) {
      collectMessage(frame);
    }
  }

  private void collectMessage(byte[] frame) {
    McastFrame mcast = new McastFrame();
    assertThat(mcast.read(frame, 0, frame.length)).isTrue();
    if (mcast.encapsulated == McastFrame.RECOVERED) {
      collectMessage(Arrays.copyOfRange(frame, mcast.payloadOffset, frame.length));
      return;
    }
    byte[] before =
        rings
            .computeIfAbsent(
                new RingKey(mcast.ringSequence, mcast.ringRepresentative), _ -> new Ring())
            .messages
            .putIfAbsent(mcast.seq, frame);
    if (before != null) {
      assertThat(Arrays.copyOfRange(frame, 13, frame.length))
          .as("copies of one message are the same")
          .isEqualTo(Arrays.copyOfRange(before, 13, before.length));
    }
  }

  private void deliver(RingKey key, Ring ring) {
    if (ring.members.isEmpty()) {
      return;
    }
    inStep = false;
    synchroniser.begin(key.representative(), key.sequence(), ring.members);
    for (byte[] frame : ring.messages.values()) {
      McastFrame mcast = new McastFrame();
      assertThat(mcast.read(frame, 0, frame.length)).isTrue();
      PackedPayload packet = new PackedPayload();
      assertThat(packet.read(frame, mcast.payloadOffset, mcast.payloadLength, mcast.bigEndian))
          .isTrue();
      (inStep ? normal : synchronising)
          .computeIfAbsent(mcast.systemFrom, _ -> new Assembly())
          .packet(packet, frame, mcast.systemFrom, mcast.bigEndian, this::block);
    }
    synchroniser.abort();
  }

  private void block(int author, byte[] bytes, int offset, int length, boolean big) {
    int prefix = GroupPrefix.lengthOf(bytes, offset, length, big);
    assertThat(prefix).isPositive();
    int at = offset + prefix;
    int size = length - prefix;
    if (GroupPrefix.SYNC.isIn(bytes, offset, big)) {
      if (ServiceHeader.id(bytes, at, size, big) == SyncBarrier.ID) {
        SyncBarrier barrier = Objects.requireNonNull(SyncBarrier.read(bytes, at, size, big));
        assertRewritten(bytes, at, size, 28, barrier::write);
        synchroniser.barrier(author, barrier);
      } else {
        SyncServiceBuild build =
            Objects.requireNonNull(SyncServiceBuild.read(bytes, at, size, big));
        assertThat(build.services()).containsExactly(0, 2, 3, 5);
        assertRewritten(bytes, at, 56, 28, build::write);
        synchroniser.announced(author, build);
      }
    } else if (GroupPrefix.SERVICES.isIn(bytes, offset, big)) {
      service(author, bytes, at, size, big);
    }
  }

  private void service(int author, byte[] bytes, int at, int size, boolean big) {
    int id = ServiceHeader.id(bytes, at, size, big);
    assertThat(id).as("size in header").isNotNegative();
    switch (id) {
      case CpgProcessChange.JOIN_ID, CpgProcessChange.LEAVE_ID -> {
        CpgProcessChange change =
            Objects.requireNonNull(CpgProcessChange.read(bytes, at, size, big));
        changes.add(change.toString());
        byte[] written = new byte[size];
        assertThat(change.write(written, 0)).isEqualTo(size);
        assertThat(CpgProcessChange.read(written, 0, size, false)).isEqualTo(change);
      }
      case CpgJoinList.ID -> {
        joinLists++;
        CpgJoinList list = Objects.requireNonNull(CpgJoinList.read(bytes, at, size, big));
        assertThat(list.entries()).isNotEmpty();
      }
      case CpgDownList.ID -> {
        downLists++;
        Objects.requireNonNull(CpgDownList.read(bytes, at, size, big));
      }
      case CpgMessage.WHOLE_ID -> {
        assertThat(message.read(bytes, at, size, big)).isTrue();
        lengths.add(message.dataLength);
        assertThat(message.group()).isNotEmpty();
      }
      case CpgMessage.PARTIAL_ID -> {
        assertThat(message.read(bytes, at, size, big)).isTrue();
        PartAssembly assembly = parts.computeIfAbsent(author, _ -> new PartAssembly());
        if (assembly.part(message, bytes, ProcessGroups.MESSAGE_MAX)) {
          lengths.add(assembly.length());
        }
      }
      case VoteQuorumNodeInfo.ID -> {
        VoteQuorumNodeInfo info =
            Objects.requireNonNull(VoteQuorumNodeInfo.read(bytes, at, size, big));
        assertRewritten(bytes, at, size, size, info::write);
        tell(author + " " + info);
        votes.add(quorum -> quorum.heard(author, info));
      }
      case RECONFIGURE -> {
        VoteQuorumReconfigure change =
            Objects.requireNonNull(VoteQuorumReconfigure.read(bytes, at, size, big));
        assertRewritten(bytes, at, size, 25, change::write);
        tell(author + " " + change);
        votes.add(quorum -> quorum.reconfigured(change));
      }
      case KILL -> {
        CfgKill kill = Objects.requireNonNull(CfgKill.read(bytes, at, size, big));
        tell(author + " kills " + kill.node() + ": " + kill.reason().replace("\0", ""));
      }
      case RELOAD -> {
        CfgMessage reload = Objects.requireNonNull(CfgMessage.read(bytes, at, size, big));
        tell(author + " " + reload);
      }
      case CmapVersion.ID -> {
        assertThat(CmapVersion.read(bytes, at, size, big)).isNotNull();
        cmapItems++;
      }
      case DEVICE_REGISTRATION, DEVICE_RENAMED ->
          tell(author + " votequorum function " + (id & 0xFFFF));
      default -> throw new AssertionError("service " + (id >> 16) + " function " + (id & 0xFFFF));
    }
  }

  /** What was said last is not told again. */
  private void tell(String what) {
    if (!said.contains(what)) {
      said.add(what);
    }
  }

  private interface Writer {
    int write(byte[] target, int offset);
  }

  /** The beginning of a message is written as it was read, padding of the header left out. */
  private static void assertRewritten(byte[] bytes, int at, int size, int checked, Writer writer) {
    byte[] written = new byte[600];
    assertThat(writer.write(written, 0)).isGreaterThanOrEqualTo(Math.min(size, 32));
    for (int i = 0; i < checked; i++) {
      boolean padding = i >= 4 && i < 8 || i >= 12 && i < 16;
      if (!padding) {
        assertThat(written[i]).as("byte " + i).isEqualTo(bytes[at + i]);
      }
    }
  }
}
