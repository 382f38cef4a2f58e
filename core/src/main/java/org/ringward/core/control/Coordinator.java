package org.ringward.core.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.Decision;
import org.ringward.core.cib.Cib;
import org.ringward.core.cib.NodeEntry;
import org.ringward.core.cib.NodeState;
import org.ringward.core.cib.OperationRecord;
import org.ringward.core.cib.ResourceHistory;
import org.ringward.core.graph.GraphAction;
import org.ringward.core.graph.TransitionGraph;
import org.ringward.core.policy.Schedule;
import org.ringward.core.transition.ProbesFirst;
import org.ringward.core.transition.TransitionRun;

/**
 * The member that schedules: asks the policy what should be, walks the transition graph, gives
 * orders through the total order and watches the results there. Every member could do it; the one
 * with the lowest id does. All it keeps is what is in flight, so the next coordinator can go on
 * from the agreed state alone.
 */
final class Coordinator {
  private static final int BATCH_LIMIT = 64;

  /**
   * Time a result may take beyond the action's own timeout before it counts as lost
   * (cluster-delay).
   */
  private static final long RESULT_SLACK_MILLIS = 60_000;

  private static final long NANOS_PER_MILLI = 1_000_000;

  /** A plan that changes nothing and is never done is tried again at this pace, not in a circle. */
  private static final int ROUNDS_AT_FULL_SPEED = 25;

  private static final long ROUND_PAUSE_NANOS = 2_000_000_000L;

  /** What the coordinator needs of the node around it. */
  interface Office extends FenceDesk.Office {
    ClusterState state();

    /** Has a state scheduled in the background. */
    void schedule(Cib cib, long nowSeconds, Consumer<Schedule> then);

    /** Names of the members of the view, ascending by id. */
    List<String> members();

    /** Sends in this view only. */
    void send(ClusterMessage message);

    /** Which graph is walked from now on, for whoever wants to see it; null for none. */
    void walks(@Nullable TransitionRun run);

    /** Where something will run that ran elsewhere, or not at all. */
    void place(Schedule.PlannedChange change, String sentence);

    /** Nothing is left to do. */
    void settled();
  }

  private final Office office;
  private final String key;
  private final FenceDesk fences;
  private final AccessDesk access;
  private boolean active;
  private boolean dirty;
  private @Nullable TransitionRun run;

  /** The number of the plan that is being worked out, 0 for none. */
  private long planning;

  private long lastPlanning;
  private long transition;
  private int rounds;
  private long notBefore;
  private long recheckAt = Long.MAX_VALUE;
  private long startupUntil;
  private String lastPlan = "";

  /** Why the running plan wants nodes fenced. */
  private final Map<String, String> causes = new TreeMap<>();

  /** Actions in flight that were not ordered yet: see {@link #mustWait}. */
  private final Set<Integer> held = new TreeSet<>();

  /**
   * @param key unique for this life of this node, part of every transition key
   */
  Coordinator(Office office, String key) {
    this.office = office;
    this.key = key;
    this.fences = new FenceDesk(office);
    this.access = new AccessDesk(office, fences::nextOrder);
  }

  /** A view is agreed and this node coordinates it. */
  void begin(Moment now) {
    if (!active) {
      fences.clear();
      access.clear();
      run = null;
      startupUntil = now.nanos() + startupWaitNanos();
    }
    active = true;
    List<FenceHistory.Entry> history = FenceHistory.entries(office.state().cib().status());
    history.forEach(entry -> fences.continueAfter(entry.id()));
    fences.membersChanged(office.members(), history, now);
    access.membersChanged(office.members(), history, now);
    failLostActions();
    changed("the membership changed");
  }

  /** Another node coordinates, or nobody does for now. */
  void resign() {
    active = false;
    run = null;
    office.walks(null);
    planning = 0;
    fences.clear();
    access.clear();
    dirty = false;
  }

  /**
   * Orders that were on their way when the view changed were dropped by everybody; those that were
   * applied are in the history of their node under their key, and their results will come.
   */
  private void failLostActions() {
    TransitionRun current = run;
    if (current == null) {
      return;
    }
    for (GraphAction action : List.copyOf(current.inFlight())) {
      OperationRecord known = applied(action);
      if (known == null) {
        current.completed(action.id(), false);
      } else if (!known.isPending()) {
        // The result arrived in the state of another member, not as a message.
        boolean good = known.opStatus() == 0 && known.exitCode() == action.number("op_target_rc");
        current.completed(action.id(), good);
      }
    }
  }

