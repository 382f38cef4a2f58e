package org.ringward.core.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest;
import org.ringward.core.admin.GuardReport;
import org.ringward.core.base.Decision;
import org.ringward.core.base.NodeSet;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.config.QuorumSettings;
import org.ringward.core.group.RingConfiguration;
import org.ringward.core.lease.RingProgress;
import org.ringward.core.port.Background;
import org.ringward.core.port.Entropy;
import org.ringward.core.port.Execution;
import org.ringward.core.port.Journal;
import org.ringward.core.port.ProcessResult;
import org.ringward.core.port.Processes;
import org.ringward.core.port.Store;
import org.ringward.core.quorum.Electorate;

/**
 * Control layers of several nodes on a perfect total order, without a ring: views change when a
 * test says so.
 */
final class Bus {
  final Map<Integer, Station> stations = new TreeMap<>();
  final Deque<Runnable> queue = new ArrayDeque<>();
  private NodeSet view = NodeSet.EMPTY;
  private long ring = 4;
  private long nanos = 1_000_000_000L;

  /** Whether what the coordinator has worked out waits for {@link #releaseWork}. */
  boolean slowWork;

  final Deque<Runnable> heldWork = new ArrayDeque<>();

  /** What has waited so far ends now. */
  void releaseWork() {
    queue.addAll(heldWork);
    heldWork.clear();
    settle();
  }

  /** What every program answers, null when it hangs until {@link #endHung}; tests may change it. */
  Function<Execution, @Nullable ProcessResult> programs = Bus::obedient;

  private final Deque<Consumer<ProcessResult>> hung = new ArrayDeque<>();

  /** Every program that hung ends with this. */
  void endHung(ProcessResult result) {
    hung.forEach(each -> each.accept(result));
    hung.clear();
    settle();
  }

  /** Everything works; a probe finds nothing, a recurring monitor finds it running. */
  static ProcessResult obedient(Execution execution) {
    boolean monitor = execution.command().getLast().equals("monitor");
    boolean once =
        execution.environment().getOrDefault("OCF_RESKEY_CRM_meta_interval", "0").equals("0");
    int code = monitor && once ? 7 : 0;
    String asked = execution.input();
    boolean metadata = asked != null && asked.startsWith("action=metadata");
    return new ProcessResult(code, metadata ? POWER_SWITCH : "", "", null);
  }

  private static final String POWER_SWITCH =
      """
      <resource-agent name="fence_test"><parameters/><actions><action name="on"/>
      <action name="off"/><action name="reboot"/><action name="monitor"/></actions></resource-agent>
      """;

  private @Nullable Electorate electorate;

  /** One node: its control layer, its disk, its answers. */
  final class Station implements Store, Processes, Journal, Entropy, Background {
    final int id;
    final ClusterControl control;
    final OperatorDesk desk;
    final Map<String, byte[]> disk = new LinkedHashMap<>();
    final Map<Long, AdminReply> replies = new LinkedHashMap<>();
    final List<Decision> decisions = new ArrayList<>();
    boolean diskFull;

    Station(int id, int nodes, QuorumSettings quorum, byte @Nullable [] stateFile, long life) {
      this.id = id;
      NodeSettings settings = settings(id, nodes, quorum);
      this.control =
          new ClusterControl(
              settings,
              life,
              stateFile,
              new ControlPorts(
                  this,
                  this,
                  new Counter()::next,
                  this,
                  this,
                  this,
                  new RingOfBus(),
                  () -> electorate(nodes, quorum).quorum(id)),
              bytes -> {
                byte[] copy = bytes.clone();
                queue.add(() -> deliver(Station.this.id, copy));
                return true;
              });
      this.desk =
          new OperatorDesk(
              settings,
              control,
              new OperatorDesk.RingView() {
                @Override
                public String state() {
                  return "operational";
                }

                @Override
                public String ring() {
                  return "1/" + ring;
                }

                @Override
                public GuardReport guard(Moment at) {
                  return GuardReport.NONE;
                }
              },
              replies::put);
    }

    @Override
    public void write(long requestId, String name, byte[] content) {
      if (diskFull) {
        queue.add(() -> control.stored(requestId, "No space left on device"));
      } else {
        disk.put(name, content);
        queue.add(() -> control.stored(requestId, null));
      }
    }

    @Override
    public void start(long processId, Execution execution) {
      ProcessResult result = programs.apply(execution);
      Consumer<ProcessResult> ends = how -> queue.add(() -> control.processEnded(processId, how));
      if (result == null) {
        hung.add(ends);
      } else {
        ends.accept(result);
      }
    }

    @Override
    public void kill(long processId) {}

    @Override
    public void work(long requestId, Runnable work) {
      Runnable whole =
          () -> {
            work.run();
            control.worked(requestId);
          };
      (slowWork && id == view.lowest() ? heldWork : queue).add(whole);
    }

    @Override
    public void decision(Decision decision) {
      decisions.add(decision);
    }

    @Override
    public void log(Level level, String text) {}

    @Override
    public long below(long bound) {
      return 0;
    }

    String stories() {
      return String.join("\n", decisions.stream().map(Decision::what).toList());
    }
  }

