package org.ringward.ring.net;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.ringward.ring.loop.Descriptors;
import org.ringward.ring.os.NativeMemory;
import org.ringward.ring.os.SocketCalls;

/** The descriptors a thread sleeps on; first its own, then those of others. One thread. */
final class PollSet implements Descriptors {
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final int FIRST_ROOM = 16;

  /** No descriptor: poll passes it over. */
  private static final int NONE = -1;

  private final SocketCalls calls = new SocketCalls();
  private final NativeMemory timeout = new NativeMemory(2 * Long.BYTES);
  private NativeMemory memory = new NativeMemory(FIRST_ROOM * Linux.POLL_BYTES);
  private ByteBuffer polls = memory.bytes();
  private @Nullable Ready[] ready = new Ready[FIRST_ROOM];
  private int own;
  private int count;

  /** Sets which are the thread's own; they are waited for until there is something to read. */
  void own(int... descriptors) {
    int others = count - own;
    byte[] kept = new byte[others * Linux.POLL_BYTES];
    polls.get(own * Linux.POLL_BYTES, kept);
    @Nullable Ready[] keptReady = Arrays.copyOfRange(ready, own, count);
    own = descriptors.length;
    count = own + others;
    makeRoom();
    for (int at = 0; at < own; at++) {
      set(at, descriptors[at], Linux.POLLIN);
    }
    polls.put(own * Linux.POLL_BYTES, kept);
    System.arraycopy(keptReady, 0, ready, own, others);
  }

  @Override
  public void watch(int descriptor, short events, Ready toTell) {
    int at = find(descriptor);
    if (at < 0) {
      at = find(NONE);
    }
    if (at < 0) {
      at = count++;
      makeRoom();
    }
    set(at, descriptor, events);
    ready[at] = toTell;
  }

  @Override
  public void unwatch(int descriptor) {
    int at = find(descriptor);
    if (at >= 0) {
      // Others keep their places: this may be called while they are told.
      set(at, NONE, (short) 0);
      ready[at] = null;
    }
  }

  private int find(int descriptor) {
    for (int at = own; at < count; at++) {
      if (polls.getInt(at * Linux.POLL_BYTES + Linux.POLL_DESCRIPTOR) == descriptor) {
        return at;
      }
    }
    return -1;
  }

  private void makeRoom() {
    if (count > ready.length) {
      int room = Math.max(count, 2 * ready.length);
      NativeMemory larger = new NativeMemory(room * Linux.POLL_BYTES);
      larger.bytes().put(0, polls, 0, polls.capacity());
      memory = larger;
      polls = larger.bytes();
      ready = Arrays.copyOf(ready, room);
    }
  }

  private void set(int at, int descriptor, short events) {
    polls.putInt(at * Linux.POLL_BYTES + Linux.POLL_DESCRIPTOR, descriptor);
    polls.putShort(at * Linux.POLL_BYTES + Linux.POLL_EVENTS, events);
    polls.putShort(at * Linux.POLL_BYTES + Linux.POLL_RETURNED, (short) 0);
  }

  /**
   * Sleeps until one is ready or the time is over.
   *
   * @return how many are ready, or a negative errno
   */
  int poll(long nanos) {
    timeout.bytes().putLong(0, nanos / NANOS_PER_SECOND);
    timeout.bytes().putLong(Long.BYTES, nanos % NANOS_PER_SECOND);
    return calls.poll(memory.address(0), count, timeout.address(0));
  }

  /** What the last {@link #poll} with a positive result found at one of the own. */
  short found(int at) {
    return polls.getShort(at * Linux.POLL_BYTES + Linux.POLL_RETURNED);
  }

  /** Tells the others what the last {@link #poll} with a positive result found. */
  void tell() {
    for (int at = own; at < count; at++) {
      int events = polls.getShort(at * Linux.POLL_BYTES + Linux.POLL_RETURNED);
      Ready toTell = ready[at];
      if (events != 0 && toTell != null) {
        boolean broken = (events & ~(READABLE | WRITABLE)) != 0;
        toTell.ready(broken || (events & READABLE) != 0, broken || (events & WRITABLE) != 0);
      }
    }
  }
}
