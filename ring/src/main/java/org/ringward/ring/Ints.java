package org.ringward.ring;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers in arrays of bytes, little endian. */
final class Ints {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private Ints() {}

  static int get(byte[] bytes, int at) {
    return (int) INT.get(bytes, at);
  }

  static void put(byte[] bytes, int at, int value) {
    INT.set(bytes, at, value);
  }
}
