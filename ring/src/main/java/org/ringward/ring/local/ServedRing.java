package org.ringward.ring.local;

import java.nio.file.Path;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.port.Journal.Level;
import org.ringward.ring.RingRuntime;
import org.ringward.ring.net.UnixListener;
import org.ringward.ring.program.ProgramAccess;

/** A ring for the programs of this machine: a node with a client socket and nothing above it. */
public final class ServedRing implements AutoCloseable {
  /** The socket's name in the run directory. */
  public static final String SOCKET = "ring.sock";

  private final RingRuntime runtime;

  private ServedRing(RingRuntime runtime) {
    this.runtime = runtime;
  }

  /**
   * Opens the ring's sockets and the client socket; {@link RingRuntime#start} begins.
   *
   * @param key the cluster's shared key, without a byte when the settings need none
   * @param source makes what a reload reads
   * @throws org.ringward.core.base.OperatorException when a socket cannot be opened
   */
  public static ServedRing open(
      NodeSettings settings,
      byte[] key,
      RingRuntime.Surroundings surroundings,
      RingRuntime.Source source,
      Path socket) {
    ProgramAccess access = ProgramAccess.of(settings.daemon().access());
    access.warnings().forEach(each -> surroundings.log().log(Level.WARNING, each));
    UnixListener listener = UnixListener.open(socket);
    try {
      return new ServedRing(
          new RingRuntime(
              settings,
              key,
              surroundings,
              source,
              frames ->
                  new ClientServer(listener, frames.descriptors(), access, surroundings.log())));
    } catch (RuntimeException e) {
      listener.close();
      throw e;
    }
  }

  /** The client socket of a node with these settings. */
  public static Path socket(NodeSettings settings) {
    return Path.of(settings.paths().runDir(), SOCKET);
  }

  /** What turns the ring. */
  public RingRuntime runtime() {
    return runtime;
  }

  /** Leaves the ring in order, and tells the clients. Any thread may call it. */
  public void leave() {
    runtime.put(machine -> machine.node().leave(System.nanoTime()));
  }

  /** Ends at once. */
  @Override
  public void close() {
    runtime.close();
  }
}
