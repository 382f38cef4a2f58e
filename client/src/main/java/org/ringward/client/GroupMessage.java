package org.ringward.client;

/**
 * A message to a group.
 *
 * @param order its place in the order: the same for all who hear it, and growing
 * @param from id of the member that sent it
 */
public record GroupMessage(long order, long from, byte[] bytes) {}
