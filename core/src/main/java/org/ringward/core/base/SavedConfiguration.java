package org.ringward.core.base;

/**
 * A configuration as it was put in force, with who did it and why.
 *
 * @param version admin_epoch.epoch, which every configuration of a cluster has once; followed by ~
 *     and a mark when it was given up for what another side had done
 * @param wallMillis when, since 1970
 * @param author who; empty when it is not known here
 * @param what what was done, a few words
 * @param reason why, as the author said it; empty for none
 * @param xml the configuration, as CIB XML
 */
public record SavedConfiguration(
    String version, long wallMillis, String author, String what, String reason, String xml) {}
