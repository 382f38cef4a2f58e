package org.ringward.cli.demo;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What can be done to the node that runs the service, in the order of {@code --once}. */
enum Scenario {
  POWER_OFF("power off a node: all its processes are killed, its cable is cut"),
  DAEMON_KILL("kill only the daemon of a node (SIGKILL)"),
  CUT("cut the network of a node, which heartbeat regions still show: it lets go"),
  CUT_ALL("cut the network and all heartbeat regions of a node"),
  STALL("stall the daemon of a node (SIGSTOP)"),
  HANG("hang a node: its daemon and its web server stand still (SIGSTOP)"),
  STOP_FAILURE("plan a move away from a node where the web server cannot be stopped"),
  SERVICE_CRASH("kill the web server (SIGKILL)"),
  MOVE("plan a move to another node"),
  REGION_CUT("cut each heartbeat region in turn, at the node that runs the service"),
  ALL_REGIONS_BUT_ONE("cut all heartbeat regions but one"),
  LOST_DISK("take a shared disk from a node, whose programs say so: a peer takes over");

  private final String sentence;

  Scenario(String sentence) {
    this.sentence = sentence;
  }

  /** As the operator writes and reads it: power-off. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  String sentence() {
    return sentence;
  }

  /** The cluster loses the node. */
  boolean losesNode() {
    return this == CUT || fencesNode();
  }

  /** The cluster must end it by fencing the node. */
  boolean fencesNode() {
    return switch (this) {
      case POWER_OFF, DAEMON_KILL, CUT_ALL, STALL, HANG, STOP_FAILURE -> true;
      case CUT, SERVICE_CRASH, MOVE, REGION_CUT, ALL_REGIONS_BUT_ONE, LOST_DISK -> false;
    };
  }

  /** Heartbeat or another resource is concerned: the service must go on where it is. */
  boolean leavesService() {
    return this == REGION_CUT || this == ALL_REGIONS_BUT_ONE || this == LOST_DISK;
  }

  /** All labels, as a sentence lists them. */
  static String labels() {
    List<String> labels = List.of(values()).stream().map(Scenario::label).toList();
    int last = labels.size() - 1;
    return String.join(", ", labels.subList(0, last)) + " and " + labels.get(last);
  }

  static Optional<Scenario> of(String label) {
    return List.of(values()).stream().filter(each -> each.label().equals(label)).findFirst();
  }
}
