package org.ringward.sim.operator;

import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.base.ExitCode;
import org.ringward.sim.machine.Cluster;
import org.ringward.sim.world.Chance;
import org.ringward.sim.world.Time;
import org.ringward.sim.world.Violation;

/**
 * Operators who have nodes ask each other over the heartbeat regions. A message arrives at least
 * once: where a region was good all the time the answer comes; and it is never another's.
 */
public final class Questions {
  private final Cluster cluster;
  private final Console console;
  private final Connections connections;
  private final Chance chance;

  /** What the world knows of the regions. */
  public interface Connections {
    /** Whether some region was good in both directions all the time since then, and before. */
    boolean connected(int one, int other, long since);
  }

  public Questions(Cluster cluster, Console console, Connections connections, Chance chance) {
    this.cluster = cluster;
    this.console = console;
    this.connections = connections;
    this.chance = chance;
  }

  /** Asks now and then, for ever. */
  public void ask() {
    cluster
        .world()
        .after(
            chance.between(Time.SECONDS / 2, 4 * Time.SECONDS),
            0,
            () -> {
              int asking = chance.between(1, cluster.count());
              int asked = (asking + (int) chance.below(cluster.count() - 1)) % cluster.count() + 1;
              long began = cluster.world().now();
              console.ask(
                  cluster,
                  asking,
                  Console.request(Verb.INQUIRE, null, "node", "n" + asked),
                  reply -> answered(asking, asked, began, reply));
              ask();
            });
  }

  private void answered(int asking, int asked, long began, AdminReply reply) {
    if (reply.exitCode() == 0) {
      if (!reply.message().equals("hello from n" + asked)) {
        throw new Violation(
            "mailbox", "n%d was answered for n%d: %s".formatted(asking, asked, reply.message()));
      }
    } else if (reply.exitCode() == ExitCode.TIMEOUT.number()
        && connections.connected(asking, asked, began)) {
      throw new Violation(
          "mailbox",
          "n%d asked n%d over a good region for %d s, without an answer"
              .formatted(asking, asked, (cluster.world().now() - began) / Time.SECONDS));
    }
  }
}
