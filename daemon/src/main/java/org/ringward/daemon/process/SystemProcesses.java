package org.ringward.daemon.process;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;
import org.ringward.core.port.Execution;
import org.ringward.core.port.ProcessResult;
import org.ringward.core.port.Processes;

/**
 * Runs programs with {@code setsid}, so that the process id is that of its group and session and a
 * kill reaches everything it started.
 *
 * <p>The end of the program itself is what is reported, also while a daemon that it left behind
 * holds its pipes open. Nothing here happens on the caller's thread: the loop may run with
 * real-time priority, which children must not inherit, and a fork takes milliseconds.
 */
public final class SystemProcesses implements Processes, AutoCloseable {
  private static final String SETSID = "/usr/bin/setsid";
  private static final String SETSID_FAILED = "setsid: failed to execute ";

  /** How long readers may take to fetch what is in the pipes when a grandchild holds them open. */
  private static final long QUIET_MILLIS = 10;

  private static final long READ_ON_MILLIS = 50;
  private static final int THREAD_STACK_BYTES = 256 * 1024;

  private final ObjLongConsumer<ProcessResult> ended;
  private final GroupKill groupKill;
  private final Leftovers leftovers;
  private final Map<Long, Running> running = new ConcurrentHashMap<>();
  private final ExecutorService threads =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          20,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          SystemProcesses::thread);

  /**
   * @param ended told the result and the process id; from any thread
   */
  public SystemProcesses(
      ObjLongConsumer<ProcessResult> ended, GroupKill groupKill, Leftovers leftovers) {
    this.ended = ended;
    this.groupKill = groupKill;
    this.leftovers = leftovers;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(null, work, "ringward-child", THREAD_STACK_BYTES);
    thread.setDaemon(true);
    return thread;
  }

  /** A program between its start and the report of its end. */
  private static final class Running {
    private @Nullable Process process;
    private boolean killed;

    synchronized void started(Process started, GroupKill groupKill) {
      process = started;
      if (killed) {
        kill(groupKill);
      }
    }

    synchronized void kill(GroupKill groupKill) {
      killed = true;
      // Once the program has ended its group is what it left behind on purpose, and its id may
      // soon be somebody else's.
      if (process != null && process.isAlive()) {
        groupKill.kill(process.pid());
        // Between fork and setsid the group does not exist yet.
        process.destroyForcibly();
      }
    }
  }

  @Override
  public void start(long processId, Execution execution) {
    Running entry = new Running();
    running.put(processId, entry);
    threads.execute(() -> run(processId, entry, execution));
  }

  @Override
  public void kill(long processId) {
    Running entry = running.get(processId);
    if (entry != null) {
      threads.execute(() -> entry.kill(groupKill));
    }
  }

  private void run(long processId, Running entry, Execution execution) {
    ProcessResult result;
    try {
      String refusal = refusal(execution);
      result = refusal == null ? result(entry, execution) : notStarted(refusal);
    } catch (IOException | RuntimeException e) {
      result = notStarted(execution.command().getFirst() + ": " + e.getMessage());
    } catch (InterruptedException e) {
      return;
    }
    running.remove(processId);
    ended.accept(result, processId);
  }

  private static ProcessResult notStarted(String reason) {
    return new ProcessResult(-1, "", "", reason);
  }

  private static @Nullable String refusal(Execution execution) {
    String program = execution.command().getFirst();
    Path path = Path.of(program);
    if (!path.isAbsolute()) {
      return program + ": not an absolute path";
    }
    if (!Files.isRegularFile(path)) {
      return program + ": no such file";
    }
    return Files.isExecutable(path) ? null : program + ": not executable";
  }

  private ProcessResult result(Running entry, Execution execution)
      throws IOException, InterruptedException {
    String input = execution.input();
    Process process = builder(execution).start();
    entry.started(process, groupKill);
    OutputTail output = new OutputTail(process.getInputStream());
    OutputTail errors = new OutputTail(process.getErrorStream());
    threads.execute(output);
    threads.execute(errors);
    if (input != null) {
      threads.execute(() -> feed(process.getOutputStream(), input));
    }
    Path note = leftovers.started(process.pid());
    int exitCode = process.waitFor();
    leftovers.ended(note);
    output.awaitEnd(QUIET_MILLIS, READ_ON_MILLIS);
    errors.awaitEnd(QUIET_MILLIS, READ_ON_MILLIS);
    String errorText = errors.text();
    boolean notExecuted = exitCode == 126 || exitCode == 127;
    if (notExecuted && errorText.startsWith(SETSID_FAILED)) {
      return notStarted(errorText.substring(SETSID_FAILED.length()).strip());
    }
    return new ProcessResult(exitCode, output.text(), errorText, null);
  }

  private static ProcessBuilder builder(Execution execution) {
    List<String> command = new ArrayList<>();
    command.add(SETSID);
    command.addAll(execution.command());
    ProcessBuilder builder = new ProcessBuilder(command).directory(new File("/"));
    builder.environment().clear();
    builder.environment().putAll(execution.environment());
    if (execution.input() == null) {
      builder.redirectInput(Redirect.from(new File("/dev/null")));
    }
    return builder;
  }

  private static void feed(OutputStream pipe, String input) {
    try (pipe) {
      pipe.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // The program did not want to read all of it, which is its right.
    }
  }

  /** Stops reporting; programs that run go on, as services must survive the daemon. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
