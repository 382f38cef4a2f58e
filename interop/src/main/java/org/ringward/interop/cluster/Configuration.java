package org.ringward.interop.cluster;

import org.ringward.interop.cluster.Shape.Carrier;
import org.ringward.interop.lab.Lab;

/** The configuration file of a ring's nodes: ours read the same corosync.conf. */
final class Configuration {
  private Configuration() {}

  /** The text of corosync.conf, the same on all nodes. */
  static String corosync(Shape shape) {
    StringBuilder text = new StringBuilder("totem {\n    version: 2\n    cluster_name: interop\n");
    text.append("    transport: ").append(shape.carrier().transport());
    text.append('\n');
    if (shape.carrier().hasLinks()) {
      boolean clear = shape.carrier() == Carrier.KNET_CLEAR;
      text.append("    crypto_cipher: ").append(clear ? "none" : "aes256").append('\n');
      text.append("    crypto_hash: ").append(clear ? "none" : "sha256").append('\n');
    }
    if (shape.token() != 0) {
      text.append("    token: ").append(shape.token()).append('\n');
      text.append("    token_coefficient: 0\n");
    }
    text.append("}\nnodelist {\n");
    for (int id = 1; id <= shape.nodes(); id++) {
      text.append("    node {\n        ring0_addr: ").append(Lab.address(id, 0));
      text.append("\n        name: n").append(id);
      text.append("\n        nodeid: ").append(id).append("\n    }\n");
    }
    text.append("}\nquorum {\n    provider: corosync_votequorum\n}\n");
    text.append("system {\n    sched_rr: no\n}\n");
    text.append("logging {\n    to_syslog: no\n    to_stderr: no\n    to_logfile: yes\n");
    text.append("    logfile: /var/log/corosync/corosync.log\n    timestamp: hires\n}\n");
    return text.toString();
  }
}
