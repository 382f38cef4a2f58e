package org.ringward.core.node;

import org.jspecify.annotations.Nullable;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest;
import org.ringward.core.base.ExitCode;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.group.CfgListener;
import org.ringward.core.group.ProcessGroupListener;
import org.ringward.core.group.ProcessGroups;
import org.ringward.core.guard.StallGuard;
import org.ringward.core.link.Transport;
import org.ringward.core.port.Journal.Level;
import org.ringward.core.port.Operators;
import org.ringward.core.port.Power;
import org.ringward.core.port.RingIds;
import org.ringward.core.quorum.QuorumVerdict;

/**
 * A node's ring without a cluster above it, as one sans-I/O machine: what a bare Corosync daemon
 * is, or the ring inside another program. Turned by one thread, as {@link Node}: inputs, then
 * {@link #turn}, then sleep until {@link #nextDeadline}.
 */
public final class RingNode {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Outside outside;
  private final ProcessGroups groups;
  private final RingWatch watch;
  private final RingDesk desk;
  private final QuorumDesk quorumDesk;
  private final RingReload reload;
  private final StallGuard stalls;
  private final Departure departure;
  private boolean running;
  private String mustEnd = "";
  private long now;
  private long wallMillis;

  /**
   * What the outside offers.
   *
   * @param transport not started, for this node alone
   * @param log where findings go; never blocks
   * @param configuration where a reload reads
   */
  public record Outside(
      Transport transport,
      RingIds ringIds,
      Operators operators,
      RingWatch.Log log,
      Power power,
      ConfigurationSource configuration) {}

  /**
   * A node that has not begun.
   *
   * @param listener is told configurations, and when groups are synchronised
   */
  public RingNode(NodeSettings settings, Outside outside, ProcessGroupListener listener) {
    this.outside = outside;
    this.groups =
        new ProcessGroups(
            settings.self().id(),
            settings.nodeIds(),
            settings.totem(),
            outside.transport(),
            outside.ringIds(),
            listener);
    this.watch = new RingWatch(settings, outside.log());
    outside.transport().listen(watch);
    this.desk = new RingDesk(settings, groups, outside.transport(), this::verdict, watch);
    this.quorumDesk = new QuorumDesk(settings, groups, () -> "");
    this.reload =
        new RingReload(
            settings,
            groups,
            outside.transport(),
            outside.configuration(),
            outside.operators(),
            outside.log(),
            this::reconfigured);
    desk.alsoWarn(reload::warnings);
    groups.listen(new Orders());
    groups.announce(settings);
    departure = new Departure(groups);
    stalls = new StallGuard(settings.totem().token() * NANOS_PER_MILLI);
  }

  private QuorumVerdict verdict() {
    return groups.quorum().verdict();
  }

  private void reconfigured(NodeSettings changed) {
    watch.reconfigured(changed);
    desk.reconfigured(changed);
    quorumDesk.reconfigured(changed);
    stalls.budget(changed.totem().token() * NANOS_PER_MILLI);
  }

  /** The groups of all processes, this node's and the others'. */
  public ProcessGroups groups() {
    return groups;
  }

  /** Begins to look for a ring. */
  public void start(long nowNanos) {
    now = nowNanos;
    running = true;
    stalls.turned(nowNanos);
    groups.start(nowNanos);
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
      now = nowNanos;
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
    }
  }

  /** An operator asks; answered through port.Operators with the same id, at once or later. */
  public void asked(long requestId, AdminRequest request) {
    switch (request.verb()) {
      case RING_STATUS -> outside.operators().reply(requestId, desk.status());
      case RING_LINKS -> outside.operators().reply(requestId, desk.links());
      case QUORUM_STATUS -> outside.operators().reply(requestId, quorumDesk.status());
      case QUORUM_EXPECTED_VOTES ->
          outside.operators().reply(requestId, quorumDesk.expectVotes(request));
      case QUORUM_FORCE ->
          outside.operators().reply(requestId, quorumDesk.force(request, wallMillis));
      case RING_RELOAD -> reload.asked(requestId, request, now);
      case SHUTDOWN -> {
        outside.operators().reply(requestId, AdminReply.done("the node leaves the ring"));
        leave(now);
      }
      default -> {
        String sentence = "only the ring runs here, without a cluster above it";
        AdminReply refusal = AdminReply.failed(ExitCode.UNAVAILABLE.number(), sentence);
        outside.operators().reply(requestId, refusal);
      }
    }
  }

  /** What the configuration source was told to read has been read, or why it was not. */
  public void configurationRead(
      long requestId, ConfigurationSource.@Nullable Configuration read, @Nullable String error) {
    reload.read(requestId, read, error, now);
  }

  /** Leaves in order, after what this node has sent was delivered; then port.Power is told. */
  public void leave(long nowNanos) {
    departure.begin(nowNanos);
  }

  /** Runs what is due. Call after inputs and when the deadline has come. */
  public void turn(long nowNanos, long wallMillis) {
    this.wallMillis = wallMillis;
    if (!running) {
      return;
    }
    stalled(nowNanos);
    now = nowNanos;
    groups.expire(nowNanos);
    reload.turn(groups.members(), nowNanos);
    watch.turn(outside.transport(), groups::status, nowNanos, wallMillis);
    if (!mustEnd.isEmpty()) {
      running = false;
      groups.shutdown(nowNanos);
      outside.power().exit(false, mustEnd);
    } else if (departure.isOver(nowNanos)) {
      running = false;
      groups.shutdown(nowNanos);
      outside.power().exit(true, "the node has left the ring");
    }
  }

  /** After a stall everything this node believes about the others is out of date. */
  private boolean stalled(long nowNanos) {
    long stall = stalls.turned(nowNanos);
    if (stall == 0) {
      return false;
    }
    String sentence = "this node did not run for " + stall / NANOS_PER_MILLI + " ms";
    outside.log().log(Level.WARNING, sentence + ", longer than the token timeout");
    groups.stalled(nowNanos);
    return true;
  }

  /** Monotonic time of the next turn that is needed without inputs, Long.MAX_VALUE for none. */
  public long nextDeadline() {
    if (!running) {
      return Long.MAX_VALUE;
    }
    long next = Math.min(groups.nextDeadline(), reload.nextDeadline());
    next = Math.min(next, stalls.nextDeadline());
    return Math.min(next, mustEnd.isEmpty() ? departure.nextDeadline(now) : now);
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
    public void killOrdered(int author, String reason) {
      String text = "killed by order of node " + Integer.toUnsignedString(author);
      mustEnd = text + ": " + reason.replaceAll("\\p{Cntrl}", "");
    }

    @Override
    public void shutdownOrdered() {
      departure.orderDelivered();
    }

    @Override
    public void configurationOutdated(int node, long ownVersion, long itsVersion) {
      mustEnd =
          "config_version is %d here and %d on node %d: this node needs the newer configuration"
              .formatted(ownVersion, itsVersion, node);
    }
  }
}
