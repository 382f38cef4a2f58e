package org.ringward.daemon;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest;
import org.ringward.core.base.Decision;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.base.SavedConfiguration;
import org.ringward.core.config.CorosyncConf.Reading;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.config.RealTime;
import org.ringward.core.link.Transport;
import org.ringward.core.link.Transports;
import org.ringward.core.node.BootState;
import org.ringward.core.node.Node;
import org.ringward.core.node.Ports;
import org.ringward.core.port.Journal.Level;
import org.ringward.core.port.Operators;
import org.ringward.core.port.Watchdog;
import org.ringward.daemon.adminsocket.AdminSocket;
import org.ringward.daemon.lease.LeaseServer;
import org.ringward.daemon.log.ConfigurationFiles;
import org.ringward.daemon.log.DaemonJournal;
import org.ringward.daemon.log.DecisionReader;
import org.ringward.daemon.log.LogLines;
import org.ringward.daemon.loop.NodeInputs;
import org.ringward.daemon.loop.NodeMachine;
import org.ringward.daemon.process.Leftovers;
import org.ringward.daemon.process.SystemProcesses;
import org.ringward.daemon.region.RegionMedia;
import org.ringward.daemon.store.FileStore;
import org.ringward.daemon.web.WebFront;
import org.ringward.daemon.witness.DeviceStreams;
import org.ringward.ring.loop.Attendant;
import org.ringward.ring.loop.Inbox;
import org.ringward.ring.loop.Loop;
import org.ringward.ring.loop.Worker;
import org.ringward.ring.net.UdpFrames;
import org.ringward.ring.os.OperatingSystem;
import org.ringward.ring.os.ServiceManager;
import org.ringward.ring.os.Signals;
import org.ringward.ring.os.TimeSlice;
import org.ringward.ring.os.WatchdogDevice;
import org.ringward.ring.settings.ConfigurationFile;
import org.ringward.ring.settings.FileSource;
import org.ringward.ring.store.RingIdFile;
import org.ringward.ring.store.StateDir;

/** Wires the adapters to one node and runs it to its end. */
final class Daemon {
  private static final String LOOP_THREAD = "ringward-loop";

  /**
   * Collections and other stops of all threads are done by this one (with the serial collector).
   */
  private static final String VM_THREAD = "VM Thread";

  private static final List<String> REAL_TIME_THREADS =
      List.of(LOOP_THREAD, Attendant.THREAD, WatchdogDevice.THREAD, VM_THREAD);

  /** So many records of earlier lives are remembered. */
  private static final int STORY_MOST = 1000;

  private static final long LAST_WORDS_MILLIS = 300;

  /** A node that has just begun holds nothing up, and its machine may be busy with its start. */
  private static final long FIRST_WORDS_MILLIS = 5000;

  /** How long the node has the processor for itself after its start. */
  private static final long FIRST_MILLIS = 2000;

  /** The request by which a signal asks for the end; the control socket's begin at 1. */
  private static final long SIGNAL_REQUEST = -1;

  private final Path file;
  private final NodeSettings settings;
  private final List<String> warnings;
  private final DaemonJournal journal;
  private final ServiceManager serviceManager = new ServiceManager(System.getenv("NOTIFY_SOCKET"));
  private final AtomicInteger signals = new AtomicInteger();
  private volatile boolean settled;

  Daemon(Reading configuration, Options options) {
    this.file = options.config();
    this.settings = configuration.settings();
    this.warnings = configuration.warnings();
    boolean forJournald = System.getenv("JOURNAL_STREAM") != null;
    this.journal =
        new DaemonJournal(LogLines.of(settings, System.err, forJournald), options.lowestLevel());
  }

