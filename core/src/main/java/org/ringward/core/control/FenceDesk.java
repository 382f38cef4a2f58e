package org.ringward.core.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.Decision;
import org.ringward.core.cib.Configuration;
import org.ringward.core.fence.FencePlan;
import org.ringward.core.fence.Rung;

/**
 * The coordinator's side of fencing: which member runs the ladder for a target, what happens when
 * it fails. A target stays here until it was fenced or is no longer wanted fenced; failures are
 * tried again, later each time, on the next member that may.
 */
final class FenceDesk {
  private static final long FIRST_PAUSE_NANOS = 1_000_000_000L;

  /** How the sentence ends that a node need not be waited for. */
  static final String NOT_SEEN = " is not seen on any heartbeat region any more";

  private static final long GLANCE_NANOS = 20_000_000L;
  private static final long LOOK_NANOS = 200_000_000L;
  private static final long LONGEST_PAUSE_NANOS = 30_000_000_000L;

  /** What the desk needs of the coordinator around it. */
  interface Office {
    void order(ClusterMessage.FenceOrder order);

    /** When a lost node is off because of its watchdog, Long.MAX_VALUE when that is not known. */
    long watchdogEnds(String target, String incarnation);

    /** Whether a member can be told to let its own watchdog reset it. */
    boolean canResetItself(String target);

    /** Tells everybody that the watchdog of a lost node has run out. */
    void watchdogEnded(long id, String target, String incarnation, String action);

    /** Which life of a node's daemon is the latest that is known, empty for none. */
    String life(String target);

    /** After so many failed attempts an operator's order is given up. */
    int attemptsMost();

    /** How long a shot at a lost node is put off for the sake of what it runs. */
    PriorityDelay delay(String target);

    /** How long a lost node may take to let go of everything, nanoseconds; 0 for not to ask it. */
    long surrenderNanos(String target);

    /** Whether a lost node lives on. */
    Evidence.Sight sight(String target);

    /**
     * Asks a lost node over the heartbeat regions to let go; false when it cannot be asked.
     *
     * @param answered told once, null when there was no answer in time
     */
    boolean askToLetGo(
        String target, String incarnation, long patienceNanos, Consumer<@Nullable String> answered);

    /** Tells everybody that a lost node has let go. */
    void surrendered(long id, String target, String incarnation, String action);

    void decide(Decision.Kind kind, String subject, String what, List<String> why);
  }

  /** Where the question stands whether the target lets go by itself. */
  private enum Surrender {
    NOT_ASKED,
    ASKED,
    /** It wants to be asked again. */
    LATER,
    /** It will not, or cannot be asked. */
    OVER
  }

  private static final class Task {
    final String target;
    final String action;
    final String incarnation;
    final String reason;
    final boolean unlessProven;
    final List<Consumer<Boolean>> waiting = new ArrayList<>();
    int attempts;
    long notBefore;
    long order = -1;
    String executor = "";
    String executorLife = "";
    boolean watchdogTold;

    /** Whether this view's delay is over or under way: it counts once. */
    boolean putOff;

    Surrender surrender = Surrender.NOT_ASKED;
    long surrenderUntil;
    long question;

    /** Not fenced but let in again. */
    boolean letsIn() {
      return action.equals(LETS_IN);
    }

    Task(String target, String action, String incarnation, String reason, boolean unlessProven) {
      this.target = target;
      this.action = action;
      this.incarnation = incarnation;
      this.reason = reason;
      this.unlessProven = unlessProven;
    }
  }

  private static final String LETS_IN = "on";

  private final Office office;
  private final Map<String, Task> tasks = new TreeMap<>();
  private long lastOrder;
  private long lastQuestion;

  FenceDesk(Office office) {
    this.office = office;
  }

