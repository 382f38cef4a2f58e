package org.ringward.core.cib;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The options of the whole cluster, under the names of Pacemaker 3
 * (reference/features-and-pains.md, 1.1); and a view of a configuration that answers each with what
 * is set, else with its default.
 */
public final class ClusterProperties {
  /** Every cluster option. */
  public static final OptionList ALL =
      new OptionList(
          "cluster option",
          List.of(
              Option.choice(
                  "no-quorum-policy",
                  "stop",
                  "stop freeze ignore demote fence | suicide",
                  "What a partition without quorum does with its resources."),
              Option.trueFalse(
                  "symmetric-cluster",
                  "true",
                  "Whether resources may run on every node unless a constraint forbids it."),
              Option.trueFalse(
                  "maintenance-mode",
                  "false",
                  "Leave all resources as they are: start, stop and monitor nothing."),
              Option.trueFalse("stop-all-resources", "false", "Stop every resource."),
              Option.trueFalse(
                  "start-failure-is-fatal",
                  "true",
                  "One failed start bans a resource from the node until the failure is cleared."),
              Option.trueFalse(
                      "fencing-enabled",
                      "true",
                      "Fence nodes that failed; without it data may be damaged.")
                  .formerly("stonith-enabled"),
              Option.choice(
                      "fencing-action",
                      "reboot",
                      "reboot off | poweroff",
                      "What fencing does with a node.")
                  .formerly("stonith-action"),
              Option.time(
                      "fencing-timeout", "60s", "How long one fencing action may take by default.")
                  .formerly("stonith-timeout"),
              Option.whole(
                      "fencing-max-attempts",
                      1,
                      "10",
                      "Failed attempts after which the fencing of a node is not tried at once"
                          + " again.")
                  .formerly("stonith-max-attempts"),
              Option.of(
                      "fencing-watchdog-timeout",
                      new Option.TimeOrAuto(),
                      "0",
                      "After this time a lost node counts as gone because of its watchdog; 0 for"
                          + " never.")
                  .formerly("stonith-watchdog-timeout"),
              Option.time(
                  "fencing-surrender-timeout",
                  "20s",
                  "How long a lost node that heartbeats still show may take to stop its resources"
                      + " when it is asked to, before it is fenced; 0 for not to ask."),
              Option.trueFalse(
                  "fencing-status-check",
                  "true",
                  "Ask a device that says it switched a node off for its status, where its agent"
                      + " can tell; one that still says on has failed."),
              Option.choice(
                      "fencing-reaction",
                      "stop",
                      "stop panic",
                      "What a node does that learns of its own fencing.")
                  .formerly("fence-reaction"),
              Option.time(
                  "priority-fencing-delay",
                  "0",
                  "Head start of the side whose resources have more priority, when two sides fence"
                      + " each other."),
              Option.trueFalse(
                  "startup-fencing",
                  "true",
                  "Fence nodes that were not seen since the cluster started."),
              Option.trueFalse(
                  "concurrent-fencing",
                  "true",
                  "Fence several nodes at the same time (deprecated)."),
              Option.trueFalse(
                  "have-watchdog", null, "Whether nodes have a watchdog; set by the cluster."),
              Option.time(
                  "node-pending-timeout",
                  "0",
                  "Fence a node that is in the membership but did not join within this time; 0 for"
                      + " never."),
              Option.time(
                  "cluster-delay",
                  "60s",
                  "Longest way of a message through the network, added to time limits of remote"
                      + " actions."),
              Option.time("dc-deadtime", "20s", "How long to wait for others at the start."),
              Option.time(
                  "cluster-recheck-interval",
                  "15min",
                  "How often the state is checked although nothing happened."),
              Option.time("election-timeout", "2min", "How long choosing a coordinator may take."),
              Option.time(
                  "shutdown-escalation",
                  "20min",
                  "After this time a node that shuts down no longer waits for its resources."),
              Option.time(
                      "join-integration-timeout",
                      "3min",
                      "How long the joining of a node may take.")
                  .formerly("crmd-integration-timeout"),
              Option.time(
                      "join-finalization-timeout",
                      "30min",
                      "How long the last step of joining may take.")
                  .formerly("crmd-finalization-timeout"),
              Option.time(
                      "transition-delay",
                      "0s",
                      "How long to wait for more news before a new plan is made.")
                  .formerly("crmd-transition-delay"),
              Option.whole(
                  "batch-limit",
                  -1,
                  "0",
                  "Most actions at one time in the whole cluster; 0 for a limit by load, -1 for"
                      + " none."),
              Option.whole(
                  "node-action-limit",
                  -1,
                  "0",
                  "Most actions at one time on a node; 0 for twice its processors."),
              Option.whole(
                  "migration-limit",
                  -1,
                  "-1",
                  "Most live migrations at one time on a node; -1 for no limit."),
              Option.of(
                  "load-threshold",
                  new Option.Percentage(),
                  "80%",
                  "Load of a node above which fewer actions are given to it."),
              Option.trueFalse(
                      "stop-removed-resources",
                      "true",
                      "Stop resources that run although they were removed from the configuration.")
                  .formerly("stop-orphan-resources"),
              Option.trueFalse(
                      "cancel-removed-actions",
                      "true",
                      "Cancel recurring actions that were removed from the configuration.")
                  .formerly("stop-orphan-actions"),
              Option.trueFalse(
                  "enable-startup-probes",
                  "true",
                  "Look on each node that comes which resources run there (deprecated)."),
              Option.choice(
                  "placement-strategy",
                  "default",
                  "default utilization minimal balanced",
                  "How utilization decides on which node a resource is placed."),
              Option.choice(
                  "node-health-strategy",
                  "none",
                  "none migrate-on-red only-green progressive custom",
                  "What health attributes of a node do to its resources."),
              Option.score(
                  "node-health-base", "0", "Score that every node gets under progressive."),
              Option.score("node-health-green", "0", "Score of a green health attribute."),
              Option.score("node-health-yellow", "0", "Score of a yellow health attribute."),
              Option.score("node-health-red", "-INFINITY", "Score of a red health attribute."),
              Option.trueFalse(
                  "shutdown-lock",
                  "false",
                  "Resources of a node that was shut down cleanly wait for it."),
              Option.time(
                  "shutdown-lock-limit", "0", "How long they wait at most; 0 for no limit."),
              Option.whole(
                  "pe-input-series-max",
                  -1,
                  "4000",
                  "Saved inputs of plans to keep; -1 for all, 0 for none."),
              Option.whole(
                  "pe-warn-series-max",
                  -1,
                  "5000",
                  "Saved inputs of plans with warnings to keep; -1 for all, 0 for none."),
              Option.whole(
                  "pe-error-series-max",
                  -1,
                  "-1",
                  "Saved inputs of plans with errors to keep; -1 for all, 0 for none."),
              Option.trueFalse("enable-acl", "false", "Obey the access rules in acls."),
              Option.whole(
                  "cluster-ipc-limit", 1, "500", "Longest queue of a client (deprecated)."),
              Option.text("cluster-name", null, "The name of the cluster, for rules and people."),
              Option.text("dc-version", null, "Version of the coordinator; set by the cluster."),
              Option.text("cluster-infrastructure", null, "Kind of the ring; set by the cluster."),
              Option.text(
                  "last-lrm-refresh", null, "When histories were refreshed; set by tools.")));

