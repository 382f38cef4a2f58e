package org.ringward.core.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.ringward.core.base.NodeSet;

final class SealedLinkTest {
  private static final NodeSet NODES = NodeSet.of(1, 2, 3);
  private static final byte[] KEY = new byte[100];
  private static final int FRAME_MAX = 1_500;

  private final List<byte[]> sent = new ArrayList<>();
  private final SealedLink one = link(1, 7);
  private final SealedLink two = link(2, 7);

  private SealedLink link(int node, long incarnation) {
    return new SealedLink(
        "alpha",
        node,
        NODES,
        KEY,
        incarnation,
        FRAME_MAX,
        (_, datagram, offset, length) ->
            sent.add(Arrays.copyOfRange(datagram, offset, offset + length)));
  }

  private byte[] datagram(SealedLink from, String text) {
    byte[] frame = text.getBytes(StandardCharsets.US_ASCII);
    from.send(2, frame, frame.length);
    return sent.getLast();
  }

  private String open(SealedLink link, byte[] datagram) {
    return link.open(datagram, 0, datagram.length)
        ? new String(datagram, link.openedOffset(), link.openedLength(), StandardCharsets.US_ASCII)
        : "dropped";
  }

  @Test
  void whatIsSentIsOpened() {
    assertThat(open(two, datagram(one, "hello"))).isEqualTo("hello");
  }

  @Test
  void theSealIsHmacSha256() throws Exception {
    byte[] datagram = datagram(one, "hello");
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
    byte[] key = mac.doFinal("ringward link 1\0alpha".getBytes(StandardCharsets.UTF_8));
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    byte[] expected = mac.doFinal(Arrays.copyOf(datagram, datagram.length - 16));
    assertThat(Arrays.copyOfRange(datagram, datagram.length - 16, datagram.length))
        .isEqualTo(Arrays.copyOf(expected, 16));
  }

  @Test
  void everyChangedBitIsFound() {
    byte[] datagram = datagram(one, "hello");
    for (int bit = 0; bit < datagram.length * 8; bit++) {
      byte[] changed = datagram.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(open(two, changed)).as("bit " + bit).isEqualTo("dropped");
    }
    assertThat(open(two, datagram)).isEqualTo("hello");
  }

  @Test
  void dropsAreCountedByReason() {
    byte[] datagram = datagram(one, "hello");
    assertThat(two.open(datagram, 0, 40)).isFalse();
    assertThat(two.open(new byte[FRAME_MAX + 100], 0, FRAME_MAX + 41)).isFalse();
    assertThat(two.open(new byte[100], 0, 100)).isFalse();
    assertThat(one.open(datagram, 0, datagram.length)).isFalse();
    assertThat(two.open(datagram, 0, datagram.length - 1)).isFalse();
    assertThat(two.open(datagram, 0, datagram.length)).isTrue();
    assertThat(two.open(datagram, 0, datagram.length)).isFalse();
    assertThat(two.drops().get(LinkDrop.TOO_SHORT)).isEqualTo(1);
    assertThat(two.drops().get(LinkDrop.TOO_LONG)).isEqualTo(1);
    assertThat(two.drops().get(LinkDrop.WRONG_MAGIC)).isEqualTo(1);
    assertThat(one.drops().get(LinkDrop.OWN_SENDER)).isEqualTo(1);
    assertThat(two.drops().get(LinkDrop.BAD_SEAL)).isEqualTo(1);
    assertThat(two.drops().get(LinkDrop.REPLAYED)).isEqualTo(1);
  }

  @Test
  void aStrangerIsDropped() {
    SealedLink stranger =
        new SealedLink(
            "alpha", 9, NODES.with(9), KEY, 1, FRAME_MAX, (_, d, o, l) -> sent.add(d.clone()));
    stranger.send(2, new byte[20], 20);
    assertThat(two.open(sent.getLast(), 0, 60)).isFalse();
    assertThat(two.drops().get(LinkDrop.UNKNOWN_SENDER)).isEqualTo(1);
  }

  @Test
  void lateOnesAreAcceptedOnceUnlessTheyAreTooLate() {
    List<byte[]> datagrams = new ArrayList<>();
    for (int i = 0; i < 70; i++) {
      datagrams.add(datagram(one, "n" + i));
    }
    assertThat(open(two, datagrams.get(69))).isEqualTo("n69");
    assertThat(open(two, datagrams.get(6))).isEqualTo("n6");
    assertThat(open(two, datagrams.get(6))).isEqualTo("dropped");
    assertThat(open(two, datagrams.get(5))).isEqualTo("dropped");
    assertThat(open(two, datagrams.get(68))).isEqualTo("n68");
  }

  @Test
  void aRecordingOfAnEarlierLifeDoesNotShutOutTheLivingSender() {
    byte[] old = datagram(one, "old");
    assertThat(open(two, old)).isEqualTo("old");
    SealedLink reborn = link(1, 8);
    assertThat(open(two, datagram(reborn, "new"))).isEqualTo("new");
    assertThat(open(two, old)).isEqualTo("dropped");
    assertThat(open(two, datagram(reborn, "newer"))).isEqualTo("newer");
  }

  @Test
  void framesToSelfWaitInABoundedQueue() {
    for (int i = 0; i < 40; i++) {
      one.send(1, new byte[] {(byte) i}, 1);
    }
    assertThat(sent).isEmpty();
    assertThat(one.drops().get(LinkDrop.SELF_QUEUE_FULL)).isEqualTo(8);
    int count = 0;
    while (one.hasOwnFrames()) {
      assertThat(one.ownFrame()[0]).isEqualTo((byte) count++);
      assertThat(one.ownFrameLength()).isEqualTo(1);
      one.removeOwnFrame();
    }
    assertThat(count).isEqualTo(32);
  }
}
