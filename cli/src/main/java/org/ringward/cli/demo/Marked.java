package org.ringward.cli.demo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Processes that carry a directory of the demo in their environment or command line: the daemon by
 * its configuration file, agents by HA_RSCTMP, the web server by its configuration file. That is
 * how the processes of a machine are known where machines have no namespaces.
 */
final class Marked {
  /** A process may be forked while the list is read, so it is read until nobody is left. */
  private static final int ROUNDS_MAX = 200;

  private Marked() {}

  /** Processes with the directory in their environment or command line, without this one. */
  static List<Long> processes(Path directory) {
    List<Long> marked = new ArrayList<>();
    long self = ProcessHandle.current().pid();
    String mark = directory + "/";
    for (long pid : Processes.all()) {
      if (pid != self
          && Processes.alive(pid)
          && (Processes.read(pid, "cmdline").contains(mark)
              || Processes.read(pid, "environ").contains(mark))) {
        marked.add(pid);
      }
    }
    return marked;
  }

  /**
   * Kills them all.
   *
   * @return whether nobody is left
   */
  static boolean killAll(Path directory) {
    List<Long> doomed = new ArrayList<>();
    for (int round = 0; round < ROUNDS_MAX; round++) {
      List<Long> left = processes(directory);
      if (left.isEmpty() && doomed.stream().noneMatch(Processes::alive)) {
        return true;
      }
      for (long pid : left) {
        // Children of a marked process need not be marked: nginx workers clear their environment.
        ProcessHandle.of(pid)
            .ifPresent(handle -> {
              List<ProcessHandle> family = handle.descendants().toList();
              family.forEach(each -> doomed.add(each.pid()));
              handle.destroyForcibly();
              family.forEach(ProcessHandle::destroyForcibly);
            });
      }
    }
    return false;
  }
}
