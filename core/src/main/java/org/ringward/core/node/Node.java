package org.ringward.core.node;

import static java.util.stream.Collectors.joining;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.ringward.core.admin.AdminRequest;
import org.ringward.core.admin.GuardReport;
import org.ringward.core.base.Decision;
import org.ringward.core.base.NodeSet;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.config.NodeSettings.Member;
import org.ringward.core.control.AlertDesk;
import org.ringward.core.control.ClusterControl;
import org.ringward.core.control.ClusterSnapshot;
import org.ringward.core.control.ControlPorts;
import org.ringward.core.control.Evidence;
import org.ringward.core.control.Exercises;
import org.ringward.core.control.Moment;
import org.ringward.core.control.OperatorDesk;
import org.ringward.core.forum.ForumDesk;
import org.ringward.core.group.CfgListener;
import org.ringward.core.group.ProcessGroups;
import org.ringward.core.group.RingStatus;
import org.ringward.core.guard.Belief;
import org.ringward.core.guard.Guard;
import org.ringward.core.guard.StallGuard;
import org.ringward.core.lease.LeaseDesk;
import org.ringward.core.lease.RingProgress;
import org.ringward.core.port.Entropy;
import org.ringward.core.port.Journal;
import org.ringward.core.port.ProcessResult;
import org.ringward.core.port.RingIds;
import org.ringward.core.quorum.TimedDevice;
import org.ringward.core.quorum.VoteQuorum;
import org.ringward.core.quorum.disk.DiskDevice;
import org.ringward.core.quorum.witness.NetworkDevice;
import org.ringward.core.quorum.witness.WitnessDevice;
import org.ringward.core.region.PingNodes;
import org.ringward.core.region.SbdSlots;

/**
 * A whole cluster node as one sans-I/O machine, turned by one thread. Times: nowNanos is monotonic
 * with an arbitrary origin, wallMillis is since 1970.
 *
 * <p>The loop: give it all inputs that are there, call {@link #turn}, sleep until an input or
 * {@link #nextDeadline}. A node that was not turned for longer than its safety budget (the token
 * timeout) drops what it was given meanwhile and learns the membership again before it acts.
 */
public final class Node {
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final int CHANCE_BITS = 20;

  private NodeSettings settings;
  private final Ports ports;
  private final ProcessGroups groups;
  private final ClusterControl control;
  private final ForumDesk forum;
  private final OperatorDesk desk;
  private final Exercises exercises;
  private final AlertDesk alerts;
  private final Lookout lookout;
  private final RingWatch watch;
  private final RingDesk ringDesk;
  private final QuorumDesk quorumDesk;
  private final RingReload reload;
  private final Departure departure;
  private final Heart heart;
  private final Guard guard;
  private final SelfCheck selfCheck;
  private final RingLoss loss;
  private final Belief belief = new OwnBelief();

  /** What the system granted of locked memory and priority, empty before that is known. */
  private String realTime = "";

  private final KeptVotes kept;
  private final @Nullable TimedDevice device;
  private final Deque<Runnable> inputs = new ArrayDeque<>();
  private long lastProcess;
  private Moment now = new Moment(0, 0);
  private boolean running;

  /** The machine waits for its watchdog and does nothing any more. */
  private boolean condemned;

  /** Why this node must not be with the others, empty while it may. */
  private String outdated = "";

