package org.ringward.ring;

import java.util.List;
import org.ringward.core.group.RingStatus;

/**
 * Closed process groups of a ring, as a program uses them: {@link Ring} has the ring inside the
 * program, local.RingClient asks a daemon on the same machine. Any thread may call any method.
 *
 * <p>All listeners of one access are called by one thread, one call after the other, so what they
 * are told is in the order all members agree on. A listener must return soon: the embedded ring
 * does nothing else meanwhile, a client falls behind. A listener may call {@link
 * RingGroup#trySend}, {@link #join} and {@link RingGroup#leave}; it must not wait, so {@link
 * RingGroup#send} refuses it.
 */
public interface RingAccess extends AutoCloseable {
  /** The id of this node of the ring. */
  int nodeId();

  /**
   * Asks to become a member of a group. The listener's first change of the membership is this
   * member's own join; messages may be sent before.
   *
   * @param group 1 to 128 characters of Latin-1, the same for all members
   * @throws IllegalArgumentException for another name
   * @throws RingException when this program is in the group already, or the ring has ended
   */
  RingGroup join(String group, RingListener listener);

  /**
   * How the ring stands.
   *
   * @throws RingException when the ring has ended
   */
  RingStatus status();

  /** The groups this access is in or about to enter or leave. */
  List<RingGroup> groups();

  /**
   * Leaves all groups, after what was accepted so far, and ends; returns when that is done, after
   * two seconds at most. Listeners are told nothing afterwards.
   *
   * @throws IllegalStateException in a listener, which must not wait
   */
  @Override
  void close();
}
