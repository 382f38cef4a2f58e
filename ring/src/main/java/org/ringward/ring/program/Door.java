package org.ringward.ring.program;

import org.jspecify.annotations.Nullable;
import org.ringward.ring.loop.Descriptors;
import org.ringward.ring.net.UnixConnection;
import org.ringward.ring.net.UnixListener;

/** Where programs come in, one in a turn of the loop. For the loop's thread only. */
public final class Door implements AutoCloseable {
  /** After the system had no descriptor for a connection. */
  private static final long PAUSE_NANOS = 100_000_000;

  private final UnixListener listener;
  private final Descriptors descriptors;
  private boolean knocked;
  private long openAgain = Long.MAX_VALUE;

  /**
   * @param listener closed with the door
   */
  public Door(UnixListener listener, Descriptors descriptors) {
    this.listener = listener;
    this.descriptors = descriptors;
    watch();
  }

  private void watch() {
    descriptors.watch(listener.descriptor(), Descriptors.READABLE, (_, _) -> knocked = true);
  }

  /** The next program, null when there is none. */
  public @Nullable UnixConnection next(long nowNanos) {
    if (openAgain != Long.MAX_VALUE && nowNanos - openAgain >= 0) {
      openAgain = Long.MAX_VALUE;
      watch();
    }
    if (!knocked) {
      return null;
    }
    knocked = false;
    UnixConnection connection = listener.accept();
    if (connection == null) {
      // Asking at once would find the same.
      descriptors.unwatch(listener.descriptor());
      openAgain = nowNanos + PAUSE_NANOS;
    }
    return connection;
  }

  /** Whether somebody waits for {@link #next}. */
  public boolean isKnockedAt() {
    return knocked;
  }

  /** When {@link #next} is to be asked although nobody has knocked, Long.MAX_VALUE for never. */
  public long nextDeadline() {
    return openAgain;
  }

  @Override
  public void close() {
    descriptors.unwatch(listener.descriptor());
    listener.close();
  }
}
