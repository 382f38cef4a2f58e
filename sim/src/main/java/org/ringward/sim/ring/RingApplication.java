package org.ringward.sim.ring;

import org.ringward.core.base.NodeSet;
import org.ringward.core.group.ProcessGroupListener;
import org.ringward.core.group.ProcessGroups;
import org.ringward.core.group.RingConfiguration;
import org.ringward.core.link.Transports;
import org.ringward.core.port.Frames;
import org.ringward.core.port.RingIds;
import org.ringward.core.totem.TotemState;
import org.ringward.sim.evs.Entry;
import org.ringward.sim.evs.History;
import org.ringward.sim.evs.MessageId;
import org.ringward.sim.evs.Nodes;
import org.ringward.sim.evs.RingId;
import org.ringward.sim.world.Chance;
import org.ringward.sim.world.Time;

/** One life of a process: a node of the ring and an application that sends, joins and leaves. */
final class RingApplication {
  private static final byte[] KEY = new byte[1024];

  /** Rather at the limit of a frame or of what is cut into parts. */
  private static final int[] SPECIAL_SIZES = {0, 1, 7, 8, 1_199, 1_200, 1_201, 65_535, 65_536};

  private final int node;
  private final RingWorld world;
  private final RingPlan.Load load;
  private final Chance chance;
  private final History history;
  private final ProcessGroups groups;
  private NodeSet configured;
  private final Member[] members;
  private long nextSend = Time.NEVER;
  private long nextChange = Time.NEVER;
  private long number;
  private long accepted;
  private long deliveredToSelf;
  private boolean synchronised;

  /** How this process stands in a group. */
  private enum Member {
    OUT,
    JOINING,
    IN,
    LEAVING
  }

  RingApplication(
      int node,
      NodeSet configured,
      RingWorld world,
      History history,
      Chance chance,
      RingIds ringIds,
      Frames frames) {
    this.node = node;
    this.configured = configured;
    this.world = world;
    this.load = world.plan().load();
    this.history = history;
    this.chance = chance;
    this.members = new Member[load.groups()];
    var settings = RingSettings.of(world.plan(), node, configured);
    this.groups =
        new ProcessGroups(
            node,
            settings.nodeIds(),
            settings.totem(),
            Transports.of(settings, KEY, ((long) history.life() << 8) | node, frames),
            ringIds,
            new Listener());
  }

  void start(long now) {
    groups.start(now);
    for (int group = 0; group < members.length; group++) {
      members[group] = Member.OUT;
      if (!chance.oneIn(group == 0 ? 10 : 3)) {
        join(group, now);
      }
    }
    nextSend = now + chance.between(0, 2 * load.everyNanos());
    if (load.churnNanos() != Time.NEVER) {
      nextChange = now + chance.between(0, 2 * load.churnNanos());
    }
  }

  void received(int link, int fromNode, byte[] datagram, long now) {
    groups.received(link, fromNode, datagram, 0, datagram.length, now);
  }

  void refused(int link, int byNode, long now) {
    groups.refused(link, byNode, now);
  }

  void stalled(long now) {
    groups.stalled(now);
  }

  void shutdown(long now) {
    groups.shutdown(now);
  }

  /** Other nodes are configured from now on. */
  void configure(NodeSet nodes, long now) {
    if (nodes.equals(configured)) {
      return;
    }
    configured = nodes;
    groups.reconfigure(RingSettings.of(world.plan(), node, nodes), now);
  }

  void turn(long now) {
    groups.expire(now);
    if (world.isCalm()) {
      return;
    }
    if (now >= nextSend) {
      nextSend = now + chance.between(1, 2 * load.everyNanos());
      burst(chance.oneIn(12) ? chance.between(2, 12) : 1, 0, now);
    }
    if (now >= nextChange) {
      nextChange = now + chance.between(1, 2 * load.churnNanos());
      change(now);
    }
  }

  long nextDeadline() {
    return world.isCalm()
        ? groups.nextDeadline()
        : Math.min(groups.nextDeadline(), Math.min(nextSend, nextChange));
  }

  /** Sends messages; of usual sizes when length is 0. */
  void burst(int count, int length, long now) {
    for (int i = 0; i < count; i++) {
      int group = (int) chance.below(members.length);
      if (members[group] == Member.IN || members[group] == Member.JOINING) {
        if (!send(group, length == 0 ? usualLength() : length, now)) {
          return;
        }
      }
    }
  }