  public Node(NodeSettings settings, BootState boot, Ports ports) {
    this.settings = settings;
    this.ports = ports;
    long incarnation = incarnation(ports.ringIds(), ports.entropy());
    this.control =
        new ClusterControl(
            settings,
            incarnation,
            boot.files().get(ClusterControl.stateFileName()),
            controlPorts(),
            this::multicast);
    control.story().remember(boot.story(), boot.configurations());
    int self = settings.self().id();
    this.forum = new ForumDesk(self, control::keptPrimary, this::nameOf, this::multicast);
    this.groups =
        new ProcessGroups(
            self,
            settings.nodeIds(),
            settings.totem(),
            ports.transport(),
            ports.ringIds(),
            new GroupSwitch(control, forum, this::isRingOperational));
    this.desk = new OperatorDesk(settings, control, new StatusOfRing(), ports.operators());
    this.exercises = new Exercises(ports.store(), boot.files().get(Exercises.FILE));
    desk.exercises(exercises);
    this.alerts =
        new AlertDesk(settings, control, ports.processes(), () -> ++lastProcess, ports.journal());
    this.watch = new RingWatch(settings, ports.journal()::log);
    ports.transport().listen(watch);
    this.ringDesk = new RingDesk(settings, groups, ports.transport(), control::verdict, watch);
    this.quorumDesk = new QuorumDesk(settings, groups, () -> control.verdict().reason());
    this.reload =
        new RingReload(
            settings,
            groups,
            ports.transport(),
            ports.configuration(),
            ports.operators(),
            ports.journal()::log,
            new Reconfigured());
    this.groups.listen(new Orders());
    this.departure = new Departure(groups);
    this.kept = new KeptVotes(ports.store(), ports.journal());
    this.groups.announce(settings, KeptVotes.read(boot.files()), kept::keep);
    this.ringDesk.alsoWarn(reload::warnings);
    WitnessRegion media = new WitnessRegion(settings, ports.heartbeats());
    this.heart =
        new Heart(
            settings,
            ports.configuration().key(),
            incarnation,
            media,
            ports.sectors(),
            ports.echoes(),
            new ToldToAll(),
            ports.operators(),
            new DiskOrders());
    this.lookout = new Lookout(desk.lookout(), ringDesk, quorumDesk, heart, groups);
    control.unreachable().evidence(new RegionEvidence());
    forum.ring(new ProgressOfRing());
    this.guard = new Guard(settings, ports.watchdog(), ports.journal());
    this.selfCheck =
        new SelfCheck(
            ports.vitals(), ports.store(), heart::troubles, () -> guard.health().stalls());
    answerOthers();
    this.loss = new RingLoss(settings.totem());
    this.device = QuorumDevices.of(settings, incarnation, ports);
    useDevice(media);
  }

  private ControlPorts controlPorts() {
    return new ControlPorts(
        ports.store(),
        ports.processes(),
        () -> ++lastProcess,
        ports.entropy(),
        ports.journal(),
        ports.background(),
        new ProgressOfRing(),
        this::votes);
  }

  /** What others may ask over the heartbeat regions. */
  private void answerOthers() {
    heart.answers(SelfCheck.WORD, (_, _, answer) -> selfCheck.asked(answer, now.nanos()));
    heart.answers(
        ClusterControl.LET_GO,
        (asker, question, answer) ->
            inputs.add(() -> control.askedToLetGo(asker, question, answer::give)));
  }

  private void useDevice(WitnessRegion media) {
    if (device != null) {
      long patience = settings.quorum().device().syncTimeoutMillis() * NANOS_PER_MILLI;
      groups.quorumDevice(device, patience);
    }
    if (device instanceof WitnessDevice witness) {
      media.through(
          witness,
          (region, bytes, offset, length, nowNanos) ->
              heart.received(region, 0, bytes, offset, length, nowNanos));
    }
  }

  /**
   * Grows with the rings this node took part in and with the clock ({@link RingIds#load}); chance
   * separates lives that have neither. Milliseconds since 1970 leave room for that until 2248.
   */
  static long incarnation(RingIds ringIds, Entropy entropy) {
    return (ringIds.load() + 1) << CHANCE_BITS | entropy.below(1L << CHANCE_BITS);
  }

  /** What the votes say on this node alone. */
  public VoteQuorum votes() {
    return groups.quorum();
  }

  private boolean isRingOperational() {
    return groups.isOperational();
  }

  private String nameOf(int node) {
    return settings.nodeIds().contains(node) ? settings.member(node).name() : "node " + node;
  }

  private boolean multicast(byte[] message) {
    return groups.multicast(ClusterControl.GROUP, message, now.nanos());
  }

  /** Begins to look for a ring. */
  public void start(long nowNanos, long wallMillis) {
    at(nowNanos, wallMillis);
    String refusal = guard.start(nowNanos);
    if (refusal != null) {
      ports.power().exit(false, refusal);
      return;
    }
    running = true;
    if (device != null) {
      device.holds(control.heldPrimary());
      device.start(nowNanos);
    }
    heart.start(nowNanos);
    groups.start(nowNanos);
    groups.join(ClusterControl.GROUP, nowNanos);
  }

