package org.ringward.ring.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ringward.core.base.OperatorException;
import org.ringward.core.port.Frames;
import org.ringward.ring.loop.Datagram;
import org.ringward.ring.loop.Machine;

/** The sockets of two nodes on this machine. */
final class UdpFramesTest {
  private static final String[] ADDRESSES = {"127.0.0.98", "127.0.0.99"};

  /** Counts what came in and remembers the last. */
  private static final class Heard implements Machine {
    private int count;
    private long bytes;
    private int from;
    private int length;
    private int firstByte;
    private int refused;
    private int refusals;

    @Override
    public void start(long nowNanos, long wallMillis) {}

    @Override
    public void received(
        int link, int fromNode, byte[] datagram, int offset, int size, long nowNanos) {
      count++;
      bytes += size;
      from = fromNode;
      length = size;
      firstByte = size == 0 ? -1 : datagram[offset];
    }

    @Override
    public void refused(int link, int node, long nowNanos) {
      refused = node;
      refusals++;
    }

    @Override
    public void turn(long nowNanos, long wallMillis) {}

    @Override
    public long nextDeadline() {
      return Long.MAX_VALUE;
    }

    /** Takes what comes until it is so much. */
    private void take(UdpFrames frames, int wanted) {
      long end = System.nanoTime() + 10_000_000_000L;
      while (count < wanted && System.nanoTime() - end < 0) {
        frames.await(1_000_000);
        frames.receive(this, 100);
      }
    }
  }

  private static UdpFrames open(int self, String transport, int port, String... addresses) {
    return UdpFrames.open(Settings.of(self, transport, port, addresses));
  }

  private static long told(UdpFrames frames, String name) {
    SortedMap<String, Long> report = new TreeMap<>();
    frames.report(report);
    return report.getOrDefault(name, -1L);
  }

  @ParameterizedTest
  @CsvSource({"knet,65507", "udpu,65507", "knet,0", "udpu,0", "udpu,20000"})
  void aDatagramOfAnySizeArrivesWhole(String transport, int length) throws Exception {
    int port = Settings.freePort(ADDRESSES);
    try (UdpFrames one = open(1, transport, port, ADDRESSES);
        UdpFrames two = open(2, transport, port, ADDRESSES)) {
      byte[] bytes = new byte[length + 3];
      Arrays.fill(bytes, (byte) 7);
      one.send(0, 2, bytes, 3, length);
      one.flush();
      Heard heard = new Heard();
      heard.take(two, 1);
      assertThat(heard.count).isEqualTo(1);
      assertThat(heard.length).isEqualTo(length);
      assertThat(heard.from).isEqualTo(1);
      assertThat(heard.firstByte).isEqualTo(length == 0 ? -1 : 7);
      assertThat(told(one, "udp-sent")).isEqualTo(1);
      assertThat(told(two, "udp-received")).isEqualTo(1);
    }
  }

  @Test
  void aDatagramThatIsTooLongIsAFailureAndTheOthersBesideItArrive() throws Exception {
    int port = Settings.freePort(ADDRESSES);
    try (UdpFrames one = open(1, "knet", port, ADDRESSES);
        UdpFrames two = open(2, "knet", port, ADDRESSES)) {
      one.send(0, 2, new byte[100], 0, 100);
      one.send(0, 2, new byte[65_530], 0, 65_530);
      one.send(0, 2, new byte[200], 0, 200);
      one.flush();
      Heard heard = new Heard();
      heard.take(two, 2);
      assertThat(heard.bytes).isEqualTo(300);
      assertThat(told(one, "udp-send-failures")).isEqualTo(1);
    }
  }