  /**
   * Starts what can fail first, then the node.
   *
   * @throws OperatorException when this machine or its files do not let the daemon start
   */
  ExitCode run() {
    ClusterQuorum.check(settings);
    byte[] key = ConfigurationFile.key(settings);
    warnings.forEach(warning -> journal.log(Level.WARNING, warning));
    createRunDir(Path.of(settings.paths().agentTemporaryDir()));
    try (StateDir stateDir = StateDir.open(Path.of(settings.paths().stateDir()));
        RingIdFile ringIds = RingIdFile.open(stateDir.folder().resolve("ringid"));
        UdpFrames frames = UdpFrames.open(settings);
        RegionMedia regions = RegionMedia.open(settings);
        Attendant links = new Attendant(frames, transport(key, frames))) {
      tellRemarks(frames);
      Path story = stateDir.folder().resolve("decisions.jsonl");
      List<Decision> earlier = DecisionReader.latest(story, STORY_MOST);
      journal.decisionsTo(story);
      ConfigurationFiles configurations =
          new ConfigurationFiles(stateDir.folder().resolve("history"));
      List<SavedConfiguration> history = configurations.read();
      journal.configurationsTo(configurations);
      Inbox<NodeInputs> inbox = new Inbox<>(frames::wake);
      Loop<NodeInputs> loop = new Loop<>(links, inbox, this::halt);
      try (WebFront web = new WebFront(settings, file, stateDir.folder(), inbox, journal);
          LeaseServer leases = LeaseServer.open(settings, frames.descriptors(), journal);
          AdminSocket admin = AdminSocket.open(Path.of(settings.paths().socket()), inbox);
          FileStore store =
              new FileStore(stateDir.store(), (id, error) -> stored(inbox, id, error));
          SystemProcesses processes = processes(inbox, settings);
          Worker worker = worker(inbox);
          DeviceStreams device = new DeviceStreams(settings, inbox)) {
        SplittableRandom random = new SplittableRandom();
        Operators operators = (id, reply) -> reply(admin, web, id, reply);
        Ports ports =
            new Ports(
                links.transport(),
                ringIds,
                store,
                processes,
                operators,
                random::nextLong,
                web.journal(),
                loop,
                worker,
                source(key, frames, inbox),
                watchdog(),
                regions,
                regions,
                regions,
                new SystemVitals(),
                device.port());
        BootState boot = new BootState(FileStore.load(stateDir.store()), earlier, history);
        Node node = new Node(settings, boot, ports);
        NodeMachine machine = new NodeMachine(node, regions, leases, web);
        leases.serve(node.leases(), node.forum());
        regions.deliverTo(machine);
        loop.machine(machine);
        turn(loop, inbox, admin, web);
      }
      journal.log(Level.NOTICE, "the daemon ends: " + loop.endReason());
      journal.close();
    } catch (IOException e) {
      throw new OperatorException(ExitCode.IO_ERROR, "the daemon could not close: " + e);
    } catch (InterruptedException e) {
      throw new OperatorException(ExitCode.SOFTWARE, "the daemon was interrupted");
    }
    return ExitCode.OK;
  }

  private Watchdog watchdog() {
    return settings.watchdog().isPresent()
        ? new WatchdogDevice(
            settings.watchdog().device(), complaint -> journal.log(Level.ERROR, complaint))
        : Watchdog.NONE;
  }

  private FileSource source(byte[] key, UdpFrames frames, Inbox<NodeInputs> inbox) {
    return new FileSource(
        file,
        key,
        ClusterQuorum::check,
        moved -> {
          frames.move(moved);
          tellRemarks(frames);
        },
        (id, read, error) -> inbox.put(machine -> machine.configurationRead(id, read, error)));
  }

  private void tellRemarks(UdpFrames frames) {
    frames.remarks().forEach(remark -> journal.log(Level.WARNING, remark));
  }

  private Transport transport(byte[] key, UdpFrames frames) {
    return Transports.of(settings, key, new SplittableRandom().nextLong(), frames);
  }

  private static void createRunDir(Path runDir) {
    try {
      Files.createDirectories(runDir);
    } catch (IOException e) {
      String sentence = "the run directory " + runDir + " cannot be created: " + e;
      throw new OperatorException(ExitCode.CANNOT_CREATE, sentence);
    }
  }

  private static void stored(Inbox<NodeInputs> inbox, long requestId, @Nullable String error) {
    inbox.put(machine -> machine.stored(requestId, error));
  }

  private Worker worker(Inbox<NodeInputs> inbox) {
    return new Worker(id -> inbox.put(machine -> machine.worked(id)), this::halt);
  }

