package org.ringward.cli.demo;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.ringward.core.base.OperatorException;

/**
 * The rack's power switch: reads requests {@code VERB MACHINE REPLY-PIPE} from a pipe, obeys, and
 * answers {@code CODE TEXT} into the reply pipe. The fence agent fence_ringward_demo is its client.
 */
final class PowerSwitch implements AutoCloseable {
  private final Lab lab;
  private final Path directory;
  private final RandomAccessFile requests;
  private final EventLog log;

  /**
   * @param directory where its pipes are
   */
  PowerSwitch(Lab lab, Path directory, EventLog log) {
    this.lab = lab;
    this.directory = directory;
    this.log = log;
    try {
      Files.createDirectories(directory);
      Programs.must(List.of("mkfifo", "-m", "600", directory.resolve("request").toString()));
      // Opened for both so that the pipe never ends when a writer leaves.
      requests = new RandomAccessFile(directory.resolve("request").toFile(), "rw");
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
    Thread.ofPlatform().daemon().name("power-switch").start(this::serve);
  }

  private void serve() {
    try {
      for (String line = requests.readLine(); line != null; line = requests.readLine()) {
        String request = line;
        // Answering waits for the asker, who may have been killed meanwhile: each on its own.
        Thread.ofPlatform().daemon().name("power-request").start(() -> handle(request));
      }
    } catch (IOException _) {
      // closed: the demo ends
    }
  }

  private void handle(String request) {
    String[] words = request.strip().split(" ", -1);
    if (words.length != 3 || !Path.of(words[2]).startsWith(directory)) {
      log.add("power switch: a request that nobody understands: " + request);
      return;
    }
    long began = System.nanoTime();
    String answer = answer(words[0], words[1]);
    if (!words[0].equals("monitor") && !words[0].equals("status")) {
      log.add(
          "power switch: %s %s, %.0f ms, answer %s"
              .formatted(words[0], words[1], (System.nanoTime() - began) / 1e6, answer));
    }
    try {
      Files.writeString(Path.of(words[2]), answer + "\n");
    } catch (IOException _) {
      // the asker was killed
    }
  }

  private String answer(String verb, String machine) {
    boolean known = lab.nodes().contains(machine);
    if (!known && !machine.equals("-")) {
      return "1 there is no machine " + machine;
    }
    try {
      return switch (verb) {
        case "off", "reboot" -> {
          lab.powerOff(machine);
          yield "0 off";
        }
        case "on" -> {
          lab.powerOn(machine);
          yield "0 on";
        }
        case "status" -> lab.powered(machine) ? "0 on" : "2 off";
        case "monitor" -> "0 ready";
        case "list" ->
            "0 " + lab.nodes().stream().map(each -> each + ",").collect(Collectors.joining(" "));
        case "list-status" ->
            "0 " + lab.nodes().stream().map(this::line).collect(Collectors.joining(" "));
        default -> "1 unknown verb " + verb;
      };
    } catch (OperatorException exception) {
      return "1 " + exception.sentence();
    }
  }

  private String line(String machine) {
    return machine + ",," + (lab.powered(machine) ? "on" : "off").toUpperCase(Locale.ROOT);
  }

  @Override
  public void close() {
    try {
      requests.close();
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
  }
}
