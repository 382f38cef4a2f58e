package org.ringward.client;

import java.util.List;

/**
 * What a program is told of a group it is in. Called by the client's thread, one call at a time and
 * in the group's order; an implementation must not wait, or leases are not heard of meanwhile.
 */
public interface GroupListener {
  /**
   * The members have changed; the first call is this program's own joining.
   *
   * @param members after the change; the first has been there longest
   */
  default void members(List<GroupMember> members, List<GroupChange> changes) {}

  /** A message; this program's own come back here, too, at their place in the order. */
  default void message(GroupMessage message) {}

  /** Nothing is told and nothing gets into the order until it is resumed. */
  default void paused(String why) {}

  /** It goes on, and nothing was missed. */
  default void resumed() {}

  /**
   * The membership is over. What others said since then is not known here, and of what this program
   * said last ({@link GroupHandle#unconfirmed}) it is not known whether others have heard it.
   */
  default void out(String why) {}
}
