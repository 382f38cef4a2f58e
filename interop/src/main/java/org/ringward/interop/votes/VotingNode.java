package org.ringward.interop.votes;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.interop.lab.LabException;
import org.ringward.interop.lab.Machine;
import org.ringward.interop.lab.Patience;
import org.ringward.interop.lab.Processes;
import org.ringward.interop.lab.Programs;

/** A machine with corosync, or with a node of ours, that is asked for its votes. */
final class VotingNode {
  private static final long END_SECONDS = 20;

  private final Machine machine;
  private final boolean own;
  private @Nullable Process process;
  private @Nullable Writer orders;
  private volatile Votes told = Votes.NONE;
  private volatile String lastWords = "";

  VotingNode(Machine machine, boolean own) {
    this.machine = machine;
    this.own = own;
  }

  int id() {
    return machine.number();
  }

  boolean isOwn() {
    return own;
  }

  Machine machine() {
    return machine;
  }

  boolean isRunning() {
    return process != null;
  }

  String lastWords() {
    return lastWords;
  }

  void configure(String text) {
    try {
      Path etc = Files.createDirectories(machine.directory().resolve("etc/corosync"));
      Files.writeString(etc.resolve("corosync.conf"), text);
    } catch (IOException e) {
      throw new LabException("cannot write the configuration: " + e.getMessage(), e);
    }
  }

  void start() {
    told = Votes.NONE;
    try {
      if (own) {
        startOwn();
      } else {
        machine.run("rm", "-f", "/run/corosync.pid");
        process =
            Programs.builder(machine.inside(List.of("corosync", "-f")))
                .redirectErrorStream(true)
                .redirectOutput(machine.directory().resolve("corosync.out").toFile())
                .start();
      }
    } catch (IOException e) {
      throw new LabException("n" + id() + " does not start: " + e.getMessage(), e);
    }
  }

  private void startOwn() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-Xmx128m",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            QuorumMember.class.getName(),
            "/etc/corosync/corosync.conf",
            machine.directory().resolve("ringid").toString()));
    Process started =
        Programs.builder(machine.inside(command))
            .redirectInput(ProcessBuilder.Redirect.PIPE)
            .redirectError(machine.directory().resolve("member.log").toFile())
            .start();
    process = started;
    orders = started.outputWriter();
    Thread.ofPlatform().daemon().start(() -> listen(started.inputReader()));
  }

  private void listen(BufferedReader news) {
    try (news) {
      for (String line = news.readLine(); line != null; line = news.readLine()) {
        if (line.startsWith("votes ")) {
          told = Votes.of(line);
        } else {
          lastWords = line;
        }
      }
    } catch (IOException _) {
      // It was killed.
    }
  }

  void order(String line) {
    Writer to = orders;
    if (to == null) {
      throw new LabException("n" + id() + " is not ours, or does not run");
    }
    try {
      to.write(line + "\n");
      to.flush();
    } catch (IOException e) {
      throw new LabException("n" + id() + " is gone: " + lastWords, e);
    }
  }

  /** Ends orderly. */
  void leave() {
    if (own) {
      order("leave");
    } else {
      corosync().forEach(Processes::terminate);
    }
    ended();
  }

  /** SIGKILL. */
  void kill() {
    Process running = process;
    if (own && running != null) {
      Processes.killTree(running);
    } else {
      corosync().forEach(Processes::kill);
    }
    ended();
  }

  private List<Long> corosync() {
    return machine.processes().stream()
        .filter(pid -> Processes.name(pid).equals("corosync"))
        .toList();
  }

  private void ended() {
    Process running = process;
    if (running != null && !Patience.await(END_SECONDS, () -> !running.isAlive())) {
      throw new LabException("n" + id() + " did not end");
    }
    process = null;
    orders = null;
  }

  Votes votes() {
    return own ? told : Votes.ofTool(machine.run("corosync-quorumtool", "-s").output());
  }
}
