package org.ringward.cli.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;

/**
 * Machines as namespaces on a bridge that lives in a namespace, too: nothing touches the networks
 * of the host, and two demos at once do not see each other. All processes live in the process id
 * namespace of the switch, whose first process ends with the demo; nothing is left to clean up.
 */
final class NamespaceLab implements Lab {
  private static final List<String> NETWORKS = List.of("10.88.0.", "10.89.0.", "10.90.0.");
  private static final String NETWORK = NETWORKS.getFirst();
  private static final int PREFIX = 24;
  private static final int REGION_PORT = 694;
  private static final ServiceAddress SERVICE = new ServiceAddress(NETWORK + "100", 80);

  private final Workspace workspace;
  private final DemoCluster cluster;
  private final Map<String, Machine> machines = new LinkedHashMap<>();
  private final Map<String, PageDoor> doors = new LinkedHashMap<>();
  private final Machine client;
  private final DemoRegions regions;
  private @Nullable Process switchProcess;
  private @Nullable Cables cables;
  private long switchPid;

  NamespaceLab(Workspace workspace, DemoCluster cluster) {
    this.workspace = workspace;
    this.cluster = cluster;
    for (DemoCluster.Member member : cluster.members()) {
      List<String> addresses =
          IntStream.range(0, NETWORKS.size()).mapToObj(each -> address(each, member)).toList();
      machines.put(member.name(), machine(member.name(), addresses));
    }
    client = machine("client", List.of(NETWORK + "200"));
    regions = new DemoRegions(cluster.members(), workspace);
  }

  /** The members of a cluster in this lab. */
  static List<DemoCluster.Member> members() {
    return DemoCluster.members(number -> NETWORK + (10 + number));
  }

  private static String address(int network, DemoCluster.Member member) {
    return NETWORKS.get(network) + (10 + member.id());
  }

  private Machine machine(String name, List<String> addresses) {
    Path script = workspace.path("machine.sh");
    List<String> prefixed = addresses.stream().map(each -> each + "/" + PREFIX).toList();
    return new Machine(name, prefixed, workspace.path(name), script);
  }

  /** Whether this process may make the namespaces. */
  static boolean possible() {
    return Programs.run(
                List.of("unshare", "-n", "-m", "-u", "-i", "-p", "--fork", "--mount-proc", "true"),
                5)
            .exitCode()
        == 0;
  }

  @Override
  public List<String> nodes() {
    return List.copyOf(machines.keySet());
  }

  @Override
  public String description() {
    return "three machines and a client as network namespaces on a bridge of their own";
  }

  @Override
  public ServiceAddress service() {
    return SERVICE;
  }

  @Override
  public String configuration() {
    return cluster.configurationWithAddress(
        SERVICE.host(), PREFIX, "/run/ringward-demo/nginx.conf");
  }

  @Override
  public void up() {
    for (DemoCluster.Member member : cluster.members()) {
      String directory = workspace.path(member.name()).toString();
      workspace.write(
          member.name() + "/daemon.yaml",
          cluster.daemonSettings(
              member.name(),
              directory + "/state",
              "/run/ringward",
              DemoCluster.RING_PORT,
              DemoCluster.Member::address,
              "127.0.0.1:" + PageDoor.PORT,
              regions.settings(member.name(), REGION_PORT, NamespaceLab::address)));
      workspace.write(
          member.name() + "/nginx.conf",
          NginxFile.text(member.name(), "80", "/run/ringward-demo", "/var/log/nginx"));
    }
    workspace.write("client/README", "The machine that watches the service.\n");
    startSwitch();
    nodes().forEach(this::powerOn);
    nodes()
        .forEach(node -> doors.put(node, PageDoor.open(command -> machine(node).besides(command))));
    client.boot(switchPid, cables());
  }

