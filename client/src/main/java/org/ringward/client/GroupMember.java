package org.ringward.client;

/**
 * A program in a group.
 *
 * @param id grows with the time of joining; nobody else has it
 * @param node name of its node
 */
public record GroupMember(long id, String node) {}
