package org.ringward.daemon.region;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ringward.core.config.RegionSettings.Disk;
import org.ringward.core.config.RegionSettings.Medium;
import org.ringward.core.config.RegionSettings.Multicast;
import org.ringward.core.config.RegionSettings.Serial;
import org.ringward.core.config.RegionSettings.Unicast;
import org.ringward.core.wire.DiskHeader;
import org.ringward.ring.os.PseudoTerminal;

/**
 * Two nodes on one machine, a region of each kind: its heartbeats allocate nothing in any thread.
 */
final class RegionAllocationTest {
  private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long ROUND_NANOS = TimeUnit.MILLISECONDS.toNanos(1000);

  /** Of a round of some forty heartbeats each; a single object for each would be more. */
  private static final long ENOUGH = 600;

  @TempDir private Path folder = Path.of("");

  private static int freePort() throws IOException {
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void unicast() throws Exception {
    var addresses = new TreeMap<>(Map.of(1, "127.0.0.1", 2, "127.0.0.2"));
    Medium medium = new Unicast(freePort(), addresses);
    nothingIsAllocated(medium, medium);
  }

  @Test
  void multicast() throws Exception {
    Medium medium = new Multicast("239.255.7.7", freePort(), "lo", 0);
    nothingIsAllocated(medium, medium);
  }

  @Test
  void serial() throws Exception {
    byte[] bytes = new byte[4096];
    try (PseudoTerminal one = PseudoTerminal.open();
        PseudoTerminal two = PseudoTerminal.open()) {
      Thread carrier =
          Thread.ofPlatform()
              .daemon()
              .start(() -> {
                while (!Thread.currentThread().isInterrupted()) {
                  carry(one, two, bytes);
                  carry(two, one, bytes);
                  LockSupport.parkNanos(1_000_000);
                }
              });
      nothingIsAllocated(
          new Serial(List.of(one.device()), 115_200), new Serial(List.of(two.device()), 115_200));
      carrier.interrupt();
      carrier.join();
    }
  }

  private static void carry(PseudoTerminal from, PseudoTerminal to, byte[] bytes) {
    int count = from.read(bytes);
    if (count > 0) {
      to.write(bytes, count);
    }
  }

  @Test
  void disk() throws Exception {
    Path file = folder.resolve("disk");
    byte[] content = new byte[2 << 20];
    byte[] header = DiskHeader.block("village", 7, 1);
    System.arraycopy(header, 0, content, 0, header.length);
    Files.write(file, content);
    Medium medium = new Disk(file.toString(), false);
    nothingIsAllocated(medium, medium);
  }

  private static void nothingIsAllocated(Medium first, Medium second) {
    List<Household> nodes = new ArrayList<>();
    try (Household one = new Household(Household.settings(1, first), media -> media);
        Household two = new Household(Household.settings(2, second), media -> media)) {
      nodes.add(one);
      nodes.add(two);
      nodes.forEach(Household::start);
      long deadline = System.nanoTime() + DEADLINE_NANOS;
      while (!one.regions.isAlive(2) || !two.regions.isAlive(1)) {
        assertThat(System.nanoTime())
            .as("%s, %s", one.trouble(), two.trouble())
            .isLessThan(deadline);
        live(nodes, ROUND_NANOS / 10);
      }
      Map<String, Long> round;
      do {
        round = round(nodes);
      } while (round.values().stream().anyMatch(bytes -> bytes > ENOUGH)
          && System.nanoTime() < deadline);
      assertThat(round)
          .allSatisfy((thread, bytes) -> assertThat(bytes).as(thread).isLessThanOrEqualTo(ENOUGH));
    }
  }

  /** What each thread allocates in a second. */
  private static Map<String, Long> round(List<Household> nodes) {
    long heard = nodes.get(0).heard();
    Map<String, Long> before = ThreadAllocations.now();
    long own = ThreadAllocations.own();
    live(nodes, ROUND_NANOS);
    own = ThreadAllocations.own() - own;
    Map<String, Long> round = new TreeMap<>();
    ThreadAllocations.now()
        .forEach((thread, bytes) -> round.put(thread, bytes - before.getOrDefault(thread, bytes)));
    round.put("self", own);
    assertThat(nodes.get(0).heard() - heard).as("heartbeats in a round").isGreaterThan(15);
    return round;
  }

  private static void live(List<Household> nodes, long nanos) {
    long until = System.nanoTime() + nanos;
    while (System.nanoTime() < until) {
      for (int node = 0; node < nodes.size(); node++) {
        nodes.get(node).turn();
      }
      LockSupport.parkNanos(1_000_000);
    }
  }
}
