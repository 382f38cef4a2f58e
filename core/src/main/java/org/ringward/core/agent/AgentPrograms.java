package org.ringward.core.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.ringward.core.port.Execution;
import org.ringward.core.port.ProcessResult;
import org.ringward.core.port.Processes;

/**
 * The agents' programs that run on this node, each with a time limit. A program that is late is
 * killed with its whole process group at once; if even that is not confirmed within {@link
 * #KILL_GRACE_NANOS} it is given up.
 *
 * @param <T> whom a program is run for
 */
public final class AgentPrograms<T> {
  /** How long a killed program may take to be gone (Pacemaker warns after the same time). */
  public static final long KILL_GRACE_NANOS = 5_000_000_000L;

  /**
   * The end of a program.
   *
   * @param result null when it was killed and did not go away
   * @param timedOut it was killed because it was late; its result does not count then
   */
  public record End<T>(
      T owner, @Nullable ProcessResult result, boolean timedOut, long startedNanos) {}

  private static final class Running<T> {
    final T owner;
    final long startedNanos;
    long deadline;
    boolean killed;

    Running(T owner, long startedNanos, long deadline) {
      this.owner = owner;
      this.startedNanos = startedNanos;
      this.deadline = deadline;
    }
  }

  private final Processes processes;
  private final LongSupplier processIds;
  private final TreeMap<Long, Running<T>> running = new TreeMap<>();

  /** Killed programs nobody waits for; kept to recognise their end. */
  private final TreeSet<Long> abandoned = new TreeSet<>();

  public AgentPrograms(Processes processes, LongSupplier processIds) {
    this.processes = processes;
    this.processIds = processIds;
  }

  /** Runs a program until the deadline, monotonic nanoseconds. */
  public void start(T owner, Execution execution, long now, long deadline) {
    long processId = processIds.getAsLong();
    running.put(processId, new Running<>(owner, now, deadline));
    processes.start(processId, execution);
  }

  /** Whether a program with that id was started here and is not known to have ended. */
  public boolean knows(long processId) {
    return running.containsKey(processId) || abandoned.contains(processId);
  }

  /** A program has ended; null when nobody waits for it any more. */
  public @Nullable End<T> ended(long processId, ProcessResult result) {
    abandoned.remove(processId);
    Running<T> program = running.remove(processId);
    return program == null
        ? null
        : new End<>(program.owner, result, program.killed, program.startedNanos);
  }

  /** Kills what is late; gives those whose kill was not confirmed in time. */
  public List<End<T>> expire(long now) {
    List<End<T>> givenUp = new ArrayList<>();
    for (Long processId : List.copyOf(running.keySet())) {
      Running<T> program = running.get(processId);
      if (program == null || program.deadline > now) {
        continue;
      }
      if (program.killed) {
        running.remove(processId);
        abandoned.add(processId);
        givenUp.add(new End<>(program.owner, null, true, program.startedNanos));
      } else {
        program.killed = true;
        program.deadline = now + KILL_GRACE_NANOS;
        processes.kill(processId);
      }
    }
    return givenUp;
  }

  /** Kills whatever runs for the owner; its end is not told. */
  public void abandon(T owner) {
    for (Long processId : List.copyOf(running.keySet())) {
      Running<T> program = running.get(processId);
      if (program != null && program.owner.equals(owner)) {
        running.remove(processId);
        abandoned.add(processId);
        processes.kill(processId);
      }
    }
  }

  /** Kills everything that runs; no end is told. */
  public void abandonAll() {
    for (Long processId : List.copyOf(running.keySet())) {
      running.remove(processId);
      abandoned.add(processId);
      processes.kill(processId);
    }
  }

  /** How many programs run that somebody waits for. */
  public int count() {
    return running.size();
  }

  /** When {@link #expire} has something to do, Long.MAX_VALUE for never. */
  public long nextDeadline() {
    long next = Long.MAX_VALUE;
    for (Running<T> program : running.values()) {
      next = Math.min(next, program.deadline);
    }
    return next;
  }
}
