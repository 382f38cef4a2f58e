package org.ringward.daemon.web;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest;
import org.ringward.core.node.Lookout;

/**
 * The window of a node behind its loop. The loop looks for those who watch, at most every {@value
 * #PAUSE_MILLIS} ms, hands over what is immutable and goes on; nobody's slowness comes back to it.
 */
public final class LoopWindow implements NodeWindow {
  private static final long PAUSE_MILLIS = 50;
  private static final long BEAT_MILLIS = 1000;
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long LOOK_SECONDS = 3;
  private static final long ASK_SECONDS = 70;

  /** The control socket's requests begin at 1, and -1 is a signal's. */
  private static final long FIRST_REQUEST = -2;

  private final Door door;
  private final Map<Long, CompletableFuture<AdminReply>> waiting = new ConcurrentHashMap<>();
  private final AtomicLong nextRequest = new AtomicLong(FIRST_REQUEST);
  private final Queue<CompletableFuture<Lookout.Sight>> once = new ConcurrentLinkedQueue<>();
  private volatile @Nullable Viewer viewer;

  // In the loop's thread only.
  private @Nullable Viewer shown;
  private boolean pending;
  private long nextLook = Long.MIN_VALUE;
  private long nextBeat = Long.MIN_VALUE;

  /** The way into the loop. */
  public interface Door {
    /** Has the loop turn soon. */
    void wake();

    /** Hands a request to the node. */
    void asked(long requestId, AdminRequest request);

    /** Nobody waits for that reply any more. */
    void askerGone(long requestId);
  }

  public LoopWindow(Door door) {
    this.door = door;
  }

  @Override
  public void show(@Nullable Viewer to) {
    viewer = to;
    door.wake();
  }

  @Override
  public CompletableFuture<Lookout.Sight> look() {
    CompletableFuture<Lookout.Sight> future = new CompletableFuture<>();
    once.add(future);
    door.wake();
    return future.orTimeout(LOOK_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public CompletableFuture<AdminReply> ask(AdminRequest request) {
    long id = nextRequest.getAndDecrement();
    CompletableFuture<AdminReply> future = new CompletableFuture<>();
    waiting.put(id, future);
    door.asked(id, request);
    return future
        .orTimeout(ASK_SECONDS, TimeUnit.SECONDS)
        .whenComplete((_, error) -> {
          if (waiting.remove(id) != null && error != null) {
            door.askerGone(id);
          }
        });
  }

  /** Whether a reply belongs here. */
  public static boolean isOurs(long requestId) {
    return requestId <= FIRST_REQUEST;
  }

  /** The node has answered; called in the loop's thread. */
  public void reply(long requestId, AdminReply reply) {
    CompletableFuture<AdminReply> future = waiting.remove(requestId);
    if (future != null) {
      future.completeAsync(() -> reply, task -> Thread.ofVirtual().start(task));
    }
  }

  /** The loop has turned the node. */
  @SuppressWarnings("ReferenceEquality") // another viewer, not an equal one
  public void turned(Lookout lookout, long nowNanos, long wallMillis) {
    Lookout.@Nullable Sight single = null;
    for (var next = once.poll(); next != null; next = once.poll()) {
      single = single == null ? lookout.look(nowNanos, wallMillis, 0) : single;
      next.complete(single);
    }
    Viewer to = viewer;
    if (to == null) {
      shown = null;
      pending = false;
      return;
    }
    if (to != shown) {
      shown = to;
      nextBeat = nowNanos;
      nextLook = nowNanos;
    }
    pending |= lookout.changed() || nowNanos >= nextBeat;
    if (pending && nowNanos >= nextLook) {
      pending = false;
      nextLook = nowNanos + PAUSE_MILLIS * NANOS_PER_MILLI;
      nextBeat = nowNanos + BEAT_MILLIS * NANOS_PER_MILLI;
      to.seen(lookout.look(nowNanos, wallMillis, to.known()));
    }
  }

  /** When the loop is needed for those who watch. */
  public long nextDeadline() {
    return shown == null ? Long.MAX_VALUE : pending ? nextLook : nextBeat;
  }
}
