package org.ringward.core.group;

import org.ringward.core.wire.ServiceMessage;

/** Where services send. */
interface ServiceOutlet {
  /** Sends a message in the order of messages, after what was accepted before. */
  void send(ServiceMessage message);

  /** Sends a message that belongs to the synchronisation that is going on and ends with it. */
  void sendInSync(ServiceMessage message);
}
