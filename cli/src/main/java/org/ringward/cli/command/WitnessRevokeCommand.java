package org.ringward.cli.command;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.ring.witness.NodeIdentity;
import org.ringward.ring.witness.WitnessFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "revoke",
    header = "Make the certificate of a node count no more.",
    description =
        "From its next connection the witness refuses the node until it has enrolled again; a"
            + " connection that is open stays open.",
    exitCodeList = {"74:the files cannot be changed", "105:the node is not enrolled"},
    footer = {"Examples:", "  ringward witness revoke alpha 3"})
final class WitnessRevokeCommand implements Callable<Integer> {
  private final Environment environment;

  @Mixin private WitnessFolderOption files = new WitnessFolderOption();

  @Parameters(index = "0", paramLabel = "CLUSTER", description = "The cluster's name.")
  private String cluster = "";

  @Parameters(index = "1", paramLabel = "ID", description = "The node's id.")
  private int node;

  @Mixin private OutputOption output = new OutputOption();

  WitnessRevokeCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    WitnessFolder.checkName(cluster);
    NodeIdentity whose = new NodeIdentity(cluster, node);
    try {
      if (!files.folder().revoke(whose)) {
        throw new OperatorException(
            ExitCode.NO_SUCH_OBJECT, "%s is not enrolled here.".formatted(whose));
      }
    } catch (IOException e) {
      throw new OperatorException(ExitCode.IO_ERROR, "The files cannot be changed: " + e);
    }
    output.say(environment, "The certificate of %s counts no more.".formatted(whose));
    return 0;
  }
}
