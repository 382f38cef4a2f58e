package org.ringward.core.control;

/** What is known of nodes beside the ring, at the node that asks. */
public interface Evidence {
  /** Knows nothing. */
  Evidence NONE =
      new Evidence() {
        @Override
        public boolean isAlive(String node) {
          return false;
        }

        @Override
        public String about(String node) {
          return "";
        }
      };

  /** Whether anything but the ring shows the node alive at present. */
  boolean isAlive(String node);

  /** What is known of a node that the ring does not reach, in one sentence; empty for nothing. */
  String about(String node);
}
