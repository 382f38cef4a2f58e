package org.ringward.ring.witness;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.OperatorException;
import org.ringward.core.port.Streams;

/**
 * Connections of a node to its witness, a pair of threads for each, so that nothing ever waits in
 * the node's loop. What comes is read on when the node has dealt with what came before. Bytes that
 * come and go allocate nothing here; the Java machine's TLS does.
 */
public final class NodeStreams implements Streams, AutoCloseable {
  private static final int CHUNK_BYTES = 4096;

  private static final long LAST_WORDS_MILLIS = 300;

  /** Hears what becomes of connections, in their threads. */
  public interface Events {
    /** Calls {@code dealtWith} when the node has had this input. */
    void opened(long connection, Runnable dealtWith);

    /** Calls {@code dealtWith} when the node has had this input. */
    void secured(long connection, Runnable dealtWith);

    /** Calls {@code dealtWith} when the node has had this input; the bytes are others then. */
    void received(long connection, byte[] bytes, int length, Runnable dealtWith);

    void closed(long connection, String why);
  }

  /** Where the certificates are read, anew for each connection. */
  public interface TlsSource {
    /**
     * @throws OperatorException when there are none or they are of no use
     */
    SSLContext context() throws GeneralSecurityException;
  }

  private final String host;
  private final int port;
  private final int ipVersion;
  private final TlsSource tls;
  private final Events events;
  private final Map<Long, Link> links = new ConcurrentHashMap<>();
  private volatile @Nullable Link latest;

  /**
   * @param ipVersion 4 or 6 for addresses of that version only, 0 for both, IPv6 first
   */
  public NodeStreams(String host, int port, int ipVersion, TlsSource tls, Events events) {
    this.host = host;
    this.port = port;
    this.ipVersion = ipVersion;
    this.tls = tls;
    this.events = events;
  }

  /** One connection. */
  private final class Link {
    private final long number;
    private final Outgoing outgoing = new Outgoing();
    private final Gate turn = new Gate();
    private final Gate drained = new Gate();
    private final Gate secured = new Gate();
    private final Runnable dealtWith = turn::open;
    private volatile @Nullable Socket socket;
    private volatile @Nullable OutputStream out;
    private volatile boolean closing;
    private volatile boolean upgrading;
    private volatile @Nullable Thread writer;

    Link(long number) {
      this.number = number;
    }

    void run() {
      String why = "closed by the other side";
      try {
        connect();
        why = "closed by " + host;
      } catch (SSLException e) {
        why =
            "TLS with %s port %d failed: %s"
                .formatted(
                    host,
                    port,
                    e.getCause() instanceof CertificateException cause
                        ? cause.getMessage()
                        : e.getMessage());
      } catch (OperatorException e) {
        why = e.sentence();
      } catch (UnknownHostException _) {
        why =
            "the name %s has no address%s"
                .formatted(host, ipVersion == 0 ? "" : " of IPv" + ipVersion);
      } catch (IOException | GeneralSecurityException e) {
        why = "%s port %d: %s".formatted(host, port, e.getMessage());
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      } finally {
        cut();
        links.remove(number);
        events.closed(number, why);
      }
    }

    private void connect() throws IOException, GeneralSecurityException, InterruptedException {
      Socket plain = reached();
      plain.setTcpNoDelay(true);
      out = plain.getOutputStream();
      writer = thread("ringward-device-out", this::write);
      events.opened(number, dealtWith);
      turn.pass();
      Socket in = plain;
      byte[] chunk = new byte[CHUNK_BYTES];
      while (true) {
        if (upgrading) {
          in = secure(plain);
        }
        int count = in.getInputStream().read(chunk);
        if (count < 0) {
          return;
        }
        events.received(number, chunk, count, dealtWith);
        turn.pass();
      }
    }

