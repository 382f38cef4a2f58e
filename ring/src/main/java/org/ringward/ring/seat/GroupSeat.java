package org.ringward.ring.seat;

import org.jspecify.annotations.Nullable;
import org.ringward.core.group.ClosedProcessGroups;
import org.ringward.core.group.GroupChange;
import org.ringward.core.group.GroupListener;
import org.ringward.core.group.GroupMember;
import org.ringward.core.group.LocalProcess;
import org.ringward.core.group.LocalProcess.State;

/**
 * A place in a closed process group, from the wish to join until it has left. Leaving can be asked
 * for at any time, also before it has come in. For the ring's thread.
 */
public final class GroupSeat implements GroupListener {
  private final int number;
  private final String group;
  private final Occupant occupant;
  private @Nullable LocalProcess process;
  private int node;
  private boolean leaveWanted;

  /** Who has the place. */
  public interface Occupant {
    /** The group has changed. */
    void changed(GroupSeat seat, GroupChange change);

    /** A message; the bytes are valid only during the call. */
    void delivered(GroupSeat seat, int node, int pid, byte[] bytes, int offset, int length);

    /** The place is given up: nothing follows. */
    void left(GroupSeat seat);

    /** Something was refused, and there is room again. */
    void roomAgain(GroupSeat seat);
  }

  /**
   * @param number by which the occupant knows it
   */
  public GroupSeat(int number, String group, Occupant occupant) {
    this.number = number;
    this.group = group;
    this.occupant = occupant;
  }

  /** The number by which the occupant knows it. */
  public int number() {
    return number;
  }

  /** The name of the group. */
  public String group() {
    return group;
  }

  /** Asks to join, as a process of that number. */
  public LocalProcess.Answer join(ClosedProcessGroups groups, int pid) {
    LocalProcess made = groups.process(pid, this);
    process = made;
    node = groups.self();
    return made.join(group);
  }

  /**
   * Sends a message; who is about to leave sends into the void.
   *
   * @return false when the ring has no room; the occupant hears of it when it has
   */
  public boolean multicast(byte[] bytes, int offset, int length) {
    LocalProcess sender = process;
    if (sender == null || leaveWanted) {
      return true;
    }
    State state = sender.state();
    boolean joined = state == State.JOINED || state == State.JOIN_STARTED;
    return !joined || sender.multicast(bytes, offset, length);
  }

  /** Asks to leave, after what was accepted. */
  public void leave() {
    LocalProcess leaving = process;
    if (leaving != null && leaving.leave() == LocalProcess.Answer.BUSY) {
      leaveWanted = leaving.state() == State.JOIN_STARTED;
    }
  }

  /** The occupant has ended without leaving, and hears nothing more. */
  public void gone() {
    LocalProcess leaving = process;
    if (leaving != null) {
      leaving.gone();
    }
  }

  /** The ring ends: leaves, and whoever has not come in yet does not any more. */
  public void leaveForGood() {
    LocalProcess leaving = process;
    if (leaving != null && leaving.leave() == LocalProcess.Answer.BUSY) {
      leaving.gone();
    }
  }

  @Override
  public void membershipChanged(GroupChange change) {
    occupant.changed(this, change);
    LocalProcess own = process;
    if (own == null) {
      return;
    }
    if (leaveWanted && own.state() == State.JOINED) {
      leaveWanted = false;
      leave();
    }
    if (change.left().contains(new GroupMember(node, own.pid()))) {
      occupant.left(this);
    }
  }

  @Override
  public void delivered(int fromNode, int pid, byte[] bytes, int offset, int length) {
    occupant.delivered(this, fromNode, pid, bytes, offset, length);
  }

  @Override
  public void roomAgain() {
    occupant.roomAgain(this);
  }
}
