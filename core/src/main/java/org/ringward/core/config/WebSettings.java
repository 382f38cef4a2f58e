package org.ringward.core.config;

import java.util.List;

/**
 * Where a node serves its page; nothing to the core.
 *
 * @param address IP address to listen at, empty when no page is served
 * @param port TCP port, 0 when no page is served
 * @param names further host names by which browsers may call this node
 */
public record WebSettings(String address, int port, List<String> names) {
  /** No page. */
  public static final WebSettings NONE = new WebSettings("", 0, List.of());

  public WebSettings {
    names = List.copyOf(names);
  }

  /** Whether a page is served. */
  public boolean isOn() {
    return port > 0;
  }

  /** Only programs of this machine reach it. */
  public boolean isLoopback() {
    return address.startsWith("127.") || address.equals("::1");
  }

  /** As it is written in the node file: off, 127.0.0.1:7630 or [::1]:7630. */
  public String listen() {
    if (!isOn()) {
      return "off";
    }
    return address.contains(":") ? "[" + address + "]:" + port : address + ":" + port;
  }
}
