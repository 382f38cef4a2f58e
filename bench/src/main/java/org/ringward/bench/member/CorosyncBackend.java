package org.ringward.bench.member;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.ringward.interop.cpg.Cpg;
import org.ringward.interop.cpg.CpgListener;

/**
 * A client of corosync through libcpg. A refused message is tried again at once, as cpgbench does.
 */
final class CorosyncBackend implements Backend {
  private static final int LONGEST = 1024 * 1024;
  private static final int CONNECT_TRIES = 200;
  private static final long STACK_BYTES = 16 * 1024 * 1024;

  private final long againNanos;
  private volatile boolean closing;
  private @Nullable Cpg connection;
  private int self;

  /**
   * @param againNanos pause before a refused message is tried again, 0 for none
   */
  CorosyncBackend(long againNanos) {
    this.againNanos = againNanos;
  }

  private Cpg cpg() {
    return Objects.requireNonNull(connection);
  }

  @Override
  public void open(Receiver receiver) {
    Cpg cpg = new Cpg("bench", LONGEST, new Telling(receiver));
    connection = cpg;
    int error = 0;
    for (int tries = 0; tries < CONNECT_TRIES; tries++) {
      error = cpg.open();
      if (error == Cpg.OK) {
        break;
      }
      LockSupport.parkNanos(50_000_000);
    }
    check("cpg_model_initialize", error);
    self = cpg.localNode();
    do {
      error = cpg.join();
    } while (error == Cpg.TRY_AGAIN);
    check("cpg_join", error);
    // libcpg copies each message to its caller's stack.
    Thread dispatch = new Thread(null, this::dispatch, "dispatch", STACK_BYTES);
    dispatch.setDaemon(true);
    dispatch.start();
  }

  private void dispatch() {
    int error = cpg().dispatch();
    if (!closing) {
      check("cpg_dispatch", error);
    }
  }

  private static void check(String call, int error) {
    if (error != Cpg.OK) {
      throw new IllegalStateException(call + ": error " + error);
    }
  }

  @Override
  public boolean trySend(byte[] message) {
    int error = cpg().multicast(message);
    if (error != Cpg.OK && error != Cpg.TRY_AGAIN) {
      check("cpg_mcast_joined", error);
    }
    return error == Cpg.OK;
  }

  @Override
  public void send(byte[] message) {
    while (!trySend(message)) {
      if (againNanos > 0) {
        LockSupport.parkNanos(againNanos);
      }
    }
  }

  @Override
  public void close() {
    closing = true;
    cpg().leave();
    cpg().close();
  }

  private final class Telling implements CpgListener {
    private final Receiver receiver;

    Telling(Receiver receiver) {
      this.receiver = receiver;
    }

    @Override
    public void delivered(int node, int pid, ByteBuffer message) {
      long stamp = message.order(ByteOrder.LITTLE_ENDIAN).getLong(message.position());
      receiver.delivered(node == self, stamp, message.remaining());
    }

    @Override
    public void groupChanged(List<Address> members, List<Address> left, List<Address> joined) {
      receiver.members(members.size());
    }

    @Override
    public void ringChanged(int representative, long sequence, List<Integer> nodes) {}
  }
}
