package org.ringward.cli.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;

/**
 * Machines without root: three daemons on loopback addresses. A machine is a directory and all
 * processes that carry it in their environment or command line. The service's address is one of
 * this computer's own, on which only one web server can listen.
 */
final class LoopbackLab implements Lab {
  private static final String SERVICE_HOST = "127.0.0.100";
  private static final int SERVICE_PORT = 8080;
  private static final int PORTS_TRIED_MAX = 200;

  private final Workspace workspace;
  private final DemoCluster cluster;
  private final ServiceAddress service;
  private final Set<String> powered = new LinkedHashSet<>();
  private final Map<String, Process> daemons = new LinkedHashMap<>();
  private final Map<String, Integer> pages = new LinkedHashMap<>();
  private final DemoRegions regions;
  private final List<LoopbackSwitch> networks = new ArrayList<>();
  private final int port;

  LoopbackLab(Workspace workspace, DemoCluster cluster) {
    this.workspace = workspace;
    this.cluster = cluster;
    this.service = new ServiceAddress(SERVICE_HOST, freeServicePort());
    this.port = connect();
    this.regions = new DemoRegions(cluster.members(), workspace);
  }

  /** The members of a cluster in this lab. */
  static List<DemoCluster.Member> members() {
    return DemoCluster.members(number -> LoopbackSwitch.address(0, number, number));
  }

  private static int freeServicePort() {
    for (int port = SERVICE_PORT; port < SERVICE_PORT + PORTS_TRIED_MAX; port++) {
      try (ServerSocket socket = new ServerSocket()) {
        socket.bind(new InetSocketAddress(SERVICE_HOST, port));
        return port;
      } catch (IOException _) {
        // taken, the next one
      }
    }
    throw noPort("TCP", SERVICE_HOST);
  }

  /** Switches for all networks on a port that is free at all their addresses; the port. */
  private int connect() {
    int count = cluster.members().size();
    for (int each = DemoCluster.RING_PORT; each < DemoCluster.RING_PORT + PORTS_TRIED_MAX; each++) {
      if (free(each)) {
        try {
          for (int network = 0; network <= DemoRegions.NETWORKS.size(); network++) {
            networks.add(new LoopbackSwitch(network, count, each));
          }
          return each;
        } catch (IOException _) {
          // taken, the next one
          networks.forEach(LoopbackSwitch::close);
          networks.clear();
        }
      }
    }
    throw noPort("UDP", LoopbackSwitch.address(0, 1, 1));
  }

  private boolean free(int port) {
    for (DemoCluster.Member member : cluster.members()) {
      for (int network = 0; network <= DemoRegions.NETWORKS.size(); network++) {
        String address = LoopbackSwitch.address(network, member.id(), member.id());
        try (DatagramSocket _ = new DatagramSocket(new InetSocketAddress(address, port))) {
          // free, the next one
        } catch (IOException _) {
          return false;
        }
      }
    }
    return true;
  }

  private static OperatorException noPort(String protocol, String address) {
    return new OperatorException(
        ExitCode.UNAVAILABLE, "The demo found no free %s port at %s.".formatted(protocol, address));
  }

  @Override
  public List<String> nodes() {
    return cluster.members().stream().map(DemoCluster.Member::name).toList();
  }

  @Override
  public String description() {
    return "three daemons on loopback addresses";
  }

  @Override
  public ServiceAddress service() {
    return service;
  }

  @Override
  public String configuration() {
    return cluster.configurationWithoutAddress(workspace.path("%n/web/nginx.conf").toString());
  }

  @Override
  public void up() {
    for (String node : nodes()) {
      pages.put(node, freePage());
      String directory = workspace.path(node).toString();
      workspace.write(
          node + "/daemon.yaml",
          cluster.daemonSettings(
              node,
              directory + "/state",
              directory + "/run",
              port,
              each -> seen(node, 0, each),
              "127.0.0.1:" + pages.get(node),
              regions.settings(node, port, (network, each) -> seen(node, network, each))));
      workspace.write(
          node + "/web/nginx.conf",
          NginxFile.text(
              node, service.host() + ":" + service.port(), directory + "/web", directory + "/web"));
      powerOn(node);
    }
  }

