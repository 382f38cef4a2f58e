package org.ringward.sim.device;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.ringward.sim.world.Chance;
import org.ringward.sim.world.Time;
import org.ringward.sim.world.Violation;
import org.ringward.sim.world.World;

/**
 * The machine outside of the cluster on which the program of a quorum device runs: power, a clock
 * that drifts, a file on a disk, and the loop that turns the program. It may be slow, stand still,
 * be killed, and lose its file; a write that is under way when it dies is on the disk or is not.
 */
public final class DeviceHost {
  private static final long MILLION = 1_000_000;
  private static final long USUAL_SLOWNESS = 200 * Time.MICROS;
  private static final int LARGEST_DRIFT = 2000;

  /** Turns in a row with a deadline that is over: the loop spins. */
  private static final int SPINNING_TURNS = 2000;

  private final World world;
  private final Chance chance;
  private final DeviceLines lines;
  private final DeviceProgram.Software software;
  private final long driftMillionths;
  private final Queue<Consumer<DeviceProgram>> inbox = new ArrayDeque<>();
  private long origin;
  private @Nullable DeviceProgram program;
  private boolean powered;
  private int life;
  private long pausedUntil;
  private long slowness = USUAL_SLOWNESS;
  private long wakeAt = Time.NEVER;
  private int idleTurns;
  private byte @Nullable [] file;
  private byte @Nullable [] writing;
  private boolean diskFails;
  private boolean diesWriting;

  /** Hears whether a write is durable. */
  public interface Written {
    void written(@Nullable String error);
  }

  /**
   * A host without power.
   *
   * @param chance its own, apart from what the rest of the world draws
   * @param machineHasPower of each machine of the cluster
   */
  public DeviceHost(
      World world,
      int machines,
      Chance chance,
      IntPredicate machineHasPower,
      DeviceProgram.Software software) {
    this.world = world;
    this.chance = chance;
    this.software = software;
    this.driftMillionths = chance.between(-LARGEST_DRIFT, LARGEST_DRIFT);
    this.lines = new DeviceLines(world, machines, chance.fork("lines"), machineHasPower, this);
  }

  /** The ways to it. */
  public DeviceLines lines() {
    return lines;
  }

  // ---- power and life ----

  /** Power comes, and the program starts soon; nothing happens when it is on. */
  public void powerOn() {
    if (!powered) {
      powered = true;
      origin = chance.between(0, 1_000_000) * Time.SECONDS - world.now();
      lines.hostIsBack();
      startLater(chance.between(Time.SECONDS / 5, 2 * Time.SECONDS));
    }
  }

  /** Power goes at once. */
  public void powerOff() {
    if (powered) {
      powered = false;
      die(true);
    }
  }

  /** The program is killed; it stays so until somebody starts it. */
  public void kill() {
    if (program != null) {
      die(false);
    }
  }

  /** The program starts, unless it runs or there is no power. */
  public void start() {
    if (!powered || program != null) {
      return;
    }
    life++;
    tell("starts");
    guarded(() -> program = software.start(this, now()));
    turn();
  }

  private void startLater(long delay) {
    int of = life;
    world.after(
        delay,
        0,
        () -> {
          if (of == life) {
            start();
          }
        });
  }

  private void die(boolean withPower) {
    life++;
    program = null;
    inbox.clear();
    pausedUntil = 0;
    wakeAt = Time.NEVER;
    if (writing != null && chance.oneIn(2)) {
      file = writing;
    }
    writing = null;
    tell(withPower ? "loses power" : "is killed");
    lines.hostDied(withPower);
  }

  boolean isPowered() {
    return powered;
  }

  boolean listens() {
    return program != null;
  }

  /** Whether the program runs and is not stopped. */
  public boolean works() {
    return program != null && pausedUntil <= world.now();
  }

  // ---- faults ----

  /** The program gets no turns for a while; inputs wait. */
  public void pause(long nanos) {
    if (program != null) {
      pausedUntil = Math.max(pausedUntil, world.now() + nanos);
      world.at(pausedUntil, 0, this::work);
    }
  }

  /** How long it needs for an input at most, in nanoseconds. */
  public void slowness(long nanos) {
    slowness = nanos;
  }

  /** Writes fail; whether they have replaced the file nobody knows. */
  public void diskFails(boolean does) {
    diskFails = does;
  }

