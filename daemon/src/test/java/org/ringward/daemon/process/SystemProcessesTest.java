package org.ringward.daemon.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ringward.core.port.Execution;
import org.ringward.core.port.ProcessResult;
import org.ringward.ring.os.OperatingSystem;

class SystemProcessesTest {
  private record Ended(long id, ProcessResult result) {}

  private final BlockingQueue<Ended> ends = new LinkedBlockingQueue<>();
  private final Path folder;
  private final SystemProcesses processes;

  SystemProcessesTest(@TempDir Path folder) {
    this.folder = folder;
    this.processes = daemonsLife();
  }

  private SystemProcesses daemonsLife() {
    return new SystemProcesses(
        (result, id) -> ends.add(new Ended(id, result)),
        OperatingSystem::killGroup,
        Leftovers.killed(folder.resolve("running"), OperatingSystem::killGroup));
  }

  @AfterEach
  void close() {
    processes.close();
  }

  @Test
  void theNextDaemonKillsWhatAKilledOneLeftRunning() {
    Path pid = folder.resolve("pid");
    processes.start(
        1,
        new Execution(
            List.of("/bin/sh", "-c", "echo $$ > " + pid + "; sleep 300"),
            Map.of("PATH", "/usr/bin:/bin"),
            null));
    long process = pidIn(pid);
    await().until(() -> Files.list(folder.resolve("running")).findAny().isPresent());

    daemonsLife().close();

    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> ProcessHandle.of(process).filter(ProcessHandle::isAlive).isEmpty());
  }

  @Test
  void aProgramThatHasEndedIsNotRemembered() throws Exception {
    shell("exit 0");

    try (var notes = Files.list(folder.resolve("running"))) {
      assertThat(notes).isEmpty();
    }
  }

  private Ended nextEnd() throws InterruptedException {
    Ended end = ends.poll(20, TimeUnit.SECONDS);
    assertThat(end).as("an end within 20 s").isNotNull();
    return end;
  }

  private ProcessResult run(String... command) throws InterruptedException {
    processes.start(7, new Execution(List.of(command), Map.of("PATH", "/usr/bin:/bin"), null));
    Ended end = nextEnd();
    assertThat(end.id()).isEqualTo(7);
    return end.result();
  }

  private ProcessResult shell(String script) throws InterruptedException {
    return run("/bin/sh", "-c", script);
  }

  private long pidIn(Path file) {
    await().until(() -> Files.exists(file) && Files.readString(file).endsWith("\n"));
    try {
      return Long.parseLong(Files.readString(file).strip());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean lives(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  @Test
  void reportsExitCodeAndBothOutputs() throws InterruptedException {
    ProcessResult result = shell("echo out; echo err >&2; exit 7");
    assertThat(result).isEqualTo(new ProcessResult(7, "out\n", "err\n", null));
  }

  @Test
  void environmentIsExactlyTheGivenOneAndDirectoryIsRoot() throws InterruptedException {
    Execution execution =
        new Execution(List.of("/usr/bin/env"), Map.of("OCF_RESKEY_ip", "10.0.0.1"), null);
    processes.start(1, execution);
    assertThat(nextEnd().result().output()).isEqualTo("OCF_RESKEY_ip=10.0.0.1\n");
    assertThat(run("/bin/pwd").output()).isEqualTo("/\n");
  }

  @Test
  void inputIsFedAndClosed() throws InterruptedException {
    String input = "action=off\nnodename=n2\n".repeat(20_000);
    processes.start(1, new Execution(List.of("/usr/bin/wc", "-c"), Map.of(), input));
    assertThat(nextEnd().result().output().strip()).isEqualTo("" + input.length());
    processes.start(2, new Execution(List.of("/bin/true"), Map.of(), input));
    assertThat(nextEnd().result().exitCode()).isZero();
    assertThat(run("/bin/cat").output()).as("no input").isEmpty();
  }

  @Test
  void leadsAGroupAndSessionOfItsOwn() throws InterruptedException {
    String[] fields = shell("cat /proc/$$/stat").output().split(" ", -1);
    assertThat(fields[4]).as("process group").isEqualTo(fields[0]);
    assertThat(fields[5]).as("session").isEqualTo(fields[0]);
  }

  @Test
  void killEndsTheWholeGroup() throws InterruptedException {
    Path pidFile = folder.resolve("pid");
    String script = "sleep 300 & echo $! > " + pidFile + "; wait";
    processes.start(1, new Execution(List.of("/bin/sh", "-c", script), Map.of(), null));
    long grandchild = pidIn(pidFile);
    assertThat(lives(grandchild)).isTrue();
    processes.kill(1);
    assertThat(nextEnd().result().exitCode()).isEqualTo(128 + 9);
    await().until(() -> !lives(grandchild));
  }

  @Test
  void killRightAfterStartIsNotLost() throws InterruptedException {
    for (int id = 1; id <= 20; id++) {
      processes.start(id, new Execution(List.of("/bin/sleep", "300"), Map.of(), null));
      processes.kill(id);
      assertThat(nextEnd())
          .extracting(Ended::id, end -> end.result().exitCode())
          .containsExactly((long) id, 137);
    }
  }

  @Test
  void aDaemonThatKeepsThePipesOpenDoesNotDelayTheReport() throws InterruptedException {
    Path pidFile = folder.resolve("pid");
    String script = "echo before; setsid sleep 300 & echo $! > " + pidFile + "; echo after";
    long start = System.nanoTime();
    ProcessResult result = shell(script);
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    assertThat(result).isEqualTo(new ProcessResult(0, "before\nafter\n", "", null));
    assertThat(millis).isLessThan(5000);
    long daemon = pidIn(pidFile);
    assertThat(lives(daemon)).as("what an agent left behind lives on").isTrue();
    processes.kill(7);
    assertThat(lives(daemon)).isTrue();
    ProcessHandle.of(daemon).ifPresent(ProcessHandle::destroyForcibly);
  }

  @Test
  void ofMuchOutputTheEndIsKept() throws InterruptedException {
    ProcessResult result = shell("seq 1 100000; seq 1 100000 >&2");
    assertThat(result.output()).hasSize(OutputTail.BYTES_MOST).endsWith("\n99999\n100000\n");
    assertThat(result.errors()).hasSize(OutputTail.BYTES_MOST).endsWith("\n99999\n100000\n");
  }

  @Test
  void whatCannotBeStartedSaysWhy() throws IOException, InterruptedException {
    assertThat(run("/nowhere/agent"))
        .isEqualTo(new ProcessResult(-1, "", "", "/nowhere/agent: no such file"));
    Path plain = Files.writeString(folder.resolve("plain"), "exit 0\n");
    assertThat(run(plain.toString()).startError()).endsWith("plain: not executable");
    Path orphan = Files.writeString(folder.resolve("orphan"), "#!/nowhere/sh\n");
    Files.setPosixFilePermissions(orphan, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThat(run(orphan.toString()))
        .returns(-1, ProcessResult::exitCode)
        .extracting(ProcessResult::startError)
        .asString()
        .contains("orphan: No such file");
    assertThat(shell("exit 127").exitCode()).as("an agent may use that number").isEqualTo(127);
  }

  @Test
  void manyAtOnceAllEnd() {
    for (int id = 0; id < 50; id++) {
      processes.start(id, new Execution(List.of("/bin/true"), Map.of(), null));
    }
    await().atMost(Duration.ofSeconds(30)).until(() -> ends.size() == 50);
    assertThat(ends).extracting(Ended::id).doesNotHaveDuplicates();
  }
}
