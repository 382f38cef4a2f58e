package org.ringward.interop.witness;

import java.io.IOException;
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

/** A machine that runs programs of Ringward through its launcher. */
final class ClusterNode {
  private final Machine machine;
  private final Path launcher;
  private @Nullable Process process;

  ClusterNode(Machine machine, Path launcher) {
    this.machine = machine;
    this.launcher = launcher;
  }

  Machine machine() {
    return machine;
  }

  Path file(String name) {
    return machine.directory().resolve(name);
  }

  void write(String name, String text) {
    try {
      Files.writeString(file(name), text);
    } catch (IOException e) {
      throw new LabException("cannot write " + file(name) + ": " + e.getMessage(), e);
    }
  }

  /** Starts a program that stays; what it says goes to program.log. */
  void start(String... arguments) {
    startProgram(command(arguments));
  }

  /** Starts a program of the system that stays. */
  void startProgram(List<String> command) {
    try {
      process =
          Programs.builder(machine.inside(command))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(file("program.log").toFile()))
              .start();
    } catch (IOException e) {
      throw new LabException(machine.name() + " does not start: " + e.getMessage(), e);
    }
  }

  /** SIGKILL. */
  void kill() {
    Process running = process;
    if (running == null) {
      return;
    }
    Processes.killTree(running);
    if (!Patience.await(10, () -> !running.isAlive())) {
      throw new LabException(machine.name() + " did not end");
    }
    process = null;
  }

  /** Runs a command to its end. */
  Programs.Ended run(String... arguments) {
    return Programs.run(machine.inside(command(arguments)), 30);
  }

  /** Runs a command that has to succeed. */
  String must(String... arguments) {
    return Programs.must(machine.inside(command(arguments)));
  }

  private List<String> command(String... arguments) {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(arguments));
    return command;
  }

  /** What it says of quorum. */
  Answer quorum() {
    Programs.Ended ended =
        run("quorum", "status", "--socket", file("ringward.sock").toString(), "--output", "json");
    return new Answer(ended.ok() ? ended.output() : "");
  }

  /**
   * An answer of {@code ringward quorum status --output json}.
   *
   * @param json empty when the daemon did not answer
   */
  record Answer(String json) {
    boolean isQuorate() {
      return json.contains("\"quorate\" : true,");
    }

    boolean isNotQuorate() {
      return json.contains("\"quorate\" : false,");
    }

    boolean has(String... words) {
      return List.of(words).stream().allMatch(json::contains);
    }
  }
}
