package org.ringward.ring.loop;

/** Descriptors of others that the loop's sleep waits for, too. For the loop's thread only. */
public interface Descriptors {
  /** There is something to read, or the end of it. */
  short READABLE = 1;

  /** There is room to write. */
  short WRITABLE = 4;

  /** What is done when a descriptor is ready. */
  interface Ready {
    /**
     * Called by the loop's thread after its sleep, before it takes datagrams. As long as what it is
     * ready for is left undone, it is called in each turn.
     *
     * @param readable whether reading would not block: there is something, the end, or an error
     * @param writable whether writing would not block: there is room, or an error
     */
    void ready(boolean readable, boolean writable);
  }

  /**
   * Begins to wait for a descriptor, or for other events at one that is waited for. Errors and the
   * end of the other side are always told, as both.
   *
   * @param events {@link #READABLE} and {@link #WRITABLE} added, or 0
   */
  void watch(int descriptor, short events, Ready ready);

  /** Nothing is told of the descriptor any more; before it is closed. */
  void unwatch(int descriptor);
}
