package org.ringward.sim.machine;

import org.jspecify.annotations.Nullable;
import org.ringward.core.admin.AdminRequest;
import org.ringward.core.port.ProcessResult;

/**
 * One life of a daemon: a machine of core with its inputs, as core.node.Node has them. A program
 * that only knows the ring leaves out what it does not have.
 */
public interface Program {
  void start(long nowNanos, long wallMillis);

  void received(int link, int fromNode, byte[] datagram, int offset, int length, long nowNanos);

  default void heartbeat(int region, int path, byte[] bytes, long nowNanos) {}

  default void processEnded(long processId, ProcessResult result) {}

  default void stored(long requestId, @Nullable String error) {}

  default void asked(long requestId, AdminRequest request) {}

  default void askerGone(long requestId) {}

  void turn(long nowNanos, long wallMillis);

  /** Monotonic time of the next turn that is needed without inputs, Long.MAX_VALUE for none. */
  long nextDeadline();
}
