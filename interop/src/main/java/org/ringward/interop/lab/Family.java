package org.ringward.interop.lab;

/** The addresses of a network. */
public enum Family {
  V4("10.89.%d.%d", 24, "ip saddr"),
  V6("fd00:89:%d::%d", 64, "ip6 saddr");

  private static final int HOST_BASE = 10;

  private final String pattern;
  private final int prefix;
  private final String match;

  Family(String pattern, int prefix, String match) {
    this.pattern = pattern;
    this.prefix = prefix;
    this.match = match;
  }

  /** The address of a machine in one of the networks, from 0. */
  public String address(int number, int network) {
    return pattern.formatted(network, HOST_BASE + number);
  }

  String addressAndPrefix(int number, int network) {
    return address(number, network) + "/" + prefix;
  }

  /** How a packet filter calls the source address. */
  String match() {
    return match;
  }
}
