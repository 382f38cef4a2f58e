package org.ringward.sim.machine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.config.DeviceSettings;
import org.ringward.core.config.RegionSettings.Region;
import org.ringward.sim.agents.Truth;
import org.ringward.sim.device.DeviceHost;
import org.ringward.sim.device.DeviceProgram;
import org.ringward.sim.device.Qnetd;
import org.ringward.sim.device.Witness;
import org.ringward.sim.medium.HeartbeatMedia;
import org.ringward.sim.medium.Lan;
import org.ringward.sim.medium.QuorumPlatter;
import org.ringward.sim.power.PowerSwitch;
import org.ringward.sim.world.Chance;
import org.ringward.sim.world.World;

/** Machines 1 to n, the network between them and the power switch they hang on. */
public final class Cluster implements PowerSwitch.Outlets {
  private final World world;
  private final Lan lan;
  private final Truth truth;
  private final PowerSwitch powerSwitch;
  private final QuorumPlatter quorumDisk;
  private final List<Machine> machines = new ArrayList<>();
  private final HeartbeatMedia media;
  private @Nullable DeviceHost deviceHost;

  /** Without heartbeat regions. */
  public Cluster(World world, int count, Machine.Programs programs) {
    this(world, count, List.of(), new Chance(count), programs);
  }

  /**
   * With regions between the machines.
   *
   * @param chance for the regions, apart from what the rest of the world draws
   */
  public Cluster(
      World world, int count, List<Region> regions, Chance chance, Machine.Programs programs) {
    this(world, count, 1, regions, chance, programs);
  }

  /** With so many links between the machines. */
  public Cluster(
      World world,
      int count,
      int links,
      List<Region> regions,
      Chance chance,
      Machine.Programs programs) {
    this.world = world;
    this.truth = new Truth(world);
    this.lan =
        new Lan(
            world,
            count,
            links,
            (link, node, from, datagram) -> machine(node).arrived(link, from, datagram));
    this.powerSwitch = new PowerSwitch(world, this);
    this.media =
        new HeartbeatMedia(
            world,
            count,
            Setup.CLUSTER,
            regions,
            chance,
            (region, path, node, bytes) -> machine(node).heartbeat(region, path, bytes));
    this.quorumDisk = new QuorumPlatter(world, Setup.CLUSTER, count);
    for (int id = 1; id <= count; id++) {
      machines.add(new Machine(world, id, lan, media, truth, powerSwitch, programs));
    }
    machines.forEach(machine -> machine.quorumDisk(quorumDisk));
  }

  /** The quorum disk, which no daemon uses that has none in its settings. */
  public QuorumPlatter quorumDisk() {
    return quorumDisk;
  }

  /**
   * Puts the program of a quorum device on a host outside, which has power from now on; before the
   * world begins.
   *
   * @param chance for the host and the ways to it, apart from what the rest of the world draws
   */
  public void networkDevice(DeviceSettings.Model model, int tls, Chance chance) {
    DeviceProgram.Software software =
        model == DeviceSettings.Model.WITNESS
            ? (host, now) -> new Witness(Setup.CLUSTER, host, now)
            : (host, _) -> new Qnetd(host, tls);
    DeviceHost host =
        new DeviceHost(world, count(), chance, node -> machine(node).isPowered(), software);
    deviceHost = host;
    world.watch(host.lines());
    machines.forEach(machine -> machine.deviceLines(host.lines()));
    host.powerOn();
  }

  /** The host of the quorum device outside, null when there is none. */
  public @Nullable DeviceHost deviceHost() {
    return deviceHost;
  }

  /** What carries heartbeats. */
  public HeartbeatMedia media() {
    return media;
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
