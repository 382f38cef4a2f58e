package org.ringward.core.wire;

/** A message of a service or of the sync protocol, as it is written. */
public interface ServiceMessage {
  /** Bytes of the message, its header included. */
  int length();

  /** Writes the message and returns its length. */
  int write(byte[] target, int offset);
}
