package org.ringward.sim.faults;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.ringward.core.config.DeviceSettings;
import org.ringward.core.config.DeviceSettings.Model;
import org.ringward.core.config.DeviceSettings.Net;
import org.ringward.core.config.DeviceSettings.Net.Tls;
import org.ringward.sim.world.Chance;
import org.ringward.sim.world.Time;

/**
 * What one seed decides about a quorum device that is reached over a network: half of the seeds
 * have one, unless they have a quorum disk; of these, two thirds have our witness and one third
 * corosync-qnetd.
 *
 * @param settings null for none
 * @param tls what corosync-qnetd offers: 0 no TLS, 1 it can, 2 it has to be
 * @param waitForAll beside the device
 * @param faults what strikes in this run
 * @param everyNanos the mean time between two strikes
 */
record NetworkDeviceSwarm(
    @Nullable DeviceSettings settings,
    int tls,
    boolean waitForAll,
    Set<NetworkDeviceFault> faults,
    long everyNanos) {
  private static final int SYNC_TIMEOUT_MILLIS = 30_000;

  static NetworkDeviceSwarm draw(int machines, Chance chance) {
    int tls = chance.between(0, 2);
    boolean has = chance.oneIn(2);
    boolean ours = !chance.oneIn(3);
    DeviceSettings settings =
        !has ? null : ours ? witness(machines, chance) : qnetd(machines, tls, chance);
    Set<NetworkDeviceFault> faults = EnumSet.noneOf(NetworkDeviceFault.class);
    for (NetworkDeviceFault fault : NetworkDeviceFault.values()) {
      boolean rare = fault == NetworkDeviceFault.FILE_DAMAGED;
      if (chance.oneIn(rare ? 10 : 2)) {
        faults.add(fault);
      }
    }
    boolean waits = chance.oneIn(4);
    if (waits) {
      // It votes for nobody for two minutes then, and wait_for_all waits for its vote too.
      faults.remove(NetworkDeviceFault.FILE_DAMAGED);
    }
    return new NetworkDeviceSwarm(
        settings,
        tls,
        waits,
        faults,
        chance.oneOf(Time.SECONDS, 2 * Time.SECONDS, 5 * Time.SECONDS));
  }

  private static DeviceSettings witness(int machines, Chance chance) {
    boolean lms = chance.oneIn(2);
    int votes = lms && chance.oneIn(2) ? machines - 1 : 1;
    boolean masterWins = lms && votes == machines - 1 && chance.oneIn(3);
    int timeout = chance.oneIn(4) ? 3000 : chance.between(500, 4000);
    Net net = net(machines, lms, Tls.ON, chance.between(300, timeout), chance);
    return new DeviceSettings(Model.WITNESS, votes, timeout, SYNC_TIMEOUT_MILLIS, masterWins, net);
  }

  private static DeviceSettings qnetd(int machines, int offered, Chance chance) {
    Tls tls =
        switch (offered) {
          case 0 -> chance.oneOf(Tls.ON, Tls.OFF);
          case 1 -> chance.oneOf(Tls.ON, Tls.OFF, Tls.REQUIRED);
          default -> chance.oneOf(Tls.ON, Tls.REQUIRED);
        };
    int timeout = chance.between(1250, 4000);
    Net net = net(machines, false, tls, chance.between(1000, timeout), chance);
    return new DeviceSettings(Model.NET, 1, timeout, SYNC_TIMEOUT_MILLIS, false, net);
  }

  private static Net net(int machines, boolean lms, Tls tls, int connect, Chance chance) {
    int tieBreaker = chance.oneOf(0, -1, chance.between(1, machines));
    return new Net(
        "place.example.org", 5408, lms, tieBreaker, chance.oneIn(2), tls, connect, 0, "p12");
  }
}
