package org.ringward.fuzz.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The inputs that lead to a finding, as a text file: comments after #, the target's name, then an
 * input in hexadecimal digits a line, '-' for an empty one.
 */
public record Reproducer(String target, List<byte[]> inputs) {
  private static final String EMPTY = "-";

  public Reproducer {
    inputs = List.copyOf(inputs);
  }

  /** Reads a file. */
  public static Reproducer read(Path file) throws IOException {
    String target = "";
    List<byte[]> inputs = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      if (target.isEmpty()) {
        target = line.strip();
      } else {
        inputs.add(line.equals(EMPTY) ? new byte[0] : HexFormat.of().parseHex(line.strip()));
      }
    }
    return new Reproducer(target, inputs);
  }

  /** Writes a file. */
  public void write(Path file, String comment) throws IOException {
    List<String> lines = new ArrayList<>();
    comment.lines().forEach(line -> lines.add("# " + line));
    lines.add(target);
    for (byte[] each : inputs) {
      lines.add(each.length == 0 ? EMPTY : HexFormat.of().formatHex(each));
    }
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, lines);
  }

  /** Gives the inputs to the target; what it throws comes through. */
  public void run(Target to) {
    to.begin();
    for (byte[] each : inputs) {
      to.input(each);
    }
    to.end();
  }
}
