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

final class SealedTransportTest {
  private static final NodeSet NODES = NodeSet.of(1, 2, 3);
  private static final byte[] KEY = new byte[100];
  private static final int FRAME_MAX = 1_500;

  private final List<byte[]> sent = new ArrayList<>();
  private final SealedTransport one = link(1, 7);
  private final SealedTransport two = link(2, 7);

  private SealedTransport link(int node, long incarnation) {
    return new SealedTransport(
        "alpha",
        node,
        NODES,
        KEY,
        incarnation,
        FRAME_MAX,
        (_, _, datagram, offset, length) ->
            sent.add(Arrays.copyOfRange(datagram, offset, offset + length)));
  }

  private byte[] datagram(SealedTransport from, String text) {
    byte[] frame = text.getBytes(StandardCharsets.US_ASCII);
    from.send(2, frame, frame.length);
    return sent.getLast();
  }

  private static boolean received(SealedTransport link, byte[] datagram, int length) {
    return link.received(0, 0, datagram, 0, length, 0);
  }

  private String open(SealedTransport link, byte[] datagram) {
    return received(link, datagram, datagram.length)
        ? new String(
            link.frame(), link.frameOffset(), link.frameLength(), StandardCharsets.US_ASCII)
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
    assertThat(received(two, datagram, 40)).isFalse();
    assertThat(received(two, new byte[FRAME_MAX + 100], FRAME_MAX + 41)).isFalse();
    assertThat(received(two, new byte[100], 100)).isFalse();
    assertThat(received(one, datagram, datagram.length)).isFalse();
    assertThat(received(two, datagram, datagram.length - 1)).isFalse();
    assertThat(received(two, datagram, datagram.length)).isTrue();
    assertThat(received(two, datagram, datagram.length)).isFalse();
    assertThat(two.drops().get(LinkDrop.TOO_SHORT)).isEqualTo(1);
    assertThat(two.drops().get(LinkDrop.TOO_LONG)).isEqualTo(1);
    assertThat(two.drops().get(LinkDrop.WRONG_MAGIC)).isEqualTo(1);
    assertThat(one.drops().get(LinkDrop.OWN_SENDER)).isEqualTo(1);
    assertThat(two.drops().get(LinkDrop.BAD_SEAL)).isEqualTo(1);
    assertThat(two.drops().get(LinkDrop.REPLAYED)).isEqualTo(1);
  }

  @Test
  void aStrangerIsDropped() {
    SealedTransport stranger =
        new SealedTransport(
            "alpha", 9, NODES.with(9), KEY, 1, FRAME_MAX, (_, _, d, o, l) -> sent.add(d.clone()));
    stranger.send(2, new byte[20], 20);
    assertThat(received(two, sent.getLast(), 60)).isFalse();
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
    SealedTransport reborn = link(1, 8);
    assertThat(open(two, datagram(reborn, "new"))).isEqualTo("new");
    assertThat(open(two, old)).isEqualTo("dropped");
    assertThat(open(two, datagram(reborn, "newer"))).isEqualTo("newer");
  }
}
