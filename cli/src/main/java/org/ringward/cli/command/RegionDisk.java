package org.ringward.cli.command;

import static org.ringward.cli.terminal.Table.cell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ringward.cli.terminal.Environment;
import org.ringward.cli.terminal.Palette.Tone;
import org.ringward.cli.terminal.Table;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.wire.DiskBlock;
import org.ringward.core.wire.DiskHeader;
import org.ringward.core.wire.HeartbeatFrame;
import org.ringward.core.wire.QuorumSlot;
import org.ringward.core.wire.SbdDisk;
import org.ringward.ring.store.BlockFile;

/** Looks at the region of a shared disk, once or again and again, and says what changed. */
final class RegionDisk implements AutoCloseable {
  private static final int SLOTS = DiskBlock.NODES_MOST + 1;

  private static final int SLOTS_AT_ONCE = 16;

  private final Environment environment;
  private final Path device;
  private final BlockFile disk;
  private final long base;
  private final byte[] bytes = new byte[SLOTS * DiskBlock.BYTES];
  private final long[] sequences = new long[SLOTS];

  RegionDisk(Environment environment, Path device, boolean sbd) throws IOException {
    this.environment = environment;
    this.device = device;
    this.disk = BlockFile.open(device, bytes.length, false);
    this.base = sbd ? DiskHeader.BEHIND_SBD : DiskHeader.AT_THE_BEGINNING;
  }

  /** The sentence for a disk that cannot be opened or read. */
  static OperatorException unreadable(Path device, IOException cause) {
    if (Files.notExists(device)) {
      return new OperatorException(
          ExitCode.NO_INPUT, "There is no device or file %s.".formatted(device));
    }
    if (!Files.isReadable(device)) {
      return new OperatorException(
          ExitCode.NO_PERMISSION, "You may not read %s: become root.".formatted(device));
    }
    return new OperatorException(ExitCode.IO_ERROR, "reading failed: " + cause.getMessage());
  }

  /** Reads it and shows what is there. */
  void show() throws IOException {
    int length = disk.read(base, bytes, bytes.length);
    if (length < bytes.length) {
      throw new IOException(device + " has only " + length + " of " + bytes.length + " bytes");
    }
    sbdLines().forEach(environment.output()::println);
    environment.output().println(header(bytes));
    lines(bytes).forEach(environment.output()::println);
    long generation = DiskBlock.generation(bytes, 0);
    boolean hasSecondHalf =
        disk.read(base + (long) DiskBlock.FURTHER * DiskBlock.BYTES, bytes, bytes.length)
            == bytes.length;
    if (hasSecondHalf) {
      quorumLines(generation).forEach(environment.output()::println);
    }
    environment.output().flush();
  }

  /** What sbd has at the beginning of the disk, empty when that is nothing of sbd's. */
  private List<String> sbdLines() throws IOException {
    byte[] first = new byte[SbdDisk.HEADER_BYTES];
    int length = disk.read(0, first, first.length);
    if (length < first.length || !SbdDisk.isHeader(first)) {
      return List.of();
    }
    String refusal = SbdDisk.refusal(first);
    if (!refusal.isEmpty()) {
      return List.of("sbd: " + refusal);
    }
    SbdDisk.Header header = SbdDisk.header(first);
    List<String> lines = new ArrayList<>();
    lines.add(
        "sbd disk %s, %d slots, sectors of %d bytes; watchdog %d s, loop %d s, msgwait %d s"
            .formatted(
                header.uuid(),
                header.slots(),
                header.sectorBytes(),
                header.watchdog(),
                header.loop(),
                header.msgwait()));
    Table table = new Table("  ");
    for (int slot = 0; slot < header.slots(); slot += SLOTS_AT_ONCE) {
      sbdRows(header, slot, Math.min(SLOTS_AT_ONCE, header.slots() - slot), table);
    }
    lines.addAll(table.lines(environment.palette()));
    return lines;
  }

  private void sbdRows(SbdDisk.Header header, int first, int count, Table table)
      throws IOException {
    byte[] sectors = new byte[2 * count * header.sectorBytes()];
    disk.read(header.slot(first), sectors, sectors.length);
    for (int index = 0; index < count; index++) {
      int at = 2 * index * header.sectorBytes();
      if (SbdDisk.isUsed(sectors, at)) {
        int mailbox = at + header.sectorBytes();
        table.row(
            cell(Tone.NAME, "slot " + (first + index)),
            cell(SbdDisk.name(sectors, at)),
            cell(SbdDisk.message(sectors, mailbox).word()),
            cell(SbdDisk.name(sectors, mailbox)));
      }
    }
  }

