package org.ringward.daemon.loop;

import org.jspecify.annotations.Nullable;
import org.ringward.core.admin.AdminRequest;
import org.ringward.core.port.ProcessResult;

/**
 * What the loop turns: the inputs of core's Node, so that tests can put something smaller there.
 */
public interface Machine {
  void start(long nowNanos, long wallMillis);

  void received(int link, int fromNode, byte[] datagram, int offset, int length, long nowNanos);

  void processEnded(long processId, ProcessResult result);

  void stored(long requestId, @Nullable String error);

  void worked(long requestId);

  void asked(long requestId, AdminRequest request);

  void askerGone(long requestId);

  void turn(long nowNanos, long wallMillis);

  long nextDeadline();
}