  private void startSwitch() {
    List<String> command =
        List.of(
            "unshare",
            "--mount",
            "--net",
            "--pid",
            "--fork",
            "--kill-child",
            "--propagation",
            "private",
            "sh",
            workspace.path("switch.sh").toString());
    try {
      Process process =
          Programs.builder(command)
              .redirectInput(ProcessBuilder.Redirect.PIPE)
              .redirectError(workspace.path("switch.log").toFile())
              .start();
      switchProcess = process;
      BufferedReader output = process.inputReader();
      if (!"ready".equals(output.readLine())) {
        throw new OperatorException(
            ExitCode.OS_ERROR,
            "The demo's switch did not start; %s says why."
                .formatted(workspace.path("switch.log")));
      }
      switchPid = process.children().mapToLong(ProcessHandle::pid).findFirst().orElseThrow();
      cables = new Cables(switchPid, workspace.path("cables.log"));
    } catch (IOException exception) {
      throw new OperatorException(
          ExitCode.OS_ERROR, "The demo's switch did not start: " + exception.getMessage());
    }
  }

  private Cables cables() {
    return Objects.requireNonNull(cables, "the switch runs");
  }

  private Machine machine(String node) {
    return Objects.requireNonNull(machines.get(node), node);
  }

  @Override
  public void powerOn(String node) {
    regions.names().stream()
        .filter(region -> DemoRegions.network(region) == 0)
        .forEach(region -> regions.mend(region, node));
    machine(node).boot(switchPid, cables());
  }

  @Override
  public void jam(String node) {
    Programs.must(machine(node).inside(List.of("touch", "/run/ringward-demo/jammed")));
  }

  @Override
  public void powerOff(String node) {
    machine(node).powerOff(cables());
  }

  @Override
  public boolean powered(String node) {
    return machine(node).first() != 0;
  }

  @Override
  public void cut(String node) {
    cut(node, 0);
  }

  @Override
  public void mend(String node) {
    cables().mend(node, 0);
  }

  private void cut(String node, int network) {
    cables().cut(node, network);
    cables().awaitCut(node, network);
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
    } else if (powered(node)) {
      cut(node, network);
    }
  }

  @Override
  public void mendRegion(String region, String node) {
    int network = DemoRegions.network(region);
    if (network == 0) {
      regions.mend(region, node);
    } else if (powered(node)) {
      cables().mend(node, network);
    }
  }

  @Override
  public void startDaemon(String node) {
    Path settings = workspace.path(node + "/daemon.yaml");
    machine(node).startDaemon(DaemonProgram.line(settings));
  }

  @Override
  public long daemon(String node) {
    return machine(node).daemon();
  }

  @Override
  public Path daemonLog(String node) {
    return machine(node).daemonLog();
  }

  @Override
  public List<Long> webServers(String node) {
    return machine(node).processes().stream()
        .filter(pid -> Processes.name(pid).equals("nginx"))
        .sorted(Comparator.comparingLong(Processes::innermost))
        .toList();
  }

  @Override
  public Activity activity(String node) {
    return machine(node).activity(SERVICE.host(), SERVICE.port());
  }

  @Override
  public Path socket(String node) {
    return Path.of("/proc/" + machine(node).first() + "/root/run/ringward/ringward.sock");
  }

  @Override
  public String page(String node) {
    PageDoor door = doors.get(node);
    return door == null ? "" : door.address();
  }

  @Override
  public Path pageToken(String node) {
    return workspace.path(node + "/state/web-token");
  }

  @Override
  public List<String> atClient(List<String> command) {
    return client.inside(command);
  }

  /** A command line that runs the command on the machine. */
  List<String> inside(String node, List<String> command) {
    return machine(node).inside(command);
  }

  @Override
  public void close() {
    doors.values().forEach(PageDoor::close);
    regions.close();
    if (cables != null) {
      cables.close();
    }
    if (switchProcess != null) {
      // The kernel ends every process of every machine with the switch's first one.
      Processes.kill(switchPid);
      Patience.await(10_000_000_000L, 5, () -> switchPid == 0 || !Processes.alive(switchPid));
      switchProcess.destroyForcibly();
    }
  }
}
