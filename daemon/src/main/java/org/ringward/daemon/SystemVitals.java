package org.ringward.daemon;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ringward.core.port.Vitals;

/** Reads what Linux tells in /proc and /sys; what is not there is not told. */
final class SystemVitals implements Vitals {
  private final Path proc;
  private final Path sys;

  SystemVitals() {
    this(Path.of("/proc"), Path.of("/sys"));
  }

  SystemVitals(Path proc, Path sys) {
    this.proc = proc;
    this.sys = sys;
  }

  @Override
  public Reading read() {
    List<String> up = new ArrayList<>();
    List<String> down = new ArrayList<>();
    try (DirectoryStream<Path> devices = Files.newDirectoryStream(sys.resolve("class/net"))) {
      for (Path device : devices) {
        String name = String.valueOf(device.getFileName());
        String state = text(device.resolve("operstate"));
        if (!name.equals("lo") && !state.isEmpty()) {
          (state.equals("down") || state.equals("lowerlayerdown") ? down : up).add(name);
        }
      }
    } catch (IOException e) {
      // A system without /sys has no interfaces to tell of.
    }
    Collections.sort(up);
    Collections.sort(down);
    Map<String, Long> memory = memory();
    return new Reading(
        up,
        down,
        memory.getOrDefault("MemTotal", 0L),
        memory.getOrDefault("MemAvailable", 0L),
        memoryStall());
  }

  private Map<String, Long> memory() {
    Map<String, Long> found = new TreeMap<>();
    for (String line : text(proc.resolve("meminfo")).split("\n", -1)) {
      String[] words = line.split("[: ]+", -1);
      if (words.length >= 2 && words[1].matches("[0-9]{1,15}")) {
        found.put(words[0], Long.parseLong(words[1]));
      }
    }
    return found;
  }

  /** The line "full avg10=1.23 avg60=... total=...". */
  private int memoryStall() {
    for (String line : text(proc.resolve("pressure/memory")).split("\n", -1)) {
      if (line.startsWith("full avg10=")) {
        String number = line.substring("full avg10=".length()).replaceFirst("[. ].*", "");
        return number.matches("[0-9]{1,3}") ? Integer.parseInt(number) : 0;
      }
    }
    return 0;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      return "";
    }
  }
}
