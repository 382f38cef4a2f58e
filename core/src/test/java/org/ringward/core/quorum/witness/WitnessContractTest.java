package org.ringward.core.quorum.witness;

import org.ringward.core.base.NodeSet;
import org.ringward.core.quorum.DeviceModel;
import org.ringward.core.quorum.QuorumDeviceContract;
import org.ringward.core.quorum.QuorumDeviceWorld;
import org.ringward.core.quorum.witness.WitnessRules.Algorithm;

/** The network witness keeps what votequorum relies on. */
final class WitnessContractTest extends QuorumDeviceContract {
  @Override
  protected QuorumDeviceWorld world(long seed, int count) {
    WitnessRules rules = new WitnessRules(Algorithm.LMS, WitnessRules.LOWEST, true);
    return new Adapter(new WitnessWorld(seed, count, rules, 1000));
  }

  private record Adapter(WitnessWorld world) implements QuorumDeviceWorld {
    @Override
    public int timeoutMillis() {
      return world.timeoutMillis;
    }

    @Override
    public long settleMillis() {
      return 6L * world.timeoutMillis + 11_000;
    }

    @Override
    public NodeSet ids() {
      return world.ids();
    }

    @Override
    public NodeSet voters() {
      return world.voters();
    }

    @Override
    public DeviceModel device(int node) {
      return world.device(node);
    }

    @Override
    public void startAll() {
      world.startAll();
    }

    @Override
    public void partition(int... of) {
      world.partition(of);
    }

    @Override
    public void start(int node) {
      world.start(node);
    }

    @Override
    public void crash(int node) {
      world.crash(node);
    }

    @Override
    public void leave(int node) {
      world.leave(node);
    }

    @Override
    public void pause(int node) {
      world.pause(node);
    }

    @Override
    public void resume(int node) {
      world.resume(node);
    }

    @Override
    public void link(int node, boolean up) {
      world.link(node, up);
    }

    @Override
    public void deviceWorks(boolean works) {
      if (works) {
        world.startWitness();
      } else {
        world.stopWitness();
      }
    }

    @Override
    public void ownFault() {
      world.diskFails = world.random.nextBoolean();
      world.shaky = world.random.nextBoolean();
    }

    @Override
    public void heal() {
      world.heal();
    }

    @Override
    public void run(long millis) {
      world.run(millis);
    }
  }
}
