package org.ringward.bench.ring;

/**
 * One thing that is measured, on each side.
 *
 * @param what flood, latency, idle, start, or the word of a fault that is to be found out
 * @param size bytes of a message, 0 where that is no matter
 * @param all whether all nodes send
 * @param rate messages per second, 0 for as many as possible
 */
record Measure(String what, int nodes, boolean aes, int size, boolean all, int rate)
    implements Comparable<Measure> {
  @Override
  public int compareTo(Measure other) {
    return key().compareTo(other.key());
  }

  private String key() {
    return "%s %02d %b %06d %b %06d".formatted(what, nodes, aes, size, all, rate);
  }

  String crypto() {
    return aes ? "aes256" : "none";
  }
}
