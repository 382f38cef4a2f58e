package org.ringward.sim.world;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts what happened, so that a reader sees what a run has really exercised. */
public final class Tally implements Observer {
  private final SortedMap<String, Long> counts = new TreeMap<>();

  /** It happened once more. */
  public void count(String what) {
    count(what, 1);
  }

  /** It happened so many times more. */
  public void count(String what, long times) {
    counts.merge(what, times, Long::sum);
  }

  /** How often each thing happened. */
  public SortedMap<String, Long> counts() {
    return Collections.unmodifiableSortedMap(counts);
  }

  @Override
  public void agentEnded(
      int node, String resource, String action, int exitCode, boolean killed, boolean seen) {
    String how = killed ? "killed" : exitCode == 0 ? "ok" : Integer.toString(exitCode);
    count("agent " + action + " " + how + (seen ? "" : " unseen"));
  }

  @Override
  public void serviceUp(int node, String resource) {
    count("service up");
  }

  @Override
  public void serviceDown(int node, String resource) {
    count("service down");
  }

  @Override
  public void fenceReported(int byNode, int target) {
    count("fenced");
  }

  @Override
  public void accessCut(int target, List<String> resources) {
    count("access cut");
  }

  @Override
  public void accessGiven(int node) {
    count("access given back");
  }

  @Override
  public void poweredOff(int node) {
    count("power off");
  }

  @Override
  public void daemonStarted(int node) {
    count("daemon started");
  }

  @Override
  public void daemonEnded(int node, boolean orderly) {
    count(orderly ? "daemon ended orderly" : "daemon died");
  }

  @Override
  public void confirmed(int target) {
    count("confirmed by a person");
  }

  @Override
  public void diskLost(int node) {
    count("disk lost or damaged");
  }
}
