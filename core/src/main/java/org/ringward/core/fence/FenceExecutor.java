package org.ringward.core.fence;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.ringward.core.agent.AgentMetadata;
import org.ringward.core.agent.AgentPrograms;
import org.ringward.core.agent.AgentPrograms.End;
import org.ringward.core.agent.FenceAgent;
import org.ringward.core.base.OperatorException;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.Primitive;
import org.ringward.core.cib.Resource;
import org.ringward.core.port.Entropy;
import org.ringward.core.port.Execution;
import org.ringward.core.port.ProcessResult;
import org.ringward.core.port.Processes;

/**
 * Runs fencing on this node: the whole ladder of a request, from its first device to a proof or to
 * the end of all levels. Requests for different nodes run at the same time as far as their devices
 * allow it (pcmk_action_limit).
 *
 * <p>Times are monotonic nanoseconds, wallMillis is since 1970. Outcomes are told from inside the
 * inputs, when this machine is consistent; the listener may call it again.
 */
public final class FenceExecutor {
  private static final long METADATA_NANOS = 10_000_000_000L;

  private final String nodeName;
  private final FenceEnvironment environment;
  private final Entropy entropy;
  private final Consumer<FenceOutcome> listener;
  private final AgentPrograms<Caller> programs;
  private final TreeMap<String, FenceRun> runs = new TreeMap<>();
  private final TreeMap<String, AgentMetadata> metadata = new TreeMap<>();
  private final TreeSet<String> fetching = new TreeSet<>();
  private final TreeMap<String, Integer> devicesInUse = new TreeMap<>();
  private final Deque<FenceOutcome> untold = new ArrayDeque<>();
  private final FenceRun.Surroundings surroundings = new Surroundings();

  public FenceExecutor(
      String nodeName,
      FenceEnvironment environment,
      Processes processes,
      LongSupplier processIds,
      Entropy entropy,
      Consumer<FenceOutcome> listener) {
    this.nodeName = nodeName;
    this.environment = environment;
    this.entropy = entropy;
    this.listener = listener;
    this.programs = new AgentPrograms<>(processes, processIds);
  }

  /**
   * Begins to fence a node. A request for a node that is just being fenced in the same way joins
   * that; one that wants another action is refused.
   */
  public void fence(FenceRequest request, long now) {
    FenceRun run = runs.get(request.key());
    if (run != null && run.action() == request.action()) {
      run.join(request);
    } else if (run != null) {
      refuse(
          request, "%s of %s is running already".formatted(run.action().word(), request.target()));
    } else if (request.target().equalsIgnoreCase(nodeName) && request.action() != FenceAction.ON) {
      refuse(request, "a node does not fence itself: " + nodeName + " was asked to");
    } else if (environment.agentDirs().isEmpty()) {
      refuse(request, "no folder for fence agents is configured on " + nodeName);
    } else {
      runs.put(request.key(), new FenceRun(surroundings, request));
    }
    // Nothing has been proven when no agent has run, so no time is needed here.
    advance(now, 0);
  }

  /**
   * Reads the metadata of all agents in the configuration, so that fencing need not wait for it.
   */
  public void prepare(Configuration configuration, long now) {
    for (Resource resource : configuration.resources()) {
      resource.primitives().forEach(each -> prepare(configuration.effective(each), now));
    }
  }

  private void prepare(Primitive primitive, long now) {
    String agent = primitive.type();
    if (primitive.isFencingDevice()
        && FenceAgent.nameProblem(agent) == null
        && !environment.agentDirs().isEmpty()
        && !metadata.containsKey(agent)
        && fetching.add(agent)) {
      fetch(new MetadataFetch(agent, 0), now);
    }
  }

  private void fetch(MetadataFetch fetch, long now) {
    Execution execution =
        FenceAgent.execution(
            environment.agentDirs().get(fetch.directory()),
            fetch.agent(),
            "metadata",
            Map.of(),
            environment.searchPath());
    programs.start(fetch, execution, now, now + METADATA_NANOS);
  }

  /** A program has ended; false when it is not one of ours. */
  public boolean processEnded(long processId, ProcessResult result, long now, long wallMillis) {
    if (!programs.knows(processId)) {
      return false;
    }
    End<Caller> end = programs.ended(processId, result);
    if (end != null) {
      settle(end, now);
    }
    advance(now, wallMillis);
    return true;
  }

