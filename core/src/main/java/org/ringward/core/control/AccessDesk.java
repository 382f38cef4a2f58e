package org.ringward.core.control;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.NodeState;
import org.ringward.core.cib.Primitive;
import org.ringward.core.fence.AccessDevices;
import org.ringward.core.fence.FencePlan;

/**
 * The coordinator's side of the fourth rung: at every lost node all devices that cover something
 * are set, each by itself and beside whatever else is tried; at a member those that cover what
 * failed to stop there, and the shot at it waits for them a while; and a node that is back takes
 * its access again to what it does not run any more. Failures are tried again, later each time, on
 * the next member that may.
 */
final class AccessDesk {
  private static final long FIRST_PAUSE_NANOS = 1_000_000_000L;
  private static final long LONGEST_PAUSE_NANOS = 30_000_000_000L;

  /** How long the shot at a member waits for the first cut of its access. */
  private static final long HEAD_START_NANOS = 20_000_000_000L;

  private static final class Task {
    final String target;
    final String action;
    int attempts;
    long since = Long.MIN_VALUE;
    long notBefore = Long.MIN_VALUE;
    long order = -1;
    String executor = "";
    String executorLife = "";

    Task(String target, String action) {
      this.target = target;
      this.action = action;
    }
  }

  private final FenceDesk.Office office;
  private final LongSupplier numbers;
  private final Map<String, Task> tasks = new TreeMap<>();
  private @Nullable Configuration known;
  private SortedMap<String, List<String>> devices = Collections.emptySortedMap();

  /**
   * @param numbers of orders, which no other order of this coordinator has
   */
  AccessDesk(FenceDesk.Office office, LongSupplier numbers) {
    this.office = office;
    this.numbers = numbers;
  }

  void clear() {
    tasks.clear();
  }

  /**
   * Another view. An order that was on its way was dropped by everybody, one whose executor is gone
   * or began anew will not be answered, and what was answered meanwhile is in the agreed history.
   */
  void membersChanged(List<String> members, List<FenceHistory.Entry> history, Moment now) {
    for (Task task : tasks.values()) {
      if (task.order >= 0) {
        reconsider(task, members, history, now);
      }
    }
  }

  private void reconsider(
      Task task, List<String> members, List<FenceHistory.Entry> history, Moment now) {
    FenceHistory.Entry entry =
        history.stream()
            .filter(each -> each.id() == task.order && each.executor().equals(task.executor))
            .filter(each -> each.target().equals(task.target))
            .findFirst()
            .orElse(null);
    if (entry != null && entry.isOver()) {
      ended(task, now);
    } else if (entry == null
        || !members.contains(task.executor)
        || !task.executorLife.equals(office.life(task.executor))) {
      task.order = -1;
    }
  }

  /** Whether the result was an answer to this desk. */
  boolean ended(ClusterMessage.FenceResult result, Moment now) {
    if (!AccessRung.isAccess(result.action())) {
      return false;
    }
    Task task = tasks.get(key(result.target(), result.action()));
    if (task != null && task.order == result.id() && task.executor.equals(result.executor())) {
      ended(task, now);
    }
    return true;
  }

  private static void ended(Task task, Moment now) {
    task.order = -1;
    task.attempts++;
    long pause = FIRST_PAUSE_NANOS << Math.min(task.attempts - 1, 5);
    task.notBefore = now.nanos() + Math.min(pause, LONGEST_PAUSE_NANOS);
  }

  /**
   * Gives the orders that are due.
   *
   * @param lost the nodes that the policy wants proven down
   */
  void work(ClusterState state, List<String> members, List<String> lost, Moment now) {
    Configuration configuration = state.cib().configuration();
    if (isOther(configuration, known)) {
      known = configuration;
      devices = AccessDevices.of(configuration);
    }
    if (devices.isEmpty()) {
      tasks.clear();
      return;
    }
    Map<String, Task> wanted = new TreeMap<>();
    lost.forEach(target -> wantRevoked(state, target, wanted));
    members.forEach(node -> wantRestored(state, node, wanted));
    tasks.keySet().retainAll(wanted.keySet());
    wanted.forEach(tasks::putIfAbsent);
    for (Task task : tasks.values()) {
      if (task.order < 0 && task.notBefore <= now.nanos()) {
        order(task, configuration, members, now);
      }
    }
  }

  /** Another object: comparing the contents would cost more than it saves. */
  @SuppressWarnings("ReferenceEquality")
  private static boolean isOther(Configuration configuration, @Nullable Configuration old) {
    return configuration != old;
  }