  /** With loopback the system hands them over as they were sent: many with a call, in segments. */
  @ParameterizedTest
  @ValueSource(strings = {"knet", "udpu"})
  void manyAtOnceArriveInOrderWithFewCalls(String transport) throws Exception {
    int port = Settings.freePort(ADDRESSES);
    try (UdpFrames one = open(1, transport, port, ADDRESSES);
        UdpFrames two = open(2, transport, port, ADDRESSES)) {
      byte[] bytes = new byte[1_000];
      for (int count = 0; count < 100; count++) {
        bytes[0] = (byte) count;
        one.send(0, 2, bytes, 0, count == 99 ? 10 : bytes.length);
      }
      one.flush();
      Datagram next = new Datagram();
      for (int count = 0; count < 100; count++) {
        // Loopback has handed them over before the call that sent returned.
        assertThat(two.takeAside(next)).isTrue();
        assertThat(next.bytes()[0]).isEqualTo((byte) count);
        assertThat(next.length()).isEqualTo(count == 99 ? 10 : 1_000);
        assertThat(next.fromNode()).isEqualTo(1);
      }
      assertThat(two.takeAside(next)).isFalse();
      // The first 60,000 bytes did not wait for the rest.
      assertThat(told(one, "udp-send-calls")).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"knet", "udpu"})
  void whoSendsFromAnotherPortIsANodeOnlyWithoutKronosnet(String transport) throws Exception {
    int port = Settings.freePort(ADDRESSES);
    InetAddress other = InetAddress.ofLiteral(ADDRESSES[1]);
    InetAddress stranger = InetAddress.ofLiteral("127.0.0.100");
    InetSocketAddress node = new InetSocketAddress(InetAddress.ofLiteral(ADDRESSES[0]), port);
    try (UdpFrames one = open(1, transport, port, ADDRESSES);
        DatagramSocket anyPort = new DatagramSocket(new InetSocketAddress(other, 0));
        DatagramSocket unknown = new DatagramSocket(new InetSocketAddress(stranger, port))) {
      Heard heard = new Heard();
      anyPort.send(new DatagramPacket(new byte[5], 5, node));
      heard.take(one, 1);
      assertThat(heard.from).isEqualTo(transport.equals("knet") ? 0 : 2);
      unknown.send(new DatagramPacket(new byte[5], 5, node));
      heard.take(one, 2);
      assertThat(heard.count).isEqualTo(2);
      assertThat(heard.from).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"knet", "udpu"})
  void thatNobodyListensIsToldOfTheNodeItIsTrueOf(String transport) throws Exception {
    String[] three = {ADDRESSES[0], ADDRESSES[1], "127.0.0.101"};
    refused(transport, three);
  }

  /** Loopback has one such address only, so this needs a machine with others. */
  @ParameterizedTest
  @ValueSource(strings = {"knet", "udpu"})
  void thatNobodyListensIsToldOverIpv6(String transport) throws Exception {
    String[] three =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(each -> each.getAddress().length == 16 && !each.isLinkLocalAddress())
            .map(InetAddress::getHostAddress)
            .map(each -> each.replaceFirst("%.*", ""))
            .limit(3)
            .toArray(String[]::new);
    Assumptions.assumeTrue(three.length == 3, "three IPv6 addresses");
    refused(transport, three);
  }

  private static void refused(String transport, String[] three) throws IOException {
    int port = Settings.freePort(three);
    byte[] bytes = new byte[50];
    try (UdpFrames one = open(1, transport, port, three);
        UdpFrames two = open(2, transport, port, three)) {
      Heard heard = new Heard();
      for (int count = 0; count < 3; count++) {
        one.send(0, 2, bytes, 0, 50);
        one.send(0, 3, bytes, 0, 50);
      }
      await()
          .until(() -> {
            one.await(1_000_000);
            one.receive(heard, 10);
            return heard.refusals > 0;
          });
      assertThat(heard.refused).isEqualTo(3);
      assertThat(told(one, "udp-errors-refused")).isPositive();
      Heard other = new Heard();
      other.take(two, 3);
      assertThat(other.count).isEqualTo(3);
      assertThat(other.from).isEqualTo(1);
      assertThat(heard.count).isZero();
      assertThat(told(one, "udp-send-failures")).isZero();
    }
  }

