package org.ringward.sim.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.ringward.sim.machine.NodeView;
import org.ringward.sim.world.Observer;

/**
 * The latest views of all living daemons; a new one is shown to every rule about views. A daemon
 * that is paused does nothing, and what it believed counts for nothing meanwhile: a vote that it
 * held may run out, and another side have it, before it knows. What it believes after its first
 * turn is shown again, as if it were new.
 */
public final class Views implements Observer {
  private final List<ViewCheck> checks;
  private final SortedMap<Integer, NodeView> latest = new TreeMap<>();
  private final Set<Integer> paused = new TreeSet<>();

  public Views(List<ViewCheck> checks) {
    this.checks = List.copyOf(checks);
  }

  /** Takes a new view; one that is as before costs nothing. */
  public void update(NodeView view) {
    boolean isBack = paused.remove(view.node());
    if (view.equals(latest.put(view.node(), view)) && !isBack) {
      return;
    }
    List<NodeView> all = living();
    for (ViewCheck check : checks) {
      check.look(view, all);
    }
  }

  /** What all daemons believe that are not paused. */
  public List<NodeView> living() {
    List<NodeView> all = new ArrayList<>(latest.values());
    all.removeIf(each -> paused.contains(each.node()));
    return all;
  }

  /** What that daemon believes, null when none lives. */
  public @Nullable NodeView of(int node) {
    return latest.get(node);
  }

  @Override
  public void paused(int node) {
    paused.add(node);
  }

  @Override
  public void daemonEnded(int node, boolean orderly) {
    paused.remove(node);
    latest.remove(node);
  }

  /** Whether a living daemon on another machine has its state on its disk. */
  public boolean isStoredBeside(int node) {
    return latest.values().stream().anyMatch(view -> view.node() != node && view.stored());
  }

  /** Why the machines 1 to count are not one settled cluster yet; null when they are. */
  public @Nullable String unsettled(int count) {
    NodeView first = null;
    int coordinators = 0;
    for (int node = 1; node <= count; node++) {
      NodeView view = latest.get(node);
      if (view == null) {
        return "the daemon of n" + node + " does not run";
      }
      if (first == null) {
        first = view;
      }
      if (!view.ring().equals(first.ring()) || view.members().size() != count) {
        return "n%d has ring %s with members %s"
            .formatted(view.node(), view.ring(), view.members());
      }
      if (!view.quorate()) {
        return "n" + node + " has no quorum";
      }
      if (!view.version().equals(first.version())) {
        return "n%d has state %s, n1 has %s".formatted(node, view.version(), first.version());
      }
      coordinators += view.coordinates() ? 1 : 0;
    }
    return coordinators == 1 ? null : "there are " + coordinators + " coordinators";
  }
}
