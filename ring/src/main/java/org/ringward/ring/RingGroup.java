package org.ringward.ring;

import java.util.concurrent.TimeUnit;
import org.ringward.core.group.ClosedProcessGroups;

/** A program's membership in one closed process group. Any thread may call any method. */
public interface RingGroup {
  /** The longest message in bytes. */
  int MESSAGE_MOST = ClosedProcessGroups.MESSAGE_MAX;

  /** The name of the group. */
  String name();

  /**
   * Sends a message to all members, this one included; waits for room when messages come faster
   * than the ring takes them. What was accepted is delivered at all members that stay, in one
   * order, and in the order of this thread's calls; the bytes may be used again at once.
   *
   * @return false when there was no room in that time: nothing is sent
   * @throws IllegalStateException in a listener, which must not wait
   * @throws RingException when this program has left the group or the ring has ended
   */
  boolean send(byte[] bytes, int offset, int length, long timeout, TimeUnit unit)
      throws InterruptedException;

  /**
   * The same without waiting.
   *
   * @return false when there is no room now: nothing is sent
   * @throws RingException when this program has left the group or the ring has ended
   */
  boolean trySend(byte[] bytes, int offset, int length);

  /**
   * Leaves the group after the messages that were accepted; the listener hears of it. Again it has
   * no effect.
   */
  void leave();

  /**
   * What a group may be called.
   *
   * @throws IllegalArgumentException for anything but 1 to 128 characters of Latin-1
   */
  static void checkName(String group) {
    boolean latin = group.chars().allMatch(each -> each < 256);
    if (group.isEmpty() || group.length() > ClosedProcessGroups.NAME_MAX || !latin) {
      throw new IllegalArgumentException("name of a group: 1 to 128 characters of Latin-1");
    }
  }
}
