package org.ringward.core.group;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.Check;
import org.ringward.core.base.Counters;
import org.ringward.core.base.Defect;
import org.ringward.core.base.NodeSet;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.config.TotemSettings;
import org.ringward.core.link.LinkStatus;
import org.ringward.core.link.LoopbackLink;
import org.ringward.core.link.Transport;
import org.ringward.core.port.RingIds;
import org.ringward.core.quorum.DeviceModel;
import org.ringward.core.quorum.QuorumOutlook;
import org.ringward.core.quorum.VoteQuorum;
import org.ringward.core.totem.RingUpcalls;
import org.ringward.core.totem.TotemRing;
import org.ringward.core.totem.TotemState;
import org.ringward.core.wire.CfgKill;
import org.ringward.core.wire.CfgMessage;
import org.ringward.core.wire.GroupPrefix;
import org.ringward.core.wire.PackedPayload;
import org.ringward.core.wire.ServiceHeader;
import org.ringward.core.wire.ServiceMessage;
import org.ringward.core.wire.SyncBarrier;
import org.ringward.core.wire.SyncServiceBuild;

/**
 * Closed process groups over one ring: messages to a group reach all its members in one order, and
 * the members agree on who they are between which messages (extended virtual synchrony). {@link
 * #groups} has the processes of this node; for an owner who is one process in few groups, {@link
 * #join}, {@link #multicast} and the listener are enough.
 *
 * <p>What is promised, as long as this node lives:
 *
 * <ul>
 *   <li>messages of one node arrive in the order it sent them;
 *   <li>a message that {@link #multicast} accepted is delivered, in this ring or a later one, to
 *       all members of the group at that point of the order;
 *   <li>members that go together from one configuration to the next have delivered the same
 *       messages between them, in the same order;
 *   <li>no message is delivered between a regular configuration and {@code synchronised}.
 * </ul>
 *
 * <p>A machine without clock, network and threads: times are monotonic nanoseconds, calls to the
 * listener come from inside {@link #received} and {@link #expire}, and the listener may call {@link
 * #multicast}, {@link #join} and {@link #leave}. After each call the owner calls {@link #expire},
 * and again when {@link #nextDeadline} has come.
 */
public final class ProcessGroups {
  /** The longest message. */
  public static final int MESSAGE_MAX = ClosedProcessGroups.MESSAGE_MAX;

  private static final int PID = 1;
  private static final long QUEUED_BYTES_MAX = 8L * 1024 * 1024;

  /**
   * Own frames and timers that are handled in one turn: a ring of one node that sends without end
   * must still hear others.
   */
  private static final int TURN_MAX = 16;

  private final int self;
  private final Transport transport;
  private final LoopbackLink link;
  private final TotemRing ring;
  private final ProcessGroupListener listener;
  private final ClosedProcessGroups groups;
  private final TreeMap<Integer, RingService> services = new TreeMap<>();
  private final TreeMap<String, OwnProcess> ownProcesses = new TreeMap<>();
  private final Synchroniser synchroniser;
  private final OutgoingQueue application;
  private final OutgoingQueue synchronisation;
  private final MemberAssemblies assemblies = new MemberAssemblies();
  private final MemberAssemblies synchronisationAssemblies = new MemberAssemblies();
  private final PackedPayload packed = new PackedPayload();
  private final Assembly.Sink sink = this::block;
  private final Counters<GroupEvent> events = new Counters<>(GroupEvent.class);
  private final ConfigurationService configuration;
  private final ConfigurationMapService configurationMap;
  private final VoteQuorumService voteQuorum;
  private final Outlet outlet = new Outlet();
  private boolean silent;

  /** A process of the node itself, with what turns its events into those of the owner. */
  private record OwnProcess(LocalProcess process, SingleProcess listener) {}

  /** From a regular configuration on until synchronised: packets are those of the sync protocol. */
  private boolean betweenRings = true;

  private long lastNow;

