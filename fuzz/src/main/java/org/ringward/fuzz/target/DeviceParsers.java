package org.ringward.fuzz.target;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.NodeSet;
import org.ringward.core.quorum.qnetd.QnetdMessage;
import org.ringward.core.wire.WitnessCodec;
import org.ringward.core.wire.WitnessMessage;
import org.ringward.core.wire.WitnessMessage.Answer;
import org.ringward.core.wire.WitnessMessage.Enrol;
import org.ringward.core.wire.WitnessMessage.Enrolled;
import org.ringward.core.wire.WitnessMessage.Hello;
import org.ringward.core.wire.WitnessMessage.Refused;
import org.ringward.core.wire.WitnessMessage.Relay;
import org.ringward.core.wire.WitnessMessage.Relayed;
import org.ringward.core.wire.WitnessMessage.Report;
import org.ringward.core.wire.WitnessMessage.Verdict;
import org.ringward.core.wire.WitnessMessage.Welcome;
import org.ringward.fuzz.engine.Target;

/** The parsers of what quorum devices and nodes say to each other. */
final class DeviceParsers {
  /** What corosync-qnetd 3.0.3 said to node 1 of two, in order, without TLS. */
  static final List<byte[]> QNETD =
      Stream.of(
              "000100000012000000040000000100020001000003000101",
              "00040000002a000600020000000000040000000200070004000080000008000400008000"
                  + "000a00080000000100020003",
              "00070000000d00000004000000030017000101",
              "000b000000220000000400000004001200010"
                  + "0000d000c0000000100000000000000090013000103",
              "000e0000001d00000004000000010013000101000d000c000000010000000000000009",
              "000b0000002200000004000000050012000102000d000c0000000100000000000000090013000105",
              "0009000000080000000400000001",
              "000e0000001d00000004000000020013000102000d000c00000001000000000000000d",
              "00050000000e0000000400000008000600" + "02000e")
          .map(HexFormat.of()::parseHex)
          .toList();

  private static final byte[] BYTES = {1, 2, 3, 4, 5, 6, 7, 8};
  private static final NodeSet NODES = NodeSet.of(1, 2, 3);

  private DeviceParsers() {}

  static List<Target> all() {
    return List.of(
        new ParserTarget("qnetd-message", QnetdMessage.class, QNETD, DeviceParsers::qnetd),
        new ParserTarget(
            "witness-message", WitnessCodec.class, witnessMessages(), DeviceParsers::witness));
  }

  private static List<byte[]> witnessMessages() {
    return Stream.of(
            new Hello(WitnessMessage.VERSION, "alpha", 1, 7, 1, 0, true, 3000, 4, NODES),
            new Report(5, 4, 1, 8, true, false, 4, NODES),
            new Relay(2, BYTES),
            new Enrol(BYTES, "alpha", 1, BYTES),
            new Welcome(WitnessMessage.VERSION, "place"),
            new Verdict(5, Answer.VOTE, 3000, NODES, "it is the only side that asks"),
            new Refused("the token is used up"),
            new Relayed(3, BYTES),
            new Enrolled(List.of(BYTES, BYTES)))
        .map(WitnessCodec::encode)
        .map(framed -> Arrays.copyOfRange(framed, 2, framed.length))
        .toList();
  }

  private static ParserTarget.@Nullable Writer qnetd(
      byte[] bytes, int offset, int length, boolean big) {
    QnetdMessage message = QnetdMessage.read(bytes, offset, length);
    return message == null ? null : (target, at) -> put(message.encode(), 0, target, at);
  }

  private static ParserTarget.@Nullable Writer witness(
      byte[] bytes, int offset, int length, boolean big) {
    WitnessMessage message =
        WitnessCodec.decode(Arrays.copyOfRange(bytes, offset, offset + length));
    return message == null
        ? null
        : (target, at) -> put(WitnessCodec.encode(message), 2, target, at);
  }

  private static int put(byte[] from, int first, byte[] target, int at) {
    System.arraycopy(from, first, target, at, from.length - first);
    return from.length - first;
  }
}
