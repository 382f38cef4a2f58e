package org.ringward.core.link;

import org.ringward.core.config.NodeSettings;
import org.ringward.core.port.Frames;

/** Makes the transport that a node's settings ask for. */
public final class Transports {
  private Transports() {}

  /**
   * A transport that has sent nothing.
   *
   * @param key the cluster's shared key
   * @param entropy a random number that no other life and no other node has used
   */
  public static Transport of(NodeSettings settings, byte[] key, long entropy, Frames frames) {
    return switch (settings.links().transport()) {
      case KNET -> new KnetTransport(settings, key, entropy, frames);
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