  /**
   * Wants a node fenced, or let in; joins an attempt that is under way, and fencing ends an attempt
   * to let in.
   *
   * @param unlessProven a proof that comes before the order makes it needless
   * @param ended told once whether it succeeded; failures that are tried again are not told
   */
  void want(
      String target,
      String action,
      String incarnation,
      String reason,
      boolean unlessProven,
      Consumer<Boolean> ended) {
    Task task = tasks.get(target);
    boolean letsIn = action.equals(LETS_IN);
    if (task != null && task.letsIn() != letsIn) {
      if (letsIn) {
        // First it is fenced; whoever comes back is let in by another plan.
        ended.accept(false);
        return;
      }
      tasks.remove(target);
      task.waiting.forEach(each -> each.accept(false));
      task = null;
    }
    if (task == null || !task.incarnation.equals(incarnation)) {
      // Nothing proves that a node was let in, and a member need not let go of anything for it.
      task = new Task(target, action, incarnation, reason, unlessProven && !letsIn);
      tasks.put(target, task);
    }
    task.waiting.add(ended);
  }

  /** Nobody waits for these attempts any longer; what is under way goes on. */
  void forgetWaiting() {
    tasks.values().forEach(task -> task.waiting.clear());
  }

  /**
   * Drops targets that need no fencing any more (they came back, or a person confirmed); what an
   * operator ordered is tried whatever the plan wants.
   */
  void retain(List<String> targets) {
    tasks.values().removeIf(task -> task.unlessProven && !targets.contains(task.target));
  }

  /**
   * Another view. An order that was on its way was dropped by everybody, one whose executor is gone
   * or began anew will not be answered, and what was answered meanwhile is in the agreed history.
   */
  void membersChanged(List<String> members, List<FenceHistory.Entry> history, Moment now) {
    for (Task task : List.copyOf(tasks.values())) {
      if (task.order >= 0) {
        reconsider(task, members, history, now);
      }
      // The count begins anew with each view.
      task.watchdogTold = false;
      task.putOff = false;
      task.surrender = Surrender.NOT_ASKED;
    }
  }

  private void reconsider(
      Task task, List<String> members, List<FenceHistory.Entry> history, Moment now) {
    FenceHistory.Entry known =
        history.stream().filter(entry -> isOf(entry, task)).findFirst().orElse(null);
    if (known != null && known.isOver()) {
      ended(task, known.succeeded(), known.proof(), now);
    } else if (known == null
        || !members.contains(task.executor)
        || !task.executorLife.equals(office.life(task.executor))) {
      task.order = -1;
    }
  }

  private static boolean isOf(FenceHistory.Entry entry, Task task) {
    return entry.id() == task.order
        && entry.executor().equals(task.executor)
        && entry.target().equals(task.target)
        && entry.incarnation().equals(task.incarnation);
  }

  void clear() {
    tasks.clear();
  }

  void ended(ClusterMessage.FenceResult result, Moment now) {
    Task task = tasks.get(result.target());
    if (task != null && isAnswer(task, result)) {
      ended(task, result.succeeded(), result.detail(), now);
    }
  }

  private void ended(Task task, boolean succeeded, String detail, Moment now) {
    if (succeeded) {
      tasks.remove(task.target);
      task.waiting.forEach(each -> each.accept(true));
      return;
    }
    task.order = -1;
    task.attempts++;
    long pause = FIRST_PAUSE_NANOS << Math.min(task.attempts - 1, 5);
    task.notBefore = now.nanos() + Math.min(pause, LONGEST_PAUSE_NANOS);
    if (!task.unlessProven && task.attempts >= office.attemptsMost()) {
      giveUp(task, detail);
    }
  }

  /** An operator's order is not tried for ever: nobody may want it any more. */
  private void giveUp(Task task, String why) {
    tasks.remove(task.target);
    task.waiting.forEach(each -> each.accept(false));
    office.decide(
        Decision.Kind.FENCE,
        task.target,
        (task.letsIn() ? "letting in %s, %s, is given up" : "fencing of %s, %s, is given up")
            .formatted(task.target, task.reason),
        List.of(why));
  }