  private static SystemProcesses processes(Inbox<NodeInputs> inbox, NodeSettings settings) {
    Path notes = Path.of(settings.paths().runDir(), "running");
    return new SystemProcesses(
        (result, id) -> inbox.put(machine -> machine.processEnded(id, result)),
        OperatingSystem::killGroup,
        Leftovers.killed(notes, OperatingSystem::killGroup));
  }

  private void reply(AdminSocket admin, WebFront web, long requestId, AdminReply reply) {
    if (web.isOurs(requestId)) {
      web.reply(requestId, reply);
    } else if (requestId != SIGNAL_REQUEST) {
      admin.reply(requestId, reply);
    } else if (reply.exitCode() != 0) {
      journal.log(Level.ERROR, "the orderly end is refused: " + reply.message());
    }
  }

  /** Runs the loop first and everything that can wait after it: the ring should form early. */
  private void turn(Loop<NodeInputs> loop, Inbox<NodeInputs> inbox, AdminSocket admin, WebFront web)
      throws InterruptedException {
    Thread thread = new Thread(loop, LOOP_THREAD);
    thread.start();
    Signals.handle("TERM", name -> signalled(name, inbox));
    Signals.handle("INT", name -> signalled(name, inbox));
    Signals.handle("HUP", name -> journal.log(Level.INFO, "signal " + name + " means nothing"));
    // Taken once the node has started, however long that takes.
    inbox.put(_ -> settled = true);
    admin.serve();
    // More calls through the foreign function interface have to be made ready, which costs some
    // tens of milliseconds of processor time; the node needs them now to find its ring.
    thread.join(FIRST_MILLIS);
    serviceManager.ready("node " + settings.nodeName() + " of cluster " + settings.clusterName());
    OperatingSystem.prepare();
    OperatingSystem.compilersStandBack();
    inbox.put(_ -> TimeSlice.ask(TimeSlice.SHORT_NANOS));
    askForRealTime(inbox);
    web.serve();
    thread.join();
    serviceManager.stopping("the node has handed everything over");
  }

  private void askForRealTime(Inbox<NodeInputs> inbox) {
    boolean root = isRoot();
    RealTime wanted = settings.daemon().realTime();
    if (wanted == RealTime.YES || (wanted == RealTime.AUTO && root)) {
      String result = OperatingSystem.realTime(REAL_TIME_THREADS);
      journal.log(Level.INFO, result);
      inbox.put(machine -> machine.realTime(result));
    } else {
      String why = wanted == RealTime.NO ? "realtime is no" : "the daemon does not run as root";
      inbox.put(machine -> machine.realTime("not asked for: " + why));
    }
  }

  private static boolean isRoot() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    } catch (IOException e) {
      return false;
    }
  }

  private void signalled(String name, Inbox<NodeInputs> inbox) {
    if (signals.incrementAndGet() > 1) {
      halt("second signal (" + name + ")", null);
    }
    journal.log(Level.NOTICE, "signal " + name + ": the node hands over and ends");
    serviceManager.stopping("the node hands over");
    AdminRequest shutdown =
        new AdminRequest(AdminRequest.Verb.SHUTDOWN, "signal " + name, Map.of(), null);
    inbox.put(machine -> machine.asked(SIGNAL_REQUEST, shutdown));
  }

  /**
   * The last words, then the end without any further step. Standard error may be stuck; a node that
   * must not act any more does not wait for it.
   */
  private void halt(String reason, @Nullable Throwable cause) {
    Thread lastWords = new Thread(() -> tell(reason, cause), "ringward-last");
    lastWords.setDaemon(true);
    lastWords.start();
    try {
      lastWords.join(settled ? LAST_WORDS_MILLIS : FIRST_WORDS_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      ExitCode exitCode = cause == null ? ExitCode.ERROR : ExitCode.SOFTWARE;
      Runtime.getRuntime().halt(exitCode.number());
    }
  }

  private void tell(String reason, @Nullable Throwable cause) {
    journal.logNow(Level.ERROR, "the daemon ends at once: " + reason);
    if (cause != null) {
      StringWriter trace = new StringWriter();
      cause.printStackTrace(new PrintWriter(trace, true));
      trace.toString().lines().forEach(line -> journal.logNow(Level.ERROR, line));
    }
  }
}
