package org.ringward.cli.agents;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ringward.core.agent.ResourceClass;
import org.ringward.core.agent.ResourceOperation;
import org.ringward.core.agent.Step;
import org.ringward.core.agent.Verdict;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.port.Execution;
import org.ringward.core.port.ProcessResult;

/** Runs an operation of an agent here, by hand, exactly as the daemon would. */
public final class AgentRun {
  private static final int OUTPUT_MOST = 1_000_000;

  private AgentRun() {}

  /**
   * How it went.
   *
   * @param verdict what the cluster would make of it
   * @param output what the agent said, standard output and errors, the beginning of it
   */
  public record Result(Verdict verdict, String output, long millis) {}

  /**
   * Runs it to its end.
   *
   * @throws OperatorException when it takes longer than its timeout; it is killed then
   */
  public static Result run(ResourceClass kind, ResourceOperation operation) {
    long began = System.nanoTime();
    List<ProcessResult> ended = new ArrayList<>();
    StringBuilder output = new StringBuilder();
    while (true) {
      Step step = kind.next(operation, ended);
      switch (step) {
        case Verdict verdict -> {
          long millis = (System.nanoTime() - began) / 1_000_000;
          return new Result(verdict, output.toString(), millis);
        }
        case Step.Run run -> {
          ProcessResult result = run(run.execution(), run.timeoutMillis(), operation);
          output.append(result.output()).append(result.errors());
          ended.add(result);
        }
      }
    }
  }

  /** Files, not pipes: what an agent starts may hold its pipes open for years. */
  private static ProcessResult run(
      Execution execution, long timeoutMillis, ResourceOperation operation) {
    try {
      Path folder = Files.createTempDirectory("ringward-agent");
      try {
        return run(execution, timeoutMillis, operation, folder);
      } finally {
        for (String each : List.of("in", "out", "err")) {
          Files.deleteIfExists(folder.resolve(each));
        }
        Files.delete(folder);
      }
    } catch (IOException exception) {
      return new ProcessResult(-1, "", "", exception.getMessage());
    } catch (InterruptedException exception) {
      Thread.currentThread().interrupt();
      throw new OperatorException(ExitCode.TEMPORARY, "Interrupted while the agent ran.");
    }
  }

  private static ProcessResult run(
      Execution execution, long timeoutMillis, ResourceOperation operation, Path folder)
      throws IOException, InterruptedException {
    String input = execution.input();
    Files.writeString(folder.resolve("in"), input == null ? "" : input);
    ProcessBuilder builder =
        new ProcessBuilder(execution.command())
            .redirectInput(folder.resolve("in").toFile())
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile());
    builder.environment().clear();
    builder.environment().putAll(execution.environment());
    Process process = builder.start();
    if (!process.waitFor(timeoutMillis, TimeUnit.MILLISECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw new OperatorException(
          ExitCode.TIMEOUT,
          "%s of %s did not end within its timeout of %d s and was killed; what it has done so far is done."
              .formatted(
                  operation.operation(), operation.resource(), (timeoutMillis + 999) / 1000));
    }
    return new ProcessResult(
        process.exitValue(), text(folder.resolve("out")), text(folder.resolve("err")), null);
  }

  private static String text(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(OUTPUT_MOST), StandardCharsets.UTF_8);
    }
  }
}
