package org.ringward.cli.demo;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;

/** Breaks what runs, measures what the client saw, and repairs. */
final class Rehearsal {
  /** Everything that the cluster must do has this bound. */
  static final long BOUND_SECONDS = 30;

  private static final long BOUND_NANOS = BOUND_SECONDS * 1_000_000_000;
  private static final long MEND_NANOS = 5_000_000_000L;
  private static final int RESTORES_MAX = 3;
  private static final long STEADY_NANOS = 300_000_000;

  private final Lab lab;
  private final Control control;
  private final ClientView view;
  private final TruthWatch truth;
  private final EventLog log;
  private final RegionRehearsal regions;
  private final LostDisk lostDisk;

  Rehearsal(
      Lab lab,
      Control control,
      ClientView view,
      TruthWatch truth,
      EventLog log,
      Workspace workspace) {
    this.lab = lab;
    this.control = control;
    this.view = view;
    this.truth = truth;
    this.log = log;
    this.regions = new RegionRehearsal(lab, control, log);
    this.lostDisk = new LostDisk(lab, control, workspace, log);
  }

  /**
   * Starts all daemons, gives the cluster its configuration, waits for the first answer.
   *
   * @return milliseconds from the start of the first daemon to the first good answer
   */
  long coldStart() {
    long began = System.nanoTime();
    log.add("starting all daemons");
    lab.nodes().forEach(lab::startDaemon);
    control.awaitRing(BOUND_SECONDS).ifPresent(Rehearsal::fail);
    log.add("the ring is formed; applying the configuration");
    control.order(Verb.APPLY, Map.of("format", "yaml", "file", "demo.yaml"), lab.configuration());
    log.add("the configuration is applied");
    if (!Patience.await(BOUND_NANOS, 1, () -> view.answeredAfter(began))) {
      fail(
          "The service did not answer at %s within %d s (%s)"
              .formatted(lab.service(), BOUND_SECONDS, view.lastReason()));
    }
    long answered = view.answersAround(began).getFirst().nanos();
    control.awaitSettled(BOUND_SECONDS).ifPresent(Rehearsal::fail);
    return (answered - began) / 1_000_000;
  }

  private static void fail(String sentence) {
    throw new OperatorException(ExitCode.TIMEOUT, sentence + ".");
  }

  /** The scenario at the node that runs the service, its measurement, and the repair. */
  Result run(Scenario scenario) {
    Optional<String> victim = active();
    if (victim.isEmpty()) {
      return new Result(scenario.label(), -1, "no node runs the service before the fault");
    }
    int violationsBefore = truth.violations().size();
    steady(System.nanoTime());
    if (scenario.leavesService()) {
      return leaveService(scenario, victim.get());
    }
    Measured measured = inject(scenario, victim.get());
    if (measured.problem() != null) {
      return new Result(scenario.label(), measured.outageMillis(), measured.problem());
    }
    String problem = repair(scenario, victim.get());
    List<String> violations = truth.violations();
    if (violations.size() > violationsBefore) {
      problem = violations.get(violationsBefore);
    }
    return new Result(scenario.label(), measured.outageMillis(), problem == null ? "" : problem);
  }

  /** The service must go on where it is, by the same process. */
  private Result leaveService(Scenario scenario, String victim) {
    String before = serving();
    long began = System.nanoTime();
    RegionRehearsal.Observation seen =
        scenario == Scenario.LOST_DISK ? lostDisk.run(victim) : regions.run(scenario, victim);
    steady(System.nanoTime());
    Outage longest = Outage.longest(view.answersAround(began), began);
    String problem = seen.problem();
    if (problem == null && !serving().equals(before)) {
      problem = "the service moved from %s to %s".formatted(before, serving());
    }
    if (problem == null) {
      problem = control.awaitSettled(BOUND_SECONDS).orElse("");
    }
    return new Result(
        scenario.label(), longest == null ? -1 : longest.millis(), problem, seen.note());
  }

  /** The node that really runs the service. */
  Optional<String> active() {
    return lab.nodes().stream().filter(node -> lab.activity(node).usable()).findFirst();
  }

  /** Makes the fault and waits for the service to be back. */
  Measured inject(Scenario scenario, String victim) {
    log.add(scenario.label() + " at " + victim);
    String before = serving();
    long fault = System.nanoTime();
    breakIt(scenario, victim);
    BooleanSupplier back =
        scenario == Scenario.SERVICE_CRASH ? servedAnew(before) : () -> elsewhere(victim);
    if (!Patience.await(BOUND_NANOS, 1, back)) {
      return new Measured(
          -1,
          "the service was not back within %d s (%s)".formatted(BOUND_SECONDS, view.lastReason()));
    }
    steady(System.nanoTime());
    Outage outage = Outage.longest(view.answersAround(fault), fault);
    return new Measured(Objects.requireNonNull(outage, "the service answered").millis(), null);
  }

  /** Breaks any node, the one with the service or another, and waits for what follows. */
  Measured observe(Scenario scenario, String node) {
    if (lab.activity(node).usable()) {
      return inject(scenario, node);
    }
    log.add(scenario.label() + " at " + node + ", which does not run the service");
    long fault = System.nanoTime();
    breakIt(scenario, node);
    boolean fenced =
        !scenario.fencesNode() || Patience.await(BOUND_NANOS, 5, () -> !lab.powered(node));
    steady(System.nanoTime());
    Outage outage = Outage.longest(view.answersAround(fault), fault);
    return new Measured(
        outage == null ? -1 : outage.millis(),
        fenced ? null : node + " was not fenced within " + BOUND_SECONDS + " s");
  }

