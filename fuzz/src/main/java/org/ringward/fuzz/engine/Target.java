package org.ringward.fuzz.engine;

import java.util.List;

/**
 * Something that takes hostile input. It is deterministic: the same inputs after {@link #begin}
 * have the same consequences. Whatever it throws is a finding.
 */
public interface Target {
  /** Its name in the table, on the command line and in reproducers. */
  String name();

  /** Binary names, or their beginnings, of the classes whose branches guide the search. */
  List<String> subjects();

  /** Valid inputs to begin with. */
  List<byte[]> seeds();

  /** Its part of all frames, relative to the parts of the others. */
  int weight();

  /** Inputs between {@link #begin} and {@link #end}; 1 when it has no memory. */
  int episode();

  /** Bytes of the longest input. */
  int lengthMax();

  /** Bytes of the heap that one input may take, for those without a memory of their own. */
  default long allocationMax(int length) {
    return Long.MAX_VALUE;
  }

  /** Forgets everything. */
  default void begin() {}

  /**
   * An input; the array has nothing else and is not kept.
   *
   * @return frames that were given to what is tested
   */
  int input(byte[] bytes);

  /** Checks what must hold now that the attack is over. */
  default void end() {}
}
