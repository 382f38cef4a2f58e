package org.ringward.core.control;

import java.util.ArrayList;
import java.util.List;
import org.ringward.core.admin.FencingReport;
import org.ringward.core.admin.FencingReport.DeviceLine;
import org.ringward.core.admin.FencingReport.EntryLine;
import org.ringward.core.admin.FencingReport.NodeLine;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.NodeEntry;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.fence.DeviceSummary;
import org.ringward.core.fence.FencePlan;

/** Answers to what there is to prove a node down. */
final class FencingAnswers {
  private final NodeSettings settings;
  private final ClusterState state;
  private final Configuration configuration;

  FencingAnswers(NodeSettings settings, ClusterState state) {
    this.settings = settings;
    this.state = state;
    this.configuration = state.cib().configuration();
  }

  FencingReport report() {
    List<DeviceSummary> devices = FencePlan.devices(configuration);
    return new FencingReport(
        settings.nodeName(),
        devices.stream().map(this::device).toList(),
        configuration.nodes().stream().map(NodeEntry::uname).map(this::node).toList(),
        FenceHistory.entries(state.cib().status()).stream().map(FencingAnswers::entry).toList(),
        new DeviceWarnings(settings, state).sentences(devices));
  }

  private DeviceLine device(DeviceSummary device) {
    List<String> levels = new ArrayList<>();
    if (!configuration.topology().isEmpty()) {
      for (NodeEntry node : configuration.nodes()) {
        FencePlan.of(configuration, node.uname()).ranks().stream()
            .filter(rank -> rank.devices().contains(device.id()))
            .forEach(rank -> levels.add(node.uname() + ": level " + rank.index()));
      }
    }
    return new DeviceLine(
        device.id(),
        device.agent(),
        device.hosts(),
        levels,
        device.problem(),
        DeviceWatch.of(state, device.id()));
  }

  private NodeLine node(String name) {
    NodeFencing fencing = new NodeFencing(state, name, !settings.regions().regions().isEmpty());
    return new NodeLine(name, fencing.isProvable(), fencing.promise(), fencing.paths());
  }

  private static EntryLine entry(FenceHistory.Entry entry) {
    return new EntryLine(
        entry.target(),
        entry.action(),
        entry.state(),
        entry.executor(),
        entry.cause(),
        entry.proof(),
        entry.rung(),
        entry.wallMillis());
  }
}
