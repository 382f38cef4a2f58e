package org.ringward.bench.regions;

import java.util.List;
import java.util.Locale;

/** Which regions the daemons have. */
enum Row {
  /** What the ring and the rest of a daemon cost. */
  NONE(""),
  FOUR("unicast multicast serial disk"),
  WITNESS("unicast multicast disk witness"),
  UNICAST("unicast"),
  MULTICAST("multicast"),
  SERIAL("serial"),
  DISK("disk"),
  PLACE("witness");

  /** Their kinds, between blanks. */
  private final String kinds;

  Row(String kinds) {
    this.kinds = kinds;
  }

  List<String> kinds() {
    return kinds.isEmpty() ? List.of() : List.of(kinds.split(" ", -1));
  }

  boolean has(String kind) {
    return kinds().contains(kind);
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  String label() {
    return kinds.isEmpty() ? "none" : kinds.replace(" ", ", ");
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
