package org.ringward.sim.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.ringward.sim.world.Observer;
import org.ringward.sim.world.Violation;

/**
 * No resource is started on a machine while another machine may hold it: a machine holds a resource
 * from the call of its start until a stop there has succeeded, a probe or monitor there has found
 * it not running, a fence device has reported the machine off, the cluster has waited for its
 * watchdog, or a person has confirmed it (architecture.md, section 5, rule 3). That a machine
 * happens to be dead is no proof.
 *
 * <p>A live migration: from the call of migrate_to its target may hold the resource too, and what
 * is found there counts when migrate_to has ended. When that went well the source has let go. A
 * target that was proven down and has no power since holds nothing.
 *
 * <p>What is started on a machine that is cut off from the storage of a resource whose only shared
 * thing that is does not count: it was proven to touch nothing.
 */
public final class RecoveryNeedsProof implements Observer {
  private static final int NOT_RUNNING = 7;

  private final Predicate<String> shared;
  private final ExclusiveResources.Access access;

  /** Machines without power. */
  private final Set<Integer> off = new TreeSet<>();

  /** Those of them that were proven down since. */
  private final Set<Integer> down = new TreeSet<>();

  /** Resource to holding machine, with the open starts that may still take effect there. */
  private final SortedMap<String, SortedMap<Integer, Hold>> holds = new TreeMap<>();

  /** Resource and source of the migrations that are under way, to their target. */
  private final Map<Leaving, Integer> migrations = new HashMap<>();

  private record Leaving(String resource, int source) {}

  private static final class Hold {
    int openStarts;

    /** The machine lost its power since; only the proof of it is missing. */
    boolean cut;
  }

  /**
   * @param shared the resources that may run on several machines
   */
  public RecoveryNeedsProof(Predicate<String> shared, ExclusiveResources.Access access) {
    this.shared = shared;
    this.access = access;
  }

  /** Where access to everything is never cut. */
  public RecoveryNeedsProof(Predicate<String> shared) {
    this(shared, (_, _) -> true);
  }

  @Override
  public void agentCalled(int node, String resource, String action) {
    boolean begins = action.equals("start") || action.equals("migrate_from");
    if (!begins || shared.test(resource) || !access.mayUse(node, resource)) {
      return;
    }
    SortedMap<Integer, Hold> holders = holds.computeIfAbsent(resource, _ -> new TreeMap<>());
    for (Map.Entry<Integer, Hold> holder : holders.entrySet()) {
      if (holder.getKey() != node) {
        throw new Violation(
            "recovery needs proof",
            "n"
                + node
                + " begins "
                + action
                + " of "
                + resource
                + " while n"
                + holder.getKey()
                + " holds it and nothing proves that it let go");
      }
    }
    hold(resource, node);
  }

  private void hold(String resource, int node) {
    Hold hold =
        holds
            .computeIfAbsent(resource, _ -> new TreeMap<>())
            .computeIfAbsent(node, _ -> new Hold());
    hold.openStarts++;
    hold.cut = off.contains(node);
  }

  @Override
  public void migrates(int node, String resource, int target) {
    if (!shared.test(resource)) {
      migrationEnds(new Leaving(resource, node));
      if (!down.contains(target)) {
        migrations.put(new Leaving(resource, node), target);
        hold(resource, target);
      }
    }
  }

  @Override
  public void poweredOn(int node) {
    off.remove(node);
    down.remove(node);
  }

  private void migrationEnds(Leaving leaving) {
    Integer target = migrations.remove(leaving);
    SortedMap<Integer, Hold> holders = holds.get(leaving.resource);
    Hold hold = target == null || holders == null ? null : holders.get(target);
    if (hold != null && hold.openStarts > 0) {
      hold.openStarts--;
    }
  }

  @Override
  public void poweredOff(int node) {
    off.add(node);
    for (Leaving leaving : List.copyOf(migrations.keySet())) {
      if (leaving.source == node) {
        migrationEnds(leaving);
      }
    }
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
    if (action.equals("migrate_to")) {
      migrationEnds(new Leaving(resource, node));
    }
    SortedMap<Integer, Hold> holders = holds.get(resource);
    Hold hold = holders == null ? null : holders.get(node);
    if (holders == null || hold == null) {
      return;
    }
    boolean begun = action.equals("start") || action.equals("migrate_from");
    if (begun && hold.openStarts > 0) {
      hold.openStarts--;
    }
    boolean gone =
        ((action.equals("stop") || action.equals("migrate_to")) && exitCode == 0)
            || (action.equals("monitor") && exitCode == NOT_RUNNING);
    if (gone && seen && hold.openStarts == 0) {
      holders.remove(node);
    }
  }

  @Override
  public void fenceReported(int byNode, int target) {
    release(target);
  }

  /** That proves something of these resources only. */
  @Override
  public void accessCut(int target, List<String> resources) {
    for (String resource : resources) {
      SortedMap<Integer, Hold> holders = holds.get(resource);
      if (holders != null) {
        holders.remove(target);
      }
    }
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
    if (off.contains(node)) {
      down.add(node);
    }
    for (SortedMap<Integer, Hold> holders : holds.values()) {
      Hold hold = holders.get(node);
      if (hold != null && hold.cut) {
        holders.remove(node);
      }
    }
  }
}