  @Test
  void ipv6DatagramsArrive() throws Exception {
    int port = Settings.freePort("::1");
    InetSocketAddress node = new InetSocketAddress(InetAddress.ofLiteral("::1"), port);
    try (DatagramSocket peer = new DatagramSocket(new InetSocketAddress(node.getAddress(), 0));
        UdpFrames one = open(1, "udpu", port, "::1", "2001:db8::2")) {
      peer.send(new DatagramPacket(new byte[9], 9, node));
      Heard heard = new Heard();
      heard.take(one, 1);
      assertThat(heard.length).isEqualTo(9);
      assertThat(heard.from).isEqualTo(1);
      one.send(0, 1, new byte[60_000], 0, 60_000);
      heard.take(one, 2);
      assertThat(heard.length).isEqualTo(60_000);
    }
  }

  @Test
  void linksComeAndGoAndAFailedMoveChangesNothing() throws Exception {
    int port = Settings.freePort(ADDRESSES);
    try (UdpFrames one = open(1, "knet", port, ADDRESSES);
        UdpFrames two = open(2, "knet", port, ADDRESSES)) {
      one.move(Settings.of(1, "knet", port, ADDRESSES));
      one.send(0, 2, new byte[8], 0, 8);
      one.flush();
      Heard heard = new Heard();
      heard.take(two, 1);
      assertThat(heard.count).isEqualTo(1);
      one.send(3, 2, new byte[8], 0, 8);
      assertThat(told(one, "udp-send-failures")).isEqualTo(1);
    }
  }

  @Test
  void aLinkWithAnotherAddressOfThisNodeIsOpenedAnew() throws Exception {
    int port = Settings.freePort(ADDRESSES);
    String[] moved = {"127.0.0.77", ADDRESSES[1]};
    try (UdpFrames one = open(1, "knet", port, ADDRESSES);
        UdpFrames two = open(2, "knet", port, ADDRESSES)) {
      one.move(Settings.of(1, "knet", port, moved));
      two.move(Settings.of(2, "knet", port, moved));
      one.send(0, 2, new byte[8], 0, 8);
      one.flush();
      Heard heard = new Heard();
      heard.take(two, 1);
      assertThat(heard.from).isEqualTo(1);
      String[] notOurs = {"192.0.2.1", ADDRESSES[1]};
      assertThatThrownBy(() -> one.move(Settings.of(1, "knet", port, notOurs)))
          .isInstanceOf(OperatorException.class);
      two.send(0, 1, new byte[9], 0, 9);
      two.flush();
      heard.take(one, 2);
      assertThat(heard.from).isEqualTo(2);
    }
  }

  @Test
  void whatIsForAllReachesTheGroupWithOneDatagram() throws Exception {
    String[] three = {ADDRESSES[0], ADDRESSES[1], "127.0.0.101"};
    int port = Settings.freePort(three);
    try (UdpFrames one = open(1, "udp", port, three);
        UdpFrames two = open(2, "udp", port, three);
        UdpFrames three3 = open(3, "udp", port, three)) {
      one.send(0, Frames.GROUP, new byte[4_000], 0, 4_000);
      one.send(0, 2, new byte[30], 0, 30);
      one.flush();
      assertThat(told(one, "udp-sent")).isEqualTo(2);
      Heard second = new Heard();
      second.take(two, 2);
      assertThat(second.bytes).isEqualTo(4_030);
      assertThat(second.from).isEqualTo(1);
      Heard third = new Heard();
      third.take(three3, 1);
      assertThat(third.bytes).isEqualTo(4_000);
      assertThat(third.from).isEqualTo(1);
    }
  }

  /** Loopback carries no IPv6 multicast, so this asks the system where it listens. */
  @Test
  void anIpv6GroupIsJoinedOnTheInterfaceOfTheOwnAddress() throws Exception {
    int port = Settings.freePort("::1");
    String transport = "udp, interface: [{linknumber: 0, mcastaddr: \"ff15::7:77\"}]";
    UdpFrames one = open(1, transport, port, "::1", "2001:db8::2");
    assertThat(groups()).contains("lo ff150000000000000000000000070077");
    one.close();
    assertThat(groups()).doesNotContain("lo ff150000000000000000000000070077");
  }

