package org.ringward.core.control;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is known of nodes beside the ring, at the node that asks. */
public interface Evidence {
  /** What is known of a node that the ring has just lost. */
  enum Sight {
    /** It was heard since, and goes on being heard. */
    ALIVE,
    /** It may still be heard. */
    UNKNOWN,
    /** It was not heard since, or not any more. */
    SILENT
  }

  /** Knows nothing. */
  Evidence NONE =
      new Evidence() {
        @Override
        public boolean isAlive(String node) {
          return false;
        }

        @Override
        public Sight sight(String node) {
          return Sight.SILENT;
        }

        @Override
        public String about(String node) {
          return "";
        }

        @Override
        public boolean ask(
            String node, String question, long patienceNanos, Consumer<@Nullable String> ended) {
          return false;
        }
      };

  /** Whether anything but the ring shows the node alive at present. */
  boolean isAlive(String node);

  /**
   * Whether a node lives on that the ring has lost. Stricter than {@link #isAlive}, for which a
   * node is alive until its deadtime is over.
   */
  Sight sight(String node);

  /** What is known of a node that the ring does not reach, in one sentence; empty for nothing. */
  String about(String node);

  /**
   * Asks a node over whatever reaches it beside the ring.
   *
   * @param ended told once and later, null when there was no answer within the patience
   * @return false when it cannot be asked
   */
  boolean ask(String node, String question, long patienceNanos, Consumer<@Nullable String> ended);
}
