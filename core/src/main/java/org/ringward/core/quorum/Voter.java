package org.ringward.core.quorum;

import org.ringward.core.wire.VoteQuorumNodeInfo;

/** What one node has said of itself, as votequorum remembers it. */
final class Voter {
  private static final int DEVICE_FLAGS =
      VoteQuorumNodeInfo.FLAG_DEVICE_REGISTERED
          | VoteQuorumNodeInfo.FLAG_DEVICE_ALIVE
          | VoteQuorumNodeInfo.FLAG_DEVICE_CASTS_VOTE
          | VoteQuorumNodeInfo.FLAG_DEVICE_MASTER_WINS;

  final int id;
  int votes;
  int expected;
  int flags;
  Presence presence = Presence.DEAD;

  /** Whether it counts. */
  enum Presence {
    MEMBER,
    /** It said that it leaves. */
    LEAVING,
    DEAD
  }

  Voter(int id) {
    this.id = id;
  }

  Voter copy() {
    Voter copy = new Voter(id);
    copy.votes = votes;
    copy.expected = expected;
    copy.flags = flags;
    copy.presence = presence;
    return copy;
  }

  boolean isMember() {
    return presence == Presence.MEMBER;
  }

  boolean has(int flag) {
    return (flags & flag) != 0;
  }

  void set(int flag, boolean on) {
    flags = on ? flags | flag : flags & ~flag;
  }

  /** These flags, but for what is known here about the quorum device. */
  int keepingDeviceFlags(int changed) {
    return (changed & ~DEVICE_FLAGS) | (flags & DEVICE_FLAGS);
  }
}
