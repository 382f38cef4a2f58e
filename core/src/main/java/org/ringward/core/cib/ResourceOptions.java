package org.ringward.core.cib;

import java.util.ArrayList;
import java.util.List;

/**
 * The options of resources, operations, fencing devices and nodes, under the names of Pacemaker 3
 * (reference/features-and-pains.md, 1.1; reference/ecosystem.md, A4).
 */
public final class ResourceOptions {
  /** Roles as written today, with the older words as aliases. */
  static final String ROLES = "Started Stopped Promoted Unpromoted | Master Slave";

  /** Meta attributes of resources. */
  public static final OptionList META =
      new OptionList(
          "resource meta attribute",
          List.of(
              Option.choice(
                  "target-role", "Started", ROLES, "What state the cluster tries to keep it in."),
              Option.trueFalse("is-managed", "true", "Whether the cluster may start and stop it."),
              Option.trueFalse(
                  "maintenance", "false", "Leave it as it is and do not even monitor it."),
              Option.score(
                  "priority",
                  "0",
                  "When not all resources can run, those with more priority run first."),
              Option.trueFalse(
                  "critical",
                  "true",
                  "Whether resources colocated with it, as the group it is in, move with it when it"
                      + " fails."),
              Option.score("resource-stickiness", "0", "How much it prefers to stay where it is."),
              Option.score(
                  "migration-threshold",
                  "INFINITY",
                  "Failures on a node after which it may not run there any more."),
              Option.time(
                  "failure-timeout", "0", "After this time failures are forgotten; 0 for never."),
              Option.choice(
                  "requires",
                  null,
                  "nothing quorum fencing unfencing",
                  "What must hold before it may be started; by default fencing when fencing is"
                      + " enabled, else quorum; quorum for fencing devices."),
              Option.choice(
                  "multiple-active",
                  "stop_start",
                  "block stop_only stop_start stop_unexpected",
                  "What to do when it runs on more nodes than it should."),
              Option.trueFalse(
                  "allow-migrate", null, "Whether it can be migrated live when it has to move."),
              Option.trueFalse(
                  "allow-unhealthy-nodes", "false", "Whether it may run on nodes of bad health."),
              Option.text("container-attribute-target", null, "Whose attributes a container uses."),
              Option.text("container", null, "The container it is in; set by the cluster."),
              Option.text(
                  "provides", null, "Of a fencing device: unfencing, when it also lets nodes in."),
              Option.text(
                  "covers",
                  null,
                  "Of a fencing device: resources whose storage is all that it cuts a node off from;"
                      + " it proves nothing of the rest (docs/fencing.md)."),
              Option.text("remote-node", null, "Name of the guest node that it makes."),
              Option.text("remote-addr", null, "Address of that guest node."),
              Option.of(
                  "remote-port", new Option.Whole(1, 65_535), "3121", "Port of that guest node."),
              Option.time("remote-connect-timeout", "60s", "How long connecting to it may take."),
              Option.trueFalse(
                  "remote-allow-migrate", "true", "Whether that guest node may be migrated live."),
              Option.whole("clone-max", 0, null, "Of a clone: instances in the cluster."),
              Option.whole("clone-node-max", 0, "1", "Of a clone: instances on one node."),
              Option.whole(
                  "clone-min", 0, "0", "Of a clone: instances before what depends on it may run."),
              Option.trueFalse("globally-unique", null, "Of a clone: instances differ."),
              Option.trueFalse("notify", "false", "Of a clone: tell instances of each other."),
              Option.trueFalse(
                  "ordered",
                  null,
                  "Of a clone: start one after another, by default false; of a group (deprecated)"
                      + " true."),
              Option.trueFalse(
                  "collocated", "true", "Of a group: members need the same node (deprecated)."),
              Option.trueFalse(
                  "interleave", "false", "Of a clone: orders hold per node instead of for all."),
              Option.trueFalse("promotable", "false", "Of a clone: instances have two roles."),
              Option.whole("promoted-max", 0, "1", "Of a clone: promoted in the cluster.")
                  .formerly("master-max"),
              Option.whole("promoted-node-max", 0, "1", "Of a clone: promoted on one node.")
                  .formerly("master-node-max")));

  /** Options of operations: attributes of op, or meta attributes in it or in the defaults. */
  public static final OptionList OPERATION =
      new OptionList(
          "operation option",
          List.of(
              Option.text("name", null, "The action: start, stop, monitor ..."),
              Option.time("interval", "0", "How often it is run; 0 for once, when it is needed."),
              Option.time("timeout", "20s", "How long it may take before it has failed."),
              Option.choice(
                  "on-fail",
                  null,
                  "ignore block stop restart demote fence standby restart-container",
                  "What to do when it fails; by default restart, and for stop fence when fencing is"
                      + " enabled, else block."),
              Option.choice("role", null, ROLES, "Run it only while the resource has this role."),
              Option.trueFalse("enabled", "true", "Whether it is run at all."),
              Option.time("start-delay", "0", "How long to wait before its first run."),
              Option.text("interval-origin", null, "A date from which the intervals are counted."),
              Option.trueFalse("record-pending", "true", "Record that it is running (deprecated)."),
              Option.text("description", null, "For people.")));

  /** Parameters of fencing devices that the cluster itself reads. */
  public static final OptionList FENCING = new OptionList("fencing device parameter", fencing());

  /** Attributes of nodes that the cluster itself reads; any other name is free. */
  public static final OptionList NODE =
      new OptionList(
          "node attribute",
          List.of(
              Option.trueFalse("standby", "false", "Run no resources on the node."),
              Option.trueFalse(
                  "maintenance", "false", "Leave all resources on the node as they are.")));

  private ResourceOptions() {}

  private static List<Option> fencing() {
    List<Option> options = new ArrayList<>();
    options.add(
        Option.text(
            "pcmk_host_list", null, "Nodes that the device can fence, by spaces or commas."));
    options.add(
        Option.text(
            "pcmk_host_map",
            null,
            "What the device calls each node: n1:1;n2:2,3 with several plugs by commas."));
    options.add(
        Option.choice(
            "pcmk_host_check",
            null,
            "dynamic-list static-list status none",
            "How to find out which nodes the device can fence; by default static-list when a list"
                + " or map is given."));
    options.add(
        Option.text(
            "pcmk_host_argument",
            null,
            "Parameter of the agent that names the victim; by default port, else plug."));
    options.add(
        Option.text(
            "pcmk_delay_base", "0s", "Wait this long before fencing; a time, or n1:0s;n2:5s."));
    options.add(
        Option.time(
            "pcmk_delay_max", "0s", "Upper bound of that wait when a random part is added."));
    options.add(
        Option.whole(
            "pcmk_action_limit", -1, "1", "Most actions at one time on the device; -1 for any."));
    for (String action : List.of("reboot", "off", "on", "list", "monitor", "status")) {
      options.add(
          Option.text(
              "pcmk_" + action + "_action",
              action,
              "What the agent calls the action " + action + "."));
      options.add(
          Option.time(
              "pcmk_" + action + "_timeout",
              "60s",
              "How long " + action + " may take; by default fencing-timeout."));
      options.add(
          Option.whole(
              "pcmk_" + action + "_retries",
              1,
              "2",
              "How often " + action + " is tried within its timeout."));
    }
    return options;
  }
}
