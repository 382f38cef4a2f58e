package org.ringward.core.control;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.CibVersion;
import org.ringward.core.port.Journal;
import org.ringward.core.port.Store;

/**
 * Keeps the configuration on this node's disk and knows which members have which one on theirs. One
 * write at a time; what changes meanwhile goes into the next.
 */
final class Durability {
  private final Store store;
  private final Journal journal;
  private final Consumer<ClusterMessage.Stored> announce;
  private final Map<Integer, StateKey> storedBy = new TreeMap<>();
  private @Nullable StateKey writing;
  private @Nullable StateKey written;
  private @Nullable ClusterState waiting;
  private long lastRequest;
  private @Nullable String trouble;
  private boolean damaged;

  Durability(Store store, Journal journal, Consumer<ClusterMessage.Stored> announce) {
    this.store = store;
    this.journal = journal;
    this.announce = announce;
  }

  /** What the state file of the life before held; complains when that cannot be trusted. */
  void found(StateFile.Found found) {
    written = configurationKey(found.state());
    if (found.complaint() != null) {
      damaged = true;
      journal.log(Journal.Level.ERROR, found.complaint());
    }
  }

  /** Whether the life before had a state that was damaged since. */
  boolean foundDamage() {
    return damaged;
  }

  /** The state changed; it is written when its configuration or line of history did. */
  void changed(ClusterState state) {
    StateKey key = configurationKey(state);
    if (key.equals(written) && writing == null) {
      return;
    }
    if (writing != null) {
      waiting = state;
      return;
    }
    write(state, key);
  }

  private void write(ClusterState state, StateKey key) {
    writing = key;
    waiting = null;
    store.write(++lastRequest, StateFile.NAME, StateFile.write(state));
  }

  /** A write ended; error is null when it is durable. */
  void stored(long request, @Nullable String error) {
    StateKey key = writing;
    if (request != lastRequest || key == null) {
      return;
    }
    writing = null;
    if (error == null) {
      written = key;
      trouble = null;
      announce.accept(new ClusterMessage.Stored(key.primary(), key.version()));
    } else {
      trouble = "this node cannot store the configuration: " + error;
      journal.log(Journal.Level.ERROR, trouble);
    }
    ClusterState next = waiting;
    if (next != null && !configurationKey(next).equals(written)) {
      write(next, configurationKey(next));
    }
  }

  /** A view is agreed: what others have on disk has to be heard again. */
  void viewChanged() {
    storedBy.clear();
    StateKey key = written;
    if (key != null) {
      announce.accept(new ClusterMessage.Stored(key.primary(), key.version()));
    }
  }

  void heard(int from, ClusterMessage.Stored stored) {
    storedBy.put(from, new StateKey(stored.primary(), stored.version()));
  }

  /** Nodes that have this configuration, or a later one of the same line, on disk. */
  int[] holders(StateKey wanted) {
    return storedBy.entrySet().stream()
        .filter(each -> each.getValue().compareTo(wanted) >= 0)
        .mapToInt(Map.Entry::getKey)
        .toArray();
  }

  /** Whether this configuration is on this node's own disk. */
  boolean isStored(ClusterState state) {
    return configurationKey(state).equals(written);
  }

  /** Sequence of the latest ring with quorum that this node's disk tells of, 0 for none. */
  long keptPrimary() {
    return written == null ? 0 : written.primary();
  }

  /** One sentence when the last write failed, else null. */
  @Nullable String trouble() {
    return trouble;
  }

  static StateKey configurationKey(ClusterState state) {
    CibVersion version = state.version();
    return new StateKey(state.primary(), new CibVersion(version.adminEpoch(), version.epoch(), 0));
  }
}
