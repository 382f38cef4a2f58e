package org.ringward.cli.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;

/**
 * A machine made of namespaces of its own: network, mount, host name, IPC and processes. Its first
 * process holds them; when that is killed the kernel kills all others of the machine at once.
 */
final class Machine {
  /** Starts the command in the background and tells its process id. */
  private static final String BACKGROUND =
      "log=$1; shift; \"$@\" </dev/null >>\"$log\" 2>&1 & echo $!";

  private static final long PATIENCE_NANOS = 10_000_000_000L;

  private final String name;
  private final List<String> addresses;
  private final Path directory;
  private final Path script;
  private long first;
  private long daemon;

  /**
   * @param addresses with prefixes, on network 0 and so on
   * @param directory the machine's files that outlive a power cycle
   * @param script machine.sh
   */
  Machine(String name, List<String> addresses, Path directory, Path script) {
    this.name = name;
    this.addresses = addresses;
    this.directory = directory;
    this.script = script;
  }

  /** The first process as seen from here, 0 when the machine is off. */
  synchronized long first() {
    return first != 0 && Processes.alive(first) ? first : 0;
  }

  /** Boots: fresh namespaces, fresh /run, the cables plugged in. */
  synchronized void boot(long switchPid, Cables cables) {
    if (first() != 0) {
      return;
    }
    List<String> command = new ArrayList<>();
    command.addAll(List.of("nsenter", "-t", Long.toString(switchPid), "-m", "-p", "--"));
    command.addAll(List.of("unshare", "-n", "-m", "-u", "-i", "-p", "--fork", "--kill-child"));
    command.addAll(List.of("--propagation", "private", "sh", script.toString()));
    command.addAll(List.of(name, directory.toString()));
    command.addAll(addresses);
    try {
      Process process =
          Programs.builder(command)
              .redirectInput(ProcessBuilder.Redirect.PIPE)
              .redirectError(directory.resolve("boot.log").toFile())
              .start();
      BufferedReader output = process.inputReader();
      expect("booting", output);
      first = firstOf(process);
      cables.plug(name, first, addresses.size());
      try (Writer input = process.outputWriter()) {
        input.write("plugged\n");
      }
      expect("ready", output);
    } catch (IOException exception) {
      throw new OperatorException(
          ExitCode.OS_ERROR, "Machine %s did not boot: %s".formatted(name, exception.getMessage()));
    }
  }

  private void expect(String word, BufferedReader output) throws IOException {
    String line = output.readLine();
    if (!word.equals(line)) {
      String said = Files.readString(directory.resolve("boot.log")).strip();
      throw new OperatorException(
          ExitCode.OS_ERROR, "Machine %s did not boot: %s".formatted(name, said));
    }
  }

  private static long firstOf(Process process) {
    return process
        .descendants()
        .mapToLong(ProcessHandle::pid)
        .filter(pid -> Processes.innermost(pid) == 1)
        .max()
        .orElse(0);
  }

  /** Cuts the cables and kills everything at the same moment; returns when nothing is left. */
  synchronized void powerOff(Cables cables) {
    for (int network = 0; network < addresses.size(); network++) {
      cables.cut(name, network);
    }
    if (first != 0) {
      Processes.kill(first);
    }
    cables.remove(name, addresses.size());
    if (!Patience.await(PATIENCE_NANOS, 1, () -> first() == 0)) {
      throw new OperatorException(
          ExitCode.TIMEOUT, "Machine %s still had processes 10 s after the kill.".formatted(name));
    }
    first = 0;
  }

  /** A command line that runs the command on this machine. */
  List<String> inside(List<String> command) {
    List<String> whole = new ArrayList<>();
    whole.addAll(List.of("nsenter", "-t", Long.toString(first()), "-m", "-u", "-i", "-n", "-p"));
    whole.add("--");
    whole.addAll(command);
    return whole;
  }

  /** The same in the machine's network only, for a process that is to end with its starter. */
  List<String> besides(List<String> command) {
    List<String> whole = new ArrayList<>();
    whole.addAll(List.of("nsenter", "-t", Long.toString(first()), "-n", "--"));
    whole.addAll(command);
    return whole;
  }

  /** Starts the daemon as a child of the first process, its output appended to daemon.log. */
  synchronized void startDaemon(List<String> command) {
    if (first() == 0) {
      throw new OperatorException(ExitCode.UNAVAILABLE, "Machine %s is off.".formatted(name));
    }
    List<String> whole = new ArrayList<>(List.of("sh", "-c", BACKGROUND, "sh"));
    whole.add(daemonLog().toString());
    whole.addAll(command);
    Programs.Ended ended = Programs.run(inside(whole), 10);
    if (ended.exitCode() != 0) {
      throw new OperatorException(
          ExitCode.OS_ERROR,
          "The daemon of %s could not be started: %s".formatted(name, ended.output()));
    }
    long inner = Long.parseLong(ended.output());
    daemon =
        processes().stream()
            .filter(pid -> Processes.innermost(pid) == inner)
            .findFirst()
            .orElse(0L);
  }

  Path daemonLog() {
    return directory.resolve("daemon.log");
  }

  /** The daemon's process as seen from here, 0 when there is none. */
  synchronized long daemon() {
    return daemon != 0 && first() != 0 && Processes.alive(daemon) ? daemon : 0;
  }

  /** All processes of the machine as seen from here. */
  List<Long> processes() {
    long pid = first();
    String namespace = pid == 0 ? "" : Processes.pidNamespace(pid);
    return namespace.isEmpty()
        ? List.of()
        : Processes.all().stream()
            .filter(each -> Processes.pidNamespace(each).equals(namespace))
            .toList();
  }

  /** Whether the machine holds the address and somebody listens on the port of any address. */
  Activity activity(String address, int port) {
    long pid = first;
    if (pid == 0) {
      return Activity.NONE;
    }
    return new Activity(
        NetTables.holds(Processes.read(pid, "net/fib_trie"), address),
        NetTables.listens(Processes.readStart(pid, "net/tcp"), port));
  }
}