    /** Connected with the first address that can be reached. */
    private Socket reached() throws IOException {
      IOException trouble = new UnknownHostException(host);
      for (InetAddress address : addresses()) {
        Socket plain = new Socket();
        use(plain);
        try {
          plain.connect(new InetSocketAddress(address, port));
          return plain;
        } catch (IOException e) {
          plain.close();
          trouble = e;
        }
      }
      throw trouble;
    }

    private List<InetAddress> addresses() throws UnknownHostException {
      List<InetAddress> all = List.of(InetAddress.getAllByName(host));
      Stream<InetAddress> six = all.stream().filter(Inet6Address.class::isInstance);
      Stream<InetAddress> four = all.stream().filter(Inet4Address.class::isInstance);
      return switch (ipVersion) {
        case 4 -> four.toList();
        case 6 -> six.toList();
        default -> Stream.concat(six, four).toList();
      };
    }

    private void use(Socket opened) throws IOException {
      socket = opened;
      if (closing) {
        opened.close();
      }
    }

    /** TLS on the same connection, once what was sent before is out. */
    private Socket secure(Socket plain)
        throws IOException, GeneralSecurityException, InterruptedException {
      upgrading = false;
      drained.pass();
      SSLSocket over =
          (SSLSocket) tls.context().getSocketFactory().createSocket(plain, host, port, true);
      over.startHandshake();
      use(over);
      out = over.getOutputStream();
      secured.open();
      events.secured(number, dealtWith);
      turn.pass();
      return over;
    }

    private void write() {
      try {
        for (int count = outgoing.take(); count != Outgoing.END; count = outgoing.take()) {
          OutputStream to = out;
          if (count == Outgoing.UPGRADE) {
            drained.open();
            secured.pass();
          } else if (to != null) {
            to.write(outgoing.bytes(), 0, count);
            to.flush();
          }
        }
        cut();
      } catch (IOException _) {
        cut();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }

    void put(byte[] bytes, int offset, int length) {
      if (!outgoing.add(bytes, offset, length)) {
        cut();
      }
    }

    /** Ends once what was sent before is out, and soon in any case. */
    void end() {
      outgoing.end();
      if (writer == null) {
        cut();
        return;
      }
      Thread.ofVirtual()
          .start(() -> {
            pause(LAST_WORDS_MILLIS);
            cut();
          });
    }

    void cut() {
      closing = true;
      try {
        Socket open = socket;
        if (open != null) {
          open.close();
        }
      } catch (IOException _) {
        // It is gone, which is what was wanted.
      }
      Thread thread = writer;
      if (thread != null) {
        thread.interrupt();
      }
      turn.open();
      drained.open();
    }
  }

  @Override
  public void open(long connection) {
    Link link = new Link(connection);
    links.put(connection, link);
    latest = link;
    thread("ringward-device-in", link::run);
  }

  /** Of the newest one often. */
  private @Nullable Link link(long connection) {
    Link newest = latest;
    return newest != null && newest.number == connection ? newest : links.get(connection);
  }

  @Override
  public void startTls(long connection) {
    Link link = link(connection);
    if (link != null) {
      link.upgrading = true;
      link.outgoing.upgrade();
    }
  }

  @Override
  public void send(long connection, byte[] bytes) {
    Link link = link(connection);
    if (link != null) {
      link.put(bytes, 0, bytes.length);
    }
  }

  @Override
  public void send(long connection, byte[] bytes, int offset, int length) {
    Link link = link(connection);
    if (link != null) {
      link.put(bytes, offset, length);
    }
  }

  @Override
  public void close(long connection) {
    Link link = links.get(connection);
    if (link != null) {
      link.end();
    }
  }

  private static Thread thread(String name, Runnable work) {
    return Thread.ofPlatform().daemon().name(name).start(work);
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits a moment for last words to get out. */
  @Override
  public void close() {
    links.values().forEach(Link::end);
    for (long waited = 0; waited < LAST_WORDS_MILLIS && !links.isEmpty(); waited += 10) {
      pause(10);
    }
    links.values().forEach(Link::cut);
  }
}
