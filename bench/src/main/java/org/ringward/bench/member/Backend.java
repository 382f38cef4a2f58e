package org.ringward.bench.member;

/** What a member stands on. One thread sends; another one, which the backend has, receives. */
interface Backend {
  /** Hears what is delivered, in the receiving thread. */
  interface Receiver {
    /**
     * A message.
     *
     * @param own whether this member sent it
     * @param stamp its first eight bytes, little endian
     */
    void delivered(boolean own, long stamp, int length);

    /** The group has so many members now. */
    void members(int count);
  }

  /** Connects and joins the group; returns when that is under way. */
  void open(Receiver receiver);

  /** Sends a message; false when there is no room now. */
  boolean trySend(byte[] message);

  /** Sends a message as fast as the interface takes them. */
  void send(byte[] message);

  /** Leaves. */
  void close();
}
