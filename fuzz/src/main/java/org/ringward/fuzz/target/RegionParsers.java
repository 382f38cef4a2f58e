package org.ringward.fuzz.target;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.NodeSet;
import org.ringward.core.wire.DiskBlock;
import org.ringward.core.wire.DiskHeader;
import org.ringward.core.wire.HeartbeatFrame;
import org.ringward.core.wire.HeartbeatWriter;
import org.ringward.core.wire.QuorumSlot;
import org.ringward.core.wire.SbdDisk;
import org.ringward.core.wire.SerialFraming;
import org.ringward.fuzz.engine.Target;
import org.ringward.fuzz.engine.Violation;

/** The parsers of what comes over heartbeat regions: networks, serial lines, shared disks. */
final class RegionParsers {
  private static final int[] NODES = {1, 2, 3};
  private static final int NODE = 2;
  private static final byte[] MESSAGE = "let-go 2f 10".getBytes(StandardCharsets.US_ASCII);
  private static final int SECTOR = 512;

  private RegionParsers() {}

  static List<Target> all() {
    return List.of(
        new ParserTarget(
            "heartbeat", HeartbeatFrame.class, List.of(heartbeat()), RegionParsers::heartbeat),
        new ParserTarget("serial", SerialFraming.class, serialLines(), RegionParsers::serial),
        new ParserTarget("disk-block", DiskBlock.class, blocks(), RegionParsers::block)
            .with(QuorumSlot.class),
        new ParserTarget("sbd-disk", SbdDisk.class, sectors(), RegionParsers::sbd));
  }

  private static byte[] heartbeat() {
    HeartbeatWriter writer = new HeartbeatWriter(HeartbeatFrame.hash("alpha"), NODE, 47, NODES);
    writer.begin(HeartbeatFrame.regionHash("san"), 9, HeartbeatFrame.QUORATE);
    writer.times(12_000, 200, 2000, 30, 4000);
    writer.ack(1, 46, 3);
    writer.message(1, 4, MESSAGE);
    writer.view(HeartbeatFrame.regionHash("lan"));
    writer.sees(1);
    int length = writer.seal(HeartbeatFrame.code(MESSAGE));
    return Arrays.copyOf(writer.bytes(), length);
  }

  /** All that a region asks a frame once it is found well formed. */
  private static ParserTarget.@Nullable Writer heartbeat(
      byte[] bytes, int offset, int length, boolean big) {
    HeartbeatFrame frame = new HeartbeatFrame();
    if (frame.wrap(bytes, offset, length) != HeartbeatFrame.Form.WELL_FORMED) {
      return null;
    }
    frame.isAuthentic(HeartbeatFrame.code(MESSAGE));
    for (int ack = 0; ack < frame.ackCount(); ack++) {
      frame.ackNode(ack);
      frame.ackIncarnation(ack);
      frame.ackNumber(ack);
    }
    int message = frame.firstMessage();
    for (int left = frame.messageCount(); left > 0; left--) {
      int end = frame.messageOffset(message) + frame.messageLength(message);
      Violation.unless(end <= offset + length, "a message ends behind its frame");
      message = frame.nextMessage(message);
    }
    for (int view = 0; view < frame.viewCount(); view++) {
      frame.viewRegion(view);
      for (int place = 0; place < 8 * frame.viewBytes() + 1; place++) {
        frame.viewSees(view, place);
      }
    }
    return null;
  }

  private static List<byte[]> serialLines() {
    byte[] heartbeat = heartbeat();
    byte[] line = new byte[2 * SerialFraming.ENCODED_MAX];
    int first = SerialFraming.encode(heartbeat, 0, heartbeat.length, line);
    byte[] one = Arrays.copyOf(line, first);
    System.arraycopy(one, 0, line, first, first);
    return List.of(one, Arrays.copyOf(line, 2 * first));
  }

