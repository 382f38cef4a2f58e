package org.ringward.bench.regions;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.ringward.interop.lab.Lab;
import org.ringward.interop.lab.LabException;
import org.ringward.interop.lab.Machine;
import org.ringward.interop.lab.Patience;
import org.ringward.interop.lab.Processes;
import org.ringward.interop.lab.Programs;

/** Daemons with regions, one on each machine, and a witness on the last where there is one. */
final class Stand implements AutoCloseable {
  private static final String LAUNCHER = System.getProperty("ringward.launcher");
  private static final long UP_SECONDS = 180;
  private static final String CLUSTER = "bench";
  private static final int DISK_BYTES = 4 << 20;

  private final Lab lab;
  private final Row row;
  private final Options options;
  private final Path directory;
  private final List<Process> processes = new ArrayList<>();
  private final @Nullable Lines lines;
  private @Nullable String loop;

  /** Brings all up; returns when each sees all others on all regions. */
  Stand(Path directory, Row row, Options options) throws IOException {
    this.row = row;
    this.options = options;
    this.directory = directory;
    lab = new Lab(directory, options.nodes() + (row.has("witness") ? 1 : 0), 2);
    lines = row.has("serial") ? new Lines(options.nodes()) : null;
    try {
      prepare();
      for (Machine machine : nodes()) {
        start(machine, "daemon", "--config", config(machine));
      }
      awaitAll();
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private List<Machine> nodes() {
    return lab.machines().subList(0, options.nodes());
  }

  private static String config(Machine machine) {
    return machine.directory().resolve("ringward.yaml").toString();
  }

  private void prepare() throws IOException {
    Programs.must(List.of(LAUNCHER, "keygen", directory.resolve("key").toString()));
    String disk = row.has("disk") ? disk() : "";
    for (Machine machine : nodes()) {
      Files.writeString(Path.of(config(machine)), settings(machine, disk));
    }
    if (row.has("disk")) {
      Programs.must(
          List.of(
              LAUNCHER, "region", "format", "--force", "--config", config(lab.machine(1)), disk));
    }
    if (row.has("witness")) {
      enrol();
    }
  }

  /** A loop device past the caches, where the machine has them, else a file. */
  private String disk() throws IOException {
    Path file = directory.resolve("disk");
    Files.write(file, new byte[DISK_BYTES]);
    Programs.Ended made =
        Programs.run(List.of("losetup", "--find", "--show", "--direct-io=on", file.toString()), 10);
    if (!made.ok()) {
      return file.toString();
    }
    loop = made.output();
    return made.output();
  }

  private Machine witness() {
    return lab.machine(options.nodes() + 1);
  }

  private void enrol() {
    String folder = witness().directory().resolve("witness").toString();
    start(witness(), "witness", "run", "--state-dir", folder);
    if (!Patience.await(30, () -> Files.exists(Path.of(folder, "authority.pem")))) {
      throw new LabException("the witness did not start");
    }
    String count = Integer.toString(options.nodes());
    String token =
        Programs.must(
            List.of(
                LAUNCHER, "witness", "token", CLUSTER, "--nodes", count, "--state-dir", folder));
    for (Machine machine : nodes()) {
      List<String> command =
          List.of(
              LAUNCHER,
              "witness",
              "enrol",
              "--config",
              config(machine),
              witness().address(0),
              token);
      Programs.must(machine.inside(command));
    }
  }

  private void start(Machine machine, String... words) {
    List<String> command = new ArrayList<>(List.of(LAUNCHER));
    command.addAll(List.of(words));
    try {
      processes.add(
          Programs.builder(machine.inside(command))
              .redirectErrorStream(true)
              .redirectOutput(machine.directory().resolve(words[0] + ".log").toFile())
              .start());
    } catch (IOException e) {
      throw new LabException("no " + words[0] + " on " + machine.name() + ": " + e, e);
    }
  }

  // ---- settings

  private String settings(Machine machine, String disk) {
    StringBuilder text = new StringBuilder("cluster: " + CLUSTER + "\nnode: " + machine.name());
    text.append("\nnodes:\n");
    for (Machine each : nodes()) {
      text.append(
          "  - {name: %s, id: %d, address: %s}\n"
              .formatted(each.name(), each.number(), each.address(0)));
    }
    if (row.has("witness")) {
      text.append(
          "quorum: {device: {model: witness, net: {host: %s}}}\n".formatted(witness().address(0)));
    }
    text.append(row.kinds().isEmpty() ? "" : "regions:\n");
    for (String kind : row.kinds()) {
      text.append(
          "  - {name: %s, kind: %s, keepalive: %d%s}\n"
              .formatted(kind, kind, options.keepaliveMillis(), more(machine, kind, disk)));
    }
    Path own = machine.directory();
    return text.append(
            """
            paths:
              key_file: %s
              state_dir: %s
              run_dir: %s
              socket: %s
            """
                .formatted(
                    directory.resolve("key"),
                    own.resolve("state"),
                    own.resolve("run"),
                    socket(machine)))
        .toString();
  }

  private String more(Machine machine, String kind, String disk) {
    return switch (kind) {
      case "multicast" -> ", interface: eth1, mcastaddr: 239.9.9.9";
      case "serial" ->
          ", baud: 115200, devices: [%s]"
              .formatted(lines == null ? "" : String.join(", ", lines.devices(machine.number())));
      case "disk" -> ", device: " + disk;
      default -> "";
    };
  }

  private static Path socket(Machine machine) {
    return machine.directory().resolve("sock");
  }

  // ---- what they see

  private void awaitAll() {
    int others = options.nodes() - 1;
    if (!Patience.await(
        UP_SECONDS,
        () -> nodes().stream().allMatch(each -> seen(each) == others * row.kinds().size()))) {
      String found =
          nodes().stream().map(each -> each.name() + ": " + seen(each)).toList().toString();
      throw new LabException("not all see all on " + row.label() + ": " + found);
    }
  }

  /** On how many regions this machine sees the others, all together; -1 when nobody answers. */
  int seen(Machine machine) {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(socket(machine)));
      byte[] body = "{\"verb\":\"regions\",\"options\":{}}".getBytes(StandardCharsets.UTF_8);
      channel.write(ByteBuffer.allocate(4 + body.length).putInt(body.length).put(body).flip());
      String text = reply(channel);
      return text.split("\"state\"\\s*:\\s*\"seen\"", -1).length - 1;
    } catch (IOException _) {
      return -1;
    }
  }