  /** What the agreed state knows of an action in flight: null when its order was dropped. */
  private @Nullable OperationRecord applied(GraphAction action) {
    String name = Objects.requireNonNullElse(action.onNode(), "");
    NodeState node = office.state().node(name);
    GraphAction.PrimitiveRef primitive = action.primitive();
    if (node == null || primitive == null || !office.members().contains(name)) {
      return null;
    }
    ResourceHistory history = node.history(primitive.id());
    String wanted = transitionKey(action).toString();
    return history == null
        ? null
        : history.operations().stream()
            .filter(each -> each.transitionKey().equals(wanted))
            .findFirst()
            .orElse(null);
  }

  /** Something changed that the running transition did not expect. */
  void changed(String why) {
    dirty = true;
    rounds = 0;
    notBefore = 0;
    abort(why);
  }

  private void abort(String why) {
    TransitionRun current = run;
    if (current == null) {
      return;
    }
    current.abort(why);
    fences.forgetWaiting();
    for (GraphAction action : List.copyOf(current.inFlight())) {
      if (isFencing(action) || held.contains(action.id())) {
        current.completed(action.id(), false);
      }
    }
  }

  /** A message was applied to the state. */
  void applied(ClusterMessage message, Moment now) {
    if (!active) {
      return;
    }
    switch (message) {
      case ClusterMessage.OperationResult result -> operationEnded(result);
      case ClusterMessage.ActionRequest request -> {
        if (StateMachine.isDoneByDelivery(request.action())) {
          completed(request.transitionKey(), true);
        }
      }
      case ClusterMessage.FenceResult result -> {
        if (!access.ended(result, now)) {
          fences.ended(result, now);
          dirty |= result.succeeded();
        } else if (result.succeeded()) {
          changed(AccessRung.ended(result));
        }
      }
      case ClusterMessage.LeaveOrder order -> leaving(order);
      case ClusterMessage.OperatorOrder _ -> changed("an operator changed something");
      case ClusterMessage.Promise _ -> changed("a node told of its watchdog");
      case ClusterMessage.QuorumChange _ -> changed("the votes changed");
      case ClusterMessage.Connectivity _ -> changed("what a node reaches has changed");
      case ClusterMessage.FenceOrder _,
          ClusterMessage.LeaseChange _,
          ClusterMessage.StateOffer _,
          ClusterMessage.StateTransfer _,
          ClusterMessage.Stored _,
          ClusterMessage.Decisions _ -> {
        // Nothing to plan.
      }
    }
  }

  private void operationEnded(ClusterMessage.OperationResult result) {
    TransitionKey named = TransitionKey.parse(result.transitionKey());
    boolean good =
        result.status() == 0 && named != null && result.exitCode() == named.targetExitCode();
    boolean expected = completed(result.transitionKey(), good);
    if (!expected || !good) {
      changed(result.action().operationKey() + " on " + result.node() + " was not expected");
    }
  }

  /** Whether the action was in flight in the running transition. */
  private boolean completed(String transitionKey, boolean good) {
    TransitionKey named = TransitionKey.parse(transitionKey);
    TransitionRun current = run;
    if (named == null
        || current == null
        || !named.coordinator().equals(key)
        || named.transition() != transition
        || current.inFlight().stream().noneMatch(each -> each.id() == named.action())) {
      return false;
    }
    current.completed(named.action(), good);
    return true;
  }

  private void leaving(ClusterMessage.LeaveOrder order) {
    TransitionRun current = run;
    if (current == null) {
      return;
    }
    for (GraphAction action : List.copyOf(current.inFlight())) {
      if (action.operation().equals("do_shutdown") && order.node().equals(action.onNode())) {
        current.completed(action.id(), true);
      }
    }
  }

  /** An operator wants a node fenced, whatever the policy thinks. */
  void fence(String target, String action, String reason) {
    if (active) {
      fences.want(target, action, incarnation(target), reason, false, _ -> {});
    }
  }

