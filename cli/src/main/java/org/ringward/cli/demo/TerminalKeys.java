package org.ringward.cli.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;

/** Keys as they are pressed, without Enter and without showing them. */
final class TerminalKeys implements AutoCloseable {
  private static final Path TERMINAL = Path.of("/dev/tty");

  private final InputStream input;
  private final String before;

  TerminalKeys(InputStream input) {
    this.input = input;
    before = stty("-g");
    stty("-icanon", "-echo", "min", "1");
  }

  /** The key that was pressed, 0 when none within the time, -1 at the end of the input. */
  int next(long millis) {
    try {
      long until = System.nanoTime() + millis * 1_000_000;
      while (input.available() == 0) {
        if (System.nanoTime() - until > 0) {
          return 0;
        }
        Thread.sleep(20);
      }
      return input.read();
    } catch (IOException _) {
      return -1;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return -1;
    }
  }

  private static String stty(String... arguments) {
    List<String> command = new ArrayList<>(List.of("stty"));
    command.addAll(List.of(arguments));
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectInput(TERMINAL.toFile())
              .redirectErrorStream(true)
              .start();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (!process.waitFor(5, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new OperatorException(
            ExitCode.OS_ERROR, "The terminal cannot be set up: stty said '%s'.".formatted(output));
      }
      return output;
    } catch (IOException exception) {
      throw new OperatorException(
          ExitCode.OS_ERROR, "The terminal cannot be set up: " + exception.getMessage());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  @Override
  public void close() {
    stty(before);
  }
}
