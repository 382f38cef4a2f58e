package org.ringward.core.quorum.disk;

import java.util.SplittableRandom;
import org.ringward.core.quorum.QuorumDeviceContract;
import org.ringward.core.quorum.QuorumDeviceWorld;

/** A quorum disk keeps what votequorum relies on. */
final class DiskContractTest extends QuorumDeviceContract {
  @Override
  protected QuorumDeviceWorld world(long seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    return new DiskWorld(
        seed, count, DiskWorld.options(200 + random.nextInt(400), 3 + random.nextInt(6)));
  }
}
