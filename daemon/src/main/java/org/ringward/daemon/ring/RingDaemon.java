package org.ringward.daemon.ring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.config.CorosyncConf.Reading;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.config.RealTime;
import org.ringward.core.port.Journal.Level;
import org.ringward.core.port.Operators;
import org.ringward.daemon.adminsocket.AdminSocket;
import org.ringward.daemon.log.DaemonJournal;
import org.ringward.daemon.log.LogLines;
import org.ringward.ring.RingRuntime;
import org.ringward.ring.local.ServedRing;
import org.ringward.ring.loop.Attendant;
import org.ringward.ring.net.UdpFrames;
import org.ringward.ring.os.OperatingSystem;
import org.ringward.ring.os.ServiceManager;
import org.ringward.ring.os.Signals;
import org.ringward.ring.settings.ConfigurationFile;
import org.ringward.ring.settings.FileSource;
import org.ringward.ring.store.RingIdFile;
import org.ringward.ring.store.StateDir;

/** A node of the ring with its client socket and its control socket. */
final class RingDaemon {
  /** Stops of all threads are done by this one (with the serial collector). */
  private static final String VM_THREAD = "VM Thread";

  /** How long the ring has the processor for itself after its start. */
  private static final long FIRST_MILLIS = 2000;

  private final NodeSettings settings;
  private final List<String> warnings;
  private final Path file;
  private final DaemonJournal journal;
  private final ServiceManager serviceManager = new ServiceManager(System.getenv("NOTIFY_SOCKET"));
  private final AtomicInteger signals = new AtomicInteger();

  RingDaemon(Reading configuration, Path file, Level lowest) {
    this.settings = configuration.settings();
    this.warnings = configuration.warnings();
    this.file = file;
    boolean forJournald = System.getenv("JOURNAL_STREAM") != null;
    this.journal = new DaemonJournal(LogLines.of(settings, System.err, forJournald), lowest);
  }

  /** Replies go to the control socket, which opens after the ring. */
  private static final class Replies implements Operators {
    private volatile @Nullable AdminSocket admin;

    @Override
    public void reply(long requestId, AdminReply reply) {
      AdminSocket to = admin;
      if (to != null) {
        to.reply(requestId, reply);
      }
    }
  }

  /** The ring's node answers what is asked at the control socket. */
  private record Questions(RingRuntime runtime) implements AdminSocket.Answerer {
    @Override
    public void asked(long requestId, AdminRequest request) {
      runtime.put(machine -> machine.node().asked(requestId, request));
    }

    @Override
    public void askerGone(long requestId) {
      // Its reply will find nobody.
    }
  }

  /**
   * Starts what can fail first, then the ring; returns when the node has left it.
   *
   * @throws OperatorException when this machine or its files do not let it start
   */
  ExitCode run() {
    byte[] key = ConfigurationFile.key(settings);
    warnings.forEach(warning -> journal.log(Level.WARNING, warning));
    Replies replies = new Replies();
    boolean failed;
    try (StateDir stateDir = StateDir.open(Path.of(settings.paths().stateDir()));
        RingIdFile ringIds = RingIdFile.open(stateDir.folder().resolve("ringid"));
        ServedRing ring =
            ServedRing.open(
                settings,
                key,
                new RingRuntime.Surroundings(ringIds, journal::log, replies),
                (frames, runtime) -> source(key, frames, runtime),
                ServedRing.socket(settings));
        AdminSocket admin =
            AdminSocket.open(Path.of(settings.paths().socket()), new Questions(ring.runtime()))) {
      replies.admin = admin;
      String reason = turn(ring, admin);
      failed = ring.runtime().failed();
      journal.log(failed ? Level.ERROR : Level.NOTICE, "the ring ends: " + reason);
    } catch (IOException e) {
      throw new OperatorException(ExitCode.IO_ERROR, "the ring could not close: " + e);
    } catch (InterruptedException e) {
      throw new OperatorException(ExitCode.SOFTWARE, "the ring was interrupted");
    }
    journal.close();
    return failed ? ExitCode.ERROR : ExitCode.OK;
  }

  private FileSource source(byte[] key, UdpFrames frames, RingRuntime runtime) {
    return new FileSource(
        file,
        key,
        _ -> {},
        frames::move,
        (id, read, error) ->
            runtime.put(machine -> machine.node().configurationRead(id, read, error)));
  }

  /** Runs the ring first and everything that can wait after it: it should form early. */
  private @Nullable String turn(ServedRing ring, AdminSocket admin) throws InterruptedException {
    ring.runtime().start();
    Signals.handle("TERM", name -> signalled(name, ring));
    Signals.handle("INT", name -> signalled(name, ring));
    Signals.handle("HUP", name -> journal.log(Level.INFO, "signal " + name + " means nothing"));
    admin.serve();
    String reason = ring.runtime().awaitEnd(FIRST_MILLIS, TimeUnit.MILLISECONDS);
    String node = settings.nodeName() + " of cluster " + settings.clusterName();
    serviceManager.ready("node " + node + ", clients at " + ServedRing.socket(settings));
    OperatingSystem.compilersStandBack();
    askForRealTime();
    if (reason == null) {
      reason = ring.runtime().awaitEnd(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    }
    serviceManager.stopping("the node has left the ring");
    return reason;
  }

  private void askForRealTime() {
    RealTime wanted = settings.daemon().realTime();
    if (wanted == RealTime.YES || (wanted == RealTime.AUTO && isRoot())) {
      List<String> threads = List.of(RingRuntime.THREAD, Attendant.THREAD, VM_THREAD);
      journal.log(Level.INFO, OperatingSystem.realTime(threads));
    }
  }

  private static boolean isRoot() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    } catch (IOException e) {
      return false;
    }
  }

  private void signalled(String name, ServedRing ring) {
    if (signals.incrementAndGet() > 1) {
      journal.logNow(Level.ERROR, "the ring ends at once: second signal (" + name + ")");
      Runtime.getRuntime().halt(ExitCode.ERROR.number());
    }
    journal.log(Level.NOTICE, "signal " + name + ": the node leaves the ring");
    ring.leave();
  }
}