  /** A free port that no other node was given. */
  private int freePage() {
    int from = pages.values().stream().max(Integer::compare).orElse(PageDoor.PORT);
    return PageDoor.freePort(from + 1);
  }

  @Override
  public String page(String node) {
    return "http://127.0.0.1:" + pages.get(node) + "/";
  }

  @Override
  public Path pageToken(String node) {
    return workspace.path(node + "/state/web-token");
  }

  @Override
  public synchronized void powerOn(String node) {
    if (powered.add(node)) {
      networks.forEach(network -> network.mend(number(node)));
      regions.names().forEach(region -> regions.mend(region, node));
      // What would be in /run: it does not outlive the power.
      Workspace.delete(workspace.path(node + "/run"));
      Workspace.delete(workspace.path(node + "/web/nginx.pid"));
      Workspace.delete(workspace.path(node + "/web/jammed"));
    }
  }

  @Override
  public void jam(String node) {
    workspace.write(node + "/web/jammed", "");
  }

  @Override
  public synchronized void powerOff(String node) {
    Process daemon = daemons.remove(node);
    if (daemon != null) {
      daemon.destroyForcibly();
    }
    if (!Marked.killAll(workspace.path(node))) {
      throw new OperatorException(
          ExitCode.TIMEOUT, "Some processes of %s could not be killed.".formatted(node));
    }
    powered.remove(node);
  }

  @Override
  public synchronized boolean powered(String node) {
    return powered.contains(node);
  }

  @Override
  public void cut(String node) {
    networks.getFirst().cut(number(node));
  }

  @Override
  public void mend(String node) {
    networks.getFirst().mend(number(node));
  }

  @Override
  public List<String> regions() {
    return regions.names();
  }

  @Override
  public void cutRegion(String region, String node) {
    int network = DemoRegions.network(region);
    if (network == 0) {
      regions.cut(region, node);
    } else {
      networks.get(network).cut(number(node));
    }
  }

  @Override
  public void mendRegion(String region, String node) {
    int network = DemoRegions.network(region);
    if (network == 0) {
      regions.mend(region, node);
    } else {
      networks.get(network).mend(number(node));
    }
  }

  private int number(String node) {
    return nodes().indexOf(node) + 1;
  }

  private String seen(String node, int network, DemoCluster.Member member) {
    return LoopbackSwitch.address(network, number(node), member.id());
  }

  @Override
  public synchronized void startDaemon(String node) {
    try {
      daemons.put(
          node,
          Programs.builder(DaemonProgram.line(workspace.path(node + "/daemon.yaml")))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(daemonLog(node).toFile()))
              .start());
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
  }

  @Override
  public synchronized long daemon(String node) {
    Process daemon = daemons.get(node);
    return daemon != null && daemon.isAlive() ? daemon.pid() : 0;
  }

  @Override
  public Path daemonLog(String node) {
    return workspace.path(node + "/daemon.log");
  }

  @Override
  public List<Long> webServers(String node) {
    Long master = master(node);
    List<Long> processes = new ArrayList<>();
    if (master != null) {
      processes.add(master);
      ProcessHandle.of(master)
          .ifPresent(handle -> handle.children().forEach(child -> processes.add(child.pid())));
    }
    return processes;
  }

  /** The web server's first process, null when it does not run. */
  private @Nullable Long master(String node) {
    try {
      String text = Files.readString(workspace.path(node + "/web/nginx.pid")).strip();
      long pid = text.isEmpty() ? 0 : Long.parseLong(text);
      return pid != 0 && Processes.alive(pid) && Processes.name(pid).equals("nginx") ? pid : null;
    } catch (IOException _) {
      return null;
    }
  }

  @Override
  public Activity activity(String node) {
    return master(node) == null ? Activity.NONE : new Activity(true, true);
  }

  @Override
  public Path socket(String node) {
    return workspace.path(node + "/run/ringward.sock");
  }

  @Override
  public List<String> atClient(List<String> command) {
    return command;
  }

  @Override
  public void close() {
    nodes().forEach(this::powerOff);
    networks.forEach(LoopbackSwitch::close);
    regions.close();
  }
}
