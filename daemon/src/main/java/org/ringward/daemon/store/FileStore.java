package org.ringward.daemon.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.Check;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.port.Store;
import org.ringward.ring.store.DurableFiles;

/** The node's durable files in one folder; one thread writes them in the order of the requests. */
public final class FileStore implements Store, AutoCloseable {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,100}");
  private static final long FILE_MOST_BYTES = 256L * 1024 * 1024;
  private static final long CLOSE_SECONDS = 10;

  /** Told when a write has ended, from the writing thread. */
  public interface Stored {
    /**
     * @param error null when the content is durable
     */
    void ended(long requestId, @Nullable String error);
  }

  private final Path folder;
  private final Stored stored;
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "ringward-store");
        thread.setDaemon(true);
        return thread;
      });

  public FileStore(Path folder, Stored stored) {
    this.folder = folder;
    this.stored = stored;
  }

  /**
   * All files that earlier lives wrote; what a crash left unfinished is not among them.
   *
   * @throws OperatorException when one cannot be read: starting without it would lose what it says
   */
  public static SortedMap<String, byte[]> load(Path folder) {
    SortedMap<String, byte[]> files = new TreeMap<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path file : entries) {
        String name = file.getFileName().toString();
        if (NAME.matcher(name).matches() && Files.isRegularFile(file)) {
          files.put(name, content(file));
        }
      }
    } catch (IOException e) {
      String sentence = folder + " cannot be read: " + e.getMessage();
      throw new OperatorException(ExitCode.IO_ERROR, sentence);
    }
    return files;
  }

  private static byte[] content(Path file) {
    try {
      if (Files.size(file) > FILE_MOST_BYTES) {
        String sentence = file + " is larger than " + FILE_MOST_BYTES + " bytes; move it away";
        throw new OperatorException(ExitCode.DATA_ERROR, sentence);
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      String sentence = file + " cannot be read: " + e.getMessage();
      throw new OperatorException(ExitCode.IO_ERROR, sentence);
    }
  }

  @Override
  public void write(long requestId, String name, byte[] content) {
    Check.that(NAME.matcher(name).matches(), "store file name " + name);
    writer.execute(() -> stored.ended(requestId, writeNow(name, content)));
  }

  private @Nullable String writeNow(String name, byte[] content) {
    Path file = folder.resolve(name);
    try {
      DurableFiles.replace(file, content);
      return null;
    } catch (IOException e) {
      return file + " cannot be written: " + e.getMessage();
    }
  }

  /** Finishes the writes that were asked for. */
  @Override
  public void close() {
    writer.shutdown();
    try {
      writer.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
