package org.ringward.ring.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.ringward.ring.os.SectorWriter;

/**
 * A shared disk or a file in its place, in blocks of 4096 bytes (or sectors of its own size), past
 * this machine's caches. Every call may wait for as long as the disk does. One thread at a time.
 */
public final class BlockFile implements AutoCloseable {
  /** Bytes of a block, and what positions and lengths must be multiples of. */
  public static final int BLOCK = 4096;

  private final FileChannel channel;
  private final Path path;
  private final ByteBuffer room;

  private BlockFile(Path path, FileChannel channel, int mostBytes) {
    this.path = path;
    this.channel = channel;
    this.room = ByteBuffer.allocateDirect(mostBytes + 3 * BLOCK).alignedSlice(BLOCK);
  }

  /**
   * Opens what exists.
   *
   * @param mostBytes of one read or write
   * @throws IOException with one sentence
   */
  public static BlockFile open(Path path, int mostBytes, boolean write) throws IOException {
    if (Files.notExists(path)) {
      throw new NoSuchFileException("there is no " + path);
    }
    try {
      return new BlockFile(path, channel(path, write, true), mostBytes);
    } catch (IOException | UnsupportedOperationException e) {
      if (!Files.isRegularFile(path)) {
        throw new IOException(path + " cannot be opened: " + reason(e), e);
      }
    }
    try {
      // A file system without direct I/O; good for a try on one machine.
      return new BlockFile(path, channel(path, write, false), mostBytes);
    } catch (IOException e) {
      throw new IOException(path + " cannot be opened: " + reason(e), e);
    }
  }

  private static FileChannel channel(Path path, boolean write, boolean direct) throws IOException {
    Set<OpenOption> options = new LinkedHashSet<>();
    options.add(StandardOpenOption.READ);
    if (write) {
      options.add(StandardOpenOption.WRITE);
      options.add(StandardOpenOption.DSYNC);
    }
    if (direct) {
      options.add(directOption());
    }
    return FileChannel.open(path, options);
  }

  /** The JDK's own option; its class draws a warning that cannot be silenced. */
  private static OpenOption directOption() throws IOException {
    try {
      Class<?> type = Class.forName("com.sun.nio.file.ExtendedOpenOption");
      for (Object constant : type.getEnumConstants()) {
        if (constant instanceof OpenOption option && constant.toString().equals("DIRECT")) {
          return option;
        }
      }
    } catch (ClassNotFoundException e) {
      // The same as a JDK without the option.
    }
    throw new IOException("this Java has no direct I/O");
  }

  private static String reason(Exception e) {
    String message = String.valueOf(e.getMessage());
    return message.substring(message.lastIndexOf(": ") < 0 ? 0 : message.lastIndexOf(": ") + 2);
  }

  /** The smallest piece that the device writes at once: 512 or 4096; 512 for a file. */
  public int sectorBytes() throws IOException {
    if (!isDevice(path.toRealPath())) {
      return 512;
    }
    long number = ((Number) Files.getAttribute(path, "unix:rdev")).longValue();
    long major = (number >> 8) & 0xfff;
    long minor = (number & 0xff) | ((number >> 12) & 0xfff00);
    Path block = Path.of("/sys/dev/block", major + ":" + minor).toRealPath();
    for (Path folder : List.of(block, block.resolve(".."))) {
      Path size = folder.resolve("queue/logical_block_size");
      if (Files.exists(size)) {
        return Integer.parseInt(Files.readString(size).strip());
      }
    }
    return BLOCK;
  }

  /** Whether it is a block device, rather than a file. */
  public static boolean isDevice(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS)
        && !Files.isRegularFile(path)
        && !Files.isDirectory(path);
  }

  /** Bytes that can be read and written. */
  public long size() throws IOException {
    return channel.size();
  }

  /**
   * Reads; the number of bytes that were there.
   *
   * @throws IOException what the disk says
   */
  public int read(long position, byte[] target, int length) throws IOException {
    // Whole blocks around what is wanted: a disk may have smaller sectors, Java's direct I/O not.
    int before = (int) (position % BLOCK);
    int wanted = (before + length + BLOCK - 1) / BLOCK * BLOCK;
    room.clear().limit(wanted);
    int done = 0;
    while (done < wanted) {
      int count = channel.read(room, position - before + done);
      if (count <= 0) {
        break;
      }
      done += count;
      if (done % BLOCK != 0) {
        break; // the end of a file
      }
    }
    int got = Math.clamp((long) done - before, 0, length);
    room.get(before, target, 0, got);
    return got;
  }

  /**
   * Writes all of the bytes, durably, and nothing around them.
   *
   * @throws IOException what the disk says
   */
  public void write(long position, byte[] source, int offset, int length) throws IOException {
    if (position % BLOCK != 0 || length % BLOCK != 0) {
      writeSectors(position, source, offset, length);
      return;
    }
    room.clear().put(source, offset, length).flip();
    int done = 0;
    while (done < length) {
      done += channel.write(room, position + done);
    }
  }

  private void writeSectors(long position, byte[] source, int offset, int length)
      throws IOException {
    if (isDevice(path.toRealPath())) {
      try (SectorWriter writer = SectorWriter.open(path)) {
        writer.write(position, source, offset, length);
      }
      return;
    }
    try (FileChannel plain = channel(path, true, false)) {
      ByteBuffer bytes = ByteBuffer.wrap(source, offset, length);
      while (bytes.hasRemaining()) {
        plain.write(bytes, position + bytes.position() - offset);
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
