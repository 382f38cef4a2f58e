package org.ringward.sim.device;

import org.ringward.core.quorum.QuorumDeviceContract;
import org.ringward.core.quorum.QuorumDeviceWorld;

/** Corosync-qnetd, as our nodes use it, keeps what votequorum relies on. */
final class QnetdContractTest extends QuorumDeviceContract {
  @Override
  protected QuorumDeviceWorld world(long seed, int count) {
    return new QnetdWorld(seed, count);
  }
}
