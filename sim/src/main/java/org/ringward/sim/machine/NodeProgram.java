package org.ringward.sim.machine;

import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.ringward.core.admin.AdminRequest;
import org.ringward.core.base.Decision;
import org.ringward.core.base.NodeSet;
import org.ringward.core.cib.Attributes;
import org.ringward.core.cib.Cib;
import org.ringward.core.cib.Element;
import org.ringward.core.cib.NodeState;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.control.ClusterSnapshot;
import org.ringward.core.group.RingStatus;
import org.ringward.core.link.Transports;
import org.ringward.core.node.BootState;
import org.ringward.core.node.ConfigurationSource;
import org.ringward.core.node.Node;
import org.ringward.core.node.Ports;
import org.ringward.core.port.Background;
import org.ringward.core.port.Frames;
import org.ringward.core.port.Journal;
import org.ringward.core.port.ProcessResult;
import org.ringward.core.port.Sectors;
import org.ringward.core.port.Vitals;
import org.ringward.core.quorum.QuorumVerdict;
import org.ringward.sim.device.DeviceLines;
import org.ringward.sim.medium.HeartbeatMedia;
import org.ringward.sim.medium.QuorumPlatter;
import org.ringward.sim.world.Chance;
import org.ringward.sim.world.Time;
import org.ringward.sim.world.World;

/** The production node with the simulated ports of one life. */
public final class NodeProgram implements Program {
  private static final int HASHED_UPDATES = 4;

  private final Node node;
  private final int id;
  private final LongSupplier monotonic;
  private @Nullable Cib hashedCib;
  private int stateHash;
  private String version = "";
  private long primary;
  private long ringSequence = -1;
  private NodeSet ringMembers = NodeSet.EMPTY;
  private String ringName = "";
  private SortedSet<String> proofs = Collections.emptySortedSet();

  /** The nodes whose addresses the sockets know. */
  private NodeSet addresses;

  public NodeProgram(
      Machine machine, int life, NodeSettings settings, byte[] key, Machine.Answers answers) {
    this.id = machine.id();
    this.monotonic = () -> machine.clock().monotonic(machine.world().now());
    Frames frames =
        (link, to, bytes, offset, length) ->
            machine.lan().send(link, id, to, bytes, offset, length);
    Chance chance = machine.chance().fork("transport");
    Ports ports =
        new Ports(
            Transports.of(settings, key, chance.next(), frames),
            machine.disk().ringIds(() -> machine.clock().wallMillis(machine.world().now())),
            machine
                .disk()
                .store((requestId, error) -> machine.input(life, () -> stored(requestId, error))),
            machine.agents().processes(machine.parent(life)),
            (requestId, reply) ->
                machine.world().after(0, id, () -> answers.answered(id, requestId, reply)),
            machine.chance().fork("entropy"),
            new StoryJournal(machine.world(), id),
            (orderly, reason) -> machine.exit(life, orderly, reason),
            new SlowWork(machine, life),
            new Files(machine, life, key),
            machine.watchdog(),
            (region, path, bytes, offset, length) ->
                machine.media().send(region, id, path, bytes, offset, length),
            new Disks(machine, life, settings.regions().regions().size()),
            (host, number) ->
                machine
                    .lan()
                    .pingHosts()
                    .ask(id, host, () -> machine.input(life, () -> echoed(host, number))),
            Vitals.NONE,
            machine.deviceStreams(new DeviceEnds(machine, life)));
    this.addresses = settings.nodeIds();
    this.node = new Node(settings, new BootState(machine.disk().files()), ports);
  }

  /** The production node. */
  public Node node() {
    return node;
  }

  /** What the node believes now. */
  public NodeView view() {
    ClusterSnapshot snapshot = node.snapshot();
    Cib cib = snapshot.cib();
    if (isOther(cib, hashedCib) || snapshot.primary() != primary) {
      hashedCib = cib;
      primary = snapshot.primary();
      proofs = proofs(cib);
      // Hashing every state would be a tenth of a run; states that differ stay different.
      stateHash = cib.version().numUpdates() % HASHED_UPDATES == 0 ? cib.hashCode() : 0;
      version = snapshot.primary() + "." + cib.version();
    }
    if (snapshot.ringSequence() != ringSequence) {
      ringSequence = snapshot.ringSequence();
      RingStatus ring = node.ring();
      ringMembers = ring.members();
      ringName = ring.representative() + "/" + ring.sequence();
    }
    return new NodeView(
        id,
        ringName,
        snapshot.agreed() ? ringMembers : NodeSet.EMPTY,
        snapshot.agreed() && snapshot.quorate(),
        votesForIt(node.votes().verdict()),
        snapshot.coordinates(),
        snapshot.agreed() && snapshot.quorate() && primary == ringSequence,
        snapshot.stored(),
        version,
        stateHash);
  }

