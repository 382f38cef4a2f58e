package org.ringward.sim.evs;

/** Something a process did or saw; times are the world's, nanoseconds; sets as of {@link Nodes}. */
public sealed interface Entry {
  long time();

  /** A transitional configuration, on the way to a ring. */
  record Transitional(long time, RingId ring, long members, long left) implements Entry {}

  /** A regular configuration. */
  record Regular(long time, RingId ring, long members, long joined) implements Entry {}

  /** The services of the ring are in step, messages flow. */
  record Synchronised(long time, long sequence) implements Entry {}

  /** The ring has accepted a message of this process. */
  record Accepted(long time, int group, long message) implements Entry {}

  /** A message was delivered. */
  record Delivered(long time, int group, int from, long message) implements Entry {
    @Override
    public String toString() {
      return MessageId.text(message) + " in group " + group;
    }
  }

  /** Bytes were delivered that nobody has sent like that. */
  record Damaged(long time, int from, String what) implements Entry {}

  /** The members of a group have changed. */
  record GroupChange(long time, int group, long members, long joined, long left) implements Entry {}
}
