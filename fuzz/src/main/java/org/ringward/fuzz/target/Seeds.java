package org.ringward.fuzz.target;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.ringward.core.wire.FrameKind;
import org.ringward.core.wire.GroupPrefix;
import org.ringward.core.wire.McastFrame;
import org.ringward.core.wire.PackedPayload;
import org.ringward.core.wire.ServiceHeader;
import org.ringward.fuzz.engine.Captures;

/** Valid inputs from the recorded rings of real corosync nodes. */
final class Seeds {
  private static final List<String> UDPU =
      List.of("udpu-form-leave-crash", "udpu-loss-recovery-merge", "udpu-services");
  private static final String KNET_CLEAR = "knet-clear";
  private static final String KNET_ENCRYPTED = "knet-aes256-sha256";

  /** Seeds of one kind; more say nothing new. */
  private static final int MOST = 200;

  private static final int MOST_OF_ID = 20;

  private final List<byte[]> frames = new ArrayList<>();
  private final List<byte[]> packets = new ArrayList<>();
  private final List<byte[]> blocks = new ArrayList<>();
  private final List<byte[]> messages = new ArrayList<>();
  private final List<byte[]> knetPackets;
  private final List<byte[]> knetDatagrams;

  Seeds(Captures captures) {
    for (String name : UDPU) {
      frames.addAll(captures.payloads(name));
    }
    frames.forEach(this::unpack);
    knetPackets = captures.payloads(KNET_CLEAR);
    knetDatagrams = captures.payloads(KNET_ENCRYPTED);
  }

  private void unpack(byte[] frame) {
    McastFrame mcast = new McastFrame();
    PackedPayload packet = new PackedPayload();
    if (!mcast.read(frame, 0, frame.length) || mcast.encapsulated != McastFrame.ORDINARY) {
      return;
    }
    packets.add(Arrays.copyOfRange(frame, mcast.payloadOffset, frame.length));
    if (packet.read(frame, mcast.payloadOffset, mcast.payloadLength, false)
        && packet.continuation == 0) {
      int at = packet.firstBlockOffset();
      for (int i = 0; i < packet.blocks; i++) {
        block(Arrays.copyOfRange(frame, at, at + packet.blockLength(i)));
        at += packet.blockLength(i);
      }
    }
  }

  private void block(byte[] block) {
    blocks.add(block);
    int prefix = GroupPrefix.lengthOf(block, 0, block.length, false);
    if (prefix > 0) {
      messages.add(Arrays.copyOfRange(block, prefix, block.length));
    }
  }

  /** Frames of Totem of all kinds. */
  List<byte[]> frames() {
    return some(frames);
  }

  List<byte[]> frames(FrameKind kind) {
    return some(
        frames.stream().filter(frame -> FrameKind.of(frame, 0, frame.length) == kind).toList());
  }

  /** Payloads of MCAST. */
  List<byte[]> packets() {
    return some(packets);
  }

  /** Whole messages with their prefix. */
  List<byte[]> blocks() {
    return some(blocks);
  }

  /** Messages of services and of the sync protocol; of every kind a few, ours among them. */
  List<byte[]> messages() {
    TreeMap<Integer, List<byte[]>> byId = new TreeMap<>();
    for (byte[] each : messages) {
      int id = ServiceHeader.id(each, 0, each.length, false);
      byId.computeIfAbsent(id, _ -> new ArrayList<>()).add(each);
    }
    List<byte[]> chosen = new ArrayList<>(Samples.messages());
    byId.values().forEach(ofId -> chosen.addAll(some(ofId).stream().limit(MOST_OF_ID).toList()));
    return chosen;
  }

  /** Packets of kronosnet as they are inside of encryption. */
  List<byte[]> knetPackets() {
    return some(knetPackets);
  }

  /** Encrypted packets. */
  List<byte[]> knetDatagrams() {
    return some(knetDatagrams);
  }

  /** Some of each length, then evenly. */
  private static List<byte[]> some(List<byte[]> all) {
    List<byte[]> chosen = new ArrayList<>();
    TreeSet<Integer> lengths = new TreeSet<>();
    for (byte[] each : all) {
      if (lengths.size() < MOST && lengths.add(each.length)) {
        chosen.add(each);
      }
    }
    int step = Math.max(1, all.size() / MOST);
    for (int i = 0; i < all.size() && chosen.size() < MOST; i += step) {
      chosen.add(all.get(i));
    }
    return chosen;
  }
}