  private static List<String> groups() throws IOException {
    return Files.readAllLines(Path.of("/proc/net/igmp6")).stream()
        .map(line -> line.trim().split("\\s+"))
        .map(words -> words[1] + " " + words[2])
        .toList();
  }

  @Test
  void otherGroupsAreNotHeardAndAGroupThatCannotBeIsRefused() throws Exception {
    int port = Settings.freePort(ADDRESSES);
    String group = ", interface: [{linknumber: 0, mcastaddr: %s}]";
    try (UdpFrames one = open(1, "udp" + group.formatted("239.192.7.1"), port, ADDRESSES);
        UdpFrames two = open(2, "udp" + group.formatted("239.192.7.2"), port, ADDRESSES)) {
      one.send(0, Frames.GROUP, new byte[10], 0, 10);
      one.send(0, 2, new byte[11], 0, 11);
      one.flush();
      Heard heard = new Heard();
      heard.take(two, 1);
      two.receive(heard, 10);
      assertThat(heard.bytes).isEqualTo(11);
    }
    InetSocketAddress group2 = new InetSocketAddress(InetAddress.ofLiteral("239.192.7.1"), port);
    try (DatagramSocket taken = new DatagramSocket(null)) {
      taken.setReuseAddress(false);
      taken.bind(group2);
      assertThatThrownBy(
              () -> open(1, "udp" + group.formatted("239.192.7.1"), port, ADDRESSES).close())
          .isInstanceOf(OperatorException.class)
          .hasMessageContaining("239.192.7.1 port " + port)
          .hasMessageContaining("in use");
    }
    open(1, "udp", port, ADDRESSES).close();
  }

  @Test
  void broadcastIsSetUpAndNodesThatCameLaterAreReached() throws Exception {
    String[] three = {ADDRESSES[0], ADDRESSES[1], "127.0.0.101"};
    int port = Settings.freePort(three);
    String broadcast = "udp, interface: [{linknumber: 0, broadcast: yes}]";
    try (UdpFrames one = open(1, broadcast, port, ADDRESSES);
        UdpFrames late = open(3, broadcast, port, three)) {
      one.send(0, 3, new byte[10], 0, 10);
      assertThat(told(one, "udp-send-failures")).isEqualTo(1);
      one.move(Settings.of(1, broadcast, port, three));
      one.send(0, 3, new byte[10], 0, 10);
      one.flush();
      Heard heard = new Heard();
      heard.take(late, 1);
      assertThat(heard.length).isEqualTo(10);
      assertThat(heard.from).isEqualTo(1);
    }
  }

  /** Warm, a thousand datagrams there and back leave no object behind. */
  @Test
  void nothingIsAllocatedPerDatagram() throws Exception {
    int port = Settings.freePort(ADDRESSES);
    try (UdpFrames one = open(1, "knet", port, ADDRESSES);
        UdpFrames two = open(2, "knet", port, ADDRESSES)) {
      Heard heardByOne = new Heard();
      Heard heardByTwo = new Heard();
      ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      byte[] bytes = new byte[1_400];
      long least = Long.MAX_VALUE;
      // Until the compiler has seen that nothing escapes; when that is depends on the machine.
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (least > 2_000 && System.nanoTime() < deadline) {
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int count = 0; count < 500; count++) {
          one.send(0, 2, bytes, 0, bytes.length);
          one.send(0, 2, bytes, 0, bytes.length);
          one.flush();
          heardByTwo.take(two, heardByTwo.count + 2);
          two.send(0, 1, bytes, 0, 100);
          two.flush();
          heardByOne.take(one, heardByOne.count + 1);
        }
        least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
      }
      assertThat(least).as("bytes for 1,500 datagrams").isLessThan(2_000);
      assertThat(List.of(heardByOne.from, heardByTwo.from)).containsExactly(2, 1);
    }
  }
}
