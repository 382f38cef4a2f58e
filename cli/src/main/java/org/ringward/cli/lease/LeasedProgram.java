package org.ringward.cli.lease;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;

/**
 * A program in a process group of its own, so that all of it can be stopped. The system kills it,
 * though not what it started, when this process dies.
 */
final class LeasedProgram {
  private static final Path SETSID = Path.of("/usr/bin/setsid");
  private static final Path SETPRIV = Path.of("/usr/bin/setpriv");
  private static final int BY_SIGNAL = 128;

  private final Process process;

  private LeasedProgram(Process process) {
    this.process = process;
  }

  /**
   * Starts it. The calling thread has to live as long as the program: the system takes the end of
   * that thread for the end of this process.
   *
   * @throws OperatorException when it cannot be started
   */
  static LeasedProgram start(List<String> command, Map<String, String> variables) {
    List<String> whole = new ArrayList<>();
    whole.add(needed(SETSID));
    whole.addAll(List.of(needed(SETPRIV), "--pdeathsig", "KILL", "--"));
    whole.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(whole).inheritIO();
    builder.environment().putAll(variables);
    try {
      return new LeasedProgram(builder.start());
    } catch (IOException e) {
      throw new OperatorException(
          ExitCode.OS_ERROR, command.getFirst() + " cannot be started: " + e.getMessage());
    }
  }

  private static String needed(Path program) {
    if (!Files.isExecutable(program)) {
      throw new OperatorException(
          ExitCode.NOT_INSTALLED, program + " is missing; it is part of util-linux");
    }
    return program.toString();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Waits; whether it has ended. */
  boolean await(long millis) throws InterruptedException {
    return process.waitFor(Math.max(1, millis), TimeUnit.MILLISECONDS);
  }

  /** Its exit code; that of a signal is 128 and its number. */
  int exitCode() {
    return process.exitValue();
  }

  boolean endedBySignal() {
    return !process.isAlive() && process.exitValue() > BY_SIGNAL;
  }

  void terminate() {
    signal("TERM");
  }

  void kill() {
    signal("KILL");
    process.destroyForcibly();
  }

  /** To its whole group. */
  private void signal(String name) {
    if (!process.isAlive()) {
      return;
    }
    try {
      new ProcessBuilder("/bin/kill", "-s", name, "--", "-" + process.pid())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor(1, TimeUnit.SECONDS);
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
