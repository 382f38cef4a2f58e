package org.ringward.ring.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Writes that survive a loss of power: the file is the old one or the new one, never a mixture. */
public final class DurableFiles {
  private static final String UNFINISHED = ".new";

  private DurableFiles() {}

  /** Writes a new file, makes it durable, gives it the name, makes the name durable. */
  public static void replace(Path file, byte[] content) throws IOException {
    Path folder = file.resolveSibling("").toAbsolutePath();
    Path unfinished = file.resolveSibling("." + file.getFileName() + UNFINISHED);
    try {
      write(unfinished, content);
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      removeQuietly(unfinished);
      throw e;
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static void write(Path file, byte[] content) throws IOException {
    // A crash may have left one, perhaps with other permissions.
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  private static void removeQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // It is overwritten by the next write; the first error is the one to tell.
    }
  }
}
