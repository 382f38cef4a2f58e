package org.ringward.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.wire.DiskBlock;
import org.ringward.core.wire.DiskHeader;
import org.ringward.core.wire.SbdDisk;
import org.ringward.ring.settings.ConfigurationFile;
import org.ringward.ring.store.BlockFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "format",
    header = "Make a heartbeat region on a shared disk.",
    description = {
      "Writes the header of a region and empties all slots (2 MiB). A disk that has something on it"
          + " is refused without --force; with --sbd the region lies behind the slots of sbd,"
          + " which stay as they are, or are made where the disk begins with zeros.",
      "Daemons that use the disk go on with the new format."
    },
    footer = {
      "Examples:",
      "  ringward region format /dev/disk/by-id/scsi-1",
      "  ringward region format --sbd --cluster demo /dev/sdb"
    })
final class RegionFormatCommand implements Callable<Integer> {
  private final Environment environment;

  @Parameters(paramLabel = "DEVICE", description = "The block device, or a file.")
  private Path device = Path.of("");

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The node file that names the cluster (default: ${DEFAULT-VALUE}).",
      defaultValue = "/etc/ringward/ringward.yaml")
  private Path config = Path.of("");

  @Option(
      names = "--cluster",
      paramLabel = "NAME",
      description = "The cluster the region is for, in place of that of the node file.")
  private @Nullable String cluster;

  @Option(names = "--sbd", description = "Behind the slots of sbd.")
  private boolean sbd;

  @Option(
      names = "--msgwait",
      paramLabel = "SECONDS",
      description =
          "Where sbd's slots are made: so long after a message its receiver is off (default:"
              + " ${DEFAULT-VALUE}); at least watchdog.timeout + 4.",
      defaultValue = "30")
  private int msgwait = 30;

  @Option(names = "--force", description = "Also when there is something on it.")
  private boolean force;

  private boolean madeSlots;

  @Mixin private OutputOption output = new OutputOption();

  RegionFormatCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    String given = cluster;
    String name = given == null ? ConfigurationFile.read(config).settings().clusterName() : given;
    try (BlockFile disk = BlockFile.open(device, DiskBlock.BYTES, true)) {
      format(disk, name);
    } catch (IOException e) {
      throw new OperatorException(ExitCode.IO_ERROR, "formatting failed: " + e.getMessage());
    }
    output.say(
        environment,
        device
            + " has a heartbeat region of cluster "
            + name
            + ", without a node in it"
            + (madeSlots ? ", behind sbd's slots, msgwait " + msgwait + " s" : ""));
    return 0;
  }

  private void format(BlockFile disk, String name) throws IOException {
    long base = sbd ? DiskHeader.BEHIND_SBD : DiskHeader.AT_THE_BEGINNING;
    long needed = base + (long) DiskBlock.BLOCKS * DiskBlock.BYTES;
    if (!BlockFile.isDevice(device) && disk.size() < needed) {
      throw new IOException(device + " has " + disk.size() + " bytes; " + needed + " are needed");
    }
    if (sbd) {
      prepareSbd(disk);
    }
    byte[] block = new byte[DiskBlock.BYTES];
    disk.read(base, block, block.length);
    refuseUsed(block);
    byte[] empty = new byte[DiskBlock.BYTES];
    for (int number = 1; number < DiskBlock.BLOCKS; number++) {
      disk.write(base + (long) number * DiskBlock.BYTES, empty, 0, empty.length);
    }
    long generation = new SecureRandom().nextLong();
    byte[] header = DiskHeader.block(name, generation, System.currentTimeMillis());
    disk.write(base, header, 0, header.length);
  }

  /** Leaves sbd's slots alone, or makes them as sbd itself does. */
  private void prepareSbd(BlockFile disk) throws IOException {
    byte[] first = new byte[SbdDisk.HEADER_BYTES];
    disk.read(0, first, first.length);
    if (SbdDisk.isHeader(first)) {
      String refusal = SbdDisk.refusal(first);
      if (!refusal.isEmpty()) {
        throw new IOException(device + ": " + refusal);
      }
      return;
    }
    if (!Arrays.equals(first, new byte[SbdDisk.HEADER_BYTES])) {
      throw new IOException(device + " begins with something else than sbd's header or zeros");
    }
    int sector = disk.sectorBytes();
    SbdDisk.Header header =
        new SbdDisk.Header(
            SbdDisk.SLOTS, sector, Math.max(1, msgwait / 2), 2, 1, msgwait, UUID.randomUUID());
    byte[] empty = new byte[DiskBlock.BYTES];
    for (long at = empty.length; at < header.bytes(); at += empty.length) {
      disk.write(at, empty, 0, empty.length);
    }
    byte[] made = SbdDisk.headerSector(header);
    disk.write(0, made, 0, made.length);
    madeSlots = true;
  }

  private void refuseUsed(byte[] block) throws IOException {
    List<DiskBlock.Form> free = List.of(DiskBlock.Form.EMPTY);
    if (!force && !free.contains(DiskBlock.form(block, 0))) {
      boolean ours =
          DiskBlock.form(block, 0) == DiskBlock.Form.WELL_FORMED
              && DiskBlock.type(block, 0) == DiskBlock.HEADER;
      throw new IOException(
          device
              + (ours
                  ? " is a heartbeat region of cluster " + DiskHeader.clusterName(block, 0)
                  : " has something else on it")
              + "; --force formats it nevertheless");
    }
  }
}
