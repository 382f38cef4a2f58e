package org.ringward.core.control;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.ringward.core.cib.ClusterProperties;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.NodeEntry;
import org.ringward.core.cib.Primitive;
import org.ringward.core.config.Networks;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.fence.DeviceSummary;
import org.ringward.core.fence.FencePlan;

/**
 * What is wrong with fencing devices though each of them works: that they go down with the node
 * they shall fence, or that a node which is cut off can still use them.
 */
final class DeviceWarnings {
  /**
   * Agents of boards that are built into the machine they switch, and live on its power supplies.
   * Those of blade chassis (fence_hpblade, fence_ilo_moonshot ...) are not among them.
   */
  private static final Pattern BUILT_IN =
      Pattern.compile(
          "fence_(amt|drac5?|idrac|ilo[2-5]?|ilo[345]?_ssh|ilo_mp|imm|ipmilan|ipmilanplus|redfish|rs[ab])");

  private final NodeSettings settings;
  private final ClusterState state;
  private final Configuration configuration;
  private final List<String> warnings = new ArrayList<>();

  DeviceWarnings(NodeSettings settings, ClusterState state) {
    this.settings = settings;
    this.state = state;
    this.configuration = state.cib().configuration();
  }

  /** A sentence for each, in the order of the devices. */
  List<String> sentences(List<DeviceSummary> devices) {
    if (!ClusterProperties.of(configuration).isTrue("fencing-enabled")) {
      warnings.add("fencing-enabled is false: resources of a lost node may run twice");
    }
    for (DeviceSummary device : devices) {
      unwatched(device);
      onVictimsNetwork(device);
      reachedWhenCutOff(device);
      overSsh(device);
    }
    onVictimsPower(devices);
    return List.copyOf(warnings);
  }

  private void unwatched(DeviceSummary device) {
    if (!isMonitored(device.id())) {
      warnings.add(
          "%s has no recurring monitor: that it does not work is noticed when it is needed"
              .formatted(device.id()));
    }
  }

  private void onVictimsNetwork(DeviceSummary device) {
    for (NodeSettings.Member member : settings.members()) {
      boolean own = member.addresses().contains(device.address());
      if (own && fences(device.id(), member.name())) {
        warnings.add(
            "%s is reached at %s, which is %s's own address: it is gone with the node it shall fence"
                .formatted(device.id(), device.address(), member.name()));
      }
    }
  }

  /** Of more than two nodes one that is cut off has no quorum, and fences nobody. */
  private void reachedWhenCutOff(DeviceSummary device) {
    List<String> ring =
        settings.members().stream().flatMap(each -> each.addresses().stream()).toList();
    if (settings.quorum().twoNode() && Networks.isApart(device.address(), ring)) {
      warnings.add(
          "%s is reached at %s, where no link of the ring is: a node whose links are broken can still shoot the healthy one with it; put a link of the ring into that network"
              .formatted(device.id(), device.address()));
    }
  }

  private void overSsh(DeviceSummary device) {
    if (device.agent().equals("fence_ssh") || device.agent().equals("external/ssh")) {
      warnings.add(
          "%s is a test device: over ssh a node that hangs or is cut off cannot be fenced"
              .formatted(device.id()));
    }
  }

  private void onVictimsPower(List<DeviceSummary> devices) {
    List<String> builtIn =
        devices.stream()
            .filter(each -> BUILT_IN.matcher(each.agent()).matches())
            .map(DeviceSummary::id)
            .toList();
    for (NodeEntry node : configuration.nodes()) {
      Set<String> needed = neededFor(node.uname(), builtIn);
      if (!needed.isEmpty() && !WatchdogProof.covers(state, node.uname())) {
        warnings.add(
            "%s is fenced only by what is built into it (%s): when it loses its power, that does not answer and nothing proves %s down; add a level of another kind, or a watchdog that counts"
                .formatted(node.uname(), String.join(", ", needed), node.uname()));
      }
    }
  }

  /** Those of the devices without which no level of the node succeeds; empty when one would. */
  private Set<String> neededFor(String node, List<String> devices) {
    Set<String> needed = new LinkedHashSet<>();
    for (FencePlan.Rank rank : FencePlan.of(configuration, node).ranks()) {
      List<String> here = rank.devices().stream().filter(devices::contains).toList();
      if (here.isEmpty() && rank.problems().isEmpty()) {
        return Set.of();
      }
      needed.addAll(here);
    }
    return needed;
  }

  private boolean isMonitored(String device) {
    for (Primitive each : configuration.primitives()) {
      if (each.id().equals(device)) {
        return configuration.effective(each).operations().stream()
            .anyMatch(operation ->
                operation.name().equals("monitor") && operation.intervalMillis().orElse(0) > 0);
      }
    }
    return false;
  }

  private boolean fences(String device, String node) {
    return FencePlan.of(configuration, node).ranks().stream()
        .anyMatch(rank -> rank.devices().contains(device));
  }
}
