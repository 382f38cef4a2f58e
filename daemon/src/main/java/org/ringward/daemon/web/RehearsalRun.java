package org.ringward.daemon.web;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Rehearsals that a page orders: done by the command line, in a process of its own that gets only
 * the processor time which nobody else wants. One at a time. The report comes to the node as from
 * any other operator, and to the page with what the node shows.
 */
final class RehearsalRun implements AutoCloseable {
  /** The program that started this daemon, by which it starts the command line. */
  static final String LAUNCHER = "RINGWARD_LAUNCHER";

  private static final Path NICE = Path.of("/usr/bin/nice");
  private static final long PATIENCE_MINUTES = 15;
  private static final int WORDS_MOST = 4000;

  private final List<String> command;
  private final Semaphore free = new Semaphore(1);
  private volatile @Nullable Process running;
  private volatile boolean closed;

  /**
   * @param command that rehearses and hands the report in; empty when none is known
   */
  RehearsalRun(List<String> command) {
    this.command = List.copyOf(command);
  }

  /**
   * For the daemon with these files.
   *
   * @param environment of the daemon
   */
  static RehearsalRun of(Map<String, String> environment, Path nodeFile, String socket) {
    String launcher = environment.getOrDefault(LAUNCHER, "");
    if (launcher.isEmpty()) {
      return new RehearsalRun(List.of());
    }
    List<String> command = new ArrayList<>();
    if (NICE.toFile().canExecute()) {
      command.addAll(List.of(NICE.toString(), "-n", "19"));
    }
    int jobs = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
    command.addAll(
        List.of(
            launcher,
            "rehearse",
            "--config",
            nodeFile.toAbsolutePath().toString(),
            "--socket",
            socket,
            "--jobs",
            Integer.toString(jobs)));
    return new RehearsalRun(command);
  }

  /**
   * How it ended.
   *
   * @param exitCode 0, or 1 when something is unsafe: both have a report
   * @param message empty, or what went wrong
   */
  record Ended(int exitCode, String message) {}

  /**
   * Rehearses; returns when that has ended.
   *
   * @throws Refusal when one is running, or cannot be started
   */
  Ended run() throws Refusal, IOException, InterruptedException {
    if (command.isEmpty()) {
      throw new Refusal(
          503,
          "this daemon does not know the program that started it; run ringward rehearse on its"
              + " machine");
    }
    if (!free.tryAcquire()) {
      throw new Refusal(409, "a rehearsal is running already; its result will be shown here");
    }
    try {
      return finished(start());
    } finally {
      running = null;
      free.release();
    }
  }

  private Process start() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(new File("/"))
            .redirectInput(Redirect.from(new File("/dev/null")))
            .redirectOutput(Redirect.DISCARD);
    builder.environment().remove("NOTIFY_SOCKET");
    Process process = builder.start();
    running = process;
    if (closed) {
      end(process);
    }
    return process;
  }

  private static Ended finished(Process process) throws IOException, InterruptedException {
    CompletableFuture<Process> patience =
        process
            .onExit()
            .orTimeout(PATIENCE_MINUTES, TimeUnit.MINUTES)
            .exceptionally(_ -> {
              end(process);
              return process;
            });
    try (InputStream errors = process.getErrorStream()) {
      String words = new String(errors.readNBytes(WORDS_MOST), StandardCharsets.UTF_8).strip();
      errors.transferTo(OutputStream.nullOutputStream());
      int exitCode = process.waitFor();
      boolean reported = exitCode == 0 || (exitCode == 1 && words.isEmpty());
      return new Ended(
          exitCode,
          reported ? "" : "the rehearsal failed with exit code " + exitCode + ": " + words);
    } finally {
      patience.cancel(false);
      end(process);
    }
  }

  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  /** Ends what runs. */
  @Override
  public void close() {
    closed = true;
    Process process = running;
    if (process != null) {
      end(process);
    }
  }
}
