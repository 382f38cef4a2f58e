package org.ringward.ring.net;

import org.ringward.ring.os.NativeMemory;
import org.ringward.ring.os.SocketCalls;

/** A connection of a program on this machine. Nothing here waits; for one thread. */
public final class UnixConnection implements AutoCloseable {
  /** What {@link #read} and {@link #write} give when the connection is over. */
  public static final int GONE = -1;

  /** What is given to the system at once. */
  public static final int PART = 256 * 1024;

  private final int descriptor;
  private final int process;
  private final int user;
  private final int group;
  private final Transfer transfer;
  private boolean closed;

  /** Memory that bytes go through, for all connections of a listener. */
  static final class Transfer {
    final SocketCalls calls = new SocketCalls();
    final NativeMemory memory = new NativeMemory(PART);
  }

  UnixConnection(int descriptor, int process, int user, int group, Transfer transfer) {
    this.descriptor = descriptor;
    this.process = process;
    this.user = user;
    this.group = group;
    this.transfer = transfer;
  }

  /** The other program's process id as the system knows it here, 0 when it does not. */
  public int process() {
    return process;
  }

  /** The user id the other program connected with. */
  public int user() {
    return user;
  }

  /** The group id the other program connected with. */
  public int group() {
    return group;
  }

  /** What to watch. */
  public int descriptor() {
    return descriptor;
  }

  /**
   * Takes what has come, at most as much as there is room for.
   *
   * @return how many bytes, 0 when there is nothing now, {@link #GONE} when nothing comes any more
   */
  public int read(byte[] target, int offset, int room) {
    int most = Math.min(room, PART);
    int count = transfer.calls.read(descriptor, transfer.memory.address(0), most);
    if (count > 0) {
      transfer.memory.bytes().get(0, target, offset, count);
      return count;
    }
    return count == -Linux.EAGAIN || count == -Linux.EINTR ? 0 : GONE;
  }

  /**
   * Gives bytes to the system, at most {@link #PART} of them.
   *
   * @return how many it took, {@link #GONE} when the other side has closed
   */
  public int write(byte[] source, int offset, int length) {
    int part = Math.min(length, PART);
    transfer.memory.bytes().put(0, source, offset, part);
    int count =
        transfer.calls.send(descriptor, transfer.memory.address(0), part, Linux.MSG_NOSIGNAL);
    if (count >= 0) {
      return count;
    }
    return count == -Linux.EAGAIN || count == -Linux.EINTR ? 0 : GONE;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      transfer.calls.close(descriptor);
    }
  }
}
