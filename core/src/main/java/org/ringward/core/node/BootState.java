package org.ringward.core.node;

import java.util.SortedMap;

/**
 * What a node finds when it starts.
 *
 * @param key the cluster's shared key
 * @param files the durable files that port.Store wrote in earlier lives, by name
 */
public record BootState(byte[] key, SortedMap<String, byte[]> files) {}