  /**
   * Whatever was done to the machines: all are switched on and members again.
   *
   * @return what is missing, empty when all is well
   */
  Optional<String> repairAll() {
    List<String> running = lab.nodes().stream().filter(lab::powered).toList();
    running.forEach(lab::mend);
    Patience.await(MEND_NANOS, 25, () -> running.stream().allMatch(this::isMember));
    for (String node : lab.nodes()) {
      if (!isMember(node)) {
        lab.powerOff(node);
        restore(node);
      }
    }
    Optional<String> missing = control.awaitSettled(BOUND_SECONDS);
    if (missing.isEmpty()) {
      control.order(Verb.CLEAR, Map.of("resource", "web"), null);
      control.order(Verb.CLEANUP, Map.of("resource", "web"), null);
      missing = control.awaitSettled(BOUND_SECONDS);
    }
    return missing;
  }

  private boolean isMember(String node) {
    return control.status(node).map(status -> status.quorate()).orElse(false);
  }

  private void breakIt(Scenario scenario, String victim) {
    switch (scenario) {
      case POWER_OFF -> lab.powerOff(victim);
      case DAEMON_KILL -> Processes.kill(daemon(victim));
      case CUT -> lab.cut(victim);
      case CUT_ALL -> {
        lab.regions().forEach(region -> lab.cutRegion(region, victim));
        lab.cut(victim);
      }
      case STALL -> Processes.signal(daemon(victim), "STOP");
      case HANG -> {
        Processes.signal(daemon(victim), "STOP");
        lab.webServers(victim).forEach(each -> Processes.signal(each, "STOP"));
      }
      case STOP_FAILURE -> {
        lab.jam(victim);
        control.order(Verb.MOVE, Map.of("resource", "web"), null);
      }
      case SERVICE_CRASH -> lab.webServers(victim).forEach(Processes::kill);
      case MOVE -> control.order(Verb.MOVE, Map.of("resource", "web"), null);
      case REGION_CUT, ALL_REGIONS_BUT_ONE -> regions.run(scenario, victim);
      case LOST_DISK -> lostDisk.run(victim);
    }
  }

  private long daemon(String node) {
    long pid = lab.daemon(node);
    if (pid == 0) {
      throw new OperatorException(
          ExitCode.UNAVAILABLE, "The daemon of %s does not run.".formatted(node));
    }
    return pid;
  }

  private boolean elsewhere(String victim) {
    Answer last = view.last();
    return last != null && !last.node().equals(victim);
  }

  /** Another process serves than before, and the client had an answer since that was seen. */
  private BooleanSupplier servedAnew(String before) {
    long[] seen = {0};
    return () -> {
      if (seen[0] == 0 && active().isPresent() && !serving().equals(before)) {
        seen[0] = System.nanoTime();
      }
      return seen[0] != 0 && view.answeredAfter(seen[0]);
    };
  }

  /** Lets the client see a while of normal life. */
  private static void steady(long from) {
    Patience.await(2 * STEADY_NANOS, 5, () -> System.nanoTime() - from > STEADY_NANOS);
  }

  /**
   * Makes everything whole again.
   *
   * @return what did not become whole, null when all did
   */
  @Nullable String repair(Scenario scenario, String victim) {
    String running = serving();
    if (scenario == Scenario.CUT) {
      if (!lab.powered(victim)) {
        return victim + " was fenced, though it could be asked to let go";
      }
      lab.mend(victim);
    } else if (scenario.fencesNode()) {
      if (!Patience.await(BOUND_NANOS, 5, () -> !lab.powered(victim))) {
        return victim + " was not fenced within " + BOUND_SECONDS + " s";
      }
      lab.regions().forEach(region -> lab.mendRegion(region, victim));
      restore(victim);
      restoreAgain(victim);
      if (scenario == Scenario.STOP_FAILURE) {
        control.order(Verb.CLEAR, Map.of("resource", "web"), null);
      }
    } else {
      boolean moved = scenario == Scenario.MOVE;
      control.order(moved ? Verb.CLEAR : Verb.CLEANUP, Map.of("resource", "web"), null);
    }
    Optional<String> missing = control.awaitSettled(BOUND_SECONDS);
    if (missing.isPresent()) {
      return missing.get();
    }
    steady(System.nanoTime());
    log.add("repaired after " + scenario.label() + " at " + victim);
    return serving().equals(running)
        ? null
        : "the repair changed who serves from %s to %s".formatted(running, serving());
  }

  /** Which process of which node serves: a service that was left alone has the same. */
  private String serving() {
    return active()
        .flatMap(node ->
            lab.webServers(node).stream()
                .findFirst()
                .map(process -> node + " (process " + process + ")"))
        .orElse("nobody");
  }

  /**
   * A machine that starts so slowly that the ring loses it is fenced again; in a real rack it would
   * boot again by itself.
   */
  private void restoreAgain(String node) {
    for (int i = 0; i < RESTORES_MAX; i++) {
      if (control.awaitSettled(BOUND_SECONDS).isEmpty() || lab.powered(node)) {
        return;
      }
      log.add(node + " was fenced again while it started");
      restore(node);
    }
  }

  /** Switches the machine on and starts its daemon. */
  void restore(String node) {
    log.add("switching " + node + " on again");
    lab.powerOn(node);
    lab.startDaemon(node);
  }

  /**
   * @param outageMillis -1 when the service did not come back
   * @param problem null when it came back
   */
  record Measured(long outageMillis, @Nullable String problem) {}
}
