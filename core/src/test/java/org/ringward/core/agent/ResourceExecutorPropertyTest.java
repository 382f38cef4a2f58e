package org.ringward.core.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.ringward.core.agent.OperationOutcome.Status;
import org.ringward.core.port.Execution;
import org.ringward.core.port.ProcessResult;
import org.ringward.core.port.Processes;

/**
 * Random operations, ends, kills that are not confirmed and cancellations: one agent at a time for
 * a resource, never more than the limit, in order, each operation told once.
 */
class ResourceExecutorPropertyTest {
  private static final List<String> RESOURCES = List.of("a", "b", "c");
  private static final List<String> ONCE = List.of("start", "stop", "monitor", "notify");
  private static final int LIMIT = 2;

  @Test
  void randomStories() {
    for (long seed = 0; seed < 200; seed++) {
      new Story(seed).play();
    }
  }

  private static final class Story implements Processes {
    final String name;
    final Random random;
    final TreeMap<Long, String> running = new TreeMap<>();
    final TreeSet<Long> killed = new TreeSet<>();

    /** Killed long ago: the executor may have given them up and gone on. */
    final TreeMap<Long, Long> killedAt = new TreeMap<>();

    final TreeMap<Long, ResourceOperation> given = new TreeMap<>();
    final TreeMap<String, List<Long>> order = new TreeMap<>();
    final List<OperationOutcome> outcomes = new ArrayList<>();
    final ResourceExecutor executor;
    long processIds;
    long operationIds;
    long now;

    Story(long seed) {
      this.name = "seed " + seed;
      this.random = new Random(seed);
      AgentEnvironment environment =
          new AgentEnvironment(
              "n", "1", "/o", "/t", List.of("/f"), "/bin", AgentEnvironment.QUIET, LIMIT);
      this.executor = new ResourceExecutor(environment, this, () -> ++processIds, outcomes::add);
    }

    @Override
    public void start(long processId, Execution execution) {
      String resource = String.valueOf(execution.environment().get("OCF_RESOURCE_INSTANCE"));
      List<Long> others =
          running.entrySet().stream()
              .filter(each -> each.getValue().equals(resource))
              .map(each -> each.getKey())
              .toList();
      assertThat(others).as(name).allMatch(this::givenUp);
      running.put(processId, resource);
      long counted = running.keySet().stream().filter(each -> !givenUp(each)).count();
      assertThat(counted).as(name).isLessThanOrEqualTo(LIMIT);
    }

    private boolean givenUp(long processId) {
      Long since = killedAt.get(processId);
      return since != null && now - since >= AgentPrograms.KILL_GRACE_NANOS;
    }

    @Override
    public void kill(long processId) {
      assertThat(killed.add(processId)).as(name).isTrue();
      killedAt.put(processId, now);
    }

    void play() {
      for (int i = 0; i < 200; i++) {
        act();
      }
      RESOURCES.forEach(resource -> executor.cancelAllRecurring(resource, now));
      for (int i = 0; i < 1000 && !executor.idle(); i++) {
        if (!running.isEmpty()) {
          endOne();
        } else {
          sleep();
        }
      }
      assertThat(executor.idle()).as(name).isTrue();
      check();
    }

    private void act() {
      String resource = RESOURCES.get(random.nextInt(RESOURCES.size()));
      switch (random.nextInt(8)) {
        case 0, 1 -> give(resource, ONCE.get(random.nextInt(ONCE.size())), 0);
        case 2 -> give(resource, "monitor", 1000L + random.nextInt(2) * 1000);
        case 3 -> executor.cancel(resource, "monitor", 1000, now);
        case 4 -> sleep();
        default -> endOne();
      }
    }

    private void give(String resource, String operation, long intervalMillis) {
      ResourceOperation given =
          new ResourceOperation(
              ++operationIds,
              resource,
              "ocf",
              "heartbeat",
              "Dummy",
              operation,
              intervalMillis,
              3000,
              random.nextInt(4) == 0 ? 500 : 0,
              new TreeMap<>(),
              new TreeMap<>());
      this.given.put(given.id(), given);
      if (intervalMillis == 0) {
        order.computeIfAbsent(resource, _ -> new ArrayList<>()).add(given.id());
      }
      executor.execute(given, now);
    }

    private void sleep() {
      long next = executor.nextDeadline();
      if (next != Long.MAX_VALUE) {
        assertThat(next).as(name).isGreaterThan(now);
        now = next;
        executor.expire(now);
      }
    }

    private void endOne() {
      if (running.isEmpty()) {
        return;
      }
      List<Long> ids = List.copyOf(running.keySet());
      long id = ids.get(random.nextInt(ids.size()));
      running.remove(id);
      now += random.nextInt(100_000_000);
      // Deadlines that have passed come first.
      executor.expire(now);
      ProcessResult result =
          random.nextInt(10) == 0
              ? new ProcessResult(-1, "", "", "no such file")
              : new ProcessResult(random.nextInt(3) * 7, "", "", null);
      assertThat(executor.processEnded(id, result, now)).as(name).isTrue();
    }

    private void check() {
      TreeMap<Long, Integer> times = new TreeMap<>();
      TreeMap<String, List<Long>> told = new TreeMap<>();
      for (OperationOutcome outcome : outcomes) {
        ResourceOperation operation = outcome.operation();
        times.merge(operation.id(), 1, Integer::sum);
        if (!operation.recurring()) {
          assertThat(outcome.status()).as(name).isNotEqualTo(Status.CANCELLED);
          told.computeIfAbsent(operation.resource(), _ -> new ArrayList<>()).add(operation.id());
        }
      }
      assertThat(told).as(name).isEqualTo(order);
      for (ResourceOperation operation : given.values()) {
        int count = times.getOrDefault(operation.id(), 0);
        assertThat(count).as(name + " " + operation.key()).isGreaterThanOrEqualTo(1);
        if (!operation.recurring()) {
          assertThat(count).as(name + " " + operation.key()).isEqualTo(1);
        }
      }
    }
  }
}