  /** Does what is due. */
  void work(Moment now) {
    if (!active) {
      return;
    }
    if (now.wallSeconds() >= recheckAt) {
      recheckAt = Long.MAX_VALUE;
      dirty = true;
    }
    advance(now);
    if (run == null && planning == 0 && dirty && mayPlan(now)) {
      plan(now);
    }
    ClusterState state = office.state();
    access.work(state, office.members(), fences.lost(), now);
    boolean planned = !dirty && planning == 0;
    fences.work(
        state.cib().configuration(),
        office.members(),
        target -> access.holds(state, target, planned, now),
        now);
    if (isSettled()) {
      office.settled();
    }
  }

  private void advance(Moment now) {
    TransitionRun current = run;
    if (current == null) {
      return;
    }
    for (GraphAction action : current.expired(now.nanos())) {
      resultLost(action, now);
    }
    for (GraphAction action : current.fire(now.nanos())) {
      dispatch(current, action, now);
    }
    if (current.finished()) {
      run = null;
      dirty = true;
      notBefore = rounds > ROUNDS_AT_FULL_SPEED ? now.nanos() + ROUND_PAUSE_NANOS : 0;
    }
  }

  private boolean mayPlan(Moment now) {
    return now.nanos() >= notBefore && (now.nanos() >= startupUntil || everyoneWasSeen());
  }

  /** At the start of a cluster nodes that are a moment late must not be fenced for it. */
  private boolean everyoneWasSeen() {
    ClusterState state = office.state();
    for (NodeEntry node : state.cib().configuration().nodes()) {
      if (state.node(node.uname()) == null) {
        return false;
      }
    }
    return true;
  }

  private long startupWaitNanos() {
    return ControlSettings.startupWaitMillis(office.state().cib().configuration())
        * NANOS_PER_MILLI;
  }

  private void plan(Moment now) {
    dirty = false;
    planning = ++lastPlanning;
    long number = planning;
    long wallSeconds = now.wallSeconds();
    office.schedule(
        WatchdogProof.known(office.state().cib()),
        wallSeconds,
        schedule -> planned(number, schedule, wallSeconds));
  }

  /** A plan has been worked out. What has changed meanwhile makes it worthless. */
  private void planned(long number, Schedule schedule, long wallSeconds) {
    if (number != planning) {
      return;
    }
    planning = 0;
    if (!dirty) {
      carryOut(schedule, wallSeconds);
    }
  }

  private void carryOut(Schedule schedule, long wallSeconds) {
    Long recheck = schedule.recheckAtSeconds();
    recheckAt = recheck == null ? Long.MAX_VALUE : Math.max(recheck, wallSeconds + 1);
    tell(schedule);
    causes.clear();
    schedule.fencing().forEach(verdict -> causes.put(verdict.node(), verdict.reason()));
    List<String> targets = new ArrayList<>();
    schedule.graph().synapses().stream()
        .map(TransitionGraph.Synapse::action)
        .filter(Coordinator::isFencing)
        .forEach(action -> targets.add(Objects.requireNonNullElse(action.onNode(), "")));
    fences.retain(targets);
    if (schedule.graph().isEmpty()) {
      rounds = 0;
      return;
    }
    rounds++;
    transition++;
    TransitionRun next =
        new TransitionRun(transition, ProbesFirst.of(schedule.graph()), BATCH_LIMIT);
    run = next;
    held.clear();
    office.walks(next);
  }

  /** Tells what was decided, once per decision: plans that only repeat themselves are not news. */
  private void tell(Schedule schedule) {
    String plan = schedule.changes().toString() + schedule.fencing();
    if (plan.equals(lastPlan)) {
      return;
    }
    lastPlan = plan;
    for (Schedule.NodeVerdict verdict : schedule.fencing()) {
      office.decide(
          Decision.Kind.FENCE,
          verdict.node(),
          verdict.node() + " must be fenced",
          List.of(verdict.reason()));
    }
    for (Schedule.PlannedChange change : schedule.changes()) {
      office.place(change, sentence(change));
    }
  }

  private static String sentence(Schedule.PlannedChange change) {
    StringBuilder text = new StringBuilder(change.action()).append(' ').append(change.resource());
    if (!change.from().isEmpty() && !change.from().equals(change.to())) {
      text.append(" from ").append(change.from());
    }
    if (!change.to().isEmpty()) {
      text.append(change.from().isEmpty() || change.from().equals(change.to()) ? " on " : " to ");
      text.append(change.to());
    }
    return text.toString();
  }

