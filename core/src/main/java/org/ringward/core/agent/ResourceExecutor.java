package org.ringward.core.agent;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.ringward.core.agent.AgentPrograms.End;
import org.ringward.core.agent.OperationOutcome.Status;
import org.ringward.core.base.Check;
import org.ringward.core.base.Defect;
import org.ringward.core.port.ProcessResult;
import org.ringward.core.port.Processes;

/**
 * Runs the operations of resources on this node. Operations of one resource run strictly one after
 * another in the order they were given, those of different resources at the same time up to the
 * environment's limit.
 *
 * <p>A recurring operation runs at once and again its interval after each end. Its first outcome
 * and every failure are told, later ones only when status or exit code differ from what was told
 * last. It is dropped by {@link #cancel} and by a start, stop or migration of its resource: what it
 * would find then is not what it was asked about. If it had told nothing yet, it tells CANCELLED.
 *
 * <p>Times are monotonic nanoseconds. Outcomes are told from inside the inputs, when this machine
 * is consistent; the listener may call it again.
 */
public final class ResourceExecutor {
  private static final List<String> ENDS_RECURRING =
      List.of("start", "stop", "migrate_to", "migrate_from");

  /** Ten years: longer times would not fit into nanoseconds. */
  private static final long MILLIS_MAX = 10L * 365 * 86_400_000;

  private final int simultaneousMax;
  private final ResourceClasses classes;
  private final AgentPrograms<Job> programs;
  private final Consumer<OperationOutcome> listener;
  private final TreeMap<String, Lane> lanes = new TreeMap<>();
  private final Deque<OperationOutcome> untold = new ArrayDeque<>();
  private long arrivals;
  private long turned;

  public ResourceExecutor(
      AgentEnvironment environment,
      Processes processes,
      LongSupplier processIds,
      Consumer<OperationOutcome> listener) {
    Check.that(environment.simultaneousMax() > 0, "no agent may run");
    this.simultaneousMax = environment.simultaneousMax();
    this.classes = new ResourceClasses(environment);
    this.programs = new AgentPrograms<>(processes, processIds);
    this.listener = listener;
  }

  /** Takes an operation; its outcome is told later, never lost unless {@link #forgetAll}. */
  public void execute(ResourceOperation operation, long now) {
    if (ENDS_RECURRING.contains(operation.operation())) {
      drop(operation.resource(), null, now);
    } else if (operation.recurring()) {
      drop(operation.resource(), operation.key(), now);
    }
    Lane lane = lanes.computeIfAbsent(operation.resource(), _ -> new Lane());
    Job job = new Job(operation, now + nanos(operation.startDelayMillis()));
    if (operation.recurring()) {
      lane.recurring.add(job);
      wakeRecurring(now);
    } else {
      enqueue(lane, job, now);
    }
    advance(now);
  }

  /** Drops a recurring operation; one that is running ends, but is not repeated. */
  public void cancel(String resource, String operation, long intervalMillis, long now) {
    drop(resource, resource + "_" + operation + "_" + intervalMillis, now);
    advance(now);
  }

  /** Drops all recurring operations of the resource. */
  public void cancelAllRecurring(String resource, long now) {
    drop(resource, null, now);
    advance(now);
  }

  /** A program has ended; false when it is not one of ours. */
  public boolean processEnded(long processId, ProcessResult result, long now) {
    if (!programs.knows(processId)) {
      return false;
    }
    End<Job> end = programs.ended(processId, result);
    if (end != null) {
      settle(end, now);
    }
    advance(now);
    return true;
  }

  /** Does what is due: kills late agents, repeats recurring operations, ends delays. */
  public void expire(long now) {
    for (End<Job> end : programs.expire(now)) {
      settle(end, now);
    }
    wakeRecurring(now);
    advance(now);
  }

  /** When {@link #expire} must be called next, Long.MAX_VALUE for never. */
  public long nextDeadline() {
    long next = programs.nextDeadline();
    for (Lane lane : lanes.values()) {
      for (Job job : lane.recurring) {
        if (job.state == JobState.RESTING) {
          next = Math.min(next, job.due);
        }
      }
      Job head = lane.queue.peekFirst();
      // A head whose time has come waits for a place, not for a time.
      if (lane.running == null && head != null && head.due > turned) {
        next = Math.min(next, head.due);
      }
    }
    return next;
  }

  /** Whether an operation of the resource runs or waits for its turn. */
  public boolean busy(String resource) {
    Lane lane = lanes.get(resource);
    return lane != null && lane.busy();
  }

  /** Whether nothing runs and nothing waits for its turn; recurring operations may rest. */
  public boolean idle() {
    return lanes.values().stream().noneMatch(Lane::busy);
  }

  /** Kills everything that runs and forgets all operations; nothing is told about them. */
  public void forgetAll() {
    programs.abandonAll();
    lanes.clear();
    untold.clear();
  }

  private enum JobState {
    /** A recurring operation between two runs. */
    RESTING,
    WAITING,
    RUNNING,
    /** It is over or was dropped: what still comes of it is not told. */
    OVER
  }

  /** One operation; a recurring one is the same job in all its runs. */
  private static final class Job {
    final ResourceOperation operation;
    final List<ProcessResult> ended = new ArrayList<>();
    JobState state = JobState.RESTING;
    long due;
    long arrival;
    long enqueuedNanos;
    long startedNanos;
    long limitMillis;
    @Nullable OperationOutcome told;

