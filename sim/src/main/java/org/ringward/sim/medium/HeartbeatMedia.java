package org.ringward.sim.medium;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.ringward.core.config.RegionSettings.Disk;
import org.ringward.core.config.RegionSettings.Region;
import org.ringward.core.config.RegionSettings.Serial;
import org.ringward.core.config.RegionSettings.Unicast;
import org.ringward.core.config.RegionSettings.Witness;
import org.ringward.core.port.Sectors;
import org.ringward.sim.world.Chance;
import org.ringward.sim.world.World;

/** The media of all heartbeat regions of a cluster. */
public final class HeartbeatMedia {
  private final World world;
  private final List<SimulatedRegion> regions = new ArrayList<>();

  /** How the requests of one life of a daemon to its disks end. */
  public interface DiskEnds {
    void read(int disk, long request, byte[] bytes, @Nullable String error);

    void written(int disk, long request, @Nullable String error);
  }

  /**
   * Media for the regions that the settings have.
   *
   * @param chance apart from what the rest of the world draws
   */
  public HeartbeatMedia(
      World world,
      int machines,
      String cluster,
      List<Region> settings,
      Chance chance,
      SimulatedRegion.Receiver receiver) {
    this.world = world;
    for (int number = 0; number < settings.size(); number++) {
      Chance own = chance.fork("region" + number);
      regions.add(
          switch (settings.get(number).medium()) {
            case Serial serial ->
                new SerialLines(world, machines, own, number, serial.baud(), receiver);
            case Disk _ -> new SharedDisk(world, machines, own, cluster);
            case Witness _ -> new ThroughWitness(world, machines, own);
            case Unicast _ -> new Radio(world, machines, own, number, true, receiver);
            default -> new Radio(world, machines, own, number, false, receiver);
          });
    }
  }

  /** The regions in the order of the settings. */
  public List<SimulatedRegion> regions() {
    return regions;
  }

  /** A machine sends a frame; the bytes are copied. */
  public void send(int region, int from, int path, byte[] bytes, int offset, int length) {
    world.trace().fold(bytes, offset, length);
    regions.get(region).send(from, path, Arrays.copyOfRange(bytes, offset, offset + length));
  }

  /** The disks among the regions, for one life of a machine's daemon. */
  public Sectors sectors(int machine, BooleanSupplier alive, DiskEnds ends) {
    SharedDisk.@Nullable Port[] ports = new SharedDisk.@Nullable Port[regions.size()];
    for (int number = 0; number < ports.length; number++) {
      if (regions.get(number) instanceof SharedDisk disk) {
        ports[number] = disk.port(machine, alive, named(number, ends));
      }
    }
    return SharedDisk.sectors(ports);
  }

  private static SharedDisk.Ends named(int number, DiskEnds ends) {
    return new SharedDisk.Ends() {
      @Override
      public void read(long request, byte[] bytes, @Nullable String error) {
        ends.read(number, request, bytes, error);
      }

      @Override
      public void written(long request, @Nullable String error) {
        ends.written(number, request, error);
      }
    };
  }

  /** Everything works again. */
  public void mend() {
    regions.forEach(SimulatedRegion::mend);
  }
}