  /** Members of the ring when it was synchronised last, and who came along since. */
  private NodeSet synchronisedMembers = NodeSet.EMPTY;

  private long ringSequence;
  private NodeSet ringMembers = NodeSet.EMPTY;
  private NodeSet cameAlong = NodeSet.EMPTY;

  /**
   * A node that has not begun.
   *
   * @param configuredNodes all nodes of the cluster, this one included
   * @param transport for this ring alone, not started
   */
  public ProcessGroups(
      int nodeId,
      NodeSet configuredNodes,
      TotemSettings settings,
      Transport transport,
      RingIds ringIds,
      ProcessGroupListener listener) {
    Check.that(configuredNodes.contains(nodeId), "this node is not among the configured nodes");
    self = nodeId;
    this.listener = listener;
    this.transport = transport;
    int frameMax = transport.frameMax();
    int payloadMax = TotemRing.payloadMax(frameMax);
    link = new LoopbackLink(self, transport);
    application = new OutgoingQueue(payloadMax, QUEUED_BYTES_MAX);
    synchronisation = new OutgoingQueue(payloadMax, QUEUED_BYTES_MAX);
    ring =
        new TotemRing(
            self,
            configuredNodes,
            settings,
            frameMax,
            link,
            ringIds,
            new Upcalls(),
            application,
            synchronisation);
    groups = new ClosedProcessGroups(self, application, outlet, ring::wake, events);
    services.put(groups.id(), groups);
    voteQuorum = new VoteQuorumService(self, configuredNodes, outlet);
    services.put(voteQuorum.id(), voteQuorum);
    configurationMap = new ConfigurationMapService(self, outlet);
    services.put(configurationMap.id(), configurationMap);
    configuration = new ConfigurationService(self);
    services.put(configuration.id(), configuration);
    synchroniser =
        new Synchroniser(
            new SyncSteps(),
            ServiceHeader.CMAP,
            ServiceHeader.CPG,
            ServiceHeader.QUORUM,
            ServiceHeader.VOTEQUORUM);
  }

  /** Begins to look for a ring. */
  public void start(long now) {
    lastNow = now;
    transport.start(now);
    ring.start(now);
  }

  /**
   * A datagram from the network, of any content.
   *
   * @param link on which link it came in
   * @param fromNode node that has its source address on that link, 0 for none
   */
  public void received(int link, int fromNode, byte[] datagram, int offset, int length, long now) {
    if (!silent && transport.received(link, fromNode, datagram, offset, length, now)) {
      ring.received(transport.frame(), transport.frameOffset(), transport.frameLength(), now);
    }
  }

  /** How the links to the other nodes stand, by node and link. */
  public List<LinkStatus> links() {
    return transport.links();
  }

  /** When the ring lost that node last; see {@link TotemRing#partedAt}. */
  public long partedAt(int node) {
    return ring.partedAt(node);
  }

  /** The system said that nobody listens at a node's address on a link. */
  public void refused(int link, int node, long now) {
    if (!silent && transport.refused(link, node, now)) {
      ring.refused(node, now);
    }
  }

  /** Runs what is due: timers, and frames of this node to itself. */
  public void expire(long now) {
    lastNow = now;
    transport.expire(now);
    turnRing(now);
    groups.turn();
    voteQuorum.expire(now);
    synchroniser.turn();
  }

  private void turnRing(long now) {
    for (int i = 0; i < TURN_MAX && !silent; i++) {
      if (!ring.expireOne(now)) {
        if (!link.hasOwnFrames()) {
          return;
        }
        ring.receivedFromSelf(link.ownFrame(), link.ownFrameLength(), now);
        link.removeOwnFrame();
      }
    }
  }

  /**
   * When {@link #expire} is needed next, Long.MAX_VALUE for never; not after its last time when
   * there is more to do at once.
   */
  public long nextDeadline() {
    if (silent) {
      return Long.MAX_VALUE;
    }
    long next = Math.min(ring.nextDeadline(), transport.nextDeadline());
    next = Math.min(next, voteQuorum.nextDeadline());
    return link.hasOwnFrames() ? Math.min(lastNow, next) : next;
  }

