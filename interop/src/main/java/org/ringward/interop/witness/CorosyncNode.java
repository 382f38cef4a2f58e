package org.ringward.interop.witness;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ringward.interop.lab.LabException;
import org.ringward.interop.lab.Machine;
import org.ringward.interop.lab.Patience;

/** A machine with Debian's corosync and its corosync-qdevice. */
final class CorosyncNode {
  private static final Pattern VOTES = Pattern.compile("(?m)^Total votes: +(\\d+)$");

  private final ClusterNode corosync;
  private final ClusterNode qdevice;

  CorosyncNode(Machine machine, Path launcher) {
    corosync = new ClusterNode(machine, launcher);
    qdevice = new ClusterNode(machine, launcher);
  }

  ClusterNode node() {
    return corosync;
  }

  Machine machine() {
    return corosync.machine();
  }

  void start() {
    corosync.startProgram(List.of("corosync", "-f"));
    if (!Patience.await(20, () -> tool().contains("Quorate:"))) {
      throw new LabException("corosync did not start; see " + corosync.file("program.log"));
    }
    machine().run("mkdir", "-p", "/run/corosync-qdevice");
    qdevice.startProgram(List.of(QnetdPlace.QDEVICE, "-f", "-d"));
  }

  void kill() {
    qdevice.kill();
    corosync.kill();
  }

  String tool() {
    return machine().run("corosync-quorumtool", "-s").output();
  }

  boolean isQuorate() {
    return tool().contains("Quorate:          Yes");
  }

  boolean isBlocked() {
    return tool().contains("Quorate:          No");
  }

  int votes() {
    Matcher votes = VOTES.matcher(tool());
    return votes.find() ? Integer.parseInt(votes.group(1)) : -1;
  }
}
