package org.ringward.core.config;

import java.util.Collection;

/** What addresses tell about networks where no prefix is known. */
public final class Networks {
  private Networks() {}

  /**
   * Whether a literal address is in no network of the others, taking the first 24 bits of IPv4 and
   * the first 64 of IPv6 for the network. False where that cannot be said: what is a host name, or
   * empty, may be anywhere, and so may others that are.
   */
  public static boolean isApart(String address, Collection<String> others) {
    IpAddress one = IpAddress.parse(address);
    if (one == null) {
      return false;
    }
    for (String each : others) {
      IpAddress other = IpAddress.parse(each);
      if (other == null || one.isNear(other)) {
        return false;
      }
    }
    return true;
  }
}
