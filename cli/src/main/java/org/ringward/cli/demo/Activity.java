package org.ringward.cli.demo;

/**
 * What is really there on a machine, looked up in the kernel without asking the cluster.
 *
 * @param address it holds the service's address
 * @param webServer it runs the web server
 */
record Activity(boolean address, boolean webServer) {
  static final Activity NONE = new Activity(false, false);

  /** A client that reaches the machine gets an answer. */
  boolean usable() {
    return address && webServer;
  }
}