  /** Whether all members are known to have what was sent. */
  boolean everywhere = true;

  /** Perfect: the token is always here, and everything is {@link #everywhere}. */
  private final class RingOfBus implements RingProgress {
    @Override
    public long tokenSeen() {
      return nanos;
    }

    @Override
    public int delivered() {
      return 0;
    }

    @Override
    public int heldByAll() {
      return everywhere ? 0 : -1;
    }
  }

  private static final class Counter {
    private long last;

    long next() {
      return ++last;
    }
  }

  Station boot(int id, int nodes, QuorumSettings quorum) {
    electorate(nodes, quorum).boot(id);
    Station old = stations.get(id);
    byte[] file = old == null ? null : old.disk.get(ClusterControl.stateFileName());
    Station station = new Station(id, nodes, quorum, file, 100 + nanos + id);
    if (old != null) {
      station.disk.putAll(old.disk);
    }
    stations.put(id, station);
    return station;
  }

  Station boot(int id) {
    return boot(id, 3, QuorumSettings.DEFAULT);
  }

  private Electorate electorate(int nodes, QuorumSettings quorum) {
    Electorate made = electorate == null ? Electorate.of(nodes, quorum) : electorate;
    electorate = made;
    return made;
  }

  static NodeSettings settings(int id, int nodes, QuorumSettings quorum) {
    List<NodeSettings.Member> members = new ArrayList<>();
    for (int i = 1; i <= nodes; i++) {
      members.add(new NodeSettings.Member(i, "n" + i, "10.0.0." + i, 1));
    }
    return NodeSettings.builder("test", "n" + id, members)
        .quorum(quorum)
        .paths(
            new NodeSettings.PathSettings(
                "/k", "/s", "/r", "/r/s", "/usr/lib/ocf", List.of("/usr/sbin")))
        .build();
  }

  /** These nodes now see each other and nobody else. */
  void view(int... ids) {
    viewBegins(ids);
    settle();
  }

  /** The same for so many things that happen; more may be on its way then. */
  void brokenView(int steps, int... ids) {
    viewBegins(ids);
    for (int step = 0; step < steps && !queue.isEmpty(); step++) {
      queue.removeFirst().run();
    }
  }

  private void viewBegins(int... ids) {
    NodeSet members = NodeSet.of(ids);
    ring += 4;
    long sequence = ring;
    NodeSet before = view;
    view = members;
    for (int id : ids) {
      ClusterControl control = control(id);
      control.configurationChanged(
          new RingConfiguration(
              RingConfiguration.Kind.TRANSITIONAL,
              members.lowest(),
              sequence,
              before.intersect(members),
              NodeSet.EMPTY,
              before.minus(members)));
      control.configurationChanged(
          new RingConfiguration(
              RingConfiguration.Kind.REGULAR,
              members.lowest(),
              sequence,
              members,
              members.minus(before),
              NodeSet.EMPTY));
      control.membershipChanged(
          ClusterControl.GROUP, members, members.minus(before), before.minus(members));
    }
    Objects.requireNonNull(electorate).ring(ids);
    for (int id : ids) {
      control(id).synchronised(sequence);
    }
  }

  private void deliver(int from, byte[] bytes) {
    if (!view.contains(from)) {
      return;
    }
    view.stream()
        .forEach(id -> control(id).delivered(ClusterControl.GROUP, from, bytes, 0, bytes.length));
  }

  /**
   * Runs everything that is due until nothing happens any more, at most some seconds of their time.
   */
  void settle() {
    for (int round = 0; round < 400; round++) {
      advance(10);
      if (electorate != null) {
        electorate.deliver();
      }
      while (!queue.isEmpty()) {
        queue.removeFirst().run();
      }
    }
  }

  /** Monotonic time of all stations. */
  long nanos() {
    return nanos;
  }

  private void advance(long millis) {
    nanos += millis * 1_000_000;
    Moment now = new Moment(nanos, 1_700_000_000_000L + nanos / 1_000_000);
    for (Station station : stations.values()) {
      if (view.contains(station.id)) {
        station.control.at(now);
        station.control.turn();
        station.desk.turn(now);
      }
    }
  }

  ClusterControl control(int id) {
    return station(id).control;
  }

  Station station(int id) {
    Station station = stations.get(id);
    if (station == null) {
      throw new IllegalArgumentException("no station " + id);
    }
    return station;
  }

  /** Asks as root at a node and gives the answer after everything has settled. */
  @Nullable AdminReply ask(
      int id, AdminRequest.Verb verb, Map<String, String> options, @Nullable String document) {
    Station station = station(id);
    long request = 1000 + nanos;
    station.desk.asked(
        request,
        new AdminRequest(verb, "root", options, document),
        new Moment(nanos, 1_700_000_000_000L + nanos / 1_000_000));
    settle();
    return station.replies.get(request);
  }

  /** Asks as root at node 1 for what has to be done. */
  void order(AdminRequest.Verb verb, Map<String, String> options, @Nullable String document) {
    AdminReply reply = Objects.requireNonNull(ask(1, verb, options, document));
    assertThat(reply.exitCode()).as(reply.message()).isZero();
  }
}
