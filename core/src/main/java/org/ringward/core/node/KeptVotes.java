package org.ringward.core.node;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ringward.core.port.Journal;
import org.ringward.core.port.Store;

/**
 * The highest number of expected votes on disk, for expected_votes_tracking: four bytes, the lowest
 * first, in a file of Corosync's name.
 */
final class KeptVotes {
  private static final String FILE = "ev_tracking";

  /** Requests of others have positive ids. */
  private static final long REQUEST = -1;

  private static final int LENGTH = 4;

  private final Store store;
  private final Journal journal;

  KeptVotes(Store store, Journal journal) {
    this.store = store;
    this.journal = journal;
  }

  /** The number in the files of the last life, 0 when there is none. */
  static int read(Map<String, byte[]> files) {
    byte[] bytes = files.get(FILE);
    if (bytes == null || bytes.length != LENGTH) {
      return 0;
    }
    int number = 0;
    for (int i = LENGTH - 1; i >= 0; i--) {
      number = (number << 8) | (bytes[i] & 0xFF);
    }
    return Math.max(0, number);
  }

  void keep(int expected) {
    byte[] bytes = new byte[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      bytes[i] = (byte) (expected >> (8 * i));
    }
    store.write(REQUEST, FILE, bytes);
  }

  /** A write has ended; whether it was one of these. */
  boolean stored(long request, @Nullable String error) {
    if (request == REQUEST && error != null) {
      journal.log(
          Journal.Level.ERROR,
          "this node cannot keep the number of expected votes (" + FILE + "): " + error);
    }
    return request == REQUEST;
  }
}
