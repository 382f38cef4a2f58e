package org.ringward.core.group;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.Check;
import org.ringward.core.base.Counters;
import org.ringward.core.base.NodeSet;
import org.ringward.core.group.GroupChange.Reason;
import org.ringward.core.group.LocalProcess.Answer;
import org.ringward.core.group.LocalProcess.State;
import org.ringward.core.wire.CpgDownList;
import org.ringward.core.wire.CpgJoinList;
import org.ringward.core.wire.CpgMessage;
import org.ringward.core.wire.CpgMessage.Part;
import org.ringward.core.wire.CpgProcessChange;
import org.ringward.core.wire.GroupPrefix;
import org.ringward.core.wire.ServiceHeader;

/**
 * Closed process groups (reference/totem-pg-sync-services.md, section 8): which processes of which
 * nodes are in which groups, the same on all members of the ring, and their messages.
 */
public final class ClosedProcessGroups extends RingService {
  /** The longest message. */
  public static final int MESSAGE_MAX = 16 * 1024 * 1024;

  /** The longest name of a group. */
  public static final int NAME_MAX = 128;

  /** More data than this goes in parts, as Corosync's clients send it. */
  static final int WHOLE_MAX = 1024 * 1024 - 1024;

  /** Memberships of one node that are kept; more are ignored, and of this node refused. */
  private static final int PROCESSES_OF_NODE_MAX = 1024;

  private static final int BUCKETS = 256;
  private static final int PREFIX = GroupPrefix.SERVICES.length();

  private final int self;
  private final OutgoingQueue queue;
  private final ServiceOutlet outlet;
  private final Runnable wake;
  private final Counters<GroupEvent> events;
  private final TreeMap<String, CpgGroup> groups = new TreeMap<>();
  private final CpgGroup[][] buckets = new CpgGroup[BUCKETS][0];
  private final TreeMap<Integer, Integer> processesOfNode = new TreeMap<>();
  private final TreeMap<Integer, CpgJoinList> joinLists = new TreeMap<>();
  private final PartAssemblies parts = new PartAssemblies(MESSAGE_MAX);
  private final CpgMessage message = new CpgMessage();
  private final byte[] partHead = new byte[PREFIX + CpgMessage.PARTIAL_HEADER];
  private SyncRound round = SyncRound.NONE;
  private boolean synchronising;
  private boolean someoneWaitsForRoom;

  ClosedProcessGroups(
      int self,
      OutgoingQueue queue,
      ServiceOutlet outlet,
      Runnable wake,
      Counters<GroupEvent> events) {
    super(ServiceHeader.CPG);
    this.self = self;
    this.queue = queue;
    this.outlet = outlet;
    this.wake = wake;
    this.events = events;
  }

  /** This node's id, which its processes have as members. */
  public int self() {
    return self;
  }

  /**
   * A process of this node that is in no group yet.
   *
   * @param pid any number; in one group a node's processes must have different ones
   */
  public LocalProcess process(int pid, GroupListener listener) {
    return new LocalProcess(this, pid, listener);
  }

  /** The members of a group, ascending; empty for a group nobody is in. */
  public List<GroupMember> members(String group) {
    CpgGroup found = groups.get(group);
    return found == null ? List.of() : List.copyOf(found.members);
  }

  /** The names of all groups that have members, ascending. */
  public List<String> names() {
    return groups.values().stream()
        .filter(group -> !group.members.isEmpty())
        .map(group -> group.name)
        .toList();
  }

  // ---- processes of this node ----

