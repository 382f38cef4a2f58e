package org.ringward.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** The daemon's side of the control socket: answers with prepared bytes and keeps the requests. */
final class FakeDaemon implements AutoCloseable {
  private final Path folder;
  private final Path socket;
  private final ServerSocketChannel server;
  private final Queue<byte[]> replies = new ArrayDeque<>();
  private final List<String> requests = new ArrayList<>();

  FakeDaemon() throws IOException {
    folder = Files.createTempDirectory("ringward");
    socket = folder.resolve("sock");
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    Thread.ofPlatform().daemon().start(this::serve);
  }

  String socket() {
    return socket.toString();
  }

  /** The next reply: a whole frame around this JSON. */
  synchronized FakeDaemon replies(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    return repliesRaw(
        ByteBuffer.allocate(4 + bytes.length).putInt(bytes.length).put(bytes).array());
  }

  /** The next reply: these bytes as they are, then the connection ends. */
  synchronized FakeDaemon repliesRaw(byte[] bytes) {
    replies.add(bytes);
    return this;
  }

  synchronized List<String> requests() {
    return List.copyOf(requests);
  }

  private void serve() {
    try {
      while (true) {
        try (SocketChannel channel = server.accept()) {
          answer(channel);
        }
      }
    } catch (ClosedChannelException _) {
      // the test is over
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
  }

  private void answer(SocketChannel channel) throws IOException {
    int length = read(channel, 4).getInt();
    String request = StandardCharsets.UTF_8.decode(read(channel, length)).toString();
    byte[] reply;
    synchronized (this) {
      requests.add(request);
      reply = replies.poll();
    }
    if (reply == null) {
      read(channel, 1);
      return;
    }
    ByteBuffer buffer = ByteBuffer.wrap(reply);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  private static ByteBuffer read(SocketChannel channel, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
      // until it is full or the other side is gone
    }
    return buffer.flip();
  }

  @Override
  public void close() throws IOException {
    server.close();
    Files.deleteIfExists(socket);
    Files.delete(folder);
  }
}
