package org.ringward.sim.lease;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.admin.LeasesReport;
import org.ringward.core.lease.LeaseDesk;
import org.ringward.core.lease.LeaseEvent;
import org.ringward.sim.check.LeaseHolders;
import org.ringward.sim.machine.Cluster;
import org.ringward.sim.machine.Machine;
import org.ringward.sim.machine.NodeProgram;
import org.ringward.sim.world.Chance;
import org.ringward.sim.world.Observer;
import org.ringward.sim.world.Tally;
import org.ringward.sim.world.Time;
import org.ringward.sim.world.Violation;

/** The programs of all machines: they outlive their daemon, and die with their machine. */
public final class Applications implements Observer {
  private static final int PROGRAMS_MOST = 3;

  private final Cluster cluster;
  private final Chance chance;
  private final Tally tally;
  private LeaseHolders holders = new LeaseHolders();
  private final List<Application> applications = new ArrayList<>();
  private boolean resting;

  /**
   * @param chance for everything the programs do
   */
  public Applications(Cluster cluster, Chance chance, Tally tally) {
    this.cluster = cluster;
    this.chance = chance;
    this.tally = tally;
    int each = chance.between(1, PROGRAMS_MOST);
    for (Machine machine : cluster.machines()) {
      for (int i = 1; i <= each; i++) {
        applications.add(new Application(this, machine, i, chance.fork(machine.name() + "/" + i)));
      }
    }
  }

  /** Begins; they wait for their daemons. */
  public void begin() {
    cluster.world().watch(this);
    applications.forEach(Application::begin);
  }

  /** From now on nothing new is wanted, and what is held is released. */
  public void rest() {
    resting = true;
  }

  /** The cluster has begun anew and knows nothing of the leases before: who holds is in doubt. */
  public void forgotten() {
    holders = new LeaseHolders();
    resting = true;
  }

  boolean isResting() {
    return resting;
  }

  LeaseHolders holders() {
    return holders;
  }

  /** How often a program was told that it holds. */
  public long grants() {
    return holders.grants();
  }

  void count(String what) {
    tally.count(what);
  }

  /** The desk of a machine's daemon, null while there is none. */
  static @Nullable LeaseDesk desk(Machine machine) {
    return machine.program() instanceof NodeProgram program ? program.node().leases() : null;
  }

  @Override
  public void daemonStarted(int node) {
    LeaseDesk desk = desk(cluster.machine(node));
    if (desk != null) {
      desk.tellTo((session, handle, event) -> tell(node, session, handle, event));
      of(node).forEach(Application::daemonStarted);
    }
  }

  @Override
  public void daemonEnded(int node, boolean orderly) {
    of(node).forEach(Application::daemonEnded);
  }

  @Override
  public void poweredOff(int node) {
    of(node).forEach(Application::died);
  }

  private List<Application> of(int node) {
    return applications.stream().filter(each -> each.machine().id() == node).toList();
  }

  /** Through the socket, which takes a moment. */
  private void tell(int node, long session, int handle, LeaseEvent event) {
    long arrives = cluster.world().now() + chance.between(10 * Time.MICROS, 2 * Time.MILLIS);
    of(node).stream()
        .filter(each -> each.session() == session)
        .forEach(each -> each.sent(arrives, session, handle, event));
  }

  /** All is over: nobody is in doubt any more. */
  public void examine() {
    for (Machine machine : cluster.machines()) {
      LeaseDesk desk = desk(machine);
      if (desk == null) {
        continue;
      }
      LeasesReport report = desk.report();
      for (LeasesReport.ResourceLine resource : report.resources()) {
        if (!resource.holders().isEmpty() || !resource.waiters().isEmpty()) {
          throw new Violation(
              "leases", machine.name() + " still has " + resource + " when all have released");
        }
      }
    }
  }
}
