package org.ringward.cli.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Looks at processes in /proc and signals them. */
final class Processes {
  private static final Path PROC = Path.of("/proc");

  private Processes() {}

  /** All process ids, ascending. */
  static List<Long> all() {
    List<Long> pids = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path entry : entries) {
        pids.add(Long.parseLong(entry.getFileName().toString()));
      }
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
    pids.sort(null);
    return pids;
  }

  /** A file of the process, empty when the process is gone or not ours. */
  static String read(long pid, String file) {
    try {
      return Files.readString(PROC.resolve(pid + "/" + file), StandardCharsets.ISO_8859_1);
    } catch (IOException _) {
      return "";
    }
  }

  /** The first 4 KiB of a file of the process, empty when the process is gone. */
  static String readStart(long pid, String file) {
    try (InputStream input = Files.newInputStream(PROC.resolve(pid + "/" + file))) {
      return new String(input.readNBytes(4096), StandardCharsets.ISO_8859_1);
    } catch (IOException _) {
      return "";
    }
  }

  /** Whether it exists and is not merely waiting to be reaped. */
  static boolean alive(long pid) {
    String stat = read(pid, "stat");
    int afterName = stat.lastIndexOf(')') + 2;
    return stat.length() > afterName && "ZX".indexOf(stat.charAt(afterName)) < 0;
  }

  /** The process id within the innermost process id namespace, 0 when the process is gone. */
  static long innermost(long pid) {
    for (String line : read(pid, "status").split("\n", -1)) {
      if (line.startsWith("NSpid:")) {
        String[] ids = line.strip().split("\\s+", -1);
        return Long.parseLong(ids[ids.length - 1]);
      }
    }
    return 0;
  }

  /** An identity of the process id namespace, empty when the process is gone. */
  static String pidNamespace(long pid) {
    try {
      return Files.readSymbolicLink(PROC.resolve(pid + "/ns/pid")).toString();
    } catch (IOException _) {
      return "";
    }
  }

  static String name(long pid) {
    return read(pid, "comm").strip();
  }

  /** SIGKILL; nothing happens when it is gone. */
  static void kill(long pid) {
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
  }

  /** Any other signal by name, such as STOP. */
  static void signal(long pid, String name) {
    Programs.must(List.of("sh", "-c", "kill -" + name + " " + pid));
  }
}
