package org.ringward.core.totem;

import org.ringward.core.wire.CommitTokenFrame;

/** The changes of state one handler asks of another. */
interface Transitions {
  void enterGather(GatherReason reason, long now);

  /** Begins to form a ring of the agreed members as its representative. */
  void beginCommit(long now);

  /** A frame of that node came in that is of no use otherwise. */
  void heard(int node, long now);

  void enterRecovery(CommitTokenFrame token, long now);

  /** The ring is operational. */
  void formed(long now);
}
