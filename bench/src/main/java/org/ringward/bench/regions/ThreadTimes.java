package org.ringward.bench.regions;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.ringward.interop.lab.LabException;

/**
 * Processor time of the threads of a process up to now, nanoseconds.
 *
 * @param nanos by the number of the thread
 * @param groups what each thread does
 */
record ThreadTimes(Map<String, Long> nanos, Map<String, String> groups) {
  static ThreadTimes of(long process) {
    ThreadTimes times = new ThreadTimes(new TreeMap<>(), new TreeMap<>());
    try (DirectoryStream<Path> threads =
        Files.newDirectoryStream(Path.of("/proc/" + process + "/task"))) {
      for (Path thread : threads) {
        times.add(thread);
      }
    } catch (IOException e) {
      throw new LabException("the threads of " + process + " cannot be read: " + e, e);
    }
    return times;
  }

  private void add(Path thread) {
    String number = thread.getFileName().toString();
    try {
      String name = Files.readString(thread.resolve("comm")).strip();
      String schedule = Files.readString(thread.resolve("schedstat"));
      nanos.put(number, Long.parseLong(schedule.substring(0, schedule.indexOf(' '))));
      groups.put(number, group(name));
    } catch (IOException _) {
      // It has just ended.
    }
  }

  /** What was used since, by what threads do; threads that have ended meanwhile are left out. */
  Map<String, Long> since(ThreadTimes before) {
    Map<String, Long> used = new TreeMap<>();
    nanos.forEach((number, time) ->
        used.merge(
            groups.getOrDefault(number, ""),
            time - before.nanos().getOrDefault(number, 0L),
            Long::sum));
    return used;
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
