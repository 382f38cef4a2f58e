package org.ringward.sim.faults;

import org.ringward.sim.medium.QuorumPlatter;
import org.ringward.sim.world.Chance;
import org.ringward.sim.world.Time;

/** What goes wrong with a quorum disk; each strikes one machine, or all, and says what it did. */
enum QuorumDiskFault {
  /** Requests of a machine do not end for a while. */
  HANG {
    @Override
    String strike(QuorumPlatter disk, int machine, Chance chance) {
      disk.hangs(machine, true);
      return "hangs for n" + machine;
    }
  },
  /** Requests of a machine fail. */
  ERRORS {
    @Override
    String strike(QuorumPlatter disk, int machine, Chance chance) {
      disk.fails(machine, true);
      return "fails for n" + machine;
    }
  },
  /** Requests of a machine take long. */
  SLOW {
    @Override
    String strike(QuorumPlatter disk, int machine, Chance chance) {
      disk.delay(machine, chance.between(100 * Time.MILLIS, 2 * Time.SECONDS));
      return "is slow for n" + machine;
    }
  },
  /** What a machine reads is damaged. */
  TORN {
    @Override
    String strike(QuorumPlatter disk, int machine, Chance chance) {
      disk.tears(machine, true);
      return "gives torn blocks to n" + machine;
    }
  },
  /** A machine sees what the others wrote once, and its own blocks as they are. */
  OLD {
    @Override
    String strike(QuorumPlatter disk, int machine, Chance chance) {
      disk.showsOld(machine, true);
      return "shows old blocks to n" + machine;
    }
  },
  /** The disk becomes zeros for all. */
  ZEROS {
    @Override
    String strike(QuorumPlatter disk, int machine, Chance chance) {
      disk.zeros();
      return "becomes zeros";
    }
  },
  /** Somebody formats the disk while it is used. */
  FORMAT {
    @Override
    String strike(QuorumPlatter disk, int machine, Chance chance) {
      disk.format();
      return "is formatted anew";
    }
  };

  abstract String strike(QuorumPlatter disk, int machine, Chance chance);
}
