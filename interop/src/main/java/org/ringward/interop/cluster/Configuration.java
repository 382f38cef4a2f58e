package org.ringward.interop.cluster;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.ringward.interop.cluster.Shape.Carrier;

/**
 * The configuration file of a ring's nodes: ours read the same corosync.conf.
 *
 * @param nodes ids of the nodes in the list
 * @param links how many links of the shape there are
 */
record Configuration(Shape shape, Set<Integer> nodes, int links) {
  /** All nodes and links of the shape. */
  static Configuration whole(Shape shape) {
    Set<Integer> all = new TreeSet<>();
    IntStream.rangeClosed(1, shape.nodes()).forEach(all::add);
    return new Configuration(shape, all, shape.links().size());
  }

  Configuration without(int node) {
    Set<Integer> rest = new TreeSet<>(nodes);
    rest.remove(node);
    return new Configuration(shape, rest, links);
  }

  Configuration withLinks(int count) {
    return new Configuration(shape, nodes, count);
  }

  /** The text of corosync.conf, the same on all nodes. */
  String text() {
    StringBuilder text = new StringBuilder("totem {\n    version: 2\n    cluster_name: interop\n");
    text.append("    transport: ").append(shape.carrier().transport());
    text.append('\n');
    if (shape.carrier().hasLinks()) {
      text.append("    link_mode: ").append(shape.mode().word()).append('\n');
      text.append("    crypto_cipher: ").append(shape.hasKey() ? "aes256" : "none").append('\n');
      text.append("    crypto_hash: ").append(shape.hasKey() ? "sha256" : "none").append('\n');
    }
    if (shape.carrier() == Carrier.UDP_BROADCAST) {
      text.append("    interface {\n        linknumber: 0\n        broadcast: yes\n    }\n");
    }
    if (shape.token() != 0) {
      text.append("    token: ").append(shape.token()).append('\n');
      text.append("    token_coefficient: 0\n");
    }
    text.append("}\nnodelist {\n");
    for (int id : nodes) {
      text.append("    node {\n");
      for (int link = 0; link < links; link++) {
        text.append("        ring").append(link).append("_addr: ");
        text.append(shape.links().get(link).address(id, link)).append('\n');
      }
      text.append("        name: n").append(id);
      text.append("\n        nodeid: ").append(id).append("\n    }\n");
    }
    text.append("}\nquorum {\n    provider: corosync_votequorum\n}\n");
    text.append("system {\n    sched_rr: no\n}\n");
    text.append("logging {\n    to_syslog: no\n    to_stderr: no\n    to_logfile: yes\n");
    text.append("    logfile: /var/log/corosync/corosync.log\n    timestamp: hires\n}\n");
    return text.toString();
  }
}
