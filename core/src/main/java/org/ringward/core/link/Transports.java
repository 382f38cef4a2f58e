package org.ringward.core.link;

import org.ringward.core.config.NodeSettings;
import org.ringward.core.port.Frames;

/** Makes the transport that a node's settings ask for. */
public final class Transports {
  /** IPv6 and UDP headers. */
  private static final int NETWORK_OVERHEAD = 48;

  private Transports() {}

  /**
   * A transport that has sent nothing.
   *
   * @param key the cluster's shared key
   * @param incarnation a number no earlier life of this node has used
   */
  public static Transport of(NodeSettings settings, byte[] key, long incarnation, Frames frames) {
    return switch (settings.links().transport()) {
      case KNET ->
          new SealedTransport(
              settings.clusterName(),
              settings.self().id(),
              settings.nodeIds(),
              key,
              incarnation,
              settings.totem().netmtu() - SealedTransport.OVERHEAD - NETWORK_OVERHEAD,
              frames);
      case UDPU -> udp(settings, false, frames);
      case UDP -> udp(settings, true, frames);
    };
  }

  private static Transport udp(NodeSettings settings, boolean multicast, Frames frames) {
    return new UdpuTransport(
        settings.self().id(),
        settings.nodeIds(),
        multicast,
        settings.links().blockUnlistedIps(),
        settings.totem().netmtu(),
        frames);
  }
}
