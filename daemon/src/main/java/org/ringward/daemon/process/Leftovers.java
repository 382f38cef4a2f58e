package org.ringward.daemon.process;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;

/**
 * Remembers which programs run, outside of the process, so that the next daemon can kill what a
 * killed one left behind: a start that is still under way would otherwise bring up a service that
 * this node says is stopped. One empty file a program, named by its process id and the time it
 * started at, in a folder that a boot of the machine empties.
 */
public final class Leftovers {
  /** Field of /proc/PID/stat with the start time, counted behind the name in brackets. */
  private static final int START_TIME_FIELD = 19;

  private static final long PATIENCE_MILLIS = 5_000;
  private static final long POLL_MILLIS = 5;

  private final Path folder;

  private Leftovers(Path folder) {
    this.folder = folder;
  }

  /** Kills what is noted in the folder and still runs, then notes anew. */
  public static Leftovers killed(Path folder, GroupKill groupKill) {
    try {
      Files.createDirectories(folder);
      try (DirectoryStream<Path> notes = Files.newDirectoryStream(folder)) {
        for (Path note : notes) {
          kill(note.getFileName().toString(), groupKill);
          Files.deleteIfExists(note);
        }
      }
    } catch (IOException e) {
      throw new OperatorException(
          ExitCode.CANNOT_CREATE, "the folder " + folder + " cannot be used: " + e);
    }
    return new Leftovers(folder);
  }

  private static void kill(String note, GroupKill groupKill) {
    int dash = note.indexOf('-');
    try {
      long process = Long.parseLong(note.substring(0, Math.max(dash, 0)));
      long startTime = Long.parseLong(note.substring(dash + 1));
      OptionalLong now = startTime(process);
      if (now.isPresent() && now.getAsLong() == startTime) {
        groupKill.kill(process);
        awaitEnd(process, startTime);
      }
    } catch (NumberFormatException e) {
      // Not a note of ours.
    }
  }

  /** A node that rejoined beside it would probe its resource too early. */
  private static void awaitEnd(long process, long startTime) {
    for (int i = 0; i < PATIENCE_MILLIS / POLL_MILLIS; i++) {
      OptionalLong now = startTime(process);
      if (now.isEmpty() || now.getAsLong() != startTime) {
        return;
      }
      LockSupport.parkNanos(POLL_MILLIS * 1_000_000);
    }
    throw new OperatorException(
        ExitCode.OS_ERROR,
        "process "
            + process
            + ", left behind by an earlier daemon, does not end when it is killed");
  }

  /** Notes a program that has just started; the note is null when it has ended already. */
  @Nullable Path started(long process) throws IOException {
    OptionalLong startTime = startTime(process);
    if (startTime.isEmpty()) {
      return null;
    }
    return Files.createFile(folder.resolve(process + "-" + startTime.getAsLong()));
  }

  void ended(@Nullable Path note) throws IOException {
    if (note != null) {
      Files.deleteIfExists(note);
    }
  }

  private static OptionalLong startTime(long process) {
    try {
      String stat = Files.readString(Path.of("/proc/" + process + "/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return OptionalLong.of(Long.parseLong(fields[START_TIME_FIELD]));
    } catch (IOException | RuntimeException e) {
      return OptionalLong.empty(); // it has ended
    }
  }
}
