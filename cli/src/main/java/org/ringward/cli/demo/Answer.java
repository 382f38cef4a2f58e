package org.ringward.cli.demo;

/**
 * A good answer of the service.
 *
 * @param nanos when it came, System.nanoTime, which all processes of a machine share
 * @param node who answered
 */
record Answer(long nanos, String node) {}
