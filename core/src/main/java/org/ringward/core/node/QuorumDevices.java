package org.ringward.core.node;

import org.jspecify.annotations.Nullable;
import org.ringward.core.config.DeviceSettings;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.quorum.TimedDevice;
import org.ringward.core.quorum.disk.DiskDevice;
import org.ringward.core.quorum.disk.DiskSettings;
import org.ringward.core.quorum.qnetd.QnetdDevice;
import org.ringward.core.quorum.qnetd.QnetdSettings;
import org.ringward.core.quorum.witness.NetworkDevice;
import org.ringward.core.quorum.witness.WitnessDevice;
import org.ringward.core.quorum.witness.WitnessRules;
import org.ringward.core.quorum.witness.WitnessRules.Algorithm;
import org.ringward.core.quorum.witness.WitnessSettings;

/** Makes the quorum device that the settings speak of. */
final class QuorumDevices {
  private QuorumDevices() {}

  /** The device, null when there is none. */
  static @Nullable TimedDevice of(NodeSettings settings, long incarnation, Ports ports) {
    DeviceSettings device = settings.quorum().device();
    DeviceSettings.Disk disk = device.disk();
    if (disk != null) {
      return disk(settings, device, disk, incarnation, ports);
    }
    DeviceSettings.Net net = device.net();
    if (net == null) {
      return null;
    }
    return switch (device.model()) {
      case NONE, DISK -> null;
      case NET -> qnetd(settings, device, net, ports);
      case WITNESS -> witness(settings, device, net, incarnation, ports);
    };
  }

  private static NetworkDevice qnetd(
      NodeSettings settings, DeviceSettings device, DeviceSettings.Net net, Ports ports) {
    QnetdSettings qnetd =
        new QnetdSettings(
            settings.clusterName(),
            settings.self().id(),
            net.tieBreaker(),
            net.keepActive(),
            net.tls(),
            device.timeoutMillis(),
            net.connectMillis(),
            settings.nodeIds());
    return new QnetdDevice(
        qnetd, device.votes(), device.masterWins(), ports.device(), ports.journal()::log);
  }

  private static NetworkDevice witness(
      NodeSettings settings,
      DeviceSettings device,
      DeviceSettings.Net net,
      long incarnation,
      Ports ports) {
    WitnessSettings witness =
        new WitnessSettings(
            settings.clusterName(),
            settings.self().id(),
            incarnation,
            rules(net),
            device.timeoutMillis(),
            net.connectMillis(),
            settings.configVersion(),
            settings.nodeIds());
    return new WitnessDevice(
        witness, device.votes(), device.masterWins(), ports.device(), ports.journal()::log);
  }

  /** Its place among the disks is behind those of the heartbeat regions. */
  private static DiskDevice disk(
      NodeSettings settings,
      DeviceSettings device,
      DeviceSettings.Disk disk,
      long incarnation,
      Ports ports) {
    DiskSettings own =
        new DiskSettings(
            settings.clusterName(),
            settings.self().id(),
            incarnation,
            settings.nodeIds(),
            settings.regions().regions().size(),
            disk);
    return new DiskDevice(
        own,
        device.votes(),
        device.masterWins(),
        ports.sectors(),
        ports.processes(),
        ports.journal()::log);
  }

  private static WitnessRules rules(DeviceSettings.Net net) {
    return new WitnessRules(
        net.lastManStanding() ? Algorithm.LMS : Algorithm.FFSPLIT,
        net.tieBreaker(),
        net.keepActive());
  }
}
