package org.ringward.ring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.group.RingStatus;
import org.ringward.core.link.LinkStatus;
import org.ringward.core.node.RingWatch;
import org.ringward.core.port.Journal.Level;
import org.ringward.core.port.RingIds;
import org.ringward.ring.settings.ConfigurationFile;
import org.ringward.ring.store.RingIdFile;
import org.ringward.ring.store.StateDir;

/**
 * A node of a ring inside this program: a thread of its own turns it, and calls the listeners. The
 * other nodes may be other programs like this, {@code ringward ring run}, or Corosync 3.
 *
 * <p>{@link RingAccess} says which thread calls what. A listener that throws ends the ring.
 */
public final class Ring implements RingAccess {
  private static final long CLOSE_SECONDS = 2;
  private static final System.Logger LOGGER = System.getLogger("org.ringward.ring");

  private final NodeSettings settings;
  private final RingRuntime runtime;
  private final EmbeddedMembers members;
  private final @Nullable StateDir stateDir;
  private final @Nullable RingIdFile ringIdFile;

  /** The members, which need something that wakes the loop, which needs the members. */
  private static final class Made {
    @Nullable EmbeddedMembers members;
  }

  private Ring(NodeSettings settings, byte[] key, @Nullable Path stateFolder, RingWatch.Log log) {
    this.settings = settings;
    stateDir = stateFolder == null ? null : StateDir.open(stateFolder);
    ringIdFile = stateDir == null ? null : RingIdFile.open(stateDir.folder().resolve("ringid"));
    RingIds ringIds = ringIdFile == null ? new RememberedRingIds() : ringIdFile;
    int pid = (int) ProcessHandle.current().pid();
    Made made = new Made();
    try {
      runtime =
          new RingRuntime(
              settings,
              key,
              new RingRuntime.Surroundings(ringIds, log, (_, _) -> {}),
              RingRuntime.Source.NONE,
              frames -> made.members = new EmbeddedMembers(pid, frames::wake));
    } catch (RuntimeException e) {
      closeFiles();
      throw e;
    }
    members = Objects.requireNonNull(made.members);
    members.runsIn(runtime.thread());
    runtime.start();
  }

  /**
   * Opens the ring of a node file or a corosync.conf; returns when the sockets are open, before a
   * ring is formed.
   *
   * @throws org.ringward.core.base.OperatorException when the file, the key, the state directory or
   *     the addresses cannot be used
   */
  public static Ring open(Path file) {
    NodeSettings settings = ConfigurationFile.read(file).settings();
    Path stateDir = Path.of(settings.paths().stateDir());
    return open(settings, ConfigurationFile.key(settings), stateDir, Ring::log);
  }

  /**
   * The same with settings from elsewhere.
   *
   * @param key the cluster's shared key, 128 to 4096 bytes; without a byte when the settings need
   *     none
   * @param stateDir where the sequence of the last ring is kept over restarts, null for nowhere
   * @param log where findings go; called by the ring's thread, must not block
   */
  public static Ring open(
      NodeSettings settings, byte[] key, @Nullable Path stateDir, RingWatch.Log log) {
    return new Ring(settings, key, stateDir, log);
  }

  /** A ring whose nodes are named in the program. */
  public static RingBuilder builder() {
    return new RingBuilder();
  }

  static void log(Level level, String text) {
    LOGGER.log(
        switch (level) {
          case ERROR -> System.Logger.Level.ERROR;
          case WARNING -> System.Logger.Level.WARNING;
          case NOTICE, INFO -> System.Logger.Level.INFO;
          case DEBUG -> System.Logger.Level.DEBUG;
        },
        text);
  }

  @Override
  public int nodeId() {
    return settings.self().id();
  }

  @Override
  public RingGroup join(String group, RingListener listener) {
    RingGroup.checkName(group);
    return members.isRingThread()
        ? members.join(group, listener)
        : runtime.call(_ -> members.join(group, listener));
  }

  @Override
  public List<RingGroup> groups() {
    return List.copyOf(members.members());
  }

  @Override
  public RingStatus status() {
    return runtime.call(node -> node.groups().status());
  }

  /**
   * How the links to the other nodes stand, by node and link.
   *
   * @throws RingException when the ring has ended
   */
  public List<LinkStatus> links() {
    return runtime.call(node -> node.groups().links());
  }

  @Override
  public void close() {
    if (members.isRingThread()) {
      throw new IllegalStateException("close waits for the ring, which a listener must not");
    }
    runtime.put(_ -> members.end());
    boolean interrupted = false;
    try {
      runtime.awaitEnd(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    runtime.close();
    closeFiles();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void closeFiles() {
    try {
      if (ringIdFile != null) {
        ringIdFile.close();
      }
      if (stateDir != null) {
        stateDir.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the state directory could not be closed", e);
    }
  }

  /** For programs without a state directory: the clock is more than what was before. */
  private static final class RememberedRingIds implements RingIds {
    private final AtomicLong last = new AtomicLong();

    @Override
    public long load() {
      return Math.max(last.get(), System.currentTimeMillis());
    }

    @Override
    public void store(long ringSequence) {
      last.set(ringSequence);
    }
  }
}
