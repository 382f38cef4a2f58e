package org.ringward.cli.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;

/**
 * Machines as namespaces on a bridge that lives in a namespace, too: nothing touches the networks
 * of the host, and two demos at once do not see each other. All processes live in the process id
 * namespace of the switch, whose first process ends with the demo; nothing is left to clean up.
 */
final class NamespaceLab implements Lab {
  private static final String NETWORK = "10.88.0.";
  private static final int PREFIX = 24;
  private static final ServiceAddress SERVICE = new ServiceAddress(NETWORK + "100", 80);

  private final Workspace workspace;
  private final DemoCluster cluster;
  private final Map<String, Machine> machines = new LinkedHashMap<>();
  private final Machine client;
  private @Nullable Process switchProcess;
  private @Nullable Cables cables;
  private long switchPid;

  NamespaceLab(Workspace workspace, DemoCluster cluster) {
    this.workspace = workspace;
    this.cluster = cluster;
    for (DemoCluster.Member member : cluster.members()) {
      machines.put(member.name(), machine(member.name(), member.address()));
    }
    client = machine("client", NETWORK + "200");
  }

  /** The members of a cluster in this lab. */
  static List<DemoCluster.Member> members() {
    return DemoCluster.members(number -> NETWORK + (10 + number));
  }

  private Machine machine(String name, String address) {
    Path script = workspace.path("machine.sh");
    return new Machine(name, address + "/" + PREFIX, workspace.path(name), script);
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
              DemoCluster.Member::address));
      workspace.write(
          member.name() + "/nginx.conf",
          NginxFile.text(member.name(), "80", "/run/ringward-demo", "/var/log/nginx"));
    }
    workspace.write("client/README", "The machine that watches the service.\n");
    startSwitch();
    nodes().forEach(this::powerOn);
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
    machine(node).boot(switchPid, cables());
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
    cables().cut(node);
    cables().awaitCut(node);
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
  public List<String> atClient(List<String> command) {
    return client.inside(command);
  }

  /** A command line that runs the command on the machine. */
  List<String> inside(String node, List<String> command) {
    return machine(node).inside(command);
  }

  @Override
  public void close() {
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
