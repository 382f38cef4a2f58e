package org.ringward.daemon.region;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.config.RegionSettings.Serial;
import org.ringward.core.port.Heartbeats;

/** A region of serial lines: each is a path. */
final class SerialMedium implements RegionMedium {
  private final List<SerialLine> lines;

  SerialMedium(Serial region) {
    lines = region.devices().stream().map(device -> new SerialLine(device, region.baud())).toList();
  }

  @Override
  public void send(int path, byte[] frame, int offset, int length) {
    for (int line = 0; line < lines.size(); line++) {
      if (path == Heartbeats.EVERYWHERE || path == line) {
        lines.get(line).send(frame, offset, length);
      }
    }
  }

  @Override
  public void receive(Hearer hearer) {
    for (int line = 0; line < lines.size(); line++) {
      lines.get(line).receive(line, hearer);
    }
  }

  @Override
  public @Nullable String trouble() {
    for (SerialLine line : lines) {
      String trouble = line.trouble();
      if (trouble != null) {
        return trouble;
      }
    }
    return null;
  }

  @Override
  public void close() {
    lines.forEach(SerialLine::close);
  }
}