  /** The groups of all processes of this node and of the others. */
  public ClosedProcessGroups groups() {
    return groups;
  }

  /**
   * Joins a group with this node's own process. The first membership the listener gets is the one
   * with this node in it. A group that is joined already stays as it is.
   */
  public void join(String group, long now) {
    OwnProcess own = ownProcesses.get(group);
    if (own == null) {
      SingleProcess single = new SingleProcess(listener, group, self);
      own = new OwnProcess(groups.process(PID, single), single);
      ownProcesses.put(group, own);
    }
    own.process().join(group);
  }

  /** Leaves a group, after the messages that were accepted so far. */
  public void leave(String group, long now) {
    OwnProcess own = ownProcesses.get(group);
    if (own != null) {
      own.process().leave();
    }
  }

  /** Sets who hears orders of the configuration service. */
  public void listen(CfgListener listener) {
    configuration.listen(listener);
    configurationMap.listen(listener);
  }

  /** What the other members are told of this node: its votes, the version of its configuration. */
  public void announce(NodeSettings settings) {
    voteQuorum.announce(settings);
    configurationMap.version(settings.configVersion());
  }

  /**
   * The same, before the first ring of a node that remembers its last life.
   *
   * @param kept the number that {@code keep} was told last, 0 for none
   * @param keep is told the highest number of expected votes, to be kept on disk
   */
  public void announce(NodeSettings settings, int kept, IntConsumer keep) {
    voteQuorum.announce(settings, kept, keep);
    configurationMap.version(settings.configVersion());
  }

  /** May this side go on: the votes of the members of the ring. */
  public VoteQuorum quorum() {
    return voteQuorum.quorum();
  }

  /** Who would win which split, and what else may happen to quorum; names are those of nodes. */
  public QuorumOutlook quorumOutlook(IntFunction<String> names) {
    return QuorumOutlook.of(voteQuorum.quorum(), voteQuorum.device(), names);
  }

  /** What operators should know of the quorum device, a sentence each. */
  public List<String> deviceSentences() {
    return voteQuorum.device().sentences();
  }

  /**
   * Sets the quorum device of this node.
   *
   * @param patienceNanos how long a new ring waits for its vote
   */
  public void quorumDevice(DeviceModel model, long patienceNanos) {
    voteQuorum.device(model, patienceNanos);
  }

  /** The versions of their configurations that the members told last, by node; 0 for none. */
  public SortedMap<Integer, Long> configurationVersions() {
    return configurationMap.versions();
  }

  /** Asks every node of the ring, this one and Corosync's included, to read its configuration. */
  public void orderReload() {
    outlet.send(new CfgMessage(CfgMessage.RELOAD, self));
  }

  /** Tells all nodes a step of a change of keys. */
  public void announceKeyPhase(int phase) {
    outlet.send(new CfgMessage(CfgMessage.CRYPTO, phase));
  }

  /**
   * Makes the daemon of a node of the ring end at once.
   *
   * @param reason what that node logs, at most 255 bytes of it
   */
  public void orderKill(int node, String reason) {
    outlet.send(new CfgKill(node, reason));
  }

  /**
   * Asks this node itself, in the order of messages, to end orderly: everything that was accepted
   * before is delivered first.
   */
  public void orderShutdown() {
    voteQuorum.leave();
    outlet.send(new CfgMessage(CfgMessage.SHUTDOWN, 0));
  }

  /**
   * Takes over changed settings: nodes, links, timers, limits. Members that are configured no more
   * are out of the ring at once.
   */
  public void reconfigure(NodeSettings settings, long now) {
    transport.reconfigure(settings, now);
    ring.reconfigure(settings.nodeIds(), settings.totem(), now);
    announce(settings);
  }

