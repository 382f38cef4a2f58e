package org.ringward.sim.machine;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.port.ProcessResult;
import org.ringward.core.port.Sectors;
import org.ringward.core.port.Streams;
import org.ringward.sim.agents.AgentHost;
import org.ringward.sim.agents.Truth;
import org.ringward.sim.device.DeviceLines;
import org.ringward.sim.disk.Disk;
import org.ringward.sim.medium.HeartbeatMedia;
import org.ringward.sim.medium.Lan;
import org.ringward.sim.medium.QuorumPlatter;
import org.ringward.sim.power.PowerSwitch;
import org.ringward.sim.power.SimulatedWatchdog;
import org.ringward.sim.world.Chance;
import org.ringward.sim.world.Time;
import org.ringward.sim.world.Violation;
import org.ringward.sim.world.World;

/**
 * A machine of the cluster: power, clocks, disk, agents, and the loop that turns the daemon as the
 * real one does: all inputs that are there, one turn, sleep until an input or the deadline.
 */
public final class Machine {
  /** Datagrams a socket holds while nobody reads it; more are lost. */
  private static final int SOCKET_DATAGRAMS = 256;

  /** Turns in a row without an input and with a deadline that is over: the loop spins. */
  private static final int SPINNING_TURNS = 2000;

  private final World world;
  private final int id;
  private final Lan lan;
  private final HeartbeatMedia media;
  private final Disk disk;
  private final AgentHost agents;
  private final Truth truth;
  private final Programs programs;
  private final SimulatedWatchdog watchdog;
  private final Chance chance;
  private MachineClock clock;
  private final Queue<Runnable> inbox = new ArrayDeque<>();
  private int waitingDatagrams;
  private @Nullable Program program;
  private boolean powered;
  private int life;
  private int powerCycle;
  private long pausedUntil;
  private long wakeAt = Time.NEVER;
  private long wakeNumber;
  private long slownessNanos = 100 * Time.MICROS;
  private int idleTurns;
  private boolean exitWanted;
  private boolean exitOrderly;
  private long bootLow = Time.SECONDS;
  private long bootHigh = 3 * Time.SECONDS;
  private boolean restartsDaemon = true;
  private boolean heldDark;
  private @Nullable NodeSettings configuration;
  private @Nullable QuorumPlatter quorumDisk;
  private @Nullable DeviceLines deviceLines;

  /** Makes the daemon of a machine's new life. */
  public interface Programs {
    Program create(Machine machine, int life);
  }

  public Machine(
      World world,
      int id,
      Lan lan,
      HeartbeatMedia media,
      Truth truth,
      PowerSwitch powerSwitch,
      Programs programs) {
    this.world = world;
    this.id = id;
    this.lan = lan;
    this.media = media;
    this.truth = truth;
    this.programs = programs;
    this.disk = new Disk(world, id);
    this.agents =
        new AgentHost(
            world,
            id,
            truth,
            powerSwitch,
            other -> lan.connects(id, other) && powerSwitch.feeds(other));
    agents.heuristics().pings(host -> lan.pingHosts().reaches(id, host));
    this.chance = world.fork("machine" + id);
    this.clock = new MachineClock(chance);
    this.watchdog =
        new SimulatedWatchdog(
            world, new Chance(id), this::watchdogBites, () -> clock.monotonic(world.now()));
  }

  public int id() {
    return id;
  }

  public String name() {
    return "n" + id;
  }

  public Disk disk() {
    return disk;
  }

  public SimulatedWatchdog watchdog() {
    return watchdog;
  }

  public AgentHost agents() {
    return agents;
  }

  public MachineClock clock() {
    return clock;
  }

  public Lan lan() {
    return lan;
  }

  /** What carries heartbeats. */
  public HeartbeatMedia media() {
    return media;
  }

  /** The disk that all machines share. */
  void quorumDisk(QuorumPlatter shared) {
    quorumDisk = shared;
  }

  /** The quorum disk for one life of the daemon, none for a machine that has no such disk. */
  Sectors quorumSectors(int ofLife, QuorumPlatter.Ends ends) {
    QuorumPlatter shared = quorumDisk;
    return shared == null ? Sectors.NONE : shared.port(id, () -> isAlive(ofLife), ends);
  }

  /** The ways to a quorum device outside of the cluster. */
  void deviceLines(DeviceLines ways) {
    deviceLines = ways;
  }

  /** Connections of one life of the daemon with the quorum device, none where there is none. */
  Streams deviceStreams(DeviceLines.Near near) {
    DeviceLines ways = deviceLines;
    return ways == null ? Streams.NONE : ways.streams(id, near);
  }

  public World world() {
    return world;
  }

  /** The chance of this machine, for what its daemon draws. */
  public Chance chance() {
    return chance;
  }

