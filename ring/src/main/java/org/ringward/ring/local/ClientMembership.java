package org.ringward.ring.local;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.ringward.core.group.GroupChange;
import org.ringward.core.group.GroupMember;
import org.ringward.ring.RingException;
import org.ringward.ring.RingGroup;
import org.ringward.ring.RingListener;

/** A client's membership in a group. */
final class ClientMembership implements RingGroup {
  private final ClientWire wire;
  private final int number;
  private final String name;
  private final RingListener listener;
  private volatile boolean left;

  ClientMembership(ClientWire wire, int number, String name, RingListener listener) {
    this.wire = wire;
    this.number = number;
    this.name = name;
    this.listener = listener;
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
    wire.checkMayWait();
    return wire.send(number, bytes, offset, length, unit.toNanos(timeout));
  }

  @Override
  public boolean trySend(byte[] bytes, int offset, int length) {
    check(bytes, offset, length);
    return wire.trySend(number, bytes, offset, length);
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
      wire.send(LocalFrame.LEAVE, number, new byte[0]);
    }
  }

  // ---- the client's thread ----

  /** Hands a change on; true when it was this member that left. */
  boolean changed(ByteBuffer bytes, int node, int process) {
    GroupChange change = LocalReports.change(name, bytes);
    listener.membershipChanged(change);
    boolean gone = change.left().contains(new GroupMember(node, process));
    left |= gone;
    return gone;
  }

  /** A join that nobody waits for was refused. */
  void refused(String reason) {
    left = true;
    listener.ended(reason);
  }
}
