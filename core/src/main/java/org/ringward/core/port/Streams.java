package org.ringward.core.port;

import java.util.Arrays;

/**
 * Connections of this node to a server that the adapter knows the address of. Each call returns at
 * once; what comes of it is an input of the node with the same number. A connection ends with one
 * input {@code closed}, also when it was never open or {@link #close} was called.
 */
public interface Streams {
  /** For a node that needs none. */
  Streams NONE =
      new Streams() {
        @Override
        public void open(long connection) {}

        @Override
        public void startTls(long connection) {}

        @Override
        public void send(long connection, byte[] bytes) {}

        @Override
        public void close(long connection) {}
      };

  /** Begins to connect. The number was never used before. Ends in opened or closed. */
  void open(long connection);

  /** Begins to speak TLS on an open connection. Ends in secured or closed. */
  void startTls(long connection);

  /**
   * Sends bytes in order; they must not change any more. Too many that the other side does not take
   * close the connection.
   */
  void send(long connection, byte[] bytes);

  /** The same for bytes that may change once this has returned. */
  default void send(long connection, byte[] bytes, int offset, int length) {
    send(connection, Arrays.copyOfRange(bytes, offset, offset + length));
  }

  /** Ends a connection. */
  void close(long connection);
}
