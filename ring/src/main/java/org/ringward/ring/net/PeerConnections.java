package org.ringward.ring.net;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.ringward.ring.loop.Descriptors;
import org.ringward.ring.loop.Machine;
import org.ringward.ring.os.NativeMemory;
import org.ringward.ring.os.SocketCalls;

/**
 * TCP connections between the nodes of a link, over which the system tells at once that a node's
 * program has ended: it closes them, however the program ended. Nothing is said over them but one
 * byte before an end that is meant, so an idle ring pays nothing for them.
 *
 * <p>The node with the lower id connects, from a reserved port, to the port of the link. The end of
 * a connection is a refusal as an ICMP message is: the others ask that node at once, and believe it
 * if it answers. The end of a connection that stood before the ring lost that node last is about a
 * former life: where a link was cut the system repeats it until the network is whole again, when a
 * new life may have begun. A connection from a port that any user may have, one that breaks (reset,
 * no answer to the system's probes), and a node without such connections (Corosync's) tell nothing.
 *
 * <p>For the loop's thread.
 */
final class PeerConnections implements AutoCloseable {
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final long FIRST_PAUSE = NANOS_PER_SECOND;
  private static final long LONGEST_PAUSE = 16 * NANOS_PER_SECOND;
  private static final int WAITING_MOST = 64;

  /** Seconds without anything until the system asks; then between questions; and how many. */
  private static final int KEEP_IDLE = 10;

  private static final int KEEP_INTERVAL = 2;
  private static final int KEEP_COUNT = 3;

  /** A SYN is repeated once. */
  private static final int SYN_COUNT = 1;

  private static final int RESERVED_FIRST = 1023;
  private static final int RESERVED_LAST = 600;

  /** Ports that are tried for one connection. */
  private static final int PORTS_TRIED = 8;

  private static final int ADDRESS = 0;
  private static final int LENGTH = 64;
  private static final int VALUE = 72;
  private static final int DATA = 80;
  private static final int DATA_BYTES = 16;

  private final SocketCalls calls = new SocketCalls();
  private final NativeMemory memory = new NativeMemory(DATA + DATA_BYTES);
  private final UdpLink link;
  private final Descriptors descriptors;
  private final SocketCounts counts;
  private final int self;
  private final TreeMap<Integer, Line> lines = new TreeMap<>();
  private int listener = -1;
  private int reserved = RESERVED_FIRST;
  private long nextTurn = Long.MIN_VALUE;
  private boolean renewalDue;
  private volatile int standing;

  private enum State {
    NONE,
    CONNECTING,
    UP
  }

  /** What there is between this node and another one. */
  private final class Line implements Descriptors.Ready {
    private final int node;
    private final InetAddress address;
    private int descriptor = -1;
    private State state = State.NONE;
    private boolean trusted;
    private boolean meant;
    private long pause = FIRST_PAUSE;
    private long due = Long.MIN_VALUE;
    private long upSince;

    Line(int node, InetAddress address) {
      this.node = node;
      this.address = address;
    }

    @Override
    public void ready(boolean readable, boolean writable) {
      if (state == State.CONNECTING) {
        connected();
      } else if (readable) {
        read();
      }
    }

    private void connected() {
      if (option(descriptor, Linux.SO_ERROR) == 0) {
        up(descriptor, true);
      } else {
        end();
      }
    }

    private void up(int connection, boolean isTrusted) {
      descriptor = connection;
      state = State.UP;
      upSince = System.nanoTime();
      tellStanding();
      trusted = isTrusted;
      meant = false;
      pause = FIRST_PAUSE;
      descriptors.watch(descriptor, Descriptors.READABLE, this);
    }

    private void read() {
      int count = calls.read(descriptor, memory.address(DATA), DATA_BYTES);
      if (count > 0) {
        meant = true;
      } else if (count == 0) {
        boolean tells = trusted && !meant;
        end();
        if (tells) {
          counts.ended.incrementAndGet();
          link.refusals().ended(node, upSince);
        }
      } else if (count != -Linux.EAGAIN && count != -Linux.EINTR) {
        end();
      }
    }

