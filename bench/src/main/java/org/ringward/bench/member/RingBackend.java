package org.ringward.bench.member;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.ringward.core.group.GroupChange;
import org.ringward.ring.RingAccess;
import org.ringward.ring.RingGroup;
import org.ringward.ring.RingListener;

/** A member on a ring of ours, inside this process or behind the local socket. */
final class RingBackend implements Backend {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final Supplier<RingAccess> opener;
  private @Nullable RingAccess ring;
  private @Nullable RingGroup group;

  RingBackend(Supplier<RingAccess> opener) {
    this.opener = opener;
  }

  @Override
  public void open(Receiver receiver) {
    RingAccess opened = opener.get();
    ring = opened;
    group = opened.join("bench", new Telling(opened.nodeId(), receiver));
  }

  private RingGroup group() {
    return Objects.requireNonNull(group);
  }

  @Override
  public boolean trySend(byte[] message) {
    return group().trySend(message, 0, message.length);
  }

  @Override
  public void send(byte[] message) {
    try {
      while (!group().send(message, 0, message.length, 1, TimeUnit.SECONDS)) {
        // The ring is being formed anew.
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    if (ring != null) {
      ring.close();
    }
  }

  private record Telling(int self, Receiver receiver) implements RingListener {
    @Override
    public void delivered(int node, int process, byte[] bytes, int offset, int length) {
      receiver.delivered(node == self, (long) LONG.get(bytes, offset), length);
    }

    @Override
    public void membershipChanged(GroupChange change) {
      receiver.members(change.members().size());
    }

    @Override
    public void ended(String reason) {
      System.out.println("ended " + reason);
    }
  }
}