  /**
   * Sends a message to a group this node's own process has joined or asked to join; the bytes are
   * copied.
   *
   * @return false when the queues are full; nothing is queued then, and the caller may try again
   */
  public boolean multicast(String group, byte[] bytes, long now) {
    OwnProcess own = ownProcesses.get(group);
    if (own == null) {
      throw new Defect("multicast to a group that was not joined");
    }
    return own.process().multicast(bytes, 0, bytes.length);
  }

  /** Says farewell to the ring; from now on nothing is sent, and inputs are ignored. */
  public void shutdown(long now) {
    if (!silent) {
      ring.leave();
      link.clearOwnFrames();
      silent = true;
    }
  }

  /**
   * This node was not running for long: it believes nothing of what it knew and learns anew who is
   * there. Datagrams that piled up meanwhile should be thrown away by the caller.
   */
  public void stalled(long now) {
    if (!silent) {
      lastNow = now;
      link.clearOwnFrames();
      ring.stalled(now);
    }
  }

  /** Members of the last ring that became operational. */
  public NodeSet members() {
    return ring.members();
  }

  /** When the token was here last while the ring was operational; Long.MIN_VALUE for never. */
  public long tokenSeen() {
    return ring.tokenSeen();
  }

  /** Whether the ring turns; not while its members are being agreed on. */
  public boolean isOperational() {
    return ring.state() == TotemState.OPERATIONAL;
  }

  /** Number of the ring's last packet that was delivered here; numbers wrap around. */
  public int delivered() {
    return ring.delivered();
  }

  /** All members of the ring have its packets up to this number. */
  public int heldByAll() {
    return ring.heldByAll();
  }

  public RingStatus status() {
    SortedMap<String, Long> counters = new TreeMap<>();
    ring.report(counters);
    events.report("group-", counters);
    link.report(counters);
    transport.report(counters);
    return new RingStatus(
        ring.state(),
        ring.representative(),
        ring.sequence(),
        ring.members(),
        !betweenRings,
        counters);
  }

  /** A complete message of an author, for the services or the sync protocol. */
  private void block(int author, byte[] bytes, int offset, int length, boolean big) {
    if (!big && GroupPrefix.SERVICES.begins(bytes, offset, length)) {
      int own = GroupPrefix.SERVICES.length();
      service(author, bytes, offset + own, length - own, false);
      return;
    }
    int prefix = GroupPrefix.lengthOf(bytes, offset, length, big);
    if (prefix < 0) {
      malformed();
      return;
    }
    if (GroupPrefix.SERVICES.isIn(bytes, offset, big)) {
      service(author, bytes, offset + prefix, length - prefix, big);
    } else if (GroupPrefix.SYNC.isIn(bytes, offset, big)) {
      sync(author, bytes, offset + prefix, length - prefix, big);
    }
  }

  private void sync(int author, byte[] bytes, int offset, int length, boolean big) {
    switch (ServiceHeader.id(bytes, offset, length, big)) {
      case SyncServiceBuild.ID -> {
        SyncServiceBuild build = SyncServiceBuild.read(bytes, offset, length, big);
        if (build == null) {
          malformed();
        } else {
          synchroniser.announced(author, build);
        }
      }
      case SyncBarrier.ID -> {
        SyncBarrier barrier = SyncBarrier.read(bytes, offset, length, big);
        if (barrier == null) {
          malformed();
        } else {
          synchroniser.barrier(author, barrier);
        }
      }
      default -> malformed();
    }
  }

  private void service(int author, byte[] bytes, int offset, int length, boolean big) {
    int id = ServiceHeader.id(bytes, offset, length, big);
    if (id < 0) {
      malformed();
      return;
    }
    RingService service = services.get(id >>> 16);
    if (service == null) {
      events.count(GroupEvent.MESSAGES_TO_UNKNOWN_SERVICES);
      return;
    }
    switch (service.message(id & 0xFFFF, author, bytes, offset, length, big)) {
      case TAKEN -> {}
      case MALFORMED -> malformed();
      case UNKNOWN_FUNCTION -> events.count(GroupEvent.MESSAGES_OF_UNKNOWN_FUNCTION);
    }
  }

