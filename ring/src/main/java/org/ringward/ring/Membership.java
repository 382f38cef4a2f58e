package org.ringward.ring;

import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.ringward.core.group.ClosedProcessGroups;
import org.ringward.core.group.GroupChange;
import org.ringward.core.group.GroupListener;
import org.ringward.core.group.GroupMember;
import org.ringward.core.group.LocalProcess;
import org.ringward.core.group.LocalProcess.State;

/** A membership of an embedding program: towards it a group, towards the ring a process. */
final class Membership implements RingGroup, GroupListener {
  private final EmbeddedMembers members;
  private final int number;
  private final String name;
  private final RingListener listener;
  private volatile boolean left;

  // What follows belongs to the ring's thread.
  private @Nullable LocalProcess process;
  private boolean leaveWanted;

  Membership(EmbeddedMembers members, int number, String name, RingListener listener) {
    this.members = members;
    this.number = number;
    this.name = name;
    this.listener = listener;
  }

  int number() {
    return number;
  }

  RingListener listener() {
    return listener;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean send(byte[] bytes, int offset, int length, long timeout, TimeUnit unit)
      throws InterruptedException {
    check(bytes, offset, length);
    if (members.isRingThread()) {
      throw new IllegalStateException("send may wait, which a listener must not: use trySend");
    }
    return members.send(number, bytes, offset, length, unit.toNanos(timeout));
  }

  @Override
  public boolean trySend(byte[] bytes, int offset, int length) {
    check(bytes, offset, length);
    return members.trySend(number, bytes, offset, length);
  }

  private void check(byte[] bytes, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (length > MESSAGE_MOST) {
      throw new IllegalArgumentException("a message of more than 16 MiB");
    }
    if (left) {
      throw new RingException("this program has left group " + name);
    }
  }

  @Override
  public void leave() {
    if (!left) {
      left = true;
      members.leave(number);
    }
  }

  // ---- the ring's thread ----

  LocalProcess.Answer join(ClosedProcessGroups groups, int pid) {
    LocalProcess made = groups.process(pid, this);
    process = made;
    return made.join(name);
  }

  /** False when the ring has no room. */
  boolean multicast(byte[] bytes, int offset, int length) {
    LocalProcess sender = process;
    if (sender == null) {
      return true;
    }
    State state = sender.state();
    boolean joined = state == State.JOINED || state == State.JOIN_STARTED;
    return !joined || sender.multicast(bytes, offset, length);
  }

  void leaveNow() {
    left = true;
    LocalProcess leaving = process;
    if (leaving != null && leaving.leave() == LocalProcess.Answer.BUSY) {
      leaveWanted = leaving.state() == State.JOIN_STARTED;
    }
  }

  /** The ring ends: whoever has not come in yet does not any more. */
  void leaveForGood() {
    LocalProcess leaving = process;
    if (leaving != null && leaving.leave() == LocalProcess.Answer.BUSY) {
      leaving.gone();
    }
  }

  @Override
  public void membershipChanged(GroupChange change) {
    listener.membershipChanged(change);
    LocalProcess own = process;
    if (own == null) {
      return;
    }
    if (leaveWanted && own.state() == State.JOINED) {
      leaveWanted = false;
      leaveNow();
    }
    GroupMember self = new GroupMember(members.nodeId(), own.pid());
    if (change.left().contains(self)) {
      left = true;
      members.gone(this);
    }
  }

  @Override
  public void delivered(int node, int pid, byte[] bytes, int offset, int length) {
    listener.delivered(node, pid, bytes, offset, length);
  }

  @Override
  public void roomAgain() {
    members.roomAgain();
  }
}
