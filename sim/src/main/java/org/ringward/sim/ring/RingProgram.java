package org.ringward.sim.ring;

import org.ringward.core.base.NodeSet;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.group.ProcessGroupListener;
import org.ringward.core.group.ProcessGroups;
import org.ringward.core.group.RingConfiguration;
import org.ringward.core.link.Transports;
import org.ringward.core.port.Frames;
import org.ringward.sim.machine.Machine;
import org.ringward.sim.machine.Program;
import org.ringward.sim.world.Chance;
import org.ringward.sim.world.Time;

/** A daemon that only knows the ring, and sends messages into a group at random. */
final class RingProgram implements Program {
  private static final String GROUP = "workload";

  private final Machine machine;
  private final Chance chance;
  private final ProcessGroups groups;
  private final Workload workload;
  private final long everyNanos;
  private final long incarnation;
  private long nextSend = Time.NEVER;
  private long sent;

  RingProgram(
      Machine machine,
      int life,
      NodeSettings settings,
      byte[] key,
      Workload workload,
      long everyNanos) {
    this.machine = machine;
    this.chance = machine.chance().fork("workload");
    this.workload = workload;
    this.everyNanos = everyNanos;
    this.incarnation = (machine.disk().ringIds().load() + 1) << 24 | chance.below(1 << 24);
    Frames frames =
        (link, to, bytes, offset, length) ->
            machine.lan().send(machine.id(), to, bytes, offset, length);
    this.groups =
        new ProcessGroups(
            machine.id(),
            settings.nodeIds(),
            settings.totem(),
            Transports.of(settings, key, incarnation, frames),
            machine.disk().ringIds(),
            new Listener());
  }

  @Override
  public void start(long nowNanos, long wallMillis) {
    groups.start(nowNanos);
    groups.join(GROUP, nowNanos);
    nextSend = nowNanos + chance.between(0, 2 * everyNanos);
  }

  @Override
  public void received(
      int link, int fromNode, byte[] datagram, int offset, int length, long nowNanos) {
    groups.received(link, fromNode, datagram, offset, length, nowNanos);
  }

  @Override
  public void turn(long nowNanos, long wallMillis) {
    groups.expire(nowNanos);
    if (nowNanos >= nextSend && !workload.isQuiet()) {
      send(nowNanos);
      nextSend = nowNanos + chance.between(1, 2 * everyNanos);
    }
  }

  @Override
  public long nextDeadline() {
    return workload.isQuiet() ? groups.nextDeadline() : Math.min(groups.nextDeadline(), nextSend);
  }

  /** A burst of messages; most are small, some must be fragmented. */
  private void send(long nowNanos) {
    int burst = chance.oneIn(10) ? chance.between(2, 30) : 1;
    for (int i = 0; i < burst; i++) {
      int size = chance.oneIn(8) ? chance.between(1_000, 6_000) : chance.between(24, 300);
      byte[] message = Workload.message(machine.id(), incarnation, sent + 1, size);
      if (!groups.multicast(GROUP, message, nowNanos)) {
        return; // no room: nothing was sent
      }
      sent++;
      workload.sent(machine.id(), incarnation, sent);
    }
  }

  private final class Listener implements ProcessGroupListener {
    @Override
    public void configurationChanged(RingConfiguration configuration) {
      workload.configured(machine.id(), configuration);
    }

    @Override
    public void synchronised(long ringSequence) {}

    @Override
    public void membershipChanged(String group, NodeSet members, NodeSet joined, NodeSet left) {
      workload.members(machine.id(), members);
    }

    @Override
    public void delivered(String group, int fromNode, byte[] bytes, int offset, int length) {
      workload.delivered(machine.id(), incarnation, fromNode, bytes, offset, length);
    }
  }
}
