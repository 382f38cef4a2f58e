package org.ringward.core.group;

import org.jspecify.annotations.Nullable;
import org.ringward.core.base.Check;
import org.ringward.core.wire.CpgMessage;
import org.ringward.core.wire.GroupPrefix;

/**
 * A process of this node that is in a group, or was, or will be: one group at a time, as a
 * connection of Corosync's cpg library (reference/totem-pg-sync-services.md, section 8).
 */
public final class LocalProcess {
  private static final int PREFIX = GroupPrefix.SERVICES.length();

  final GroupListener listener;

  /** Begin of a whole message of this process to its group; only the length changes. */
  final byte[] head = new byte[PREFIX + CpgMessage.WHOLE_HEADER];

  @Nullable CpgGroup group;
  State state = State.UNJOINED;
  boolean waitsForRoom;
  boolean gone;

  private final ClosedProcessGroups groups;
  private final int pid;

  /** The way of a process into a group and out of it. */
  public enum State {
    /** In no group. */
    UNJOINED,
    /** Has asked to join; nothing is delivered yet, messages may be sent. */
    JOIN_STARTED,
    /** A member. */
    JOINED,
    /** Has asked to leave; messages are still delivered. */
    LEAVE_STARTED
  }

  /** What became of a request. */
  public enum Answer {
    /** It is on its way; the listener hears of it. */
    ACCEPTED,
    /** This process is in a group, or another one with its number is in that group. */
    EXISTS,
    /** The process is in no group. */
    NOT_JOINED,
    /** An earlier request of the process has not come to its end. */
    BUSY,
    /** Too many processes, or one with the same number is about to leave: ask again later. */
    TRY_AGAIN
  }

  LocalProcess(ClosedProcessGroups groups, int pid, GroupListener listener) {
    this.groups = groups;
    this.pid = pid;
    this.listener = listener;
  }

  public int pid() {
    return pid;
  }

  public State state() {
    return state;
  }

  /** The group the process is in, or is about to enter or leave; null for none. */
  public @Nullable String group() {
    return group == null ? null : group.name;
  }

  /** Asks to join a group; the name has 1 to 128 characters of Latin-1. */
  public Answer join(String name) {
    return groups.join(this, name);
  }

  /** Asks to leave the group, after the messages that were accepted so far. */
  public Answer leave() {
    return groups.leave(this);
  }

  /** The process has ended: its listener hears nothing more, and it leaves its group. */
  public void gone() {
    groups.gone(this);
  }

  /**
   * Sends a message to the group the process has joined or asked to join; the bytes are copied.
   *
   * @return false when there is no room: nothing is sent then, and the listener hears of it when
   *     there is room again
   */
  public boolean multicast(byte[] bytes, int offset, int length) {
    Check.that(
        state == State.JOIN_STARTED || state == State.JOINED,
        "a message of a process that is in no group");
    return groups.multicast(this, bytes, offset, length);
  }

  boolean hears() {
    return !gone && (state == State.JOINED || state == State.LEAVE_STARTED);
  }

  void enters(CpgGroup joining, int self) {
    group = joining;
    state = State.JOIN_STARTED;
    GroupPrefix.SERVICES.write(head, 0);
    CpgMessage.writeWhole(head, PREFIX, joining.nameBytes, 0, pid, self);
  }
}
