package org.ringward.core.fence;

import org.ringward.core.cib.Configuration;

/**
 * A node is to be fenced.
 *
 * @param id the author's number for it, given back with the outcome
 * @param target name of the node
 * @param configuration in force; its devices and topology are used
 * @param requester who wants it, for people
 */
public record FenceRequest(
    long id, String target, FenceAction action, Configuration configuration, String requester) {}
