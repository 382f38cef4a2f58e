package org.ringward.ring;

import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.ringward.core.group.GroupChange;
import org.ringward.ring.seat.GroupSeat;

/** A membership of an embedding program: towards it a group, towards the ring a seat. */
final class Membership implements RingGroup, GroupSeat.Occupant {
  private final EmbeddedMembers members;
  private final GroupSeat seat;
  private final RingListener listener;
  private volatile boolean left;

  Membership(EmbeddedMembers members, int number, String name, RingListener listener) {
    this.members = members;
    this.seat = new GroupSeat(number, name, this);
    this.listener = listener;
  }

  RingListener listener() {
    return listener;
  }

  @Override
  public String name() {
    return seat.group();
  }

  @Override
  public boolean send(byte[] bytes, int offset, int length, long timeout, TimeUnit unit)
      throws InterruptedException {
    check(bytes, offset, length);
    if (members.isRingThread()) {
      throw new IllegalStateException("send may wait, which a listener must not: use trySend");
    }
    return members.send(seat.number(), bytes, offset, length, unit.toNanos(timeout));
  }

  @Override
  public boolean trySend(byte[] bytes, int offset, int length) {
    check(bytes, offset, length);
    return members.trySend(seat.number(), bytes, offset, length);
  }

  private void check(byte[] bytes, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (length > MESSAGE_MOST) {
      throw new IllegalArgumentException("a message of more than 16 MiB");
    }
    if (left) {
      throw new RingException("this program has left group " + name());
    }
  }

  @Override
  public void leave() {
    if (!left) {
      left = true;
      members.leave(seat.number());
    }
  }

  // ---- the ring's thread ----

  GroupSeat seat() {
    return seat;
  }

  void leaveNow() {
    left = true;
    seat.leave();
  }

  @Override
  public void changed(GroupSeat from, GroupChange change) {
    listener.membershipChanged(change);
  }

  @Override
  public void delivered(GroupSeat from, int node, int pid, byte[] bytes, int offset, int length) {
    listener.delivered(node, pid, bytes, offset, length);
  }

  @Override
  public void left(GroupSeat from) {
    left = true;
    members.gone(this);
  }

  @Override
  public void roomAgain(GroupSeat from) {
    members.roomAgain();
  }
}
