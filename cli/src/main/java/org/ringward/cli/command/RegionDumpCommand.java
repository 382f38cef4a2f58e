package org.ringward.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.ringward.cli.terminal.Environment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "dump",
    header = "Show what is on the shared disk of a region.",
    description = {
      "Reads the header and all slots and shows the heartbeats in them. The daemon is not needed;"
          + " without the key of the cluster the authors are not checked."
    },
    exitCodeList = {
      "66:there is no such device or file",
      "74:it cannot be read",
      "77:you may not read it"
    },
    footer = {"Examples:", "  ringward region dump /dev/sdb"})
final class RegionDumpCommand implements Callable<Integer> {
  private final Environment environment;

  @Parameters(paramLabel = "DEVICE", description = "The block device, or a file.")
  private Path device = Path.of("");

  @Option(names = "--sbd", description = "The region lies behind the slots of sbd.")
  private boolean sbd;

  RegionDumpCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    try (RegionDisk disk = new RegionDisk(environment, device, sbd)) {
      disk.show();
      return 0;
    } catch (IOException e) {
      throw RegionDisk.unreadable(device, e);
    }
  }
}
