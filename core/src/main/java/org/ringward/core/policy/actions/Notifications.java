package org.ringward.core.policy.actions;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.policy.model.CloneResource;
import org.ringward.core.policy.model.PlannedAction;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.PolicyResource;
import org.ringward.core.policy.model.PrimitiveResource;
import org.ringward.core.policy.model.Scores;
import org.ringward.core.policy.model.Situation;
import org.ringward.core.policy.model.Tasks;
import org.ringward.core.policy.model.Values;

/**
 * Clones with notify=true tell their instances before and after something is done with any of them;
 * what comes next waits until all have confirmed. Planned when it is known what will be done.
 */
final class Notifications {
  private static final String PRE = "pre";
  private static final String POST = "post";

  private final Planning planning;
  private final Situation situation;

  /** The four steps around one task of a clone. */
  private record Round(
      String task,
      PlannedAction begin,
      PlannedAction end,
      PlannedAction pre,
      PlannedAction preDone,
      PlannedAction post,
      PlannedAction postDone) {}

  Notifications(Planning planning) {
    this.planning = planning;
    this.situation = planning.situation;
  }

  void plan() {
    for (PolicyResource resource : situation.resources) {
      plan(resource);
    }
  }

  private void plan(PolicyResource resource) {
    if (resource instanceof CloneResource clone && clone.notify) {
      plan(clone);
    } else {
      for (PolicyResource member : resource.members()) {
        plan(member);
      }
    }
  }

  private void plan(CloneResource clone) {
    List<Round> rounds = new ArrayList<>();
    Round start = round(clone, Tasks.START, Tasks.RUNNING);
    Round stop = round(clone, Tasks.STOP, Tasks.STOPPED);
    Round promote = clone.promotable ? round(clone, Tasks.PROMOTE, Tasks.PROMOTED) : null;
    Round demote = clone.promotable ? round(clone, Tasks.DEMOTE, Tasks.DEMOTED) : null;
    follow(demote, stop);
    follow(demote, start);
    follow(demote, promote);
    follow(stop, start);
    follow(stop, promote);
    follow(start, promote);
    for (Round round : new Round[] {start, stop, promote, demote}) {
      if (round != null) {
        rounds.add(round);
        standIn(clone, round);
      }
    }
    rounds.removeIf(round -> !isReal(clone, round));
    for (PrimitiveResource instance : clone.primitives()) {
      for (Round round : rounds) {
        tell(instance, round);
      }
      monitorsLater(instance, rounds);
    }
  }

  /** What was stopped by fencing is told of too: to those that hear of the stop. */
  void ofFencing() {
    for (Planning.Implied implied : planning.implied) {
      PlannedAction stop = implied.action();
      if (stop.is(Tasks.STOP)
          && GraphBuilder.included(stop)
          && stop.resource instanceof PrimitiveResource resource
          && Values.truth(resource.meta("notify"), false)) {
        ofFencing(implied.fencing(), resource);
      }
    }
  }

  private void ofFencing(PlannedAction fence, PrimitiveResource resource) {
    PlannedAction post =
        planning.maker.pseudo(
            resource, Tasks.NOTIFY, resource.id + "_post_notify_stonith_0", false);
    PlannedAction done =
        planning.maker.pseudo(
            resource, Tasks.NOTIFIED, resource.id + "_confirmed-post_notify_stonith_0", false);
    post.priority = Scores.INFINITY;
    done.priority = Scores.INFINITY;
    post.after(fence, Flags.ORDERED);
    done.after(post, Flags.ORDERED);
    CloneResource clone = resource.cloneAround();
    if (clone == null) {
      return;
    }
    for (PrimitiveResource other : clone.primitives()) {
      for (PlannedAction action : other.actions) {
        if (action.key.equals(other.id + "_post_notify_stop_0")) {
          action.after(post, Flags.ORDERED);
          done.after(action, Flags.ORDERED);
        } else if (action.intervalMs > 0 && !action.is(Tasks.CANCEL)) {
          action.after(done, Flags.ORDERED);
        }
      }
    }
  }

