package org.ringward.fuzz.target;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ringward.core.group.ProcessGroups;
import org.ringward.core.group.RingStatus;
import org.ringward.core.wire.FrameKind;
import org.ringward.fuzz.engine.Target;
import org.ringward.fuzz.engine.Violation;

/**
 * A ring of three nodes at work, and an attacker who can send anything from any address. Input: a
 * byte (bits 0 to 2: what happens; bits 3 to 5: how many datagrams of the nodes arrive afterwards),
 * a byte that chooses (source and target, or the node that speaks), two bytes (a number), the rest
 * (a frame, or changes of five bytes each: place, kind, value).
 *
 * <p>Over udpu and over kronosnet without encryption everybody counts as a member, so the ring may
 * break; nothing may be thrown, and it must form again when the attack is over. With encryption the
 * attacker has no key, and nothing at all may happen.
 */
final class RingTarget implements Target {
  private static final int HEAD = 4;
  private static final int CHANGE = 5;
  private static final int DATAGRAM_MAX = 8_000;

  /** Messages after which a number of the beginning is far from the last one. */
  private static final int WINDOW = 4_200;

  private final String name;
  private final RingNet.Kind kind;
  private final List<byte[]> frames;
  private RingNet net;
  private int configurations;
  private long said;

  RingTarget(String name, RingNet.Kind kind, List<byte[]> frames) {
    this.name = name;
    this.kind = kind;
    this.frames = frames;
    this.net = new RingNet(kind);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<String> subjects() {
    return List.of(
        "org.ringward.core.totem.",
        "org.ringward.core.group.",
        "org.ringward.core.wire.",
        "org.ringward.core.link.");
  }

  /** Each frame as it is and with the ring's id; changes of what is sent; messages; time. */
  @Override
  public List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>();
    for (byte[] frame : frames) {
      if (frame.length + HEAD <= lengthMax()) {
        seeds.add(with(3, 1, 0, frame));
        seeds.add(with(4, 4, 0, frame));
      }
    }
    for (int i = 0; i < 64; i++) {
      seeds.add(with(i % 3, i, i, new byte[] {0, (byte) i, (byte) i, 0, 1}));
      seeds.add(with(5, i, i * 40, new byte[0]));
      seeds.add(with(6, i, i * 30, new byte[0]));
      seeds.add(with(7, i, i, new byte[0]));
    }
    return seeds;
  }

  private static byte[] with(int what, int choice, int number, byte[] rest) {
    byte[] input = new byte[HEAD + rest.length];
    input[0] = (byte) (what | 8);
    input[1] = (byte) choice;
    input[2] = (byte) (number >> 8);
    input[3] = (byte) number;
    System.arraycopy(rest, 0, input, HEAD, rest.length);
    return input;
  }

  @Override
  public int weight() {
    return 25;
  }

  @Override
  public int episode() {
    return 4_000;
  }

  @Override
  public int lengthMax() {
    return 4_096;
  }

  @Override
  public void begin() {
    net = new RingNet(kind);
    said = 0;
    Violation.unless(net.settle(20_000 * RingNet.MILLI), "no ring");
    if (kind == RingNet.Kind.KNET_ENCRYPTED) {
      talk(200);
      net = net.restarted(kind);
      Violation.unless(net.settle(20_000 * RingNet.MILLI), "no ring");
      talk(WINDOW);
    }
    net.run(100 * RingNet.MILLI);
    configurations = configurations();
  }

  /** Every node sends so many frames and more: old numbers are outside of the others' windows. */
  private void talk(int messages) {
    for (int i = 0; i < messages; i++) {
      for (RingNet.Node each : net.nodes) {
        said += net.say(each.id, 10) ? 1 : 0;
      }
      net.hops(9);
    }
    if (messages < WINDOW) {
      said = 0;
    }
  }

  private int configurations() {
    return net.nodes.stream().mapToInt(each -> each.configurations).sum();
  }

