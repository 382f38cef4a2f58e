package org.ringward.cli.demo;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;

/**
 * The client of the demo, a process of its own: tries the service every few milliseconds, each time
 * over a new connection, whether or not earlier tries were answered, and writes a line for each try
 * that ended: {@code G NANOS NODE} for a good answer, {@code F NANOS REASON} otherwise. Ends with
 * its standard input.
 *
 * <p>Arguments: host, port, milliseconds between tries, milliseconds a try may take.
 */
final class ProbeMain {
  private static final byte[] REQUEST =
      "GET / HTTP/1.0\r\nHost: service\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int ANSWER_BYTES_MAX = 2048;

  private final InetSocketAddress service;
  private final long everyNanos;
  private final long patienceNanos;
  private final Selector selector = Selector.open();
  private final ArrayDeque<Try> tries = new ArrayDeque<>();
  private final BufferedWriter output =
      new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.US_ASCII));

  private ProbeMain(InetSocketAddress service, long everyMillis, long patienceMillis)
      throws IOException {
    this.service = service;
    this.everyNanos = everyMillis * 1_000_000;
    this.patienceNanos = patienceMillis * 1_000_000;
  }

  /** One try to get an answer. */
  private static final class Try {
    private final SocketChannel channel;
    private final long began;
    private final ByteBuffer answer = ByteBuffer.allocate(ANSWER_BYTES_MAX);
    private boolean over;

    Try(SocketChannel channel, long began) {
      this.channel = channel;
      this.began = began;
    }
  }

  public static void main(String[] arguments) throws IOException {
    Thread.ofPlatform().daemon().start(ProbeMain::endWithInput);
    new ProbeMain(
            new InetSocketAddress(arguments[0], Integer.parseInt(arguments[1])),
            Long.parseLong(arguments[2]),
            Long.parseLong(arguments[3]))
        .run();
  }

  private static void endWithInput() {
    try {
      while (System.in.read() >= 0) {
        // nothing is said to the client; only the end counts
      }
    } catch (IOException _) {
      // as good as the end
    }
    Runtime.getRuntime().halt(0);
  }

  @SuppressWarnings("InfiniteLoopStatement")
  private void run() throws IOException {
    long next = System.nanoTime();
    while (true) {
      long now = System.nanoTime();
      if (now - next >= 0) {
        begin(now);
        // After a pause of this process only one try is made up for.
        next = Math.max(next + everyNanos, now);
      }
      giveUp(now);
      output.flush();
      long wait = next - System.nanoTime();
      if (wait > 0) {
        selector.select(this::advance, Math.max(1, wait / 1_000_000));
      } else {
        selector.selectNow(this::advance);
      }
    }
  }

  private void begin(long now) throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.configureBlocking(false);
    // Closing resets the connection, so that no port stays in TIME_WAIT.
    channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    Try attempt = new Try(channel, now);
    tries.addLast(attempt);
    try {
      boolean connected = channel.connect(service);
      channel.register(selector, SelectionKey.OP_CONNECT, attempt);
      if (connected) {
        ask(attempt, channel.keyFor(selector));
      }
    } catch (IOException exception) {
      end(attempt, "F", String.valueOf(exception.getMessage()));
    }
  }

  private void advance(SelectionKey key) {
    Try attempt = (Try) key.attachment();
    try {
      if (key.isConnectable()) {
        attempt.channel.finishConnect();
        ask(attempt, key);
      } else if (key.isReadable()) {
        int count = attempt.channel.read(attempt.answer);
        if (count < 0 || !attempt.answer.hasRemaining()) {
          judge(attempt);
        }
      }
    } catch (IOException exception) {
      quietly(attempt, String.valueOf(exception.getMessage()));
    }
  }

  private static void ask(Try attempt, SelectionKey key) throws IOException {
    attempt.channel.write(ByteBuffer.wrap(REQUEST));
    key.interestOps(SelectionKey.OP_READ);
  }

  /** The page is one line, the name of the machine. */
  private void judge(Try attempt) throws IOException {
    String text =
        new String(attempt.answer.array(), 0, attempt.answer.position(), StandardCharsets.US_ASCII);
    int body = text.indexOf("\r\n\r\n");
    if (body > 0 && text.startsWith("HTTP/1.") && text.startsWith(" 200", 8)) {
      end(attempt, "G", text.substring(body).strip());
    } else {
      end(attempt, "F", "no good answer");
    }
  }

  private void giveUp(long now) throws IOException {
    while (!tries.isEmpty()
        && (tries.getFirst().over || now - tries.getFirst().began > patienceNanos)) {
      Try oldest = tries.removeFirst();
      if (!oldest.over) {
        end(oldest, "F", "no answer in time");
      }
    }
  }

  private void quietly(Try attempt, String reason) {
    try {
      end(attempt, "F", reason);
    } catch (IOException _) {
      // the demo no longer listens; its end is ours
      Runtime.getRuntime().halt(0);
    }
  }

  private void end(Try attempt, String kind, String text) throws IOException {
    if (attempt.over) {
      return;
    }
    attempt.over = true;
    attempt.channel.close();
    output.write(kind + " " + System.nanoTime() + " " + text.replace('\n', ' ') + "\n");
  }
}
