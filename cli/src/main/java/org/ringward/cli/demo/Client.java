package org.ringward.cli.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** The client process and what it saw. */
final class Client implements AutoCloseable {
  static final int EVERY_MILLIS = 5;
  static final int PATIENCE_MILLIS = 100;

  private final Process process;
  private final ClientView view = new ClientView();

  /** Starts it where the lab says the client is. */
  Client(Lab lab, Path log) {
    List<String> command =
        lab.atClient(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Xmx32m",
                "-cp",
                System.getProperty("java.class.path"),
                ProbeMain.class.getName(),
                lab.service().host(),
                Integer.toString(lab.service().port()),
                Integer.toString(EVERY_MILLIS),
                Integer.toString(PATIENCE_MILLIS)));
    try {
      process =
          Programs.builder(command)
              .redirectInput(ProcessBuilder.Redirect.PIPE)
              .redirectError(log.toFile())
              .start();
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
    BufferedReader lines = process.inputReader();
    Thread.ofPlatform().daemon().name("client-view").start(() -> read(lines));
  }

  private void read(BufferedReader lines) {
    try {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        view.take(line);
      }
    } catch (IOException _) {
      // the client was ended
    }
  }

  ClientView view() {
    return view;
  }

  @Override
  public void close() {
    try {
      process.outputWriter().close();
      process.destroyForcibly();
    } catch (IOException _) {
      process.destroyForcibly();
    }
  }
}