  /**
   * A datagram from the network, of any content.
   *
   * @param link on which link it came in
   * @param fromNode node that has its source address on that link, 0 for none
   */
  public void received(
      int link, int fromNode, byte[] datagram, int offset, int length, long nowNanos) {
    if (running && !stalled(nowNanos)) {
      at(nowNanos, now.wallMillis() + (nowNanos - now.nanos()) / NANOS_PER_MILLI);
      groups.received(link, fromNode, datagram, offset, length, nowNanos);
    }
  }

  /** When the ring lost that node last, monotonic nanoseconds; Long.MIN_VALUE for never. */
  public long partedAt(int node) {
    return groups.partedAt(node);
  }

  /** The system said that nobody listens at a node's address on a link. */
  public void refused(int link, int node, long nowNanos) {
    if (running) {
      groups.refused(link, node, nowNanos);
      loss.refused(node, nowNanos);
    }
  }

  /**
   * Something arrived on a heartbeat region, of any content.
   *
   * @param region its place in the settings
   * @param path on which of its ways, 0 where there is one
   */
  public void heartbeat(int region, int path, byte[] bytes, int offset, int length, long nowNanos) {
    if (running) {
      heart.received(region, path, bytes, offset, length, nowNanos);
    }
  }

  /**
   * A read that port.Sectors was told to do has ended.
   *
   * @param disk place of its region in the settings
   * @param error what the disk says, null when the bytes are what it has
   */
  public void sectorsRead(
      int disk, long request, byte[] bytes, int length, @Nullable String error, long nowNanos) {
    if (running && DiskDevice.isOurs(request)) {
      toDisk(to -> to.sectorsRead(request, bytes, length, error, nowNanos));
    } else if (running) {
      heart.sectorsRead(disk, request, bytes, length, error, nowNanos);
    }
  }

  /** A write that port.Sectors was told to do has ended; error is null when it is on the disk. */
  public void sectorsWritten(int disk, long request, @Nullable String error, long nowNanos) {
    if (running && DiskDevice.isOurs(request)) {
      toDisk(to -> to.sectorsWritten(request, error, nowNanos));
    } else if (running) {
      heart.sectorsWritten(disk, request, error, nowNanos);
    }
  }

  /** Whether the machine waits for its watchdog and does nothing any more. */
  public boolean isCondemned() {
    return condemned;
  }

  /** A ping host answered what port.Echoes was told to ask. */
  public void echoed(int host, int number, long nowNanos) {
    if (running) {
      heart.echoed(host, number, nowNanos);
    }
  }

  /** A program that port.Processes was told to start has ended. */
  public void processEnded(long processId, ProcessResult result) {
    if (!(device instanceof DiskDevice disk && disk.processEnded(processId, result))) {
      inputs.add(() -> {
        if (!alerts.processEnded(processId, result)) {
          control.processEnded(processId, result);
        }
      });
    }
  }

  /** A write that port.Store was told to do has ended; error is null when it is durable. */
  public void stored(long requestId, @Nullable String error) {
    boolean ours = kept.stored(requestId, error) || exercises.stored(requestId);
    if (!ours && !selfCheck.stored(requestId, error, now.nanos())) {
      inputs.add(() -> control.stored(requestId, error));
    }
  }

  /** What the configuration source was told to read has been read, or why it was not. */
  public void configurationRead(
      long requestId, ConfigurationSource.@Nullable Configuration read, @Nullable String error) {
    inputs.add(() -> reload.read(requestId, read, error, now.nanos()));
  }

  /** What port.Background was given has been worked out. */
  public void worked(long requestId) {
    inputs.add(() -> control.worked(requestId));
  }

  /** A connection to the quorum device is open. */
  public void deviceOpened(long connection, long nowNanos) {
    toDevice(to -> to.opened(connection, nowNanos));
  }

  /** A connection to the quorum device speaks TLS. */
  public void deviceSecured(long connection, long nowNanos) {
    toDevice(to -> to.secured(connection, nowNanos));
  }

  /** Bytes from the quorum device. */
  public void deviceReceived(long connection, byte[] bytes, int length, long nowNanos) {
    toDevice(to -> to.received(connection, bytes, length, nowNanos));
  }

