package org.ringward.core.quorum.witness;

import org.ringward.core.port.Journal.Level;
import org.ringward.core.wire.WitnessMessage.Enrol;

/** What a witness wants done. Nothing here blocks. */
public interface WitnessOutlet {
  /** Sends bytes to a connected node, in order; a node that does not take them is disconnected. */
  void send(long session, byte[] bytes);

  /** Closes a connection once what was sent before is out. */
  void close(long session);

  /** Writes a file crash-safely; {@link WitnessServer#stored} is told with the same cluster. */
  void keep(String cluster, byte[] content);

  /**
   * Somebody asks for a certificate; answered with {@link WitnessServer#enrolled} or {@link
   * WitnessServer#refuse}.
   */
  void enrol(long session, Enrol request);

  void log(Level level, String text);
}
