package org.ringward.daemon.witness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ringward.core.admin.AdminRequest;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.node.ConfigurationSource;
import org.ringward.core.port.Heartbeats;
import org.ringward.core.port.Journal.Level;
import org.ringward.core.port.ProcessResult;
import org.ringward.core.quorum.witness.WitnessDevice;
import org.ringward.core.quorum.witness.WitnessListener;
import org.ringward.core.quorum.witness.WitnessRules;
import org.ringward.core.quorum.witness.WitnessRules.Algorithm;
import org.ringward.core.quorum.witness.WitnessSettings;
import org.ringward.daemon.loop.NodeInputs;
import org.ringward.daemon.region.Household;
import org.ringward.daemon.region.ThreadAllocations;
import org.ringward.ring.loop.DatagramSource;
import org.ringward.ring.loop.Inbox;
import org.ringward.ring.loop.Loop;
import org.ringward.ring.loop.Machine;
import org.ringward.ring.settings.ConfigurationFile;

/**
 * Two nodes whose heartbeats go through a witness: in their loops nothing is allocated for them.
 */
final class WitnessRegionAllocationTest {
  private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long ROUND_MILLIS = 3000;

  /** Of a round of thirty heartbeats each way in which the device itself said nothing. */
  private static final long ENOUGH = 600;

  /** What the Java machine's TLS makes of a record, each way. */
  private static final long TLS_ENOUGH = 8_000;

  @TempDir private Path folder = Path.of("");
  private TestWitness witness;

  @BeforeEach
  void start() throws IOException, GeneralSecurityException {
    witness = new TestWitness(folder.resolve("witness"), 0);
  }

  @AfterEach
  void stop() throws InterruptedException {
    witness.close();
  }

  private NodeSettings settings(int id) throws IOException {
    Path file = folder.resolve("node" + id + ".yaml");
    Files.writeString(
        file,
        """
        cluster: village
        node: n%d
        nodes:
          - {name: n1, id: 1, address: 127.0.0.1}
          - {name: n2, id: 2, address: 127.0.0.2}
        quorum: {device: {model: witness, net: {host: localhost, port: %d}}}
        regions:
          - {name: place, kind: witness, keepalive: 100}
        paths: {state_dir: %s}
        """
            .formatted(id, witness.port(), folder.resolve("state" + id)));
    witness.enrol(folder.resolve("state" + id).resolve("witness"), "village", id);
    return ConfigurationFile.read(file).settings();
  }

  /** Sleeps as a loop does. */
  private static final class Sleeper implements DatagramSource {
    private volatile @Nullable Thread thread;

    @Override
    public int receive(Machine machine, int most) {
      return 0;
    }

    @Override
    public void await(long nanos) {
      thread = Thread.currentThread();
      LockSupport.parkNanos(this, Math.min(nanos, 5_000_000));
    }

    @Override
    public void wake() {
      LockSupport.unpark(thread);
    }
  }

  /** A node as far as its witness and its region are concerned, in a loop of its own. */
  private static final class Home implements NodeInputs, WitnessListener, AutoCloseable {
    private final Sleeper sleeper = new Sleeper();
    private final Inbox<NodeInputs> inbox = new Inbox<>(sleeper::wake);
    private final DeviceStreams streams;
    private final WitnessDevice device;
    private final Household household;
    private final Thread thread;
    private volatile boolean alive;
    private volatile long heard;

    Home(NodeSettings settings) {
      streams = new DeviceStreams(settings, inbox);
      WitnessRules rules = new WitnessRules(Algorithm.FFSPLIT, WitnessRules.LOWEST, true);
      device =
          new WitnessDevice(
              new WitnessSettings(
                  "village",
                  settings.self().id(),
                  System.nanoTime(),
                  rules,
                  30_000,
                  5000,
                  0,
                  settings.nodeIds()),
              1,
              false,
              streams.port(),
              this);
      household = new Household(settings, media -> new Way());
      device.relayTo((bytes, offset, length, now) -> {
        heard++;
        household.regions.received(0, 0, bytes, offset, length, now);
      });
      Loop<NodeInputs> loop = new Loop<>(sleeper, inbox, (_, _) -> {});
      loop.machine(this);
      thread = new Thread(loop, "ringward-loop" + settings.self().id());
      thread.setDaemon(true);
      thread.start();
    }