  /** What the file of the daemon's settings says from now on; it reads it when it is told to. */
  public void configuration(NodeSettings changed) {
    configuration = changed;
  }

  /** What the file of the daemon's settings says, null while nobody has changed it. */
  public @Nullable NodeSettings configuration() {
    return configuration;
  }

  public boolean isPowered() {
    return powered;
  }

  /** The daemon's current life, null when none runs. */
  public @Nullable Program program() {
    return program;
  }

  public boolean isPaused() {
    return pausedUntil > world.now();
  }

  /** When the daemon's last pause was or will be over, 0 when there was none in its life. */
  public long lastPauseUntil() {
    return pausedUntil;
  }

  /** How long the loop needs from an input to its turn at most, in nanoseconds. */
  public void slowness(long nanos) {
    this.slownessNanos = nanos;
  }

  /** Whether the daemon is started again when it dies, as systemd does. */
  public void restartsDaemon(boolean restarts) {
    this.restartsDaemon = restarts;
  }

  /** How long a machine needs from power to a running daemon. */
  public void bootTime(long low, long high) {
    this.bootLow = low;
    this.bootHigh = high;
  }

  /** A person stands before it and lets nobody switch it on. */
  public void holdDark(boolean held) {
    this.heldDark = held;
  }

  // --- power and life

  /** Power comes on; the daemon follows after the boot time. Nothing happens when it is on. */
  public void powerOn() {
    if (powered || heldDark) {
      return;
    }
    powered = true;
    int cycle = ++powerCycle;
    clock = new MachineClock(chance);
    if (world.trace().told()) {
      world.tell(id, "* power on");
    }
    world.observers().forEach(observer -> observer.poweredOn(id));
    startLater(cycle, chance.between(bootLow, bootHigh));
  }

  /** Power goes off at once: no process survives, nothing runs on. */
  public void powerOff() {
    if (!powered) {
      return;
    }
    powered = false;
    powerCycle++;
    if (world.trace().told()) {
      world.tell(id, "* power off");
    }
    agents.powerLost();
    watchdog.powerLost();
    endLife(false);
    truth.allDown(id);
    world.observers().forEach(observer -> observer.poweredOff(id));
  }

  /** The watchdog resets the machine: nothing survives, and it boots again. */
  private void watchdogBites() {
    if (world.trace().told()) {
      world.tell(id, "* the watchdog bites");
    }
    powerOff();
    powerOn();
  }

  /** Starts the daemon now if the machine has power and none runs. */
  public void startDaemon() {
    if (!powered || program != null) {
      return;
    }
    life++;
    pausedUntil = 0;
    idleTurns = 0;
    if (world.trace().told()) {
      world.tell(id, "* daemon starts, life " + life);
    }
    agents.killLeftovers();
    guarded(() -> {
      Program created = programs.create(this, life);
      program = created;
      world.observers().forEach(observer -> observer.daemonStarted(id));
      created.start(clock.monotonic(world.now()), clock.wallMillis(world.now()));
    });
    settleAfterInput();
  }

  /** The daemon is killed (SIGKILL); agents and services run on. */
  public void killDaemon() {
    if (program != null) {
      if (world.trace().told()) {
        world.tell(id, "* daemon killed");
      }
      endLife(false);
      restart();
    }
  }

  /** The daemon gets no turns for a while (SIGSTOP); inputs wait. */
  public void pause(long nanos) {
    if (program == null) {
      return;
    }
    pausedUntil = Math.max(pausedUntil, world.now() + nanos);
    if (world.trace().told()) {
      world.tell(id, "* paused until " + Time.text(pausedUntil));
    }
    world.observers().forEach(observer -> observer.paused(id));
    int thisLife = life;
    world.at(pausedUntil, id, () -> resume(thisLife));
  }

  /** Ends a pause now. */
  public void unpause() {
    if (isPaused()) {
      pausedUntil = world.now();
      resume(life);
    }
  }

  private void resume(int ofLife) {
    if (life != ofLife || isPaused()) {
      return;
    }
    waitingDatagrams = 0;
    while (!inbox.isEmpty() && program != null) {
      guarded(inbox.remove());
    }
    settleAfterInput();
  }

  private void restart() {
    if (restartsDaemon && powered) {
      startLater(powerCycle, chance.between(300 * Time.MILLIS, 3 * Time.SECONDS));
    }
  }

  private void startLater(int cycle, long delay) {
    world.after(
        delay,
        id,
        () -> {
          if (powerCycle == cycle) {
            startDaemon();
          }
        });
  }

  private void endLife(boolean orderly) {
    if (program == null) {
      return;
    }
    program = null;
    life++;
    watchdog.daemonDied();
    inbox.clear();
    waitingDatagrams = 0;
    wakeAt = Time.NEVER;
    wakeNumber++;
    disk.writerDied();
    world.observers().forEach(observer -> observer.daemonEnded(id, orderly));
  }

