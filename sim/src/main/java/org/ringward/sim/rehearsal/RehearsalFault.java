package org.ringward.sim.rehearsal;

import java.util.List;

/**
 * One thing that goes wrong in a rehearsal.
 *
 * @param subject a node, a link's number, a region, a fencing device or a resource
 * @param node where it strikes; empty where that says the subject
 */
record RehearsalFault(Kind kind, String subject, String node) {
  /** What goes wrong. */
  enum Kind {
    NODE_OFF("node %s off"),
    NODE_CUT("node %s cut off from the ring"),
    NODE_ISOLATED("node %s cut off from the ring and all regions"),
    DAEMON_KILLED("daemon of %s killed"),
    LINK_CUT("link %s cut"),
    REGION_CUT("region %s cut"),
    DEVICE_FAILS("fencing device %s fails"),
    QUORUM_DEVICE_OFF("quorum device off"),
    RESOURCE_FAILS("%s fails");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  /** In words. */
  String text() {
    String text = kind.words.formatted(subject);
    return kind == Kind.RESOURCE_FAILS ? text + " on " + node : text;
  }

  /** Several at once, in words. */
  static String text(List<RehearsalFault> faults) {
    return String.join(", ", faults.stream().map(RehearsalFault::text).toList());
  }
}
