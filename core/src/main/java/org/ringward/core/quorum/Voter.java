package org.ringward.core.quorum;

/** What one node has said of itself, as votequorum remembers it. */
final class Voter {
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
}
