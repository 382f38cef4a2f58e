package org.ringward.bench.regions;

import java.util.List;
import java.util.Locale;

/** Which regions the daemons have. */
enum Row {
  /** What the ring and the rest of a daemon cost. */
  NONE(List.of()),
  FOUR(List.of("unicast", "multicast", "serial", "disk")),
  WITNESS(List.of("unicast", "multicast", "disk", "witness")),
  UNICAST(List.of("unicast")),
  MULTICAST(List.of("multicast")),
  SERIAL(List.of("serial")),
  DISK(List.of("disk")),
  PLACE(List.of("witness"));

  private final List<String> kinds;

  Row(List<String> kinds) {
    this.kinds = kinds;
  }

  List<String> kinds() {
    return kinds;
  }

  boolean has(String kind) {
    return kinds.contains(kind);
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  String label() {
    return kinds.isEmpty() ? "none" : String.join(", ", kinds);
  }

  static Row of(String word) {
    for (Row row : values()) {
      if (row.word().equals(word)) {
        return row;
      }
    }
    throw new IllegalArgumentException("there is no row " + word);
  }
}
