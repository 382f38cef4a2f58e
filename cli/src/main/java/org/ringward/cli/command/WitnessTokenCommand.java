package org.ringward.cli.command;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.ringward.cli.client.AdminJson;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.ring.witness.WitnessFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "token",
    header = "Make a token with which nodes of a cluster may enrol.",
    description = {
      "Prints a token. Each node gives it to 'ringward witness enrol' and gets a certificate for it;"
          + " after so many nodes or when its time is over it is worth nothing.",
      "Whoever has the token can enrol as any node of that cluster, so hand it over as you would a"
          + " password. A node that enrols again makes its certificate before count no more."
    },
    exitCodeList = {"73:the token cannot be written"},
    footer = {"Examples:", "  ringward witness token alpha --nodes 2 --valid-for 15m"})
final class WitnessTokenCommand implements Callable<Integer> {
  private static final int NODES_MOST = 256;

  private final Environment environment;

  @Mixin private WitnessFolderOption files = new WitnessFolderOption();

  @Parameters(paramLabel = "CLUSTER", description = "The cluster's name (totem.cluster_name).")
  private String cluster = "";

  @Option(
      names = "--nodes",
      paramLabel = "NUMBER",
      defaultValue = "1",
      description = "How many nodes may enrol with it (default: ${DEFAULT-VALUE}).")
  private int nodes = 1;

  @Option(
      names = "--valid-for",
      paramLabel = "TIME",
      defaultValue = "1h",
      description = "For how long (default: ${DEFAULT-VALUE}).")
  private Duration validFor = Duration.ofHours(1);

  @Mixin private OutputOption output = new OutputOption();

  WitnessTokenCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    WitnessFolder.checkName(cluster);
    if (nodes < 1 || nodes > NODES_MOST) {
      throw new OperatorException(
          ExitCode.USAGE,
          "--nodes needs a number from 1 to %d, found %d".formatted(NODES_MOST, nodes));
    }
    WitnessFolder folder = files.folder();
    Instant now = environment.clock().instant();
    folder.prepare(hostName(), now);
    try {
      String token = folder.makeToken(cluster, nodes, now.plus(validFor)).text();
      environment
          .output()
          .println(output.json() ? AdminJson.list("tokens", List.of(token)) : token);
    } catch (IOException e) {
      throw new OperatorException(ExitCode.CANNOT_CREATE, "The token cannot be written: " + e);
    }
    return 0;
  }

  static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException _) {
      return "witness";
    }
  }
}
