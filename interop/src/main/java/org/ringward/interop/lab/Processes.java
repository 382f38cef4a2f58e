package org.ringward.interop.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Looks at processes in /proc and signals them by their id. */
public final class Processes {
  private Processes() {}

  /** Whether it exists and is not merely waiting to be reaped. */
  public static boolean alive(long pid) {
    String stat = read(pid, "stat");
    int afterName = stat.lastIndexOf(')') + 2;
    return stat.length() > afterName && "ZX".indexOf(stat.charAt(afterName)) < 0;
  }

  /** The process id within the innermost process id namespace, 0 when the process is gone. */
  static long innermost(long pid) {
    return read(pid, "status")
        .lines()
        .filter(line -> line.startsWith("NSpid:"))
        .map(line -> line.substring(line.lastIndexOf('\t') + 1).strip())
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElse(0);
  }

  /** The name of its program, empty when it is gone. */
  public static String name(long pid) {
    return read(pid, "comm").strip();
  }

  /** An identity of its process id namespace, empty when it is gone. */
  private static String pidNamespace(long pid) {
    try {
      return Files.readSymbolicLink(Path.of("/proc/" + pid + "/ns/pid")).toString();
    } catch (IOException _) {
      return "";
    }
  }

  /** All processes in the process id namespace of that one. */
  static List<Long> sameNamespace(long first) {
    String namespace = pidNamespace(first);
    List<Long> found = new ArrayList<>();
    if (namespace.isEmpty()) {
      return found;
    }
    try (Stream<Path> entries = Files.list(Path.of("/proc"))) {
      entries
          .map(entry -> String.valueOf(entry.getFileName()))
          .filter(name -> Character.isDigit(name.charAt(0)))
          .mapToLong(Long::parseLong)
          .filter(pid -> pidNamespace(pid).equals(namespace))
          .forEach(found::add);
    } catch (IOException e) {
      throw new LabException("cannot list /proc: " + e.getMessage(), e);
    }
    found.sort(null);
    return found;
  }

  /** SIGKILL; nothing happens when it is gone. */
  public static void kill(long pid) {
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
  }

  /** SIGTERM; nothing happens when it is gone. */
  public static void terminate(long pid) {
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
  }

  /** SIGKILL to a process and all it started. */
  public static void killTree(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private static String read(long pid, String file) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/" + file), StandardCharsets.ISO_8859_1);
    } catch (IOException _) {
      return "";
    }
  }
}
