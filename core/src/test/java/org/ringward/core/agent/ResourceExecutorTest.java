package org.ringward.core.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ringward.core.port.RecordingProcesses.exit;
import static org.ringward.core.port.RecordingProcesses.notStarted;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.ringward.core.agent.OperationOutcome.Status;
import org.ringward.core.port.ProcessResult;
import org.ringward.core.port.RecordingProcesses;

class ResourceExecutorTest {
  private static final long SECOND = 1_000_000_000L;

  private final RecordingProcesses processes = new RecordingProcesses();
  private final List<OperationOutcome> outcomes = new ArrayList<>();
  private final ResourceExecutor executor = executor(4);
  private long ids;

  private ResourceExecutor executor(int simultaneousMax) {
    AgentEnvironment environment =
        new AgentEnvironment(
            "a",
            "1",
            "/usr/lib/ocf",
            "/run/x/resource-agents",
            List.of("/first", "/second"),
            AgentEnvironment.DEFAULT_SEARCH_PATH,
            AgentEnvironment.QUIET,
            simultaneousMax);
    return new ResourceExecutor(environment, processes, processes::nextId, outcomes::add);
  }

  private ResourceOperation operation(String resource, String name, long intervalMillis) {
    return operation(resource, name, intervalMillis, 0, Map.of());
  }

  private ResourceOperation operation(
      String resource, String name, long interval, long delay, Map<String, String> meta) {
    return new ResourceOperation(
        ++ids,
        resource,
        "ocf",
        "heartbeat",
        "Dummy",
        name,
        interval,
        20_000,
        delay,
        new TreeMap<>(),
        new TreeMap<>(meta));
  }

  private ResourceOperation device(String name, long interval, Map<String, String> parameters) {
    return new ResourceOperation(
        ++ids,
        "switch",
        "stonith",
        null,
        "fence_rack",
        name,
        interval,
        20_000,
        0,
        new TreeMap<>(parameters),
        new TreeMap<>());
  }

  private void end(ProcessResult result, long now) {
    assertThat(executor.processEnded(processes.last().id(), result, now)).isTrue();
  }

  private OperationOutcome told() {
    assertThat(outcomes).hasSize(1);
    return outcomes.removeFirst();
  }

  private List<String> actions() {
    return processes.started().stream().map(each -> each.execution().command().getLast()).toList();
  }

