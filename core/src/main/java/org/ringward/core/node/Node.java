package org.ringward.core.node;

import org.jspecify.annotations.Nullable;
import org.ringward.core.admin.AdminRequest;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.port.ProcessResult;

/**
 * A whole cluster node as one sans-I/O machine, turned by one thread. Inputs only enqueue or
 * update; {@link #turn} does what is due. Times: nowNanos is monotonic with an arbitrary origin,
 * wallMillis is since 1970.
 *
 * <p>The loop: give it all inputs that are there, call {@link #turn}, sleep until an input or
 * {@link #nextDeadline}.
 */
public final class Node {
  public Node(NodeSettings settings, BootState boot, Ports ports) {
    throw new UnsupportedOperationException("in work");
  }

  /** Begins to look for a ring. */
  public void start(long nowNanos, long wallMillis) {}

  /** A datagram from the network, of any content. */
  public void received(byte[] datagram, int offset, int length, long nowNanos) {}

  /** A program that port.Processes was told to start has ended. */
  public void processEnded(long processId, ProcessResult result) {}

  /** A write that port.Store was told to do has ended; error is null when it is durable. */
  public void stored(long requestId, @Nullable String error) {}

  /** An operator asks; answered through port.Operators with the same id, at once or later. */
  public void asked(long requestId, AdminRequest request) {}

  /** The requester of that id has gone away. */
  public void askerGone(long requestId) {}

  /** Runs what is due. Call after inputs and when the deadline has come. */
  public void turn(long nowNanos, long wallMillis) {}

  /** Monotonic time of the next turn that is needed without inputs, Long.MAX_VALUE for none. */
  public long nextDeadline() {
    return Long.MAX_VALUE;
  }
}
