package org.ringward.core.quorum;

import org.ringward.core.wire.ServiceMessage;

/** What votequorum wants done. */
public interface VoteQuorumOutlet {
  /** Multicasts a message in the order of messages. */
  void send(ServiceMessage message);

  /**
   * Keeps the highest number of expected votes that was seen on disk, for the next start of this
   * node.
   */
  void keepExpectedVotes(int expected);
}
