package org.ringward.bench.ring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.ringward.bench.member.Member;
import org.ringward.interop.lab.Lab;
import org.ringward.interop.lab.LabException;
import org.ringward.interop.lab.Machine;
import org.ringward.interop.lab.Patience;
import org.ringward.interop.lab.Processes;
import org.ringward.interop.lab.Programs;

/** A ring of one side with a member on each node, and what is measured on it. */
final class Stand implements AutoCloseable {
  private static final String LAUNCHER = System.getProperty("ringward.launcher");
  private static final long FORM_SECONDS = 60;
  private static final List<String> MEMBER_OPTIONS =
      List.of(
          "-XX:+UseSerialGC",
          "-Xmx384m",
          "-XX:-UsePerfData",
          "-XX:+UseCompactObjectHeaders",
          "--enable-native-access=ALL-UNNAMED");

  /** Small messages and large ones go through different code. */
  private static final List<Integer> WARM_UP_BYTES = List.of(300, 65536);

  private static final long WARM_UP_NANOS = 3_000_000_000L;
  private static final long REST_NANOS = 2_000_000_000;
  private static final long FOUND_SECONDS = 60;
  private static final long LEAD_NANOS = 700_000_000;

  /** After a start programs have things to do that they never do again. */
  private static final long SETTLE_NANOS = 8_000_000_000L;

  private static final long IDLE_LEAST_NANOS = 8_000_000_000L;
  private static final int NANOS_PER_TICK = 10_000_000;

  private final Lab lab;
  private final Side side;
  private final boolean aes;
  private final Options options;
  private final List<MemberProcess> members = new ArrayList<>();
  private final List<MemberProcess> daemons = new ArrayList<>();
  private final List<Process> corosyncs = new ArrayList<>();

