package org.ringward.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.ringward.core.base.NodeSet;
import org.ringward.core.config.DeviceSettings;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.config.TotemTimes;
import org.ringward.core.fence.Rung;
import org.ringward.sim.check.EqualStates;
import org.ringward.sim.check.ExclusiveResources;
import org.ringward.sim.check.HeardNodes;
import org.ringward.sim.check.OneCoordinator;
import org.ringward.sim.check.OneQuorateSide;
import org.ringward.sim.check.OneQuorateSideSoon;
import org.ringward.sim.check.OneSideWithProof;
import org.ringward.sim.check.OrderlyLeave;
import org.ringward.sim.check.RecoveryNeedsProof;
import org.ringward.sim.check.Settles;
import org.ringward.sim.check.Successions;
import org.ringward.sim.check.ViewCheck;
import org.ringward.sim.check.Views;
import org.ringward.sim.machine.Cluster;
import org.ringward.sim.machine.Machine;
import org.ringward.sim.machine.NodeProgram;
import org.ringward.sim.machine.Setup;
import org.ringward.sim.operator.Console;
import org.ringward.sim.world.Chance;
import org.ringward.sim.world.Observer;
import org.ringward.sim.world.Tally;
import org.ringward.sim.world.Time;
import org.ringward.sim.world.World;

/** A cluster of production nodes in its world, watched by every rule that must always hold. */
public final class Stage {
  private static final byte[] KEY = key();

  private final World world;
  private final Tally tally = new Tally();
  private final Console console;
  private final Cluster cluster;
  private final Views views;
  private final Settles settles;
  private final HeardNodes heardNodes;
  private Runnable forgotten = () -> {};

  /** With regions, if there are any, that draw as they always do. */
  public Stage(World world, Setup setup) {
    this(world, setup, new Chance(setup.machines()));
  }

  /**
   * A cluster in its world.
   *
   * @param regions for heartbeat regions, apart from what the rest of the world draws
   */
  public Stage(World world, Setup setup, Chance regions) {
    this(world, setup, 1, regions);
  }

  /** With so many links between the machines. */
  public Stage(World world, Setup setup, int links, Chance regions) {
    this.world = world;
    this.console = new Console(world, tally);
    this.cluster =
        new Cluster(
            world,
            setup.machines(),
            links,
            setup.regions(),
            regions,
            (machine, life) ->
                new NodeProgram(machine, life, settings(setup, machine), KEY, console));
    this.views = new Views(viewChecks(setup));
    this.settles = new Settles(cluster, views, setup);
    world.watch(views);
    world.watch(new Looking());
    world.watch(tally);
    ExclusiveResources.Access access = cluster.powerSwitch().fabric()::mayUse;
    world.watch(new ExclusiveResources(cluster.truth(), setup::isShared, access));
    world.watch(new RecoveryNeedsProof(setup::isShared, access));
    world.watch(new OrderlyLeave(cluster.truth()));
    this.heardNodes = new HeardNodes(cluster, setup.regions());
    world.watch(heardNodes);
  }

  /** What to do when the cluster may have begun anew without what it acknowledged. */
  public void whenForgotten(Runnable then) {
    forgotten = then;
  }

  public World world() {
    return world;
  }

  public Cluster cluster() {
    return cluster;
  }

  public Console console() {
    return console;
  }

  public Views views() {
    return views;
  }

  /** What heartbeat must know. */
  public HeardNodes heardNodes() {
    return heardNodes;
  }

  public Settles settles() {
    return settles;
  }

  public Tally tally() {
    return tally;
  }

  private static NodeSettings settings(Setup setup, Machine machine) {
    NodeSettings changed = machine.configuration();
    return changed == null ? setup.settings(machine.id()) : changed;
  }

  /** With two_node both halves are quorate; there only proofs of fencing keep them apart. */
  private List<ViewCheck> viewChecks(Setup setup) {
    List<ViewCheck> checks = new ArrayList<>(List.of(new OneCoordinator(), new EqualStates()));
    DeviceSettings device = setup.quorum().device();
    if (device.isPresent()) {
      TotemTimes times = TotemTimes.of(setup.totem(), setup.machines());
      long patience = 2L * (times.token() + times.consensus()) * Time.MILLIS + 5 * Time.SECONDS;
      checks.add(new OneQuorateSideSoon(world, patience, () -> views().living()));
    }
    if (device.model() == DeviceSettings.Model.NET) {
      checks.add(new Successions(_ -> true, () -> forgotten.run()));
    } else if (device.isPresent()) {
      checks.add(OneQuorateSide.byOwnVotes());
      DeviceSettings.Disk disk = device.disk();
      if (disk != null) {
        long lease = disk.leaseMillis() * Time.MILLIS;
        checks.add(new Successions(members -> allSawOld(members, lease), () -> forgotten.run()));
      }
    } else {
      checks.add(setup.quorum().twoNode() ? new OneSideWithProof() : OneQuorateSide.bySides());
    }
    return checks;
  }

  /** Whether the vote of a side counts by blocks that were not what the others have written. */
  private boolean allSawOld(NodeSet members, long lease) {
    return members.stream().allMatch(each -> cluster.quorumDisk().showedOld(each, lease));
  }

  private static byte[] key() {
    byte[] key = new byte[128];
    for (int i = 0; i < key.length; i++) {
      key[i] = (byte) (i * 7 + 1);
    }
    return key;
  }

  /** Looks into a daemon after each of its turns, and when it calls an agent. */
  private final class Looking implements Observer {
    private final Set<String> known = new TreeSet<>();

    @Override
    public void turned(int node) {
      if (cluster.machine(node).program() instanceof NodeProgram program) {
        views.update(program.view());
        lookForProofs(program);
      }
    }

    /** A proof and what follows from it may come in one turn (seed 1101125). */
    @Override
    public void agentCalled(int node, String resource, String action) {
      if (cluster.machine(node).program() instanceof NodeProgram program) {
        program.view();
        lookForProofs(program);
      }
    }

    private void lookForProofs(NodeProgram program) {
      for (String proof : program.proofs()) {
        if (known.add(proof)) {
          proven(proof.split(" ", -1));
        }
      }
    }

    private void proven(String... words) {
      tally.count("proof by " + words[0]);
      if (words[0].equals(Rung.LEASE_EXPIRED.name())) {
        int target = cluster.powerSwitch().number(words[1]);
        world.observers().forEach(each -> each.watchdogCounted(target));
      }
    }
  }
}