  Answer join(LocalProcess process, String name) {
    Check.that(
        !name.isEmpty() && name.length() <= NAME_MAX && name.chars().allMatch(c -> c < 256),
        "name of a group: 1 to 128 characters of Latin-1");
    if (process.state != State.UNJOINED || process.gone) {
      return process.state == State.LEAVE_STARTED ? Answer.BUSY : Answer.EXISTS;
    }
    CpgGroup group = group(name);
    for (LocalProcess other : group.local) {
      if (other.pid() == process.pid()) {
        boolean leaves = other.gone || other.state == State.LEAVE_STARTED;
        return leaves ? Answer.TRY_AGAIN : Answer.EXISTS;
      }
    }
    if (localProcesses() >= PROCESSES_OF_NODE_MAX) {
      forgetIfUnused(group);
      return Answer.TRY_AGAIN;
    }
    process.enters(group, self);
    group.addLocal(process);
    outlet.send(new CpgProcessChange(true, name, process.pid(), CpgProcessChange.REASON_JOIN));
    return Answer.ACCEPTED;
  }

  private int localProcesses() {
    return groups.values().stream().mapToInt(group -> group.local.length).sum();
  }

  Answer leave(LocalProcess process) {
    return switch (process.state) {
      case UNJOINED -> Answer.NOT_JOINED;
      case JOIN_STARTED, LEAVE_STARTED -> Answer.BUSY;
      case JOINED -> {
        sendLeave(process, CpgProcessChange.REASON_LEAVE);
        yield Answer.ACCEPTED;
      }
    };
  }

  void gone(LocalProcess process) {
    if (process.gone) {
      return;
    }
    process.gone = true;
    if (process.state == State.JOIN_STARTED || process.state == State.JOINED) {
      sendLeave(process, CpgProcessChange.REASON_PROCESS_GONE);
    }
  }

  private void sendLeave(LocalProcess process, int reason) {
    CpgGroup group = process.group;
    if (group != null) {
      process.state = State.LEAVE_STARTED;
      outlet.send(new CpgProcessChange(false, group.name, process.pid(), reason));
    }
  }

  boolean multicast(LocalProcess process, byte[] bytes, int offset, int length) {
    Check.that(length <= MESSAGE_MAX, "message of more than 16 MiB");
    if (!queue.hasRoom(process.head.length + length)) {
      events.count(GroupEvent.MESSAGES_REFUSED_QUEUE_FULL);
      process.waitsForRoom = true;
      someoneWaitsForRoom = true;
      return false;
    }
    if (length <= WHOLE_MAX) {
      CpgMessage.writeWholeLength(process.head, PREFIX, length);
      queue.add(process.head, process.head.length, bytes, offset, length, true);
    } else {
      queueParts(process, bytes, offset, length);
    }
    events.count(GroupEvent.MESSAGES_QUEUED);
    wake.run();
    return true;
  }

  private void queueParts(LocalProcess process, byte[] bytes, int offset, int length) {
    CpgGroup group = process.group;
    if (group == null) {
      return;
    }
    GroupPrefix.SERVICES.write(partHead, 0);
    for (int done = 0; done < length; ) {
      int data = Math.min(WHOLE_MAX, length - done);
      boolean last = done + data == length;
      Part part = done == 0 ? Part.FIRST : last ? Part.LAST : Part.CONTINUED;
      CpgMessage.writePartial(
          partHead, PREFIX, group.nameBytes, part, length, data, process.pid(), self);
      queue.add(partHead, partHead.length, bytes, offset + done, data, last);
      done += data;
    }
  }

  /** Tells those who were refused when there is room again. */
  void turn() {
    if (!someoneWaitsForRoom || !queue.isHalfEmpty()) {
      return;
    }
    someoneWaitsForRoom = false;
    for (CpgGroup group : List.copyOf(groups.values())) {
      for (LocalProcess process : group.local) {
        if (process.waitsForRoom && !process.gone) {
          process.waitsForRoom = false;
          process.listener.roomAgain();
        }
      }
    }
  }

  // ---- messages ----

