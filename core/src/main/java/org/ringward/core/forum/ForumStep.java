package org.ringward.core.forum;

import java.util.List;

/** A message of one node's desk to all, in the total order. */
sealed interface ForumStep {
  /**
   * What a node knows when a view is agreed.
   *
   * @param ringSequence of the view's ring
   * @param place where in that ring the view was agreed
   * @param epoch of the last opening this node took part in, 0 for none
   * @param order number of the last step of that epoch that was applied
   * @param digest of what was applied in it
   * @param complete the latest ring with quorum up to which the node has missed nothing; the view's
   *     own unless others may have gone on without it, or it has begun anew
   * @param seats its own members
   */
  record Roll(
      long ringSequence,
      int place,
      long epoch,
      long order,
      long digest,
      long complete,
      List<Seat> seats)
      implements ForumStep {
    public Roll {
      seats = List.copyOf(seats);
    }
  }

  /** A program of the node that sends the roll. */
  record Seat(String group, long id, long number) {}

  /** A program wants to be in a group. */
  record Join(long epoch, long number, String group) implements ForumStep {}

  /**
   * A program goes.
   *
   * @param asked it said so; else it has hung up
   */
  record Leave(long epoch, long number, boolean asked) implements ForumStep {}

  /** A program says something to its group. */
  record Say(long epoch, long number, byte[] bytes) implements ForumStep {}
}
