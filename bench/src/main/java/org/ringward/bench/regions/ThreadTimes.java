package org.ringward.bench.regions;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Processor time of the threads of a process, by what they do; nanoseconds. */
final class ThreadTimes {
  private ThreadTimes() {}

  /** Up to now. */
  static Map<String, Long> of(long process) {
    Map<String, Long> times = new TreeMap<>();
    try (DirectoryStream<Path> threads =
        Files.newDirectoryStream(Path.of("/proc/" + process + "/task"))) {
      for (Path thread : threads) {
        String name = Files.readString(thread.resolve("comm")).strip();
        String schedule = Files.readString(thread.resolve("schedstat"));
        long nanos = Long.parseLong(schedule.substring(0, schedule.indexOf(' ')));
        times.merge(group(name), nanos, Long::sum);
      }
    } catch (IOException _) {
      // A thread that has just ended; its time is in nobody's way.
    }
    return times;
  }

  /** Names of threads are cut to 15 characters by the kernel. */
  private static String group(String name) {
    if (name.startsWith("ringward-loop")) {
      return "loop";
    }
    if (name.startsWith("ringward-disk")) {
      return "disk";
    }
    if (name.startsWith("ringward-devic")) {
      return "witness";
    }
    if (name.matches("ringward-\\d+-(in|out)")) {
      return "serial";
    }
    return name.startsWith("ringward") ? "links" : "java";
  }
}
