package org.ringward.cli.demo;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The files that make the machines a cluster, written as a person would write them: settings of the
 * daemons with nothing but defaults, and the configuration of the cluster.
 */
final class DemoCluster {
  /** The cluster's name. */
  static final String NAME = "demo";

  /** The port a ring has by default. */
  static final int RING_PORT = 5405;

  private static final int MEMBERS = 3;

  private final List<Member> members;
  private final Workspace workspace;
  private final boolean stockAgent;

  /**
   * @param stockAgent use ocf:heartbeat:nginx as it is, with its second of sleep in each stop
   */
  DemoCluster(List<Member> members, Workspace workspace, boolean stockAgent) {
    this.members = members;
    this.workspace = workspace;
    this.stockAgent = stockAgent;
  }

  /** n1, n2, n3 with the addresses of their numbers 1, 2, 3. */
  static List<Member> members(IntFunction<String> address) {
    return IntStream.rangeClosed(1, MEMBERS)
        .mapToObj(number -> new Member("n" + number, number, address.apply(number)))
        .toList();
  }

  List<Member> members() {
    return members;
  }

  /**
   * The daemon's settings file.
   *
   * @param address the address by which this node reaches a member
   * @param page where the page is served
   * @param regions the list of heartbeat regions, as YAML
   */
  String daemonSettings(
      String node,
      String stateDirectory,
      String runDirectory,
      int ringPort,
      Function<Member, String> address,
      String page,
      String regions) {
    String list =
        members.stream()
            .map(each ->
                "  - {name: %s, id: %d, address: %s}\n"
                    .formatted(each.name(), each.id(), address.apply(each)))
            .collect(Collectors.joining());
    return """
    cluster: %s
    node: %s
    nodes:
    %stotem:
      port: %d
    %sweb:
      listen: "%s"
    paths:
      key_file: %s
      state_dir: %s
      run_dir: %s
      socket: %s/ringward.sock
      ocf_root: %s
      fence_agent_dirs: [%s]
    """
        .formatted(
            NAME,
            node,
            list,
            ringPort,
            regions,
            page,
            workspace.path("key"),
            stateDirectory,
            runDirectory,
            runDirectory,
            workspace.path("ocf"),
            workspace.path("fence"));
  }

  /** The configuration with a virtual address and the web server in one group. */
  String configurationWithAddress(String address, int prefix, String nginxFile) {
    return configuration(
        """
              - primitive: address
                agent: ocf:heartbeat:IPaddr2
                parameters: {ip: %s, cidr_netmask: %d, nic: eth0}
                operations: [{name: monitor, interval: 1s, timeout: 20s}]
        """
            .formatted(address, prefix),
        nginxFile);
  }

  /** The configuration where the web server's address is one of this machine's own. */
  String configurationWithoutAddress(String nginxFile) {
    return configuration("", nginxFile);
  }

  private String configuration(String addressPrimitive, String nginxFile) {
    return """
    resource-defaults:
      resource-stickiness: 100
    resources:
      - group: web
        members:
    %s      - primitive: server
            agent: %s
            parameters: {configfile: "%s"}
            operations: [{name: monitor, interval: 1s, timeout: 20s}]
      - primitive: power
        agent: stonith:fence_ringward_demo
        parameters: {switch: "%s", pcmk_host_list: "%s"}
        operations: [{name: monitor, interval: 60s, timeout: 20s}]
    """
        .formatted(
            addressPrimitive,
            stockAgent ? "ocf:heartbeat:nginx" : "ocf:ringward:nginx",
            nginxFile,
            switchDirectory(),
            members.stream().map(Member::name).collect(Collectors.joining(" ")));
  }

  /** Where the power switch has its pipes. */
  Path switchDirectory() {
    return workspace.path("switch");
  }

  /**
   * @param address of the ring
   */
  record Member(String name, int id, String address) {}
}
