package org.ringward.sim.agents;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.ringward.core.port.Execution;
import org.ringward.core.port.ProcessResult;
import org.ringward.core.port.Processes;
import org.ringward.sim.power.Fabric;
import org.ringward.sim.power.PowerSwitch;
import org.ringward.sim.world.Chance;
import org.ringward.sim.world.Observer;
import org.ringward.sim.world.Time;
import org.ringward.sim.world.World;

/**
 * The programs that run on one machine: each a small model with a moment at which its work takes
 * effect and a moment at which it ends. Programs outlive the daemon that started them, not the
 * power.
 */
public final class AgentHost {
  /** The agent whose migrate_to does all of the migration. */
  public static final String GUEST = "Guest";

  private static final int KILLED = 128 + 9;
  private static final int NOT_RUNNING = 7;
  private static final int PROMOTED = 8;
  private static final String OCF_METADATA =
      "<?xml version=\"1.0\"?><resource-agent name=\"Dummy\" version=\"1.0\"><version>1.1</version>"
          + "<parameters/><actions><action name=\"start\" timeout=\"20s\"/>"
          + "<action name=\"stop\" timeout=\"20s\"/>"
          + "<action name=\"monitor\" timeout=\"20s\" interval=\"10s\"/>"
          + "</actions></resource-agent>";

  private final World world;
  private final int node;
  private final Truth truth;
  private final PowerSwitch powerSwitch;
  private final IntPredicate reaches;
  private final Chance chance;
  private final List<Running> running = new ArrayList<>();
  private final HeuristicPrograms heuristics;
  private Habits habits = Habits.GOOD;
  private boolean stopsLie;
  private Map<String, Long> took = Map.of();

  /** How long the program takes that is about to be called, 0 when only its habits tell. */
  private long known;

  /** The life of a daemon that starts programs. */
  public interface Parent {
    /** Whether it lives to learn how its programs end. */
    boolean isAlive();

    /** A program has ended. */
    void ended(long processId, ProcessResult result);
  }

  private static final class Running {
    final long processId;
    final Call call;
    final Parent parent;
    boolean hangs;
    boolean over;

    Running(long processId, Call call, Parent parent) {
      this.processId = processId;
      this.call = call;
      this.parent = parent;
    }
  }

  /**
   * What a program will do: work takes effect after a delay, then it ends.
   *
   * @param work null for none
   * @param exitAfter {@link Time#NEVER} when it hangs
   */
  private record Course(long workAfter, @Nullable Runnable work, long exitAfter, Exit exit) {}

  /** Looks at the world at the end of a program. */
  private interface Exit {
    ProcessResult result();
  }

  /**
   * @param reaches whether another machine runs and can be reached from this one
   */
  public AgentHost(
      World world, int node, Truth truth, PowerSwitch powerSwitch, IntPredicate reaches) {
    this.reaches = reaches;
    this.world = world;
    this.node = node;
    this.truth = truth;
    this.powerSwitch = powerSwitch;
    this.chance = world.fork("agents" + node);
    this.heuristics = new HeuristicPrograms(node);
  }

  /** The programs that a quorum disk of this machine asks. */
  public HeuristicPrograms heuristics() {
    return heuristics;
  }

  public void habits(Habits newHabits) {
    this.habits = newHabits;
  }

  /**
   * How long operations take here, in nanoseconds, by resource and action: "web start". Others take
   * what the habits say.
   */
  public void durations(Map<String, Long> nanosByOperation) {
    this.took = nanosByOperation;
  }

  /** Bait for the checkers: a stop says it worked, and does nothing. */
  public void stopsLie(boolean doLie) {
    this.stopsLie = doLie;
  }

  /** The port of one life of a daemon. */
  public Processes processes(Parent parent) {
    return new Processes() {
      @Override
      public void start(long processId, Execution execution) {
        begin(processId, execution, parent);
      }

      @Override
      public void kill(long processId) {
        killed(processId, parent);
      }
    };
  }

  /** All programs are gone with the power; what they had not done is not done. */
  public void powerLost() {
    for (Running each : running) {
      each.over = true;
    }
    running.clear();
  }

  /** A daemon that starts kills the programs that one before it left, as the real one does. */
  public void killLeftovers() {
    for (Running each : List.copyOf(running)) {
      end(each, new ProcessResult(KILLED, "", "", null), true);
    }
  }

  /** Programs that hang come to their end; the wait is over for everybody. */
  public void releaseHanging() {
    for (Running each : List.copyOf(running)) {
      if (each.hangs) {
        world.after(
            chance.between(1, Time.SECONDS), node, () -> end(each, failed("gave up"), true));
      }
    }
  }

  /** A running service dies by itself. */
  public void crashService(String resource) {
    gone(resource);
  }

