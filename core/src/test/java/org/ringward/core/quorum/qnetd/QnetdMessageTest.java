package org.ringward.core.quorum.qnetd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.ringward.core.base.NodeSet;

/** Bytes that corosync-qdevice and corosync-qnetd 3.0.3 sent each other. */
class QnetdMessageTest {
  private static final NodeSet BOTH = NodeSet.of(1, 2);

  private static String hex(QnetdMessage.Builder message) {
    return HexFormat.of().formatHex(message.build().encode());
  }

  private static QnetdMessage read(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    QnetdMessage message = QnetdMessage.read(bytes, 0, bytes.length);
    assertThat(message).as(hex).isNotNull();
    return message == null ? QnetdMessage.of(0).build() : message;
  }

  @Test
  void greeting() {
    assertThat(hex(QnetdMessage.of(QnetdMessage.PREINIT).uint32(0, 1).text(1, "witlab")))
        .isEqualTo("000000000012" + "0000000400000001" + "000100067769746c6162");
    assertThat(hex(QnetdMessage.of(QnetdMessage.START_TLS).uint32(0, 2)))
        .isEqualTo("000200000008" + "0000000400000002");
    QnetdMessage reply = read("000100000012" + "0000000400000001" + "0002000101" + "0003000101");
    assertThat(reply.type()).isEqualTo(QnetdMessage.PREINIT_REPLY);
    assertThat(reply.uint8(QnetdMessage.TLS)).isEqualTo(1);
    assertThat(reply.uint32(QnetdMessage.SEQUENCE)).isEqualTo(1);
  }

  @Test
  void init() {
    assertThat(
            hex(
                QnetdMessage.of(QnetdMessage.INIT)
                    .uint32(0, 2)
                    .upTo(4, QnetdMessage.TYPES)
                    .upTo(5, QnetdMessage.OPTION_COUNT)
                    .uint32(9, 1)
                    .uint16(11, 1)
                    .uint32(12, 8000)
                    .tieBreaker(0)
                    .ring(1, 9)))
        .isEqualTo(
            "000300000093"
                + "0000000400000002"
                + "00040024000000010002000300040005000600070008"
                + "0009000a000b000c000d000e000f00100011"
                + "00050030000000010002000300040005000600070008"
                + "0009000a000b000c000d000e000f00100011001200130014001500160017"
                + "0009000400000001"
                + "000b00020001"
                + "000c000400001f40"
                + "001500050100000000"
                + "000d000c000000010000000000000009");
    QnetdMessage reply =
        read(
            "000400000030"
                + "000600020000"
                + "0000000400000002"
                + "0007000400008000"
                + "0008000400008000"
                + "000a00080000000100020003"
                + "000600020011");
    assertThat(reply.uint16(QnetdMessage.ERROR)).as("the first counts").isZero();
    assertThat(reply.lists(QnetdMessage.ALGORITHMS, 3)).isTrue();
    assertThat(reply.lists(QnetdMessage.ALGORITHMS, 4)).isFalse();
  }

  @Test
  void tieBreakers() {
    assertThat(hex(QnetdMessage.of(3).tieBreaker(-1))).endsWith("001500050200000000");
    assertThat(hex(QnetdMessage.of(3).tieBreaker(7))).endsWith("001500050300000007");
  }

  @Test
  void nodeLists() {
    assertThat(hex(QnetdMessage.of(10).uint32(0, 4).uint8(18, 0).nodes(BOTH)))
        .isEqualTo(
            "000a00000025"
                + "0000000400000004"
                + "0012000100"
                + "001100080009000400000001"
                + "001100080009000400000002");
    assertThat(hex(QnetdMessage.of(10).uint32(0, 5).uint8(18, 2).ring(1, 9).nodes(BOTH)))
        .isEqualTo(
            "000a00000035"
                + "0000000400000005"
                + "0012000102"
                + "000d000c000000010000000000000009"
                + "001100080009000400000001"
                + "001100080009000400000002");
    assertThat(
            hex(
                QnetdMessage.of(10)
                    .uint32(0, 8)
                    .uint8(18, 3)
                    .uint8(20, 0)
                    .node(1, false)
                    .node(2, true)))
        .isEqualTo(
            "000a00000034"
                + "0000000400000008"
                + "0012000103"
                + "0014000100"
                + "0011000d00090004000000010010000102"
                + "0011000d00090004000000020010000101");
  }

  @Test
  void votes() {
    QnetdMessage info =
        read(
            "000e0000001d"
                + "0000000400000003"
                + "0013000101"
                + "000d000c00000001000000000000000d");
    assertThat(info.type()).isEqualTo(QnetdMessage.VOTE_INFO);
    assertThat(info.uint8(QnetdMessage.VOTE)).isEqualTo(1);
    assertThat(info.isOfRing(1, 13)).isTrue();
    assertThat(info.isOfRing(2, 13)).isFalse();
    assertThat(info.isOfRing(1, 9)).isFalse();
  }

  @Test
  void whatIsNoMessage() {
    for (String hex :
        new String[] {
          "", "000e0000001d", "000e00000003000000", "000e0000000500000001", "000effffffff00000000"
        }) {
      byte[] bytes = HexFormat.of().parseHex(hex);
      assertThat(QnetdMessage.read(bytes, 0, bytes.length)).as(hex).isNull();
    }
    QnetdMessage odd = read("000e00000009" + "0013000501020304" + "05");
    assertThat(odd.uint8(QnetdMessage.VOTE)).isEqualTo(-1);
    assertThat(odd.uint32(QnetdMessage.SEQUENCE)).isEqualTo(-1);
  }

  @Test
  void aStreamInPieces() {
    byte[] two =
        HexFormat.of().parseHex("0009000000080000000400000001" + "000f000000080000000400000002");
    QnetdStream stream = new QnetdStream();
    int messages = 0;
    for (byte each : two) {
      stream.put(new byte[] {each}, 1);
      for (QnetdMessage next = stream.take(); next != null; next = stream.take()) {
        assertThat(next.type()).isEqualTo(messages == 0 ? 9 : 15);
        messages++;
      }
    }
    assertThat(messages).isEqualTo(2);
    assertThat(stream.isEmpty()).isTrue();
    stream.put(HexFormat.of().parseHex("000900010000"), 6);
    assertThat(stream.take()).isNull();
    assertThat(stream.isBroken()).isTrue();
  }
}