    Job(ResourceOperation operation, long due) {
      this.operation = operation;
      this.due = due;
    }
  }

  /** What there is to do for one resource. */
  private static final class Lane {
    final Deque<Job> queue = new ArrayDeque<>();
    final List<Job> recurring = new ArrayList<>();
    @Nullable Job running;

    boolean busy() {
      return running != null || !queue.isEmpty();
    }
  }

  private void enqueue(Lane lane, Job job, long now) {
    job.state = JobState.WAITING;
    job.arrival = arrivals++;
    job.enqueuedNanos = now;
    lane.queue.addLast(job);
  }

  private void wakeRecurring(long now) {
    for (Lane lane : lanes.values()) {
      for (Job job : lane.recurring) {
        if (job.state == JobState.RESTING && job.due <= now) {
          enqueue(lane, job, now);
        }
      }
    }
  }

  /** Takes recurring operations of a resource away, all when the key is null. */
  private void drop(String resource, @Nullable String key, long now) {
    Lane lane = lanes.get(resource);
    if (lane == null) {
      return;
    }
    for (Job job : List.copyOf(lane.recurring)) {
      if (key != null && !job.operation.key().equals(key)) {
        continue;
      }
      lane.recurring.remove(job);
      lane.queue.remove(job);
      if (job.told == null) {
        long waited = job.state == JobState.WAITING ? millis(now - job.enqueuedNanos) : 0;
        untold.add(new OperationOutcome(job.operation, Status.CANCELLED, 0, "", waited, 0));
      }
      job.state = JobState.OVER;
    }
  }

  /** Starts what may start, then tells what is to be told. */
  private void advance(long now) {
    for (Job next = firstReady(now); next != null; next = firstReady(now)) {
      begin(next, now);
    }
    lanes.values().removeIf(lane -> !lane.busy() && lane.recurring.isEmpty());
    turned = now;
    for (OperationOutcome told = untold.poll(); told != null; told = untold.poll()) {
      listener.accept(told);
    }
  }

  /** The job that waits longest among those that may start now, null when none may. */
  private @Nullable Job firstReady(long now) {
    if (programs.count() >= simultaneousMax) {
      return null;
    }
    Job first = null;
    for (Lane lane : lanes.values()) {
      Job head = lane.queue.peekFirst();
      boolean may = lane.running == null && head != null && head.due <= now;
      if (may && (first == null || head.arrival < first.arrival)) {
        first = head;
      }
    }
    return first;
  }

  private void begin(Job job, long now) {
    Lane lane = lane(job);
    lane.queue.removeFirst();
    lane.running = job;
    job.state = JobState.RUNNING;
    job.startedNanos = now;
    job.ended.clear();
    step(job, now);
  }

  private void step(Job job, long now) {
    switch (classes.kind(job.operation.agentClass()).next(job.operation, job.ended)) {
      case Step.Run run -> {
        job.limitMillis = run.timeoutMillis();
        long deadline = job.startedNanos + nanos(job.limitMillis);
        programs.start(job, run.execution(), now, deadline);
      }
      case Verdict verdict -> finish(job, verdict, now);
    }
  }

  private void settle(End<Job> end, long now) {
    Job job = end.owner();
    if (end.timedOut()) {
      finish(job, timeout(job, end.result() != null), now);
    } else if (end.result() != null) {
      job.ended.add(end.result());
      step(job, now);
    }
  }

  private static Verdict timeout(Job job, boolean gone) {
    String reason =
        "%s did not end within %d ms and was killed"
            .formatted(job.operation.operation(), job.limitMillis);
    if (!gone) {
      reason +=
          "; its processes survived SIGKILL for "
              + millis(AgentPrograms.KILL_GRACE_NANOS)
              + " ms and may still be there";
    }
    return new Verdict(Status.TIMEOUT, OcfExit.GENERIC.number(), reason);
  }

  private void finish(Job job, Verdict verdict, long now) {
    lane(job).running = null;
    if (job.state != JobState.OVER) {
      tell(job, verdict, now);
    }
    if (job.operation.recurring() && job.state != JobState.OVER) {
      job.state = JobState.RESTING;
      job.due = now + nanos(job.operation.intervalMillis());
    } else {
      job.state = JobState.OVER;
    }
  }

  private void tell(Job job, Verdict verdict, long now) {
    OperationOutcome outcome =
        new OperationOutcome(
            job.operation,
            verdict.status(),
            verdict.exitCode(),
            verdict.reason(),
            millis(job.startedNanos - job.enqueuedNanos),
            millis(now - job.startedNanos));
    OperationOutcome before = job.told;
    boolean same =
        before != null
            && before.status() == outcome.status()
            && before.exitCode() == outcome.exitCode();
    if (!same || outcome.failed()) {
      job.told = outcome;
      untold.add(outcome);
    }
  }

  private Lane lane(Job job) {
    Lane lane = lanes.get(job.operation.resource());
    if (lane == null) {
      throw new Defect("an operation without its resource: " + job.operation.key());
    }
    return lane;
  }

  private static long nanos(long millis) {
    return Math.min(millis, MILLIS_MAX) * 1_000_000;
  }

  private static long millis(long nanos) {
    return nanos / 1_000_000;
  }
}
