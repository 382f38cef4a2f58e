package org.ringward.sim.rehearsal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.admin.RehearsalReport;
import org.ringward.core.admin.StatusReport;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.cib.CibXml;
import org.ringward.core.cib.Primitive;
import org.ringward.core.config.DeviceSettings;
import org.ringward.core.config.TotemTimes;
import org.ringward.sim.Stage;
import org.ringward.sim.machine.Cluster;
import org.ringward.sim.machine.Machine;
import org.ringward.sim.machine.NodeView;
import org.ringward.sim.operator.Console;
import org.ringward.sim.world.Chance;
import org.ringward.sim.world.Observer;
import org.ringward.sim.world.Time;
import org.ringward.sim.world.Trace;
import org.ringward.sim.world.Violation;
import org.ringward.sim.world.World;

/** One life of the played cluster: it starts, settles, faults strike, it comes to rest or not. */
final class RehearsalRun {
  private static final long LOOK = 200 * Time.MILLIS;
  private static final long START_LIMIT = 120 * Time.SECONDS;

  /** After so long without any service that starts or ends nothing more is waited for. */
  private static final long REST_LIMIT = 25 * Time.SECONDS;

  private static final long FAULT_LIMIT = 240 * Time.SECONDS;
  private static final Pattern MACHINE = Pattern.compile("\\bn(\\d{1,3})\\b");

  private final RehearsalCast cast;
  private final RehearsalInput input;
  private final World world = new World(1, new Trace(null));
  private final Stage stage;
  private final Cluster cluster;
  private final Watch watch = new Watch();
  private @Nullable StatusReport status;
  private int quietLooks;

  RehearsalRun(RehearsalCast cast, RehearsalInput input) {
    this.cast = cast;
    this.input = input;
    this.stage =
        new Stage(
            world,
            cast.setup(CibXml.write(cast.configuration())),
            cast.links(),
            new Chance(cast.names().size()));
    this.cluster = stage.cluster();
    cluster.powerSwitch().names(cast.names());
    cluster.quorumDisk().drawsFrom(new Chance(7));
    switch (cast.quorumDevice().model()) {
      case WITNESS, NET -> cluster.networkDevice(cast.quorumDevice().model(), 0, new Chance(11));
      case NONE, DISK -> {
        // Nothing that stands outside.
      }
    }
    Map<String, Long> nanos = new TreeMap<>();
    input.tookMillis().forEach((operation, millis) -> nanos.put(operation, millis * Time.MILLIS));
    for (Machine machine : cluster.machines()) {
      machine.configuration(cast.settings(machine.id()));
      machine.bootTime(100 * Time.MILLIS, 200 * Time.MILLIS);
      machine.agents().durations(nanos);
    }
    world.watch(watch);
  }

  /** The places of all services once the cluster has started. */
  SortedMap<String, SortedSet<Integer>> rehearseNothing() {
    begin();
    return places();
  }

  /** What those faults, all at once, lead to. */
  RehearsalReport.Case rehearse(List<RehearsalFault> faults) {
    begin();
    SortedMap<String, SortedSet<Integer>> before = places();
    long struck = world.now();
    watch.begins(struck);
    String unsafe = null;
    try {
      faults.forEach(this::strike);
      watchUntilRest(struck, patience(faults));
    } catch (Violation violation) {
      unsafe = named(String.valueOf(violation.getMessage()));
    }
    return new Findings(before, places(), struck).told(RehearsalFault.text(faults), unsafe);
  }

  // ---- the beginning ----

  private void begin() {
    cluster.machines().forEach(machine -> world.after(0, machine.id(), machine::powerOn));
    install();
    long limit = world.now() + START_LIMIT;
    while (world.now() < limit) {
      look();
      boolean all = stage.views().unsettled(cluster.count()) == null;
      if (all && quietLooks >= 3) {
        return;
      }
    }
    throw new OperatorException(
        ExitCode.ERROR,
        "The simulated cluster does not settle within %d s even without a fault: %s."
            .formatted(START_LIMIT / Time.SECONDS, why()));
  }

  private String why() {
    String unsettled = stage.views().unsettled(cluster.count());
    return unsettled != null ? named(unsettled) : "something is always left to do";
  }

  /** Asked again until some machine takes it. */
  private void install() {
    List<AdminReply> answers = new ArrayList<>();
    long limit = world.now() + START_LIMIT;
    while (world.now() < limit) {
      world.runUntil(world.now() + LOOK);
      if (stage.views().unsettled(cluster.count()) != null) {
        continue;
      }
      answers.clear();
      stage
          .console()
          .ask(
              cluster,
              1,
              Console.request(
                  Verb.APPLY,
                  CibXml.write(cast.configuration()),
                  "format",
                  "xml",
                  "file",
                  "configuration"),
              answers::add);
      while (answers.isEmpty()) {
        world.runUntil(world.now() + LOOK / 4);
      }
      if (answers.getFirst().exitCode() == 0) {
        return;
      }
      if (answers.getFirst().exitCode() == ExitCode.CONFIGURATION.number()) {
        throw new OperatorException(ExitCode.CONFIGURATION, answers.getFirst().message());
      }
    }
    throw new OperatorException(
        ExitCode.ERROR,
        "The simulated cluster takes no configuration: %s."
            .formatted(answers.isEmpty() ? why() : named(answers.getFirst().message())));
  }

