package org.ringward.core.port;

/** Works out beside the node's thread what would hold it up. */
public interface Background {
  /**
   * Runs the work, after everything that was given before it, and reports its end to the node as an
   * input; never from inside this call. The work may run in another thread: it looks at immutable
   * values only, and what it leaves behind is looked at after its end was reported.
   */
  void work(long requestId, Runnable work);
}