  @Override
  public void close() throws IOException {
    disk.close();
  }

  private static String header(byte[] bytes) {
    return switch (DiskBlock.form(bytes, 0)) {
      case EMPTY -> "not formatted (zeros)";
      case FOREIGN -> "not formatted: something else is on it";
      case TORN -> "the header is damaged";
      case WRONG_VERSION -> "the format is of another version";
      case WELL_FORMED ->
          DiskBlock.type(bytes, 0) == DiskBlock.HEADER && DiskHeader.fits(bytes, 0)
              ? "heartbeat region of cluster %s, format %016x of %s"
                  .formatted(
                      DiskHeader.clusterName(bytes, 0),
                      DiskBlock.generation(bytes, 0),
                      Instant.ofEpochMilli(DiskHeader.wallMillis(bytes, 0)))
              : "the header is of another form";
    };
  }

  private List<String> lines(byte[] bytes) {
    Table table = new Table("  ");
    HeartbeatFrame frame = new HeartbeatFrame();
    for (int slot = 1; slot < SLOTS; slot++) {
      int at = slot * DiskBlock.BYTES;
      DiskBlock.Form form = DiskBlock.form(bytes, at);
      if (form == DiskBlock.Form.EMPTY) {
        continue;
      }
      boolean read =
          form == DiskBlock.Form.WELL_FORMED
              && frame.wrap(bytes, DiskBlock.content(at), DiskBlock.length(bytes, at))
                  == HeartbeatFrame.Form.WELL_FORMED;
      if (!read) {
        table.row(cell(Tone.NAME, "slot " + slot), cell(Tone.BAD, "damaged or of another form"));
        continue;
      }
      boolean old = DiskBlock.generation(bytes, at) != DiskBlock.generation(bytes, 0);
      String news = news(slot, frame.sequence());
      table.row(
          cell(Tone.NAME, "node " + frame.node()),
          cell("life %x".formatted(frame.incarnation())),
          cell("heartbeat " + frame.sequence()),
          cell(
              "every %d ms, lost after %d ms"
                  .formatted(frame.keepaliveMillis(), frame.deadtimeMillis())),
          cell(frame.has(HeartbeatFrame.QUORATE) ? "quorate" : "not quorate"),
          cell(frame.has(HeartbeatFrame.LEAVING) ? "leaving" : ""),
          cell(Tone.NOTICE, old ? "of an earlier format" : news));
    }
    return table.lines(environment.palette());
  }

  /** The blocks of a quorum disk. */
  private List<String> quorumLines(long generation) {
    Table table = new Table("  ");
    boolean any = false;
    for (int slot = 1; slot < SLOTS; slot++) {
      int at = slot * DiskBlock.BYTES;
      DiskBlock.Form form = DiskBlock.form(bytes, at);
      if (form == DiskBlock.Form.EMPTY) {
        continue;
      }
      any = true;
      if (form != DiskBlock.Form.WELL_FORMED || !QuorumSlot.fits(bytes, at)) {
        table.row(cell(Tone.NAME, "quorum " + slot), cell(Tone.BAD, "damaged or of another form"));
        continue;
      }
      QuorumSlot block = QuorumSlot.read(bytes, at);
      boolean old = DiskBlock.generation(bytes, at) != generation;
      table.row(
          cell(Tone.NAME, "quorum, node " + DiskBlock.node(bytes, at)),
          cell("life %x".formatted(block.incarnation())),
          cell("beat " + block.beat()),
          cell(block.state().name().toLowerCase(Locale.ROOT)),
          cell(
              "ring %d/%x of nodes %s"
                  .formatted(block.representative(), block.sequence(), block.members())),
          cell("score %d of %d".formatted(block.score(), block.maxScore())),
          cell(Tone.NOTICE, old ? "of an earlier format" : ""));
    }
    return any ? table.lines(environment.palette()) : List.of();
  }

  private String news(int slot, long sequence) {
    long before = sequences[slot];
    sequences[slot] = sequence;
    return before == 0 ? "" : before == sequence ? "no change" : "+" + (sequence - before);
  }
}
