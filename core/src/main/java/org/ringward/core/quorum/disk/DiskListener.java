package org.ringward.core.quorum.disk;

import org.ringward.core.port.Journal.Level;

/** Hears what operators should know of a quorum disk at once. */
@FunctionalInterface
public interface DiskListener {
  /** A line for the log. */
  void log(Level level, String text);
}
