package org.ringward.cli.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;

/** Programs of the system: where they are, and running one to its end. */
final class Programs {
  /** Users other than root rarely have the sbin directories in their PATH. */
  private static final List<String> SYSTEM_DIRECTORIES =
      List.of("/usr/local/sbin", "/usr/sbin", "/sbin", "/usr/local/bin", "/usr/bin", "/bin");

  private Programs() {}

  /** The PATH for everything the demo starts. */
  static String path() {
    List<String> directories = new ArrayList<>();
    for (String directory : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      if (directory.startsWith("/") && !directories.contains(directory)) {
        directories.add(directory);
      }
    }
    for (String directory : SYSTEM_DIRECTORIES) {
      if (!directories.contains(directory)) {
        directories.add(directory);
      }
    }
    return String.join(":", directories);
  }

  static Optional<Path> find(String program) {
    for (String directory : path().split(":", -1)) {
      Path candidate = Path.of(directory, program);
      if (Files.isExecutable(candidate) && !Files.isDirectory(candidate)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  /** A builder for the command with the demo's PATH, its input closed, its own session. */
  static ProcessBuilder builder(List<String> command) {
    List<String> whole = new ArrayList<>();
    // A session of its own: Ctrl-C in the terminal is for the demo alone, which then cleans up.
    whole.add(find("setsid").map(Path::toString).orElse("setsid"));
    whole.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(whole);
    builder.environment().put("PATH", path());
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    return builder;
  }

  /**
   * Runs the command to its end.
   *
   * @param seconds how long it may take
   */
  static Ended run(List<String> command, long seconds) {
    try {
      Process process = builder(command).redirectErrorStream(true).start();
      if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return new Ended(ExitCode.TIMEOUT.number(), "no end within " + seconds + " s");
      }
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return new Ended(process.exitValue(), output);
    } catch (IOException exception) {
      return new Ended(ExitCode.NOT_INSTALLED.number(), String.valueOf(exception.getMessage()));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Ended(ExitCode.ERROR.number(), "interrupted");
    }
  }

  /** Runs the command; anything but exit code 0 within 10 s is a failure with its output. */
  static void must(List<String> command) {
    Ended ended = run(command, 10);
    if (ended.exitCode() != 0) {
      throw new OperatorException(
          ExitCode.OS_ERROR,
          "'%s' failed with exit code %d: %s"
              .formatted(String.join(" ", command), ended.exitCode(), ended.output()));
    }
  }

  /**
   * @param output both streams, without white space at the ends
   */
  record Ended(int exitCode, String output) {}
}
