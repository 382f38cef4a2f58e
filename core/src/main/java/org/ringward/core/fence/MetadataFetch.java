package org.ringward.core.fence;

/** Reads an agent's metadata ahead of need, so that fencing does not wait for it. */
record MetadataFetch(String agent, int directory) implements Caller {}
