package org.ringward.daemon.witness;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.ringward.core.base.NodeSet;
import org.ringward.core.port.Journal.Level;
import org.ringward.core.quorum.witness.Side;
import org.ringward.core.quorum.witness.WitnessClient;
import org.ringward.core.quorum.witness.WitnessListener;
import org.ringward.core.quorum.witness.WitnessRules;
import org.ringward.core.quorum.witness.WitnessRules.Algorithm;
import org.ringward.core.quorum.witness.WitnessSettings;
import org.ringward.core.quorum.witness.WitnessView;
import org.ringward.ring.witness.NodeIdentity;
import org.ringward.ring.witness.NodeStreams;
import org.ringward.ring.witness.Tls;
import org.ringward.ring.witness.WitnessFiles;
import org.ringward.ring.witness.WitnessFiles.Identity;

/** Core's client on real connections; turned by a thread of its own. */
final class TestNode implements NodeStreams.Events, WitnessListener, AutoCloseable {
  static final int TIMEOUT = 1000;

  final List<String> log = new CopyOnWriteArrayList<>();
  final List<byte[]> relayed = new CopyOnWriteArrayList<>();
  private final NodeStreams streams;
  private final WitnessClient client;
  private final Thread thread;
  private volatile boolean running = true;

  TestNode(int port, WitnessFiles files, NodeIdentity node) {
    streams =
        new NodeStreams(
            "localhost",
            port,
            0,
            () -> {
              Identity identity = files.read(node, Instant.now());
              return Tls.context(identity.own(), Tls.trust(identity.authority()));
            },
            this);
    WitnessSettings settings =
        new WitnessSettings(
            node.cluster(),
            node.node(),
            System.nanoTime(),
            new WitnessRules(Algorithm.FFSPLIT, WitnessRules.LOWEST, true),
            TIMEOUT,
            TIMEOUT,
            0,
            NodeSet.of(1, 2));
    client = new WitnessClient(settings, streams, this);
    synchronized (client) {
      client.start(System.nanoTime());
    }
    thread = Thread.ofPlatform().daemon().start(this::turn);
  }

  private void turn() {
    while (running) {
      synchronized (client) {
        client.turn(System.nanoTime(), System.currentTimeMillis());
      }
      try {
        Thread.sleep(5);
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  void ring(long sequence, int... members) {
    synchronized (client) {
      client.ring(new Side(members[0], sequence, NodeSet.of(members)), System.nanoTime());
    }
  }

  void relay(int to, byte... frame) {
    synchronized (client) {
      client.relay(to, frame, 0, frame.length);
    }
  }

  boolean votes() {
    synchronized (client) {
      return client.castsVote(System.nanoTime());
    }
  }

  WitnessView view() {
    synchronized (client) {
      return client.view(System.nanoTime());
    }
  }

  @Override
  public void opened(long connection, Runnable dealtWith) {
    synchronized (client) {
      client.opened(connection);
    }
    dealtWith.run();
  }

  @Override
  public void secured(long connection, Runnable dealtWith) {
    synchronized (client) {
      client.secured(connection);
    }
    dealtWith.run();
  }

  @Override
  public void received(long connection, byte[] bytes, int length, Runnable dealtWith) {
    synchronized (client) {
      client.received(connection, bytes, 0, length, System.nanoTime());
    }
    dealtWith.run();
  }

  @Override
  public void closed(long connection, String why) {
    synchronized (client) {
      client.closed(connection, why, System.nanoTime());
    }
  }

  @Override
  public void log(Level level, String text) {
    log.add(text);
  }

  @Override
  public void relayed(int from, byte[] bytes, int offset, int length) {
    relayed.add(Arrays.copyOfRange(bytes, offset, offset + length));
  }

  @Override
  public void close() {
    running = false;
    streams.close();
    thread.interrupt();
  }
}