  private void wantRevoked(ClusterState state, String target, Map<String, Task> wanted) {
    @Nullable NodeState node = state.node(target);
    if (node == null) {
      return;
    }
    boolean member = NodeStates.isMember(node);
    for (Map.Entry<String, List<String>> device : devices.entrySet()) {
      boolean useful =
          !member || device.getValue().stream().anyMatch(each -> AccessRung.isStuck(node, each));
      if (useful && !AccessRung.revoked(node).contains(device.getKey())) {
        want(target, AccessRung.revoke(device.getKey()), wanted);
      }
    }
  }

  /**
   * Whether the shot at a member has to wait: all that failed to stop there is covered, and the
   * first attempt to cut its access is under way, or has just succeeded.
   *
   * @param planned whether what is planned knows of all cuts
   */
  boolean holds(ClusterState state, String target, boolean planned, Moment now) {
    @Nullable NodeState node = state.node(target);
    if (node == null || !NodeStates.isMember(node) || devices.isEmpty()) {
      return false;
    }
    List<String> stuck =
        state.cib().configuration().primitives().stream()
            .map(Primitive::id)
            .filter(each -> AccessRung.isStuck(node, each))
            .toList();
    boolean covered =
        stuck.stream()
            .allMatch(each -> devices.values().stream().anyMatch(some -> some.contains(each)));
    if (stuck.isEmpty() || !covered) {
      return false;
    }
    boolean allCut = true;
    for (Map.Entry<String, List<String>> device : devices.entrySet()) {
      boolean needed = device.getValue().stream().anyMatch(stuck::contains);
      if (needed && !AccessRung.revoked(node).contains(device.getKey())) {
        Task task = tasks.get(key(target, AccessRung.revoke(device.getKey())));
        if (task == null
            || task.attempts > 0
            || task.order < 0
            || now.nanos() - task.since > HEAD_START_NANOS) {
          return false;
        }
        allCut = false;
      }
    }
    return !allCut || !planned;
  }

  /** Not while the node runs, or may run, what would then be able to write again. */
  private void wantRestored(ClusterState state, String name, Map<String, Task> wanted) {
    @Nullable NodeState node = state.node(name);
    for (String device : AccessRung.revoked(node)) {
      boolean stopped =
          node != null
              && devices.getOrDefault(device, List.of()).stream()
                  .allMatch(each -> ResourceView.on(node, each) == ResourceView.Activity.STOPPED);
      if (stopped && devices.containsKey(device)) {
        want(name, AccessRung.restore(device), wanted);
      }
    }
  }

  private static void want(String target, String action, Map<String, Task> wanted) {
    wanted.put(key(target, action), new Task(target, action));
  }

  private static String key(String target, String action) {
    return target + " " + action;
  }

  private void order(Task task, Configuration configuration, List<String> members, Moment now) {
    String device = AccessRung.device(task.action);
    boolean restores = AccessRung.isRestore(task.action);
    // By the node itself: an agent elsewhere could outlive its node's membership and open again
    // what was cut since. And agents of reservations register the key of their own machine.
    List<String> executors =
        restores
            ? List.of(task.target)
            : FencePlan.ofDevice(configuration, task.target, device).executors(members);
    if (executors.isEmpty()) {
      task.notBefore = now.nanos() + LONGEST_PAUSE_NANOS;
      return;
    }
    task.since = task.since == Long.MIN_VALUE ? now.nanos() : task.since;
    task.order = numbers.getAsLong();
    task.executor = executors.get(task.attempts % executors.size());
    task.executorLife = office.life(task.executor);
    office.order(
        new ClusterMessage.FenceOrder(
            task.order,
            task.target,
            office.life(task.target),
            task.action,
            task.executor,
            !restores,
            reason(restores, members.contains(task.target)),
            now.wallMillis()));
  }

  private static String reason(boolean restores, boolean member) {
    if (restores) {
      return "it runs nothing that is covered any more";
    }
    return member ? "something that is covered cannot be stopped there" : "it is lost";
  }

  /** When {@link #work} is needed next, Long.MAX_VALUE for not before another input. */
  long nextDeadline() {
    long next = Long.MAX_VALUE;
    for (Task task : tasks.values()) {
      next = task.order < 0 ? Math.min(next, task.notBefore) : next;
    }
    return next;
  }

  boolean isIdle() {
    return tasks.isEmpty();
  }
}
