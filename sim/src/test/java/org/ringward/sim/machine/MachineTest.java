package org.ringward.sim.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ringward.sim.world.Time;
import org.ringward.sim.world.Trace;
import org.ringward.sim.world.Violation;
import org.ringward.sim.world.World;

class MachineTest {
  private final World world = new World(2, new Trace(null));
  private final List<String> heard = new ArrayList<>();
  private final Cluster cluster = new Cluster(world, 2, (machine, life) -> new Toy(machine, life));
  private long period = 10 * Time.MILLIS;
  private boolean breaks;

  /** Says hello to the other machine once in a period. */
  private final class Toy implements Program {
    private final Machine machine;
    private final int life;
    private long next;

    Toy(Machine machine, int life) {
      this.machine = machine;
      this.life = life;
    }

    @Override
    public void start(long nowNanos, long wallMillis) {
      next = nowNanos + period;
    }

    @Override
    public void received(
        int link, int fromNode, byte[] datagram, int offset, int length, long nowNanos) {
      heard.add(machine.name() + " from " + datagram[offset]);
    }

    @Override
    public void turn(long nowNanos, long wallMillis) {
      if (breaks) {
        throw new IllegalStateException("a defect");
      }
      if (nowNanos >= next) {
        machine.lan().send(machine.id(), 3 - machine.id(), new byte[] {(byte) life}, 0, 1);
        next = nowNanos + period;
      }
    }

    @Override
    public long nextDeadline() {
      return next;
    }
  }

  private void run(long nanos) {
    world.runUntil(world.now() + nanos);
  }

  private void startAll() {
    cluster.powerOnAll();
    run(5 * Time.SECONDS);
    assertThat(cluster.allAlive()).isTrue();
    heard.clear();
  }

  @Test
  void turnsComeAtTheirDeadlines() {
    startAll();
    run(Time.SECONDS);
    assertThat(heard.size()).isBetween(190, 201);
  }

  @Test
  void aPausedDaemonHearsEverythingLater() {
    startAll();
    cluster.machine(1).pause(200 * Time.MILLIS);
    run(190 * Time.MILLIS);
    assertThat(heard).allMatch(text -> text.startsWith("n2"));
    run(20 * Time.MILLIS);
    assertThat(heard.stream().filter(text -> text.startsWith("n1")).count()).isGreaterThan(15);
  }

  @Test
  void powerOffEndsEverythingAtOnce() {
    cluster.machine(1).restartsDaemon(false);
    startAll();
    cluster.truth().up(1, "vip");
    cluster.machine(1).powerOff();
    assertThat(cluster.truth().runningOn("vip")).isEmpty();
    run(100 * Time.MILLIS);
    heard.clear();
    run(Time.SECONDS);
    assertThat(heard).isEmpty();
  }

  @Test
  void aKilledDaemonComesBackInANewLifeAndItsServicesRunOn() {
    startAll();
    cluster.truth().up(1, "vip");
    cluster.machine(1).killDaemon();
    assertThat(cluster.machine(1).program()).isNull();
    assertThat(cluster.truth().runningOn("vip")).containsExactly(1);
    run(5 * Time.SECONDS);
    assertThat(heard.getLast()).isIn("n2 from 3", "n1 from 1");
    assertThat(cluster.allAlive()).isTrue();
  }

  @Test
  void whatADaemonThrowsEndsTheRun() {
    startAll();
    breaks = true;
    assertThatThrownBy(() -> run(Time.SECONDS))
        .isInstanceOf(Violation.class)
        .hasMessageContaining(" broke: ")
        .hasMessageContaining("a defect");
  }

  @Test
  void aLoopThatSpinsEndsTheRun() {
    period = 0;
    cluster.powerOnAll();
    assertThatThrownBy(() -> run(5 * Time.SECONDS))
        .isInstanceOf(Violation.class)
        .hasMessageContaining("spins");
  }
}
