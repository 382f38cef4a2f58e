package org.ringward.sim.check;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.ringward.sim.world.Observer;
import org.ringward.sim.world.Violation;

/**
 * No resource is started on a machine while another machine may hold it: a machine holds a resource
 * from the call of its start until a stop there has succeeded, a probe or monitor there has found
 * it not running, a fence device has reported the machine off, the cluster has waited for its
 * watchdog, or a person has confirmed it (architecture.md, section 5, rule 3). That a machine
 * happens to be dead is no proof.
 */
public final class RecoveryNeedsProof implements Observer {
  private static final int NOT_RUNNING = 7;

  private final Predicate<String> shared;

  /** Resource to holding machine, with the open starts that may still take effect there. */
  private final SortedMap<String, SortedMap<Integer, Hold>> holds = new TreeMap<>();

  private static final class Hold {
    int openStarts;

    /** The machine lost its power since; only the proof of it is missing. */
    boolean cut;
  }

  /**
   * @param shared the resources that may run on several machines
   */
  public RecoveryNeedsProof(Predicate<String> shared) {
    this.shared = shared;
  }

  @Override
  public void agentCalled(int node, String resource, String action) {
    if (!action.equals("start") || shared.test(resource)) {
      return;
    }
    SortedMap<Integer, Hold> holders = holds.computeIfAbsent(resource, _ -> new TreeMap<>());
    for (Map.Entry<Integer, Hold> holder : holders.entrySet()) {
      if (holder.getKey() != node) {
        throw new Violation(
            "recovery needs proof",
            "n"
                + node
                + " starts "
                + resource
                + " while n"
                + holder.getKey()
                + " holds it and nothing proves that it let go");
      }
    }
    Hold hold = holders.computeIfAbsent(node, _ -> new Hold());
    hold.openStarts++;
    hold.cut = false;
  }

  @Override
  public void poweredOff(int node) {
    for (SortedMap<Integer, Hold> holders : holds.values()) {
      Hold hold = holders.get(node);
      if (hold != null) {
        hold.openStarts = 0;
        hold.cut = true;
      }
    }
  }

  @Override
  public void agentEnded(
      int node, String resource, String action, int exitCode, boolean killed, boolean seen) {
    SortedMap<Integer, Hold> holders = holds.get(resource);
    Hold hold = holders == null ? null : holders.get(node);
    if (holders == null || hold == null) {
      return;
    }
    if (action.equals("start") && hold.openStarts > 0) {
      hold.openStarts--;
    }
    boolean gone =
        (action.equals("stop") && exitCode == 0)
            || (action.equals("monitor") && exitCode == NOT_RUNNING);
    if (gone && seen && hold.openStarts == 0) {
      holders.remove(node);
    }
  }

  @Override
  public void fenceReported(int byNode, int target) {
    release(target);
  }

  @Override
  public void watchdogCounted(int target) {
    release(target);
  }

  @Override
  public void confirmed(int target) {
    release(target);
  }

  private void release(int node) {
    for (SortedMap<Integer, Hold> holders : holds.values()) {
      Hold hold = holders.get(node);
      if (hold != null && hold.cut) {
        holders.remove(node);
      }
    }
  }
}
