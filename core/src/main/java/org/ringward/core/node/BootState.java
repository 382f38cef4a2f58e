package org.ringward.core.node;

import java.util.SortedMap;

/**
 * What a node finds when it starts.
 *
 * @param files the durable files that port.Store wrote in earlier lives, by name
 */
public record BootState(SortedMap<String, byte[]> files) {}
