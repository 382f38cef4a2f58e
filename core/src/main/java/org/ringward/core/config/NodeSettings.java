package org.ringward.core.config;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.NodeSet;

/**
 * Everything a node is told at its start; the cluster's own configuration is the cib.
 *
 * @param clusterName nodes of other clusters are not heard
 * @param nodeName this node
 * @param members all configured nodes, ascending by id, this one included
 * @param links how frames travel
 * @param realTime whether the daemon asks for real-time priority; nothing to the core
 * @param configVersion version of the file; a node joins with that of the others only, 0 always
 * @param access who may use the local client interface; nothing to the core
 * @param inlineKey the shared key in place of the key file, null when that counts
 * @param regions heartbeat regions and ping nodes
 * @param watchdog of this node's machine
 * @param failoverWithinMillis the longest acceptable time from a fault to the service's return,
 *     from which the ring's times follow; 0 when it was not said
 * @param web where the page is served; nothing to the core
 * @param log the form of the daemon's log; nothing to the core
 */
public record NodeSettings(
    String clusterName,
    String nodeName,
    List<Member> members,
    LinkSettings links,
    TotemSettings totem,
    QuorumSettings quorum,
    PathSettings paths,
    RealTime realTime,
    long configVersion,
    AccessSettings access,
    @Nullable InlineKey inlineKey,
    RegionSettings regions,
    WatchdogSettings watchdog,
    long failoverWithinMillis,
    WebSettings web,
    LogForm log) {

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
    public PathSettings {
      fenceAgentDirs = List.copyOf(fenceAgentDirs);
    }

    /** HA_RSCTMP: the daemon creates it at its start. */
    public String agentTemporaryDir() {
      return runDir + "/resource-agents";
    }
  }

  public NodeSettings {
    members = List.copyOf(members);
  }

  /** With the usual log. */
  public NodeSettings(
      String clusterName,
      String nodeName,
      List<Member> members,
      LinkSettings links,
      TotemSettings totem,
      QuorumSettings quorum,
      PathSettings paths,
      RealTime realTime,
      long configVersion,
      AccessSettings access,
      @Nullable InlineKey inlineKey,
      RegionSettings regions,
      WatchdogSettings watchdog,
      long failoverWithinMillis,
      WebSettings web) {
    this(
        clusterName,
        nodeName,
        members,
        links,
        totem,
        quorum,
        paths,
        realTime,
        configVersion,
        access,
        inlineKey,
        regions,
        watchdog,
        failoverWithinMillis,
        web,
        LogForm.AUTO);
  }

  /** Without a page. */
  public NodeSettings(
      String clusterName,
      String nodeName,
      List<Member> members,
      LinkSettings links,
      TotemSettings totem,
      QuorumSettings quorum,
      PathSettings paths,
      RealTime realTime,
      long configVersion,
      AccessSettings access,
      @Nullable InlineKey inlineKey,
      RegionSettings regions,
      WatchdogSettings watchdog,
      long failoverWithinMillis) {
    this(
        clusterName,
        nodeName,
        members,
        links,
        totem,
        quorum,
        paths,
        realTime,
        configVersion,
        access,
        inlineKey,
        regions,
        watchdog,
        failoverWithinMillis,
        WebSettings.NONE);
  }

  /** Without regions and watchdog. */
  public NodeSettings(
      String clusterName,
      String nodeName,
      List<Member> members,
      LinkSettings links,
      TotemSettings totem,
      QuorumSettings quorum,
      PathSettings paths,
      RealTime realTime,
      long configVersion,
      AccessSettings access,
      @Nullable InlineKey inlineKey) {
    this(
        clusterName,
        nodeName,
        members,
        links,
        totem,
        quorum,
        paths,
        realTime,
        configVersion,
        access,
        inlineKey,
        RegionSettings.NONE,
        WatchdogSettings.NONE,
        0,
        WebSettings.NONE);
  }

  /** With a key file, for root alone, without version. */
  public NodeSettings(
      String clusterName,
      String nodeName,
      List<Member> members,
      LinkSettings links,
      TotemSettings totem,
      QuorumSettings quorum,
      PathSettings paths,
      RealTime realTime) {
    this(
        clusterName,
        nodeName,
        members,
        links,
        totem,
        quorum,
        paths,
        realTime,
        0,
        AccessSettings.NONE,
        null,
        RegionSettings.NONE,
        WatchdogSettings.NONE,
        0,
        WebSettings.NONE);
  }

  /** The same with other regions. */
  public NodeSettings withRegions(RegionSettings changed) {
    return new NodeSettings(
        clusterName,
        nodeName,
        members,
        links,
        totem,
        quorum,
        paths,
        realTime,
        configVersion,
        access,
        inlineKey,
        changed,
        watchdog,
        failoverWithinMillis,
        web,
        log);
  }

  /** With the defaults for links and real-time priority. */
  public NodeSettings(
      String clusterName,
      String nodeName,
      List<Member> members,
      TotemSettings totem,
      QuorumSettings quorum,
      PathSettings paths) {
    this(clusterName, nodeName, members, LinkSettings.DEFAULT, totem, quorum, paths, RealTime.AUTO);
  }

  /** Whether the cluster needs the shared key. */
  public boolean needsKey() {
    return links.needsKey() || !regions.regions().isEmpty();
  }

  /** The same with another watchdog. */
  public NodeSettings withWatchdog(WatchdogSettings changed) {
    return new NodeSettings(
        clusterName,
        nodeName,
        members,
        links,
        totem,
        quorum,
        paths,
        realTime,
        configVersion,
        access,
        inlineKey,
        regions,
        changed,
        failoverWithinMillis,
        web,
        log);
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
}
