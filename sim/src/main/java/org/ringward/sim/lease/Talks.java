package org.ringward.sim.lease;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.forum.ForumDesk;
import org.ringward.core.forum.ForumNews;
import org.ringward.sim.check.OneOrder;
import org.ringward.sim.machine.Cluster;
import org.ringward.sim.machine.Machine;
import org.ringward.sim.machine.NodeProgram;
import org.ringward.sim.world.Chance;
import org.ringward.sim.world.Observer;
import org.ringward.sim.world.Tally;
import org.ringward.sim.world.Time;

/** The programs of all machines that talk in groups. */
public final class Talks implements Observer {
  private static final int TALKERS_MOST = 3;

  private final Cluster cluster;
  private final Chance chance;
  private final Tally tally;
  private final List<Talker> talkers = new ArrayList<>();
  private final OneOrder order = new OneOrder();
  private boolean forgotten;
  private boolean resting;
  private boolean quiet;

  /**
   * @param chance for everything the programs do
   */
  public Talks(Cluster cluster, Chance chance, Tally tally) {
    this.cluster = cluster;
    this.chance = chance;
    this.tally = tally;
    int each = chance.between(1, TALKERS_MOST);
    for (Machine machine : cluster.machines()) {
      for (int i = 1; i <= each; i++) {
        talkers.add(new Talker(this, machine, i, chance.fork(machine.name() + "/" + i)));
      }
    }
  }

  /** Begins; they wait for their daemons. */
  public void begin() {
    cluster.world().watch(this);
    talkers.forEach(Talker::begin);
  }

  /** From now on whoever is in a group stays, and the others join. */
  public void rest() {
    resting = true;
  }

  /** From now on nobody says anything. */
  public void fallSilent() {
    quiet = true;
  }

  /** The cluster has begun anew and knows nothing of what was said before. */
  public void forgotten() {
    forgotten = true;
  }

  /** Whether the programs still hear of one line of history. */
  boolean isChecked() {
    return !forgotten;
  }

  boolean isResting() {
    return resting;
  }

  boolean isQuiet() {
    return quiet;
  }

  OneOrder order() {
    return order;
  }

  void count(String what) {
    tally.count(what);
  }

  /** The desk of a machine's daemon, null while there is none. */
  static @Nullable ForumDesk desk(Machine machine) {
    return machine.program() instanceof NodeProgram program ? program.node().forum() : null;
  }

  @Override
  public void daemonStarted(int node) {
    ForumDesk desk = desk(cluster.machine(node));
    if (desk != null) {
      desk.tellTo((session, handle, news) -> tell(node, session, handle, news));
      of(node).forEach(Talker::daemonStarted);
    }
  }

  @Override
  public void daemonEnded(int node, boolean orderly) {
    of(node).forEach(Talker::daemonEnded);
  }

  @Override
  public void poweredOff(int node) {
    of(node).forEach(Talker::daemonEnded);
  }

  private List<Talker> of(int node) {
    return talkers.stream().filter(each -> each.machine().id() == node).toList();
  }

  /** Through the socket, which takes a moment. */
  private void tell(int node, long session, int handle, ForumNews news) {
    long arrives = cluster.world().now() + chance.between(10 * Time.MICROS, 2 * Time.MILLIS);
    of(node).stream()
        .filter(each -> each.session() == session)
        .forEach(each -> each.sent(arrives, session, handle, news));
  }

  /** All is over: everybody is together and has heard everything. */
  public void examine() {
    if (!forgotten) {
      talkers.forEach(Talker::examine);
    }
    tally.count("group: messages heard", order.heard());
  }
}