  private @Nullable Round round(CloneResource clone, String task, String completed) {
    PlannedAction begin = Planning.first(clone, task, null);
    PlannedAction end = Planning.first(clone, completed, null);
    if (begin == null || end == null || !GraphBuilder.included(begin)) {
      return null;
    }
    PlannedAction pre = step(clone, Tasks.NOTIFY, PRE + "_notify_" + task, 0);
    PlannedAction preDone = step(clone, Tasks.NOTIFIED, "confirmed-pre_notify_" + task, 0);
    PlannedAction post = step(clone, Tasks.NOTIFY, POST + "_notify_" + completed, Scores.INFINITY);
    PlannedAction postDone =
        step(clone, Tasks.NOTIFIED, "confirmed-post_notify_" + completed, Scores.INFINITY);
    preDone.after(pre, Flags.ORDERED);
    begin.after(preDone, Flags.ORDERED);
    post.after(preDone, Flags.ORDERED);
    post.after(end, Flags.ORDERED);
    postDone.after(post, Flags.ORDERED);
    return new Round(task, begin, end, pre, preDone, post, postDone);
  }

  private PlannedAction step(CloneResource clone, String task, String key, int priority) {
    PlannedAction action = planning.maker.pseudo(clone, task, clone.id + "_" + key + "_0", false);
    action.priority = priority;
    return action;
  }

  /** One round begins when the one before was confirmed. */
  private static void follow(@Nullable Round first, @Nullable Round then) {
    if (first != null && then != null) {
      then.pre.after(first.postDone, Flags.ORDERED);
    }
  }

  /** For other resources a task is over when it was confirmed. */
  private static void standIn(CloneResource clone, Round round) {
    for (PlannedAction.Edge edge : List.copyOf(round.end.after)) {
      if (Flags.has(edge.flags, Flags.AFTER_PROBES | Flags.CONFIRMED)
          && edge.then.resource != clone) {
        edge.then.before.remove(edge);
        round.end.after.remove(edge);
        edge.then.after(round.postDone, edge.flags);
      }
    }
  }

  /** Nobody is told of what no instance can do. */
  private static boolean isReal(CloneResource clone, Round round) {
    for (PrimitiveResource instance : clone.primitives()) {
      if (scheduled(instance, round.task)) {
        return true;
      }
    }
    return false;
  }

  private void tell(PrimitiveResource instance, Round round) {
    boolean stops = scheduled(instance, Tasks.STOP);
    boolean starts = scheduled(instance, Tasks.START);
    boolean down = round.task.equals(Tasks.STOP) || round.task.equals(Tasks.DEMOTE);
    PolicyNode assigned = instance.assigned;
    for (PolicyNode node : List.copyOf(instance.runningOn)) {
      boolean hears = node.online && !node.unclean;
      if (hears && (!stops || down)) {
        notify(instance, PRE, round, node, round.pre, round.preDone);
      }
      if (hears && (round.task.equals(Tasks.DEMOTE) || !stops)) {
        notify(instance, POST, round, node, round.post, round.postDone);
      }
    }
    if (assigned != null && starts && !down) {
      if (round.task.equals(Tasks.PROMOTE)) {
        notify(instance, PRE, round, assigned, round.pre, round.preDone);
      }
      notify(instance, POST, round, assigned, round.post, round.postDone);
    }
  }

  private static boolean scheduled(PrimitiveResource instance, String task) {
    for (PlannedAction action : Planning.actionsOf(instance, task)) {
      if (GraphBuilder.included(action)) {
        return true;
      }
    }
    return false;
  }

  private void notify(
      PrimitiveResource instance,
      String type,
      Round round,
      PolicyNode node,
      PlannedAction after,
      PlannedAction before) {
    String key = instance.id + "_" + type + "_notify_" + round.task + "_0";
    PlannedAction notify = planning.maker.action(instance, Tasks.NOTIFY, key, 0, node, false);
    notify.require();
    notify.priority = after.priority;
    notify.meta.put("notify_type", type);
    notify.meta.put("notify_operation", round.task);
    notify.meta.put("notify_key_type", type);
    notify.meta.put("notify_key_operation", round.task);
    notify.after(after, Flags.ORDERED);
    before.after(notify, Flags.ORDERED);
  }

  /** Monitors begin when everybody knows of the new state. */
  private static void monitorsLater(PrimitiveResource instance, List<Round> rounds) {
    boolean starts = rounds.stream().anyMatch(round -> round.task.equals(Tasks.START));
    for (PlannedAction action : instance.actions) {
      if (action.intervalMs > 0 && !action.is(Tasks.CANCEL)) {
        for (Round round : rounds) {
          if (!starts || !round.task.equals(Tasks.STOP)) {
            action.after(round.postDone, Flags.ORDERED);
          }
        }
      }
    }
  }
}
