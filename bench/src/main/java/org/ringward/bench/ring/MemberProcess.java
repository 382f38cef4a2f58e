package org.ringward.bench.ring;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.ringward.interop.lab.LabException;
import org.ringward.interop.lab.Machine;
import org.ringward.interop.lab.Processes;
import org.ringward.interop.lab.Programs;

/** A program of ours on a machine: orders to it, results from it. */
final class MemberProcess {
  private final Process process;
  private final Writer orders;
  private final LinkedBlockingQueue<String> results = new LinkedBlockingQueue<>();
  private final String name;
  private final Path log;
  private volatile News news = new News(0, 0);

  /**
   * What the program last heard of its group.
   *
   * @param members how many there are
   * @param nanos since when, on the clock all processes share
   */
  record News(int members, long nanos) {}

  /** Starts the program. */
  MemberProcess(Machine machine, String name, List<String> command) {
    this.name = name + " on " + machine.name();
    log = machine.directory().resolve(name + ".log");
    try {
      process =
          Programs.builder(machine.inside(command))
              .redirectInput(ProcessBuilder.Redirect.PIPE)
              .redirectError(log.toFile())
              .start();
    } catch (IOException e) {
      throw new LabException("no " + this.name + ": " + e.getMessage(), e);
    }
    orders = process.outputWriter();
    Thread.ofPlatform().daemon().start(this::listen);
  }

  /**
   * A command that runs a class of this program.
   *
   * @param options of the virtual machine
   * @param arguments class and arguments
   */
  static List<String> java(List<String> options, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(arguments);
    return command;
  }

  private void listen() {
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("members ")) {
          String[] words = line.split(" ", -1);
          news = new News(Integer.parseInt(words[1]), Long.parseLong(words[2]));
        } else {
          results.add(line);
        }
      }
    } catch (IOException _) {
      // It was killed.
    }
  }

  int members() {
    return news().members();
  }

  News news() {
    if (!process.isAlive()) {
      throw new LabException("the " + name + " ended; its log is " + log);
    }
    return news;
  }

  void order(String line) {
    try {
      orders.write(line + "\n");
      orders.flush();
    } catch (IOException e) {
      throw new LabException("the " + name + " is gone; its log is " + log, e);
    }
  }

  /** The words of the next line it says. */
  String[] result(long seconds) {
    try {
      @Nullable String line = results.poll(seconds, TimeUnit.SECONDS);
      if (line == null || line.startsWith("ended")) {
        throw new LabException("the " + name + " has no result (" + line + "); its log is " + log);
      }
      return line.split(" ", -1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LabException("interrupted", e);
    }
  }

  /** The process of the program, the youngest in the line; the others only brought it there. */
  long pid() {
    return process
        .descendants()
        .filter(each -> each.children().findAny().isEmpty())
        .mapToLong(ProcessHandle::pid)
        .findFirst()
        .orElse(process.pid());
  }

  /** SIGKILL; nsenter does not pass signals on. */
  void kill() {
    Processes.killTree(process);
  }
}
