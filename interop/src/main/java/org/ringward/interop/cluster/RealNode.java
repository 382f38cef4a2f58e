package org.ringward.interop.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.interop.lab.LabException;
import org.ringward.interop.lab.Machine;
import org.ringward.interop.lab.Patience;
import org.ringward.interop.lab.Processes;
import org.ringward.interop.lab.Programs;
import org.ringward.interop.member.CorosyncMember;

/** A node that runs corosync; the member is a client of its libcpg. */
final class RealNode extends Node {
  private static final long END_SECONDS = 20;

  private @Nullable Process daemon;

  RealNode(Machine machine, List<Path> journals, List<String> killed) {
    super(machine, journals, killed);
  }

  @Override
  public boolean isOwn() {
    return false;
  }

  @Override
  void startDaemon() {
    // A corosync that was killed leaves its file behind.
    machine().run("rm", "-f", "/run/corosync.pid");
    try {
      daemon =
          Programs.builder(machine().inside(List.of("corosync", "-f")))
              .redirectErrorStream(true)
              .redirectOutput(machine().directory().resolve("corosync.out").toFile())
              .start();
    } catch (IOException e) {
      throw new LabException("corosync does not start: " + e.getMessage(), e);
    }
  }

  @Override
  MemberProcess startMember(Path journal, long life) {
    return new MemberProcess(machine(), CorosyncMember.class, List.of(), journal, life);
  }

  /** The process of corosync itself, 0 when there is none. */
  long corosync() {
    return machine().processes().stream()
        .filter(pid -> Processes.name(pid).equals("corosync"))
        .findFirst()
        .orElse(0L);
  }

  @Override
  void killDaemon() {
    Processes.kill(corosync());
    await();
  }

  @Override
  public void loseRingId() {
    Programs.must(machine().inside(List.of("rm", "/var/lib/corosync/ringid_" + id())));
  }

  @Override
  void stopDaemon() {
    Processes.terminate(corosync());
    await();
  }

  private void await() {
    Process process = daemon;
    if (process != null && !Patience.await(END_SECONDS, () -> !process.isAlive())) {
      throw new LabException("corosync of n" + id() + " did not end");
    }
  }
}
