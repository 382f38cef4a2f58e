package org.ringward.core.forum;

/**
 * A program in a group, as all nodes agree on it.
 *
 * @param id the place of its joining in the order; no other member of any group has it
 * @param node where it is
 * @param number its node's own number for it, never twice in a life of the daemon
 */
record ForumMember(long id, int node, long number) {}