    /** Tells the other side that nothing has happened to this one. */
    private void farewell() {
      if (state == State.UP) {
        memory.bytes().put(DATA, (byte) 1);
        calls.send(descriptor, memory.address(DATA), 1, Linux.MSG_NOSIGNAL);
      }
      end();
    }

    private void end() {
      if (descriptor >= 0) {
        descriptors.unwatch(descriptor);
        calls.close(descriptor);
      }
      descriptor = -1;
      state = State.NONE;
      tellStanding();
      due = System.nanoTime() + pause;
      nextTurn = Math.min(nextTurn, due);
      pause = Math.min(2 * pause, LONGEST_PAUSE);
    }
  }

  private PeerConnections(UdpLink link, int self, Descriptors descriptors, SocketCounts counts) {
    this.link = link;
    this.self = self;
    this.descriptors = descriptors;
    this.counts = counts;
  }

  /**
   * Listens at the link's address and port, and begins to connect. That the port cannot be had is a
   * remark and no failure: less is known early then.
   */
  static PeerConnections open(
      UdpLink link, int self, Descriptors descriptors, SocketCounts counts, List<String> remarks) {
    PeerConnections opened = new PeerConnections(link, self, descriptors, counts);
    int result = opened.listen();
    if (result < 0) {
      remarks.add(
          "TCP "
              + link.own().getHostAddress()
              + " port "
              + link.port()
              + " cannot be had ("
              + SocketFailure.reason(result)
              + "): that this daemon was killed is noticed a little later");
    }
    opened.readdress();
    return opened;
  }

  private int listen() {
    int socket = socket();
    if (socket < 0) {
      return socket;
    }
    int result = bind(socket, link.port());
    result = result < 0 ? result : calls.listen(socket, WAITING_MOST);
    if (result < 0) {
      calls.close(socket);
      return result;
    }
    listener = socket;
    descriptors.watch(listener, Descriptors.READABLE, (_, _) -> accept());
    return 0;
  }

  private int socket() {
    boolean v6 = link.addresses().length() == Linux.ADDRESS_V6_BYTES;
    int type = Linux.SOCK_STREAM | Linux.SOCK_NONBLOCK | Linux.SOCK_CLOEXEC;
    int socket = calls.socket(v6 ? Linux.AF_INET6 : Linux.AF_INET, type, 0);
    if (socket >= 0) {
      set(socket, Linux.SOL_SOCKET, Linux.SO_REUSEADDR, 1);
      if (v6) {
        set(socket, Linux.IPPROTO_IPV6, Linux.IPV6_V6ONLY, 1);
      }
    }
    return socket;
  }

  private int bind(int socket, int port) {
    NodeAddresses.write(memory.bytes(), ADDRESS, link.own(), port);
    return calls.bind(socket, memory.address(ADDRESS), link.addresses().length());
  }

  private void set(int socket, int level, int name, int value) {
    memory.bytes().putInt(VALUE, value);
    calls.setOption(socket, level, name, memory.address(VALUE), Integer.BYTES);
  }

  private int option(int socket, int name) {
    memory.bytes().putInt(LENGTH, Integer.BYTES);
    int result =
        calls.option(socket, Linux.SOL_SOCKET, name, memory.address(VALUE), memory.address(LENGTH));
    return result < 0 ? result : memory.bytes().getInt(VALUE);
  }

  UdpLink link() {
    return link;
  }

  /** The link's nodes have changed: what leads to others than before is closed. */
  void readdress() {
    SortedMap<Integer, InetAddress> nodes = link.addresses().nodes();
    for (Iterator<Line> each = lines.values().iterator(); each.hasNext(); ) {
      Line line = each.next();
      if (!line.address.equals(nodes.get(line.node))) {
        line.farewell();
        each.remove();
      }
    }
    nodes.forEach((node, address) -> {
      if (node != self) {
        lines.computeIfAbsent(node, _ -> new Line(node, address));
      }
    });
    nextTurn = Long.MIN_VALUE;
  }

