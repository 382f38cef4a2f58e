package org.ringward.ring.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;

/**
 * The folder of one daemon's durable files, locked while the daemon lives: two daemons with one
 * memory would contradict each other on the ring.
 */
public final class StateDir implements AutoCloseable {
  private final Path folder;
  private final FileChannel lock;

  private StateDir(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /**
   * Creates what is missing and takes the lock.
   *
   * @throws OperatorException when that is not possible or another daemon has it
   */
  public static StateDir open(Path folder) {
    try {
      Path store = folder.resolve("store");
      if (!Files.isDirectory(store)) {
        Files.createDirectories(
            store,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));
      }
      FileChannel lock =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!locked(lock)) {
        lock.close();
        String sentence = "another daemon runs with the state directory " + folder;
        throw new OperatorException(ExitCode.UNAVAILABLE, sentence + "; each needs its own");
      }
      return new StateDir(folder, lock);
    } catch (IOException e) {
      String sentence = "the state directory " + folder + " cannot be used: " + e;
      throw new OperatorException(ExitCode.CANNOT_CREATE, sentence);
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  public Path folder() {
    return folder;
  }

  /** Where port.Store's files are. */
  public Path store() {
    return folder.resolve("store");
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
