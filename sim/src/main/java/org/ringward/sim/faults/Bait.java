package org.ringward.sim.faults;

import org.ringward.sim.machine.Cluster;
import org.ringward.sim.machine.Machine;

/**
 * Worlds that break their promises, so that the rules must be broken too: a run with bait that ends
 * well shows a checker that does not bite.
 */
public enum Bait {
  NONE,
  /** The power switch reports success and does nothing. */
  LYING_SWITCH,
  /** Disks report that a file is safe, and forget it when the daemon ends. */
  FORGETFUL_DISKS,
  /** A stop reports success, and the service runs on. */
  LYING_STOPS;

  /** Makes the world such. */
  public void lay(Cluster cluster) {
    switch (this) {
      case NONE -> {}
      case LYING_SWITCH -> cluster.powerSwitch().lies(true);
      case FORGETFUL_DISKS -> {
        for (Machine machine : cluster.machines()) {
          machine.disk().forgets(true);
        }
      }
      case LYING_STOPS -> {
        for (Machine machine : cluster.machines()) {
          machine.agents().stopsLie(true);
        }
      }
    }
  }
}