  // --- inputs

  /** A datagram arrives on a link from a node, or from 0 for nobody known. */
  public void arrived(int link, int fromNode, byte[] datagram) {
    Program current = program;
    if (current == null) {
      return;
    }
    if (isPaused() && ++waitingDatagrams > SOCKET_DATAGRAMS) {
      return;
    }
    input(
        life,
        () ->
            current.received(
                link, fromNode, datagram, 0, datagram.length, clock.monotonic(world.now())));
  }

  /** Something arrives on a heartbeat region. */
  public void heartbeat(int region, int path, byte[] bytes) {
    Program current = program;
    if (current != null && !(isPaused() && ++waitingDatagrams > SOCKET_DATAGRAMS)) {
      input(life, () -> current.heartbeat(region, path, bytes, clock.monotonic(world.now())));
    }
  }

  /** An operator asks; false when no daemon listens. */
  public boolean ask(long requestId, AdminRequest request) {
    Program current = program;
    if (current == null) {
      return false;
    }
    world.trace().fold(requestId);
    return input(life, () -> current.asked(requestId, request));
  }

  /** The operator does not wait any longer. */
  public void askerGone(long requestId) {
    Program current = program;
    if (current != null) {
      input(life, () -> current.askerGone(requestId));
    }
  }

  /** Gives an input to a life of the daemon; false when that life is over. */
  public boolean input(int toLife, Runnable input) {
    if (life != toLife || program == null) {
      return false;
    }
    if (isPaused()) {
      inbox.add(input);
      return true;
    }
    idleTurns = 0;
    guarded(input);
    settleAfterInput();
    return true;
  }

  /** Gives an input to the daemon that lives now, if one does. */
  public void inputNow(Runnable input) {
    input(life, input);
  }

  /** Whether that life of the daemon is the current one. */
  public boolean isAlive(int ofLife) {
    return life == ofLife && program != null;
  }

  /** What a life of the daemon is to the programs it starts. */
  AgentHost.Parent parent(int ofLife) {
    return new AgentHost.Parent() {
      @Override
      public boolean isAlive() {
        return Machine.this.isAlive(ofLife);
      }

      @Override
      public void ended(long processId, ProcessResult result) {
        Program current = program;
        if (current != null) {
          input(ofLife, () -> current.processEnded(processId, result));
        }
      }
    };
  }

  /** The daemon ends its own life after this turn (port.Power). */
  public void exit(int ofLife, boolean orderly, String reason) {
    if (life == ofLife) {
      exitWanted = true;
      exitOrderly = orderly;
      world.trace().fold(reason);
      if (world.trace().told()) {
        world.tell(id, "* daemon exits " + (orderly ? "orderly: " : "at once: ") + reason);
      }
    }
  }

  // --- the loop

  private void settleAfterInput() {
    if (program != null) {
      wake(world.now() + chance.between(slownessNanos / 4, slownessNanos));
    }
  }

  private void wake(long time) {
    if (time >= wakeAt) {
      return;
    }
    wakeAt = time;
    long number = ++wakeNumber;
    world.at(
        time,
        id,
        () -> {
          if (number == wakeNumber) {
            wakeAt = Time.NEVER;
            turn();
          }
        });
  }

  private void turn() {
    Program current = program;
    if (current == null) {
      return;
    }
    if (isPaused()) {
      return; // resume() comes back here
    }
    int thisLife = life;
    long now = clock.monotonic(world.now());
    guarded(() -> current.turn(now, clock.wallMillis(world.now())));
    if (life != thisLife) {
      return;
    }
    world.observers().forEach(observer -> observer.turned(id));
    long deadline = current.nextDeadline();
    if (deadline <= now) {
      if (++idleTurns > SPINNING_TURNS) {
        throw new Violation("loop", name() + " spins: its deadline is always over");
      }
      wake(world.now() + chance.between(slownessNanos / 4, slownessNanos));
    } else if (deadline != Time.NEVER) {
      idleTurns = 0;
      wake(clock.worldTime(deadline) + chance.below(slownessNanos));
    }
  }

  /** Runs a step of the daemon; what it throws ends the run, because a daemon must not throw. */
  private void guarded(Runnable step) {
    try {
      step.run();
    } catch (Violation violation) {
      throw violation;
    } catch (Disk.DiskFailure failure) {
      exit(life, false, String.valueOf(failure.getMessage()));
    } catch (RuntimeException | StackOverflowError broken) {
      throw new Violation("daemon", name() + " broke: " + broken, broken);
    }
    if (exitWanted) {
      exitWanted = false;
      boolean orderly = exitOrderly;
      endLife(orderly);
      if (!orderly) {
        restart();
      }
    }
  }

  /** Makes port.Operators of a life out of somebody who waits for answers. */
  public interface Answers {
    void answered(int atNode, long requestId, AdminReply reply);
  }
}
