package org.ringward.interop.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Running programs of the system. */
public final class Programs {
  private static final String PATH = "/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin";
  private static final int TIMED_OUT = 124;

  private Programs() {}

  /**
   * How a program ended.
   *
   * @param output both streams, without white space at the ends
   */
  public record Ended(int exitCode, String output) {
    /** Whether it ended with exit code 0. */
    public boolean ok() {
      return exitCode == 0;
    }
  }

  /** Whether a file of that path can be run. */
  public static boolean exists(String path) {
    return Files.isExecutable(Path.of(path));
  }

  /** A builder with a session of its own, so that Ctrl-C in the terminal is for us alone. */
  public static ProcessBuilder builder(List<String> command) {
    List<String> whole = new ArrayList<>(List.of("setsid"));
    whole.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(whole);
    builder.environment().put("PATH", PATH);
    builder.redirectInput(Path.of("/dev/null").toFile());
    return builder;
  }

  /** Runs the command to its end, at most so many seconds. */
  public static Ended run(List<String> command, long seconds) {
    try {
      Path output = Files.createTempFile("interop", ".out");
      try {
        Process process =
            builder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
        if (!ended) {
          Processes.killTree(process);
        }
        String text = Files.readString(output, StandardCharsets.UTF_8).strip();
        return new Ended(ended ? process.exitValue() : TIMED_OUT, text);
      } finally {
        Files.deleteIfExists(output);
      }
    } catch (IOException e) {
      return new Ended(127, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LabException("interrupted");
    }
  }

  /** Runs the command; anything but exit code 0 within 20 s is a failure with its output. */
  public static String must(List<String> command) {
    Ended ended = run(command, 20);
    if (!ended.ok()) {
      throw new LabException(
          "'%s' failed with exit code %d: %s"
              .formatted(String.join(" ", command), ended.exitCode(), ended.output()));
    }
    return ended.output();
  }
}
