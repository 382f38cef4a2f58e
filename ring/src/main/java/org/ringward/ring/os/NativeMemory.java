package org.ringward.ring.os;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Memory outside the heap that system calls read and write; given back with this object. */
public final class NativeMemory {
  private final ByteBuffer bytes;
  private final long address;

  /** So many zeros. */
  public NativeMemory(int length) {
    bytes = ByteBuffer.allocateDirect(length).order(ByteOrder.nativeOrder());
    address = MemorySegment.ofBuffer(bytes).address();
  }

  /** Its content, in the machine's byte order; used by index only. */
  public ByteBuffer bytes() {
    return bytes;
  }

  /** Where the byte of that index is. */
  public long address(int index) {
    return address + index;
  }
}
