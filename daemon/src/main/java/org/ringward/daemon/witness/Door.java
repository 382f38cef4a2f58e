package org.ringward.daemon.witness;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.quorum.witness.WitnessServer.Identity;
import org.ringward.ring.witness.NodeIdentity;
import org.ringward.ring.witness.WitnessFolder;

/**
 * Lets nodes in: TLS, who they are, and then bytes in both directions, a pair of virtual threads
 * for each connection. What strangers can hold is bounded: so many connections, so many that have
 * not finished their handshake, and each of those for a few seconds.
 */
final class Door implements AutoCloseable {
  private static final int HANDSHAKES_MOST = 256;
  private static final int HANDSHAKES_OF_ONE_MOST = 32;
  private static final int HANDSHAKE_MILLIS = 5000;
  private static final int CHUNK_BYTES = 4096;

  private final ServerSocket server;
  private final SSLContext context;
  private final WitnessFolder folder;
  private final WitnessLoop loop;
  private final Semaphore places;
  private final Semaphore handshakes = new Semaphore(HANDSHAKES_MOST);
  private final Map<String, Integer> atTheDoor = new ConcurrentHashMap<>();
  private final Map<Long, Connection> connections = new ConcurrentHashMap<>();
  private final AtomicLong lastSession = new AtomicLong();

  /**
   * @throws OperatorException when the address cannot be used
   */
  Door(
      InetSocketAddress listen,
      int connectionsMost,
      SSLContext context,
      WitnessFolder folder,
      WitnessLoop loop) {
    this.context = context;
    this.folder = folder;
    this.loop = loop;
    this.places = new Semaphore(connectionsMost);
    try {
      server = new ServerSocket();
      server.setReuseAddress(true);
      server.bind(listen, 128);
    } catch (IOException e) {
      String sentence = "the witness cannot listen at %s: %s".formatted(listen, e.getMessage());
      throw new OperatorException(ExitCode.UNAVAILABLE, sentence);
    }
  }

  int port() {
    return server.getLocalPort();
  }

  /** Lets in whoever comes, until the door is closed. */
  void open() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        String address = address(socket);
        if (!places.tryAcquire()) {
          turnAway(socket, address, "all connections that this witness may have are in use");
        } else if (!comesToTheDoor(address)) {
          places.release();
          turnAway(socket, address, "too many are at the door at once");
        } else {
          Thread.ofVirtual().start(() -> receive(socket, address));
        }
      } catch (SocketException _) {
        // Closed, or one that came was gone before it was let in.
      } catch (IOException e) {
        loop.put((witness, now) -> witness.turnedAway("somebody", String.valueOf(e.getMessage())));
      }
    }
  }

  /** One address cannot keep the others out. */
  private boolean comesToTheDoor(String address) {
    if (!handshakes.tryAcquire()) {
      return false;
    }
    if (atTheDoor.merge(address, 1, Integer::sum) > HANDSHAKES_OF_ONE_MOST) {
      leavesTheDoor(address);
      return false;
    }
    return true;
  }

  private void leavesTheDoor(String address) {
    atTheDoor.computeIfPresent(address, (_, count) -> count == 1 ? null : count - 1);
    handshakes.release();
  }

  private static String address(Socket socket) {
    InetAddress address = socket.getInetAddress();
    return address == null ? "somebody" : address.getHostAddress();
  }

  private void turnAway(Socket socket, String address, String reason) {
    closeQuietly(socket);
    loop.put((witness, now) -> witness.turnedAway(address, reason));
  }

  private void receive(Socket plain, String address) {
    boolean shaking = true;
    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(plain, null, plain.getPort(), true)) {
      plain.setSoTimeout(HANDSHAKE_MILLIS);
      plain.setTcpNoDelay(true);
      plain.setKeepAlive(true);
      socket.setUseClientMode(false);
      socket.setWantClientAuth(true);
      Thread limit = Thread.ofVirtual().start(() -> endHandshake(plain));
      socket.startHandshake();
      limit.interrupt();
      leavesTheDoor(address);
      shaking = false;
      plain.setSoTimeout(0);
      serve(socket, address);
    } catch (SSLException e) {
      turnAway(plain, address, "its TLS handshake failed: " + cause(e));
    } catch (IOException e) {
      turnAway(plain, address, "it did not finish its TLS handshake: " + e.getMessage());
    } finally {
      if (shaking) {
        leavesTheDoor(address);
      }
      places.release();
    }
  }

  /** Who sends a byte now and then does not hold its place for long. */
  private static void endHandshake(Socket socket) {
    try {
      Thread.sleep(HANDSHAKE_MILLIS);
      closeQuietly(socket);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** The trust manager names the value that is wrong; Java's own sentences are around it. */
  private static String cause(SSLException thrown) {
    return thrown.getCause() instanceof CertificateException certificate
        ? String.valueOf(certificate.getMessage())
        : String.valueOf(thrown.getMessage());
  }

  private void serve(SSLSocket socket, String address) throws IOException {
    X509Certificate certificate = certificate(socket.getSession());
    Identity identity = null;
    String refusal = null;
    if (certificate != null) {
      NodeIdentity node = NodeIdentity.of(certificate);
      refusal =
          node == null
              ? "its certificate is not a node's"
              : folder.revocation(node, certificate.getSerialNumber());
      identity = node == null || refusal != null ? null : new Identity(node.cluster(), node.node());
    }
    long session = lastSession.incrementAndGet();
    Connection connection = new Connection(socket);
    connections.put(session, connection);
    Thread writer = Thread.ofVirtual().start(connection::write);
    Identity known = identity;
    String wrong = refusal;
    loop.put((witness, now) -> {
      loop.learn(witness, known, now);
      witness.connected(session, known, address, now);
      if (wrong != null) {
        witness.refuse(session, wrong);
      }
    });
    try {
      read(socket, session, connection);
    } catch (IOException _) {
      // The connection broke; the witness is told the same as when it ends.
    } finally {
      connection.cut();
      writer.interrupt();
      connections.remove(session);
      loop.put((witness, now) -> witness.disconnected(session, now));
    }
  }

  private void read(SSLSocket socket, long session, Connection connection) throws IOException {
    InputStream in = socket.getInputStream();
    byte[] chunk = new byte[CHUNK_BYTES];
    try {
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        int length = count;
        loop.put((witness, now) -> {
          witness.received(session, chunk, 0, length, now);
          connection.dealtWith();
        });
        connection.awaitTurn();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static @Nullable X509Certificate certificate(SSLSession session) {
    try {
      return session.getPeerCertificates()[0] instanceof X509Certificate certificate
          ? certificate
          : null;
    } catch (SSLPeerUnverifiedException _) {
      return null;
    }
  }

  /** Of the machine's outlet: never waits. */
  void send(long session, byte[] bytes) {
    Connection connection = connections.get(session);
    if (connection != null) {
      connection.send(bytes);
    }
  }

  /** Of the machine's outlet: never waits. */
  void close(long session) {
    Connection connection = connections.get(session);
    if (connection != null) {
      connection.close();
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // It is gone, which is what was wanted.
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException _) {
      // Nobody comes in any more, either way.
    }
    connections.values().forEach(Connection::cut);
  }
}
