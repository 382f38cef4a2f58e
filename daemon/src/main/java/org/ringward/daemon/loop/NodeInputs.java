package org.ringward.daemon.loop;

import org.jspecify.annotations.Nullable;
import org.ringward.core.admin.AdminRequest;
import org.ringward.core.node.ConfigurationSource;
import org.ringward.core.port.ProcessResult;
import org.ringward.ring.loop.Machine;

/** The inputs of core's Node, so that tests can put something smaller behind the loop. */
public interface NodeInputs extends Machine {
  void processEnded(long processId, ProcessResult result);

  void stored(long requestId, @Nullable String error);

  void worked(long requestId);

  void configurationRead(
      long requestId, ConfigurationSource.@Nullable Configuration read, @Nullable String error);

  void asked(long requestId, AdminRequest request);

  void deviceOpened(long connection, long nowNanos);

  void deviceSecured(long connection, long nowNanos);

  void deviceReceived(long connection, byte[] bytes, int length, long nowNanos);

  void deviceClosed(long connection, String why, long nowNanos);

  void askerGone(long requestId);

  void realTime(String sentence);
}
