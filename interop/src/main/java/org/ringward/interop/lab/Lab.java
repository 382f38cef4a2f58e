package org.ringward.interop.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * Machines as namespaces on a bridge that lives in a namespace, too: nothing touches the networks
 * of the host, and two laboratories at once do not see each other. All processes live in the
 * process id namespace of the switch, whose first process ends with this program.
 */
public final class Lab implements AutoCloseable {
  private final Path directory;
  private final List<Family> networks;
  private final Process switchProcess;
  private final long switchPid;
  private final List<Machine> machines = new ArrayList<>();

  /** The same with IPv4 in all of so many networks. */
  public Lab(Path directory, int count, int networks) {
    this(directory, count, Collections.nCopies(networks, Family.V4));
  }

  /**
   * Starts the switch and boots the machines, named n1, n2 and so on.
   *
   * @param directory empty, for everything that the machines write
   * @param networks each machine has a cable in each of them; two at most
   */
  public Lab(Path directory, int count, List<Family> networks) {
    this.directory = directory;
    this.networks = List.copyOf(networks);
    copyScript("switch.sh");
    copyScript("machine.sh");
    try {
      switchProcess = startSwitch();
      switchPid = process(switchProcess);
    } catch (IOException e) {
      throw new LabException("the switch did not start: " + e.getMessage(), e);
    }
    try {
      for (int number = 1; number <= count; number++) {
        Machine machine = new Machine(this, number);
        machines.add(machine);
        machine.boot(hosts(count));
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private Process startSwitch() throws IOException {
    Process process =
        Programs.builder(
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
                    directory.resolve("switch.sh").toString()))
            .redirectInput(ProcessBuilder.Redirect.PIPE)
            .redirectError(directory.resolve("switch.log").toFile())
            .start();
    BufferedReader output = process.inputReader();
    if (!"ready".equals(output.readLine())) {
      throw new LabException(
          "the switch did not start: " + Files.readString(directory.resolve("switch.log")));
    }
    return process;
  }

  private static long process(Process process) {
    return process.children().mapToLong(ProcessHandle::pid).findFirst().orElseThrow();
  }

  private void copyScript(String name) {
    try (InputStream script =
        Objects.requireNonNull(Lab.class.getResourceAsStream("/interop/" + name))) {
      Files.copy(script, directory.resolve(name));
    } catch (IOException e) {
      throw new LabException("cannot write " + name + ": " + e.getMessage(), e);
    }
  }

  private String hosts(int count) {
    StringBuilder text = new StringBuilder("127.0.0.1 localhost\n");
    for (int number = 1; number <= count; number++) {
      text.append(addressOf(number, 0)).append(" n").append(number).append('\n');
    }
    return text.toString();
  }

  /** The IPv4 address of a machine in one of the networks, from 0. */
  public static String address(int number, int network) {
    return Family.V4.address(number, network);
  }

  String addressOf(int number, int network) {
    return networks.get(network).address(number, network);
  }

  Path directory() {
    return directory;
  }

  List<Family> networks() {
    return networks;
  }

  long switchPid() {
    return switchPid;
  }

  /** The machine of that number, from 1. */
  public Machine machine(int number) {
    return machines.get(number - 1);
  }

  /** All machines by number. */
  public List<Machine> machines() {
    return List.copyOf(machines);
  }

  /** Lays a cable from the switch to an interface of the machine. */
  void plug(Machine machine, int network) {
    String port = port(machine, network);
    atSwitch(
        "ip",
        "link",
        "add",
        port,
        "type",
        "veth",
        "peer",
        "name",
        "eth" + network,
        "netns",
        Long.toString(machine.first()));
    atSwitch("ip", "link", "set", port, "master", "br" + network, "up");
  }

  /** Pulls a cable, or puts it in again. */
  public void cable(Machine machine, int network, boolean in) {
    atSwitch("ip", "link", "set", port(machine, network), in ? "up" : "down");
  }

  private static String port(Machine machine, int network) {
    return machine.name() + "-" + network;
  }

  private void atSwitch(String... command) {
    List<String> whole =
        new ArrayList<>(List.of("nsenter", "-t", Long.toString(switchPid), "-n", "--"));
    whole.addAll(List.of(command));
    Programs.must(whole);
  }

  /** Ends everything that runs in the laboratory; its files stay. */
  @Override
  public void close() {
    // The kernel ends every process of every machine with the switch's first one.
    Processes.kill(switchPid);
    Patience.await(10, () -> !Processes.alive(switchPid));
    Processes.killTree(switchProcess);
  }

  /** Removes a directory with all that is in it. */
  public static void remove(Path directory) throws IOException {
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(
              Path each, java.io.@org.jspecify.annotations.Nullable IOException e)
              throws IOException {
            Files.delete(each);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
