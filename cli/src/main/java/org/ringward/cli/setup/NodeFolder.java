package org.ringward.cli.setup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;

/** The folder with a node's files, usually /etc/ringward. */
public final class NodeFolder {
  /** Where a node looks for its file by itself. */
  public static final Path USUAL = Path.of("/etc/ringward");

  /** Where a node looks for the key by itself. */
  static final String KEY_FILE = "/etc/ringward/authkey";

  private static final String NODE_NAME = "ringward.yaml";
  private static final String KEY_NAME = "authkey";
  private static final String CONFIGURATION_NAME = "cluster.yaml";

  private final Path folder;

  public NodeFolder(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
  }

  /** The folder itself. */
  public Path path() {
    return folder;
  }

  /** The node file. */
  public Path nodeFile() {
    return folder.resolve(NODE_NAME);
  }

  /** The shared key. */
  public Path key() {
    return folder.resolve(KEY_NAME);
  }

  /** The beginning of the cluster's configuration. */
  public Path configuration() {
    return folder.resolve(CONFIGURATION_NAME);
  }

  /** The rights of a file here: the key is for its owner alone. */
  static String rights(Path file) {
    return file.endsWith(KEY_NAME) ? "r--------" : "rw-r--r--";
  }

  /** Those of the three files that are there. */
  public List<Path> present() {
    return List.of(nodeFile(), key(), configuration()).stream()
        .filter(each -> Files.exists(each, LinkOption.NOFOLLOW_LINKS))
        .toList();
  }

  /**
   * Writes the files, all or none of them: whole ones under other names first, then they get
   * theirs.
   *
   * @param replace whether files that are there may be replaced
   * @throws OperatorException with EXISTS when one is there, or CANNOT_CREATE
   */
  public void write(Map<Path, byte[]> files, boolean replace) {
    Map<Path, Path> made = new LinkedHashMap<>();
    List<Path> placed = new ArrayList<>();
    boolean whole = false;
    try {
      createFolder();
      for (Map.Entry<Path, byte[]> each : files.entrySet()) {
        made.put(each.getKey(), draft(each.getKey(), each.getValue()));
      }
      for (Map.Entry<Path, Path> each : made.entrySet()) {
        place(each.getValue(), each.getKey(), replace);
        placed.add(each.getKey());
      }
      try (FileChannel channel = FileChannel.open(folder)) {
        channel.force(true);
      }
      whole = true;
    } catch (FileAlreadyExistsException exception) {
      throw new OperatorException(
          ExitCode.EXISTS, exists(List.of(Path.of(exception.getMessage()))));
    } catch (AccessDeniedException exception) {
      throw new OperatorException(
          ExitCode.NO_PERMISSION,
          "%s cannot be written: you may not (are you root?).".formatted(exception.getMessage()));
    } catch (IOException exception) {
      throw new OperatorException(
          ExitCode.CANNOT_CREATE,
          "The files in %s cannot be made (%s)."
              .formatted(
                  folder,
                  exception instanceof NotDirectoryException
                      ? exception.getMessage() + " is no folder"
                      : exception.getMessage()));
    } finally {
      made.values().forEach(NodeFolder::remove);
      if (!whole && !replace) {
        placed.forEach(NodeFolder::remove);
      }
    }
  }

  /** The sentence about files that are in the way. */
  public static String exists(List<Path> files) {
    String names = String.join(", ", files.stream().map(Path::toString).toList());
    return "%s %s already: nothing was changed. --force replaces the node file and the configuration, and keeps the key."
        .formatted(names, files.size() == 1 ? "exists" : "exist");
  }

  private void createFolder() throws IOException {
    try {
      Files.createDirectories(folder);
    } catch (FileAlreadyExistsException exception) {
      throw new NotDirectoryException(exception.getMessage());
    }
  }

  private Path draft(Path file, byte[] content) throws IOException {
    Path draft =
        Files.createTempFile(
            folder,
            ".init-",
            ".new",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString(rights(file)));
    return draft;
  }

  /** A link refuses a name that is taken, whoever took it meanwhile; a move replaces it. */
  private static void place(Path draft, Path file, boolean replace) throws IOException {
    if (replace) {
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } else {
      Files.createLink(file, draft);
    }
  }

  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException _) {
      // It stays; the sentence about what went wrong is on its way.
    }
  }
}