  /** A connection to the quorum device is gone, as a sentence says. */
  public void deviceClosed(long connection, String why, long nowNanos) {
    toDevice(to -> to.closed(connection, why, nowNanos));
  }

  /** At once: a connection goes on when what it brought has been dealt with. */
  private void toDevice(Consumer<NetworkDevice> input) {
    if (running && device instanceof NetworkDevice network) {
      input.accept(network);
    }
  }

  private void toDisk(Consumer<DiskDevice> input) {
    if (device instanceof DiskDevice disk) {
      input.accept(disk);
    }
  }

  /** An operator asks; answered through port.Operators with the same id, at once or later. */
  public void asked(long requestId, AdminRequest request) {
    inputs.add(() -> answer(requestId, request));
  }

  private void answer(long requestId, AdminRequest request) {
    switch (request.verb()) {
      case RING_STATUS -> ports.operators().reply(requestId, ringDesk.status());
      case REGIONS -> ports.operators().reply(requestId, heart.report());
      case INQUIRE -> heart.inquire(requestId, request);
      case RING_LINKS -> ports.operators().reply(requestId, ringDesk.links());
      case QUORUM_STATUS -> ports.operators().reply(requestId, quorumDesk.status());
      case RING_RELOAD -> reload.asked(requestId, request, now.nanos());
      default -> desk.asked(requestId, request, now);
    }
  }

  /** What the system granted of locked memory and real-time priority, a sentence. */
  public void realTime(String sentence) {
    inputs.add(() -> realTime = sentence);
  }

  /** The requester of that id has gone away. */
  public void askerGone(long requestId) {
    inputs.add(() -> desk.askerGone(requestId));
  }

  /** Runs what is due. Call after inputs and when the deadline has come. */
  public void turn(long nowNanos, long wallMillis) {
    if (condemned) {
      guard.turned(nowNanos);
      feed(nowNanos);
    }
    if (!running) {
      return;
    }
    stalled(nowNanos);
    at(nowNanos, wallMillis);
    groups.expire(nowNanos);
    for (Runnable input = inputs.poll(); input != null; input = inputs.poll()) {
      input.run();
    }
    if (device != null) {
      device.holds(control.heldPrimary());
      device.turn(nowNanos, wallMillis);
      groups.expire(nowNanos);
    }
    promise();
    PingNodes reached = heart.connectivity();
    control.reaches(reached.settled(), reached.coming());
    control.turn();
    forum.turn(nowNanos);
    if (loss.turn(groups.isOperational(), nowNanos)) {
      control.story().ringBroke((nowNanos - groups.tokenSeen()) / NANOS_PER_MILLI);
      heart.hurry();
    }
    heart.turn(!control.members().isEmpty() && control.verdict().quorate());
    heart.examine(groups.members());
    selfCheck.turn(nowNanos);
    alerts.turn(now);
    desk.turn(now);
    reload.turn(groups.members(), nowNanos);
    watch.turn(ports.transport(), groups::status, nowNanos, wallMillis);
    groups.expire(nowNanos);
    if (running && !outdated.isEmpty()) {
      groups.shutdown(nowNanos);
      end(false, outdated);
    } else if (running && control.mayLeave()) {
      depart(nowNanos);
    }
    if (running) {
      @Nullable String reason = control.condemned();
      if (reason != null) {
        condemn(reason);
      }
      feed(nowNanos);
    }
  }

  private void feed(long nowNanos) {
    String mustEnd = guard.feed(nowNanos, belief);
    if (mustEnd != null) {
      end(false, mustEnd);
    }
  }

  /**
   * The others want this machine reset. The daemon stays: one that ended would be started again,
   * and the next life would keep the machine alive.
   */
  private void condemn(String reason) {
    guard.condemn(reason);
    condemned = true;
    running = false;
    groups.shutdown(now.nanos());
  }

  /** Before anything of this node is told to the others that relies on it. */
  private void promise() {
    long bound = guard.promise(control.isExclusive());
    if (bound > 0) {
      control.promise(bound);
    }
  }

  private void end(boolean orderly, String reason) {
    running = false;
    condemned = false;
    guard.end(orderly);
    ports.power().exit(orderly, reason);
  }

  private void at(long nowNanos, long wallMillis) {
    now = new Moment(nowNanos, wallMillis);
    control.at(now);
    if (device != null) {
      device.at(nowNanos);
    }
    heart.at(nowNanos, wallMillis);
  }

