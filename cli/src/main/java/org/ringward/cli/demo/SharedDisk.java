package org.ringward.cli.demo;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.ringward.core.wire.DiskBlock;
import org.ringward.core.wire.DiskHeader;

/**
 * The disk that all machines share: a file with a heartbeat region, as {@code ringward region
 * format} makes it. A file cannot be pulled out of one machine; without its header it is of no use
 * to any of them.
 */
final class SharedDisk {
  private final Path file;
  private final byte[] header;

  /** Formats it for the cluster. */
  SharedDisk(Path file, String cluster) {
    this.file = file;
    this.header =
        DiskHeader.block(cluster, new SecureRandom().nextLong(), System.currentTimeMillis());
    try (RandomAccessFile disk = new RandomAccessFile(file.toFile(), "rw")) {
      disk.setLength((long) DiskBlock.BLOCKS * DiskBlock.BYTES);
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
    mend();
  }

  Path file() {
    return file;
  }

  /** Takes it away from all machines. */
  void cut() {
    write(new byte[header.length]);
  }

  void mend() {
    write(header);
  }

  private void write(byte[] block) {
    try (RandomAccessFile disk = new RandomAccessFile(file.toFile(), "rw")) {
      disk.write(block);
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
  }
}
