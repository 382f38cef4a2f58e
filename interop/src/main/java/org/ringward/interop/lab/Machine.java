package org.ringward.interop.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A machine made of namespaces of its own: network, mount, host name, IPC and processes. */
public final class Machine {
  private final Lab lab;
  private final int number;
  private final Path directory;
  private long first;

  Machine(Lab lab, int number) {
    this.lab = lab;
    this.number = number;
    this.directory = lab.directory().resolve(name());
  }

  /** From 1; also the node id of what runs here. */
  public int number() {
    return number;
  }

  /** The host name. */
  public String name() {
    return "n" + number;
  }

  /** The machine's files, seen under the same path inside and outside. */
  public Path directory() {
    return directory;
  }

  /** The address in one of the networks, from 0. */
  public String address(int network) {
    return lab.addressOf(number, network);
  }

  /** The first process as seen from here. */
  long first() {
    return first;
  }

  void boot(String hosts) {
    List<String> command =
        new ArrayList<>(List.of("nsenter", "-t", Long.toString(lab.switchPid()), "-m", "-p", "--"));
    command.addAll(List.of("unshare", "-n", "-m", "-u", "-i", "-p", "--fork", "--kill-child"));
    command.addAll(List.of("--propagation", "private", "sh"));
    command.add(lab.directory().resolve("machine.sh").toString());
    command.addAll(List.of(name(), directory.toString()));
    for (int network = 0; network < lab.networks().size(); network++) {
      command.add(lab.networks().get(network).addressAndPrefix(number, network));
    }
    try {
      Files.createDirectories(directory);
      Files.writeString(directory.resolve("hosts"), hosts);
      Process process =
          Programs.builder(command)
              .redirectInput(ProcessBuilder.Redirect.PIPE)
              .redirectError(directory.resolve("boot.log").toFile())
              .start();
      BufferedReader output = process.inputReader();
      expect("booting", output);
      first =
          process
              .descendants()
              .mapToLong(ProcessHandle::pid)
              .filter(pid -> Processes.innermost(pid) == 1)
              .max()
              .orElseThrow();
      for (int network = 0; network < lab.networks().size(); network++) {
        lab.plug(this, network);
      }
      try (Writer input = process.outputWriter()) {
        input.write("plugged\n");
      }
      expect("ready", output);
    } catch (IOException e) {
      throw new LabException("machine " + name() + " did not boot: " + e.getMessage(), e);
    }
  }

  private void expect(String word, BufferedReader output) throws IOException {
    if (!word.equals(output.readLine())) {
      String said = Files.readString(directory.resolve("boot.log")).strip();
      throw new LabException("machine " + name() + " did not boot: " + said);
    }
  }

  /** A command line that runs the command on this machine. */
  public List<String> inside(List<String> command) {
    List<String> whole = new ArrayList<>();
    whole.addAll(List.of("nsenter", "-t", Long.toString(first), "-m", "-u", "-i", "-n", "-p"));
    whole.add("--");
    whole.addAll(command);
    return whole;
  }

  /** Runs the command on this machine to its end, at most 20 s. */
  public Programs.Ended run(String... command) {
    return Programs.run(inside(List.of(command)), 20);
  }

  /** All processes of the machine, as seen from here. */
  public List<Long> processes() {
    return Processes.sameNamespace(first);
  }

  /**
   * What the machine does not hear; replaces what was set before.
   *
   * @param from machines whose packets are dropped
   * @param lossPercent share of all other datagrams of the ring that is dropped at random
   */
  public void deaf(Collection<Machine> from, int lossPercent) {
    StringBuilder rules = new StringBuilder("table inet interop { }\ndelete table inet interop\n");
    rules.append("table inet interop {\nchain in {\ntype filter hook input priority 0\n");
    for (Machine each : from) {
      for (int network = 0; network < lab.networks().size(); network++) {
        rules.append(lab.networks().get(network).match()).append(' ');
        rules.append(each.address(network)).append(" drop\n");
      }
    }
    if (lossPercent > 0) {
      rules.append("meta l4proto udp numgen random mod 100 < " + lossPercent + " drop\n");
    }
    rules.append("}\n}\n");
    Path file = directory.resolve("filter.nft");
    try {
      Files.writeString(file, rules);
    } catch (IOException e) {
      throw new LabException("cannot write " + file + ": " + e.getMessage(), e);
    }
    Programs.must(inside(List.of("nft", "-f", file.toString())));
  }
}
