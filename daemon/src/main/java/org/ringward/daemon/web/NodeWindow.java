package org.ringward.daemon.web;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest;
import org.ringward.core.node.Lookout;

/** How the server looks at a node and asks it something; any thread may call it. */
public interface NodeWindow {
  /** Takes what the node shows; called in the node's thread, so it must not wait. */
  interface Viewer {
    void seen(Lookout.Sight sight);

    /** Number of the last decision that needs not be shown again; any thread. */
    long known();
  }

  /**
   * From now on the node shows itself whenever something changes, and about every second anyway.
   *
   * @param viewer null when nobody looks any more
   */
  void show(@Nullable Viewer viewer);

  /** The node as it is now; fails when it did not turn for a while. */
  CompletableFuture<Lookout.Sight> look();

  /** Asks what an operator may ask; the answer may take as long as the order does. */
  CompletableFuture<AdminReply> ask(AdminRequest request);
}