  @Override
  Outcome message(
      int function, int author, byte[] bytes, int offset, int length, boolean bigEndian) {
    return switch (function | ServiceHeader.CPG << 16) {
      case CpgMessage.WHOLE_ID, CpgMessage.PARTIAL_ID ->
          groupMessage(author, bytes, offset, length, bigEndian);
      case CpgProcessChange.JOIN_ID, CpgProcessChange.LEAVE_ID ->
          processChange(author, CpgProcessChange.read(bytes, offset, length, bigEndian));
      case CpgJoinList.ID -> {
        CpgJoinList list = CpgJoinList.read(bytes, offset, length, bigEndian);
        if (list != null && synchronising) {
          joinLists.put(author, list);
        }
        yield list == null ? Outcome.MALFORMED : Outcome.TAKEN;
      }
      // Every member works out by itself who is lost.
      case CpgDownList.ID ->
          CpgDownList.read(bytes, offset, length, bigEndian) == null
              ? Outcome.MALFORMED
              : Outcome.TAKEN;
      case CpgDownList.OLD_ID -> Outcome.TAKEN;
      default -> Outcome.UNKNOWN_FUNCTION;
    };
  }

  private Outcome groupMessage(int author, byte[] bytes, int offset, int length, boolean big) {
    if (!message.read(bytes, offset, length, big)) {
      return Outcome.MALFORMED;
    }
    if (message.part == Part.WHOLE) {
      deliver(author, bytes, message.dataOffset, message.dataLength);
      return Outcome.TAKEN;
    }
    PartAssembly whole = parts.part(author, message, bytes);
    if (whole != null) {
      deliver(author, whole.bytes(), 0, whole.length());
      parts.forget(author, message.pid);
    }
    return Outcome.TAKEN;
  }

  private void deliver(int author, byte[] bytes, int offset, int length) {
    CpgGroup group = groupOf(message);
    if (group == null || group.local.length == 0 || !group.nodes().contains(author)) {
      return;
    }
    int pid = message.pid;
    events.count(GroupEvent.MESSAGES_TO_GROUPS_DELIVERED);
    LocalProcess[] local = group.local;
    for (int i = 0; i < local.length; i++) {
      if (local[i].hears()) {
        local[i].listener.delivered(author, pid, bytes, offset, length);
      }
    }
  }

  private Outcome processChange(int author, @Nullable CpgProcessChange change) {
    if (change == null || change.group().isEmpty()) {
      return Outcome.MALFORMED;
    }
    GroupMember member = new GroupMember(author, change.pid());
    CpgGroup group = group(change.group());
    if (change.joins()) {
      processJoined(group, member);
    } else {
      processLeft(
          group,
          member,
          change.reason() == CpgProcessChange.REASON_PROCESS_GONE
              ? Reason.PROCESS_DOWN
              : Reason.LEAVE);
    }
    forgetIfUnused(group);
    return Outcome.TAKEN;
  }

  private void processJoined(CpgGroup group, GroupMember member) {
    boolean added = add(group, member);
    if (member.node() == self) {
      for (LocalProcess process : group.local) {
        if (process.pid() == member.pid() && process.state == State.JOIN_STARTED) {
          process.state = State.JOINED;
        }
      }
    }
    if (added) {
      group.tell(List.of(member), List.of(), Reason.JOIN);
    }
  }

  private void processLeft(CpgGroup group, GroupMember member, Reason reason) {
    if (remove(group, member)) {
      parts.forget(member.node(), member.pid());
      group.tell(List.of(), List.of(member), reason);
    }
    if (member.node() == self) {
      for (LocalProcess process : group.local) {
        if (process.pid() == member.pid() && process.state == State.LEAVE_STARTED) {
          group.removeLocal(process);
          process.group = null;
          process.state = State.UNJOINED;
        }
      }
    }
  }

  // ---- synchronisation ----

  @Override
  void begin(SyncRound begun) {
    round = begun;
    synchronising = true;
    joinLists.clear();
    parts.keepOnly(begun.members().minus(begun.lost()));
  }

  @Override
  void abort() {
    synchronising = false;
  }

