package org.ringward.interop.witness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.ringward.interop.lab.LabException;
import org.ringward.interop.lab.Machine;
import org.ringward.interop.lab.Patience;
import org.ringward.interop.lab.Programs;

/** The machine with Debian's corosync-qnetd, and what its nodes need to speak TLS with it. */
final class QnetdPlace {
  static final String QNETD = "/usr/bin/corosync-qnetd";
  static final String QDEVICE = "/usr/sbin/corosync-qdevice";
  private static final String NODES = "etc/corosync/qdevice/net/nssdb";

  private final ClusterNode node;
  private final String tls;

  /**
   * @param tls off, on or required
   */
  QnetdPlace(ClusterNode node, String tls) {
    this.node = node;
    this.tls = tls;
  }

  Machine machine() {
    return node.machine();
  }

  /** Makes the keys with corosync's own programs and gives the nodes theirs. */
  void certify(String cluster, List<ClusterNode> nodes) {
    if (tls.equals("off")) {
      return;
    }
    String folder = "/etc/corosync/qdevice/net/nssdb/";
    must("mkdir", "-p", "/etc/corosync/qnetd", "/etc/corosync/qdevice/net");
    must("corosync-qnetd-certutil", "-i");
    String authority = "/etc/corosync/qnetd/nssdb/qnetd-cacert.crt";
    must("corosync-qdevice-net-certutil", "-i", "-c", authority);
    must("corosync-qdevice-net-certutil", "-r", "-n", cluster);
    must("corosync-qnetd-certutil", "-s", "-c", folder + "qdevice-net-node.crq", "-n", cluster);
    String signed = "/etc/corosync/qnetd/nssdb/cluster-" + cluster + ".crt";
    must("corosync-qdevice-net-certutil", "-M", "-c", signed);
    nodes.forEach(this::hand);
  }

  private void must(String... command) {
    Programs.must(machine().inside(List.of(command)));
  }

  private void hand(ClusterNode to) {
    Path target = to.file(NODES);
    try (Stream<Path> files = Files.list(node.file(NODES))) {
      Files.createDirectories(target);
      for (Path each : files.toList()) {
        Files.copy(each, target.resolve(each.getFileName()));
      }
    } catch (IOException e) {
      throw new LabException("the keys cannot be copied: " + e.getMessage(), e);
    }
  }

  void start() {
    must("mkdir", "-p", "/run/corosync-qnetd");
    must("rm", "-f", "/run/corosync-qnetd/corosync-qnetd.pid");
    node.startProgram(List.of(QNETD, "-f", "-d", "-s", tls.equals("required") ? "req" : tls));
    boolean listens =
        Patience.await(
            10,
            () -> machine().run("ss", "-Hltn", "sport", "=", ":5403").output().contains(":5403"));
    if (!listens) {
      throw new LabException("corosync-qnetd did not start; see " + node.file("program.log"));
    }
  }

  void kill() {
    node.kill();
  }
}