  // ---- the fault ----

  private Machine machine(String name) {
    return cluster.machine(cast.names().indexOf(name) + 1);
  }

  private void strike(RehearsalFault fault) {
    switch (fault.kind()) {
      case NODE_OFF -> off(fault.subject());
      case NODE_CUT -> cut(machine(fault.subject()).id());
      case NODE_ISOLATED -> {
        int node = machine(fault.subject()).id();
        cut(node);
        cluster.media().regions().forEach(region -> region.dead(node, true));
      }
      case DAEMON_KILLED -> machine(fault.subject()).killDaemon();
      case LINK_CUT -> cutLink(Integer.parseInt(fault.subject()));
      case REGION_CUT -> cutRegion(fault.subject());
      case DEVICE_FAILS -> cluster.powerSwitch().breaks(fault.subject());
      case QUORUM_DEVICE_OFF -> quorumDeviceOff();
      case RESOURCE_FAILS -> machine(fault.node()).agents().crashService(fault.subject());
    }
  }

  private void off(String node) {
    Machine machine = machine(node);
    cluster.truth().on(machine.id()).forEach(watch::gone);
    machine.holdDark(true);
    machine.powerOff();
  }

  private void cut(int node) {
    cluster.truth().on(node).forEach(watch::gone);
    for (Machine other : cluster.machines()) {
      cluster.lan().cut(node, other.id(), other.id() != node);
      cluster.lan().cut(other.id(), node, other.id() != node);
    }
  }

  private void cutLink(int link) {
    for (Machine from : cluster.machines()) {
      for (Machine to : cluster.machines()) {
        cluster.lan().cut(link, from.id(), to.id(), true);
      }
    }
  }

  private void cutRegion(String name) {
    for (int at = 0; at < cast.regions().size(); at++) {
      if (cast.regions().get(at).name().equals(name)) {
        for (Machine machine : cluster.machines()) {
          cluster.media().regions().get(at).dead(machine.id(), true);
        }
      }
    }
  }

  private void quorumDeviceOff() {
    if (cluster.deviceHost() != null) {
      cluster.deviceHost().powerOff();
    }
  }

  /** Nobody can know before that something is wrong. */
  private long patience(List<RehearsalFault> faults) {
    DeviceSettings device = cast.quorumDevice();
    TotemTimes times = TotemTimes.of(input.settings().totem(), cast.names().size());
    long patience = 2L * (times.token() + times.consensus()) * Time.MILLIS + 2 * Time.SECONDS;
    patience += device.isPresent() ? device.timeoutMillis() * Time.MILLIS : 0;
    for (RehearsalFault fault : faults) {
      if (fault.kind() == RehearsalFault.Kind.RESOURCE_FAILS) {
        patience = Math.max(patience, monitor(fault.subject()) + 2 * Time.SECONDS);
      }
    }
    return patience;
  }

  private long monitor(String resource) {
    Primitive primitive = cast.configuration().primitive(plain(resource));
    return primitive == null
        ? 0
        : cast.configuration().effective(primitive).operations().stream()
            .filter(each -> each.name().equals("monitor"))
            .mapToLong(each -> each.intervalMillis().orElse(0) * Time.MILLIS)
            .max()
            .orElse(0);
  }

  static String plain(String resource) {
    int colon = resource.indexOf(':');
    return colon < 0 ? resource : resource.substring(0, colon);
  }

  // ---- the rest ----

  private void watchUntilRest(long struck, long atLeast) {
    quietLooks = 0;
    while (world.now() < struck + FAULT_LIMIT) {
      look();
      boolean early = world.now() < struck + atLeast;
      if (!early && quietLooks >= 3) {
        return;
      }
      if (world.now() - Math.max(struck + atLeast, watch.last) > REST_LIMIT) {
        return;
      }
    }
  }

  /** Asks whoever coordinates a side with quorum whether anything is left to do. */
  private void look() {
    NodeView speaker =
        stage.views().living().stream()
            .filter(view -> view.coordinates() && view.quorate())
            .findFirst()
            .orElse(null);
    if (speaker == null) {
      quietLooks = 0;
      status = null;
      world.runUntil(world.now() + LOOK);
      return;
    }
    stage
        .console()
        .ask(cluster, speaker.node(), Console.request(Verb.STATUS, null), this::answered);
    world.runUntil(world.now() + LOOK);
  }

  private void answered(AdminReply reply) {
    if (reply.report() instanceof StatusReport report) {
      status = report;
      quietLooks = report.settled() && report.quorate() ? quietLooks + 1 : 0;
    }
  }

