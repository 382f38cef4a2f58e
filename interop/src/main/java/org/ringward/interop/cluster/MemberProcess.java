package org.ringward.interop.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ringward.interop.lab.LabException;
import org.ringward.interop.lab.Machine;
import org.ringward.interop.lab.Processes;
import org.ringward.interop.lab.Programs;

/** A program of the room member that runs on a machine: orders to it, news from it. */
final class MemberProcess {
  private static final List<String> VM =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:-UsePerfData",
          "-Xmx256m",
          "--enable-native-access=ALL-UNNAMED");

  private final Process process;
  private final Writer orders;
  private final Path journal;
  private volatile View view = View.NONE;
  private volatile long delivered;
  private volatile long sent;
  private volatile boolean ended;
  private volatile boolean replied;
  private volatile String lastWords = "";

  /**
   * Starts the program.
   *
   * @param arguments before the journal's file and the number of the life
   */
  MemberProcess(
      Machine machine, Class<?> program, List<String> arguments, Path journal, long life) {
    this.journal = journal;
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(VM);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    command.addAll(arguments);
    command.addAll(List.of(journal.toString(), Long.toHexString(life)));
    Path log = journal.resolveSibling(journal.getFileName() + ".log");
    try {
      process =
          Programs.builder(machine.inside(command))
              .redirectInput(ProcessBuilder.Redirect.PIPE)
              .redirectError(log.toFile())
              .start();
    } catch (IOException e) {
      throw new LabException("no member on " + machine.name() + ": " + e.getMessage(), e);
    }
    orders = process.outputWriter();
    Thread.ofPlatform().daemon().start(this::listen);
  }

  private void listen() {
    try (BufferedReader news = process.inputReader()) {
      for (String line = news.readLine(); line != null; line = news.readLine()) {
        String[] words = line.split(" ", -1);
        switch (words[0]) {
          case "view" -> view = View.of(words);
          case "delivered" -> delivered = Long.parseLong(words[1]);
          case "sent" -> sent = Long.parseLong(words[1]);
          case "ended" -> ended = true;
          case "reloaded" -> replied = true;
          default -> lastWords = line;
        }
      }
    } catch (IOException _) {
      // It was killed.
    }
  }

  Path journal() {
    return journal;
  }

  View view() {
    return view;
  }

  long delivered() {
    return delivered;
  }

  /** How many messages it had been allowed to send when it was through with its orders last. */
  long sent() {
    return sent;
  }

  /** Whether it has left in order. */
  boolean ended() {
    return ended;
  }

  /** Whether it has said, since the last call, that it has reloaded. */
  boolean takeReply() {
    boolean taken = replied;
    replied = false;
    return taken;
  }

  /** Anything else it said. */
  String lastWords() {
    return lastWords;
  }

  boolean alive() {
    return process.isAlive();
  }

  void order(String line) {
    try {
      orders.write(line + "\n");
      orders.flush();
    } catch (IOException e) {
      throw new LabException("a member is gone: " + lastWords, e);
    }
  }

  /** SIGKILL; nsenter does not pass signals on. */
  void kill() {
    Processes.killTree(process);
  }
}
