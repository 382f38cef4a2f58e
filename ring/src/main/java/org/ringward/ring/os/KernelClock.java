package org.ringward.ring.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * What the kernel knows about the quality of its clock (adjtimex(2)); it hears that from whatever
 * program sets the clock.
 *
 * @param isKnown whether the kernel tells; the rest means nothing where it does not
 * @param isSynchronized whether some program keeps the clock in step with another one
 * @param maximumErrorMicros the most that it may be off, in microseconds
 */
public record KernelClock(boolean isKnown, boolean isSynchronized, long maximumErrorMicros) {
  private static final int TIMEX_BYTES = 208;
  private static final int MAXERROR_AT = 24;
  private static final int STATUS_AT = 40;
  private static final int STA_UNSYNC = 0x40;
  private static final int TIME_ERROR = 5;

  /** Asks the kernel; nothing is changed. */
  @SuppressWarnings("restricted") // The jar's manifest allows native access.
  public static KernelClock read() {
    Linker linker = Linker.nativeLinker();
    MethodHandle adjtimex =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("adjtimex"),
            FunctionDescriptor.of(JAVA_INT, ADDRESS));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment timex = arena.allocate(TIMEX_BYTES, 8);
      int result = (int) adjtimex.invokeExact(timex);
      if (result < 0) {
        return new KernelClock(false, false, 0);
      }
      boolean unsynchronized = (timex.get(JAVA_INT, STATUS_AT) & STA_UNSYNC) != 0;
      return new KernelClock(
          true, result != TIME_ERROR && !unsynchronized, timex.get(JAVA_LONG, MAXERROR_AT));
    } catch (Throwable e) {
      throw new IllegalStateException("adjtimex could not be called", e);
    }
  }
}
