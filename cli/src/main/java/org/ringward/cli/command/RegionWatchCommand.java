package org.ringward.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.ringward.cli.terminal.Environment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "watch",
    header = "Watch the heartbeats on the shared disk of a region.",
    description = {
      "Shows what 'ringward region dump' shows, every second until you press Ctrl-C, and which slots"
          + " have changed."
    },
    exitCodeList = {
      "66:there is no such device or file",
      "74:it cannot be read",
      "77:you may not read it"
    },
    footer = {"Examples:", "  ringward region watch /dev/sdb"})
final class RegionWatchCommand implements Callable<Integer> {
  private static final long PAUSE_MILLIS = 1000;

  private final Environment environment;

  @Parameters(paramLabel = "DEVICE", description = "The block device, or a file.")
  private Path device = Path.of("");

  @Option(names = "--sbd", description = "The region lies behind the slots of sbd.")
  private boolean sbd;

  RegionWatchCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws InterruptedException {
    try (RegionDisk disk = new RegionDisk(environment, device, sbd)) {
      while (true) {
        disk.show();
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (IOException e) {
      throw RegionDisk.unreadable(device, e);
    }
  }
}