  /** Brings the ring up; returns when all members are in the group. */
  Stand(Lab lab, Side side, boolean aes, Options options) {
    this.lab = lab;
    this.side = side;
    this.aes = aes;
    this.options = options;
    try {
      for (Machine machine : lab.machines()) {
        configure(machine);
        startDaemon(machine);
      }
      for (Machine machine : lab.machines()) {
        members.add(member(machine));
      }
      awaitAll();
    } catch (IOException e) {
      close();
      throw new LabException("no ring of " + side.word() + ": " + e.getMessage(), e);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void awaitAll() {
    int all = lab.machines().size();
    if (!Patience.await(
        FORM_SECONDS, () -> members.stream().allMatch(each -> each.members() == all))) {
      throw new LabException("the ring of " + side.word() + " did not form");
    }
  }

  private MemberProcess member(Machine machine) {
    String program = Member.class.getName();
    List<String> arguments =
        switch (side) {
          case COROSYNC, COROSYNC_RR ->
              List.of(program, "corosync", Long.toString(options.againMicros() * 1000L));
          case SOCKET, SOCKET_RR ->
              List.of(program, "socket", file(machine, "run/ring.sock").toString());
          case EMBEDDED -> List.of(program, "embedded", file(machine, "ringward.yaml").toString());
        };
    return new MemberProcess(machine, "member", MemberProcess.java(MEMBER_OPTIONS, arguments));
  }

  private static Path file(Machine machine, String name) {
    return machine.directory().resolve(name);
  }

  private void configure(Machine machine) throws IOException {
    Path etc = Files.createDirectories(machine.directory().resolve("etc/corosync"));
    int nodes = lab.machines().size();
    Files.writeString(
        etc.resolve("corosync.conf"),
        Settings.corosync(nodes, aes, side.isRealTime(), options.fast()));
    byte[] key = new byte[256];
    for (int i = 0; i < key.length; i++) {
      key[i] = (byte) (i * 7 + 3);
    }
    Path file = etc.resolve("authkey");
    if (Files.notExists(file)) {
      Files.write(file, key);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
    }
    Files.writeString(
        file(machine, "ringward.yaml"),
        Settings.ringward(
            machine.name(),
            nodes,
            aes,
            side.isRealTime(),
            options.fast(),
            machine.directory(),
            file));
  }

  private void startDaemon(Machine machine) throws IOException {
    switch (side) {
      case COROSYNC, COROSYNC_RR -> {
        machine.run("rm", "-f", "/run/corosync.pid");
        corosyncs.add(
            Programs.builder(machine.inside(List.of("corosync", "-f")))
                .redirectErrorStream(true)
                .redirectOutput(file(machine, "corosync.out").toFile())
                .start());
      }
      case SOCKET, SOCKET_RR -> {
        String config = file(machine, "ringward.yaml").toString();
        daemons.add(
            new MemberProcess(
                machine, "daemon", List.of(LAUNCHER, "ring", "run", "--config", config)));
      }
      case EMBEDDED -> {}
    }
  }

  /** Programs in Java are slow at first, clients of corosync included. */
  void warmUp() {
    for (int size : WARM_UP_BYTES) {
      flood(size, true, WARM_UP_NANOS);
    }
  }

  /** Messages as fast as possible. */
  Outcome flood(int size, boolean all) {
    return flood(size, all, options.nanos());
  }

  private Outcome flood(int size, boolean all, long nanos) {
    long start = System.nanoTime() + LEAD_NANOS;
    for (int at = 0; at < members.size(); at++) {
      int sends = all || at == 0 ? 1 : 0;
      members.get(at).order("flood " + size + " " + start + " " + nanos + " " + sends);
    }
    sleepUntil(start + 1_000_000_000);
    long before = ticks();
    sleepUntil(start + 1_000_000_000 + nanos);
    double cpuMicros = (ticks() - before) * (NANOS_PER_TICK / 1000.0);
    double slowest = Double.MAX_VALUE;
    long changes = 0;
    for (MemberProcess member : members) {
      String[] words = member.result(60);
      slowest = Math.min(slowest, Long.parseLong(words[1]) * 1e9 / Long.parseLong(words[2]));
      changes = Math.max(changes, Long.parseLong(words[3]));
    }
    double messages = Math.max(1, slowest * nanos / 1e9);
    return Outcome.flood(slowest, cpuMicros / messages, changes);
  }

  /** Messages at a rate, from the first node. */
  Outcome latency(int rate) {
    long start = System.nanoTime() + LEAD_NANOS;
    for (int at = 0; at < members.size(); at++) {
      int own = at == 0 ? rate : 0;
      members.get(at).order("latency " + own + " " + start + " " + options.nanos());
    }
    String[] sender = members.get(0).result(60);
    String[] other = members.get(1).result(60);
    for (MemberProcess member : members.subList(2, members.size())) {
      member.result(60);
    }
    return Outcome.latency(
        micros(other[5]),
        micros(other[6]),
        micros(sender[2]),
        micros(sender[3]),
        Long.parseLong(sender[7]) + Long.parseLong(other[7]));
  }

  private static double micros(String nanos) {
    return Long.parseLong(nanos) / 1000.0;
  }

  /** Milliseconds until all others know what happened to the last node; then it is mended. */
  Outcome detection(Fault fault) {
    int last = members.size() - 1;
    Machine machine = lab.machines().get(last);
    List<MemberProcess> others = members.subList(0, last);
    sleepUntil(System.nanoTime() + REST_NANOS);
    long daemon = daemonProcess(last);
    long began = System.nanoTime();
    switch (fault) {
      case KILL -> Processes.kill(daemon);
      case CUT -> lab.cable(machine, 0, false);
      case STOP -> signal(daemon, "-STOP");
    }
    if (!Patience.await(
        FOUND_SECONDS, () -> others.stream().allMatch(each -> each.members() == last))) {
      throw new LabException(
          "not all found out: %s, %s; members as the others see it: %s"
              .formatted(
                  side.word(), fault.word(), others.stream().map(MemberProcess::members).toList()));
    }
    long found = others.stream().mapToLong(each -> each.news().nanos()).max().orElseThrow();
    switch (fault) {
      case KILL -> restart(last);
      case CUT -> lab.cable(machine, 0, true);
      case STOP -> signal(daemon, "-CONT");
    }
    awaitAll();
    return Outcome.detection((found - began) / 1e6);
  }

  private static void signal(long process, String signal) {
    Programs.must(List.of("kill", signal, Long.toString(process)));
  }

  private void restart(int index) {
    Machine machine = lab.machines().get(index);
    members.get(index).kill();
    try {
      if (side.isSocket()) {
        daemons.remove(index).kill();
      }
      startDaemon(machine);
    } catch (IOException e) {
      throw new LabException("no daemon on " + machine.name() + ": " + e.getMessage(), e);
    }
    members.set(index, member(machine));
  }

  /** Processor time of a node at rest, in percent of a core. */
  Outcome idle() {
    sleepUntil(System.nanoTime() + SETTLE_NANOS);
    long nanos = Math.max(options.nanos(), IDLE_LEAST_NANOS);
    List<Long> processes = daemonProcesses();
    long before = processes.stream().mapToLong(Stand::ticks).sum();
    sleepUntil(System.nanoTime() + nanos);
    long used = processes.stream().mapToLong(Stand::ticks).sum() - before;
    return Outcome.idle(100.0 * used * NANOS_PER_TICK / nanos / processes.size());
  }

  private List<Long> daemonProcesses() {
    return IntStream.range(0, lab.machines().size()).mapToObj(this::daemonProcess).toList();
  }

  private long daemonProcess(int index) {
    return switch (side) {
      case COROSYNC, COROSYNC_RR ->
          lab.machines().get(index).processes().stream()
              .filter(pid -> Processes.name(pid).equals("corosync"))
              .findFirst()
              .orElseThrow(() -> new LabException("corosync ended on node " + (index + 1)));
      case SOCKET, SOCKET_RR -> daemons.get(index).pid();
      case EMBEDDED -> members.get(index).pid();
    };
  }

  /** Processor time of everything on all machines so far. */
  private long ticks() {
    return lab.machines().stream()
        .flatMap(machine -> machine.processes().stream())
        .mapToLong(Stand::ticks)
        .sum();
  }

  private static long ticks(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return Long.parseLong(words[11]) + Long.parseLong(words[12]);
    } catch (IOException _) {
      return 0;
    }
  }

  private static void sleepUntil(long nanos) {
    try {
      long left = nanos - System.nanoTime();
      if (left > 0) {
        Thread.sleep(left / 1_000_000, (int) (left % 1_000_000));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LabException("interrupted", e);
    }
  }

  @Override
  public void close() {
    members.forEach(MemberProcess::kill);
    daemons.forEach(MemberProcess::kill);
    if (side.isCorosync()) {
      lab.machines().stream()
          .flatMap(machine -> machine.processes().stream())
          .filter(pid -> Processes.name(pid).equals("corosync"))
          .forEach(Processes::kill);
      // nsenter stops with the program it started, and is not told to go on.
      corosyncs.forEach(Processes::killTree);
      Patience.await(20, () -> corosyncs.stream().noneMatch(Process::isAlive));
      for (Machine machine : lab.machines()) {
        // What a corosync that was killed leaves behind.
        machine.run("sh", "-c", "rm -rf /dev/shm/qb-* /var/lib/corosync/ringid*");
      }
    }
    for (Machine machine : lab.machines()) {
      Patience.await(
          10,
          () -> machine.processes().stream().noneMatch(pid -> Processes.name(pid).equals("java")));
    }
  }
}
