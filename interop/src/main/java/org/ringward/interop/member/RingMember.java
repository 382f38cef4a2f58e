package org.ringward.interop.member;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.NodeSet;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.config.NodeSettingsYaml;
import org.ringward.core.group.ProcessGroupListener;
import org.ringward.core.group.ProcessGroups;
import org.ringward.core.group.RingConfiguration;
import org.ringward.core.group.RingStatus;
import org.ringward.core.link.UdpuTransport;
import org.ringward.core.port.Frames;
import org.ringward.core.port.RingIds;

/**
 * A node of Ringward's ring with one member of the group in it. Arguments: node file, file of the
 * ring sequence, file of the journal, a number no other life has.
 */
public final class RingMember implements ProcessGroupListener, Console.Orders {
  private static final String GROUP = CorosyncMember.GROUP;
  private static final int PORT = 5405;
  private static final int BUFFER_BYTES = 4 * 1024 * 1024;
  private static final int DATAGRAM_MAX = 65_536;
  private static final int DATAGRAMS_PER_TURN = 256;
  private static final int MESSAGES_PER_TURN = 64;
  private static final long IDLE_MILLIS = 5;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final NodeSettings settings;
  private final Console console;
  private final Sender sender;
  private final DatagramChannel channel = DatagramChannel.open();
  private final Selector selector = Selector.open();
  private final Map<Integer, InetSocketAddress> addresses = new HashMap<>();
  private final Map<InetAddress, Integer> nodes = new HashMap<>();
  private final ProcessGroups groups;
  private volatile boolean leaving;
  private volatile @Nullable RingStatus lastStatus;
  private boolean left;
  private boolean synchronising = true;
  private NodeSet members = NodeSet.EMPTY;
  private int representative;

  private RingMember(NodeSettings settings, Path ringId, Path journal, long life)
      throws IOException {
    this.settings = settings;
    int self = settings.self().id();
    console = new Console(journal, self, life);
    sender = new Sender(console, self);
    for (NodeSettings.Member each : settings.members()) {
      InetSocketAddress address =
          new InetSocketAddress(InetAddress.ofLiteral(each.address()), PORT);
      addresses.put(each.id(), address);
      nodes.put(address.getAddress(), each.id());
    }
    channel.configureBlocking(false);
    channel.setOption(java.net.StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
    channel.setOption(java.net.StandardSocketOptions.SO_SNDBUF, BUFFER_BYTES);
    channel.bind(addresses.get(self));
    channel.register(selector, SelectionKey.OP_READ);
    groups =
        new ProcessGroups(
            self,
            settings.nodeIds(),
            settings.totem(),
            new UdpuTransport(
                self, settings.nodeIds(), false, true, settings.totem().netmtu(), new Sockets()),
            new SequenceFile(ringId),
            this);
  }

  /** Runs until it is told to leave. */
  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments[0]);
    NodeSettings settings = NodeSettingsYaml.read(file.toString(), Files.readString(file), "none");
    new RingMember(
            settings,
            Path.of(arguments[1]),
            Path.of(arguments[2]),
            Long.parseUnsignedLong(arguments[3], 16))
        .run();
  }

  private void run() throws IOException {
    groups.start(System.nanoTime());
    groups.join(GROUP, System.nanoTime());
    console.start(this);
    ByteBuffer incoming = ByteBuffer.allocate(DATAGRAM_MAX);
    boolean asked = false;
    while (!left) {
      selector.select(sleepMillis());
      selector.selectedKeys().clear();
      receive(incoming);
      groups.expire(System.nanoTime());
      RingStatus status = groups.status();
      lastStatus = status;
      if (status.synchronised()) {
        sendAll();
      }
      if (leaving && !asked && sender.next() == null) {
        asked = true;
        groups.leave(GROUP, System.nanoTime());
      }
      groups.expire(System.nanoTime());
    }
    groups.shutdown(System.nanoTime());
    console.end();
    Runtime.getRuntime().halt(0);
  }

  private long sleepMillis() {
    long nanos = groups.nextDeadline() - System.nanoTime();
    return Math.clamp((nanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI, 1, IDLE_MILLIS);
  }

  private void receive(ByteBuffer incoming) {
    for (int count = 0; count < DATAGRAMS_PER_TURN; count++) {
      incoming.clear();
      try {
        SocketAddress from = channel.receive(incoming);
        if (from == null) {
          return;
        }
        int node =
            from instanceof InetSocketAddress source
                ? nodes.getOrDefault(source.getAddress(), 0)
                : 0;
        groups.received(0, node, incoming.array(), 0, incoming.position(), System.nanoTime());
      } catch (IOException _) {
        // Linux reports earlier failures to send here.
      }
    }
  }

  private void sendAll() {
    for (int count = 0; count < MESSAGES_PER_TURN; count++) {
      byte[] message = sender.next();
      if (message == null || !groups.multicast(GROUP, message, System.nanoTime())) {
        return;
      }
      sender.accepted();
    }
  }

  @Override
  public void send(int count, Sizes sizes) {
    sender.order(count, sizes);
    selector.wakeup();
  }

  @Override
  public void explain() {
    System.err.println(lastStatus);
  }

  @Override
  public void leave() {
    leaving = true;
    selector.wakeup();
  }

  @Override
  public void configurationChanged(RingConfiguration configuration) {
    synchronising = true;
    if (configuration.kind() == RingConfiguration.Kind.REGULAR) {
      members = configuration.members();
      representative = configuration.representative();
    }
  }

  @Override
  public void synchronised(long ringSequence) {
    synchronising = false;
    console.ring(representative, ringSequence, members.stream().boxed().toList());
  }

  @Override
  public void membershipChanged(String group, NodeSet nodesNow, NodeSet joined, NodeSet nodesLeft) {
    if (!synchronising) {
      joined.stream().forEach(console::joined);
      nodesLeft.stream().forEach(console::left);
    }
    console.group(nodesNow.stream().boxed().toList());
    left |= leaving && nodesLeft.contains(settings.self().id());
  }

  @Override
  public void delivered(String group, int fromNode, byte[] bytes, int offset, int length) {
    console.delivered(fromNode, ByteBuffer.wrap(bytes, offset, length).slice());
  }

  /** Sends datagrams. */
  private final class Sockets implements Frames {
    @Override
    public void send(int link, int toNode, byte[] datagram, int offset, int length) {
      try {
        channel.send(
            ByteBuffer.wrap(datagram, offset, length),
            Objects.requireNonNull(addresses.get(toNode)));
      } catch (IOException _) {
        // The same as a lost datagram.
      }
    }
  }

  /** Keeps the ring sequence. */
  private record SequenceFile(Path file) implements RingIds {
    @Override
    public long load() {
      try {
        return Files.exists(file) ? Long.parseLong(Files.readString(file)) : 0;
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    @Override
    public void store(long ringSequence) {
      try {
        Files.writeString(file, Long.toString(ringSequence));
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }
}
