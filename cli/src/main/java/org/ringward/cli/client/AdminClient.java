package org.ringward.cli.client;

import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;

/**
 * Asks the daemon: one request and one reply over a connection of its own, each a 4-byte big-endian
 * length and that many bytes of JSON (docs/admin-protocol.md).
 */
public final class AdminClient {
  /** No report is near this size; a larger length means that the other side is no daemon. */
  private static final int REPLY_BYTES_MAX = 64 * 1024 * 1024;

  private final Path socket;
  private final Duration patience;

  /**
   * @param socket the daemon's control socket
   * @param patience how long a reply may take
   */
  public AdminClient(Path socket, Duration patience) {
    this.socket = socket;
    this.patience = patience;
  }

  /**
   * The daemon's reply, whatever its exit code is.
   *
   * @throws OperatorException with DISCONNECTED, NO_PERMISSION, TIMEOUT or PROTOCOL and a sentence
   *     that says what to do
   */
  public AdminReply ask(AdminRequest request) {
    try (SocketChannel channel = connect()) {
      Thread limit = Thread.ofPlatform().daemon().name("patience").start(() -> limit(channel));
      try {
        write(channel, AdminJson.request(request));
        return AdminJson.reply(read(channel));
      } finally {
        limit.interrupt();
      }
    } catch (AsynchronousCloseException _) {
      throw new OperatorException(
          ExitCode.TIMEOUT,
          "The daemon did not answer within %d s; the order may still be carried out ('ringward status' shows it). Wait longer with --timeout."
              .formatted(patience.toSeconds()));
    } catch (EOFException _) {
      throw new OperatorException(
          ExitCode.DISCONNECTED,
          "The daemon ended before it answered: it was told to, or its log says why. Whether an order was carried out is shown by 'ringward status' on another node.");
    } catch (IOException exception) {
      throw new OperatorException(
          ExitCode.DISCONNECTED,
          "The connection to the daemon broke (%s).".formatted(exception.getMessage()));
    }
  }

  private SocketChannel connect() {
    try {
      return SocketChannel.open(UnixDomainSocketAddress.of(socket));
    } catch (IOException | IllegalArgumentException exception) {
      throw unreachable(exception);
    }
  }

  private OperatorException unreachable(Exception exception) {
    String reason = String.valueOf(exception.getMessage());
    if (reason.contains("Permission denied")) {
      return new OperatorException(
          ExitCode.NO_PERMISSION,
          "You may not use the control socket %s: become root, or join the group that owns it."
              .formatted(socket));
    }
    if (reason.contains("too long")) {
      return new OperatorException(
          ExitCode.USAGE,
          "The socket path %s is too long: the system allows 107 bytes.".formatted(socket));
    }
    return new OperatorException(
        ExitCode.DISCONNECTED,
        "No Ringward daemon answers at %s (%s): start one with 'ringward daemon --config FILE' or name its socket with --socket."
            .formatted(socket, found()));
  }

  private String found() {
    if (Files.notExists(socket)) {
      return "there is no such socket on this machine";
    }
    return Files.isDirectory(socket) || Files.isRegularFile(socket)
        ? "that is no socket"
        : "nobody listens there any more";
  }

  /** Closes the channel when patience ends; the waiting reader then learns of it. */
  private void limit(SocketChannel channel) {
    try {
      Thread.sleep(patience);
      channel.close();
    } catch (InterruptedException | IOException _) {
      // answered in time, or closed already
    }
  }

  private static void write(SocketChannel channel, byte[] json) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(4 + json.length).putInt(json.length).put(json).flip();
    while (frame.hasRemaining()) {
      channel.write(frame);
    }
  }

  private static byte[] read(SocketChannel channel) throws IOException {
    int length = fill(channel, ByteBuffer.allocate(4)).getInt();
    if (length < 0 || length > REPLY_BYTES_MAX) {
      throw new OperatorException(
          ExitCode.PROTOCOL,
          "The answer has an impossible length (%d bytes, at most %d): the socket is not that of a Ringward daemon."
              .formatted(Integer.toUnsignedLong(length), REPLY_BYTES_MAX));
    }
    return fill(channel, ByteBuffer.allocate(length)).array();
  }

  private static ByteBuffer fill(SocketChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new EOFException();
      }
    }
    return buffer.flip();
  }
}
