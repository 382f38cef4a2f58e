package org.ringward.cli.demo;

import java.util.ArrayList;
import java.util.List;

/**
 * Looks every 20 ms, without asking the cluster, which machines hold the address and run the web
 * server. Each of the two may be on one machine only; a machine that was cut off counts like any
 * other until it is dead, because its cable may come back at any moment.
 */
final class TruthWatch implements AutoCloseable {
  private static final long EVERY_MILLIS = 20;

  private final Lab lab;
  private final EventLog log;
  private final Thread thread;
  private final List<String> violations = new ArrayList<>();
  private volatile boolean over;
  private long samples;

  TruthWatch(Lab lab, EventLog log) {
    this.lab = lab;
    this.log = log;
    this.thread = Thread.ofPlatform().daemon().name("truth").start(this::watch);
  }

  private void watch() {
    try {
      while (!over) {
        judge();
        Thread.sleep(EVERY_MILLIS);
      }
    } catch (InterruptedException _) {
      // the demo ends
    }
  }

  private void judge() {
    List<String> holders = new ArrayList<>();
    List<String> servers = new ArrayList<>();
    for (String node : lab.nodes()) {
      Activity activity = lab.activity(node);
      if (activity.address()) {
        holders.add(node);
      }
      if (activity.webServer()) {
        servers.add(node);
      }
    }
    verdict("hold the address", holders);
    verdict("run the web server", servers);
    synchronized (this) {
      samples++;
    }
  }

  private void verdict(String what, List<String> nodes) {
    if (nodes.size() > 1) {
      String sentence = String.join(" and ", nodes) + " " + what + " at the same time";
      log.add("VIOLATION: " + sentence);
      synchronized (this) {
        violations.add(sentence);
      }
    }
  }

  /** How often two machines were seen active, a sentence for each sight. */
  synchronized List<String> violations() {
    return List.copyOf(violations);
  }

  synchronized long samples() {
    return samples;
  }

  @Override
  public void close() {
    over = true;
    thread.interrupt();
  }
}