  private void gone(String resource) {
    truth.down(node, Truth.promoted(resource));
    truth.down(node, resource);
  }

  private void begin(long processId, Execution execution, Parent parent) {
    Running process = new Running(processId, Call.of(execution), parent);
    world.trace().fold(processId);
    if (world.trace().told()) {
      world.tell(node, "calls " + describe(process.call));
    }
    running.add(process);
    if (process.call instanceof Call.Ocf(String resource, String action, _, String target)) {
      for (Observer observer : world.observers()) {
        observer.agentCalled(node, resource, action);
        if (action.equals("migrate_to") && target != null) {
          observer.migrates(node, resource, powerSwitch.number(target));
        }
      }
    }
    Course course = course(process.call);
    if (course.work != null && course.workAfter != Time.NEVER) {
      Runnable work = course.work;
      world.after(
          course.workAfter,
          node,
          () -> {
            if (!process.over) {
              work.run();
            }
          });
    }
    process.hangs = course.exitAfter == Time.NEVER;
    if (!process.hangs) {
      world.after(course.exitAfter, node, () -> end(process, course.exit.result(), false));
    }
  }

  private void killed(long processId, Parent parent) {
    for (Running each : List.copyOf(running)) {
      if (each.processId == processId && each.parent.equals(parent)) {
        // A process in an uninterruptible call survives its SIGKILL for a while.
        boolean stuck = chance.inMillion(habits.hangs());
        world.after(
            chance.between(100 * Time.MICROS, stuck ? 3 * Time.SECONDS : 2 * Time.MILLIS),
            node,
            () -> end(each, new ProcessResult(KILLED, "", "", null), true));
      }
    }
  }

  private void end(Running process, ProcessResult result, boolean killed) {
    if (process.over) {
      return;
    }
    process.over = true;
    running.remove(process);
    if (world.trace().told()) {
      world.tell(node, describe(process.call) + " ends with " + result.exitCode());
    }
    boolean seen = process.parent.isAlive();
    switch (process.call) {
      case Call.Ocf(String resource, String action, _, _) -> {
        for (Observer observer : world.observers()) {
          observer.agentEnded(node, resource, action, result.exitCode(), killed, seen);
        }
      }
      case Call.Fence(String agent, String action, String target, var _)
          when Fabric.AGENT.equals(agent) -> {
        int id = target == null ? 0 : powerSwitch.number(target);
        Fabric fabric = powerSwitch.fabric();
        if (seen && proves(action, result.exitCode()) && fabric.isCut(id)) {
          world.observers().forEach(observer -> observer.accessCut(id, fabric.covered()));
        }
      }
      case Call.Fence(var _, String action, String target, var _) -> {
        if (seen && target != null && proves(action, result.exitCode())) {
          int id = powerSwitch.number(target);
          world.observers().forEach(observer -> observer.fenceReported(node, id));
        }
      }
      case Call.Heuristic _, Call.Unknown _ -> {}
    }
    process.parent.ended(process.processId, result);
  }

  /** It says that the power was cut, or is off. */
  private static boolean proves(String action, int exitCode) {
    return action.equals("status")
        ? exitCode == PowerSwitch.OFF
        : exitCode == 0 && (action.equals("off") || action.equals("reboot"));
  }

  private Course course(Call call) {
    return switch (call) {
      case Call.Ocf ocf when ocf.type().equals(GUEST) && ocf.action().equals("migrate_to") ->
          send(ocf);
      case Call.Ocf(String resource, String action, String type, _) -> ocf(resource, action, type);
      case Call.Fence fence -> fence(fence);
      case Call.Heuristic(String program) -> {
        HeuristicPrograms.End end = heuristics.run(program);
        yield new Course(0, null, end.after(), end::result);
      }
      case Call.Unknown(String program) ->
          new Course(
              0,
              null,
              100 * Time.MICROS,
              () -> new ProcessResult(-1, "", "", "no such program: " + program));
    };
  }

  private Course ocf(String resource, String action, String type) {
    known = took.getOrDefault(resource + " " + action, 0L);
    return switch (action) {
      case "start" -> work(() -> truth.up(node, resource), truth.isUp(node, resource), true);
      case "stop" -> work(() -> gone(resource), stopsLie || !truth.isUp(node, resource), false);
      case "promote" -> promote(resource);
      case "demote" ->
          work(
              () -> truth.down(node, Truth.promoted(resource)),
              !truth.isUp(node, Truth.promoted(resource)),
              false);
      // What migrates is gone here and not yet there for a moment.
      case "migrate_to" -> migrateTo(resource);
      case "migrate_from" ->
          type.equals(GUEST)
              ? received(resource)
              : work(() -> truth.up(node, resource), false, true);
      case "notify" -> says(duration(), new ProcessResult(0, "", "", null));
      case "monitor", "status" -> monitor(resource);
      case "meta-data" -> says(duration(), new ProcessResult(0, OCF_METADATA, "", null));
      case "validate-all" -> says(duration(), new ProcessResult(0, "", "", null));
      default -> says(duration(), new ProcessResult(3, "", "", null));
    };
  }