  private static ParserTarget.@Nullable Writer serial(
      byte[] bytes, int offset, int length, boolean big) {
    SerialFraming line = new SerialFraming();
    for (int at = offset; at < offset + length; at++) {
      if (line.take(bytes[at])) {
        int content = line.contentLength();
        Violation.unless(
            content > 0 && content <= SerialFraming.CONTENT_MAX, "a content of impossible length");
        Violation.unless(
            content <= line.content().length, "a content that is longer than its array");
      }
    }
    Violation.unless(line.noise() <= length, "more noise than bytes");
    return null;
  }

  private static List<byte[]> blocks() {
    byte[] slot = new byte[QuorumSlot.LENGTH];
    new QuorumSlot(
            47,
            9,
            QuorumSlot.State.RUN,
            1,
            12,
            NodeSet.of(NODES),
            1,
            1,
            12,
            new QuorumSlot.Voted(8, NodeSet.of(1, NODE), 3, 4))
        .put(slot);
    byte[] quorum = new byte[DiskBlock.BYTES];
    DiskBlock.seal(quorum, DiskBlock.QUORUM, 5, NODE, slot, 0, slot.length);
    byte[] heartbeat = heartbeat();
    byte[] beat = new byte[DiskBlock.BYTES];
    DiskBlock.seal(beat, DiskBlock.HEARTBEAT, 5, NODE, heartbeat, 0, heartbeat.length);
    return List.of(
        Arrays.copyOf(DiskHeader.block("alpha", 5, 1_000_000), SECTOR),
        Arrays.copyOf(quorum, SECTOR),
        Arrays.copyOf(beat, SECTOR));
  }

  /** A damaged block has a wrong checksum: it is read as if the checksum were right, too. */
  private static ParserTarget.@Nullable Writer block(
      byte[] bytes, int offset, int length, boolean big) {
    byte[] block = Arrays.copyOf(Arrays.copyOfRange(bytes, offset, offset + length), SECTOR);
    boolean fits = DiskBlock.form(block, 0) == DiskBlock.Form.WELL_FORMED;
    fits |= DiskBlock.length(block, 0) <= DiskBlock.CONTENT_MAX;
    if (!fits) {
      return null;
    }
    if (DiskHeader.fits(block, 0)) {
      DiskHeader.cluster(block, 0);
      DiskHeader.clusterName(block, 0);
    }
    if (!QuorumSlot.fits(block, 0)) {
      return null;
    }
    QuorumSlot slot = QuorumSlot.read(block, 0);
    return (target, at) -> {
      byte[] content = new byte[QuorumSlot.LENGTH];
      slot.put(content);
      byte[] written = new byte[DiskBlock.BYTES];
      DiskBlock.seal(written, DiskBlock.QUORUM, 5, NODE, content, 0, content.length);
      System.arraycopy(written, 0, target, at, SECTOR);
      return SECTOR;
    };
  }

  private static List<byte[]> sectors() {
    return List.of(
        SbdDisk.headerSector(new SbdDisk.Header(255, SECTOR, 5, 2, 1, 10, new UUID(1, 2))),
        SbdDisk.slotSector("n1", SECTOR),
        SbdDisk.mailboxSector(SbdDisk.Message.RESET, "n2", SECTOR));
  }

  private static ParserTarget.@Nullable Writer sbd(
      byte[] bytes, int offset, int length, boolean big) {
    byte[] sector = Arrays.copyOf(Arrays.copyOfRange(bytes, offset, offset + length), SECTOR);
    if (SbdDisk.refusal(sector).isEmpty()) {
      SbdDisk.Header header = SbdDisk.header(sector);
      Violation.unless(
          header.slot(header.slots()) > 0 && header.bytes() <= 511L * header.sectorBytes(),
          "slots outside of what sbd can have");
    }
    SbdDisk.message(sector, 0);
    if (SbdDisk.isUsed(sector, 0)) {
      SbdDisk.name(sector, 0);
    }
    return null;
  }
}
