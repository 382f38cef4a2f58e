package org.ringward.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;

/** The fence agent and the power switch it talks to, over their real pipes. */
class PowerSwitchTest {
  private Workspace workspace;
  private final RackOfTwo rack = new RackOfTwo();
  private PowerSwitch powerSwitch;

  @BeforeEach
  void plugIn() {
    workspace = Workspace.create();
    Path directory = workspace.path("switch");
    powerSwitch = new PowerSwitch(rack, directory, new EventLog(workspace.path("events.log")));
  }

  @AfterEach
  void unplug() {
    powerSwitch.close();
    workspace.close();
  }

  private Programs.Ended agent(String... parameters) {
    String input = String.join("\\n", parameters) + "\\nswitch=" + workspace.path("switch");
    return Programs.run(
        List.of(
            "sh",
            "-c",
            "printf '" + input + "\\n' | " + workspace.path("fence/fence_ringward_demo")),
        10);
  }

  @Test
  void rebootSwitchesOffAndSaysSo() {
    assertThat(agent("action=reboot", "nodename=n1", "plug=n1").exitCode()).isZero();
    assertThat(rack.off).containsExactly("n1");
    assertThat(agent("action=status", "plug=n1").exitCode()).isEqualTo(2);
    assertThat(agent("action=status", "plug=n2").exitCode()).isZero();
    assertThat(agent("action=on", "nodename=n1").exitCode()).isZero();
    assertThat(rack.off).isEmpty();
  }

  @Test
  void listsItsMachines() {
    assertThat(agent("action=list").output()).isEqualTo("n1,\nn2,");
    assertThat(agent("action=list-status").output()).isEqualTo("n1,,ON\nn2,,ON");
    assertThat(agent("action=monitor").exitCode()).isZero();
  }

  @Test
  void aMachineThatCannotBeSwitchedOffIsAFailureWithItsReason() {
    rack.stuck = true;
    Programs.Ended ended = agent("action=off", "plug=n1");
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.output()).contains("n1 is stuck");
    assertThat(agent("action=off", "plug=n9").output()).contains("there is no machine n9");
  }

  @Test
  void wrongUseIsAFailureWithASentence() {
    assertThat(agent("action=explode", "plug=n1").output()).contains("unknown action explode");
    assertThat(agent("action=off").output()).contains("needs the name of a machine");
    assertThat(agent("# a comment", "", "unknown=ignored", "action=monitor").exitCode()).isZero();
  }

  @Test
  void metadataNamesThePlugAndTheActions() {
    String metadata = agent("action=metadata").output();
    assertThat(metadata)
        .startsWith("<?xml")
        .contains("<parameter name=\"plug\"", "<action name=\"reboot\"/>");
  }

  @Test
  void withoutADemoItSaysSo() {
    Programs.Ended ended =
        Programs.run(
            List.of(
                workspace.path("fence/fence_ringward_demo").toString(),
                "--action=off",
                "--plug=n1",
                "--switch=/nonexistent"),
            10);
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.output()).contains("no demo with a power switch at /nonexistent");
  }

  /** Two machines of which only the power exists. */
  private static final class RackOfTwo implements Lab {
    private final List<String> off = new ArrayList<>();
    private boolean stuck;

    @Override
    public List<String> nodes() {
      return List.of("n1", "n2");
    }

    @Override
    public void powerOn(String node) {
      off.remove(node);
    }

    @Override
    public void powerOff(String node) {
      if (stuck) {
        throw new OperatorException(ExitCode.TIMEOUT, node + " is stuck");
      }
      off.add(node);
    }

    @Override
    public boolean powered(String node) {
      return !off.contains(node);
    }

    @Override
    public void jam(String node) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String description() {
      return "a rack";
    }

    @Override
    public ServiceAddress service() {
      throw new UnsupportedOperationException();
    }

    @Override
    public String configuration() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void up() {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<String> regions() {
      return List.of();
    }

    @Override
    public void cutRegion(String region, String node) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void mendRegion(String region, String node) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void mend(String node) {}

    @Override
    public void cut(String node) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void startDaemon(String node) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long daemon(String node) {
      return 0;
    }

    @Override
    public Path daemonLog(String node) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<Long> webServers(String node) {
      return List.of();
    }

    @Override
    public Activity activity(String node) {
      return Activity.NONE;
    }

    @Override
    public Path socket(String node) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String page(String node) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Path pageToken(String node) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<String> atClient(List<String> command) {
      return command;
    }

    @Override
    public void close() {
      off.clear();
    }
  }
}
