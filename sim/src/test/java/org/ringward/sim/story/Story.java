package org.ringward.sim.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.admin.DocumentReport;
import org.ringward.core.admin.StatusReport;
import org.ringward.core.base.NodeSet;
import org.ringward.core.config.QuorumSettings;
import org.ringward.core.config.RegionSettings.Ping;
import org.ringward.core.config.RegionSettings.Region;
import org.ringward.core.config.TotemSettings;
import org.ringward.sim.Stage;
import org.ringward.sim.machine.CibText;
import org.ringward.sim.machine.Cluster;
import org.ringward.sim.machine.Machine;
import org.ringward.sim.machine.Setup;
import org.ringward.sim.operator.Console;
import org.ringward.sim.world.Chance;
import org.ringward.sim.world.Time;
import org.ringward.sim.world.Trace;
import org.ringward.sim.world.World;

/**
 * A scripted run that reads like a story. Time passes only in {@code within}, {@code after} and
 * {@code ask}; every rule that must always hold is watched all the time.
 */
final class Story {
  /** A ring that bears what a heartbeat region is to bear. */
  private static final TotemSettings PATIENT =
      TotemSettings.DEFAULT.toBuilder().token(4000).build();

  private final List<String> told = new ArrayList<>();
  private final World world = new World(1, new Trace(told::add));
  private final Setup setup;
  private final Stage stage;
  private final Cluster cluster;

  private Story(Setup setup) {
    this.setup = setup;
    this.stage = new Stage(world, setup);
    this.cluster = stage.cluster();
  }

  /** A settled cluster with a fencing device and what else is configured. */
  static Story ofMachines(int count, UnaryOperator<CibText> configuration) {
    return ofMachines(count, new QuorumSettings(0, count == 2, false), configuration);
  }

  static Story ofMachines(int count, QuorumSettings quorum, UnaryOperator<CibText> configuration) {
    CibText text = new CibText().property("stonith-enabled", "true").fenceDevice("rack", count);
    return of(count, quorum, configuration.apply(text), false, List.of());
  }

  /** Machines with watchdogs and without a fencing device. */
  static Story ofMachinesWithWatchdogs(int count, UnaryOperator<CibText> configuration) {
    CibText text =
        new CibText()
            .property("stonith-enabled", "true")
            .property("fencing-watchdog-timeout", "-1");
    return of(
        count,
        new QuorumSettings(0, count == 2, false),
        configuration.apply(text),
        true,
        List.of());
  }

  /** Machines that ping hosts. */
  static Story ofMachinesThatPing(
      int count, List<Ping> pings, UnaryOperator<CibText> configuration) {
    CibText text = new CibText().property("stonith-enabled", "true").fenceDevice("rack", count);
    QuorumSettings quorum = new QuorumSettings(0, count == 2, false);
    return of(count, quorum, configuration.apply(text), false, pings);
  }

  /** Machines with heartbeat regions. */
  static Story ofMachinesWithRegions(
      int count, List<Region> regions, UnaryOperator<CibText> configuration) {
    CibText text = new CibText().property("stonith-enabled", "true").fenceDevice("rack", count);
    QuorumSettings quorum = new QuorumSettings(0, count == 2, false);
    return of(count, quorum, configuration.apply(text), false, List.of(), regions);
  }

  private static Story of(
      int count, QuorumSettings quorum, CibText text, boolean watchdogs, List<Ping> pings) {
    return of(count, quorum, text, watchdogs, pings, List.of());
  }

  private static Story of(
      int count,
      QuorumSettings quorum,
      CibText text,
      boolean watchdogs,
      List<Ping> pings,
      List<Region> regions) {
    Setup setup =
        new Setup(
            count,
            regions.isEmpty() ? TotemSettings.DEFAULT : PATIENT,
            quorum,
            text.resources(),
            text.clones(),
            text.xml(),
            watchdogs,
            pings,
            regions);
    Story story = new Story(setup);
    if (quorum.device().net() != null) {
      story.cluster.networkDevice(quorum.device().model(), 1, new Chance(count));
    }
    for (Machine machine : story.cluster.machines()) {
      machine.bootTime(200 * Time.MILLIS, 400 * Time.MILLIS);
    }
    story.cluster.powerOnAll();
    story.until("the ring is whole", 5, () -> story.stage.views().unsettled(count) == null);
    assertThat(
            story
                .ask(1, Verb.APPLY, setup.configuration(), "format", "xml", "file", "f")
                .exitCode())
        .as(story.told())
        .isZero();
    return count == 2 && watchdogs ? story.after(5) : story.settles(5);
  }

