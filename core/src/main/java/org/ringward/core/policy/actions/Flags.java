package org.ringward.core.policy.actions;

/** What an ordering of two actions demands beyond "first before then, when both happen". */
final class Flags {
  /** Nothing but the order. */
  static final int ORDERED = 1;

  /** When first is required, then is required. */
  static final int FIRST_IMPLIES_THEN = 1 << 1;

  /** When then is required, first is required. */
  static final int THEN_IMPLIES_FIRST = 1 << 2;

  /** When first cannot be run, then cannot. */
  static final int UNRUNNABLE_FIRST_BLOCKS = 1 << 3;

  /** First stops and then starts the same resource: neither without the other. */
  static final int RESTART = 1 << 4;

  /** Only what begins after first waits for it; what already is as wanted is left alone. */
  static final int ASYMMETRIC = 1 << 5;

  /** As THEN_IMPLIES_FIRST, when the resource is to be promoted. */
  static final int PROMOTED_THEN_IMPLIES_FIRST = 1 << 6;

  /** One of several of which only some are needed. */
  static final int ONE_OR_MORE = 1 << 7;

  /** Counts only when both happen on one node. */
  static final int SAME_NODE = 1 << 8;

  /** Counts only when both happen on one node, or first makes room on the node then is for. */
  static final int SAME_NODE_OR_TARGET = 1 << 9;

  /** As FIRST_IMPLIES_THEN, when both happen on one node. */
  static final int FIRST_IMPLIES_SAME_NODE_THEN = 1 << 10;

  /** When then cannot be part of a live migration, neither can first. */
  static final int UNMIGRATABLE_THEN_BLOCKS = 1 << 11;

  /** Between a collective and its own members: not handed on to members. */
  static final int INTERNAL = 1 << 12;

  /** Comes from a configured constraint: probes of first's resource are awaited before then. */
  static final int AFTER_PROBES = 1 << 13;

  /** When first cannot be run, nothing new begins: then cannot be run unless it is done already. */
  static final int UNRUNNABLE_FIRST_BLOCKS_NEW = 1 << 14;

  /** Then waits until everybody has been told that first is over, where that is asked for. */
  static final int CONFIRMED = 1 << 16;

  /** Then may migrate all the same: the ordering is with the group around it. */
  static final int MIGRATES_WITH_GROUP = 1 << 17;

  /** When then is to be done, first is no longer needed. */
  static final int THEN_CANCELS_FIRST = 1 << 15;

  /** As UNRUNNABLE_FIRST_BLOCKS, unless first's resource is active somewhere. */
  static final int UNRUNNABLE_FIRST_BLOCKS_UNLESS_ACTIVE = 1 << 17;

  private static final int BINDING =
      FIRST_IMPLIES_THEN
          | THEN_IMPLIES_FIRST
          | UNRUNNABLE_FIRST_BLOCKS
          | RESTART
          | PROMOTED_THEN_IMPLIES_FIRST
          | FIRST_IMPLIES_SAME_NODE_THEN;

  private Flags() {}

  static boolean has(int flags, int flag) {
    return (flags & flag) != 0;
  }

  /** Whether one of the two depends on the other beyond the mere order. */
  static boolean binds(int flags) {
    return (flags & BINDING) != 0;
  }
}
