package org.ringward.ring.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.LongSupplier;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.port.RingIds;

/**
 * The ring sequence as 8 bytes, big endian. Where the file is lost, or an older one is back, the
 * clock takes its place: the milliseconds since 1970 are more than any sequence of rings that were
 * formed by now, as those began so and grow by 4 for each ring. So no ring gets an id that one had
 * before, unless the clock is wrong as well. They lie in one sector and are overwritten in place,
 * which a disk does wholly or not at all; a ring is formed while the protocol waits, so one sync
 * has to do.
 */
public final class RingIdFile implements RingIds, AutoCloseable {
  private final Path file;
  private final FileChannel channel;
  private final ByteBuffer bytes = ByteBuffer.allocateDirect(Long.BYTES);

  private final LongSupplier wallMillis;

  private RingIdFile(Path file, FileChannel channel, LongSupplier wallMillis) {
    this.file = file;
    this.channel = channel;
    this.wallMillis = wallMillis;
  }

  /**
   * Opens the file, creating it with sequence 0.
   *
   * @throws OperatorException when it cannot be used or is damaged
   */
  public static RingIdFile open(Path file) {
    return open(file, System::currentTimeMillis);
  }

  /** With another clock. */
  static RingIdFile open(Path file, LongSupplier wallMillis) {
    try {
      if (!Files.exists(file)) {
        DurableFiles.replace(file, new byte[Long.BYTES]);
      }
      long size = Files.size(file);
      if (size != Long.BYTES) {
        String sentence = file + " is damaged: it has " + size + " bytes instead of 8; remove it";
        String consequence = " while the other nodes of the cluster run, they know the sequence";
        throw new OperatorException(ExitCode.DATA_ERROR, sentence + consequence);
      }
      return new RingIdFile(
          file,
          FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE),
          wallMillis);
    } catch (IOException e) {
      String sentence = file + " cannot be used: " + e.getMessage();
      throw new OperatorException(ExitCode.IO_ERROR, sentence);
    }
  }

  @Override
  public long load() {
    try {
      bytes.clear();
      while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) > 0) {}
      return Math.max(bytes.getLong(0), wallMillis.getAsLong());
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }

  @Override
  public void store(long ringSequence) {
    try {
      bytes.clear().putLong(0, ringSequence);
      while (bytes.hasRemaining()) {
        channel.write(bytes, bytes.position());
      }
      channel.force(false);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be written", e);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
