package org.ringward.daemon.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.ringward.client.LeaseClient;
import org.ringward.client.LeaseHandle;
import org.ringward.client.LeaseListener;
import org.ringward.client.Mode;

/** The Java client beside a daemon that says what the test tells it to. */
@Timeout(60)
class LeaseHandleTest {
  private static final int READ_ONLY = 5;
  private static final int ONLINE = 6;
  private static final int WELCOME = 17;
  private static final int WAITING = 18;
  private static final int HELD = 19;
  private static final int READS = 24;

  @TempDir private Path folder;

  private static void say(SocketChannel program, int kind, int number, long... content)
      throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(12 + 8 * content.length).order(ByteOrder.LITTLE_ENDIAN);
    frame.putInt(frame.capacity()).putInt(kind).putInt(number);
    for (long each : content) {
      frame.putLong(each);
    }
    frame.flip();
    while (frame.hasRemaining()) {
      program.write(frame);
    }
  }

  /** Reads what the program says until it has said that. */
  private static int hear(SocketChannel program, int wanted) throws IOException {
    while (true) {
      ByteBuffer head = read(program, 12);
      int length = head.getInt();
      int kind = head.getInt();
      int number = head.getInt();
      read(program, length - 12);
      if (kind == wanted) {
        return number;
      }
    }
  }

  private static ByteBuffer read(SocketChannel program, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      assertThat(program.read(bytes)).isNotNegative();
    }
    return bytes.flip();
  }

  /** What was on its way when the program lost its access must not make it a holder again. */
  @Test
  void aTokenFromBeforeTheLossOfAccessIsNotTakenForANewOne() throws Exception {
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("lease.sock"));
    try (ServerSocketChannel daemon = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      daemon.bind(address);
      BlockingQueue<Long> tokens = new LinkedBlockingQueue<>();
      Thread.ofVirtual().start(() -> daemon(daemon));
      try (LeaseClient client = LeaseClient.connect(address.getPath())) {
        LeaseHandle handle =
            client.open(
                "disk",
                Mode.EXCLUSIVE,
                Duration.ofMinutes(1),
                new LeaseListener() {
                  @Override
                  public void held(long token) {
                    tokens.add(token);
                  }
                });
        assertThat(tokens.take()).isEqualTo(5);
        handle.readOnly("no disk");
        handle.online();
        assertThat(tokens.take()).isEqualTo(6);
        assertThat(handle.token()).isEqualTo(6);
      }
    }
  }

  private static void daemon(ServerSocketChannel socket) {
    long far = System.nanoTime() + Duration.ofHours(1).toNanos();
    try (SocketChannel program = socket.accept()) {
      hear(program, 1);
      say(program, WELCOME, 0, 1);
      int number = hear(program, 2);
      say(program, HELD, number, 5, far);
      hear(program, READ_ONLY);
      hear(program, ONLINE);
      say(program, HELD, number, 5, far);
      say(program, READS, number);
      say(program, WAITING, number);
      say(program, HELD, number, 6, far);
      hear(program, -1);
    } catch (IOException | AssertionError _) {
      // The program has hung up; what it heard until then is what the test looks at.
    }
  }
}