  @Test
  void oneOperationIsRunAndToldWithItsTimes() {
    executor.execute(operation("ip", "start", 0), 5 * SECOND);
    assertThat(executor.busy("ip")).isTrue();
    assertThat(executor.busy("web")).isFalse();
    end(exit(0), 7 * SECOND);
    OperationOutcome outcome = told();
    assertThat(outcome.status()).isEqualTo(Status.DONE);
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.tookMillis()).isEqualTo(2000);
    assertThat(outcome.startedAfterMillis()).isZero();
    assertThat(executor.idle()).isTrue();
    assertThat(executor.nextDeadline()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void operationsOfOneResourceRunOneAfterAnotherInOrder() {
    executor.execute(operation("ip", "monitor", 0), 0);
    executor.execute(operation("ip", "start", 0), 0);
    executor.execute(operation("ip", "promote", 0), 0);
    assertThat(actions()).containsExactly("monitor");
    end(exit(7), SECOND);
    assertThat(actions()).containsExactly("monitor", "start");
    end(exit(0), 2 * SECOND);
    end(exit(0), 4 * SECOND);
    assertThat(outcomes).extracting(each -> each.operation().id()).containsExactly(1L, 2L, 3L);
    assertThat(outcomes.getLast().startedAfterMillis()).isEqualTo(2000);
  }

  @Test
  void differentResourcesRunAtTheSameTimeUpToTheLimit() {
    ResourceExecutor two = executor(2);
    two.execute(operation("c", "start", 0), 0);
    two.execute(operation("b", "start", 0), 0);
    two.execute(operation("z", "start", 0), 0);
    two.execute(operation("a", "start", 0), 0);
    assertThat(processes.count()).isEqualTo(2);
    two.processEnded(processes.started().get(0).id(), exit(0), SECOND);
    // z came before a.
    assertThat(processes.last().variable("OCF_RESOURCE_INSTANCE")).isEqualTo("z");
    two.processEnded(processes.started().get(1).id(), exit(0), SECOND);
    assertThat(processes.last().variable("OCF_RESOURCE_INSTANCE")).isEqualTo("a");
  }

  @Test
  void recurringRunsItsIntervalAfterTheEndAndTellsOnlyChanges() {
    executor.execute(operation("ip", "monitor", 10_000), 0);
    end(exit(0), 3 * SECOND);
    assertThat(told().exitCode()).isZero();
    assertThat(executor.idle()).isTrue();
    assertThat(executor.nextDeadline()).isEqualTo(13 * SECOND);
    executor.expire(13 * SECOND - 1);
    assertThat(processes.count()).isEqualTo(1);
    executor.expire(13 * SECOND);
    assertThat(processes.count()).isEqualTo(2);
    end(exit(0), 14 * SECOND);
    assertThat(outcomes).isEmpty();
    executor.expire(24 * SECOND);
    end(exit(7), 25 * SECOND);
    assertThat(told().exitCode()).isEqualTo(7);
    // The same failure is told each time, so that it is counted each time.
    executor.expire(35 * SECOND);
    end(exit(7), 35 * SECOND);
    assertThat(told().failed()).isTrue();
    executor.expire(45 * SECOND);
    end(exit(0), 45 * SECOND);
    assertThat(told().failed()).isFalse();
    executor.expire(55 * SECOND);
    end(exit(0), 55 * SECOND);
    assertThat(outcomes).isEmpty();
  }

  @Test
  void theTargetExitCodeDecidesWhatIsAFailure() {
    executor.execute(operation("db", "monitor", 5_000, 0, Map.of("op_target_rc", "8")), 0);
    end(exit(8), 0);
    assertThat(told().failed()).isFalse();
    executor.expire(5 * SECOND);
    end(exit(8), 5 * SECOND);
    assertThat(outcomes).isEmpty();
    executor.expire(10 * SECOND);
    end(exit(0), 10 * SECOND);
    assertThat(told().failed()).isTrue();
    executor.expire(15 * SECOND);
    end(exit(0), 15 * SECOND);
    assertThat(told().failed()).isTrue();
  }

  @Test
  void stopDropsRecurringOperationsAlsoOneThatRuns() {
    executor.execute(operation("ip", "monitor", 10_000), 0);
    end(exit(0), 0);
    told();
    executor.expire(10 * SECOND);
    assertThat(actions()).containsExactly("monitor", "monitor");
    executor.execute(operation("ip", "stop", 0), 11 * SECOND);
    assertThat(processes.count()).isEqualTo(2);
    end(exit(1), 12 * SECOND);
    // What a monitor finds while its resource is about to stop is not told.
    assertThat(outcomes).isEmpty();
    assertThat(actions()).endsWith("stop");
    end(exit(0), 13 * SECOND);
    assertThat(told().operation().operation()).isEqualTo("stop");
    executor.expire(100 * SECOND);
    assertThat(processes.count()).isEqualTo(3);
    assertThat(executor.nextDeadline()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void cancelTellsCancelledOnlyWhenNothingWasToldBefore() {
    executor.execute(operation("ip", "start", 0), 0);
    executor.execute(operation("ip", "monitor", 10_000), 0);
    executor.cancel("ip", "monitor", 10_000, SECOND);
    assertThat(told().status()).isEqualTo(Status.CANCELLED);
    end(exit(0), 2 * SECOND);
    told();
    assertThat(processes.count()).isEqualTo(1);

    executor.execute(operation("ip", "monitor", 10_000), 3 * SECOND);
    executor.execute(operation("ip", "monitor", 20_000), 3 * SECOND);
    end(exit(0), 3 * SECOND);
    end(exit(0), 3 * SECOND);
    outcomes.clear();
    executor.cancel("ip", "monitor", 10_000, 4 * SECOND);
    assertThat(outcomes).isEmpty();
    assertThat(executor.nextDeadline()).isEqualTo(23 * SECOND);
    executor.cancelAllRecurring("ip", 4 * SECOND);
    assertThat(executor.nextDeadline()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aRecurringOperationThatIsGivenAgainReplacesTheOldOne() {
    executor.execute(operation("ip", "monitor", 10_000), 0);
    end(exit(0), 0);
    executor.execute(operation("ip", "monitor", 10_000), SECOND);
    end(exit(0), SECOND);
    assertThat(outcomes).extracting(each -> each.operation().id()).containsExactly(1L, 2L);
    executor.expire(11 * SECOND);
    assertThat(processes.count()).isEqualTo(3);
  }

  @Test
  void aHangingAgentIsKilledAtOnceAndToldWhenTheKillIsConfirmed() {
    executor.execute(operation("ip", "start", 0), 0);
    assertThat(executor.nextDeadline()).isEqualTo(20 * SECOND);
    executor.expire(20 * SECOND);
    assertThat(processes.killed()).containsExactly(processes.last().id());
    assertThat(outcomes).isEmpty();
    end(exit(137), 20 * SECOND + 1000);
    OperationOutcome outcome = told();
    assertThat(outcome.status()).isEqualTo(Status.TIMEOUT);
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.exitReason()).isEqualTo("start did not end within 20000 ms and was killed");
  }

  @Test
  void aKillThatIsNotConfirmedIsToldAfterFiveSecondsAndTheResourceGoesOn() {
    executor.execute(operation("ip", "start", 0), 0);
    executor.execute(operation("ip", "promote", 0), 0);
    final long hanging = processes.last().id();
    executor.expire(20 * SECOND);
    assertThat(executor.nextDeadline()).isEqualTo(25 * SECOND);
    executor.expire(24 * SECOND);
    assertThat(outcomes).isEmpty();
    executor.expire(25 * SECOND);
    assertThat(told().exitReason()).contains("survived SIGKILL");
    assertThat(processes.killed()).hasSize(1);
    assertThat(actions()).containsExactly("start", "promote");
    // Its late end is ours, and no news.
    assertThat(executor.processEnded(hanging, exit(137), 30 * SECOND)).isTrue();
    assertThat(executor.processEnded(hanging, exit(137), 31 * SECOND)).isFalse();
    assertThat(outcomes).isEmpty();
    assertThat(executor.busy("ip")).isTrue();
  }

  @Test
  void anAgentThatEndsWellAfterItWasKilledHasTimedOutAllTheSame() {
    executor.execute(operation("ip", "start", 0), 0);
    executor.expire(20 * SECOND);
    end(exit(0), 20 * SECOND);
    assertThat(told().status()).isEqualTo(Status.TIMEOUT);
  }

  @Test
  void agentsThatCannotBeStarted() {
    executor.execute(operation("ip", "monitor", 0), 0);
    end(notStarted("error=2, No such file or directory"), 0);
    OperationOutcome missing = told();
    assertThat(missing.status()).isEqualTo(Status.NOT_INSTALLED);
    assertThat(missing.exitCode()).isEqualTo(5);
    assertThat(missing.exitReason()).contains("ocf:heartbeat:Dummy").contains("No such file");

    executor.execute(operation("ip", "monitor", 0), 0);
    end(notStarted("/x/Dummy: not executable"), 0);
    assertThat(told().exitCode()).isEqualTo(4);

    executor.execute(operation("ip", "monitor", 0), 0);
    end(notStarted("error=11, Resource temporarily unavailable"), 0);
    OperationOutcome shortage = told();
    assertThat(shortage.status()).isEqualTo(Status.ERROR);
    assertThat(shortage.exitCode()).isEqualTo(1);
  }

  @Test
  void anAgentEndedByASignalIsAnErrorButDegradedIsNot() {
    executor.execute(operation("ip", "start", 0), 0);
    end(exit(139), 0);
    OperationOutcome crashed = told();
    assertThat(crashed.status()).isEqualTo(Status.ERROR);
    assertThat(crashed.exitReason()).isEqualTo("start was ended by signal 11");
    executor.execute(operation("ip", "monitor", 0), 0);
    end(exit(190), 0);
    assertThat(told().exitCode()).isEqualTo(190);
  }

  @Test
  void theLastExitReasonCounts() {
    executor.execute(operation("ip", "start", 0), 0);
    String errors =
        "INFO: begin\nocf-exit-reason:first\nocf-exit-reason: no such device eth9 \nERROR: end\n";
    end(exit(6, "", errors), 0);
    assertThat(told().exitReason()).isEqualTo("no such device eth9");
  }

  @Test
  void aDelayedStartHoldsBackWhatFollowsButADelayedMonitorDoesNot() {
    executor.execute(operation("ip", "start", 0, 3_000, Map.of()), 0);
    executor.execute(operation("ip", "promote", 0), 0);
    assertThat(processes.count()).isZero();
    assertThat(executor.nextDeadline()).isEqualTo(3 * SECOND);
    executor.expire(3 * SECOND);
    assertThat(actions()).containsExactly("start");
    end(exit(0), 3 * SECOND);
    end(exit(0), 3 * SECOND);

    executor.execute(operation("ip", "monitor", 10_000, 5_000, Map.of()), 4 * SECOND);
    executor.execute(operation("ip", "notify", 0), 4 * SECOND);
    assertThat(actions()).endsWith("notify");
    end(exit(0), 4 * SECOND);
    assertThat(executor.nextDeadline()).isEqualTo(9 * SECOND);
    executor.expire(9 * SECOND);
    assertThat(actions()).endsWith("monitor");
  }

  @Test
  void nothingToDoLeavesNoDeadlineInThePast() {
    ResourceExecutor one = executor(1);
    one.execute(operation("a", "start", 0), 0);
    one.execute(operation("b", "start", 0, 1_000, Map.of()), 0);
    one.execute(operation("c", "monitor", 1_000), 0);
    one.expire(2 * SECOND);
    // b and c wait for the place that a has until its timeout.
    assertThat(one.nextDeadline()).isEqualTo(20 * SECOND);
  }

  @Test
  void unsafeNamesAndUnbuiltClassesFailWithAClearReason() {
    for (String type : List.of("../../../bin/sh", ".hidden", "a/b", "", "-x")) {
      executor.execute(named("ocf", "heartbeat", type), 0);
      OperationOutcome outcome = told();
      assertThat(outcome.status()).isEqualTo(Status.ERROR);
      assertThat(outcome.exitCode()).isEqualTo(6);
    }
    executor.execute(named("ocf", "..", "Dummy"), 0);
    assertThat(told().exitReason()).contains("ocf:..:Dummy");
    for (String agentClass : List.of("lsb", "systemd", "service", "upstart")) {
      executor.execute(named(agentClass, null, "nginx"), 0);
      assertThat(told().exitReason()).contains(agentClass).contains("built are ocf and stonith");
    }
    assertThat(processes.count()).isZero();
    assertThat(executor.idle()).isTrue();
  }

  private ResourceOperation named(String agentClass, String provider, String type) {
    return new ResourceOperation(
        ++ids,
        "r",
        agentClass,
        provider,
        type,
        "start",
        0,
        1000,
        0,
        new TreeMap<>(),
        new TreeMap<>());
  }

  @Test
  void forgetAllKillsWhatRunsAndTellsNothing() {
    executor.execute(operation("ip", "start", 0), 0);
    executor.execute(operation("web", "monitor", 1_000), 0);
    executor.execute(operation("web", "notify", 0), 0);
    executor.forgetAll();
    assertThat(processes.killed()).hasSize(2);
    assertThat(executor.idle()).isTrue();
    for (RecordingProcesses.Started each : List.copyOf(processes.started())) {
      assertThat(executor.processEnded(each.id(), exit(137), SECOND)).isTrue();
    }
    assertThat(outcomes).isEmpty();
    assertThat(executor.nextDeadline()).isEqualTo(Long.MAX_VALUE);
    executor.execute(operation("ip", "stop", 0), SECOND);
    assertThat(actions()).endsWith("stop");
  }

  @Test
  void theListenerMayGiveTheNextOperation() {
    List<String> story = new ArrayList<>();
    ResourceExecutor[] self = new ResourceExecutor[1];
    AgentEnvironment environment =
        new AgentEnvironment(
            "a", "1", "/o", "/t", List.of("/f"), "/bin", AgentEnvironment.QUIET, 1);
    self[0] =
        new ResourceExecutor(
            environment,
            processes,
            processes::nextId,
            outcome -> {
              story.add(outcome.operation().operation());
              if (outcome.operation().operation().equals("start")) {
                self[0].execute(operation("ip", "monitor", 1_000), 0);
              }
            });
    self[0].execute(operation("ip", "start", 0), 0);
    self[0].processEnded(processes.last().id(), exit(0), 0);
    self[0].processEnded(processes.last().id(), exit(0), 0);
    assertThat(story).containsExactly("start", "monitor");
  }

  @Test
  void aFencingDeviceStartsWhenItsAgentAnswersAndStopsWithoutRunningAnything() {
    executor.execute(device("monitor", 0, Map.of()), 0);
    assertThat(told().exitCode()).isEqualTo(7);
    executor.execute(device("stop", 0, Map.of()), 0);
    assertThat(told().exitCode()).isZero();
    assertThat(processes.count()).isZero();

    Map<String, String> parameters =
        Map.of("ip", "10.0.0.9", "pcmk_host_list", "a b", "pcmk_monitor_action", "status");
    executor.execute(device("start", 0, parameters), 0);
    assertThat(processes.last().program()).isEqualTo("/first/fence_rack");
    assertThat(processes.last().execution().command()).hasSize(1);
    assertThat(processes.last().lines()).containsExactly("action=status", "ip=10.0.0.9");
    assertThat(processes.last().variable("PCMK_service")).isEqualTo("pacemaker-fenced");
    end(notStarted("No such file"), 0);
    assertThat(processes.last().program()).isEqualTo("/second/fence_rack");
    end(exit(0), 0);
    assertThat(told().exitCode()).isZero();
    int before = processes.count();
    executor.execute(device("monitor", 0, parameters), 0);
    assertThat(told().exitCode()).isZero();
    assertThat(processes.count()).isEqualTo(before);

    executor.execute(device("monitor", 60_000, parameters), 0);
    end(notStarted("No such file"), 0);
    end(exit(0), 0);
    assertThat(told().exitCode()).isZero();
    executor.execute(device("stop", 0, parameters), 0);
    assertThat(told().exitCode()).isZero();
    executor.execute(device("monitor", 0, parameters), 0);
    assertThat(told().exitCode()).isEqualTo(7);
  }

  @Test
  void aFencingDeviceIsAskedAgainBeforeItCountsAsFailed() {
    executor.execute(device("start", 0, Map.of()), 0);
    end(exit(1), 0);
    end(exit(1), 0);
    assertThat(outcomes).isEmpty();
    end(exit(1, "", "noise\nUnable to connect\n"), SECOND);
    OperationOutcome outcome = told();
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.exitReason())
        .isEqualTo("fence_rack could not reach its device: Unable to connect");
    executor.execute(device("monitor", 0, Map.of()), SECOND);
    assertThat(told().exitCode()).isEqualTo(7);
  }

  @Test
  void aFencingDeviceOfNoAgentIsRefused() {
    executor.execute(device("start", 0, Map.of()), 0);
    end(notStarted("No such file or directory"), 0);
    end(notStarted("No such file or directory"), 0);
    assertThat(told().status()).isEqualTo(Status.NOT_INSTALLED);
    ResourceOperation absolute =
        new ResourceOperation(
            99,
            "switch",
            "stonith",
            null,
            "/sbin/fence_rack",
            "start",
            0,
            1000,
            0,
            new TreeMap<>(),
            new TreeMap<>());
    executor.execute(absolute, 0);
    assertThat(told().exitReason()).contains("/sbin/fence_rack").contains("not the name");
    executor.execute(device("start", 0, Map.of("ip", "1\naction=off")), 0);
    assertThat(told().exitReason()).contains("line break");
  }
}
