package org.ringward.core.fence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.ringward.core.port.RecordingProcesses.exit;
import static org.ringward.core.port.RecordingProcesses.notStarted;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ringward.core.port.ProcessResult;
import org.ringward.core.port.RecordingProcesses;

class FenceExecutorTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long MILLI = 1_000_000L;
  private static final Map<String, String> B = Map.of("pcmk_host_list", "b c");

  private final RecordingProcesses processes = new RecordingProcesses();
  private final List<FenceOutcome> outcomes = new ArrayList<>();
  private long random;
  private final FenceExecutor executor = executor(List.of("/first"));

  private FenceExecutor executor(List<String> directories) {
    return new FenceExecutor(
        "a",
        new FenceEnvironment(directories, "/usr/bin"),
        processes,
        processes::nextId,
        bound -> Math.min(random, bound - 1),
        outcomes::add);
  }

  private static FenceRequest request(FenceConfiguration configuration, FenceAction action) {
    return new FenceRequest(7, "b", action, configuration.build(), "coordinator");
  }

  private void end(ProcessResult result, long now) {
    end(processes.last().id(), result, now);
  }

  private void end(long processId, ProcessResult result, long now) {
    assertThat(executor.processEnded(processId, result, now, 1000 + now / MILLI)).isTrue();
  }

  private static ProcessResult metadata(String parameter, String... actions) {
    StringBuilder xml = new StringBuilder("<resource-agent name=\"x\"><parameters>");
    xml.append("<parameter name=\"").append(parameter).append("\"/></parameters><actions>");
    for (String action : actions) {
      xml.append("<action name=\"").append(action).append("\"/>");
    }
    return exit(0, xml.append("</actions></resource-agent>").toString(), "");
  }

  private static final String[] POWER = {"on", "off", "reboot", "status", "monitor", "list"};

  /** Lets the executor know an agent, so that stories need not begin with its metadata. */
  private void know(String agent, String parameter, String... actions) {
    executor.prepare(new FenceConfiguration().device("x", agent, Map.of()).build(), 0);
    end(metadata(parameter, actions), 0);
  }

  private FenceOutcome told() {
    assertThat(outcomes).hasSize(1);
    return outcomes.removeFirst();
  }

  @Test
  void oneDeviceIsToldWhatPacemakerTellsIt() {
    Map<String, String> parameters =
        Map.of(
            "pcmk_host_map", "b:3;c:4",
            "ip", "10.0.0.9",
            "pcmk_off_action", "Off",
            "action", "reboot",
            "crm_feature_set", "3");
    FenceConfiguration configuration =
        new FenceConfiguration().device("rack", "fence_x", parameters);
    executor.fence(request(configuration, FenceAction.OFF), 0);
    assertThat(processes.last().program()).isEqualTo("/first/fence_x");
    assertThat(processes.last().lines()).containsExactly("action=metadata");
    end(metadata("plug", POWER), 200 * MILLI);
    assertThat(processes.last().lines())
        .containsExactly("action=Off", "ip=10.0.0.9", "nodename=b", "plug=3");
    assertThat(processes.last().variable("PCMK_service")).isEqualTo("pacemaker-fenced");
    assertThat(executor.running("b")).isTrue();
    end(exit(0), 500 * MILLI);
    FenceOutcome outcome = told();
    assertThat(outcome.succeeded()).isTrue();
    assertThat(outcome.proof())
        .isEqualTo(
            new Proof(Rung.POWER, "b", "node", "a", 1500, "a had the power of b cut by rack"));
    assertThat(outcome.attempts())
        .extracting(Attempt::action, Attempt::succeeded, Attempt::millis)
        .containsExactly(tuple("metadata", true, 200L), tuple("off", true, 300L));
    assertThat(executor.running("b")).isFalse();
    assertThat(executor.nextDeadline()).isEqualTo(Long.MAX_VALUE);

    // The metadata is known from now on.
    executor.fence(request(configuration, FenceAction.OFF), SECOND);
    assertThat(processes.last().lines()).contains("action=Off");
  }

  @Test
  void thePlugIsNamedAsTheAgentAndTheConfigurationWant() {
    know("fence_x", "port", POWER);
    know("fence_y", "speed", POWER);
    record Case(String agent, Map<String, String> parameters, String present, String absent) {}
    List<Case> cases =
        List.of(
            new Case("fence_x", Map.of("pcmk_host_list", "b"), "port=b", "plug"),
            new Case("fence_x", Map.of("pcmk_host_list", "b", "port", "9"), "port=9", "port=b"),
            new Case(
                "fence_x",
                Map.of("pcmk_host_map", "b:5", "port", "dynamic"),
                "port=5",
                "port=dynamic"),
            new Case(
                "fence_x",
                Map.of("pcmk_host_list", "b", "pcmk_host_argument", "uuid"),
                "uuid=b",
                "port"),
            new Case(
                "fence_x",
                Map.of("pcmk_host_list", "b", "pcmk_host_argument", "none"),
                "nodename=b",
                "port"),
            new Case("fence_y", Map.of("pcmk_host_list", "b"), "nodename=b", "port"));
    for (Case each : cases) {
      FenceConfiguration configuration =
          new FenceConfiguration().device("rack", each.agent(), each.parameters());
      executor.fence(request(configuration, FenceAction.REBOOT), 0);
      assertThat(processes.last().lines()).contains(each.present());
      assertThat(processes.last().lines()).noneMatch(line -> line.startsWith(each.absent()));
      end(exit(0), 0);
      assertThat(told().succeeded()).isTrue();
    }
  }

  @Test
  void aFailedActionIsTriedAgainWithinItsTime() {
    know("fence_x", "port", POWER);
    FenceConfiguration configuration = new FenceConfiguration().device("rack", "fence_x", B);
    executor.fence(request(configuration, FenceAction.OFF), 0);
    int before = processes.count();
    end(exit(1, "", "Connection refused\n"), SECOND);
    assertThat(processes.count()).isEqualTo(before);
    assertThat(executor.nextDeadline()).isEqualTo(1500 * MILLI);
    executor.expire(1500 * MILLI, 0);
    end(exit(1), 2 * SECOND);
    executor.expire(2500 * MILLI, 0);
    end(exit(1, "", "Connection refused\n"), 3 * SECOND);
    FenceOutcome outcome = told();
    assertThat(outcome.succeeded()).isFalse();
    assertThat(outcome.proof()).isNull();
    assertThat(outcome.attempts()).extracting(Attempt::number).containsExactly(1, 2, 3);
    assertThat(outcome.reason())
        .isEqualTo("off of b failed, last: rack exit code 1: Connection refused");
    assertThat(executor.nextDeadline()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void retriesAndTimeoutsAsConfigured() {
    know("fence_x", "port", POWER);
    FenceConfiguration configuration =
        new FenceConfiguration()
            .device(
                "rack",
                "fence_x",
                Map.of("pcmk_host_list", "b", "pcmk_off_retries", "5", "pcmk_off_timeout", "2s"));
    executor.fence(request(configuration, FenceAction.OFF), 0);
    assertThat(executor.nextDeadline()).isEqualTo(2 * SECOND);
    end(exit(1), 1000 * MILLI);
    executor.expire(1500 * MILLI, 0);
    // The time limit is that of the action, not of the try.
    assertThat(executor.nextDeadline()).isEqualTo(2 * SECOND);
    end(exit(1), 1600 * MILLI);
    assertThat(told().attempts()).hasSize(2);
  }

  @Test
  void aHangingAgentIsKilledAndTheNextLevelIsTried() {
    know("fence_x", "port", POWER);
    FenceConfiguration configuration =
        new FenceConfiguration()
            .property("fencing-timeout", "10s")
            .device("board", "fence_x", B)
            .device("rack", "fence_x", B)
            .level(1, "board", "target", "b")
            .level(2, "rack", "target", "b");
    executor.fence(request(configuration, FenceAction.OFF), 0);
    final long hanging = processes.last().id();
    executor.expire(10 * SECOND, 0);
    assertThat(processes.killed()).containsExactly(hanging);
    assertThat(processes.last().id()).isEqualTo(hanging);
    // It ends well after all, but too late to be believed.
    end(hanging, exit(0), 10 * SECOND);
    assertThat(processes.last().id()).isNotEqualTo(hanging);
    end(exit(0), 11 * SECOND);
    FenceOutcome outcome = told();
    assertThat(outcome.succeeded()).isTrue();
    assertThat(outcome.attempts())
        .extracting(Attempt::device, Attempt::level, Attempt::succeeded)
        .containsExactly(tuple("board", 1, false), tuple("rack", 2, true));
    assertThat(outcome.proof().sentence()).isEqualTo("a had the power of b cut by rack");
    assertThat(outcome.attempts().getFirst().reason()).isEqualTo("no answer within 10000 ms");
  }

  @Test
  void aKillThatIsNotConfirmedHoldsTheLadderForFiveSecondsOnly() {
    know("fence_x", "port", POWER);
    FenceConfiguration configuration =
        new FenceConfiguration().device("d1", "fence_x", B).device("d2", "fence_x", B);
    executor.fence(request(configuration, FenceAction.OFF), 0);
    final long hanging = processes.last().id();
    executor.expire(60 * SECOND, 0);
    executor.expire(65 * SECOND, 0);
    assertThat(processes.last().id()).isNotEqualTo(hanging);
    end(hanging, exit(0), 66 * SECOND);
    assertThat(outcomes).isEmpty();
    end(exit(0), 67 * SECOND);
    assertThat(told().attempts().getFirst().reason()).contains("survived SIGKILL");
  }

  @Test
  void aRebootOfTwoPowerSuppliesIsAllOffThenAllOn() {
    know("fence_x", "port", POWER);
    FenceConfiguration configuration =
        new FenceConfiguration()
            .device("psu1", "fence_x", Map.of("pcmk_host_map", "b:1"))
            .device("psu2", "fence_x", Map.of("pcmk_host_map", "b:2"))
            .level(1, "psu1,psu2", "target", "b");
    executor.fence(request(configuration, FenceAction.REBOOT), 0);
    List<String> story = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      story.add(String.join(" ", processes.last().lines()));
      // The power comes back badly: that does not undo the proof.
      ProcessResult result = exit(story.getLast().startsWith("action=on") ? 1 : 0);
      end(result, i * SECOND);
      while (outcomes.isEmpty() && executor.nextDeadline() < i * SECOND + SECOND) {
        executor.expire(executor.nextDeadline(), 0);
        end(exit(1), executor.nextDeadline());
      }
    }
    assertThat(story)
        .containsExactly(
            "action=off nodename=b port=1",
            "action=off nodename=b port=2",
            "action=on nodename=b port=1",
            "action=on nodename=b port=2");
    FenceOutcome outcome = told();
    assertThat(outcome.succeeded()).isTrue();
    assertThat(outcome.proof().sentence()).contains("psu1 and psu2");
  }

  @Test
  void aDeviceThatSaysOffAndIsOnHasLied() {
    know("fence_x", "port", POWER);
    FenceConfiguration configuration =
        new FenceConfiguration()
            .looks()
            .device("liar", "fence_x", Map.of("pcmk_host_list", "b", "pcmk_status_action", "state"))
            .device("rack", "fence_x", B);
    executor.fence(request(configuration, FenceAction.OFF), 0);
    assertThat(processes.last().lines()).contains("action=off");
    end(exit(0), 0);
    for (int i = 0; i < 3; i++) {
      assertThat(processes.last().lines()).containsExactly("action=state", "nodename=b", "port=b");
      end(exit(0), i * SECOND);
      executor.expire(i * SECOND + SECOND / 2, 0);
    }
    // The next level, and this device is honest.
    assertThat(processes.last().lines()).contains("action=off");
    end(exit(0), 3 * SECOND);
    end(exit(2), 3 * SECOND);
    FenceOutcome outcome = told();
    assertThat(outcome.proof().sentence()).isEqualTo("a had the power of b cut by rack");
    assertThat(outcome.attempts())
        .anyMatch(each ->
            each.device().equals("liar")
                && !each.succeeded()
                && each.reason()
                    .equals("it said that it switched b off, and its status says that it is on"));
  }

  @Test
  void aLiarAloneProvesNothing() {
    know("fence_x", "port", POWER);
    FenceConfiguration configuration =
        new FenceConfiguration()
            .looks()
            .device("rack", "fence_x", Map.of("pcmk_host_list", "b", "pcmk_status_retries", "0"));
    executor.fence(request(configuration, FenceAction.OFF), 0);
    end(exit(0), 0);
    end(exit(0), 0);
    FenceOutcome outcome = told();
    assertThat(outcome.succeeded()).isFalse();
    assertThat(outcome.proof()).isNull();
    assertThat(outcome.reason()).contains("its status says that it is on");
  }

  @Test
  void aDeviceThatIsSlowToTellHasNotLied() {
    know("fence_x", "port", POWER);
    FenceConfiguration configuration =
        new FenceConfiguration().looks().device("rack", "fence_x", B);
    executor.fence(request(configuration, FenceAction.OFF), 0);
    end(exit(0), 0);
    end(exit(0), 0);
    executor.expire(SECOND / 2, 0);
    end(exit(2), SECOND);
    assertThat(told().proof()).isNotNull();
  }

  @Test
  void aStatusThatCannotBeHadLeavesTheWordOfTheAgent() {
    know("fence_x", "port", POWER);
    FenceConfiguration configuration =
        new FenceConfiguration()
            .looks()
            .device("rack", "fence_x", Map.of("pcmk_host_list", "b", "pcmk_status_retries", "0"));
    executor.fence(request(configuration, FenceAction.OFF), 0);
    end(exit(0), 0);
    end(exit(1, "", "busy"), 0);
    assertThat(told().proof()).isNotNull();
    executor.fence(request(configuration, FenceAction.OFF), 0);
    end(exit(0), 0);
    executor.expire(60 * SECOND, 0);
    end(exit(137), 60 * SECOND);
    assertThat(told().proof()).isNotNull();
  }

  @Test
  void aRebootIsNotLookedAtAndNeitherIsADeviceThatCannotTell() {
    know("fence_x", "port", POWER);
    know("fence_kdump", "nodename", "off");
    FenceConfiguration configuration =
        new FenceConfiguration().looks().device("rack", "fence_x", B);
    executor.fence(request(configuration, FenceAction.REBOOT), 0);
    end(exit(0), 0);
    assertThat(told().succeeded()).isTrue();
    FenceConfiguration dumb = new FenceConfiguration().looks().device("kdump", "fence_kdump", B);
    executor.fence(request(dumb, FenceAction.OFF), 0);
    end(exit(0), 0);
    assertThat(told().succeeded()).isTrue();
  }

  @Test
  void oneOfTwoPowerSuppliesThatStaysOnIsNoProof() {
    know("fence_x", "port", POWER);
    Map<String, String> once = Map.of("pcmk_host_list", "b", "pcmk_off_retries", "0");
    FenceConfiguration configuration =
        new FenceConfiguration()
            .device("psu1", "fence_x", once)
            .device("psu2", "fence_x", once)
            .level(1, "psu1,psu2", "target", "b");
    executor.fence(request(configuration, FenceAction.REBOOT), 0);
    end(exit(0), 0);
    end(exit(1), 0);
    FenceOutcome outcome = told();
    assertThat(outcome.succeeded()).isFalse();
    assertThat(outcome.proof()).isNull();
  }

  @Test
  void anAgentThatCannotRebootSwitchesOff() {
    know("fence_fabric", "plug", "on", "off", "status");
    FenceConfiguration configuration = new FenceConfiguration().device("san", "fence_fabric", B);
    executor.fence(request(configuration, FenceAction.REBOOT), 0);
    assertThat(processes.last().lines()).contains("action=off");
    end(exit(0), 0);
    assertThat(told().proof()).isNotNull();
  }

  @Test
  void givingPowerBackProvesNothing() {
    know("fence_x", "port", POWER);
    FenceConfiguration configuration =
        new FenceConfiguration()
            .device("rack", "fence_x", Map.of("pcmk_host_list", "b", "pcmk_delay_base", "9s"));
    executor.fence(request(configuration, FenceAction.ON), 0);
    end(exit(0), 0);
    FenceOutcome outcome = told();
    assertThat(outcome.succeeded()).isTrue();
    assertThat(outcome.proof()).isNull();
  }

  /** As fence_scsi says it: its "on" registers the node on which it runs. */
  private void knowStorage() {
    executor.prepare(new FenceConfiguration().device("x", "fence_storage", Map.of()).build(), 0);
    String actions = "<action name=\"on\" on_target=\"1\" automatic=\"1\"/><action name=\"off\"/>";
    end(exit(0, "<resource-agent><actions>" + actions + "</actions></resource-agent>", ""), 0);
  }

  @Test
  void whatTheNodeMustDoItselfNobodyDoesForIt() {
    know("fence_x", "port", POWER);
    knowStorage();
    FenceConfiguration configuration =
        new FenceConfiguration()
            .device("disk", "fence_storage", B, Map.of("provides", "unfencing"))
            .device("rack", "fence_x", B)
            .level(1, "disk,rack", "target", "b");
    // After the reboot of both only the power comes back from here.
    executor.fence(request(configuration, FenceAction.REBOOT), 0);
    List<String> story = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      story.add(processes.last().program() + " " + processes.last().lines().getFirst());
      end(exit(0), i * SECOND);
    }
    assertThat(told().proof()).isNotNull();
    assertThat(story.get(0)).contains("fence_storage").endsWith("action=off");
    assertThat(story.get(1)).contains("fence_x").endsWith("action=off");
    assertThat(story.get(2)).contains("fence_x").endsWith("action=on");
    executor.fence(request(configuration, FenceAction.ON), 9 * SECOND);
    FenceOutcome outcome = told();
    assertThat(outcome.succeeded()).isFalse();
    assertThat(outcome.reason()).contains("disk b must do that itself");
  }

  @Test
  void aNodeLetsItselfIn() {
    knowStorage();
    FenceConfiguration configuration =
        new FenceConfiguration().device("disk", "fence_storage", Map.of("pcmk_host_list", "a"));
    executor.fence(
        new FenceRequest(7, "a", FenceAction.ON, configuration.build(), "coordinator"), 0);
    assertThat(processes.last().lines()).contains("action=on", "nodename=a");
    end(exit(0), 0);
    assertThat(told().succeeded()).isTrue();
  }

  @Test
  void delaysComeBeforeThePowerIsCut() {
    know("fence_x", "port", POWER);
    random = 400;
    FenceConfiguration configuration =
        new FenceConfiguration()
            .device(
                "rack",
                "fence_x",
                Map.of(
                    "pcmk_host_list", "b", "pcmk_delay_base", "c:9s;b:2s", "pcmk_delay_max", "4s"));
    executor.fence(request(configuration, FenceAction.OFF), 0);
    int before = processes.count();
    assertThat(executor.nextDeadline()).isEqualTo(2400 * MILLI);
    executor.expire(2399 * MILLI, 0);
    assertThat(processes.count()).isEqualTo(before);
    executor.expire(2400 * MILLI, 0);
    assertThat(processes.count()).isEqualTo(before + 1);
    // The delay does not use up the time of the action.
    assertThat(executor.nextDeadline()).isEqualTo(62_400 * MILLI);
  }

  @Test
  void withoutMetadataTheUsualNamesAreTried() {
    FenceConfiguration configuration = new FenceConfiguration().device("rack", "fence_x", B);
    executor.fence(request(configuration, FenceAction.REBOOT), 0);
    end(exit(0, "usage: fence_x", ""), 0);
    assertThat(processes.last().lines()).containsExactly("action=off", "nodename=b", "port=b");
    end(exit(0), 0);
    FenceOutcome outcome = told();
    assertThat(outcome.succeeded()).isTrue();
    assertThat(outcome.attempts()).anyMatch(each -> each.reason().contains("metadata"));
  }

  /** The simulator's seed 938644, without surrender. */
  @Test
  void withoutMetadataADeviceThatLiesIsFoundOut() {
    FenceConfiguration configuration =
        new FenceConfiguration()
            .looks()
            .device("rack", "fence_x", Map.of("pcmk_host_list", "b", "pcmk_status_retries", "0"));
    executor.fence(request(configuration, FenceAction.REBOOT), 0);
    end(exit(1), 0);
    assertThat(processes.last().lines()).contains("action=off");
    end(exit(0), 0);
    end(exit(0), 0);
    FenceOutcome outcome = told();
    assertThat(outcome.succeeded()).isFalse();
    assertThat(outcome.reason()).contains("its status says that it is on");
  }

  @Test
  void agentsAreLookedForInAllFolders() {
    FenceExecutor two = executor(List.of("/first", "/second"));
    FenceConfiguration configuration = new FenceConfiguration().device("rack", "fence_x", B);
    two.fence(request(configuration, FenceAction.OFF), 0);
    ProcessResult missing = notStarted("No such file");
    two.processEnded(processes.last().id(), missing, 0, 0);
    assertThat(processes.last().program()).isEqualTo("/second/fence_x");
    two.processEnded(processes.last().id(), metadata("port", POWER), 0, 0);
    two.processEnded(processes.last().id(), missing, 0, 0);
    assertThat(processes.last().lines()).contains("action=off");
    two.processEnded(processes.last().id(), missing, 0, 0);
    assertThat(told().reason())
        .contains("fence_x could not be started from /first or /second: No such file");
  }

  @Test
  void aDynamicListTellsWhetherAndUnderWhichPlug() {
    know("fence_x", "port", POWER);
    FenceConfiguration configuration =
        new FenceConfiguration()
            .device("d1", "fence_x", Map.of())
            .device("d2", "fence_x", Map.of("pcmk_host_check", "dynamic-list"));
    executor.fence(request(configuration, FenceAction.OFF), 0);
    assertThat(processes.last().lines()).containsExactly("action=list");
    end(exit(0, "1,x\n2,y\n", ""), 0);
    assertThat(processes.last().lines()).containsExactly("action=list");
    end(exit(0, "1,a\n2,b\n", ""), 0);
    assertThat(processes.last().lines()).containsExactly("action=off", "nodename=b", "port=2");
    end(exit(0), 0);
    FenceOutcome outcome = told();
    assertThat(outcome.succeeded()).isTrue();
    assertThat(outcome.attempts()).anyMatch(each -> each.reason().equals("it does not list b"));
  }

  @Test
  void statusTellsWhereThereIsNoList() {
    know("fence_x", "port", "off", "status");
    FenceConfiguration configuration =
        new FenceConfiguration()
            .device("d1", "fence_x", Map.of("pcmk_status_retries", "0"))
            .device("d2", "fence_x", Map.of("pcmk_host_check", "status"));
    executor.fence(request(configuration, FenceAction.OFF), 0);
    assertThat(processes.last().lines()).containsExactly("action=status", "nodename=b", "port=b");
    end(exit(1), 0);
    assertThat(processes.last().lines()).contains("action=status");
    end(exit(2), 0);
    assertThat(processes.last().lines()).contains("action=off");
    end(exit(0), 0);
    assertThat(told().proof().sentence()).contains("d2");
  }

  @Test
  void aListThatFailsIsFollowedByStatusUnlessItWasAskedFor() {
    know("fence_x", "port", POWER);
    FenceConfiguration configuration =
        new FenceConfiguration()
            .device(
                "d1",
                "fence_x",
                Map.of("pcmk_host_check", "dynamic-list", "pcmk_list_retries", "0"))
            .device("d2", "fence_x", Map.of("pcmk_list_retries", "0"));
    executor.fence(request(configuration, FenceAction.OFF), 0);
    end(exit(1), 0);
    end(exit(1), 0);
    assertThat(processes.last().lines()).contains("action=status");
    end(exit(0), 0);
    end(exit(0), 0);
    assertThat(told().proof().sentence()).contains("d2");
  }

  @Test
  void aDeviceOfUnknownReachIsNotUsed() {
    FenceConfiguration configuration = new FenceConfiguration().device("rack", "fence_x", Map.of());
    executor.fence(request(configuration, FenceAction.OFF), 0);
    end(exit(1), 0);
    assertThat(told().reason()).contains("unknown which nodes it can fence");
  }

  @Test
  void nothingToFenceWithIsToldAtOnce() {
    executor.fence(request(new FenceConfiguration(), FenceAction.OFF), 0);
    assertThat(told().reason())
        .isEqualTo("off of b failed: no device can fence it: there are no fencing devices");
    FenceConfiguration others =
        new FenceConfiguration().device("rack", "fence_x", Map.of("pcmk_host_list", "z"));
    executor.fence(request(others, FenceAction.OFF), 0);
    assertThat(told().reason()).contains("rack does not list b");
    FenceConfiguration banned =
        new FenceConfiguration().device("rack", "fence_x", B).location("rack", "a", "-INFINITY");
    executor.fence(request(banned, FenceAction.OFF), 0);
    assertThat(told().reason()).contains("a location constraint keeps it from a");
    FenceConfiguration ghost =
        new FenceConfiguration().device("rack", "fence_x", B).level(1, "ghost", "target", "b");
    executor.fence(request(ghost, FenceAction.OFF), 0);
    assertThat(told().reason()).contains("there is no fencing device \"ghost\"");
    executor.fence(new FenceRequest(1, "a", FenceAction.OFF, others.build(), "coordinator"), 0);
    assertThat(told().reason()).contains("a node does not fence itself");
    FenceExecutor nowhere = executor(List.of());
    nowhere.fence(request(others, FenceAction.OFF), 0);
    assertThat(told().reason()).contains("no folder for fence agents");
    assertThat(processes.count()).isZero();
  }

  @Test
  void requestsForOneNodeJoinOrAreRefused() {
    know("fence_x", "port", POWER);
    FenceConfiguration configuration = new FenceConfiguration().device("rack", "fence_x", B);
    executor.fence(request(configuration, FenceAction.OFF), 0);
    int before = processes.count();
    executor.fence(new FenceRequest(8, "b", FenceAction.OFF, configuration.build(), "operator"), 0);
    executor.fence(request(configuration, FenceAction.REBOOT), 0);
    assertThat(told().reason()).isEqualTo("off of b is running already");
    assertThat(processes.count()).isEqualTo(before);
    end(exit(0), 0);
    assertThat(outcomes).extracting(each -> each.request().id()).containsExactly(7L, 8L);
    assertThat(outcomes).allMatch(FenceOutcome::succeeded);
  }

  @Test
  void aDeviceWorksForOneNodeAtATimeUnlessItMayDoMore() {
    know("fence_x", "port", POWER);
    FenceConfiguration configuration = new FenceConfiguration().device("rack", "fence_x", B);
    FenceRequest other =
        new FenceRequest(9, "c", FenceAction.OFF, configuration.build(), "coordinator");
    executor.fence(request(configuration, FenceAction.OFF), 0);
    int before = processes.count();
    executor.fence(other, 0);
    assertThat(processes.count()).isEqualTo(before);
    assertThat(executor.nextDeadline()).isEqualTo(60 * SECOND);
    end(exit(0), SECOND);
    assertThat(told().request().target()).isEqualTo("b");
    assertThat(processes.last().lines()).contains("nodename=c");
    end(exit(0), 2 * SECOND);
    assertThat(told().request().target()).isEqualTo("c");

    FenceConfiguration wide =
        new FenceConfiguration()
            .device("rack", "fence_x", Map.of("pcmk_host_list", "b c", "pcmk_action_limit", "-1"));
    executor.fence(request(wide, FenceAction.OFF), 0);
    executor.fence(new FenceRequest(9, "c", FenceAction.OFF, wide.build(), "x"), 0);
    assertThat(processes.last().lines()).contains("nodename=c");
  }

  @Test
  void whatNobodyWantsAnyMoreBeginsNoFurtherShot() {
    know("fence_x", "port", POWER);
    FenceConfiguration configuration =
        new FenceConfiguration()
            .device("slow", "fence_x", B)
            .device("rack", "fence_x", B)
            .level(1, "slow", "target", "b")
            .level(2, "rack", "target", "b");
    executor.fence(request(configuration, FenceAction.REBOOT), 0);
    int before = processes.count();
    executor.withdraw("b", "it is back");
    executor.expire(SECOND, 0);
    assertThat(processes.killed()).as("what runs is left to its end").isEmpty();
    assertThat(executor.running("b")).isTrue();
    end(exit(1), 2 * SECOND);
    FenceOutcome outcome = told();
    assertThat(outcome.succeeded()).isFalse();
    assertThat(outcome.proof()).isNull();
    assertThat(outcome.reason()).isEqualTo("reboot of b was broken off: it is back");
    assertThat(processes.count()).isEqualTo(before);

    // The last shot has hit all the same: then that is told.
    executor.fence(request(configuration, FenceAction.REBOOT), 3 * SECOND);
    executor.withdraw("b", "it is back");
    end(exit(0), 4 * SECOND);
    assertThat(told().succeeded()).isTrue();
    executor.withdraw("b", "nothing runs");
  }

  @Test
  void whatWasSwitchedOffForNobodyIsSwitchedOnAgain() {
    know("fence_x", "port", POWER);
    FenceConfiguration configuration =
        new FenceConfiguration()
            .device("left", "fence_x", B)
            .device("right", "fence_x", B)
            .level(1, "left,right", "target", "b");
    executor.fence(request(configuration, FenceAction.REBOOT), 0);
    assertThat(processes.last().lines()).contains("action=off");
    executor.withdraw("b", "it is back");
    end(exit(0), SECOND);
    assertThat(processes.last().lines()).contains("action=on");
    end(exit(0), 2 * SECOND);
    assertThat(told().succeeded()).isFalse();

    // When all is off only giving back is left, and the proof is there.
    executor.fence(request(configuration, FenceAction.REBOOT), 3 * SECOND);
    end(exit(0), 4 * SECOND);
    end(exit(0), 5 * SECOND);
    assertThat(processes.last().lines()).contains("action=on");
    executor.withdraw("b", "it is back");
    end(exit(0), 6 * SECOND);
    end(exit(0), 7 * SECOND);
    assertThat(told().proof()).isNotNull();
  }

  @Test
  void whatIsForgottenIsKilledAndFreesItsDevice() {
    know("fence_x", "port", POWER);
    FenceConfiguration configuration = new FenceConfiguration().device("rack", "fence_x", B);
    executor.fence(request(configuration, FenceAction.OFF), 0);
    final long first = processes.last().id();
    executor.fence(
        new FenceRequest(9, "c", FenceAction.OFF, configuration.build(), "coordinator"), 0);
    executor.forget("b", SECOND);
    assertThat(processes.killed()).containsExactly(first);
    assertThat(executor.running("b")).isFalse();
    assertThat(processes.last().lines()).contains("nodename=c");
    end(first, exit(137), SECOND);
    assertThat(outcomes).isEmpty();
    executor.forgetAll();
    assertThat(processes.killed()).hasSize(2);
    end(exit(137), 2 * SECOND);
    assertThat(outcomes).isEmpty();
    assertThat(executor.nextDeadline()).isEqualTo(Long.MAX_VALUE);
    assertThat(executor.processEnded(4711, exit(0), 0, 0)).isFalse();
  }

  @Test
  void metadataIsReadAheadOnceAndAgainAfterAFailure() {
    FenceConfiguration configuration =
        new FenceConfiguration()
            .service("web")
            .device("d1", "fence_x", B)
            .device("d2", "fence_x", B)
            .device("d3", "../fence_x", B);
    executor.prepare(configuration.build(), 0);
    executor.prepare(configuration.build(), 0);
    assertThat(processes.count()).isEqualTo(1);
    executor.expire(10 * SECOND, 0);
    assertThat(processes.killed()).hasSize(1);
    end(exit(137), 10 * SECOND);
    executor.prepare(configuration.build(), 11 * SECOND);
    assertThat(processes.count()).isEqualTo(2);
    end(exit(0, "no xml", ""), 11 * SECOND);
    executor.prepare(configuration.build(), 12 * SECOND);
    end(metadata("port", POWER), 12 * SECOND);
    executor.prepare(configuration.build(), 13 * SECOND);
    assertThat(processes.count()).isEqualTo(3);
  }

  @Test
  void proofsOfOtherRungs() {
    assertThat(Proof.cleanLeave("b", 5).sentence()).contains("b stopped its resources");
    assertThat(Proof.cleanLeave("b", 5).rung()).isEqualTo(Rung.CLEAN_LEAVE);
    Proof person = Proof.person("b", "jo", "plug pulled ", 5);
    assertThat(person.sentence()).isEqualTo("jo confirmed that b is down: plug pulled");
    assertThat(person.author()).isEqualTo("jo");
    Proof time = Proof.watchdog("b", "a", "its watchdog has run out", 5);
    assertThat(time.rung()).isEqualTo(Rung.LEASE_EXPIRED);
    assertThat(time.sentence()).isEqualTo("b is off: its watchdog has run out");
    assertThat(Rung.ACCESS_REVOKED.built()).isTrue();
  }
}
