package org.ringward.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Debian's crm_simulate, started for each case as people do. */
final class Reference {
  private final Path folder;

  /**
   * @param folder for what it writes
   */
  Reference(Path folder) {
    this.folder = folder;
  }

  static boolean isInstalled() {
    try {
      Process process =
          new ProcessBuilder("crm_simulate", "--version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor() == 0;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  /** Seconds for one case with graph and summary; NaN when it does not end in time. */
  double seconds(Path xml, List<String> arguments, Duration most)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("crm_simulate", "-x", xml.toString(), "-S", "-G"));
    command.add(folder.resolve("reference.graph").toString());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(folder.resolve("reference.text").toFile());
    builder.environment().put("CIB_shadow_dir", folder.toString());
    builder.environment().put("LC_ALL", "C");
    long began = System.nanoTime();
    Process process = builder.start();
    if (!process.waitFor(most.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      return Double.NaN;
    }
    return (System.nanoTime() - began) / 1e9;
  }
}
