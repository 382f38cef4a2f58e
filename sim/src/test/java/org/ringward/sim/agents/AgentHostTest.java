package org.ringward.sim.agents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ringward.core.port.Execution;
import org.ringward.core.port.ProcessResult;
import org.ringward.core.port.Processes;
import org.ringward.sim.power.PowerSwitch;
import org.ringward.sim.world.Time;
import org.ringward.sim.world.Trace;
import org.ringward.sim.world.World;

class AgentHostTest {
  private static final Habits HANGING =
      new Habits(Time.MILLIS, 10 * Time.MILLIS, Time.SECONDS, 0, 0, 1_000_000, 0);
  private static final Habits FAILING =
      new Habits(Time.MILLIS, 10 * Time.MILLIS, Time.SECONDS, 1_000_000, 0, 0, 0);
  private static final Habits HALF =
      new Habits(Time.MILLIS, 10 * Time.MILLIS, Time.SECONDS, 0, 1_000_000, 0, 0);

  private int reachable = 2;
  private final World world = new World(5, new Trace(null));
  private final Truth truth = new Truth(world);
  private final List<String> switched = new ArrayList<>();
  private final PowerSwitch powerSwitch = new PowerSwitch(world, new Outlets());
  private final AgentHost host = new AgentHost(world, 1, truth, powerSwitch, this::reaches);
  private final List<String> ended = new ArrayList<>();
  private boolean daemonLives = true;
  private final Processes processes =
      host.processes(
          new AgentHost.Parent() {
            @Override
            public boolean isAlive() {
              return daemonLives;
            }

            @Override
            public void ended(long processId, ProcessResult result) {
              ended.add(processId + " " + result.exitCode());
            }
          });

  private final class Outlets implements PowerSwitch.Outlets {
    @Override
    public int count() {
      return 3;
    }

    @Override
    public boolean isOn(int node) {
      return true;
    }

    @Override
    public void off(int node) {
      switched.add("off " + node);
    }

    @Override
    public void on(int node) {
      switched.add("on " + node);
    }
  }

  private boolean reaches(int node) {
    return node == reachable;
  }

  private void call(long id, String action) {
    processes.start(
        id,
        new Execution(
            List.of("/usr/lib/ocf/resource.d/heartbeat/Dummy", action),
            Map.of("OCF_RESOURCE_INSTANCE", "vip"),
            null));
  }

  private void fence(long id, String input) {
    processes.start(id, new Execution(List.of("/usr/sbin/fence_sim"), Map.of(), input));
  }

  private void run() {
    world.runUntil(world.now() + 5 * Time.SECONDS);
  }

  @Test
  void startMonitorStopAreTheTruth() {
    call(1, "monitor");
    run();
    call(2, "start");
    run();
    assertThat(truth.runningOn("vip")).containsExactly(1);
    call(3, "monitor");
    run();
    call(4, "stop");
    run();
    assertThat(truth.runningOn("vip")).isEmpty();
    assertThat(ended).containsExactly("1 7", "2 0", "3 0", "4 0");
  }

  @Test
  void aFailingAgentDoesNothing() {
    host.habits(FAILING);
    call(1, "start");
    run();
    assertThat(truth.runningOn("vip")).isEmpty();
    assertThat(ended).containsExactly("1 1");
  }

  @Test
  void aHalfStartRunsAndSaysItDoesNot() {
    host.habits(HALF);
    call(1, "start");
    run();
    assertThat(truth.runningOn("vip")).containsExactly(1);
    assertThat(ended).containsExactly("1 1");
  }

  @Test
  void aHangingStopLeavesItRunningUntilAndAfterTheKill() {
    call(1, "start");
    run();
    host.habits(HANGING);
    call(2, "stop");
    run();
    assertThat(ended).containsExactly("1 0");
    processes.kill(2);
    run();
    assertThat(ended).containsExactly("1 0", "2 137");
    assertThat(truth.runningOn("vip")).containsExactly(1);
  }

  @Test
  void agentsOutliveTheDaemonButNotThePower() {
    call(1, "start");
    daemonLives = false;
    run();
    assertThat(truth.runningOn("vip")).containsExactly(1);
    call(2, "stop");
    host.powerLost();
    run();
    assertThat(ended).containsExactly("1 0");
    assertThat(truth.runningOn("vip")).containsExactly(1);
  }

  @Test
  void fenceAgentsReadTheirOptionsFromStandardInput() {
    fence(1, "action=reboot\nnodename=n2\nport=n3\n");
    fence(2, "action=status\nplug=n2\n");
    fence(3, "action=off\nport=n9\n");
    run();
    assertThat(switched).containsExactly("off 3", "on 3");
    assertThat(ended).containsExactlyInAnyOrder("1 0", "2 0", "3 1");
  }

  @Test
  void anUnknownProgramCannotBeStarted() {
    processes.start(1, new Execution(List.of("/bin/true"), Map.of(), null));
    run();
    assertThat(ended).containsExactly("1 -1");
  }
}