  private SortedMap<String, SortedSet<Integer>> places() {
    SortedMap<String, SortedSet<Integer>> places = new TreeMap<>();
    for (Machine machine : cluster.machines()) {
      for (String resource : cluster.truth().on(machine.id())) {
        places.computeIfAbsent(resource, _ -> new TreeSet<>()).add(machine.id());
      }
    }
    return places;
  }

  /** Machines are n1, n2 ... to the simulator's checks. */
  private String named(String text) {
    return MACHINE
        .matcher(text)
        .replaceAll((MatchResult found) -> {
          int id = Integer.parseInt(found.group(1));
          return id >= 1 && id <= cast.names().size() ? cast.names().get(id - 1) : found.group();
        });
  }

  private String name(int id) {
    return cast.names().get(id - 1);
  }

  private String names(Set<Integer> ids) {
    return String.join(", ", ids.stream().map(this::name).toList());
  }

  /** What happens to services and machines after the fault. */
  private final class Watch implements Observer {
    private final Map<String, Long> goneSince = new LinkedHashMap<>();
    private final Map<String, Long> goneFor = new LinkedHashMap<>();
    private final Set<String> fenced = new LinkedHashSet<>();
    private boolean on;
    private long struck;
    private long last;
    private long back;

    void begins(long now) {
      on = true;
      struck = now;
      last = now;
    }

    /** Nobody reaches it any more, though it may run on for a while. */
    void gone(String resource) {
      if (cluster.truth().runningOn(resource).size() == 1) {
        goneSince.putIfAbsent(resource, world.now());
      }
    }

    @Override
    public void serviceDown(int node, String resource) {
      last = world.now();
      if (on && cluster.truth().runningOn(resource).isEmpty()) {
        goneSince.putIfAbsent(resource, world.now());
      }
    }

    @Override
    public void serviceUp(int node, String resource) {
      last = world.now();
      Long since = goneSince.remove(resource);
      if (on && since != null) {
        goneFor.merge(resource, world.now() - since, Long::sum);
        back = world.now() - struck;
      }
    }

    @Override
    public void fenceReported(int byNode, int target) {
      if (on) {
        fenced.add(name(target) + " by " + name(byNode));
      }
    }

    @Override
    public void watchdogCounted(int target) {
      if (on) {
        fenced.add(name(target) + " by its watchdog");
      }
    }
  }

  /** Before and after, compared. */
  private final class Findings {
    private final SortedMap<String, SortedSet<Integer>> before;
    private final SortedMap<String, SortedSet<Integer>> after;
    private final long struck;

    Findings(
        SortedMap<String, SortedSet<Integer>> before,
        SortedMap<String, SortedSet<Integer>> after,
        long struck) {
      this.before = before;
      this.after = after;
      this.struck = struck;
    }

    RehearsalReport.Case told(String fault, @Nullable String unsafe) {
      List<RehearsalReport.Move> moves = moves();
      List<String> lost =
          before.keySet().stream().filter(each -> !after.containsKey(each)).toList();
      String open = unsafe == null ? open() : "";
      String verdict =
          unsafe != null
              ? "unsafe"
              : !open.isEmpty() && !(lost.isEmpty() && moves.isEmpty())
                  ? "waits"
                  : !lost.isEmpty() ? "loses" : moves.isEmpty() ? "untouched" : "recovers";
      return new RehearsalReport.Case(
          fault,
          verdict,
          unsafe != null ? unsafe : open,
          watch.back / Time.MILLIS,
          moves,
          List.copyOf(watch.fenced),
          lost);
    }

    private List<RehearsalReport.Move> moves() {
      List<RehearsalReport.Move> moves = new ArrayList<>();
      Set<String> all = new TreeSet<>(before.keySet());
      all.addAll(after.keySet());
      for (String resource : all) {
        SortedSet<Integer> was = before.getOrDefault(resource, new TreeSet<>());
        SortedSet<Integer> is = after.getOrDefault(resource, new TreeSet<>());
        long gone = watch.goneFor.getOrDefault(resource, 0L);
        Long since = watch.goneSince.get(resource);
        gone += since == null ? 0 : world.now() - Math.max(struck, since);
        if (!was.equals(is) || gone > 0) {
          moves.add(new RehearsalReport.Move(resource, names(was), names(is), gone / Time.MILLIS));
        }
      }
      return moves;
    }

    /** What still waits at the end, empty when nothing does. */
    private String open() {
      StatusReport last = status;
      if (last == null) {
        return "no side has quorum";
      }
      List<String> unclean =
          last.nodes().stream()
              .filter(each -> each.state().equals("unclean"))
              .map(each -> each.name() + " is " + each.detail())
              .toList();
      if (!unclean.isEmpty()) {
        return String.join("; ", unclean);
      }
      return quietLooks >= 3 ? "" : "something is still left to do";
    }
  }
}
