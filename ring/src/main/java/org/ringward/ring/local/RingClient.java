package org.ringward.ring.local;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.ringward.core.group.RingStatus;
import org.ringward.ring.RingAccess;
import org.ringward.ring.RingException;
import org.ringward.ring.RingGroup;
import org.ringward.ring.RingListener;
import org.ringward.ring.queue.LittleEndian;

/**
 * A program's way to the ring of another process on this machine ({@code ringward ring run}), over
 * its client socket (docs/client-protocol.md).
 *
 * <p>{@link RingAccess} says which thread calls what; the thread here is this client's own. When a
 * client falls behind, what was sent to it waits at the ring, which takes nothing from it meanwhile
 * and hangs up on it when that is too much.
 */
public final class RingClient implements RingAccess {
  private static final long CLOSE_NANOS = 2_000_000_000;
  private static final long GREET_SECONDS = 10;

  private final ClientWire wire;
  private final Map<Integer, ClientMembership> memberships = new ConcurrentHashMap<>();
  private final Map<Integer, CompletableFuture<Integer>> joins = new ConcurrentHashMap<>();
  private final Map<Integer, CompletableFuture<RingStatus>> questions = new ConcurrentHashMap<>();
  private final CompletableFuture<Boolean> greeted = new CompletableFuture<>();
  private final AtomicInteger lastNumber = new AtomicInteger();
  private volatile int nodeId;
  private volatile int process;
  private volatile boolean closing;

  private RingClient(SocketChannel channel) throws IOException {
    wire = new ClientWire(channel, this::frame, this::ended);
  }

  /**
   * Connects to the ring that serves a socket, by default /run/ringward/ring.sock.
   *
   * @throws RingException when nobody serves it, or it does not serve this user
   */
  public static RingClient connect(Path socket) {
    try {
      SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
      RingClient client = new RingClient(channel);
      client.greet();
      return client;
    } catch (IOException e) {
      throw new RingException("no ring serves " + socket + ": " + e.getMessage());
    }
  }

  private void greet() {
    byte[] hello = new byte[LocalFrame.HELLO_LENGTH - LocalFrame.HEAD];
    LittleEndian.putInt(hello, 0, LocalFrame.MAGIC);
    LittleEndian.putInt(hello, Integer.BYTES, LocalFrame.VERSION);
    wire.start();
    wire.send(LocalFrame.HELLO, 0, hello);
    try {
      result(greeted, GREET_SECONDS);
    } catch (RuntimeException e) {
      wire.close();
      throw e;
    }
  }

  private static <T> T result(CompletableFuture<T> answer, long seconds) {
    try {
      return answer.get(seconds, TimeUnit.SECONDS);
    } catch (ExecutionException | CompletionException e) {
      throw new RingException(String.valueOf(e.getCause() == null ? e : e.getCause().getMessage()));
    } catch (TimeoutException e) {
      throw new RingException("the ring's process does not answer");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RingException("interrupted while the ring's process was asked");
    }
  }

  @Override
  public int nodeId() {
    return nodeId;
  }

  /** The number of this process as a member of groups. */
  public int process() {
    return process;
  }

  /**
   * {@inheritDoc}
   *
   * <p>In a listener it does not wait for the answer; what then speaks against it, {@link
   * RingListener#ended} tells.
   */
  @Override
  public RingGroup join(String group, RingListener listener) {
    RingGroup.checkName(group);
    checkOpen();
    int number = lastNumber.incrementAndGet();
    ClientMembership membership = new ClientMembership(wire, number, group, listener);
    CompletableFuture<Integer> answer = new CompletableFuture<>();
    memberships.put(number, membership);
    joins.put(number, answer);
    wire.send(LocalFrame.JOIN, number, group.getBytes(ISO_8859_1));
    if (!wire.isOwnThread()) {
      try {
        String refusal = refusal(group, result(answer, GREET_SECONDS));
        if (refusal != null) {
          throw new RingException(refusal);
        }
      } catch (RingException e) {
        memberships.remove(number);
        throw e;
      }
    }
    return membership;
  }

  private static @Nullable String refusal(String group, int answer) {
    return switch (answer) {
      case LocalFrame.ACCEPTED -> null;
      case LocalFrame.EXISTS -> "this process is in group " + group + " already";
      default -> "group " + group + " cannot be joined now: too many, or about to leave it";
    };
  }