  Cluster cluster() {
    return cluster;
  }

  Machine machine(int node) {
    return cluster.machine(node);
  }

  /** The machine that really runs the resource. */
  Machine holder(String resource) {
    assertThat(cluster.truth().runningOn(resource)).as(told()).hasSize(1);
    return cluster.machine(cluster.truth().runningOn(resource).first());
  }

  /** The files of the machines name these nodes from now on; nobody has read them yet. */
  Story files(NodeSet nodes, int... machines) {
    for (int id : machines) {
      machine(id).configuration(setup.settings(id, nodes));
    }
    return this;
  }

  /** Time passes. */
  Story after(double seconds) {
    world.runUntil(world.now() + nanos(seconds));
    return this;
  }

  /** The resource must really run on another machine before the time is over. */
  Story runsElsewhereWithin(String resource, Machine old, double seconds) {
    return until(
        resource + " runs on a machine other than " + old.name(),
        seconds,
        () -> cluster.truth().runningOn(resource).stream().anyMatch(node -> node != old.id()));
  }

  /** The resource must really run somewhere before the time is over. */
  Story runsWithin(String resource, double seconds) {
    return until(resource + " runs", seconds, () -> !cluster.truth().runningOn(resource).isEmpty());
  }

  /** For that long the resource runs nowhere. */
  Story staysDownFor(String resource, double seconds) {
    long end = world.now() + nanos(seconds);
    while (world.now() < end) {
      after(0.01);
      assertThat(cluster.truth().runningOn(resource)).as(told()).isEmpty();
    }
    return this;
  }

  /** All machines must be one settled cluster that runs everything once before the time is over. */
  Story settles(double seconds) {
    return until("the cluster settles", seconds, () -> stage.settles().missing() == null);
  }

  Story until(String what, double seconds, BooleanSupplier reached) {
    long end = world.now() + nanos(seconds);
    while (!reached.getAsBoolean()) {
      assertThat(world.now())
          .as("%s within %s s; missing: %s%n%s", what, seconds, stage.settles().missing(), told())
          .isLessThan(end);
      world.runUntil(world.now() + Time.MILLIS);
    }
    return this;
  }

  /** Asks a machine and waits for its answer. */
  AdminReply ask(int node, Verb verb, @Nullable String document, String... options) {
    List<AdminReply> replies = new ArrayList<>();
    stage.console().ask(cluster, node, Console.request(verb, document, options), replies::add);
    until("an answer to " + verb, 20, () -> !replies.isEmpty());
    return replies.getFirst();
  }

  /** An order that must be carried out. */
  Story order(int node, Verb verb, String... options) {
    AdminReply reply = ask(node, verb, null, options);
    assertThat(reply.exitCode()).as("%s%n%s", reply, told()).isZero();
    return this;
  }

  StatusReport status(int node) {
    return (StatusReport)
        Objects.requireNonNull(ask(node, Verb.STATUS, null).report(), "no status");
  }

  /** The configuration as a machine shows it, as XML. */
  String configuration(int node) {
    DocumentReport report =
        (DocumentReport)
            Objects.requireNonNull(
                ask(node, Verb.CONFIGURATION, null, "format", "xml").report(), "no document");
    return report.text();
  }

  /** True when a line of the story has all these words. */
  boolean tells(String... words) {
    return told.stream().anyMatch(line -> List.of(words).stream().allMatch(line::contains));
  }

  String told() {
    return String.join("\n", told.subList(Math.max(0, told.size() - 120), told.size()));
  }

  private static long nanos(double seconds) {
    return (long) (seconds * Time.SECONDS);
  }
}