  private int usualLength() {
    if (chance.oneIn(40)) {
      return SPECIAL_SIZES[(int) chance.below(SPECIAL_SIZES.length)];
    }
    return chance.between(0, chance.oneIn(4) ? load.largestUsual() : 60);
  }

  private boolean send(int group, int length, long now) {
    byte[] bytes = MessageBody.make(node, history.life(), number + 1, length);
    if (!groups.multicast(name(group), bytes, now)) {
      return false;
    }
    number++;
    accepted++;
    long message = MessageBody.id(node, bytes, 0, bytes.length);
    history.add(new Entry.Accepted(world.now(), group, message));
    if (world.told()) {
      tell("> %s of %d bytes to group %d".formatted(MessageId.text(message), length, group));
    }
    return true;
  }

  private void change(long now) {
    int group = (int) chance.below(members.length);
    if (members[group] == Member.OUT) {
      join(group, now);
    } else if (members[group] == Member.IN && chance.oneIn(2)) {
      members[group] = Member.LEAVING;
      tell("leaves group " + group);
      groups.leave(name(group), now);
    }
  }

  private void join(int group, long now) {
    members[group] = Member.JOINING;
    tell("joins group " + group);
    groups.join(name(group), now);
  }

  private static String name(int group) {
    return "group" + group;
  }

  private static int number(String group) {
    return group.charAt(group.length() - 1) - '0';
  }

  /** Whether the ring has all those nodes, is in step, and owes nothing to this process. */
  boolean isSettled(NodeSet all) {
    if (!synchronised || !owesNothing() || !groups.members().equals(all)) {
      return false;
    }
    return groups.status().state() == TotemState.OPERATIONAL;
  }

  private boolean owesNothing() {
    for (Member member : members) {
      if (member == Member.JOINING || member == Member.LEAVING) {
        return false;
      }
    }
    return accepted == deliveredToSelf;
  }

  /** Messages of this life that followed their token. */
  long overtaken() {
    return groups.status().counters().getOrDefault("messages-behind-token", 0L);
  }

  long ringSequence() {
    return groups.status().sequence();
  }

  /** How it stands, for people. */
  String status() {
    var status = groups.status();
    return "n%d/%d %s ring %d/%d %s%s, %d of %d own messages"
        .formatted(
            node,
            history.life(),
            status.state(),
            status.representative(),
            status.sequence(),
            status.members(),
            synchronised ? "" : " not synchronised",
            deliveredToSelf,
            accepted);
  }

  private void tell(String what) {
    if (world.told()) {
      world.tell(node, what);
    }
  }

  private void record(Entry entry) {
    history.add(entry);
    world.count(entry);
  }

  private static long mask(NodeSet nodes) {
    long mask = 0;
    for (int i = 0; i < nodes.size(); i++) {
      mask |= Nodes.of(nodes.get(i));
    }
    return mask;
  }

  private final class Listener implements ProcessGroupListener {
    @Override
    public void configurationChanged(RingConfiguration configuration) {
      RingId ring = new RingId(configuration.representative(), configuration.sequence());
      long all = mask(configuration.members());
      synchronised = false;
      if (configuration.kind() == RingConfiguration.Kind.REGULAR) {
        record(new Entry.Regular(world.now(), ring, all, mask(configuration.joined())));
      } else {
        record(new Entry.Transitional(world.now(), ring, all, mask(configuration.left())));
      }
      tell("%s %s of %s".formatted(configuration.kind(), ring, configuration.members()));
    }

    @Override
    public void synchronised(long ringSequence) {
      synchronised = true;
      record(new Entry.Synchronised(world.now(), ringSequence));
      tell("synchronised " + ringSequence);
    }

    @Override
    public void membershipChanged(String group, NodeSet all, NodeSet joined, NodeSet left) {
      int index = number(group);
      record(new Entry.GroupChange(world.now(), index, mask(all), mask(joined), mask(left)));
      if (all.contains(node) && members[index] == Member.JOINING) {
        members[index] = Member.IN;
      } else if (!all.contains(node)) {
        members[index] = Member.OUT;
      }
      tell("group %d is %s, joined %s, left %s".formatted(index, all, joined, left));
    }

    @Override
    public void delivered(String group, int fromNode, byte[] bytes, int offset, int length) {
      Entry entry =
          MessageBody.delivered(world.now(), number(group), fromNode, bytes, offset, length);
      record(entry);
      if (world.told()) {
        tell("< " + entry);
      }
      if (fromNode == node) {
        deliveredToSelf++;
      }
    }
  }
}
