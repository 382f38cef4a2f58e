package org.ringward.ring.os;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the daemon asks of the system beyond the JDK. Failures are told, never thrown. */
public final class OperatingSystem {
  private static final int SIGKILL = 9;
  private static final int LOCK_CURRENT_FUTURE_ON_FAULT = 1 | 2 | 4;
  private static final int SCHED_RR = 2;
  private static final int SCHED_RESET_ON_FORK = 0x40000000;

  /** Above everything ordinary, below the kernel's own threads (50). */
  private static final int PRIORITY = 20;

  private OperatingSystem() {}

  /** Sends SIGKILL to every process of the group; one that has gone is no error. */
  public static void killGroup(long processGroup) {
    if (processGroup > 1) {
      NativeCalls.kill((int) -processGroup, SIGKILL);
    }
  }

  /** Makes the calls ready, which takes some ten milliseconds the first time. */
  public static void prepare() {
    NativeCalls.kill(Integer.MAX_VALUE, 0);
  }

  /**
   * Locks the memory that is touched and gives the threads with those names round-robin priority.
   * The thread that stops all others for a collection must be among them, else the protocol waits
   * for it. New threads and children do not inherit the priority.
   *
   * @return a sentence for the log
   */
  public static String realTime(List<String> threadNames) {
    int locked = NativeCalls.mlockall(LOCK_CURRENT_FUTURE_ON_FAULT);
    String memory =
        locked == 0 ? "memory is locked" : "memory is not locked (" + text(locked) + ")";
    List<String> done = new ArrayList<>();
    int error = 0;
    try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
      for (Path task : tasks) {
        String name = Files.readString(task.resolve("comm")).strip();
        if (threadNames.contains(name)) {
          int thread = Integer.parseInt(task.getFileName().toString());
          int result = NativeCalls.setScheduler(thread, SCHED_RR | SCHED_RESET_ON_FORK, PRIORITY);
          if (result == 0) {
            done.add(name);
          }
          error = Math.min(error, result);
        }
      }
    } catch (IOException e) {
      return memory + "; no real-time priority: " + e.getMessage();
    }
    String priority = "real-time priority for " + String.join(", ", done);
    if (done.isEmpty()) {
      priority = "no real-time priority (" + (error == 0 ? "no such thread" : text(error)) + ")";
    }
    return memory + "; " + priority;
  }

  static String text(int negativeErrno) {
    return switch (-negativeErrno) {
      case 1 -> "not permitted";
      case 11 -> "limit reached";
      case 12 -> "over the limit for locked memory";
      case 38 -> "not known to this kernel";
      default -> "error " + -negativeErrno;
    };
  }
}
