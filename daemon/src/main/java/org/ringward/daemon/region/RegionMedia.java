package org.ringward.daemon.region;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.config.DeviceSettings;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.config.RegionSettings.Broadcast;
import org.ringward.core.config.RegionSettings.Disk;
import org.ringward.core.config.RegionSettings.Multicast;
import org.ringward.core.config.RegionSettings.Ping;
import org.ringward.core.config.RegionSettings.Region;
import org.ringward.core.config.RegionSettings.Serial;
import org.ringward.core.config.RegionSettings.Unicast;
import org.ringward.core.config.RegionSettings.Witness;
import org.ringward.core.port.Echoes;
import org.ringward.core.port.Heartbeats;
import org.ringward.core.port.Sectors;
import org.ringward.ring.net.EchoSocket;
import org.ringward.ring.net.HeartbeatSocket;

/**
 * The media of all regions of this node, for the loop's thread. Nobody is woken when a heartbeat
 * arrives: it is enough to look some times in each keepalive, and costs less.
 */
public final class RegionMedia implements Heartbeats, Sectors, Echoes, AutoCloseable {
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final int LOOKS_PER_KEEPALIVE = 10;
  private static final long LOOK_MOST = 100 * NANOS_PER_MILLI;

  private final List<RegionMedium> media = new ArrayList<>();
  private final RegionMedium.Hearer[] hearers;
  private final long lookNanos;
  private final @Nullable DiskWorker[] disks;
  private final DiskWorker.Ends ends = new Ends();
  private final List<EchoHost> echoHosts = new ArrayList<>();
  private @Nullable Sink sink;
  private long nextLook;

  /** Takes what arrived on a region. */
  public interface Sink {
    void heartbeat(int region, int path, byte[] bytes, int offset, int length, long nowNanos);

    /** As core.node.Node has it. */
    void sectorsRead(
        int disk, long request, byte[] bytes, int length, @Nullable String error, long nowNanos);

    /** As core.node.Node has it. */
    void sectorsWritten(int disk, long request, @Nullable String error, long nowNanos);

    /** As core.node.Node has it. */
    void echoed(int host, int number, long nowNanos);
  }

  private RegionMedia(NodeSettings settings) {
    List<Region> regions = settings.regions().regions();
    long look = LOOK_MOST;
    DeviceSettings.Disk quorumDisk = settings.quorum().device().disk();
    disks = new @Nullable DiskWorker[regions.size() + (quorumDisk == null ? 0 : 1)];
    for (int number = 0; number < regions.size(); number++) {
      Region region = regions.get(number);
      media.add(medium(number, region, settings.self().id()));
      look = Math.min(look, region.times().keepalive() * NANOS_PER_MILLI / LOOKS_PER_KEEPALIVE);
    }
    for (Ping ping : settings.regions().pings()) {
      ping.hosts().forEach(host -> echoHosts.add(new EchoHost(host)));
      look = Math.min(look, ping.interval() * NANOS_PER_MILLI / LOOKS_PER_KEEPALIVE);
    }
    if (quorumDisk != null) {
      disks[regions.size()] = new DiskWorker(regions.size(), quorumDisk.device());
      look = Math.min(look, quorumDisk.interval() * NANOS_PER_MILLI / LOOKS_PER_KEEPALIVE);
    }
    lookNanos = look;
    hearers = new RegionMedium.Hearer[regions.size()];
    for (int region = 0; region < hearers.length; region++) {
      int number = region;
      hearers[region] = (path, bytes, offset, length) -> heard(number, path, bytes, offset, length);
    }
    nextLook =
        settings.regions().isEmpty() && quorumDisk == null ? Long.MAX_VALUE : System.nanoTime();
  }

  /** Opens what can be opened; the rest is trouble of its region. */
  public static RegionMedia open(NodeSettings settings) {
    return new RegionMedia(settings);
  }

  private RegionMedium medium(int number, Region region, int selfId) {
    return switch (region.medium()) {
      case Unicast unicast -> new UdpMedium(() -> HeartbeatSocket.open(unicast, selfId));
      case Multicast multicast -> new UdpMedium(() -> HeartbeatSocket.open(multicast));
      case Broadcast broadcast -> new UdpMedium(() -> HeartbeatSocket.open(broadcast));
      case Serial serial -> new SerialMedium(serial);
      case Witness _ -> new WitnessMedium();
      case Disk disk -> {
        DiskWorker worker = new DiskWorker(number, disk.device());
        disks[number] = worker;
        yield new DiskMedium(worker);
      }
    };
  }

  /** Who takes what arrives; once, before the loop runs. */
  public void deliverTo(Sink taker) {
    sink = taker;
  }

  private void heard(int region, int path, byte[] bytes, int offset, int length) {
    Sink taker = sink;
    if (taker != null) {
      taker.heartbeat(region, path, bytes, offset, length, System.nanoTime());
    }
  }

  /** Looks for what has arrived, when it is time to. */
  public void turn(long now) {
    if (now - nextLook < 0 || (media.isEmpty() && echoHosts.isEmpty() && disks.length == 0)) {
      return;
    }
    nextLook = now + lookNanos;
    for (int region = 0; region < hearers.length; region++) {
      media.get(region).receive(hearers[region]);
    }
    for (int number = 0; number < disks.length; number++) {
      DiskWorker disk = disks[number];
      if (disk != null) {
        disk.drain(ends);
      }
    }
    for (int host = 0; host < echoHosts.size(); host++) {
      takeEchoes(host);
    }
  }

  private void takeEchoes(int host) {
    Sink taker = sink;
    int number = echoHosts.get(host).receive();
    while (taker != null && number != EchoSocket.NOTHING) {
      taker.echoed(host, number, System.nanoTime());
      number = echoHosts.get(host).receive();
    }
  }

  /** When {@link #turn} is needed next, Long.MAX_VALUE for never. */
  public long nextDeadline() {
    return nextLook;
  }

  @Override
  public void send(int region, int path, byte[] frame, int offset, int length) {
    media.get(region).send(path, frame, offset, length);
  }

  @Override
  public @Nullable String trouble(int region) {
    return media.get(region).trouble();
  }

  @Override
  public void close() {
    media.forEach(RegionMedium::close);
    if (disks.length > media.size()) {
      DiskWorker quorumDisk = disks[media.size()];
      if (quorumDisk != null) {
        quorumDisk.close();
      }
    }
    echoHosts.forEach(EchoHost::close);
  }

  @Override
  public void ask(int host, int number) {
    echoHosts.get(host).ask(number);
  }

  @Override
  public @Nullable String echoTrouble(int host) {
    return echoHosts.get(host).trouble();
  }

  @Override
  public boolean read(int disk, long request, long position, int length) {
    DiskWorker worker = disks[disk];
    return worker != null && worker.read(request, position, length);
  }

  @Override
  public boolean write(
      int disk, long request, long position, byte[] bytes, int offset, int length) {
    DiskWorker worker = disks[disk];
    return worker != null && worker.write(request, position, bytes, offset, length);
  }

  private final class Ends implements DiskWorker.Ends {
    @Override
    public void read(int disk, long request, byte[] bytes, int length, @Nullable String error) {
      Sink taker = sink;
      if (taker != null) {
        taker.sectorsRead(disk, request, bytes, length, error, System.nanoTime());
      }
    }

    @Override
    public void written(int disk, long request, @Nullable String error) {
      Sink taker = sink;
      if (taker != null) {
        taker.sectorsWritten(disk, request, error, System.nanoTime());
      }
    }
  }
}
