package org.ringward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ringward.core.config.NodeSettingsYaml;
import org.ringward.core.port.RingIds;
import org.ringward.ring.RingRuntime;
import org.ringward.ring.local.ServedRing;

/** Measures a ring of one node. */
class RingBenchTest {
  @TempDir private Path folder;

  private static final class Remembered implements RingIds {
    private final AtomicLong last = new AtomicLong();

    @Override
    public long load() {
      return last.get();
    }

    @Override
    public void store(long ringSequence) {
      last.set(ringSequence);
    }
  }

  private ServedRing ring() throws IOException {
    int port;
    try (DatagramSocket free =
        new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.95"), 0))) {
      port = free.getLocalPort();
    }
    String text =
        "cluster: c\nnodes: [{name: n1, id: 1, address: 127.0.0.95}]\ntotem: {port: %d}\n";
    ServedRing ring =
        ServedRing.open(
            NodeSettingsYaml.read("test", text.formatted(port), "n1"),
            new byte[128],
            new RingRuntime.Surroundings(new Remembered(), (_, _) -> {}, (_, _) -> {}),
            RingRuntime.Source.NONE,
            folder.resolve("ring.sock"));
    ring.runtime().start();
    return ring;
  }

  private Typed bench(String... options) {
    String[] all = new String[options.length + 4];
    all[0] = "ring";
    all[1] = "bench";
    all[2] = "--socket";
    all[3] = folder.resolve("ring.sock").toString();
    System.arraycopy(options, 0, all, 4, options.length);
    return new Typed().run(all);
  }

  @Test
  void tellsRateAndLatency() throws Exception {
    try (ServedRing _ = ring()) {
      Typed flood = bench("--size", "100", "--seconds", "0.5");
      assertThat(flood.errors()).isEmpty();
      assertThat(flood.exitCode()).isZero();
      assertThat(flood.output().lines().toList())
          .hasSize(5)
          .satisfiesExactly(
              line -> assertThat(line).startsWith("node 1, 1 members of ringward-bench,"),
              line -> assertThat(line).matches("sent +[1-9][0-9,]* +[1-9][0-9,]* a second .*MB/s"),
              line -> assertThat(line).matches("came back +[1-9][0-9,]*"),
              line -> assertThat(line).startsWith("of others"),
              line -> assertThat(line).matches("latency +median [0-9,]+ us, 99 % within .*"));
      Typed slow = bench("--rate", "40", "--seconds", "0.5");
      assertThat(slow.output()).containsPattern("came back +20\n");
    }
  }

  @Test
  void saysWhatIsWrong() {
    assertThat(bench().exitCode()).isEqualTo(69);
    assertThat(bench().errors()).contains("no ring serves", "ringward ring run");
    assertThat(bench("--size", "7").exitCode()).isEqualTo(64);
    assertThat(bench("--size", "7").errors()).contains("--size 7 is not within 8 and 16777216");
    assertThat(bench("--rate", "-1").exitCode()).isEqualTo(64);
    assertThat(bench("--seconds", "0").exitCode()).isEqualTo(64);
  }
}