  private void malformed() {
    events.count(GroupEvent.BLOCKS_MALFORMED);
  }

  /** What comes up from the ring. */
  private final class Upcalls implements RingUpcalls {
    @Override
    public void transitionalConfiguration(
        int representative, long sequence, NodeSet members, NodeSet left) {
      if (synchroniser.isRunning()) {
        services.values().forEach(RingService::abort);
      }
      synchroniser.abort();
      cameAlong = members.intersect(cameAlong);
      listener.configurationChanged(
          new RingConfiguration(
              RingConfiguration.Kind.TRANSITIONAL,
              representative,
              sequence,
              members,
              NodeSet.EMPTY,
              left));
    }

    @Override
    public void regularConfiguration(
        int representative, long sequence, NodeSet members, NodeSet joined) {
      assemblies.members(members, joined);
      synchronisationAssemblies.members(members, joined);
      application.restart();
      synchronisation.clear();
      ringSequence = sequence;
      ringMembers = members;
      betweenRings = true;
      listener.configurationChanged(
          new RingConfiguration(
              RingConfiguration.Kind.REGULAR,
              representative,
              sequence,
              members,
              joined,
              NodeSet.EMPTY));
      SyncRound round =
          new SyncRound(representative, sequence, members, synchronisedMembers, cameAlong);
      services.values().forEach(service -> service.begin(round));
      ownProcesses.values().forEach(process -> process.listener().synchronising());
      synchroniser.begin(representative, sequence, members);
    }

    @Override
    public void packet(int author, byte[] bytes, int offset, int length, boolean bigEndian) {
      @Nullable Assembly assembly =
          (betweenRings ? synchronisationAssemblies : assemblies).of(author);
      if (assembly == null || !packed.read(bytes, offset, length, bigEndian)) {
        events.count(GroupEvent.PACKETS_MALFORMED);
      } else if (!assembly.packet(packed, bytes, author, bigEndian, sink)) {
        events.count(GroupEvent.PACKETS_OUT_OF_STEP);
      }
    }
  }

  /** What the synchronisation makes this node do. */
  private final class SyncSteps implements Synchroniser.Steps {
    @Override
    public void send(ServiceMessage message) {
      queue(synchronisation, GroupPrefix.SYNC, message);
    }

    @Override
    public void process(int service) {
      RingService known = services.get(service);
      if (known != null && known.synchronises()) {
        known.process();
      }
    }

    @Override
    public boolean processed(int service) {
      RingService known = services.get(service);
      return known == null || !known.synchronises() || known.processed();
    }

    @Override
    public void activate(int service) {
      RingService known = services.get(service);
      if (known != null && known.synchronises()) {
        known.activate();
      }
      if (service == ServiceHeader.CPG) {
        synchronisedMembers = ringMembers;
        cameAlong = ringMembers;
        ownProcesses.values().forEach(process -> process.listener().synchronised());
      }
    }

    @Override
    public void complete() {
      events.count(GroupEvent.SYNCHRONISATIONS);
      betweenRings = false;
      ring.synchronised();
      listener.synchronised(ringSequence);
    }
  }

  /** Where services send. */
  private final class Outlet implements ServiceOutlet {
    @Override
    public void send(ServiceMessage message) {
      queue(application, GroupPrefix.SERVICES, message);
    }

    @Override
    public void sendInSync(ServiceMessage message) {
      queue(synchronisation, GroupPrefix.SERVICES, message);
    }
  }

  private void queue(OutgoingQueue queue, GroupPrefix prefix, ServiceMessage message) {
    byte[] bytes = new byte[prefix.length() + message.length()];
    int head = prefix.write(bytes, 0);
    queue.add(bytes, head + message.write(bytes, head));
    ring.wake();
  }
}
