package org.ringward.core.config;

/** The group of transport udp when none is configured (reference/corosync-conf.md, interface). */
public final class MulticastAddress {
  private MulticastAddress() {}

  /**
   * Corosync's choice: 239.192.x.y or ff15::z by a 16-bit hash of the cluster's name, plus the
   * link's number.
   */
  public static String derived(String clusterName, int link, boolean v6) {
    int hash = 0;
    for (int at = 0; at < clusterName.length(); at++) {
      hash = 2 * hash + (clusterName.charAt(at) & 0xff) & 0xffff;
    }
    hash = hash + link & 0xffff;
    return v6 ? "ff15::" + Integer.toHexString(hash) : "239.192." + (hash >> 8) + "." + hash % 255;
  }
}
