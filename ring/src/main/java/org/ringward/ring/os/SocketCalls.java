package org.ringward.ring.os;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;

/**
 * System calls on sockets, as section 2 of Linux's manual describes them, for LP64 machines. What
 * is not negative is the call's result; else it is the negative errno. Nothing is allocated once
 * the Java machine has optimised the calls; those that do not tell errno never do.
 *
 * <p>All calls have one form, five words in and a word out, and pass addresses as numbers: another
 * form costs ten milliseconds of processor time at the start, and a function takes no notice of
 * words that it has no parameter for. An object may be used by one thread at a time.
 */
public final class SocketCalls {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final FunctionDescriptor FORM =
      FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
  private static final StructLayout CAPTURED = Linker.Option.captureStateLayout();
  private static final long ERRNO = CAPTURED.byteOffset(PathElement.groupElement("errno"));

  private static final MethodHandle SOCKET = handle("socket");
  private static final MethodHandle BIND = handle("bind");
  private static final MethodHandle CONNECT = handle("connect");
  private static final MethodHandle GETPEERNAME = handle("getpeername");
  private static final MethodHandle LISTEN = handle("listen");
  private static final MethodHandle ACCEPT4 = handle("accept4");
  private static final MethodHandle SOCKETPAIR = handle("socketpair");
  private static final MethodHandle SEND = handle("send");
  private static final MethodHandle SETSOCKOPT = handle("setsockopt");
  private static final MethodHandle GETSOCKOPT = handle("getsockopt");
  private static final MethodHandle SENDMMSG = handle("sendmmsg");
  private static final MethodHandle RECVMMSG = handle("recvmmsg");
  private static final MethodHandle RECVMSG = handle("recvmsg");
  private static final MethodHandle PPOLL = handle("ppoll");
  private static final MethodHandle EVENTFD = handle("eventfd");
  private static final MethodHandle READ = handle("read");
  private static final MethodHandle WRITE = handle("write");
  private static final MethodHandle CLOSE = handle("close");

  /** Made when they are first needed, as they have another form. */
  private static final class WithoutErrno {
    static final MethodHandle READ = handle("read");
    static final MethodHandle SENDMMSG = handle("sendmmsg");

