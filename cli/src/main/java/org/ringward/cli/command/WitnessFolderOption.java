package org.ringward.cli.command;

import java.nio.file.Path;
import org.ringward.ring.witness.WitnessFolder;
import picocli.CommandLine.Option;

/** Where a witness of this machine keeps its files. */
final class WitnessFolderOption {
  @Option(
      names = "--state-dir",
      paramLabel = "DIR",
      defaultValue = "/var/lib/ringward-witness",
      description = "The files of the witness of this machine (default: ${DEFAULT-VALUE}).")
  private Path stateDir = Path.of("");

  WitnessFolder folder() {
    return new WitnessFolder(stateDir);
  }
}
