package org.ringward.core.control;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.Decision;
import org.ringward.core.cib.Cib;
import org.ringward.core.cib.ClusterProperties;
import org.ringward.core.policy.Schedule;
import org.ringward.core.policy.Scheduler;
import org.ringward.core.transition.TransitionRun;

/** What the coordinator needs of the node around it. */
final class CoordinatorOffice implements Coordinator.Office {
  private static final int ATTEMPTS = 10;

  private final String node;
  private final Outbox outbox;
  private final Workbench workbench;
  private final Storyteller storyteller;
  private final Unreachable unreachable;
  private final WatchdogPromises promises;
  private final Situation situation;

  /** What changes. */
  interface Situation {
    ClusterState state();

    /** Names of the members of the view, ascending by id. */
    List<String> members();

    /** The state with what the members do not decide by themselves now. */
    Cib ruled(Cib cib);

    Moment now();
  }

  CoordinatorOffice(
      String node,
      Outbox outbox,
      Workbench workbench,
      Storyteller storyteller,
      Unreachable unreachable,
      WatchdogPromises promises,
      Situation situation) {
    this.node = node;
    this.outbox = outbox;
    this.workbench = workbench;
    this.storyteller = storyteller;
    this.unreachable = unreachable;
    this.promises = promises;
    this.situation = situation;
  }

  @Override
  public ClusterState state() {
    return situation.state();
  }

  @Override
  public void schedule(Cib cib, long nowSeconds, Consumer<Schedule> then) {
    Cib ruled = situation.ruled(cib);
    workbench.submit(() -> Scheduler.schedule(ruled, nowSeconds), then);
  }

  @Override
  public List<String> members() {
    return situation.members();
  }

  @Override
  public void send(ClusterMessage message) {
    outbox.sendInView(message);
  }

  @Override
  public void walks(@Nullable TransitionRun run) {
    storyteller.transition().walks(node, run, situation.now());
  }

  @Override
  public void order(ClusterMessage.FenceOrder order) {
    outbox.sendInView(order);
  }

  @Override
  public long watchdogEnds(String target, String life) {
    return promises.ends(state(), target, life);
  }

  @Override
  public boolean canResetItself(String target) {
    return WatchdogProof.canBeTold(state(), target);
  }

  @Override
  public void watchdogEnded(long id, String target, String life, String action) {
    outbox.sendInView(
        WatchdogProof.result(id, state(), target, life, action, node, situation.now()));
  }

  @Override
  public String life(String target) {
    return NodeStates.incarnation(state().node(target));
  }

  @Override
  public int attemptsMost() {
    String most = ClusterProperties.of(state().cib().configuration()).value("fencing-max-attempts");
    return most != null && most.matches("[0-9]{1,6}") ? Integer.parseInt(most) : ATTEMPTS;
  }

  @Override
  public PriorityDelay delay(String target) {
    return PriorityDelay.of(state(), members(), target);
  }

  @Override
  public long surrenderNanos(String target) {
    return SurrenderRung.patienceNanos(state(), target);
  }

  @Override
  public Evidence.Sight sight(String target) {
    return unreachable.sight(target);
  }

  @Override
  public boolean askToLetGo(
      String target, String life, long patienceNanos, Consumer<@Nullable String> answered) {
    String question = OwnSurrender.question(life, NodePriority.of(state().cib(), node));
    // Which life of a node is meant that was never seen here nobody knows.
    return !life.isEmpty() && unreachable.ask(target, question, patienceNanos, answered);
  }

  @Override
  public void surrendered(long id, String target, String life, String action) {
    outbox.sendInView(SurrenderRung.result(id, target, life, action, node, situation.now()));
  }

  @Override
  public void place(Schedule.PlannedChange change, String sentence) {
    storyteller.decide(
        Decision.Kind.PLACEMENT,
        change.resource(),
        sentence,
        change.why().isEmpty() ? List.of() : List.of(change.why()),
        Decision.facts("event", change.action(), "from", change.from(), "to", change.to()));
  }

  @Override
  public void settled() {
    storyteller.settled();
  }

  @Override
  public void decide(Decision.Kind kind, String subject, String what, List<String> why) {
    storyteller.decide(kind, subject, what, why);
  }
}