  /** Connects where that is due. */
  void turn(long now) {
    if (now < nextTurn) {
      return;
    }
    nextTurn = now + LONGEST_PAUSE;
    renewalDue = true;
    for (Line line : lines.tailMap(self, false).values()) {
      if (line.state == State.NONE && line.due <= now) {
        connect(line);
      }
      if (line.state == State.NONE) {
        nextTurn = Math.min(nextTurn, line.due);
      }
    }
  }

  /**
   * Connections that stood when the ring lost their node are made anew: their end may have been on
   * its way since then, so it would be believed of nobody.
   */
  void renew(Machine machine) {
    if (!renewalDue) {
      return;
    }
    renewalDue = false;
    for (Line line : lines.tailMap(self, false).values()) {
      long parted = machine.partedAt(line.node);
      if (line.state == State.UP && parted != Long.MIN_VALUE && line.upSince - parted <= 0) {
        line.farewell();
      }
    }
  }

  private void connect(Line line) {
    int socket = socket();
    int result = socket;
    if (socket >= 0) {
      set(socket, Linux.SOL_TCP, Linux.TCP_SYNCNT, SYN_COUNT);
      keepAlive(socket);
      bindReserved(socket);
      NodeAddresses.write(memory.bytes(), ADDRESS, line.address, link.port());
      result = calls.connect(socket, memory.address(ADDRESS), link.addresses().length());
      line.descriptor = socket;
    }
    if (result == 0) {
      line.up(socket, true);
    } else if (result == -Linux.EINPROGRESS) {
      line.state = State.CONNECTING;
      descriptors.watch(socket, Descriptors.WRITABLE, line);
    } else {
      line.end();
    }
  }

  /**
   * Without the privilege the connection comes from any port, and the other side learns nothing.
   */
  private void bindReserved(int socket) {
    for (int tried = 0; tried < PORTS_TRIED; tried++) {
      reserved = reserved > RESERVED_LAST ? reserved - 1 : RESERVED_FIRST;
      if (bind(socket, reserved) >= 0) {
        return;
      }
    }
    bind(socket, 0);
  }

  private void keepAlive(int socket) {
    set(socket, Linux.SOL_SOCKET, Linux.SO_KEEPALIVE, 1);
    set(socket, Linux.SOL_TCP, Linux.TCP_KEEPIDLE, KEEP_IDLE);
    set(socket, Linux.SOL_TCP, Linux.TCP_KEEPINTVL, KEEP_INTERVAL);
    set(socket, Linux.SOL_TCP, Linux.TCP_KEEPCNT, KEEP_COUNT);
  }

  private void tellStanding() {
    standing = (int) lines.values().stream().filter(line -> line.state == State.UP).count();
  }

  private void accept() {
    int accepted = calls.accept(listener, Linux.SOCK_NONBLOCK | Linux.SOCK_CLOEXEC);
    if (accepted < 0) {
      return;
    }
    @Nullable Line line = null;
    memory.bytes().putInt(LENGTH, Linux.ADDRESS_ROOM);
    if (calls.peer(accepted, memory.address(ADDRESS), memory.address(LENGTH)) >= 0) {
      line = lines.get(link.addresses().nodeOfAddress(memory.bytes(), ADDRESS));
    }
    boolean trusted = NodeAddresses.port(memory.bytes(), ADDRESS) <= RESERVED_FIRST;
    if (line == null || line.node > self || (line.trusted && !trusted && line.state == State.UP)) {
      calls.close(accepted);
      return;
    }
    // A node that connects again has begun anew.
    line.farewell();
    keepAlive(accepted);
    line.up(accepted, trusted);
  }

  /** How many of them stand. */
  long standing() {
    return standing;
  }

  /** Says farewell to everybody and closes. */
  @Override
  public void close() {
    new ArrayList<>(lines.values()).forEach(Line::farewell);
    lines.clear();
    if (listener >= 0) {
      descriptors.unwatch(listener);
      calls.close(listener);
      listener = -1;
    }
  }
}
