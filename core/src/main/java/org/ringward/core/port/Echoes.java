package org.ringward.core.port;

import org.jspecify.annotations.Nullable;

/**
 * Asks hosts outside the cluster for an echo. Hosts have the numbers of their order in the
 * settings, through all ping entries. Losing or delaying a question or an answer is allowed;
 * answers come back to the node as inputs with the same number, and only those of the host that was
 * asked.
 */
public interface Echoes {
  /** For a node without ping nodes. */
  Echoes NONE = (_, _) -> {};

  /** Asks a host; the number is given back with the answer. */
  void ask(int host, int number);

  /** Why hosts cannot be asked at present, in one sentence; null when nothing is known. */
  default @Nullable String echoTrouble(int host) {
    return null;
  }
}
