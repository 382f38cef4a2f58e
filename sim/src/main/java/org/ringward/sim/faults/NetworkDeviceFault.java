package org.ringward.sim.faults;

import org.ringward.sim.device.DeviceHost;
import org.ringward.sim.world.Chance;
import org.ringward.sim.world.Time;

/**
 * What goes wrong with a quorum device outside of the cluster, and with the ways to it; each
 * strikes once and says what it did.
 */
enum NetworkDeviceFault {
  /** One machine and the device do not hear each other. */
  CUT {
    @Override
    String strike(NetworkDeviceChaos chaos, DeviceHost host, int machine, Chance chance) {
      host.lines().mute(machine, true);
      host.lines().deaf(machine, true);
      chaos.later(
          duration(chance),
          () -> {
            host.lines().mute(machine, false);
            host.lines().deaf(machine, false);
          });
      return "is cut off from n" + machine;
    }
  },
  /** A machine is heard and hears nothing. */
  DEAF {
    @Override
    String strike(NetworkDeviceChaos chaos, DeviceHost host, int machine, Chance chance) {
      host.lines().deaf(machine, true);
      chaos.later(duration(chance), () -> host.lines().deaf(machine, false));
      return "is not heard by n" + machine;
    }
  },
  /** A machine hears and is not heard. */
  MUTE {
    @Override
    String strike(NetworkDeviceChaos chaos, DeviceHost host, int machine, Chance chance) {
      host.lines().mute(machine, true);
      chaos.later(duration(chance), () -> host.lines().mute(machine, false));
      return "does not hear n" + machine;
    }
  },
  /** Nobody reaches it. */
  CUT_OFF {
    @Override
    String strike(NetworkDeviceChaos chaos, DeviceHost host, int machine, Chance chance) {
      for (int each = 1; each <= chaos.machines(); each++) {
        CUT.strike(chaos, host, each, chance);
      }
      return "is cut off from all";
    }
  },
  /** The connections of a machine are reset. */
  RESET {
    @Override
    String strike(NetworkDeviceChaos chaos, DeviceHost host, int machine, Chance chance) {
      host.lines().reset(machine);
      return "loses its connection with n" + machine;
    }
  },
  /** What a machine and the device say to each other takes long. */
  SLOW_WAY {
    @Override
    String strike(NetworkDeviceChaos chaos, DeviceHost host, int machine, Chance chance) {
      host.lines().delay(machine, chance.between(50 * Time.MILLIS, 2 * Time.SECONDS));
      chaos.later(duration(chance), () -> host.lines().delay(machine, 4 * Time.MILLIS));
      return "is far from n" + machine;
    }
  },
  /** kill -9 of the program. */
  KILL {
    @Override
    String strike(NetworkDeviceChaos chaos, DeviceHost host, int machine, Chance chance) {
      host.kill();
      chaos.later(duration(chance), host::start);
      return "is killed";
    }
  },
  /** Power fails. */
  POWER_LOSS {
    @Override
    String strike(NetworkDeviceChaos chaos, DeviceHost host, int machine, Chance chance) {
      host.powerOff();
      chaos.later(duration(chance), host::powerOn);
      return "loses power";
    }
  },
  /** The program stands still for a while. */
  PAUSE {
    @Override
    String strike(NetworkDeviceChaos chaos, DeviceHost host, int machine, Chance chance) {
      host.pause(chance.between(50 * Time.MILLIS, 6 * Time.SECONDS));
      return "stands still";
    }
  },
  /** The host is short of processor time. */
  SLOW {
    @Override
    String strike(NetworkDeviceChaos chaos, DeviceHost host, int machine, Chance chance) {
      host.slowness(chance.between(5 * Time.MILLIS, 500 * Time.MILLIS));
      chaos.later(duration(chance), () -> host.slowness(200 * Time.MICROS));
      return "is busy";
    }
  },
  /** Writes fail. */
  DISK_FAILS {
    @Override
    String strike(NetworkDeviceChaos chaos, DeviceHost host, int machine, Chance chance) {
      host.diskFails(true);
      chaos.later(duration(chance), () -> host.diskFails(false));
      return "cannot write";
    }
  },
  /** Power often fails in the middle of a write. */
  DIES_WRITING {
    @Override
    String strike(NetworkDeviceChaos chaos, DeviceHost host, int machine, Chance chance) {
      host.diesWriting(true);
      chaos.later(duration(chance), () -> host.diesWriting(false));
      return "loses power when it writes";
    }
  },
  /** It comes back with an empty disk. */
  FILE_LOST {
    @Override
    String strike(NetworkDeviceChaos chaos, DeviceHost host, int machine, Chance chance) {
      host.powerOff();
      host.loseFile();
      chaos.later(duration(chance), host::powerOn);
      return "gets a new disk";
    }
  },
  /** It finds a damaged file when it starts again. */
  FILE_DAMAGED {
    @Override
    String strike(NetworkDeviceChaos chaos, DeviceHost host, int machine, Chance chance) {
      host.kill();
      host.damageFile();
      chaos.later(duration(chance), host::start);
      return "has a damaged file";
    }
  };

  abstract String strike(NetworkDeviceChaos chaos, DeviceHost host, int machine, Chance chance);

  private static long duration(Chance chance) {
    return chance.oneIn(3)
        ? chance.between(50 * Time.MILLIS, Time.SECONDS)
        : chance.between(Time.SECONDS, 10 * Time.SECONDS);
  }
}