  /** After a stall everything this node believes about the others is out of date. */
  private boolean stalled(long nowNanos) {
    long stall = guard.turned(nowNanos);
    if (stall == 0) {
      return false;
    }
    long millis = stall / NANOS_PER_MILLI;
    control
        .story()
        .observed(
            new Decision(
                    now.wallMillis(),
                    settings.nodeName(),
                    Decision.Kind.GUARD,
                    settings.nodeName(),
                    settings.nodeName()
                        + " did not run for "
                        + millis
                        + " ms and learns the membership again before it acts",
                    List.of("longer than the token timeout"),
                    List.of())
                .withFacts(Decision.facts("event", "stall", "took", Long.toString(millis))));
    ports.journal().log(Journal.Level.WARNING, "stalled for " + stall / NANOS_PER_MILLI + " ms");
    control.interrupt();
    groups.stalled(nowNanos);
    return true;
  }

  /** Nothing runs here any more; as long as its farewell is under way the node stays a member. */
  private void depart(long nowNanos) {
    departure.begin(nowNanos);
    groups.expire(nowNanos);
    if (!departure.isOver(nowNanos)) {
      return;
    }
    heart.leave();
    groups.shutdown(nowNanos);
    if (device != null) {
      device.leave(nowNanos);
    }
    end(
        control.leftOrderly(),
        control.leftOrderly()
            ? "everything was handed over"
            : "the hand-over did not end in time; what is left here will be fenced");
  }

  /** Monotonic time of the next turn that is needed without inputs, Long.MAX_VALUE for none. */
  public long nextDeadline() {
    if (!running) {
      return condemned ? guard.nextDeadline() : Long.MAX_VALUE;
    }
    long next = Math.min(groups.nextDeadline(), control.nextDeadline());
    next = Math.min(next, forum.nextDeadline());
    next = device == null ? next : Math.min(next, device.nextDeadline());
    next = Math.min(next, desk.nextDeadline());
    next = Math.min(next, Math.min(heart.nextDeadline(), selfCheck.nextDeadline()));
    next = Math.min(next, Math.min(reload.nextDeadline(), alerts.nextDeadline()));
    next = Math.min(next, departure.nextDeadline(now.nanos()));
    return inputs.isEmpty() ? Math.min(next, guard.nextDeadline()) : now.nanos();
  }

  /** What an observer (the simulator's checks, metrics) may see. */
  public ClusterSnapshot snapshot() {
    return control.snapshot();
  }

  /** The programs of this node that share resources with others; in this node's thread only. */
  public LeaseDesk leases() {
    return control.leases();
  }

  /** The programs of this node that talk in groups; in this node's thread only. */
  public ForumDesk forum() {
    return forum;
  }

  /** For those who show this node to people and programs; in this node's thread only. */
  public Lookout lookout() {
    return lookout;
  }

  /** The ring as this node sees it. */
  public RingStatus ring() {
    return groups.status();
  }

  /** Orders that come through the ring. */
  private final class Orders implements CfgListener {
    @Override
    public void reloadOrdered(int author) {
      reload.reloadOrdered(author);
    }

    @Override
    public void keyPhase(int author, int phase) {
      reload.keyPhase(author, phase);
    }

    @Override
    public void configurationOutdated(int node, long ownVersion, long itsVersion) {
      outdated =
          "config_version is %d here and %d on node %d: this node needs the newer configuration"
              .formatted(ownVersion, itsVersion, node);
    }

    @Override
    public void shutdownOrdered() {
      departure.orderDelivered();
    }

    /** Without a farewell: who orders this does not trust the node any more. */
    @Override
    public void killOrdered(int author, String reason) {
      String text = "killed by order of node " + Integer.toUnsignedString(author);
      end(false, text + ": " + reason.replaceAll("\\p{Cntrl}", ""));
    }
  }

  /** What the regions of this node show belongs in everybody's story. */
  private final class ToldToAll implements Journal {
    @Override
    public void decision(Decision decision) {
      control.story().observed(decision);
    }

    @Override
    public void log(Level level, String text) {
      ports.journal().log(level, text);
    }
  }

