package org.ringward.cli.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;

/**
 * The files of one run, below a directory of the user in the temporary directory. A run that was
 * killed leaves its directory behind; the next run of the same user ends its processes and removes
 * it.
 */
final class Workspace implements AutoCloseable {
  private static final String PID_FILE = "demo.pid";

  private final Path directory;
  private boolean kept;

  private Workspace(Path directory) {
    this.directory = directory;
  }

  /** A fresh directory with a cluster key and the demo's scripts; leftovers of dead runs go. */
  static Workspace create() {
    Path base = base();
    removeLeftovers(base);
    Workspace workspace = new Workspace(base.resolve(Long.toString(ProcessHandle.current().pid())));
    try {
      Files.createDirectories(workspace.directory);
      workspace.write(PID_FILE, ProcessHandle.current().pid() + " " + startOf(self()) + "\n");
      workspace.installScripts();
      workspace.writeKey();
    } catch (IOException exception) {
      throw new OperatorException(
          ExitCode.CANNOT_CREATE,
          "Cannot make the demo's files in %s: %s"
              .formatted(workspace.directory, exception.getMessage()));
    }
    return workspace;
  }

  private static long self() {
    return ProcessHandle.current().pid();
  }

  /** The user's directory, which must not belong to anybody else. */
  private static Path base() {
    try {
      Object user = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
      Path base =
          Path.of(System.getProperty("java.io.tmpdir", "/tmp")).resolve("ringward-demo-" + user);
      if (!Files.exists(base)) {
        Files.createDirectory(
            base,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      if (!Objects.equals(Files.getAttribute(base, "unix:uid"), user)
          || Files.isSymbolicLink(base)) {
        throw new OperatorException(
            ExitCode.NO_PERMISSION,
            "The directory %s belongs to somebody else: remove it or set -Djava.io.tmpdir."
                .formatted(base));
      }
      return base;
    } catch (IOException exception) {
      throw new OperatorException(
          ExitCode.CANNOT_CREATE,
          "Cannot make a directory for the demo: " + exception.getMessage());
    }
  }

  /** Start time of a process in clock ticks since boot: with the id it names one process. */
  private static String startOf(long pid) {
    String stat = Processes.read(pid, "stat");
    String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
    return fields.length > 19 ? fields[19] : "";
  }

  private static void removeLeftovers(Path base) {
    try (DirectoryStream<Path> runs = Files.newDirectoryStream(base, "[0-9]*")) {
      for (Path run : runs) {
        Path pidFile = run.resolve(PID_FILE);
        String[] owner =
            Files.exists(pidFile)
                ? Files.readString(pidFile).strip().split(" ", -1)
                : new String[] {"0", "-"};
        long pid = Long.parseLong(owner[0]);
        if (owner.length < 2 || !Processes.alive(pid) || !startOf(pid).equals(owner[1])) {
          Marked.killAll(run);
          delete(run);
        }
      }
    } catch (IOException | NumberFormatException exception) {
      throw new OperatorException(
          ExitCode.IO_ERROR,
          "Cannot remove what an earlier demo left in %s: %s"
              .formatted(base, exception.getMessage()));
    }
  }

  private void installScripts() throws IOException {
    install("switch.sh", "switch.sh");
    install("machine.sh", "machine.sh");
    install("fence_ringward_demo", "fence/fence_ringward_demo");
    install("nginx", "ocf/resource.d/ringward/nginx");
    link("/usr/lib/ocf/lib", "ocf/lib");
    link("/usr/lib/ocf/resource.d/heartbeat", "ocf/resource.d/heartbeat");
  }

  private void install(String resource, String target) throws IOException {
    Path file = path(target);
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    try (InputStream content =
        Objects.requireNonNull(Workspace.class.getResourceAsStream("/demo/" + resource))) {
      Files.copy(content, file);
    }
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void link(String existing, String name) throws IOException {
    Files.createSymbolicLink(path(name), Path.of(existing));
  }

  private void writeKey() throws IOException {
    byte[] key = new byte[128];
    new SecureRandom().nextBytes(key);
    Path file = path("key");
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(file, key);
  }

  /** A path in this workspace; nothing is made. */
  Path path(String relative) {
    return directory.resolve(relative);
  }

  /** Writes a text file, its directories included. */
  Path write(String relative, String text) {
    Path file = path(relative);
    try {
      Files.createDirectories(Objects.requireNonNull(file.getParent()));
      return Files.writeString(file, text);
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
  }

  /** Keeps the files when the demo ends, so that logs can be read: below {@link #keptIn}. */
  void keep() {
    kept = true;
  }

  boolean kept() {
    return kept;
  }

  /** Where the files are after the end if they are kept; no later run removes them. */
  Path keptIn() {
    return directory.resolveSibling("logs-" + directory.getFileName());
  }

  Path directory() {
    return directory;
  }

  /** Removes the files, and the user's directory when no other run uses it. */
  @Override
  public void close() {
    try {
      if (kept) {
        Files.move(directory, keptIn());
        return;
      }
      delete(directory);
      Path base = Objects.requireNonNull(directory.getParent());
      List<Path> others = new ArrayList<>();
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(base)) {
        entries.forEach(others::add);
      }
      if (others.isEmpty()) {
        Files.deleteIfExists(base);
      }
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
  }

  /** Removes a directory with all that is in it; nothing happens when it is not there. */
  static void delete(Path top) {
    try {
      if (Files.exists(top)) {
        deleteTree(top);
      }
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
  }

  private static void deleteTree(Path top) throws IOException {
    Files.walkFileTree(
        top,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, java.io.IOException failure)
              throws IOException {
            Files.deleteIfExists(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
