package org.ringward.core.group;

import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.Check;
import org.ringward.core.base.Counters;
import org.ringward.core.base.NodeSet;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.config.TotemSettings;
import org.ringward.core.link.LinkStatus;
import org.ringward.core.link.LoopbackLink;
import org.ringward.core.link.Transport;
import org.ringward.core.port.RingIds;
import org.ringward.core.totem.RingUpcalls;
import org.ringward.core.totem.TotemRing;
import org.ringward.core.wire.CfgMessage;
import org.ringward.core.wire.CpgJoinList;
import org.ringward.core.wire.CpgMessage;
import org.ringward.core.wire.CpgMessage.Part;
import org.ringward.core.wire.CpgProcessChange;
import org.ringward.core.wire.GroupPrefix;
import org.ringward.core.wire.PackedPayload;
import org.ringward.core.wire.ServiceHeader;
import org.ringward.core.wire.SyncBarrier;
import org.ringward.core.wire.SyncServiceBuild;
import org.ringward.core.wire.VoteQuorumNodeInfo;

/**
 * Closed process groups over one ring: messages to a group reach all its members in one order, and
 * the members agree on who they are between which messages (extended virtual synchrony). One node
 * is one process.
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
  public static final int MESSAGE_MAX = 16 * 1024 * 1024;

  /** The longest name of a group, in characters of ASCII. */
  public static final int NAME_MAX = 127;

  private static final int PID = 1;
  private static final int QUEUED_MESSAGES_MAX = 8192;
  private static final long QUEUED_BYTES_MAX = 16L * 1024 * 1024;

  /**
   * Own frames and timers that are handled in one turn: a ring of one node that sends without end
   * must still hear others.
   */
  private static final int TURN_MAX = 16;

  private final int self;
  private final NodeSet configured;
  private final Transport transport;
  private final LoopbackLink link;
  private final TotemRing ring;
  private final ProcessGroupListener listener;
  private final GroupTable table;
  private final Synchroniser synchroniser;
  private final OutgoingQueue application;
  private final OutgoingQueue synchronisation;
  private final Assembly[] assemblies;
  private final Assembly[] synchronisationAssemblies;
  private final PartAssembly[] partAssemblies;
  private final PackedPayload packed = new PackedPayload();
  private final CpgMessage message = new CpgMessage();
  private final Assembly.Sink sink = this::block;
  private final Counters<GroupEvent> events = new Counters<>(GroupEvent.class);
  private CfgListener cfg = CfgListener.NONE;
  private boolean silent;

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
    configured = configuredNodes;
    this.listener = listener;
    this.transport = transport;
    int frameMax = transport.frameMax();
    int payloadMax = TotemRing.payloadMax(frameMax);
    link = new LoopbackLink(self, transport);
    table = new GroupTable(self, listener);
    synchroniser =
        new Synchroniser(
            new SyncSteps(),
            ServiceHeader.CMAP,
            ServiceHeader.CPG,
            ServiceHeader.QUORUM,
            ServiceHeader.VOTEQUORUM);
    application = new OutgoingQueue(payloadMax, QUEUED_MESSAGES_MAX, QUEUED_BYTES_MAX);
    synchronisation = new OutgoingQueue(payloadMax, QUEUED_MESSAGES_MAX, QUEUED_BYTES_MAX);
    ring =
        new TotemRing(
            self,
            configured,
            settings,
            frameMax,
            link,
            ringIds,
            new Upcalls(),
            application,
            synchronisation);
    assemblies = new Assembly[configured.size()];
    synchronisationAssemblies = new Assembly[configured.size()];
    partAssemblies = new PartAssembly[configured.size()];
    Arrays.setAll(assemblies, _ -> new Assembly());
    Arrays.setAll(synchronisationAssemblies, _ -> new Assembly());
    Arrays.setAll(partAssemblies, _ -> new PartAssembly());
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
    return link.hasOwnFrames() ? Math.min(lastNow, next) : next;
  }

  /**
   * Joins a group. The first membership the listener gets is the one with this node in it. A group
   * that is joined already stays as it is.
   */
  public void join(String group, long now) {
    Check.that(!group.isEmpty() && group.length() <= NAME_MAX, "name of a group: 1 to 127 bytes");
    table.joining(group);
    queueChange(new CpgProcessChange(true, group, PID, CpgProcessChange.REASON_JOIN));
  }

  /** Leaves a group, after the messages that were accepted so far. */
  public void leave(String group, long now) {
    queueChange(new CpgProcessChange(false, group, PID, CpgProcessChange.REASON_LEAVE));
  }

  /** Sets who hears orders of the configuration service. */
  public void listen(CfgListener listener) {
    cfg = listener;
  }

  /** Asks every node of the ring, this one and Corosync's included, to read its configuration. */
  public void orderReload() {
    queueCfg(new CfgMessage(CfgMessage.RELOAD, self));
  }

  /** Tells all nodes a step of a change of keys. */
  public void announceKeyPhase(int phase) {
    queueCfg(new CfgMessage(CfgMessage.CRYPTO, phase));
  }

  private void queueCfg(CfgMessage order) {
    int prefix = GroupPrefix.SERVICES.length();
    byte[] bytes = new byte[prefix + order.length()];
    GroupPrefix.SERVICES.write(bytes, 0);
    order.write(bytes, prefix);
    application.addRaw(bytes);
    ring.wake();
  }

  /** Takes over changed settings of the same nodes: links, timers, limits. */
  public void reconfigure(NodeSettings settings, long now) {
    Check.that(settings.nodeIds().equals(configured), "a reconfiguration for other nodes");
    transport.reconfigure(settings, now);
    ring.reconfigure(configured, settings.totem(), now);
  }

  private void queueChange(CpgProcessChange change) {
    int prefix = GroupPrefix.SERVICES.length();
    byte[] bytes = new byte[prefix + CpgProcessChange.LENGTH];
    GroupPrefix.SERVICES.write(bytes, 0);
    change.write(bytes, prefix);
    application.addRaw(bytes);
    ring.wake();
  }

  /**
   * Sends a message to a group this node has joined or asked to join. The array is kept, not
   * copied: it must not be changed any more.
   *
   * @return false when the queues are full; nothing is queued then, and the caller may try again
   */
  public boolean multicast(String group, byte[] bytes, long now) {
    GroupTable.LocalGroup local = table.local(group);
    Check.that(local != null, "multicast to a group that was not joined");
    Check.that(bytes.length <= MESSAGE_MAX, "message of more than 16 MiB");
    if (local == null || !application.hasRoom(bytes.length)) {
      events.count(GroupEvent.MESSAGES_REFUSED_QUEUE_FULL);
      return false;
    }
    application.add(local.nameBytes, bytes, PID, self);
    events.count(GroupEvent.MESSAGES_QUEUED);
    ring.wake();
    return true;
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
    switch (ServiceHeader.id(bytes, offset, length, big)) {
      case CpgMessage.WHOLE_ID, CpgMessage.PARTIAL_ID -> {
        if (message.read(bytes, offset, length, big)) {
          groupMessage(author, bytes);
        } else {
          malformed();
        }
      }
      case CpgProcessChange.JOIN_ID, CpgProcessChange.LEAVE_ID -> {
        CpgProcessChange change = CpgProcessChange.read(bytes, offset, length, big);
        if (change == null) {
          malformed();
        } else if (change.joins()) {
          table.processJoined(author, change.group(), change.pid());
        } else {
          table.processLeft(author, change.group(), change.pid());
        }
      }
      case CpgJoinList.ID -> {
        CpgJoinList list = CpgJoinList.read(bytes, offset, length, big);
        if (list == null) {
          malformed();
        } else if (synchroniser.isRunning()) {
          table.joinListReceived(author, list);
        }
      }
      // Messages of other services concern real Corosync nodes only.
      default -> configuration(author, CfgMessage.read(bytes, offset, length, big));
    }
  }

  private void configuration(int author, @Nullable CfgMessage order) {
    if (order == null) {
      return;
    }
    if (order.function() == CfgMessage.RELOAD) {
      cfg.reloadOrdered(author);
    } else {
      cfg.keyPhase(author, order.value());
    }
  }

  private void malformed() {
    events.count(GroupEvent.BLOCKS_MALFORMED);
  }

  private void groupMessage(int author, byte[] bytes) {
    if (message.part == Part.WHOLE) {
      deliver(author, bytes, message.dataOffset, message.dataLength);
      return;
    }
    PartAssembly parts = partAssemblies[configured.indexOf(author)];
    if (parts.part(message, bytes, MESSAGE_MAX)) {
      deliver(author, parts.bytes(), 0, parts.length());
      parts.reset();
    }
  }

  private void deliver(int author, byte[] bytes, int offset, int length) {
    GroupTable.LocalGroup group = table.joinedGroup(message);
    if (group != null && group.members.contains(author)) {
      events.count(GroupEvent.MESSAGES_TO_GROUPS_DELIVERED);
      listener.delivered(group.name, author, bytes, offset, length);
    }
  }

  /** What comes up from the ring. */
  private final class Upcalls implements RingUpcalls {
    @Override
    public void transitionalConfiguration(
        int representative, long sequence, NodeSet members, NodeSet left) {
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
      for (int i = 0; i < configured.size(); i++) {
        partAssemblies[i].reset();
        if (joined.contains(configured.get(i)) || !members.contains(configured.get(i))) {
          assemblies[i].reset();
          synchronisationAssemblies[i].reset();
        }
      }
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
      table.forgetJoinLists();
      synchroniser.begin(representative, sequence, members);
    }

    @Override
    public void packet(int author, byte[] bytes, int offset, int length, boolean bigEndian) {
      int index = configured.indexOf(author);
      if (index < 0 || !packed.read(bytes, offset, length, bigEndian)) {
        events.count(GroupEvent.PACKETS_MALFORMED);
        return;
      }
      Assembly assembly = betweenRings ? synchronisationAssemblies[index] : assemblies[index];
      if (!assembly.packet(packed, bytes, author, bigEndian, sink)) {
        events.count(GroupEvent.PACKETS_OUT_OF_STEP);
      }
    }
  }

  /** What the synchronisation makes this node do. */
  private final class SyncSteps implements Synchroniser.Steps {
    @Override
    public void send(byte[] bytes) {
      synchronisation.addRaw(bytes);
      ring.wake();
    }

    @Override
    public void process(int service) {
      switch (service) {
        case ServiceHeader.CPG -> sendJoinList();
        case ServiceHeader.VOTEQUORUM -> {
          sendNodeInfo(new VoteQuorumNodeInfo(self, 1, configured.size(), 0));
          sendNodeInfo(new VoteQuorumNodeInfo(VoteQuorumNodeInfo.DEVICE, 0, 0, 0));
        }
        default -> {}
      }
    }

    private void sendJoinList() {
      CpgJoinList list = table.ownJoinList();
      if (!list.entries().isEmpty()) {
        int prefix = GroupPrefix.SERVICES.length();
        byte[] bytes = new byte[prefix + list.length()];
        GroupPrefix.SERVICES.write(bytes, 0);
        list.write(bytes, prefix);
        send(bytes);
      }
    }

    private void sendNodeInfo(VoteQuorumNodeInfo info) {
      int prefix = GroupPrefix.SERVICES.length();
      byte[] bytes = new byte[prefix + VoteQuorumNodeInfo.LENGTH];
      GroupPrefix.SERVICES.write(bytes, 0);
      info.write(bytes, prefix);
      send(bytes);
    }

    @Override
    public void activate(int service) {
      if (service == ServiceHeader.CPG) {
        table.activate(ringMembers, synchronisedMembers.minus(cameAlong));
        synchronisedMembers = ringMembers;
        cameAlong = ringMembers;
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
}
