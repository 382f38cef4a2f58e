package org.ringward.core.port;

import org.jspecify.annotations.Nullable;

/**
 * The media of heartbeat regions. Regions have the numbers of their order in the settings. Losing,
 * delaying or repeating a frame is allowed; errors are told by {@link #trouble}, never thrown.
 */
public interface Heartbeats {
  /** As a path: to everybody on the region, whatever it is made of. */
  int EVERYWHERE = -1;

  /** For a node without regions. */
  Heartbeats NONE = (region, path, frame, offset, length) -> {};

  /**
   * Sends a frame to the other nodes; the bytes are copied or sent before returning.
   *
   * @param path one of several ways of the region (a serial line), or {@link #EVERYWHERE}
   */
  void send(int region, int path, byte[] frame, int offset, int length);

  /** Why the region cannot be used at present, in one sentence; null when nothing is known. */
  default @Nullable String trouble(int region) {
    return null;
  }
}
