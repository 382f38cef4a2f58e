package org.ringward.ring.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;

/**
 * Calls of the C library, each with its errno. The constants are those of Linux on x86-64 and
 * AArch64.
 */
final class NativeCalls {
  private static final int PRIO_PROCESS = 0;
  private static final int AF_UNIX = 1;
  private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
  private static final int MSG_NOSIGNAL = 0x4000;
  private static final int SUN_PATH_BYTES = 108;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout CAPTURED = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      CAPTURED.varHandle(StructLayout.PathElement.groupElement("errno"));

  private static final MethodHandle KILL =
      handle("kill", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle MLOCKALL =
      handle("mlockall", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private static final MethodHandle SCHED_SETSCHEDULER =
      handle("sched_setscheduler", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
  private static final MethodHandle SETPRIORITY =
      handle("setpriority", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle SOCKET =
      handle("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle SENDTO =
      handle(
          "sendto",
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle OPEN =
      handle("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle WRITE =
      handle("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
  private static final MethodHandle IOCTL = variadic();
  private static final MethodHandle CLOSE =
      handle("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

  private NativeCalls() {}

  @SuppressWarnings("restricted") // The jar's manifest allows native access.
  private static MethodHandle handle(String name, FunctionDescriptor form) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name), form, Linker.Option.captureCallState("errno"));
  }

  /** ioctl(2) takes its third argument as one of a variable number. */
  @SuppressWarnings("restricted") // The jar's manifest allows native access.
  private static MethodHandle variadic() {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow("ioctl"),
        FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS),
        Linker.Option.captureCallState("errno"),
        Linker.Option.firstVariadicArg(2));
  }

  /** A call with a place for its errno. */
  private interface Call {
    long run(Arena arena, MemorySegment captured) throws Throwable;
  }

  /** The result when it is not negative, else the negative errno. */
  private static long call(Call call) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment captured = arena.allocate(CAPTURED);
      long result = call.run(arena, captured);
      return result >= 0 ? result : -(int) ERRNO.get(captured, 0L);
    } catch (Throwable e) {
      throw new IllegalStateException("a system call could not be made", e);
    }
  }

  /** kill(2); 0 or the negative errno. */
  static int kill(int process, int signal) {
    return (int) call((_, captured) -> (int) KILL.invokeExact(captured, process, signal));
  }

  /** open(2); a descriptor or the negative errno. */
  static int open(String path, int flags) {
    return (int)
        call(
            (arena, captured) -> (int) OPEN.invokeExact(captured, arena.allocateFrom(path), flags));
  }

  /** close(2); 0 or the negative errno. */
  static int close(int descriptor) {
    return (int) call((_, captured) -> (int) CLOSE.invokeExact(captured, descriptor));
  }

  /** write(2) of a few bytes; how many were written or the negative errno. */
  static int write(int descriptor, byte[] bytes) {
    return (int)
        call((arena, captured) -> {
          MemorySegment content = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
          return (long) WRITE.invokeExact(captured, descriptor, content, (long) bytes.length);
        });
  }

  /**
   * ioctl(2) whose argument is a block of bytes, which the kernel may change; its result or the
   * negative errno.
   */
  static int ioctl(int descriptor, long request, byte[] argument) {
    return (int)
        call((arena, captured) -> {
          MemorySegment block = arena.allocate(Math.max(8, argument.length), 8);
          MemorySegment.copy(argument, 0, block, ValueLayout.JAVA_BYTE, 0, argument.length);
          int result = (int) IOCTL.invokeExact(captured, descriptor, request, block);
          MemorySegment.copy(block, ValueLayout.JAVA_BYTE, 0, argument, 0, argument.length);
          return result;
        });
  }

  /** mlockall(2); 0 or the negative errno. */
  static int mlockall(int flags) {
    return (int) call((_, captured) -> (int) MLOCKALL.invokeExact(captured, flags));
  }

  /** sched_setscheduler(2) of a thread; 0 or the negative errno. */
  static int setScheduler(int thread, int policy, int priority) {
    return (int)
        call((arena, captured) -> {
          MemorySegment parameters = arena.allocateFrom(JAVA_INT, priority);
          return (int) SCHED_SETSCHEDULER.invokeExact(captured, thread, policy, parameters);
        });
  }

  /**
   * setpriority(2) of a thread, which Linux takes for a process of its own; 0 or the negative
   * errno.
   */
  static int setNice(int thread, int nice) {
    return (int)
        call((_, captured) -> (int) SETPRIORITY.invokeExact(captured, PRIO_PROCESS, thread, nice));
  }

  /**
   * Sends one datagram to a Unix socket; a name that begins with @ is abstract. The number of bytes
   * or the negative errno.
   */
  static long sendToUnixSocket(String name, String text) {
    byte[] path = name.getBytes(StandardCharsets.UTF_8);
    if (path.length >= SUN_PATH_BYTES) {
      return -36; // ENAMETOOLONG
    }
    if (path[0] == '@') {
      path[0] = 0;
    }
    long socket =
        call((_, captured) -> (int) SOCKET.invokeExact(captured, AF_UNIX, SOCK_DGRAM_CLOEXEC, 0));
    if (socket < 0) {
      return socket;
    }
    try {
      return call((arena, captured) -> send(arena, captured, (int) socket, path, text));
    } finally {
      call((_, captured) -> (int) CLOSE.invokeExact(captured, (int) socket));
    }
  }

  private static long send(
      Arena arena, MemorySegment captured, int socket, byte[] path, String text) throws Throwable {
    MemorySegment address = arena.allocate(2 + SUN_PATH_BYTES, 2);
    address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
    MemorySegment.copy(path, 0, address, ValueLayout.JAVA_BYTE, 2, path.length);
    boolean isAbstract = path[0] == 0;
    int addressBytes = 2 + path.length + (isAbstract ? 0 : 1);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    MemorySegment message = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
    return (long)
        SENDTO.invokeExact(
            captured, socket, message, (long) bytes.length, MSG_NOSIGNAL, address, addressBytes);
  }
}
