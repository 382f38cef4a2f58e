package org.ringward.sim.power;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.ringward.sim.world.Time;
import org.ringward.sim.world.Trace;
import org.ringward.sim.world.World;

class PowerSwitchTest {
  private int cuts;
  private final World world = new World(1, new Trace(null));
  private final PowerSwitch powerSwitch =
      new PowerSwitch(
          world,
          new PowerSwitch.Outlets() {
            @Override
            public int count() {
              return 2;
            }

            @Override
            public boolean isOn(int node) {
              return cuts == 0;
            }

            @Override
            public void off(int node) {
              cuts++;
            }

            @Override
            public void on(int node) {}
          });

  private int call(String action) {
    return call(PowerSwitch.HONEST, action);
  }

  private int call(String agent, String action) {
    PowerSwitch.Answer answer = powerSwitch.ask(1, agent, action, "n2");
    Runnable work = answer.work();
    if (work != null) {
      work.run();
    }
    return answer.result().exitCode();
  }

  @Test
  void offIsSuccessOnlyWhenItIsDone() {
    assertThat(call("status")).isZero();
    assertThat(call("off")).isZero();
    assertThat(cuts).isEqualTo(1);
    assertThat(call("status")).isEqualTo(2);
  }

  @Test
  void aFailingDeviceDoesNothing() {
    powerSwitch.habits(new PowerSwitch.Habits(1, 2, 3, 1_000_000, 0, 0, 0));
    assertThat(call("off")).isEqualTo(1);
    assertThat(cuts).isZero();
  }

  @Test
  void aDeviceMaySayThatItFailedThoughItDidIt() {
    powerSwitch.habits(new PowerSwitch.Habits(1, 2, 3, 0, 1_000_000, 0, 0));
    assertThat(call("reboot")).isEqualTo(1);
    assertThat(cuts).isEqualTo(1);
  }

  @Test
  void aHangingDeviceNeverAnswers() {
    powerSwitch.habits(new PowerSwitch.Habits(1, 2, 3, 0, 0, 1_000_000, 0));
    assertThat(powerSwitch.ask(1, PowerSwitch.HONEST, "off", "n2").exitAfter())
        .isEqualTo(Time.NEVER);
  }

  @Test
  void metadataNamesThePort() {
    assertThat(powerSwitch.ask(1, PowerSwitch.HONEST, "metadata", null).result().output())
        .contains("<parameter name=\"port\"");
    assertThat(powerSwitch.number("n2")).isEqualTo(2);
    assertThat(powerSwitch.number("n3")).isZero();
    assertThat(powerSwitch.number("other")).isZero();
  }

  @Test
  void badDevicesProveNothing() {
    assertThat(call(PowerSwitch.LIAR, "off")).isZero();
    assertThat(call(PowerSwitch.LATE, "reboot")).isZero();
    assertThat(call(PowerSwitch.DEAD, "off")).isEqualTo(1);
    assertThat(cuts).isZero();
    world.runUntil(6 * Time.SECONDS);
    assertThat(cuts).as("the late one").isEqualTo(1);
  }
}
