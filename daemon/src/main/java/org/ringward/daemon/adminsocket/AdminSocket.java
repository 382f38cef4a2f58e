package org.ringward.daemon.adminsocket;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import jdk.net.ExtendedSocketOptions;
import jdk.net.UnixDomainPrincipal;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.port.Operators;
import org.ringward.daemon.loop.NodeInputs;
import org.ringward.ring.loop.Inbox;

/**
 * The control socket. Each connection is served by a virtual thread, replies are written by
 * another, so that slow or broken commands never hold up the loop.
 */
public final class AdminSocket implements Operators, AutoCloseable {
  private static final int CONNECTIONS_MOST = 64;
  private static final long CLOSE_MILLIS = 1000;
  private static final long ACCEPT_PAUSE_NANOS = 100_000_000;

  private final Path path;
  private final ServerSocketChannel server;
  private final PeerRules rules;
  private final Answerer answerer;
  private final AtomicLong nextRequestId = new AtomicLong(1);
  private final Map<Long, AdminConnection> waiting = new ConcurrentHashMap<>();
  private final Set<AdminConnection> connections = ConcurrentHashMap.newKeySet();
  private final Semaphore unwritten = new Semaphore(CONNECTIONS_MOST);

  /** Who answers, by {@link #reply}; any thread may call it. */
  public interface Answerer {
    /** A request has come. */
    void asked(long requestId, AdminRequest request);

    /** Nobody waits for that reply any more. */
    void askerGone(long requestId);
  }

  private AdminSocket(Path path, ServerSocketChannel server, PeerRules rules, Answerer answerer) {
    this.path = path;
    this.server = server;
    this.rules = rules;
    this.answerer = answerer;
  }

  /** The same for a node behind a loop. */
  public static AdminSocket open(Path path, Inbox<NodeInputs> inbox) {
    return open(
        path,
        new Answerer() {
          @Override
          public void asked(long requestId, AdminRequest request) {
            inbox.put(machine -> machine.asked(requestId, request));
          }

          @Override
          public void askerGone(long requestId) {
            inbox.put(machine -> machine.askerGone(requestId));
          }
        });
  }

  /**
   * Creates the socket; {@link #serve} begins to answer.
   *
   * @throws OperatorException when it cannot be created or another daemon serves it
   */
  public static AdminSocket open(Path path, Answerer answerer) {
    try {
      Files.createDirectories(path.toAbsolutePath().resolveSibling(""));
      if (Files.exists(path)) {
        refuseLiving(path);
        Files.delete(path);
      }
      ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      server.bind(UnixDomainSocketAddress.of(path), CONNECTIONS_MOST);
      protect(path);
      String ownUser = Files.getOwner(path).getName();
      return new AdminSocket(path, server, new PeerRules(ownUser, Path.of("/etc/group")), answerer);
    } catch (IOException e) {
      String sentence = "the control socket " + path + " cannot be created: " + e.getMessage();
      throw new OperatorException(ExitCode.CANNOT_CREATE, sentence);
    }
  }

  private static void refuseLiving(Path path) {
    try (SocketChannel _ = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      String sentence = "another daemon serves the control socket " + path;
      throw new OperatorException(ExitCode.UNAVAILABLE, sentence + "; set another paths.socket");
    } catch (IOException e) {
      // Nobody listens: a leftover.
    }
  }

  private static void protect(Path path) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    try {
      GroupPrincipal group =
          path.getFileSystem()
              .getUserPrincipalLookupService()
              .lookupPrincipalByGroupName(PeerRules.GROUP);
      view.setGroup(group);
    } catch (IOException e) {
      // No such group here, or we may not give the socket to it: the daemon's own group remains.
    }
    view.setPermissions(PosixFilePermissions.fromString("rw-rw----"));
  }

  /** Accepts connections until the socket is closed. */
  public void serve() {
    Thread.ofPlatform().name("ringward-admin").daemon().start(this::accept);
  }

  private void accept() {
    while (true) {
      try {
        SocketChannel channel = server.accept();
        Thread.ofVirtual().start(() -> connected(channel));
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        // Out of file descriptors: the connection stays in the queue, asking at once would spin.
        LockSupport.parkNanos(ACCEPT_PAUSE_NANOS);
      }
    }
  }

  private void connected(SocketChannel channel) {
    AdminConnection connection = new AdminConnection(this, channel);
    try (channel) {
      UnixDomainPrincipal peer = channel.getOption(ExtendedSocketOptions.SO_PEERCRED);
      String user = peer.user().getName();
      if (!rules.allows(user, peer.group().getName())) {
        String sentence = "user " + user + " may not control the cluster; allowed are root, the";
        String rest = " daemon's user and the group " + PeerRules.GROUP;
        connection.refuse(ExitCode.NO_PERMISSION, sentence + rest);
        return;
      }
      connections.add(connection);
      if (connections.size() > CONNECTIONS_MOST) {
        connection.refuse(ExitCode.TEMPORARY, "too many commands at once; try again");
        return;
      }
      connection.serve(user);
    } catch (IOException e) {
      // The peer has gone; what it waited for is withdrawn below.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      connections.remove(connection);
      connection.gone();
    }
  }

  /** Hands a request to the loop and remembers who waits for the reply. */
  long ask(AdminConnection connection, AdminRequest request) {
    long id = nextRequestId.getAndIncrement();
    waiting.put(id, connection);
    answerer.asked(id, request);
    return id;
  }

  /** The requester has gone before the reply. */
  void withdraw(long id) {
    if (waiting.remove(id) != null) {
      answerer.askerGone(id);
    }
  }

  @Override
  public void reply(long requestId, AdminReply reply) {
    AdminConnection connection = waiting.remove(requestId);
    if (connection != null) {
      boolean counted = unwritten.tryAcquire();
      Thread.ofVirtual().start(() -> write(connection, reply, counted));
    }
  }

  private void write(AdminConnection connection, AdminReply reply, boolean counted) {
    try {
      connection.reply(reply);
    } finally {
      if (counted) {
        unwritten.release();
      }
    }
  }

  /** Lets replies that are under way reach their readers, at most for a second, then hangs up. */
  @Override
  public void close() {
    try {
      server.close();
      Files.deleteIfExists(path);
    } catch (IOException e) {
      // The file stays; the next daemon finds that nobody listens and removes it.
    }
    try {
      if (unwritten.tryAcquire(CONNECTIONS_MOST, CLOSE_MILLIS, TimeUnit.MILLISECONDS)) {
        unwritten.release(CONNECTIONS_MOST);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    connections.forEach(AdminConnection::hangUp);
  }
}
