package org.ringward.core.forum;

import java.util.List;

/** What a program is told of a group it is in. */
public sealed interface ForumNews {
  /**
   * A member.
   *
   * @param id grows with the time of joining; the first of the members has been there longest
   * @param node name of its node
   */
  record Member(long id, String node) {}

  /** A member that has come or gone. */
  record Change(Member member, Reason reason) {}

  /** Why a membership changed. */
  enum Reason {
    /** It asked to join. */
    JOINED,
    /** It asked to leave. */
    LEFT,
    /** It has hung up without leaving. */
    GONE,
    /** Its node is not with those who have quorum. */
    NODE_LOST,
    /** Its node is here, but was away and has missed what was said, or its daemon began anew. */
    MISSED
  }

  /**
   * The members have changed; the first one is the program's own joining.
   *
   * @param order its place in the order of messages
   * @param members after the change, by id
   */
  record Members(long order, List<Member> members, List<Change> changes) implements ForumNews {
    public Members {
      members = List.copyOf(members);
      changes = List.copyOf(changes);
    }
  }

  /**
   * A message.
   *
   * @param order its place in the order, the same for all who hear it
   * @param from id of the member that sent it
   */
  record Message(long order, long from, byte[] bytes) implements ForumNews {}

  /** This node is not with those who have quorum, or that is not known yet: nothing is told. */
  record Paused(String why) implements ForumNews {}

  /** It goes on, and nothing was missed. */
  record Resumed() implements ForumNews {}

  /** What was asked for cannot be, and the membership is over where there was one. */
  record Refused(String why) implements ForumNews {}

  /** The membership is over; what others said since is not known here. */
  record Out(String why) implements ForumNews {}
}
