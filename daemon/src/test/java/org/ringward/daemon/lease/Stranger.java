package org.ringward.daemon.lease;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/** A client of the daemon's socket that keeps to no protocol. */
final class Stranger implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int HEARD_MOST = 1 << 20;

  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;
  private final Deque<ByteBuffer> unsaid;
  private final ByteBuffer heard = ByteBuffer.allocate(HEARD_MOST);
  private boolean hungUp;

  private Stranger(Path socket, List<ByteBuffer> words) throws IOException {
    channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
    channel.configureBlocking(false);
    selector = Selector.open();
    key = channel.register(selector, SelectionKey.OP_READ | SelectionKey.OP_WRITE);
    unsaid = new ArrayDeque<>(words);
  }

  /** Says it, and listens until it hears that, or the daemon hangs up: all it heard. */
  static String hears(Path socket, String that, ByteBuffer... words) throws IOException {
    try (Stranger stranger = new Stranger(socket, List.of(words))) {
      return stranger.listen(heard -> heard.contains(that));
    }
  }

  /** Says it and ends its half of the connection; all it heard until the daemon ended the other. */
  static String ends(Path socket, ByteBuffer words) throws IOException {
    try (Stranger stranger = new Stranger(socket, List.of(words))) {
      while (!stranger.unsaid.isEmpty()) {
        stranger.say();
      }
      stranger.channel.shutdownOutput();
      String heard = stranger.listen(_ -> false);
      if (!stranger.hungUp) {
        throw new IOException("the daemon does not hang up");
      }
      return heard;
    }
  }

  private String listen(Predicate<String> enough) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!hungUp && !enough.test(text()) && System.nanoTime() < deadline) {
      key.interestOps(SelectionKey.OP_READ | (unsaid.isEmpty() ? 0 : SelectionKey.OP_WRITE));
      selector.select(100);
      say();
      forgetSome();
      hungUp = channel.read(heard) < 0;
    }
    return text();
  }

  /** Who has no room left for what he hears would hear no more: he keeps the later half. */
  private void forgetSome() {
    if (heard.hasRemaining()) {
      return;
    }
    heard.position(HEARD_MOST / 2).compact();
  }

  private String text() {
    return new String(heard.array(), 0, heard.position(), StandardCharsets.UTF_8);
  }

  private void say() {
    ByteBuffer next = unsaid.peek();
    try {
      if (next != null) {
        channel.write(next);
      }
      if (next != null && !next.hasRemaining()) {
        unsaid.remove();
      }
    } catch (IOException _) {
      // It was hung up on while it was talking; what it was told can still be read.
      unsaid.clear();
    }
  }

  @Override
  public void close() throws IOException {
    selector.close();
    channel.close();
  }
}
