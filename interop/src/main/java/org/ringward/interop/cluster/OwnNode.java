package org.ringward.interop.cluster;

import java.nio.file.Path;
import java.util.List;
import org.ringward.interop.lab.Machine;
import org.ringward.interop.lab.Programs;
import org.ringward.interop.member.RingMember;

/** A node that runs Ringward: daemon and member are one process. */
final class OwnNode extends Node {
  OwnNode(Machine machine, List<Path> journals, List<String> killed) {
    super(machine, journals, killed);
  }

  @Override
  public boolean isOwn() {
    return true;
  }

  @Override
  void startDaemon() {}

  @Override
  MemberProcess startMember(Path journal, long life) {
    List<String> files = List.of("/etc/corosync/corosync.conf", ringId());
    return new MemberProcess(machine(), RingMember.class, files, journal, life);
  }

  private String ringId() {
    return machine().directory().resolve("ringid").toString();
  }

  @Override
  void killDaemon() {}

  @Override
  public void loseRingId() {
    Programs.must(machine().inside(List.of("rm", ringId())));
  }

  @Override
  void stopDaemon() {}
}