  /**
   * With master_wins the word of the member that has the device's vote is enough for the others.
   */
  static boolean votesForIt(QuorumVerdict verdict) {
    boolean byWord = verdict.rule() == QuorumVerdict.Rule.DEVICE && verdict.deviceVotes() == 0;
    return verdict.quorate() && !byWord;
  }

  /** The nodes whose access to storage is cut as far as this one knows. */
  public List<String> cutOff() {
    return node.snapshot().cib().status().nodes().stream()
        .filter(each -> !each.attributes().get("access-revoked", "").isEmpty())
        .map(NodeState::uname)
        .toList();
  }

  /**
   * The proofs that this node knows of, as of the last {@link #view}: each in words that are its
   * own, of which the first is its rung and the second the machine.
   */
  public SortedSet<String> proofs() {
    return proofs;
  }

  private static SortedSet<String> proofs(Cib cib) {
    SortedSet<String> proofs = new TreeSet<>();
    for (Element other : cib.status().others()) {
      for (Element entry : other.children()) {
        Attributes a = entry.attributes();
        String rung = a.get("rung", "");
        if (a.get("state", "").equals("succeeded") && !rung.isEmpty()) {
          proofs.add(
              String.join(
                  " ",
                  rung,
                  a.get("target", ""),
                  a.get("id", ""),
                  a.get("incarnation", ""),
                  a.get("executor", "")));
        }
      }
    }
    return proofs;
  }

  /** Another object: comparing the contents would cost more than it saves. */
  @SuppressWarnings("ReferenceEquality")
  private static boolean isOther(Cib cib, @Nullable Cib known) {
    return cib != known;
  }

  @Override
  public void start(long nowNanos, long wallMillis) {
    node.start(nowNanos, wallMillis);
  }

  @Override
  public void received(
      int link, int fromNode, byte[] datagram, int offset, int length, long nowNanos) {
    int known = addresses.contains(fromNode) ? fromNode : 0;
    node.received(link, known, datagram, offset, length, nowNanos);
  }

  @Override
  public void processEnded(long processId, ProcessResult result) {
    node.processEnded(processId, result);
  }

  @Override
  public void stored(long requestId, @Nullable String error) {
    node.stored(requestId, error);
  }

  @Override
  public void heartbeat(int region, int path, byte[] bytes, long nowNanos) {
    node.heartbeat(region, path, bytes, 0, bytes.length, nowNanos);
  }

  private void echoed(int host, int number) {
    node.echoed(host, number, monotonic.getAsLong());
  }

  private void worked(long requestId) {
    node.worked(requestId);
  }

  @Override
  public void asked(long requestId, AdminRequest request) {
    node.asked(requestId, request);
  }

  @Override
  public void askerGone(long requestId) {
    node.askerGone(requestId);
  }

  @Override
  public void turn(long nowNanos, long wallMillis) {
    node.turn(nowNanos, wallMillis);
  }

  @Override
  public long nextDeadline() {
    return node.nextDeadline();
  }

  /**
   * The shared disks of one life: those of regions by their places, behind them the quorum disk.
   */
  private final class Disks implements Sectors, HeartbeatMedia.DiskEnds {
    private final Machine machine;
    private final int life;
    private final int regions;
    private final Sectors ofRegions;
    private final Sectors ofQuorum;

    Disks(Machine machine, int life, int regions) {
      this.machine = machine;
      this.life = life;
      this.regions = regions;
      this.ofRegions = machine.media().sectors(id, () -> machine.isAlive(life), this);
      this.ofQuorum = machine.quorumSectors(life, new QuorumEnds());
    }

    private Sectors of(int disk) {
      return disk < regions ? ofRegions : ofQuorum;
    }

    @Override
    public boolean read(int disk, long request, long position, int length) {
      return of(disk).read(disk, request, position, length);
    }

