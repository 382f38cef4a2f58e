package org.ringward.daemon.witness;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.ringward.core.base.Decision;
import org.ringward.core.port.Journal;
import org.ringward.core.quorum.witness.WitnessReport;
import org.ringward.ring.witness.Enrolment;
import org.ringward.ring.witness.NodeIdentity;
import org.ringward.ring.witness.Tls;
import org.ringward.ring.witness.Token;
import org.ringward.ring.witness.WitnessFiles;
import org.ringward.ring.witness.WitnessFolder;

/** A witness in this process, on a port of its own. */
final class TestWitness {
  final WitnessFolder folder;
  final List<String> log = new CopyOnWriteArrayList<>();
  final WitnessLoop loop;
  final Door door;
  private final Thread thread;
  private final Thread doorkeeper;

  TestWitness(Path path, int port) throws IOException, GeneralSecurityException {
    folder = new WitnessFolder(path);
    folder.prepare("test", Instant.now());
    loop = new WitnessLoop("test", 50, folder, new Lines());
    InetSocketAddress listen = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    door =
        new Door(
            listen, 50, Tls.context(folder.own(), Tls.trust(folder.authority())), folder, loop);
    loop.door(door);
    doorkeeper = Thread.ofPlatform().daemon().start(door::open);
    thread = Thread.ofPlatform().daemon().start(this::turn);
  }

  private final class Lines implements Journal {
    @Override
    public void decision(Decision decision) {}

    @Override
    public void log(Level level, String text) {
      log.add(text);
    }
  }

  private void turn() {
    try {
      loop.run();
    } catch (IOException | InterruptedException e) {
      log.add("the loop ended: " + e);
    }
  }

  int port() {
    return door.port();
  }

  WitnessFiles enrol(Path files, String cluster, int node) throws IOException {
    Token token = folder.makeToken(cluster, 1, Instant.now().plus(Duration.ofMinutes(1)));
    WitnessFiles to = new WitnessFiles(files);
    Enrolment.enrol("localhost", port(), token, new NodeIdentity(cluster, node), to);
    return to;
  }

  WitnessReport report() throws InterruptedException {
    var answers = new ArrayBlockingQueue<WitnessReport>(1);
    loop.put((witness, now) -> answers.add(witness.report(now)));
    return answers.take();
  }

  void close() throws InterruptedException {
    loop.close();
    door.close();
    thread.join(5000);
    // The kernel keeps the port while a thread is in accept.
    doorkeeper.join(5000);
  }
}
