package org.ringward.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Every frame of recorded rings of real corosync nodes is read, and written the same again. */
final class CaptureTest {
  static final List<String> CAPTURES = Capture.ALL;

  @ParameterizedTest
  @FieldSource("CAPTURES")
  void everyFrameIsReadAndWrittenTheSame(String name) {
    Map<FrameKind, Integer> kinds = new EnumMap<>(FrameKind.class);
    for (byte[] frame : Capture.payloads(name)) {
      FrameKind kind = Objects.requireNonNull(FrameKind.of(frame, 0, frame.length));
      kinds.merge(kind, 1, Integer::sum);
      byte[] written = new byte[70_000];
      int length = rewrite(kind, frame, written);
      assertSame(frame, written, length);
    }
    assertThat(kinds).containsOnlyKeys(FrameKind.values());
  }

  /** The target node id is garbage over UDP. */
  private static void assertSame(byte[] frame, byte[] written, int length) {
    byte[] expected = frame.clone();
    byte[] actual = Arrays.copyOf(written, length);
    Arrays.fill(expected, 9, 13, (byte) 0);
    assertThat(actual).isEqualTo(expected);
  }

  private static int rewrite(FrameKind kind, byte[] frame, byte[] written) {
    return switch (kind) {
      case ORF_TOKEN -> {
        OrfToken token = new OrfToken();
        assertThat(token.read(frame, 0, frame.length)).isTrue();
        yield token.write(written, 0);
      }
      case MCAST -> rewriteMessage(frame, 0, frame.length, written);
      case MERGE_DETECT ->
          Objects.requireNonNull(MergeDetectFrame.read(frame, 0, frame.length)).write(written, 0);
      case JOIN -> Objects.requireNonNull(JoinFrame.read(frame, 0, frame.length)).write(written, 0);
      case COMMIT_TOKEN ->
          Objects.requireNonNull(CommitTokenFrame.read(frame, 0, frame.length)).write(written, 0);
      case HOLD_CANCEL ->
          Objects.requireNonNull(HoldCancelFrame.read(frame, 0, frame.length)).write(written, 0);
    };
  }

  private static int rewriteMessage(byte[] frame, int offset, int length, byte[] written) {
    McastFrame message = new McastFrame();
    assertThat(message.read(frame, offset, length)).isTrue();
    assertThat(message.nodeId).isEqualTo(message.systemFrom);
    McastFrame.writeHeader(
        written,
        offset,
        message.encapsulated,
        message.systemFrom,
        message.seq,
        message.thisSeqno,
        message.ringRepresentative,
        message.ringSequence);
    int payload = message.payloadOffset;
    int payloadLength = message.payloadLength;
    if (message.encapsulated == McastFrame.RECOVERED) {
      rewriteMessage(frame, payload, payloadLength, written);
      System.arraycopy(frame, payload + 9, written, payload + 9, 4);
    } else {
      rewritePacket(frame, payload, payloadLength, written);
    }
    return offset + length;
  }

  private static void rewritePacket(byte[] frame, int offset, int length, byte[] written) {
    PackedPayload packet = new PackedPayload();
    assertThat(packet.read(frame, offset, length, false)).isTrue();
    PackedPayload.writeHeader(
        written, offset, packet.fragmented, packet.continuation, packet.blocks);
    for (int i = 0; i < packet.blocks; i++) {
      PackedPayload.writeBlockLength(written, offset, i, packet.blockLength(i));
    }
    int data = packet.firstBlockOffset();
    System.arraycopy(frame, data, written, data, offset + length - data);
  }
}