    private final class Way implements Heartbeats {
      @Override
      public void send(int region, int path, byte[] frame, int offset, int length) {
        device.relay(frame, offset, length);
      }

      @Override
      public @Nullable String trouble(int region) {
        return null;
      }
    }

    @Override
    public void start(long nowNanos, long wallMillis) {
      device.start(nowNanos);
      household.start();
    }

    @Override
    public void turn(long nowNanos, long wallMillis) {
      device.turn(nowNanos, wallMillis);
      household.turn();
      alive = household.regions.isAlive(1) && household.regions.isAlive(2);
    }

    @Override
    public long nextDeadline() {
      return Math.min(device.nextDeadline(), household.regions.nextDeadline());
    }

    @Override
    public void deviceOpened(long connection, long nowNanos) {
      device.opened(connection, nowNanos);
    }

    @Override
    public void deviceSecured(long connection, long nowNanos) {
      device.secured(connection, nowNanos);
    }

    @Override
    public void deviceReceived(long connection, byte[] bytes, int length, long nowNanos) {
      device.received(connection, bytes, length, nowNanos);
    }

    @Override
    public void deviceClosed(long connection, String why, long nowNanos) {
      device.closed(connection, why, nowNanos);
    }

    @Override
    public void log(Level level, String text) {}

    @Override
    public void received(
        int link, int fromNode, byte[] datagram, int offset, int length, long nowNanos) {}

    @Override
    public void refused(int link, int node, long nowNanos) {}

    @Override
    public void processEnded(long processId, ProcessResult result) {}

    @Override
    public void stored(long requestId, @Nullable String error) {}

    @Override
    public void worked(long requestId) {}

    @Override
    public void configurationRead(
        long requestId, ConfigurationSource.@Nullable Configuration read, @Nullable String error) {}

    @Override
    public void asked(long requestId, AdminRequest request) {}

    @Override
    public void askerGone(long requestId) {}

    @Override
    public void realTime(String sentence) {}

    @Override
    public void close() {
      streams.close();
      household.close();
    }
  }

  @Test
  void theLoopAllocatesNothingAndTlsOnlyWhatItMust() throws Exception {
    try (Home one = new Home(settings(1));
        Home two = new Home(settings(2))) {
      long deadline = System.nanoTime() + DEADLINE_NANOS;
      while (!one.alive || !two.alive) {
        assertThat(System.nanoTime()).as("they see each other").isLessThan(deadline);
        TimeUnit.MILLISECONDS.sleep(50);
      }
      Map<String, Long> round;
      do {
        round = round(one, two);
      } while (!isGood(round) && System.nanoTime() < deadline);
      assertThat(isGood(round)).as(round.toString()).isTrue();
    }
  }

  private static boolean isGood(Map<String, Long> round) {
    return round.entrySet().stream()
        .allMatch(each ->
            each.getValue()
                <= (each.getKey().startsWith("ringward-loop") ? ENOUGH : TLS_ENOUGH * 30));
  }

  private static Map<String, Long> round(Home one, Home two) throws InterruptedException {
    long heard = Math.min(one.heard, two.heard);
    Map<String, Long> before = ThreadAllocations.now();
    TimeUnit.MILLISECONDS.sleep(ROUND_MILLIS);
    Map<String, Long> round = new TreeMap<>();
    ThreadAllocations.now()
        .forEach((thread, bytes) -> round.put(thread, bytes - before.getOrDefault(thread, bytes)));
    round.remove("self");
    assertThat(Math.min(one.heard, two.heard) - heard)
        .as("heartbeats in a round")
        .isGreaterThan(15);
    return round;
  }
}