  /** It often loses power while it writes. */
  public void diesWriting(boolean does) {
    diesWriting = does;
  }

  /** It is dead, and comes back without its file. */
  public void loseFile() {
    file = null;
  }

  /** The same with a damaged one. */
  public void damageFile() {
    byte[] damaged = file;
    if (damaged != null) {
      byte[] copy = damaged.clone();
      copy[(int) chance.below(copy.length)] ^= (byte) (1 << chance.below(8));
      file = copy;
    }
  }

  /** Everything works again. */
  public void mend() {
    diskFails = false;
    diesWriting = false;
    slowness = USUAL_SLOWNESS;
    pausedUntil = 0;
    lines.mend();
    work();
    powerOn();
    start();
  }

  // ---- what the program needs ----

  /** Nanoseconds of its own clock, which begins anew with each loss of power. */
  public long now() {
    return origin + world.now() + world.now() * driftMillionths / MILLION;
  }

  /** Sends bytes to a machine. */
  public void send(long session, byte[] bytes) {
    world.trace().fold(bytes, 0, bytes.length);
    lines.send(session, bytes);
  }

  /** Closes a connection. */
  public void close(long session) {
    lines.close(session);
  }

  /** What was written last, null for nothing. */
  public byte @Nullable [] file() {
    return file;
  }

  /** Replaces the file. */
  public void write(byte[] content, Written ends) {
    writing = content;
    boolean fails = diskFails && chance.below(4) > 0;
    int of = life;
    if (diesWriting && chance.oneIn(3)) {
      world.after(
          chance.between(0, 60 * Time.MILLIS),
          0,
          () -> {
            if (of == life) {
              powerOff();
              powerOn();
            }
          });
    }
    world.after(
        chance.between(0, 30 * Time.MILLIS),
        0,
        () -> {
          if (of != life) {
            return;
          }
          if (!fails || chance.oneIn(2)) {
            file = content;
          }
          writing = null;
          input(_ -> ends.written(fails ? "no space left on device" : null));
        });
  }

  void tell(String what) {
    if (world.trace().told()) {
      world.tell(0, "* the quorum device " + what);
    }
  }

  // ---- the loop ----

  void accepted(long session, int machine) {
    input(to -> to.accepted(session, machine, now()));
  }

  void secured(long session) {
    input(to -> to.secured(session, now()));
  }

  void received(long session, byte[] bytes) {
    input(to -> to.received(session, bytes, now()));
  }

  void ended(long session) {
    input(to -> to.ended(session, now()));
  }

  private void input(Consumer<DeviceProgram> what) {
    if (program != null) {
      inbox.add(what);
      int of = life;
      world.after(
          chance.between(slowness / 4, slowness),
          0,
          () -> {
            if (of == life) {
              work();
            }
          });
    }
  }

  private void work() {
    while (program != null && pausedUntil <= world.now() && !inbox.isEmpty()) {
      Consumer<DeviceProgram> next = inbox.remove();
      DeviceProgram to = program;
      guarded(() -> next.accept(to));
    }
    turn();
  }

  private void turn() {
    DeviceProgram current = program;
    if (current == null || pausedUntil > world.now()) {
      return;
    }
    guarded(() -> current.turn(now()));
    long deadline = current.nextDeadline();
    if (deadline == Long.MAX_VALUE) {
      return;
    }
    idleTurns = deadline <= now() ? idleTurns + 1 : 0;
    if (idleTurns > SPINNING_TURNS) {
      throw new Violation("quorum device", "it spins: its deadline is always over");
    }
    wake(deadline);
  }

  private void wake(long deadline) {
    long ahead = Math.max(chance.between(slowness / 4, slowness), deadline - now());
    long at = world.now() + ahead + ahead * LARGEST_DRIFT / MILLION + 1;
    if (at < wakeAt) {
      wakeAt = at;
      world.at(
          at,
          0,
          () -> {
            if (wakeAt == at) {
              wakeAt = Time.NEVER;
              turn();
            }
          });
    }
  }

  private static void guarded(Runnable step) {
    try {
      step.run();
    } catch (Violation violation) {
      throw violation;
    } catch (RuntimeException | StackOverflowError broken) {
      throw new Violation("quorum device", "it broke: " + broken, broken);
    }
  }
}
