package org.ringward.ring.net;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.ref.Reference;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.ring.os.NativeMemory;
import org.ringward.ring.os.SocketCalls;

/**
 * A Unix stream socket that programs of this machine connect to. Nothing here waits; for one
 * thread.
 */
public final class UnixListener implements AutoCloseable {
  private static final int WAITING_MOST = 128;
  private static final int LENGTH_ROOM = 16;

  private final SocketCalls calls = new SocketCalls();
  private final NativeMemory value = new NativeMemory(Linux.CREDENTIALS_BYTES + LENGTH_ROOM);
  private final UnixConnection.Transfer transfer = new UnixConnection.Transfer();
  private final Path path;
  private final int descriptor;

  private UnixListener(Path path, int descriptor) {
    this.path = path;
    this.descriptor = descriptor;
  }

  /**
   * Opens the socket; any user may connect.
   *
   * @throws OperatorException when it cannot be created or another program serves it
   */
  public static UnixListener open(Path path) {
    byte[] name = path.toString().getBytes(UTF_8);
    if (name.length >= Linux.ADDRESS_PATH_ROOM) {
      throw failed(path, "its path is longer than 107 bytes");
    }
    try {
      Files.createDirectories(path.toAbsolutePath().resolveSibling(""));
      refuseLiving(path);
      Files.deleteIfExists(path);
      UnixListener listener = new UnixListener(path, bound(path, name));
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-rw-"));
      return listener;
    } catch (IOException e) {
      throw failed(path, String.valueOf(e.getMessage()));
    }
  }

  private static void refuseLiving(Path path) {
    try (SocketChannel _ = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      String sentence = "another program serves the client socket " + path;
      throw new OperatorException(ExitCode.UNAVAILABLE, sentence + "; each node needs its own");
    } catch (IOException e) {
      // Nobody listens: a leftover, or nothing.
    }
  }

  private static int bound(Path path, byte[] name) {
    SocketCalls calls = new SocketCalls();
    int type = Linux.SOCK_STREAM | Linux.SOCK_NONBLOCK | Linux.SOCK_CLOEXEC;
    int descriptor = calls.socket(Linux.AF_UNIX, type, 0);
    if (descriptor < 0) {
      throw failed(path, SocketFailure.reason(descriptor));
    }
    NativeMemory address = new NativeMemory(Linux.ADDRESS_PATH + Linux.ADDRESS_PATH_ROOM);
    address.bytes().putShort(Linux.ADDRESS_FAMILY, (short) Linux.AF_UNIX);
    address.bytes().put(Linux.ADDRESS_PATH, name);
    int length = Linux.ADDRESS_PATH + name.length + 1;
    int result;
    try {
      result = calls.bind(descriptor, address.address(0), length);
    } finally {
      Reference.reachabilityFence(address);
    }
    result = result < 0 ? result : calls.listen(descriptor, WAITING_MOST);
    if (result < 0) {
      calls.close(descriptor);
      throw failed(path, SocketFailure.reason(result));
    }
    return descriptor;
  }

  private static OperatorException failed(Path path, String reason) {
    String sentence = "the client socket " + path + " cannot be created: " + reason;
    return new OperatorException(ExitCode.CANNOT_CREATE, sentence);
  }

  /** What to watch for connections. */
  public int descriptor() {
    return descriptor;
  }

  /** A connection that waits; null when there is none, or none can be had now. */
  public @Nullable UnixConnection accept() {
    int accepted = calls.accept(descriptor, Linux.SOCK_NONBLOCK | Linux.SOCK_CLOEXEC);
    if (accepted < 0) {
      return null;
    }
    int at = Linux.CREDENTIALS_BYTES;
    value.bytes().putInt(at, Linux.CREDENTIALS_BYTES);
    int result =
        calls.option(
            accepted, Linux.SOL_SOCKET, Linux.SO_PEERCRED, value.address(0), value.address(at));
    if (result < 0) {
      calls.close(accepted);
      return null;
    }
    return new UnixConnection(
        accepted,
        value.bytes().getInt(0),
        value.bytes().getInt(Linux.CREDENTIALS_USER),
        value.bytes().getInt(Linux.CREDENTIALS_GROUP),
        transfer);
  }

  /** Closes and removes the socket; connections stay. */
  @Override
  public void close() {
    calls.close(descriptor);
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      // The file stays; the next program finds that nobody listens and removes it.
    }
  }
}