  @Override
  void process() {
    outlet.sendInSync(new CpgDownList(round.previous().size(), round.lost()));
    List<CpgJoinList.Entry> entries = new ArrayList<>();
    for (CpgGroup group : groups.values()) {
      for (GroupMember member : group.members) {
        if (member.node() == self) {
          entries.add(new CpgJoinList.Entry(member.pid(), group.name));
        }
      }
    }
    if (!entries.isEmpty()) {
      outlet.sendInSync(new CpgJoinList(entries));
    }
  }

  @Override
  void activate() {
    synchronising = false;
    NodeSet lost = round.lost();
    for (CpgGroup group : List.copyOf(groups.values())) {
      List<GroupMember> left =
          group.members.stream().filter(member -> lost.contains(member.node())).toList();
      left.forEach(member -> remove(group, member));
      if (!left.isEmpty()) {
        group.tell(List.of(), left, Reason.NODE_DOWN);
      }
    }
    addNew();
    removeUnconfirmed();
    joinLists.clear();
    for (CpgGroup group : List.copyOf(groups.values())) {
      for (LocalProcess process : group.local) {
        if (!process.gone) {
          process.listener.ringChanged(round.representative(), round.sequence(), round.members());
        }
      }
      forgetIfUnused(group);
    }
  }

  private void addNew() {
    TreeMap<String, List<GroupMember>> joined = new TreeMap<>();
    joinLists.forEach((node, list) -> {
      if (node != self && round.members().contains(node)) {
        for (CpgJoinList.Entry entry : list.entries()) {
          GroupMember member = new GroupMember(node, entry.pid());
          if (!entry.group().isEmpty() && add(group(entry.group()), member)) {
            joined.computeIfAbsent(entry.group(), _ -> new ArrayList<>()).add(member);
          }
        }
      }
    });
    joined.forEach((name, members) -> group(name).tell(members, List.of(), Reason.NODE_UP));
  }

  private void removeUnconfirmed() {
    for (CpgGroup group : List.copyOf(groups.values())) {
      for (GroupMember member : List.copyOf(group.members)) {
        CpgJoinList list = joinLists.get(member.node());
        CpgJoinList.Entry entry = new CpgJoinList.Entry(member.pid(), group.name);
        boolean confirmed = list != null && list.entries().contains(entry);
        if (member.node() != self && !confirmed && remove(group, member)) {
          group.tell(List.of(), List.of(member), Reason.PROCESS_DOWN);
        }
      }
    }
  }

  // ---- the table ----

  private boolean add(CpgGroup group, GroupMember member) {
    int known = processesOfNode.getOrDefault(member.node(), 0);
    if (known >= PROCESSES_OF_NODE_MAX || !group.add(member)) {
      return false;
    }
    processesOfNode.put(member.node(), known + 1);
    return true;
  }

  private boolean remove(CpgGroup group, GroupMember member) {
    if (!group.remove(member)) {
      return false;
    }
    processesOfNode.merge(member.node(), -1, Integer::sum);
    return true;
  }

  private CpgGroup group(String name) {
    CpgGroup group = groups.get(name);
    if (group == null) {
      group = new CpgGroup(name);
      groups.put(name, group);
      int bucket = group.hash & (BUCKETS - 1);
      CpgGroup[] grown = Arrays.copyOf(buckets[bucket], buckets[bucket].length + 1);
      grown[grown.length - 1] = group;
      buckets[bucket] = grown;
    }
    return group;
  }

  private void forgetIfUnused(CpgGroup group) {
    if (group.isUnused() && groups.remove(group.name, group)) {
      int bucket = group.hash & (BUCKETS - 1);
      buckets[bucket] =
          Arrays.stream(buckets[bucket]).filter(each -> each != group).toArray(CpgGroup[]::new);
    }
  }

  private @Nullable CpgGroup groupOf(CpgMessage of) {
    CpgGroup[] bucket = buckets[of.groupHash() & (BUCKETS - 1)];
    for (int i = 0; i < bucket.length; i++) {
      if (of.isOfGroup(bucket[i].nameBytes)) {
        return bucket[i];
      }
    }
    return null;
  }
}
