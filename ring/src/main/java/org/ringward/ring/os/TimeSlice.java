package org.ringward.ring.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * How long a thread wants to run at a stretch. A thread that asks for less than others do is let in
 * soon after it wakes, where it would wait until whatever runs (a compiler, other programs) has had
 * its milliseconds; it gets no more of the processor by that, and needs no privilege. Linux has
 * this from 6.12 on (sched_setattr(2), sched_runtime of SCHED_OTHER); older kernels take no notice.
 */
public final class TimeSlice {
  /** What a thread asks for that has little to do, but at once. The kernel's own is 1.4 to 3 ms. */
  public static final long SHORT_NANOS = 300_000;

  private static final boolean ARM = System.getProperty("os.arch").equals("aarch64");
  private static final long SCHED_SETATTR = ARM ? 274 : 314;
  private static final long SCHED_GETATTR = ARM ? 275 : 315;

  /** struct sched_attr, its first version. */
  private static final int BYTES = 48;

  private static final int POLICY = 4;
  private static final int RUNTIME = 24;
  private static final int SCHED_OTHER = 0;

  private static final MethodHandle SET = handle(ADDRESS, JAVA_INT);
  private static final MethodHandle GET = handle(ADDRESS, JAVA_INT, JAVA_INT);

  private TimeSlice() {}

  /** syscall(2), as older C libraries have no functions for these calls. */
  @SuppressWarnings("restricted") // The jar's manifest allows native access.
  private static MethodHandle handle(MemoryLayout... more) {
    Linker linker = Linker.nativeLinker();
    FunctionDescriptor form =
        FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_INT).appendArgumentLayouts(more);
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow("syscall"), form, Linker.Option.firstVariadicArg(1));
  }

  /**
   * Asks for a slice for the calling thread; threads that it starts inherit it.
   *
   * @param nanos 100,000 to 100,000,000; others become the nearest of these
   * @return whether the kernel took it, which older ones do without effect; false for a thread with
   *     real-time priority, too, which never waits for those without
   */
  public static boolean ask(long nanos) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attributes = arena.allocate(BYTES, Long.BYTES);
      long got = (long) GET.invokeExact(SCHED_GETATTR, 0, attributes, BYTES, 0);
      if (got < 0 || attributes.get(JAVA_INT, POLICY) != SCHED_OTHER) {
        return false;
      }
      attributes.set(JAVA_LONG, RUNTIME, nanos);
      return (long) SET.invokeExact(SCHED_SETATTR, 0, attributes, 0) == 0;
    } catch (Throwable e) {
      throw new IllegalStateException("a system call could not be made", e);
    }
  }

  /** What the calling thread has asked for, or the kernel gives it, nanoseconds; 0 if unknown. */
  public static long current() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attributes = arena.allocate(BYTES, Long.BYTES);
      long got = (long) GET.invokeExact(SCHED_GETATTR, 0, attributes, BYTES, 0);
      return got < 0 ? 0 : attributes.get(JAVA_LONG, RUNTIME);
    } catch (Throwable e) {
      throw new IllegalStateException("a system call could not be made", e);
    }
  }
}
