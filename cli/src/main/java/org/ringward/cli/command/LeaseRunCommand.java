package org.ringward.cli.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.ringward.cli.lease.LeaseRun;
import org.ringward.cli.terminal.Environment;
import org.ringward.client.LeaseClient;
import org.ringward.client.Mode;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "run",
    header = "Run a program as long as a lease is held.",
    description = {
      "Waits for the resource, runs the program with the fencing token in RINGWARD_LEASE_TOKEN, the"
          + " name in RINGWARD_LEASE_NAME and NODE:TOKEN of each holder that ended without order in"
          + " RINGWARD_LEASE_RECOVER, and releases the resource when the program has ended.",
      "When the lease is lost, the program and all of its process group get TERM, and KILL before"
          + " the lease is over for others. A program that ends with another exit code than 0 has"
          + " left its affairs as they were: the next holder hears of it. The exit code is the"
          + " program's, or 128 and the number of the signal that ended it.",
      "The program is killed with this command, what it started itself is not: to be sure of that,"
          + " have the resource check the token."
    },
    exitCodeList = {
      "69:no daemon serves leases here, or it refuses",
      "102:the lease was lost, and the program was stopped",
      "124:the resource was not given in time"
    },
    footer = {
      "Examples:",
      "  ringward lease run backup -- /usr/local/bin/backup --full",
      "  ringward lease run spool --mode shared --lease 10s -- spooler"
    })
final class LeaseRunCommand implements Callable<Integer> {
  private final Environment environment;

  @Parameters(index = "0", paramLabel = "NAME", description = "The resource.")
  private String name = "";

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "COMMAND",
      description = "The program and its arguments, after --.")
  private List<String> command = List.of();

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      description = "exclusive or shared (default: exclusive).")
  private String mode = "exclusive";

  @Option(
      names = "--lease",
      paramLabel = "TIME",
      description =
          "How long the resource may be used without a word from the cluster, 1s to 1m"
              + " (default: 5s).")
  private Duration lease = Duration.ofSeconds(5);

  @Option(
      names = "--wait",
      paramLabel = "TIME",
      description = "How long to wait for the resource (default: until it is given).")
  private Duration patience = Duration.ofDays(36_500);

  @Option(
      names = "--lease-socket",
      paramLabel = "PATH",
      description =
          "The daemon's lease socket (default: $RINGWARD_LEASE_SOCKET, else"
              + " /run/ringward/lease.sock).")
  private Path socket = Path.of("");

  LeaseRunCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    LeaseRun.Order order =
        new LeaseRun.Order(name, modeOf(mode), lease, Duration.ZERO, patience, command);
    try {
      return new LeaseRun(socket(), order, environment.errors()).run();
    } catch (InterruptedException e) {
      throw new OperatorException(ExitCode.SOFTWARE, "The program was interrupted.");
    }
  }

  private Path socket() {
    if (!socket.toString().isEmpty()) {
      return socket;
    }
    String variable = environment.variables().getOrDefault("RINGWARD_LEASE_SOCKET", "");
    return variable.isEmpty() ? LeaseClient.DEFAULT_SOCKET : Path.of(variable);
  }

  private static Mode modeOf(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "exclusive" -> Mode.EXCLUSIVE;
      case "shared" -> Mode.SHARED;
      default ->
          throw new OperatorException(
              ExitCode.USAGE, "--mode " + word + " is neither exclusive nor shared.");
    };
  }
}
