package org.ringward.daemon.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.ringward.core.cib.CibYaml;
import org.ringward.core.fence.FenceAction;
import org.ringward.core.fence.FenceEnvironment;
import org.ringward.core.fence.FenceExecutor;
import org.ringward.core.fence.FenceOutcome;
import org.ringward.core.fence.FenceRequest;
import org.ringward.core.port.ProcessResult;
import org.ringward.ring.os.OperatingSystem;

/** Fencing by node a, with agents that are real programs. */
final class RealFencing implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final BlockingQueue<Ended> ends = new LinkedBlockingQueue<>();
  private final List<FenceOutcome> outcomes = new ArrayList<>();
  private final AtomicLong ids = new AtomicLong();
  private final SystemProcesses processes;
  private final FenceExecutor executor;

  private record Ended(long id, ProcessResult result) {}

  /**
   * @param folder for what is known of running programs
   * @param agents folders in which agents are looked for
   */
  RealFencing(Path folder, List<String> agents) {
    processes =
        new SystemProcesses(
            (result, id) -> ends.add(new Ended(id, result)),
            OperatingSystem::killGroup,
            Leftovers.killed(folder.resolve("running"), OperatingSystem::killGroup));
    executor =
        new FenceExecutor(
            "a",
            new FenceEnvironment(agents, "/usr/bin:/bin"),
            processes,
            ids::incrementAndGet,
            bound -> 0,
            outcomes::add);
  }

  /** Writes an agent. */
  static Path program(Path file, String text) throws IOException {
    Files.writeString(file, text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** Fences a node by what a configuration says, and waits for the end. */
  FenceOutcome fence(String target, FenceAction action, String yaml) throws InterruptedException {
    executor.fence(
        new FenceRequest(
            1, target, action, CibYaml.readConfiguration("c.yaml", yaml).configuration(), "a"),
        System.nanoTime());
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (outcomes.isEmpty() && System.nanoTime() < end) {
      Ended ended = ends.poll(20, TimeUnit.MILLISECONDS);
      if (ended != null) {
        executor.processEnded(ended.id(), ended.result(), System.nanoTime(), 1000);
      }
      executor.expire(System.nanoTime(), 1000);
    }
    assertThat(outcomes).as("an outcome within %d s", PATIENCE_SECONDS).isNotEmpty();
    return outcomes.removeFirst();
  }

  @Override
  public void close() {
    processes.close();
  }
}
