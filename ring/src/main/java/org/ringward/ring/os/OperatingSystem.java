package org.ringward.ring.os;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.function.Predicate;

/** What the daemon asks of the system beyond the JDK. Failures are told, never thrown. */
public final class OperatingSystem {
  private static final int SIGKILL = 9;
  private static final int LOCK_CURRENT_FUTURE_ON_FAULT = 1 | 2 | 4;
  private static final int SCHED_RR = 2;
  private static final int SCHED_RESET_ON_FORK = 0x40000000;

  /** Above everything ordinary, below the kernel's own threads (50). */
  private static final int PRIORITY = 20;

  private static final int COMPILERS_NICE = 5;

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
    Touched touched;
    try {
      touched =
          eachThread(
              threadNames::contains,
              thread -> NativeCalls.setScheduler(thread, SCHED_RR | SCHED_RESET_ON_FORK, PRIORITY));
    } catch (IOException e) {
      return memory + "; no real-time priority: " + e.getMessage();
    }
    String priority = "real-time priority for " + String.join(", ", touched.done());
    if (touched.done().isEmpty()) {
      int error = touched.error();
      priority = "no real-time priority (" + (error == 0 ? "no such thread" : text(error)) + ")";
    }
    return memory + "; " + priority;
  }

  /**
   * Lets the virtual machine's compilers stand back a little behind all that has work to do: they
   * run for many milliseconds, for which the protocol would wait where processors are few. They
   * still get a quarter of a processor that one other thread keeps busy.
   *
   * @return how many threads do from now on, and those that they start
   */
  public static int compilersStandBack() {
    try {
      return eachThread(
              name -> name.startsWith("C1 Compiler") || name.startsWith("C2 Compiler"),
              thread -> NativeCalls.setNice(thread, COMPILERS_NICE))
          .done()
          .size();
    } catch (IOException e) {
      return 0;
    }
  }

  /**
   * What was done to threads.
   *
   * @param done the names of those with which it went well
   * @param error the least result of all
   */
  private record Touched(List<String> done, int error) {}

  private static Touched eachThread(Predicate<String> which, IntUnaryOperator call)
      throws IOException {
    List<String> done = new ArrayList<>();
    int error = 0;
    try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
      for (Path task : tasks) {
        String name = nameOf(task);
        if (which.test(name)) {
          int result = call.applyAsInt(Integer.parseInt(task.getFileName().toString()));
          if (result == 0) {
            done.add(name);
          }
          error = Math.min(error, result);
        }
      }
    }
    return new Touched(done, error);
  }

  /** Nothing when the thread has just ended. */
  private static String nameOf(Path task) {
    try {
      return Files.readString(task.resolve("comm")).strip();
    } catch (IOException e) {
      return "";
    }
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