  private static String reply(SocketChannel channel) throws IOException {
    ByteBuffer reply = ByteBuffer.allocate(1 << 20);
    while (reply.position() < 4 || reply.position() < 4 + reply.getInt(0)) {
      if (channel.read(reply) < 0) {
        throw new IOException("the daemon hung up");
      }
    }
    return new String(reply.array(), 4, reply.getInt(0), StandardCharsets.UTF_8);
  }

  /** Whether still all see all. */
  boolean allSeeAll() {
    int others = options.nodes() - 1;
    return nodes().stream().allMatch(each -> seen(each) == others * row.kinds().size());
  }

  // ---- measuring

  /**
   * Of all nodes but the first, which is asked for its allocation: percent of a core, by thread.
   */
  List<Map<String, Double>> percents(Runnable meanwhile) {
    List<Long> daemons = nodes().stream().skip(1).map(Stand::daemon).toList();
    List<ThreadTimes> before = daemons.stream().map(ThreadTimes::of).toList();
    long started = System.nanoTime();
    meanwhile.run();
    double nanos = System.nanoTime() - started;
    List<Map<String, Double>> percents = new ArrayList<>();
    for (int at = 0; at < daemons.size(); at++) {
      Map<String, Double> each = new TreeMap<>();
      ThreadTimes.of(daemons.get(at))
          .since(before.get(at))
          .forEach((name, time) -> each.put(name, 100 * time / nanos));
      percents.add(each);
    }
    return percents;
  }

  private static long daemon(Machine machine) {
    return machine.processes().stream()
        .filter(pid -> Processes.name(pid).equals("java"))
        .findFirst()
        .orElseThrow(() -> new LabException("no daemon runs on " + machine.name()));
  }

  /** Bytes that each of our threads of the first node allocates in so many seconds. */
  Map<String, Long> allocated(int seconds) {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            AllocationProbe.class.getName(),
            Integer.toString(seconds));
    Programs.Ended ended = Programs.run(lab.machine(1).inside(command), seconds + 60);
    if (!ended.ok()) {
      throw new LabException("what is allocated could not be asked: " + ended.output());
    }
    Map<String, Long> allocated = new TreeMap<>();
    for (String line : ended.output().lines().toList()) {
      int space = line.lastIndexOf(' ');
      allocated.put(line.substring(0, space), Long.parseLong(line.substring(space + 1)));
    }
    return allocated;
  }

  @Override
  public void close() {
    lab.close();
    processes.forEach(Processes::killTree);
    if (lines != null) {
      lines.close();
    }
    if (loop != null) {
      Programs.run(List.of("losetup", "--detach", loop), 10);
    }
  }
}
