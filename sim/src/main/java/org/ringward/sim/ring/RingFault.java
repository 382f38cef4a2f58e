package org.ringward.sim.ring;

import java.util.Locale;
import org.ringward.sim.evs.Nodes;
import org.ringward.sim.medium.Lan;
import org.ringward.sim.world.Chance;
import org.ringward.sim.world.Time;

/**
 * Something that goes wrong at a time, decided before the run.
 *
 * @param number tells it apart from the others of the run, from 1 on
 * @param node whom it hits, for some kinds with another one
 * @param side nodes of one side of a cut, as {@link Nodes}
 * @param nanos how long it lasts
 * @param degree how bad it is; what it means depends on the kind
 */
public record RingFault(
    int number, long atNanos, Kind kind, int node, int other, long side, long nanos, int degree) {

  /** What can go wrong. */
  public enum Kind {
    /** kill -9; started again later. The kernel refuses datagrams meanwhile. */
    KILL {
      @Override
      void strike(RingWorld world, RingFault fault) {
        world.host(fault.node).kill();
        world.later(fault.nanos, () -> world.host(fault.node).start());
      }
    },
    /** As KILL, and the ring id file is lost. */
    KILL_WITHOUT_RING_ID {
      @Override
      void strike(RingWorld world, RingFault fault) {
        world.host(fault.node).kill();
        world.host(fault.node).loseRingId(0);
        world.later(fault.nanos, () -> world.host(fault.node).start());
      }
    },
    /** As KILL, and an older ring id file comes back, from a backup. */
    KILL_WITH_OLD_RING_ID {
      @Override
      void strike(RingWorld world, RingFault fault) {
        world.host(fault.node).kill();
        world.host(fault.node).loseRingId(fault.degree);
        world.later(fault.nanos, () -> world.host(fault.node).start());
      }
    },
    /** The process says farewell and ends; started again later. */
    LEAVE {
      @Override
      void strike(RingWorld world, RingFault fault) {
        world.host(fault.node).leave();
        world.later(fault.nanos, () -> world.host(fault.node).start());
      }
    },
    /** The machine is gone without a trace, and comes back later. */
    POWER_LOSS {
      @Override
      void strike(RingWorld world, RingFault fault) {
        world.host(fault.node).powerOff();
        world.later(fault.nanos, () -> world.host(fault.node).start());
      }
    },
    /** All power fails at once. */
    BLACKOUT {
      @Override
      void strike(RingWorld world, RingFault fault) {
        for (int node = 1; node <= world.nodes(); node++) {
          RingHost host = world.host(node);
          host.powerOff();
          world.later(fault.nanos * node, host::start);
        }
      }
    },
    /** The process gets no turns for a while; clocks go on. */
    PAUSE {
      @Override
      void strike(RingWorld world, RingFault fault) {
        world.host(fault.node).pause(fault.nanos);
      }
    },
    /** The network falls in two. */
    PARTITION {
      @Override
      void strike(RingWorld world, RingFault fault) {
        world.cut(fault.side, true, true);
        world.later(fault.nanos, world::mend);
      }
    },
    /** One side is not heard by the other, but hears it. */
    ONE_WAY {
      @Override
      void strike(RingWorld world, RingFault fault) {
        world.cut(fault.side, true, false);
        world.later(fault.nanos, world::mend);
      }
    },
    /** One node does not reach another one, or on one link. */
    CABLE {
      @Override
      void strike(RingWorld world, RingFault fault) {
        world.cable(fault, true);
        world.later(fault.nanos, () -> world.cable(fault, false));
      }
    },
    /** One link fails for all. */
    LINK_DOWN {
      @Override
      void strike(RingWorld world, RingFault fault) {
        world.link(fault.degree, true);
        world.later(fault.nanos, () -> world.link(fault.degree, false));
      }
    },
    /** What one node sends to another is held back and comes all at once. */
    CLOG {
      @Override
      void strike(RingWorld world, RingFault fault) {
        world.lan().clog(fault.node, fault.other, world.now() + fault.nanos);
      }
    },
    /** The whole network is bad for a while: degree is the loss in percent. */
    STORM {
      @Override
      void strike(RingWorld world, RingFault fault) {
        world
            .lan()
            .quality(
                new Lan.Quality(
                    100 * Time.MICROS,
                    Time.MILLIS * (1 + fault.degree / 2),
                    fault.degree * 10_000L,
                    fault.degree * 2_000L,
                    0,
                    fault.degree * 100L));
        world.later(fault.nanos, world::usualNetwork);
      }
    },
    /** A node is told that others refuse its datagrams, which is not true. */
    FORGED_REFUSALS {
      @Override
      void strike(RingWorld world, RingFault fault) {
        for (int i = 0; i < fault.degree; i++) {
          world.later(
              fault.nanos * i / fault.degree, () -> world.host(fault.node).refused(0, fault.other));
        }
      }
    },
    /** A node is slow: each turn takes up to degree milliseconds. */
    BUSY {
      @Override
      void strike(RingWorld world, RingFault fault) {
        world.host(fault.node).slowness(fault.degree * Time.MILLIS);
        world.later(fault.nanos, () -> world.host(fault.node).slowness(world.plan().turnNanos()));
      }
    },
    /** A node sends degree messages at once. */
    BURST {
      @Override
      void strike(RingWorld world, RingFault fault) {
        world.host(fault.node).burst(fault.degree, 0);
      }
    },
    /** A node is taken out of the others' node lists while all run, and put in again later. */
    NODE_LIST {
      @Override
      void strike(RingWorld world, RingFault fault) {
        world.takeOut(fault);
      }
    },
    /** A node sends a message of degree bytes. */
    LARGE_MESSAGE {
      @Override
      void strike(RingWorld world, RingFault fault) {
        world.host(fault.node).burst(1, fault.degree);
      }
    };

    /** Does it. */
    abstract void strike(RingWorld world, RingFault fault);
  }

  /** Draws one for that many nodes. */
  static RingFault draw(int number, long atNanos, Kind kind, int nodes, int links, Chance chance) {
    int node = chance.between(1, nodes);
    int other = 1 + (node - 1 + chance.between(1, Math.max(1, nodes - 1))) % nodes;
    long side = chance.between(1, (1L << nodes) - 2) << 1;
    long nanos =
        chance.oneIn(3)
            ? chance.between(2 * Time.MILLIS, 150 * Time.MILLIS)
            : chance.between(100 * Time.MILLIS, 1500 * Time.MILLIS);
    int degree =
        switch (kind) {
          case STORM -> chance.oneIn(3) ? chance.between(20, 50) : chance.between(1, 20);
          case BUSY -> chance.between(1, 40);
          case BURST -> chance.between(20, 400);
          case LARGE_MESSAGE ->
              nodes <= 5 && chance.oneIn(4)
                  ? chance.between(200_000, 1_500_000)
                  : chance.between(5_000, 150_000);
          case FORGED_REFUSALS -> chance.between(1, 8);
          case LINK_DOWN, CABLE -> chance.between(0, links - 1);
          default -> chance.between(1, 100);
        };
    return new RingFault(number, atNanos, kind, node, other, side, nanos, degree);
  }

  /** For the story. */
  public String text() {
    String whom =
        switch (kind) {
          case PARTITION, ONE_WAY -> Nodes.text(side);
          case STORM -> degree + " % loss";
          case BLACKOUT -> "all";
          case LINK_DOWN -> "link " + degree;
          case CABLE, CLOG, FORGED_REFUSALS -> "n" + node + ", n" + other;
          default -> "n" + node;
        };
    return String.format(
        Locale.ROOT,
        "fault %d: %s %s for %d ms",
        number,
        kind.name().toLowerCase(Locale.ROOT).replace('_', ' '),
        whom,
        nanos / Time.MILLIS);
  }
}
