package org.ringward.core.port;

/**
 * Durable small files of this node. A write replaces the whole file crash-safely (new file, fsync,
 * rename, fsync of the folder); its end is reported to the node as an input with the same request
 * id.
 */
public interface Store {
  void write(long requestId, String name, byte[] content);
}