  private Course work(Runnable work, boolean needless, boolean isStart) {
    boolean exact = known > 0;
    long exitAfter = duration();
    // What is known to take long has not done its work long before it ends.
    long workAfter = exact ? exitAfter * 9 / 10 : chance.below(exitAfter);
    Exit done = () -> new ProcessResult(0, "", "", null);
    if (needless) {
      return new Course(0, null, exitAfter, done);
    }
    if (chance.inMillion(habits.failures())) {
      return new Course(0, null, exitAfter, () -> failed("it did not work"));
    }
    if (isStart && chance.inMillion(habits.halfStarts())) {
      return new Course(workAfter, work, exitAfter, () -> failed("not ready in time"));
    }
    if (chance.inMillion(habits.hangs())) {
      boolean works = isStart && chance.oneIn(2);
      return new Course(workAfter, works ? work : null, Time.NEVER, done);
    }
    return new Course(workAfter, work, exitAfter, done);
  }

  private Course promote(String resource) {
    if (!truth.isUp(node, resource)) {
      return says(duration(), failed("it is not running"));
    }
    return work(
        () -> {
          if (truth.isUp(node, resource)) {
            truth.up(node, Truth.promoted(resource));
          }
        },
        truth.isUp(node, Truth.promoted(resource)),
        false);
  }

  private Course migrateTo(String resource) {
    return truth.isUp(node, resource)
        ? work(() -> truth.down(node, resource), false, false)
        : says(duration(), failed("it is not running"));
  }

  /** As virtual machines move: when migrate_to ends, the whole of it is at the target. */
  private Course send(Call.Ocf call) {
    String resource = call.resource();
    int target = powerSwitch.number(Objects.requireNonNullElse(call.target(), ""));
    if (!truth.isUp(node, resource)) {
      return says(duration(), failed("it is not running"));
    }
    boolean[] sent = new boolean[1];
    Course course =
        work(
            () -> {
              if (truth.isUp(node, resource) && reaches.test(target)) {
                truth.down(node, resource);
                truth.up(target, resource);
                sent[0] = true;
              }
            },
            false,
            true);
    return new Course(
        course.workAfter,
        course.work,
        course.exitAfter,
        () -> sent[0] ? course.exit.result() : failed("the target cannot be reached"));
  }

  /** Nothing is left to be done but to see whether it is here. */
  private Course received(String resource) {
    return says(
        duration(),
        truth.isUp(node, resource)
            ? new ProcessResult(0, "", "", null)
            : failed("it has not arrived"));
  }

  private Course monitor(String resource) {
    long exitAfter = duration();
    if (chance.inMillion(habits.failures() / 4)) {
      return new Course(0, null, exitAfter, () -> failed("cannot tell"));
    }
    if (chance.inMillion(habits.hangs() / 4)) {
      return new Course(0, null, Time.NEVER, () -> failed("hung"));
    }
    return new Course(0, null, exitAfter, () -> new ProcessResult(found(resource), "", "", null));
  }

  private int found(String resource) {
    if (!truth.isUp(node, resource)) {
      return NOT_RUNNING;
    }
    return truth.isUp(node, Truth.promoted(resource)) ? PROMOTED : 0;
  }

  private Course fence(Call.Fence fence) {
    PowerSwitch.Answer answer =
        Fabric.AGENT.equals(fence.agent())
            ? powerSwitch.fabric().ask(node, fence.action(), fence.target())
            : powerSwitch.ask(
                node,
                fence.agent(),
                fence.action(),
                fence.target(),
                fence.options().getOrDefault("device", ""));
    return new Course(answer.workAfter(), answer.work(), answer.exitAfter(), answer::result);
  }

  private Course says(long after, ProcessResult result) {
    return new Course(0, null, after, () -> result);
  }

  private long duration() {
    if (known > 0) {
      long once = known;
      known = 0;
      return once;
    }
    return chance.inMillion(habits.slow())
        ? chance.between(habits.usual(), habits.slowest())
        : chance.between(habits.fastest(), habits.usual());
  }

  private static ProcessResult failed(String reason) {
    return new ProcessResult(1, "", "ocf-exit-reason:" + reason + "\n", null);
  }

  private static String describe(Call call) {
    return switch (call) {
      case Call.Ocf(String resource, String action, _, _) -> resource + " " + action;
      case Call.Fence(String agent, String action, String target, var _) ->
          agent + " " + action + " " + target;
      case Call.Heuristic(String program) -> program;
      case Call.Unknown(String program) -> program;
    };
  }
}
