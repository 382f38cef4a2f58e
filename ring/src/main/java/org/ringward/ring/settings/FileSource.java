package org.ringward.ring.settings;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.OperatorException;
import org.ringward.core.config.CorosyncConf.Reading;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.node.ConfigurationSource;

/** A configuration that is read again from its files, each time in a thread of its own. */
public final class FileSource implements ConfigurationSource {
  private final Path file;
  private final byte[] key;
  private final Consumer<NodeSettings> check;
  private final Consumer<NodeSettings> sockets;
  private final Sink sink;

  /** Takes what was read; called in another thread than the node's. */
  public interface Sink {
    /** The configuration, or why there is none. */
    void read(long requestId, @Nullable Configuration read, @Nullable String error);
  }

  /**
   * A source of that file.
   *
   * @param key the shared key the node starts with
   * @param check throws an OperatorException for settings this program cannot do with
   * @param sockets opens and closes sockets, or throws an OperatorException
   */
  public FileSource(
      Path file,
      byte[] key,
      Consumer<NodeSettings> check,
      Consumer<NodeSettings> sockets,
      Sink sink) {
    this.file = file;
    this.key = key.clone();
    this.check = check;
    this.sockets = sockets;
    this.sink = sink;
  }

  @Override
  public byte[] key() {
    return key.clone();
  }

  @Override
  public boolean read(long requestId) {
    // Names may have to be resolved, which takes as long as a name server does.
    Thread.ofPlatform().daemon().name("ringward-reload").start(() -> readNow(requestId));
    return true;
  }

  private void readNow(long requestId) {
    try {
      Reading reading = ConfigurationFile.read(file);
      check.accept(reading.settings());
      byte[] found = ConfigurationFile.key(reading.settings());
      sink.read(requestId, new Configuration(reading.settings(), found, reading.warnings()), null);
    } catch (OperatorException e) {
      sink.read(requestId, null, e.sentence());
    } catch (RuntimeException e) {
      sink.read(requestId, null, "reading " + file + " failed: " + e);
    }
  }

  @Override
  public @Nullable String moveSockets(NodeSettings settings) {
    try {
      sockets.accept(settings);
      return null;
    } catch (OperatorException e) {
      return e.sentence();
    }
  }
}
