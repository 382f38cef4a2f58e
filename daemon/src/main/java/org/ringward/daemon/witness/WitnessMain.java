package org.ringward.daemon.witness;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.time.Instant;
import javax.net.ssl.SSLContext;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.port.Journal.Level;
import org.ringward.daemon.log.DaemonJournal;
import org.ringward.ring.os.ServiceManager;
import org.ringward.ring.os.Signals;
import org.ringward.ring.store.StateDir;
import org.ringward.ring.witness.Tls;
import org.ringward.ring.witness.WitnessFolder;

/** Runs a network witness; the exit code says how it ended (base.ExitCode). */
public final class WitnessMain {
  private WitnessMain() {}

  /** Runs until SIGTERM or SIGINT. */
  public static void main(String[] arguments) {
    int exitCode;
    try {
      run(WitnessOptions.parse(arguments));
      exitCode = ExitCode.OK.number();
    } catch (OperatorException e) {
      System.err.println("ringward witness: " + e.sentence());
      exitCode = e.exitCode().number();
    } catch (IOException | GeneralSecurityException e) {
      System.err.println("ringward witness: " + e);
      exitCode = ExitCode.SOFTWARE.number();
    } catch (InterruptedException _) {
      exitCode = ExitCode.SOFTWARE.number();
    }
    System.err.flush();
    Runtime.getRuntime().halt(exitCode);
  }

  private static void run(WitnessOptions options)
      throws IOException, GeneralSecurityException, InterruptedException {
    boolean forJournald = System.getenv("JOURNAL_STREAM") != null;
    ServiceManager serviceManager = new ServiceManager(System.getenv("NOTIFY_SOCKET"));
    WitnessFolder folder = new WitnessFolder(options.stateDir());
    String name = hostName();
    DaemonJournal journal = new DaemonJournal(System.err, forJournald, Level.INFO);
    try (journal;
        StateDir _ = StateDir.open(options.stateDir());
        WitnessLoop loop = new WitnessLoop(name, options.connections(), folder, journal);
        Door door = door(name, options, folder, loop);
        StatusSocket status = new StatusSocket(folder.socket(), loop)) {
      loop.door(door);
      Thread.ofPlatform().daemon().name("witness-door").start(door::open);
      Thread.ofPlatform().daemon().name("witness-status").start(status::serve);
      Signals.handle("TERM", _ -> loop.end());
      Signals.handle("INT", _ -> loop.end());
      String ready = "witness %s at port %d".formatted(name, door.port());
      journal.log(Level.NOTICE, ready);
      serviceManager.ready(ready);
      loop.run();
      serviceManager.stopping("the witness ends");
      journal.log(Level.NOTICE, "the witness ends; votes stay valid until they run out");
    }
  }

  private static Door door(
      String name, WitnessOptions options, WitnessFolder folder, WitnessLoop loop)
      throws GeneralSecurityException {
    folder.prepare(name, Instant.now());
    SSLContext context = Tls.context(folder.own(), Tls.trust(folder.authority()));
    return new Door(options.listen(), options.connections(), context, folder, loop);
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException _) {
      return "witness";
    }
  }
}
