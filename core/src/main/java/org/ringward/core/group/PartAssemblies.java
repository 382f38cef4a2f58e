package org.ringward.core.group;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.NodeSet;
import org.ringward.core.wire.CpgMessage;

/**
 * Large messages that have come in part. Every member puts them together for every group, joined or
 * not: one that joins between the first part and the last still gets the message.
 */
final class PartAssemblies {
  /** Processes of one node that send a large message at once; the oldest is forgotten. */
  private static final int PROCESSES_MAX = 8;

  /** Bytes of one node's unfinished messages: the longest and half of another. */
  static final long BYTES_OF_NODE_MAX = 24L * 1024 * 1024;

  private final int lengthMax;
  private final TreeMap<Integer, LinkedHashMap<Integer, PartAssembly>> nodes = new TreeMap<>();

  PartAssemblies(int lengthMax) {
    this.lengthMax = lengthMax;
  }

  /** A part; the assembly when it is complete, until it is forgotten. */
  @Nullable PartAssembly part(int node, CpgMessage message, byte[] bytes) {
    LinkedHashMap<Integer, PartAssembly> ofNode =
        nodes.computeIfAbsent(node, _ -> new LinkedHashMap<>());
    PartAssembly assembly = ofNode.get(message.pid);
    if (assembly == null) {
      if (ofNode.size() == PROCESSES_MAX) {
        ofNode.remove(ofNode.firstEntry().getKey());
      }
      assembly = new PartAssembly();
      ofNode.put(message.pid, assembly);
    }
    boolean complete = assembly.part(message, bytes, lengthMax);
    while (held(ofNode) > BYTES_OF_NODE_MAX && ofNode.size() > 1) {
      ofNode.remove(oldestBut(message.pid, ofNode));
    }
    return complete ? assembly : null;
  }

  private static long held(SequencedMap<Integer, PartAssembly> ofNode) {
    long held = 0;
    for (PartAssembly each : ofNode.values()) {
      held += each.held();
    }
    return held;
  }

  private static int oldestBut(int pid, SequencedMap<Integer, PartAssembly> ofNode) {
    int first = ofNode.firstEntry().getKey();
    return first == pid ? ofNode.lastEntry().getKey() : first;
  }

  /** Bytes of all unfinished messages. */
  long held() {
    return nodes.values().stream().mapToLong(PartAssemblies::held).sum();
  }

  /** The process has ended, or its message is delivered. */
  void forget(int node, int pid) {
    LinkedHashMap<Integer, PartAssembly> ofNode = nodes.get(node);
    if (ofNode != null) {
      ofNode.remove(pid);
    }
  }

  /** Forgets what other nodes have begun. */
  void keepOnly(NodeSet members) {
    nodes.keySet().removeIf(node -> !members.contains(node));
  }
}
