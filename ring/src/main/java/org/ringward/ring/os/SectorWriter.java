package org.ringward.ring.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/**
 * Writes single sectors of a block device, durably and past this machine's caches. Java's own
 * direct writes must be multiples of 4096 bytes, which on a disk with sectors of 512 would write
 * the sectors of other nodes along. One thread at a time.
 */
public final class SectorWriter implements AutoCloseable {
  private static final int O_WRONLY = 1;
  private static final int O_DSYNC = 0x1000;
  private static final int O_CLOEXEC = 0x80000;
  private static final int ALIGNMENT = 4096;

  private static final StructLayout CAPTURED = Linker.Option.captureStateLayout();
  private static final long ERRNO = CAPTURED.byteOffset(PathElement.groupElement("errno"));
  private static final MethodHandle PWRITE = pwrite();

  private final int descriptor;

  private SectorWriter(int descriptor) {
    this.descriptor = descriptor;
  }

  @SuppressWarnings("restricted") // The jar's manifest allows native access.
  private static MethodHandle pwrite() {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow("pwrite"),
        FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG),
        Linker.Option.captureCallState("errno"));
  }

  /** The flag differs between the two kinds of machines. */
  private static int direct() {
    return System.getProperty("os.arch").equals("aarch64") ? 0x10000 : 0x4000;
  }

  /**
   * Opens a device.
   *
   * @throws IOException with one sentence
   */
  public static SectorWriter open(Path device) throws IOException {
    int opened = NativeCalls.open(device.toString(), O_WRONLY | O_DSYNC | O_CLOEXEC | direct());
    if (opened < 0) {
      throw new IOException(device + " cannot be opened: " + OperatingSystem.text(opened));
    }
    return new SectorWriter(opened);
  }

  /**
   * Writes.
   *
   * @param position a multiple of the device's sectors, as length
   * @throws IOException what the disk says
   */
  public void write(long position, byte[] source, int offset, int length) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment captured = arena.allocate(CAPTURED);
      MemorySegment bytes = arena.allocate(length, ALIGNMENT);
      MemorySegment.copy(source, offset, bytes, ValueLayout.JAVA_BYTE, 0, length);
      long written = pwrite(captured, bytes, length, position);
      if (written != length) {
        int error = written < 0 ? -captured.get(JAVA_INT, ERRNO) : -5;
        throw new IOException(OperatingSystem.text(error));
      }
    }
  }

  private long pwrite(MemorySegment captured, MemorySegment bytes, long length, long position) {
    try {
      return (long) PWRITE.invokeExact(captured, descriptor, bytes, length, position);
    } catch (Throwable e) {
      throw new IllegalStateException("a system call could not be made", e);
    }
  }

  @Override
  public void close() {
    NativeCalls.close(descriptor);
  }
}
