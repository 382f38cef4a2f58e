package org.ringward.sim.world;

import java.util.List;

/**
 * Facts of the simulated world as they happen: ground truth, not what a node believes. Machines are
 * named by their node id. A watcher that finds a broken rule throws {@link Violation}.
 */
public interface Observer {
  /** An agent was called on a machine; it has not done anything yet. */
  default void agentCalled(int node, String resource, String action) {}

  /**
   * An agent was called that moves a resource to another machine; {@link #agentCalled} was told.
   */
  default void migrates(int node, String resource, int target) {}

  /**
   * An agent has ended.
   *
   * @param seen the daemon that called it is alive and learns the exit code
   */
  default void agentEnded(
      int node, String resource, String action, int exitCode, boolean killed, boolean seen) {}

  /** From now on the resource is really running on the machine. */
  default void serviceUp(int node, String resource) {}

  /** From now on it is not. */
  default void serviceDown(int node, String resource) {}

  /** A fence agent has reported success, and a living daemon learns it. */
  default void fenceReported(int byNode, int target) {}

  /**
   * A fence agent has reported that it cut a machine's access to what these resources need, a
   * living daemon learns it, and it is so.
   */
  default void accessCut(int target, List<String> resources) {}

  /** A machine has its access again. */
  default void accessGiven(int node) {}

  /** The cluster counts a machine as off because its watchdog has run out. */
  default void watchdogCounted(int target) {}

  /** The machine has lost its power. */
  default void poweredOff(int node) {}

  /** The machine has power; its daemon comes later. */
  default void poweredOn(int node) {}

  /** A daemon begins a new life. */
  default void daemonStarted(int node) {}

  /** A daemon's life is over. */
  default void daemonEnded(int node, boolean orderly) {}

  /** A daemon gets no turns for a while; its next {@link #turned} ends that. */
  default void paused(int node) {}

  /** A daemon has done a turn. */
  default void turned(int node) {}

  /** A person has confirmed that the machine is down, and the cluster took it. */
  default void confirmed(int target) {}

  /** The content of the disk is gone. */
  default void diskLost(int node) {}
}