  private void checkOpen() {
    String reason = wire.endReason();
    if (reason != null || closing) {
      throw new RingException(reason == null ? "this client is closed" : reason);
    }
  }

  @Override
  public RingStatus status() {
    wire.checkMayWait();
    checkOpen();
    int number = lastNumber.incrementAndGet();
    CompletableFuture<RingStatus> answer = new CompletableFuture<>();
    questions.put(number, answer);
    try {
      if (!wire.send(LocalFrame.STATUS, number, new byte[0])) {
        checkOpen();
      }
      return result(answer, GREET_SECONDS);
    } finally {
      questions.remove(number);
    }
  }

  @Override
  public List<RingGroup> groups() {
    return new ArrayList<>(memberships.values());
  }

  @Override
  public void close() {
    wire.checkMayWait();
    closing = true;
    memberships.values().forEach(ClientMembership::leave);
    long until = System.nanoTime() + CLOSE_NANOS;
    boolean interrupted = false;
    while (!memberships.isEmpty() && wire.endReason() == null && System.nanoTime() < until) {
      try {
        Thread.sleep(1);
      } catch (InterruptedException e) {
        interrupted = true;
        break;
      }
    }
    wire.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  // ---- the client's thread ----

  /** A frame of the ring's process. */
  private void frame(int kind, int number, byte[] bytes, int offset, int length) {
    switch (kind) {
      case LocalFrame.DELIVERED -> delivered(number, bytes, offset, length);
      case LocalFrame.MEMBERS -> {
        ClientMembership membership = memberships.get(number);
        if (membership != null
            && membership.changed(LocalReports.part(bytes, offset, length), nodeId, process)) {
          memberships.remove(number);
        }
      }
      case LocalFrame.CONFIGURATION -> {
        ByteBuffer part = LocalReports.part(bytes, offset, length);
        var configuration = LocalReports.configuration(part);
        memberships.values().forEach(each -> each.listener().configurationChanged(configuration));
      }
      case LocalFrame.SYNCHRONISED ->
          memberships.values().forEach(each -> each.listener().synchronised());
      case LocalFrame.JOINED -> joined(number, LittleEndian.getInt(bytes, offset));
      case LocalFrame.STATUS_IS -> {
        CompletableFuture<RingStatus> question = questions.get(number);
        if (question != null) {
          question.complete(LocalReports.status(LocalReports.part(bytes, offset, length)));
        }
      }
      case LocalFrame.WELCOME -> welcome(bytes, offset);
      default -> {
        // A later version may say more.
      }
    }
  }

  private void welcome(byte[] bytes, int offset) {
    nodeId = LittleEndian.getInt(bytes, offset + LocalFrame.WELCOME_NODE - LocalFrame.HEAD);
    process = LittleEndian.getInt(bytes, offset + LocalFrame.WELCOME_PROCESS - LocalFrame.HEAD);
    greeted.complete(true);
  }

  private void delivered(int number, byte[] bytes, int offset, int length) {
    ClientMembership membership = memberships.get(number);
    if (membership != null) {
      int head = LocalFrame.DELIVERED_BYTES - LocalFrame.HEAD;
      membership
          .listener()
          .delivered(
              LittleEndian.getInt(bytes, offset),
              LittleEndian.getInt(bytes, offset + Integer.BYTES),
              bytes,
              offset + head,
              length - head);
    }
  }

  private void joined(int number, int answer) {
    CompletableFuture<Integer> join = joins.remove(number);
    ClientMembership membership = memberships.get(number);
    if (join != null) {
      join.complete(answer);
    }
    if (answer != LocalFrame.ACCEPTED && membership != null) {
      memberships.remove(number);
      String refusal = refusal(membership.name(), answer);
      membership.refused(String.valueOf(refusal));
    }
  }

  /** The connection is over; nothing follows. */
  private void ended(String reason) {
    RingException end = new RingException(reason);
    greeted.completeExceptionally(end);
    joins.values().forEach(each -> each.completeExceptionally(end));
    questions.values().forEach(each -> each.completeExceptionally(end));
    List<ClientMembership> told = new ArrayList<>(memberships.values());
    memberships.clear();
    if (!closing) {
      told.forEach(each -> each.listener().ended(reason));
    }
  }
}