  private void dispatch(TransitionRun current, GraphAction action, Moment now) {
    String node = Objects.requireNonNullElse(action.onNode(), "");
    if (isFencing(action)) {
      String how = Objects.requireNonNullElse(action.meta("stonith_action"), "reboot");
      current.started(action.id(), Long.MAX_VALUE);
      fences.want(
          node,
          how,
          incarnation(node),
          how.equals("on")
              ? "its resources need what it has to be let in to"
              : causes.getOrDefault(node, "its resources may still run there"),
          true,
          good -> current.completed(action.id(), good));
    } else if (action.operation().equals("do_shutdown")) {
      shutDown(current, action, node, now);
    } else {
      long allowed = action.number("timeout") + action.number("start_delay") + RESULT_SLACK_MILLIS;
      current.started(action.id(), now.nanos() + allowed * NANOS_PER_MILLI);
      if (mustWait(action, node)) {
        held.add(action.id());
      } else {
        office.send(
            new ClusterMessage.ActionRequest(
                node, transitionKey(action).toString(), action, now.wallMillis()));
      }
    }
  }

  /**
   * Whether the node is still at a migrate_to that another coordinator ordered, so that a second
   * one has to wait. Entered now it would replace the first one, and nobody would know any more
   * where that may still bring the resource (seed 1031317). When the first one ends a new plan is
   * made; when it does not, the second one counts as lost in its time.
   */
  private boolean mustWait(GraphAction action, String name) {
    NodeState node = office.state().node(name);
    GraphAction.PrimitiveRef primitive = action.primitive();
    if (node == null || primitive == null || !action.operation().equals("migrate_to")) {
      return false;
    }
    ResourceHistory history = node.history(primitive.id());
    OperationRecord first =
        history == null ? null : history.operation(primitive.id() + "_migrate_to_0");
    return first != null && first.isPending();
  }

  /** A node leaves when nothing is under way on it: what a probe finds would be left behind. */
  private void shutDown(TransitionRun current, GraphAction action, String node, Moment now) {
    boolean busy =
        current.inFlight().stream()
            .anyMatch(each -> each.kind() == GraphAction.Kind.RSC_OP && node.equals(each.onNode()));
    if (busy) {
      current.completed(action.id(), false);
      dirty = true;
    } else {
      current.started(action.id(), now.nanos() + RESULT_SLACK_MILLIS * NANOS_PER_MILLI);
      office.send(new ClusterMessage.LeaveOrder(node, now.wallMillis()));
    }
  }

  /**
   * The node did not answer in time: what it does is unknown, so the operation counts as timed out.
   */
  private void resultLost(GraphAction action, Moment now) {
    TransitionRun current = run;
    if (current != null) {
      current.completed(action.id(), false);
    }
    if (action.kind() == GraphAction.Kind.RSC_OP) {
      office.send(
          new ClusterMessage.OperationResult(
              Objects.requireNonNullElse(action.onNode(), ""),
              transitionKey(action).toString(),
              action,
              1,
              2,
              "no result arrived in time",
              0,
              0,
              0,
              now.wallMillis()));
    }
    changed("the result of " + action.operationKey() + " did not arrive");
  }

  private TransitionKey transitionKey(GraphAction action) {
    int target = (int) action.number("op_target_rc");
    return new TransitionKey(action.id(), transition, target, key);
  }

  private static boolean isFencing(GraphAction action) {
    return action.operation().equals("stonith");
  }

  private String incarnation(String node) {
    return NodeStates.incarnation(office.state().node(node));
  }

  /** Nothing runs and nothing waits to be decided. */
  boolean isSettled() {
    return active && run == null && planning == 0 && !dirty && fences.isIdle() && access.isIdle();
  }

  boolean isActive() {
    return active;
  }

  /** Monotonic time of the next {@link #work} that is needed without inputs. */
  long nextDeadline(Moment now) {
    if (!active) {
      return Long.MAX_VALUE;
    }
    long next = Math.min(fences.nextDeadline(), access.nextDeadline());
    TransitionRun current = run;
    if (current != null) {
      next = Math.min(next, current.nextDeadline());
    } else if (dirty && planning == 0) {
      next = Math.min(next, Math.max(notBefore, everyoneWasSeen() ? 0 : startupUntil));
    }
    if (recheckAt != Long.MAX_VALUE) {
      long wait = Math.max(0, recheckAt * 1000 - now.wallMillis());
      next = Math.min(next, now.nanos() + wait * NANOS_PER_MILLI);
    }
    return next;
  }
}
