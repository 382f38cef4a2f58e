package org.ringward.core.node;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.config.NodeSettings;

/** What a node needs from outside to take over a changed configuration while it runs. */
public interface ConfigurationSource {
  /** For programs whose configuration is not in a file. */
  ConfigurationSource NONE =
      new ConfigurationSource() {
        @Override
        public byte[] key() {
          return new byte[0];
        }

        @Override
        public boolean read(long requestId) {
          return false;
        }

        @Override
        public @Nullable String moveSockets(NodeSettings settings) {
          return null;
        }
      };

  /**
   * What the files say now.
   *
   * @param key the shared key, without a byte when none is needed
   * @param warnings what has no effect though someone wrote it
   */
  record Configuration(NodeSettings settings, byte[] key, List<String> warnings) {}

  /** The shared key this node started with, without a byte when it needs none. */
  byte[] key();

  /**
   * Reads the configuration and the key again, beside the node's thread; the end is reported as an
   * input with the same id.
   *
   * @return false when there is nothing to read
   */
  boolean read(long requestId);

  /**
   * Opens sockets for links that are new and closes those of links that are gone; on the node's
   * thread.
   *
   * @return null, or why it cannot be done; then no socket has changed
   */
  @Nullable String moveSockets(NodeSettings settings);
}
