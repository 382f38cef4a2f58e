package org.ringward.core.port;

import java.util.List;

/** What the operating system says of this machine's health; answered at once, never from a disk. */
@FunctionalInterface
public interface Vitals {
  /** For a machine that is not asked. */
  Vitals NONE = () -> new Reading(List.of(), List.of(), 0, 0, 0);

  /** A look at the machine. */
  Reading read();

  /**
   * What was found.
   *
   * @param up network interfaces that can carry something, without the loopback
   * @param down those that are there and cannot
   * @param memoryKib of the machine, 0 when that is not known
   * @param availableKib that programs can have without swapping
   * @param memoryStallPercent of the last ten seconds in which everything waited for memory
   */
  record Reading(
      List<String> up,
      List<String> down,
      long memoryKib,
      long availableKib,
      int memoryStallPercent) {
    public Reading {
      up = List.copyOf(up);
      down = List.copyOf(down);
    }
  }
}
