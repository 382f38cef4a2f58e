package org.ringward.cli.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.ringward.core.agent.AgentMetadata;
import org.ringward.core.agent.FenceAgent;
import org.ringward.core.agent.FenceParameters;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.cib.ConfigurationReading;
import org.ringward.core.cib.Finding;
import org.ringward.core.cib.Finding.Severity;
import org.ringward.core.cib.Primitive;
import org.ringward.core.port.Execution;

/** The fence agents of this machine: each is asked once for its metadata. */
final class InstalledFenceAgents {
  private static final int PATIENCE_SECONDS = 20;
  private static final int LENGTH_MAX = 2_000_000;

  private final List<Path> folders;
  private final Map<String, Answer> answers = new TreeMap<>();

  /** One of both: the metadata, or a sentence why there is none. */
  private record Answer(@Nullable AgentMetadata metadata, String problem) {}

  InstalledFenceAgents(List<Path> folders) {
    this.folders = List.copyOf(folders);
  }

  /** What is wrong with the parameters of all fencing devices of a configuration. */
  List<Finding> check(ConfigurationReading reading) {
    List<Finding> findings = new ArrayList<>();
    for (Primitive device : reading.configuration().primitives()) {
      if (device.isFencingDevice()) {
        findings.addAll(check(device, reading));
      }
    }
    return findings;
  }

  private List<Finding> check(Primitive device, ConfigurationReading reading) {
    Answer answer = answers.computeIfAbsent(device.type(), this::ask);
    AgentMetadata metadata = answer.metadata();
    if (metadata != null) {
      return FenceParameters.check(device, metadata, reading.sources());
    }
    int line = reading.sources().line(device.attributes());
    String sentence = "device %s: %s".formatted(device.id(), answer.problem());
    String file = reading.sources().file();
    return List.of(new Finding(Severity.ERROR, file, line, "primitive " + device.id(), sentence));
  }

  private Answer ask(String name) {
    String problem = FenceAgent.nameProblem(name);
    if (problem != null) {
      return new Answer(null, problem);
    }
    for (Path folder : folders) {
      if (Files.isExecutable(folder.resolve(name))) {
        return run(folder, name);
      }
    }
    String where = String.join(" or ", folders.stream().map(Path::toString).toList());
    return new Answer(null, "there is no fence agent %s in %s".formatted(name, where));
  }

  private static Answer run(Path folder, String name) {
    String path = System.getenv().getOrDefault("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
    Execution execution = FenceAgent.execution(folder.toString(), name, "metadata", Map.of(), path);
    try {
      Path input = Files.createTempFile("ringward-agent", ".in");
      Path output = Files.createTempFile("ringward-agent", ".out");
      try {
        Files.writeString(input, "action=metadata\n");
        return read(name, end(execution, input, output), output);
      } finally {
        Files.delete(input);
        Files.delete(output);
      }
    } catch (IOException exception) {
      return new Answer(
          null, "%s could not be started: %s".formatted(name, exception.getMessage()));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new OperatorException(ExitCode.ERROR, "Interrupted.");
    }
  }

  /** Files, not pipes: an agent that is killed may leave somebody behind who holds its pipes. */
  private static @Nullable Integer end(Execution execution, Path input, Path output)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(execution.command())
            .redirectInput(input.toFile())
            .redirectOutput(output.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().putAll(execution.environment());
    Process process = builder.start();
    if (process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      return process.exitValue();
    }
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    return null;
  }

  private static Answer read(String name, @Nullable Integer exitCode, Path output)
      throws IOException {
    if (exitCode == null) {
      return new Answer(null, "%s gave no metadata within %d s".formatted(name, PATIENCE_SECONDS));
    }
    if (Files.size(output) > LENGTH_MAX) {
      return new Answer(null, "%s gave more than %d bytes of metadata".formatted(name, LENGTH_MAX));
    }
    String text = new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
    if (exitCode != 0 || text.isBlank()) {
      return new Answer(
          null, "%s ended with exit code %d and gave no metadata".formatted(name, exitCode));
    }
    try {
      return new Answer(FenceAgent.metadata(name, text), "");
    } catch (OperatorException exception) {
      return new Answer(null, "%s: %s".formatted(name, exception.sentence()));
    }
  }
}