  private static boolean isAnswer(Task task, ClusterMessage.FenceResult result) {
    boolean asked = task.order == result.id() && task.executor.equals(result.executor());
    boolean unasked =
        Rung.LEASE_EXPIRED.name().equals(result.rung())
            || Rung.SURRENDER.name().equals(result.rung());
    return asked || (unasked && !task.letsIn() && task.incarnation.equals(result.incarnation()));
  }

  /** Gives the orders that are due. */
  void work(Configuration configuration, List<String> members, Moment now) {
    tasks.values().removeIf(this::isOver);
    for (Task task : List.copyOf(tasks.values())) {
      if (!task.watchdogTold && watchdogEnds(task) <= now.nanos()) {
        task.watchdogTold = true;
        office.watchdogEnded(++lastOrder, task.target, task.incarnation, task.action);
      } else if (task.order < 0 && task.notBefore <= now.nanos()) {
        if (!isSurrendering(task, now) && !putOff(task, now)) {
          order(task, configuration, members, now);
        }
      }
    }
  }

  /** An operator meant a life of the node that has ended since. */
  private boolean isOver(Task task) {
    return !task.unlessProven
        && task.order < 0
        && !task.incarnation.isEmpty()
        && !task.incarnation.equals(office.life(task.target));
  }

  /**
   * Whether the shot has to wait for the sake of what the target runs; what an operator wants does
   * not.
   */
  private boolean putOff(Task task, Moment now) {
    PriorityDelay delay =
        task.putOff || !task.unlessProven ? PriorityDelay.NONE : office.delay(task.target);
    task.putOff = true;
    if (delay.nanos() == 0) {
      return false;
    }
    task.notBefore = now.nanos() + delay.nanos();
    office.decide(
        Decision.Kind.FENCE, task.target, delay.sentence(task.target), List.of(task.reason));
    return true;
  }

  /**
   * The second rung: whether the target is still worth waiting for, which heartbeats show and which
   * was asked to let go.
   */
  private boolean isSurrendering(Task task, Moment now) {
    long allowed = task.unlessProven ? office.surrenderNanos(task.target) : 0;
    if (allowed == 0) {
      return false;
    }
    Evidence.Sight sight = office.sight(task.target);
    if (task.surrender == Surrender.NOT_ASKED && sight == Evidence.Sight.UNKNOWN) {
      task.notBefore = now.nanos() + GLANCE_NANOS;
      return true;
    }
    if (task.surrender == Surrender.NOT_ASKED && sight == Evidence.Sight.ALIVE) {
      task.surrender = Surrender.LATER;
      task.surrenderUntil = now.nanos() + allowed;
      tellSurrender(task, "%s is asked over the heartbeat regions to let go of its resources");
    }
    if (task.surrender == Surrender.LATER || task.surrender == Surrender.ASKED) {
      String end =
          now.nanos() >= task.surrenderUntil
              ? "%s did not let go in time"
              : sight == Evidence.Sight.SILENT ? "%s" + NOT_SEEN : "";
      if (!end.isEmpty()) {
        task.surrender = Surrender.OVER;
        tellSurrender(task, end);
      }
    }
    if (task.surrender == Surrender.LATER) {
      askToLetGo(task, task.surrenderUntil - now.nanos());
    }
    boolean waits = task.surrender == Surrender.ASKED || task.surrender == Surrender.LATER;
    task.notBefore = waits ? now.nanos() + LOOK_NANOS : task.notBefore;
    return waits;
  }

  private void askToLetGo(Task task, long patience) {
    task.surrender = Surrender.ASKED;
    long question = ++lastQuestion;
    task.question = question;
    boolean can =
        office.askToLetGo(
            task.target,
            task.incarnation,
            patience,
            answer -> {
              if (task.question == question && tasks.get(task.target) == task) {
                answered(task, answer);
              }
            });
    if (!can) {
      task.surrender = Surrender.OVER;
    }
  }