    @SuppressWarnings("restricted") // The jar's manifest allows native access.
    private static MethodHandle handle(String name) {
      return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), FORM);
    }
  }

  /** Where errno is put. Never freed: a few bytes, and no check of every call that they live. */
  private final MemorySegment captured = Arena.global().allocate(CAPTURED);

  @SuppressWarnings("restricted") // The jar's manifest allows native access.
  private static MethodHandle handle(String name) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name), FORM, Linker.Option.captureCallState("errno"));
  }

  private static IllegalStateException impossible(Throwable e) {
    return new IllegalStateException("a system call could not be made", e);
  }

  /** Functions that give an int leave the other half of the word as it is. */
  private int outcome(long word) {
    int result = (int) word;
    return result >= 0 ? result : -captured.get(JAVA_INT, ERRNO);
  }

  private int outcomeOfSize(long word) {
    return word >= 0 ? (int) word : -captured.get(JAVA_INT, ERRNO);
  }

  /** socket(2): a descriptor. */
  public int socket(int family, int type, int protocol) {
    try {
      return outcome(
          (long) SOCKET.invokeExact(captured, (long) family, (long) type, (long) protocol, 0L, 0L));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /** bind(2). */
  public int bind(int socket, long address, int length) {
    try {
      return outcome(
          (long) BIND.invokeExact(captured, (long) socket, address, (long) length, 0L, 0L));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /** connect(2). */
  public int connect(int socket, long address, int length) {
    try {
      return outcome(
          (long) CONNECT.invokeExact(captured, (long) socket, address, (long) length, 0L, 0L));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /**
   * getpeername(2).
   *
   * @param length address of the number of bytes there is room for, and then are
   */
  public int peer(int socket, long address, long length) {
    try {
      return outcome(
          (long) GETPEERNAME.invokeExact(captured, (long) socket, address, length, 0L, 0L));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /** listen(2). */
  public int listen(int socket, int backlog) {
    try {
      return outcome(
          (long) LISTEN.invokeExact(captured, (long) socket, (long) backlog, 0L, 0L, 0L));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /** accept4(2) without asking for the peer's address: a descriptor. */
  public int accept(int socket, int flags) {
    try {
      return outcome((long) ACCEPT4.invokeExact(captured, (long) socket, 0L, 0L, (long) flags, 0L));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /**
   * socketpair(2).
   *
   * @param pair address of two ints, which become the descriptors
   */
  public int socketPair(int family, int type, int protocol, long pair) {
    try {
      return outcome(
          (long)
              SOCKETPAIR.invokeExact(
                  captured, (long) family, (long) type, (long) protocol, pair, 0L));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /** send(2): how many bytes were taken. */
  public int send(int socket, long buffer, int length, int flags) {
    try {
      return outcomeOfSize(
          (long)
              SEND.invokeExact(captured, (long) socket, buffer, (long) length, (long) flags, 0L));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /** setsockopt(2) with a value of any form. */
  public int setOption(int socket, int level, int name, long value, int length) {
    try {
      return outcome(
          (long)
              SETSOCKOPT.invokeExact(
                  captured, (long) socket, (long) level, (long) name, value, (long) length));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /**
   * getsockopt(2).
   *
   * @param length address of the number of bytes there is room for, and then are
   */
  public int option(int socket, int level, int name, long value, long length) {
    try {
      return outcome(
          (long)
              GETSOCKOPT.invokeExact(
                  captured, (long) socket, (long) level, (long) name, value, length));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /** sendmmsg(2): how many messages were sent. */
  public int sendMessages(int socket, long messages, int count, int flags) {
    try {
      return outcome(
          (long)
              SENDMMSG.invokeExact(
                  captured, (long) socket, messages, (long) count, (long) flags, 0L));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /** recvmmsg(2) without a timeout: how many messages there were. */
  public int receiveMessages(int socket, long messages, int count, int flags) {
    try {
      return outcome(
          (long)
              RECVMMSG.invokeExact(
                  captured, (long) socket, messages, (long) count, (long) flags, 0L));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /** recvmsg(2): bytes of the message. */
  public int receiveMessage(int socket, long message, int flags) {
    try {
      return outcomeOfSize(
          (long) RECVMSG.invokeExact(captured, (long) socket, message, (long) flags, 0L, 0L));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /**
   * ppoll(2): how many descriptors are ready.
   *
   * @param timeout address of a timespec, 0 waits without end
   */
  public int poll(long descriptors, int count, long timeout) {
    try {
      return outcome(
          (long) PPOLL.invokeExact(captured, descriptors, (long) count, timeout, 0L, 0L));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /** eventfd(2): a descriptor. */
  public int eventDescriptor(int flags) {
    try {
      return outcome((long) EVENTFD.invokeExact(captured, 0L, (long) flags, 0L, 0L, 0L));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /** read(2). */
  public int read(int descriptor, long buffer, int length) {
    try {
      return outcomeOfSize(
          (long) READ.invokeExact(captured, (long) descriptor, buffer, (long) length, 0L, 0L));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /** read(2); -1 for every failure. */
  public int tryRead(int descriptor, long buffer, int length) {
    try {
      return (int)
          (long) WithoutErrno.READ.invokeExact((long) descriptor, buffer, (long) length, 0L, 0L);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /** sendmmsg(2): how many messages were sent; -1 for every failure. */
  public int trySendMessages(int socket, long messages, int count, int flags) {
    try {
      return (int)
          (long)
              WithoutErrno.SENDMMSG.invokeExact(
                  (long) socket, messages, (long) count, (long) flags, 0L);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /** write(2). */
  public int write(int descriptor, long buffer, int length) {
    try {
      return outcomeOfSize(
          (long) WRITE.invokeExact(captured, (long) descriptor, buffer, (long) length, 0L, 0L));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /** close(2). */
  public int close(int descriptor) {
    try {
      return outcome((long) CLOSE.invokeExact(captured, (long) descriptor, 0L, 0L, 0L, 0L));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }
}