  private final Configuration configuration;

  private ClusterProperties(Configuration configuration) {
    this.configuration = configuration;
  }

  /**
   * The options in effect. Sets with a rule are left aside; of several sets cib-bootstrap-options
   * wins, then the one with the higher score. A new name wins over an old one.
   */
  public static ClusterProperties of(Configuration configuration) {
    return new ClusterProperties(configuration);
  }

  /** What is set, under the new or an old name, null when neither is. */
  public @Nullable String configured(String name) {
    Option option = ALL.find(name);
    List<String> names = new ArrayList<>();
    names.add(option == null ? name : option.name());
    if (option != null) {
      names.addAll(option.formerly());
    }
    List<AttributeSet> sets =
        configuration.properties().stream()
            .filter(set -> !set.hasRule())
            .sorted(Comparator.comparingInt(ClusterProperties::precedence))
            .toList();
    for (String each : names) {
      for (AttributeSet set : sets) {
        if (set.value(each) != null) {
          return set.value(each);
        }
      }
    }
    return null;
  }

  private static int precedence(AttributeSet set) {
    return set.id().equals("cib-bootstrap-options")
        ? Integer.MIN_VALUE
        : -Score.parse(set.attributes().get("score", "0")).orElse(0);
  }

  /** What is in effect; a value that is not allowed counts as not set. Null for no default. */
  public @Nullable String value(String name) {
    Option option = Objects.requireNonNull(ALL.find(name), name);
    String value = configured(name);
    return value != null && option.type().accepts(value) ? value : option.otherwise();
  }

  /** A truth value in effect. */
  public boolean isTrue(String name) {
    return Booleans.isTrue(value(name));
  }

  /** A time in effect, milliseconds; negative for automatic. */
  public long millis(String name) {
    return Durations.millis(value(name), -1);
  }

  /** A score in effect. */
  public int score(String name) {
    String value = value(name);
    return value == null ? 0 : Score.parse(value).orElse(0);
  }

  /** A whole number in effect. */
  public int whole(String name) {
    return Numbers.intOr(value(name), 0);
  }
}