  /** Does what is due: kills late agents, ends delays and pauses. */
  public void expire(long now, long wallMillis) {
    for (End<Caller> end : programs.expire(now)) {
      settle(end, now);
    }
    advance(now, wallMillis);
  }

  /** When {@link #expire} must be called next, Long.MAX_VALUE for never. */
  public long nextDeadline() {
    long next = programs.nextDeadline();
    for (FenceRun run : runs.values()) {
      next = Math.min(next, run.nextDeadline());
    }
    return next;
  }

  /** Whether this node is fencing the target. */
  public boolean running(String target) {
    return runs.containsKey(target);
  }

  /**
   * Nobody wants a node fenced any more that is being fenced, for example because a later life of
   * it is in the cluster: from its next step on nothing more is switched off. An agent that runs is
   * left to its end, because half a shot may be worse than a whole one. Requests for one device's
   * access go on.
   *
   * @param why part of a sentence, told with the failure
   */
  public void withdraw(String target, String why) {
    FenceRun run = runs.get(target);
    if (run != null) {
      run.withdraw(why);
    }
  }

  /**
   * Ends the fencing of a node without an outcome and kills its agents: it is proven gone by other
   * means.
   */
  public void forget(String target, long now) {
    FenceRun run = runs.remove(target);
    if (run != null) {
      programs.abandon(run);
      run.leaveDevice();
      advance(now, 0);
    }
  }

  /** Kills everything that runs and forgets all requests; nothing is told about them. */
  public void forgetAll() {
    programs.abandonAll();
    runs.clear();
    devicesInUse.clear();
    fetching.clear();
    untold.clear();
  }

  private void refuse(FenceRequest request, String reason) {
    untold.add(new FenceOutcome(request, false, null, List.of(), reason));
  }

  private void settle(End<Caller> end, long now) {
    switch (end.owner()) {
      case FenceRun run -> run.ended(end, now);
      case MetadataFetch fetch -> fetchEnded(fetch, end, now);
    }
  }

  private void fetchEnded(MetadataFetch fetch, End<Caller> end, long now) {
    ProcessResult result = end.result();
    boolean notStarted = result != null && result.startError() != null;
    if (notStarted && fetch.directory() + 1 < environment.agentDirs().size()) {
      fetch(new MetadataFetch(fetch.agent(), fetch.directory() + 1), now);
      return;
    }
    fetching.remove(fetch.agent());
    if (end.timedOut() || result == null || result.exitCode() != 0) {
      return;
    }
    try {
      metadata.put(fetch.agent(), FenceAgent.metadata(fetch.agent(), result.output()));
    } catch (OperatorException e) {
      // Not lost: fencing itself asks again and then tells about it.
      metadata.remove(fetch.agent());
    }
  }

  /** Lets every run go on as far as it can, then tells what is to be told. */
  private void advance(long now, long wallMillis) {
    boolean moved = true;
    while (moved) {
      moved = false;
      for (FenceRun run : List.copyOf(runs.values())) {
        moved |= run.advance(now);
      }
    }
    for (FenceRun run : List.copyOf(runs.values())) {
      if (run.finished()) {
        runs.values().remove(run);
        untold.addAll(run.outcomes(wallMillis));
      }
    }
    for (FenceOutcome told = untold.poll(); told != null; told = untold.poll()) {
      listener.accept(told);
    }
  }

  private final class Surroundings implements FenceRun.Surroundings {
    @Override
    public String nodeName() {
      return nodeName;
    }

    @Override
    public FenceEnvironment environment() {
      return environment;
    }

    @Override
    public Entropy entropy() {
      return entropy;
    }

    @Override
    public @Nullable AgentMetadata metadata(String agent) {
      return metadata.get(agent);
    }

    @Override
    public void learned(String agent, AgentMetadata learned) {
      metadata.put(agent, learned);
    }

    @Override
    public boolean take(FenceDevice device) {
      int inUse = devicesInUse.getOrDefault(device.id(), 0);
      if (inUse >= device.actionLimit()) {
        return false;
      }
      devicesInUse.put(device.id(), inUse + 1);
      return true;
    }

    @Override
    public void release(FenceDevice device) {
      devicesInUse.computeIfPresent(device.id(), (_, inUse) -> inUse > 1 ? inUse - 1 : null);
    }

    @Override
    public void start(FenceRun run, Execution execution, long now, long deadline) {
      programs.start(run, execution, now, deadline);
    }
  }
}