  private void answered(Task task, @Nullable String answer) {
    if (task.surrender != Surrender.ASKED) {
      return;
    }
    if (answer != null && answer.startsWith(OwnSurrender.LATER)) {
      task.surrender = Surrender.LATER;
    } else if (answer != null && answer.equals(OwnSurrender.GONE)) {
      // Asked once more after a while, if that does not reach everybody.
      task.surrender = Surrender.LATER;
      office.surrendered(++lastOrder, task.target, task.incarnation, task.action);
    } else {
      task.surrender = Surrender.OVER;
      task.notBefore = Long.MIN_VALUE;
      tellSurrender(
          task, answer == null ? "%s did not let go in time" : "%s does not let go: " + answer);
    }
  }

  private void tellSurrender(Task task, String sentence) {
    office.decide(
        Decision.Kind.FENCE,
        task.target,
        sentence.replace("%s", task.target),
        List.of(task.reason));
  }

  /** An operator who wants a node fenced wants more than to know that it is off. */
  private long watchdogEnds(Task task) {
    return task.unlessProven ? office.watchdogEnds(task.target, task.incarnation) : Long.MAX_VALUE;
  }

  private void order(Task task, Configuration configuration, List<String> members, Moment now) {
    FencePlan plan =
        task.letsIn()
            ? FencePlan.toLetIn(configuration, task.target)
            : FencePlan.of(configuration, task.target);
    List<String> executors = plan.executors(members);
    if (executors.isEmpty() && office.canResetItself(task.target)) {
      executors = List.of(task.target);
    }
    if (executors.isEmpty() && watchdogEnds(task) != Long.MAX_VALUE) {
      task.notBefore = now.nanos() + LONGEST_PAUSE_NANOS;
      long left = (watchdogEnds(task) - now.nanos()) / 1_000_000;
      office.decide(
          Decision.Kind.FENCE,
          task.target,
          "%s counts as off in %s s, when its watchdog has run out"
              .formatted(task.target, WatchdogProof.seconds(left)),
          List.of(task.reason));
      return;
    }
    if (executors.isEmpty() && !task.unlessProven) {
      giveUp(task, "no member has a device for it");
      return;
    }
    if (executors.isEmpty()) {
      task.notBefore = now.nanos() + LONGEST_PAUSE_NANOS;
      office.decide(
          Decision.Kind.FENCE,
          task.target,
          task.target
              + " cannot be fenced: no member has a device for it; what it may hold stays stopped"
              + " until a person confirms that it is down (ringward confirm "
              + task.target
              + ")",
          List.of(task.reason));
      return;
    }
    task.order = ++lastOrder;
    task.executor = executors.get(task.attempts % executors.size());
    task.executorLife = office.life(task.executor);
    office.order(
        new ClusterMessage.FenceOrder(
            task.order,
            task.target,
            task.incarnation,
            task.action,
            task.executor,
            task.unlessProven,
            task.reason,
            now.wallMillis()));
  }

  /** When {@link #work} is needed next, Long.MAX_VALUE for not before another input. */
  long nextDeadline() {
    if (tasks.isEmpty()) {
      return Long.MAX_VALUE;
    }
    long watchdogs =
        tasks.values().stream()
            .filter(task -> !task.watchdogTold)
            .mapToLong(this::watchdogEnds)
            .min()
            .orElse(Long.MAX_VALUE);
    long next =
        tasks.values().stream()
            .filter(task -> task.order < 0)
            .mapToLong(task -> task.notBefore)
            .min()
            .orElse(Long.MAX_VALUE);
    return Math.min(next, watchdogs);
  }

  boolean isIdle() {
    return tasks.isEmpty();
  }

  /** Whether an attempt on the target is under way or waits for its turn. */
  boolean wants(@Nullable String target) {
    return tasks.containsKey(Objects.requireNonNullElse(target, ""));
  }

  /**
   * Order numbers go on after those of the coordinator before, so that histories stay unambiguous.
   */
  void continueAfter(long order) {
    lastOrder = Math.max(lastOrder, order);
  }
}
