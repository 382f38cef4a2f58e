package org.ringward.cli.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;

/**
 * A disk that all machines share, and that one machine alone can lose: each machine has a way of
 * its own to the same file, a loop device over a partition of another one. When the partition is
 * cut short, all that this machine reads is answered with an input/output error by the kernel.
 */
final class StoreDisk implements AutoCloseable {
  private static final int SECTOR = 512;
  private static final List<String> PROGRAMS = List.of("losetup", "addpart", "resizepart");

  private final Map<String, Way> ways = new TreeMap<>();
  private final int sectors;

  /**
   * A machine's way to the disk.
   *
   * @param lower over the file, with one partition
   * @param upper over that partition; what the machine uses
   */
  private record Way(String lower, String upper) {}

  /**
   * Makes it.
   *
   * @param file does not exist yet
   * @param bytes a multiple of the size of a sector
   * @throws OperatorException when this machine has no loop devices, or not for this user
   */
  StoreDisk(Path file, int bytes, List<String> nodes) {
    sectors = bytes / SECTOR;
    for (String program : PROGRAMS) {
      if (Programs.find(program).isEmpty()) {
        throw new OperatorException(ExitCode.NOT_INSTALLED, program + " is missing");
      }
    }
    Programs.must(List.of("truncate", "-s", Integer.toString(bytes), file.toString()));
    try {
      nodes.forEach(node -> attach(node, file));
    } catch (OperatorException e) {
      close();
      throw e;
    }
  }

  private void attach(String node, Path file) {
    String lower = loop(List.of("losetup", "-f", "--show", file.toString()));
    ways.put(node, new Way(lower, ""));
    Programs.must(List.of("addpart", lower, "1", "0", Integer.toString(sectors)));
    // Without the page cache in between, so that all machines see the same.
    String upper = loop(List.of("losetup", "-f", "--show", "--direct-io=on", lower + "p1"));
    ways.put(node, new Way(lower, upper));
  }

  private static String loop(List<String> command) {
    Programs.Ended ended = Programs.run(command, 10);
    if (ended.exitCode() != 0 || !Files.exists(Path.of(ended.output()))) {
      throw new OperatorException(ExitCode.OS_ERROR, "no loop device: " + ended.output());
    }
    return ended.output();
  }

  private Way way(String node) {
    return Objects.requireNonNull(ways.get(node), node);
  }

  /** The disk as the machine sees it. */
  Path device(String node) {
    return Path.of(way(node).upper());
  }

  /** Takes it from one machine. */
  void cut(String node) {
    Programs.must(List.of("resizepart", way(node).lower(), "1", "1"));
  }

  /** Gives it back. */
  void mend(String node) {
    Programs.must(List.of("resizepart", way(node).lower(), "1", Integer.toString(sectors)));
  }

  @Override
  public void close() {
    for (Way way : new ArrayList<>(ways.values())) {
      if (!way.upper().isEmpty()) {
        Programs.run(List.of("losetup", "-d", way.upper()), 10);
      }
      Programs.run(List.of("delpart", way.lower(), "1"), 10);
      Programs.run(List.of("losetup", "-d", way.lower()), 10);
    }
    ways.clear();
  }
}