  @Override
  public int input(byte[] input) {
    if (input.length < HEAD) {
      return 0;
    }
    int choice = input[1] & 0xFF;
    int number = number(input, 2);
    byte[] rest = Arrays.copyOfRange(input, HEAD, input.length);
    int given = 1;
    switch (input[0] & 7) {
      case 0, 1, 2 -> attack(choice, changed(net.recent(number), rest));
      case 3 -> attack(choice, rest);
      case 4 -> attack(choice, aimed(rest, 1 + choice % 3));
      case 7 -> attack(choice, net.recent(number));
      case 5 -> {
        pass(number * 20_000L);
        given = 0;
      }
      default -> {
        said += net.say(1 + choice % 3, number % 5_000) ? 1 : 0;
        given = 0;
      }
    }
    net.hops((input[0] >> 3) & 7);
    return given;
  }

  private static int number(byte[] bytes, int at) {
    return ((bytes[at] & 0xFF) << 8) | (bytes[at + 1] & 0xFF);
  }

  /** With encryption nobody may be so late that the ring breaks by itself. */
  private void pass(long nanos) {
    if (kind == RingNet.Kind.KNET_ENCRYPTED) {
      net.run(nanos / 8);
    } else {
      net.pause(nanos);
    }
  }

  private void attack(int choice, byte[] datagram) {
    if (datagram.length <= DATAGRAM_MAX) {
      net.attack(choice / 12 % 2, choice / 3 % 4, 1 + choice % 3, datagram);
    }
  }

  /** A datagram of the nodes with some changes. */
  private static byte[] changed(byte[] original, byte[] changes) {
    byte[] bytes = original.clone();
    for (int at = 0; at + CHANGE <= changes.length && bytes.length > 0; at += CHANGE) {
      int place = number(changes, at) % bytes.length;
      int value = number(changes, at + 3);
      switch (changes[at + 2] & 7) {
        case 0 -> bytes[place] = (byte) value;
        case 1 -> bytes[place] ^= (byte) (1 << (value & 7));
        case 2 -> bytes[place] += (byte) ((value & 15) - 8);
        case 3 -> bytes = Arrays.copyOf(bytes, place);
        case 4 -> bytes = Arrays.copyOf(bytes, Math.min(DATAGRAM_MAX, bytes.length + value % 700));
        default -> put32(bytes, place, (short) value);
      }
    }
    return bytes;
  }

  /** A frame with the id of the ring the target is in. */
  private byte[] aimed(byte[] frame, int to) {
    FrameKind frameKind = FrameKind.of(frame, 0, frame.length);
    int at =
        switch (frameKind) {
          case null -> -1;
          case JOIN -> -1;
          case ORF_TOKEN -> 29;
          case MCAST -> 25;
          case MERGE_DETECT, COMMIT_TOKEN -> 17;
          case HOLD_CANCEL -> 13;
        };
    if (at >= 0 && frame.length >= at + 12) {
      ProcessGroups groups = net.node(to).groups;
      RingStatus status = groups.status();
      put32(frame, at, status.representative());
      put32(frame, at + 4, (int) status.sequence());
      put32(frame, at + 8, (int) (status.sequence() >> 32));
    }
    return frame;
  }

  private static void put32(byte[] bytes, int at, int value) {
    for (int i = 0; i < 4 && at + i < bytes.length; i++) {
      bytes[at + i] = (byte) (value >> (8 * i));
    }
  }

  @Override
  public void end() {
    if (kind == RingNet.Kind.KNET_ENCRYPTED) {
      net.run(2_000 * RingNet.MILLI);
      untouched();
    } else if (!net.settle(5_000 * RingNet.MILLI)) {
      // A member may have been made to wait for what nobody sends: a new ring ends that.
      net.pause(10_000 * RingNet.MILLI);
      if (!net.settle(60_000 * RingNet.MILLI)) {
        throw new Violation("the ring does not form again: " + net.describe());
      }
    }
  }

  /** No change of members, and every message once, everywhere in the same order. */
  private void untouched() {
    Violation.unless(net.settled(), "the ring is broken by someone without the key");
    Violation.unless(
        configurations() == configurations, "someone without the key made the ring form again");
    RingNet.Node first = net.node(1);
    for (RingNet.Node each : net.nodes) {
      Violation.unless(each.delivered == said, "messages were lost or repeated");
      Violation.unless(each.digest == first.digest, "the nodes differ in what they delivered");
    }
  }
}
