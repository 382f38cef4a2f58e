package org.ringward.core.config;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The heartbeat regions and the ping nodes of a cluster, in the order of the file. All nodes have
 * the same ones by the same names; devices and interfaces may differ.
 */
public record RegionSettings(List<Region> regions, List<Ping> pings) {
  public static final RegionSettings NONE = new RegionSettings(List.of(), List.of());

  /** As many as a node has bits for. */
  public static final int REGIONS_MOST = 16;

  /** Hosts of all ping entries together. */
  public static final int PING_HOSTS_MOST = 32;

  public RegionSettings {
    regions = List.copyOf(regions);
    pings = List.copyOf(pings);
  }

  /** Whether the cluster has neither. */
  public boolean isEmpty() {
    return regions.isEmpty() && pings.isEmpty();
  }

  /** One way to notice that nodes are alive. */
  public record Region(String name, Times times, Medium medium) {}

  /**
   * Heartbeat's times, in milliseconds.
   *
   * @param keepalive between two heartbeats
   * @param deadtime of silence until a node is lost on the region
   * @param warntime of silence until that is told
   * @param initdead after the own start until a node that was never heard is lost
   */
  public record Times(int keepalive, int deadtime, int warntime, int initdead) {}

  /** What carries a region's heartbeats. */
  public sealed interface Medium {
    /** The kind's name in the node file. */
    String kind();

    /** Where it is, in a few words. */
    String where();
  }

  /**
   * UDP to each node.
   *
   * @param addresses of all nodes by their ids
   */
  public record Unicast(int port, SortedMap<Integer, String> addresses) implements Medium {
    public Unicast {
      addresses = Collections.unmodifiableSortedMap(new TreeMap<>(addresses));
    }

    @Override
    public String kind() {
      return "unicast";
    }

    @Override
    public String where() {
      return "udp port " + port;
    }
  }

  /**
   * UDP to a multicast group.
   *
   * @param device the network interface of this node
   * @param ttl how many routers it may pass, plus one
   */
  public record Multicast(String group, int port, String device, int ttl) implements Medium {
    @Override
    public String kind() {
      return "multicast";
    }

    @Override
    public String where() {
      return device + " " + group + " port " + port;
    }
  }

  /**
   * UDP to everybody on a network.
   *
   * @param device the network interface of this node
   * @param v4 to the interface's broadcast address; else to all nodes of IPv6 (ff02::1)
   */
  public record Broadcast(int port, String device, boolean v4) implements Medium {
    @Override
    public String kind() {
      return "broadcast";
    }

    @Override
    public String where() {
      return device + " port " + port;
    }
  }

  /**
   * Serial lines, each to one other node; heartbeats are passed on from line to line.
   *
   * @param devices of this node
   */
  public record Serial(List<String> devices, int baud) implements Medium {
    public Serial {
      devices = List.copyOf(devices);
    }

    @Override
    public String kind() {
      return "serial";
    }

    @Override
    public String where() {
      return String.join(", ", devices) + " at " + baud + " baud";
    }
  }

  /**
   * A disk that all nodes share.
   *
   * @param device block device or file
   * @param sbd whether the disk begins with the slots of sbd, which are left alone
   */
  public record Disk(String device, boolean sbd) implements Medium {
    @Override
    public String kind() {
      return "disk";
    }

    @Override
    public String where() {
      return sbd ? device + " (sbd)" : device;
    }
  }

  /** The network witness, which passes heartbeats on between the nodes. */
  public record Witness() implements Medium {
    @Override
    public String kind() {
      return "witness";
    }

    @Override
    public String where() {
      return "through the network witness";
    }
  }

  /**
   * Hosts outside the cluster that show whether a node is connected; never whether a node is alive.
   *
   * @param hosts addresses
   * @param interval between two questions, milliseconds
   * @param deadping of silence until it is taken for unreachable, milliseconds
   * @param group whether it is a ping group of Heartbeat: counts once, while any host answers;
   *     otherwise each host counts
   */
  public record Ping(String name, List<String> hosts, int interval, int deadping, boolean group) {
    public Ping {
      hosts = List.copyOf(hosts);
    }
  }
}