    @Override
    public boolean write(
        int disk, long request, long position, byte[] bytes, int offset, int length) {
      return of(disk).write(disk, request, position, bytes, offset, length);
    }

    @Override
    public void read(int disk, long request, byte[] bytes, @Nullable String error) {
      machine.input(
          life,
          () -> node.sectorsRead(disk, request, bytes, bytes.length, error, monotonic.getAsLong()));
    }

    @Override
    public void written(int disk, long request, @Nullable String error) {
      machine.input(life, () -> node.sectorsWritten(disk, request, error, monotonic.getAsLong()));
    }

    private final class QuorumEnds implements QuorumPlatter.Ends {
      @Override
      public void read(long request, byte[] bytes, @Nullable String error) {
        Disks.this.read(regions, request, bytes, error);
      }

      @Override
      public void written(long request, @Nullable String error) {
        Disks.this.written(regions, request, error);
      }
    }
  }

  /** The node's end of connections with a quorum device elsewhere, in one life. */
  private final class DeviceEnds implements DeviceLines.Near {
    private final Machine machine;
    private final int life;

    DeviceEnds(Machine machine, int life) {
      this.machine = machine;
      this.life = life;
    }

    @Override
    public boolean isAlive() {
      return machine.isAlive(life);
    }

    @Override
    public void opened(long connection) {
      machine.input(life, () -> node.deviceOpened(connection, monotonic.getAsLong()));
    }

    @Override
    public void secured(long connection) {
      machine.input(life, () -> node.deviceSecured(connection, monotonic.getAsLong()));
    }

    @Override
    public void received(long connection, byte[] bytes) {
      machine.input(
          life, () -> node.deviceReceived(connection, bytes, bytes.length, monotonic.getAsLong()));
    }

    @Override
    public void closed(long connection, String why) {
      machine.input(life, () -> node.deviceClosed(connection, why, monotonic.getAsLong()));
    }
  }

  /** The settings file of the machine; who has never changed it has none to read again. */
  private final class Files implements ConfigurationSource {
    private final Machine machine;
    private final int life;
    private final byte[] key;

    Files(Machine machine, int life, byte[] key) {
      this.machine = machine;
      this.life = life;
      this.key = key;
    }

    @Override
    public byte[] key() {
      return key.clone();
    }

    @Override
    public boolean read(long requestId) {
      NodeSettings file = machine.configuration();
      if (file == null) {
        return false;
      }
      machine
          .world()
          .after(
              machine.chance().between(Time.MILLIS, 100 * Time.MILLIS),
              id,
              () ->
                  machine.input(
                      life,
                      () ->
                          node.configurationRead(
                              requestId, new Configuration(file, key, List.of()), null)));
      return true;
    }

    @Override
    public @Nullable String moveSockets(NodeSettings settings) {
      addresses = settings.nodeIds();
      return null;
    }
  }

  /** Work takes some time, one after the other, and what it is about may be over by then. */
  private final class SlowWork implements Background {
    private final Machine machine;
    private final int life;
    private final Chance chance;
    private long busyUntil;

    SlowWork(Machine machine, int life) {
      this.machine = machine;
      this.life = life;
      this.chance = machine.chance().fork("work");
    }

    @Override
    public void work(long requestId, Runnable work) {
      World world = machine.world();
      long usual = chance.between(Time.MILLIS, 5 * Time.MILLIS);
      long takes = chance.oneIn(20) ? 40 * usual : usual;
      busyUntil = Math.max(busyUntil, world.now()) + takes;
      world.after(
          busyUntil - world.now(),
          id,
          () -> {
            work.run();
            machine.input(life, () -> worked(requestId));
          });
    }
  }

  /** Tells decisions and log lines as parts of the story. */
  private record StoryJournal(World world, int node) implements Journal {
    @Override
    public void decision(Decision decision) {
      world.trace().fold(decision.what());
      if (world.trace().told()) {
        world.tell(
            node,
            decision.kind()
                + " "
                + decision.subject()
                + ": "
                + decision.what()
                + (decision.why().isEmpty() ? "" : " because " + decision.why()));
      }
    }

    @Override
    public void log(Level level, String text) {
      world.trace().fold(text);
      if (world.trace().told()) {
        world.tell(node, level + " " + text);
      }
    }
  }
}
