package org.ringward.core.config;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.NodeSet;

/**
 * Everything a node is told at its start; the cluster's own configuration is the cib. A new setting
 * belongs into the part it is about; a new part is a component here and a line of {@link Builder}.
 *
 * @param clusterName nodes of other clusters are not heard
 * @param nodeName this node
 * @param members all configured nodes, ascending by id, this one included
 * @param configVersion version of the file; a node joins with that of the others only, 0 always
 * @param links how frames travel
 * @param totem the ring's timers and limits
 * @param failoverWithinMillis the longest acceptable time from a fault to the service's return,
 *     from which the ring's times follow; 0 when it was not said
 * @param quorum who may go on after a split
 * @param regions heartbeat regions and ping nodes
 * @param watchdog of this node's machine
 * @param paths where this node finds and keeps its files
 * @param inlineKey the shared key in place of the key file, null when that counts
 * @param daemon nothing to the core
 */
public record NodeSettings(
    String clusterName,
    String nodeName,
    List<Member> members,
    long configVersion,
    LinkSettings links,
    TotemSettings totem,
    long failoverWithinMillis,
    QuorumSettings quorum,
    RegionSettings regions,
    WatchdogSettings watchdog,
    PathSettings paths,
    @Nullable InlineKey inlineKey,
    DaemonSettings daemon) {

  /**
   * @param addresses IP address without port for each link, in the order of the links
   * @param votes 0 or more
   */
  public record Member(int id, String name, List<String> addresses, int votes) {
    public Member {
      addresses = List.copyOf(addresses);
    }

    /** A node with one link. */
    public Member(int id, String name, String address, int votes) {
      this(id, name, List.of(address), votes);
    }

    /** The address on the first link. */
    public String address() {
      return addresses.getFirst();
    }
  }

  /**
   * @param keyFile shared key of the cluster, readable by root only
   * @param stateDir durable files of this node
   * @param runDir volatile files of this node, gone after a boot
   * @param socket local control socket
   * @param ocfRoot usually /usr/lib/ocf
   * @param fenceAgentDirs where fence_* programs are looked for, in order
   */
  public record PathSettings(
      String keyFile,
      String stateDir,
      String runDir,
      String socket,
      String ocfRoot,
      List<String> fenceAgentDirs) {
    /** No files: what a ring inside another program has. */
    public static final PathSettings NONE = new PathSettings("", "", "", "", "", List.of());

    public PathSettings {
      fenceAgentDirs = List.copyOf(fenceAgentDirs);
    }

    /** The same with another key file. */
    public PathSettings withKeyFile(String changed) {
      return new PathSettings(changed, stateDir, runDir, socket, ocfRoot, fenceAgentDirs);
    }

    /** HA_RSCTMP: the daemon creates it at its start. */
    public String agentTemporaryDir() {
      return runDir + "/resource-agents";
    }
  }

  public NodeSettings {
    members = List.copyOf(members);
  }

  /**
   * Settings with the defaults for everything else: no files, regions, watchdog, page.
   *
   * @param members all configured nodes, ascending by id, this one included
   */
  public static Builder builder(String clusterName, String nodeName, List<Member> members) {
    return new Builder(clusterName, nodeName, members);
  }

  /** These settings, to be changed. */
  public Builder toBuilder() {
    return builder(clusterName, nodeName, members)
        .configVersion(configVersion)
        .links(links)
        .totem(totem)
        .failoverWithinMillis(failoverWithinMillis)
        .quorum(quorum)
        .regions(regions)
        .watchdog(watchdog)
        .paths(paths)
        .inlineKey(inlineKey)
        .daemon(daemon);
  }

  /** Whether the cluster needs the shared key. */
  public boolean needsKey() {
    return links.needsKey() || !regions.regions().isEmpty();
  }

  /** The times that follow from the watchdog and the ring. */
  public WatchdogTimes watchdogTimes() {
    return WatchdogTimes.of(watchdog, TotemTimes.of(totem, members.size()));
  }

  /** The ids of all configured nodes. */
  public NodeSet nodeIds() {
    return NodeSet.of(members.stream().mapToInt(Member::id).toArray());
  }

  /** This node's entry. */
  public Member self() {
    return member(nodeName);
  }

  public Member member(String name) {
    return members.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
  }

  public Member member(int id) {
    return members.stream().filter(each -> each.id() == id).findFirst().orElseThrow();
  }

  /** The address of a node on a link, empty when the node or the link is not configured. */
  public String address(int id, int link) {
    List<LinkSettings.Interface> interfaces = links.interfaces();
    for (int at = 0; at < interfaces.size(); at++) {
      if (interfaces.get(at).number() == link) {
        for (Member member : members) {
          if (member.id() == id) {
            return member.addresses().get(at);
          }
        }
      }
    }
    return "";
  }

  /** Settings under construction; each method takes the value of the component of its name. */
  public static final class Builder {
    private final String clusterName;
    private final String nodeName;
    private List<Member> members;
    private long configVersion;
    private LinkSettings links = LinkSettings.DEFAULT;
    private TotemSettings totem = TotemSettings.DEFAULT;
    private long failoverWithinMillis;
    private QuorumSettings quorum = QuorumSettings.DEFAULT;
    private RegionSettings regions = RegionSettings.NONE;
    private WatchdogSettings watchdog = WatchdogSettings.NONE;
    private PathSettings paths = PathSettings.NONE;
    private @Nullable InlineKey inlineKey;
    private DaemonSettings daemon = DaemonSettings.NONE;

    private Builder(String clusterName, String nodeName, List<Member> members) {
      this.clusterName = clusterName;
      this.nodeName = nodeName;
      this.members = members;
    }

    public Builder members(List<Member> value) {
      members = value;
      return this;
    }

    public Builder configVersion(long value) {
      configVersion = value;
      return this;
    }

    public Builder links(LinkSettings value) {
      links = value;
      return this;
    }

    public Builder totem(TotemSettings value) {
      totem = value;
      return this;
    }

    public Builder failoverWithinMillis(long value) {
      failoverWithinMillis = value;
      return this;
    }

    public Builder quorum(QuorumSettings value) {
      quorum = value;
      return this;
    }

    public Builder regions(RegionSettings value) {
      regions = value;
      return this;
    }

    public Builder watchdog(WatchdogSettings value) {
      watchdog = value;
      return this;
    }

    public Builder paths(PathSettings value) {
      paths = value;
      return this;
    }

    public Builder inlineKey(@Nullable InlineKey value) {
      inlineKey = value;
      return this;
    }

    public Builder daemon(DaemonSettings value) {
      daemon = value;
      return this;
    }

    public NodeSettings build() {
      return new NodeSettings(
          clusterName,
          nodeName,
          members,
          configVersion,
          links,
          totem,
          failoverWithinMillis,
          quorum,
          regions,
          watchdog,
          paths,
          inlineKey,
          daemon);
    }
  }
}
