package org.ringward.sim.machine;

import java.util.ArrayList;
import java.util.List;
import org.ringward.sim.agents.Truth;
import org.ringward.sim.medium.Lan;
import org.ringward.sim.medium.QuorumPlatter;
import org.ringward.sim.power.PowerSwitch;
import org.ringward.sim.world.World;

/** Machines 1 to n, the network between them and the power switch they hang on. */
public final class Cluster implements PowerSwitch.Outlets {
  private final World world;
  private final Lan lan;
  private final Truth truth;
  private final PowerSwitch powerSwitch;
  private final QuorumPlatter quorumDisk;
  private final List<Machine> machines = new ArrayList<>();

  public Cluster(World world, int count, Machine.Programs programs) {
    this.world = world;
    this.truth = new Truth(world);
    this.lan =
        new Lan(
            world,
            count,
            (link, node, from, datagram) -> machine(node).arrived(link, from, datagram));
    this.powerSwitch = new PowerSwitch(world, this);
    this.quorumDisk = new QuorumPlatter(world, Setup.CLUSTER, count);
    for (int id = 1; id <= count; id++) {
      machines.add(new Machine(world, id, lan, truth, powerSwitch, programs));
    }
    machines.forEach(machine -> machine.quorumDisk(quorumDisk));
  }

  /** The quorum disk, which no daemon uses that has none in its settings. */
  public QuorumPlatter quorumDisk() {
    return quorumDisk;
  }

  public World world() {
    return world;
  }

  public Lan lan() {
    return lan;
  }

  public Truth truth() {
    return truth;
  }

  public PowerSwitch powerSwitch() {
    return powerSwitch;
  }

  /** All machines, by id. */
  public List<Machine> machines() {
    return machines;
  }

  public Machine machine(int id) {
    return machines.get(id - 1);
  }

  /** True when every daemon lives and none is paused. */
  public boolean allAlive() {
    return machines.stream().allMatch(machine -> machine.program() != null && !machine.isPaused());
  }

  /** Gives all machines power. */
  public void powerOnAll() {
    machines.forEach(Machine::powerOn);
  }

  /** Cuts the network between the machines of a side (bit id - 1) and the others. */
  public void partition(long side, boolean outward, boolean inward) {
    for (Machine from : machines) {
      for (Machine to : machines) {
        boolean fromInside = (side >> (from.id() - 1) & 1) == 1;
        boolean toInside = (side >> (to.id() - 1) & 1) == 1;
        if (fromInside != toInside) {
          lan.cut(from.id(), to.id(), fromInside ? outward : inward);
        }
      }
    }
  }

  @Override
  public int count() {
    return machines.size();
  }

  @Override
  public boolean isOn(int node) {
    return machine(node).isPowered();
  }

  @Override
  public void off(int node) {
    machine(node).powerOff();
  }

  @Override
  public void on(int node) {
    machine(node).powerOn();
  }
}