  /** Orders that come over shared disks in sbd's format. */
  private final class DiskOrders implements SbdSlots.Listener {
    @Override
    public void condemned(String reason) {
      inputs.add(() -> condemn(reason));
    }

    @Override
    public void leave(String reason) {
      ports.journal().log(Journal.Level.NOTICE, reason + ": this node hands over and ends");
      inputs.add(control::leave);
    }

    @Override
    public void exit(String reason) {
      outdated = reason;
    }

    @Override
    public void note(String sentence) {
      ports.journal().log(Journal.Level.NOTICE, sentence);
    }
  }

  /** What a reload means for the parts of the node. */
  private final class Reconfigured implements RingReload.Owner {
    @Override
    public void reconfigured(NodeSettings changed) {
      settings = changed;
      control.reconfigured(changed);
      loss.reconfigured(changed.totem());
      desk.reconfigured(changed);
      watch.reconfigured(changed);
      ringDesk.reconfigured(changed);
      quorumDesk.reconfigured(changed);
      guard.reconfigured(changed);
    }

    @Override
    public @Nullable String objection(NodeSettings changed) {
      NodeSet running = groups.members().minus(changed.nodeIds());
      if (!running.isEmpty()) {
        String names =
            running.stream().mapToObj(settings::member).map(Member::name).collect(joining(", "));
        return names + " still runs and might have resources: stop it first, then remove it";
      }
      return VoteSafety.objection(settings, changed, groups.quorum(), control.verdict().quorate());
    }
  }

  /** What the heartbeat regions show, for the cluster layer. */
  private final class RegionEvidence implements Evidence {
    @Override
    public Sight sight(String node) {
      int id = settings.member(node).id();
      return loss.sight(id, heart.lastSent(id), heart.isFresh(id), now.nanos());
    }

    @Override
    public boolean isAlive(String node) {
      return heart.isAlive(node);
    }

    @Override
    public String about(String node) {
      return heart.about(node);
    }

    @Override
    public boolean ask(
        String node, String question, long patienceNanos, Consumer<@Nullable String> ended) {
      return heart.ask(
          node, question, patienceNanos, answer -> inputs.add(() -> ended.accept(answer)));
    }
  }

  private final class ProgressOfRing implements RingProgress {
    @Override
    public long tokenSeen() {
      return groups.tokenSeen();
    }

    @Override
    public int delivered() {
      return groups.delivered();
    }

    @Override
    public int heldByAll() {
      return groups.heldByAll();
    }
  }

  private final class OwnBelief implements Belief {
    /** Whoever wants this node to be off is in a view with quorum: with this node, or not. */
    @Override
    public boolean hearsOrders(long nowNanos) {
      long token = settings.totem().token() * NANOS_PER_MILLI;
      boolean together =
          control.isExclusive()
              && !control.isOrderedOff()
              && nowNanos - groups.tokenSeen() <= token;
      return heart.mayFeed(nowNanos) || together || control.holdsNothing();
    }

    @Override
    public boolean quorate() {
      return control.isExclusive();
    }

    @Override
    public long tokenSeen() {
      return groups.tokenSeen();
    }

    @Override
    public boolean holdsNothing() {
      return control.holdsNothing();
    }
  }

  private final class StatusOfRing implements OperatorDesk.RingView {
    @Override
    public String state() {
      return groups.status().state().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String ring() {
      RingStatus status = groups.status();
      return status.representative() + "/" + Long.toHexString(status.sequence());
    }

    @Override
    public List<String> quorumOutlook() {
      return quorumDesk.outlook();
    }

    @Override
    public OperatorDesk.QuorumForesight quorumForesight() {
      return quorumDesk.foresight();
    }

    @Override
    public List<String> warnings() {
      return heart.warnings();
    }

    @Override
    public GuardReport guard(Moment at) {
      Guard.Health health = guard.health();
      StallGuard.Statistics stalls = health.stalls();
      long ago = stalls.count() == 0 ? 0 : at.nanos() - stalls.lastStallEnded();
      return new GuardReport(
          stalls.count(),
          stalls.longestGapNanos() / NANOS_PER_MILLI,
          stalls.lastStallNanos() / NANOS_PER_MILLI,
          ago / NANOS_PER_MILLI,
          health.watchdog(),
          health.withheld(),
          realTime);
    }
  }
}
