package org.ringward.core.admin;

import java.util.List;

/**
 * What there is to prove that a lost node is down, and what was proven.
 *
 * @param node the node that answers
 * @param devices in the order of the configuration
 * @param nodes every configured node with its ways to a proof
 * @param history what was fenced, newest first
 * @param warnings what the operator should know, a sentence each
 */
public record FencingReport(
    String node,
    List<DeviceLine> devices,
    List<NodeLine> nodes,
    List<EntryLine> history,
    List<String> warnings)
    implements AdminReply.Report {

  public FencingReport {
    devices = List.copyOf(devices);
    nodes = List.copyOf(nodes);
    history = List.copyOf(history);
    warnings = List.copyOf(warnings);
  }

  /**
   * A fencing device.
   *
   * @param hosts which nodes it can fence, with their plugs, as far as the configuration says
   * @param levels where it stands in the topology, such as "n2: level 1"; empty without topology
   * @param problem why it cannot be used at all, empty when it can
   * @param monitors by the nodes that watch over it; empty when none does
   */
  public record DeviceLine(
      String id,
      String agent,
      String hosts,
      List<String> levels,
      String problem,
      List<MonitorLine> monitors) {
    public DeviceLine {
      levels = List.copyOf(levels);
      monitors = List.copyOf(monitors);
    }
  }

  /**
   * The last start or monitor of a device on a node that watches over it.
   *
   * @param well whether the device answered
   * @param reason what it said when it did not
   * @param sinceMillis since when that is so, milliseconds since 1970; 0 when it is not known
   */
  public record MonitorLine(String node, boolean well, String reason, long sinceMillis) {}

  /**
   * A node.
   *
   * @param provable whether it can be proven down without a person, whatever state it is in
   * @param promise what may be promised when it is lost, and what not; one sentence
   * @param paths every rung that could prove it, from mild to severe
   */
  public record NodeLine(String name, boolean provable, String promise, List<PathLine> paths) {
    public NodeLine {
      paths = List.copyOf(paths);
    }
  }

  /**
   * A way to a proof.
   *
   * @param rung its name: surrender, watchdog, power, person
   * @param works whether it can be gone at this moment
   * @param detail with what, or why not; one sentence
   */
  public record PathLine(String rung, boolean works, String detail) {}

  /**
   * One attempt.
   *
   * @param state running, succeeded or failed
   * @param by who ran it or vouches for it
   * @param cause why it was done, may be empty
   * @param result the proof, or what went wrong; while it runs the cause
   * @param rung that proved it, empty for none
   * @param wallMillis when its last news came
   */
  public record EntryLine(
      String target,
      String action,
      String state,
      String by,
      String cause,
      String result,
      String rung,
      long wallMillis) {}
}
