package org.ringward.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.ringward.core.base.NodeSet;

/** The frames of reference/totem-srp.md, section 2, and totem-pg-sync-services.md, section 12. */
final class GoldenFramesTest {
  private final byte[] written = new byte[2_000];

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
  }

  /** What was written is the golden frame, but for the target node id. */
  private void assertWritten(byte[] golden, int length) {
    byte[] expected = golden.clone();
    Arrays.fill(expected, 9, 13, (byte) 0);
    assertThat(Arrays.copyOf(written, length)).isEqualTo(expected);
  }

  @Test
  void join() {
    byte[] alone =
        hex("70c00303000200000000000000 02000000 01000000 00000000 0100000000000000 02000000");
    JoinFrame read = Objects.requireNonNull(JoinFrame.read(alone, 0, alone.length));
    assertThat(read.systemFrom()).isEqualTo(2);
    assertThat(read.ringSequence()).isEqualTo(1);
    assertThat(read.processorSet()).isEqualTo(NodeSet.of(2));
    assertWritten(alone, read.write(written, 0));

    byte[] three =
        hex(
            """
            70c003030003000000340294e8 03000000 03000000 01000000 0d00000000000000
            010000000200000003000000 02000000\
            """);
    read = Objects.requireNonNull(JoinFrame.read(three, 0, three.length));
    assertThat(read.processorSet()).isEqualTo(NodeSet.of(1, 2, 3));
    assertThat(read.failedSet()).isEqualTo(NodeSet.of(2));
    assertThat(read.leaving()).isFalse();
    assertWritten(three, read.write(written, 0));
  }

  @Test
  void leave() {
    byte[] golden =
        hex(
            """
            70c00303000000000000000000 03000000 01000000 01000000 1100000000000000
            01000000 03000000\
            """);
    JoinFrame read = Objects.requireNonNull(JoinFrame.read(golden, 0, golden.length));
    assertThat(read.leaving()).isTrue();
    assertThat(read.systemFrom()).isEqualTo(3);
    assertWritten(golden, read.write(written, 0));
  }

  @Test
  void commitToken() {
    byte[] golden =
        hex(
            """
            70c00304000100000000000000 01000000 010000000900000000000000 00000000 01000000 02000000
            0100000002000000 010000000500000000000000 08000000 08000000 01000000
            000000000000000000000000000000000000000000000000\
            """);
    CommitTokenFrame read = Objects.requireNonNull(CommitTokenFrame.read(golden, 0, golden.length));
    assertThat(read.ringSequence).isEqualTo(9);
    assertThat(read.memberIndex).isEqualTo(1);
    assertThat(read.memberSet()).isEqualTo(NodeSet.of(1, 2));
    assertThat(read.entry(0)).isEqualTo(new CommitTokenFrame.MemberEntry(1, 5, 8, 8, true));
    assertWritten(golden, read.write(written, 0));
  }

  @Test
  void orfToken() {
    byte[] first =
        hex(
            """
            70c00300000100000000000002 00000000 00000000 ffffffff 01000000 010000000900000000000000
            00000000 00000000 00000000 00000000\
            """);
    OrfToken token = new OrfToken();
    token.begin(1, 9, 0);
    assertWritten(first, token.write(written, 0));

    byte[] asking =
        hex(
            """
            70c00300000200000000000002 53000000 be000000 51000000 02000000 010000005500000000000000
            00000000 00000000 00000000 02000000
            010000005500000000000000 52000000 010000005500000000000000 53000000\
            """);
    assertThat(token.read(asking, 0, asking.length)).isTrue();
    assertThat(token.requests()).isEqualTo(2);
    assertThat(token.isRequested(0x52)).isTrue();
    assertThat(token.isRequested(0x54)).isFalse();
    assertWritten(asking, token.write(written, 0));
    token.removeRequest(0);
    token.request(0x54);
    assertThat(token.requestSeq(0)).isEqualTo(0x53);
    assertThat(token.isRequested(0x54)).isTrue();
  }

  @Test
  void mergeDetectAndHoldCancel() {
    byte[] merge = hex("70c0030200010000 00ab689e81 01000000 010000000900000000000000");
    MergeDetectFrame read = Objects.requireNonNull(MergeDetectFrame.read(merge, 0, merge.length));
    assertThat(read).isEqualTo(new MergeDetectFrame(1, 1, 9));
    assertWritten(merge, read.write(written, 0));

    byte[] hold = hex("70c00305000200000000000000 010000001a00000000000000");
    HoldCancelFrame cancel = Objects.requireNonNull(HoldCancelFrame.read(hold, 0, hold.length));
    assertThat(cancel).isEqualTo(new HoldCancelFrame(2, 1, 0x1a));
    assertWritten(hold, cancel.write(written, 0));
  }

  @Test
  void barrierInAPacketInAMessage() {
    byte[] golden =
        hex(
            """
            70c00301020200000000000000 02000000 06000000 05000000 020000000500000000000000
            00000000 00000000 0000 0000 00 00 0100 2800 0100 0400 73796e63
            00000000 00000000 20000000 00000000 02000000 0500000000000000 00000000\
            """);
    McastFrame.writeHeader(written, 0, McastFrame.ORDINARY, 2, 6, 5, 2, 5);
    int at = McastFrame.HEADER_LENGTH;
    PackedPayload.writeHeader(written, at, 0, 0, 1);
    PackedPayload.writeBlockLength(written, at, 0, 40);
    at += 10;
    at += GroupPrefix.SYNC.write(written, at);
    at += new SyncBarrier(2, 5).write(written, at);
    assertWritten(golden, at);
  }

  @Test
  void recoveredMessage() {
    byte[] golden =
        hex(
            """
            70c00301010200000000000000 02000000 01000000 08000000 01000000a400000000000000
            00000000 00000000
            70c00301020100000000000000 01000000 28000000 20000000 01000000a000000000000000
            00000000 00000000 00\
            """);
    McastFrame outer = new McastFrame();
    assertThat(outer.read(golden, 0, golden.length)).isTrue();
    assertThat(outer.encapsulated).isEqualTo(McastFrame.RECOVERED);
    assertThat(outer.ringSequence).isEqualTo(0xa4);
    McastFrame inner = new McastFrame();
    assertThat(inner.read(golden, outer.payloadOffset, outer.payloadLength)).isTrue();
    assertThat(inner.seq).isEqualTo(0x28);
    assertThat(inner.systemFrom).isEqualTo(1);
    assertThat(inner.ringSequence).isEqualTo(0xa0);
  }

  @Test
  void processJoin() {
    byte[] golden =
        Arrays.copyOf(
            hex("00000200 00000000 a8000000 00000000 07000000 00000000 77697265677270"), 168);
    System.arraycopy(hex("0c320000 00000000 01000000 00000000"), 0, golden, 152, 16);
    CpgProcessChange read =
        Objects.requireNonNull(CpgProcessChange.read(golden, 0, golden.length, false));
    assertThat(read).isEqualTo(new CpgProcessChange(true, "wiregrp", 0x320c, 1));
    assertThat(read.write(written, 0)).isEqualTo(168);
    assertThat(Arrays.copyOf(written, 168)).isEqualTo(golden);
  }

  @Test
  void joinList() {
    byte[] golden =
        Arrays.copyOf(
            hex(
                """
                02000200 00000000 a8000000 00000000 00000000 00000000
                0c320000 00000000 07000000 00000000 77697265677270\
                """),
            168);
    CpgJoinList read = Objects.requireNonNull(CpgJoinList.read(golden, 0, golden.length, false));
    assertThat(read.entries()).containsExactly(new CpgJoinList.Entry(0x320c, "wiregrp"));
    assertThat(read.write(written, 0)).isEqualTo(168);
    assertThat(Arrays.copyOf(written, 168)).isEqualTo(golden);
  }

  @Test
  void nodeInfo() {
    byte[] golden = hex("00000500 00000000 20000000 00000000 02000000 01000000 03000000 08000000");
    VoteQuorumNodeInfo read =
        Objects.requireNonNull(VoteQuorumNodeInfo.read(golden, 0, golden.length, false));
    assertThat(read).isEqualTo(new VoteQuorumNodeInfo(2, 1, 3, VoteQuorumNodeInfo.FLAG_FIRST));
    assertThat(read.write(written, 0)).isEqualTo(32);
    assertThat(Arrays.copyOf(written, 32)).isEqualTo(golden);
  }

  @Test
  void configurationVersion() {
    byte[] golden =
        Arrays.copyOf(
            hex(
                """
                00000000 00000000 48010000 00000000 0000000000000000 0100000000000000
                0000000000000000 0000000000000000 1400000000000000
                746f74656d2e636f6e6669675f76657273696f6e\
                """),
            328);
    assertThat(CmapVersion.read(golden, 0, 328, false)).isEqualTo(new CmapVersion(0));
    assertThat(new CmapVersion(0).write(written, 0)).isEqualTo(328);
    assertThat(Arrays.copyOf(written, 328)).isEqualTo(golden);
    assertThat(new CmapVersion(7).write(written, 0)).isEqualTo(336);
    assertThat(CmapVersion.read(written, 0, 336, false)).isEqualTo(new CmapVersion(7));
  }

  @Test
  void serviceBuild() {
    byte[] golden =
        Arrays.copyOf(
            hex(
                """
                01000000 00000000 28020000 00000000 02000000 1200000000000000 00000000
                04000000 00000000 00000000 02000000 03000000 05000000\
                """),
            552);
    SyncServiceBuild read =
        Objects.requireNonNull(SyncServiceBuild.read(golden, 0, golden.length, false));
    assertThat(read.services()).containsExactly(0, 2, 3, 5);
    assertThat(read.write(written, 0)).isEqualTo(552);
    assertThat(Arrays.copyOf(written, 552)).isEqualTo(golden);
  }

  @Test
  void aBigEndianPeerIsRead() {
    byte[] merge = hex("c070030200 00000001 00000000 00000001 00000001 0000000000000009");
    assertThat(MergeDetectFrame.read(merge, 0, merge.length))
        .isEqualTo(new MergeDetectFrame(1, 1, 9));
    byte[] join =
        hex("c070030300 00000002 00000000 00000002 00000001 00000000 0000000000000001 00000002");
    JoinFrame read = Objects.requireNonNull(JoinFrame.read(join, 0, join.length));
    assertThat(read.processorSet()).isEqualTo(NodeSet.of(2));
  }

  @Test
  void badHeadersAreRejected() {
    byte[] merge = hex("70c0030200010000 0000000000 01000000 010000000900000000000000");
    for (int length = 0; length < merge.length; length++) {
      assertThat(MergeDetectFrame.read(merge, 0, length)).isNull();
    }
    byte[] version = merge.clone();
    version[2] = 2;
    assertThat(FrameKind.of(version, 0, version.length)).isNull();
    byte[] type = merge.clone();
    type[3] = 6;
    assertThat(FrameKind.of(type, 0, type.length)).isNull();
    byte[] magic = merge.clone();
    magic[0] = magic[1] = (byte) 0xFF;
    assertThat(FrameKind.of(magic, 0, magic.length)).isNull();
  }
}
