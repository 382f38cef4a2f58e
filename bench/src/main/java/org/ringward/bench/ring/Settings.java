package org.ringward.bench.ring;

import java.nio.file.Path;
import org.ringward.interop.lab.Lab;

/** The configuration files of both sides, with their own defaults and the same encryption. */
final class Settings {
  /** The lowest that stood 30 minutes on this kind of machine (reference/peers.md). */
  private static final String FAST_COROSYNC =
      """
          token: 60
          token_coefficient: 0
          token_retransmits_before_loss_const: 1
          knet_ping_interval-0: 250
          knet_ping_timeout-0: 1000
      """;

  /** See docs/node-settings.md. */
  private static final String FAST =
      """
        token: 70
        token_retransmits_before_loss_const: 4
        hold: 12
        join: 10
      """;

  private Settings() {}

  static String corosync(int nodes, boolean aes, boolean realTime, boolean fast) {
    StringBuilder text = new StringBuilder("totem {\n    version: 2\n    cluster_name: bench\n");
    text.append("    transport: knet\n");
    text.append("    crypto_cipher: ").append(aes ? "aes256" : "none").append('\n');
    text.append("    crypto_hash: ").append(aes ? "sha256" : "none").append('\n');
    text.append(fast ? FAST_COROSYNC : "");
    text.append("}\nnodelist {\n");
    for (int id = 1; id <= nodes; id++) {
      text.append("    node {\n        ring0_addr: ").append(Lab.address(id, 0));
      text.append("\n        name: n").append(id);
      text.append("\n        nodeid: ").append(id).append("\n    }\n");
    }
    text.append("}\nquorum {\n    provider: corosync_votequorum\n}\n");
    text.append("system {\n    sched_rr: ").append(realTime ? "yes" : "no").append("\n}\n");
    text.append("logging {\n    to_syslog: no\n    to_stderr: no\n    to_logfile: yes\n");
    text.append("    logfile: /var/log/corosync/corosync.log\n}\n");
    return text.toString();
  }

  static String ringward(
      String name,
      int nodes,
      boolean aes,
      boolean realTime,
      boolean fast,
      Path directory,
      Path key) {
    StringBuilder text = new StringBuilder("cluster: bench\nnode: " + name + "\nnodes:\n");
    for (int id = 1; id <= nodes; id++) {
      text.append("  - {name: n").append(id).append(", id: ").append(id).append(", address: ");
      text.append(Lab.address(id, 0)).append("}\n");
    }
    text.append("totem:\n  transport: knet\n");
    text.append("  crypto_cipher: ").append(aes ? "aes256" : "none").append('\n');
    text.append("  crypto_hash: ").append(aes ? "sha256" : "none").append('\n');
    text.append(fast ? FAST : "");
    text.append("realtime: ").append(fast ? "yes" : realTime ? "auto" : "no").append("\npaths:\n");
    text.append("  key_file: ").append(key).append('\n');
    text.append("  state_dir: ").append(directory.resolve("state")).append('\n');
    text.append("  run_dir: ").append(directory.resolve("run")).append('\n');
    text.append("  socket: ").append(directory.resolve("control.sock")).append('\n');
    return text.toString();
  }
}
