package org.ringward.daemon.witness;

import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.ringward.core.port.Journal;
import org.ringward.core.port.Journal.Level;
import org.ringward.core.quorum.witness.WitnessOutlet;
import org.ringward.core.quorum.witness.WitnessServer;
import org.ringward.core.quorum.witness.WitnessServer.Identity;
import org.ringward.core.wire.WitnessMessage.Enrol;
import org.ringward.ring.witness.NodeIdentity;
import org.ringward.ring.witness.WitnessFolder;

/** Turns core's WitnessServer: one thread for the machine, one for the disk. */
final class WitnessLoop implements WitnessOutlet, AutoCloseable {
  private static final int INPUTS_MOST = 4096;
  private static final long SLEEP_MOST_NANOS = 10_000_000_000L;

  /** Something for the machine, at a time. */
  interface Input {
    void into(WitnessServer witness, long nowNanos);
  }

  private final BlockingQueue<Input> inputs = new ArrayBlockingQueue<>(INPUTS_MOST);
  private final ExecutorService disk =
      Executors.newSingleThreadExecutor(
          work -> Thread.ofPlatform().daemon().name("witness-disk").unstarted(work));
  private final WitnessFolder folder;
  private final Journal journal;
  private final WitnessServer witness;
  private final AtomicReference<@Nullable Door> door = new AtomicReference<>();
  private volatile boolean running = true;

  WitnessLoop(String name, int connections, WitnessFolder folder, Journal journal) {
    this.folder = folder;
    this.journal = journal;
    this.witness = new WitnessServer(name, connections, this);
  }

  /** Where connections are; before the first input. */
  void door(Door opened) {
    door.set(opened);
  }

  /** Hands an input to the machine; waits while there are too many, so not for its own thread. */
  void put(Input input) {
    try {
      inputs.put(input);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Turns the machine until {@link #end}. */
  void run() throws IOException, InterruptedException {
    for (String cluster : folder.clusters()) {
      serve(cluster, System.nanoTime());
    }
    while (running) {
      long wait = witness.nextDeadline() - System.nanoTime();
      Input input = inputs.poll(Math.clamp(wait, 0, SLEEP_MOST_NANOS), TimeUnit.NANOSECONDS);
      for (int count = 0; input != null && count < INPUTS_MOST; count++) {
        input.into(witness, System.nanoTime());
        input = inputs.poll();
      }
      if (input != null) {
        input.into(witness, System.nanoTime());
      }
      witness.turn(System.nanoTime());
    }
  }

  private void serve(String cluster, long now) throws IOException {
    Optional<byte[]> vote = folder.vote(cluster);
    witness.serve(cluster, vote.isPresent() ? vote.get() : null, now);
  }

  /** A token may have been made for a new cluster while the witness runs. */
  void learn(WitnessServer to, @Nullable Identity identity, long now) {
    if (identity == null || to.serves(identity.cluster())) {
      return;
    }
    try {
      if (folder.hasCluster(identity.cluster())) {
        serve(identity.cluster(), now);
      }
    } catch (IOException e) {
      journal.log(Level.ERROR, "cluster " + identity.cluster() + " cannot be served: " + e);
    }
  }

  // ---- the outlet; the machine's thread ----

  @Override
  public void send(long session, byte[] bytes) {
    Door opened = door.get();
    if (opened != null) {
      opened.send(session, bytes);
    }
  }

  @Override
  public void close(long session) {
    Door opened = door.get();
    if (opened != null) {
      opened.close(session);
    }
  }

  @Override
  public void keep(String cluster, byte[] content) {
    disk.execute(() -> {
      String error = null;
      try {
        folder.keepVote(cluster, content);
      } catch (IOException e) {
        error = e.toString();
      }
      String outcome = error;
      put((machine, now) -> machine.stored(cluster, outcome, now));
    });
  }

  @Override
  public void enrol(long session, Enrol request) {
    disk.execute(() -> {
      NodeIdentity node = new NodeIdentity(request.cluster(), request.node());
      WitnessFolder.Enrolled made =
          folder.enrol(request.secret(), node, request.publicKey(), Instant.now());
      X509Certificate certificate = made.certificate();
      if (certificate == null) {
        put((machine, now) -> machine.refuse(session, made.refusal()));
        return;
      }
      try {
        List<byte[]> both = List.of(certificate.getEncoded(), folder.authority().getEncoded());
        put((machine, now) -> machine.enrolled(session, both));
        journal.log(Level.NOTICE, node + " has enrolled");
      } catch (CertificateEncodingException e) {
        put((machine, now) -> machine.refuse(session, e.toString()));
      }
    });
  }

  @Override
  public void log(Level level, String text) {
    journal.log(level, text);
  }

  /** Asks {@link #run} to return. */
  void end() {
    running = false;
    inputs.offer((machine, now) -> {});
  }

  @Override
  public void close() {
    end();
    disk.shutdown();
  }
}
