package org.ringward.ring.program;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ringward.ring.loop.Descriptors;
import org.ringward.ring.net.UnixConnection;
import org.ringward.ring.net.UnixListener;
import org.ringward.ring.queue.ByteQueue;

class FramedConnectionTest {
  private static final int PAUSE = 100;
  private static final int MOST = 2 << 20;
  private static final int ENDED = 99;

  @TempDir private Path folder;

  private final Watches watches = new Watches();
  private final Listener heard = new Listener();
  private UnixListener listener;
  private SocketChannel program;
  private FramedConnection connection;

  /** What the loop's sleep would wait for. */
  private static final class Watches implements Descriptors {
    private final Map<Integer, Short> events = new HashMap<>();

    @Override
    public void watch(int descriptor, short what, Ready ready) {
      events.put(descriptor, what);
    }

    @Override
    public void unwatch(int descriptor) {
      events.remove(descriptor);
    }
  }

  private static final class Listener implements FramedConnection.Program {
    private final List<String> frames = new ArrayList<>();
    private boolean room = true;
    private @Nullable String over;

    @Override
    public boolean isLegal(int kind, int length) {
      return kind < 10;
    }

    @Override
    public boolean take(int kind, int number, byte[] bytes, int at, int length) {
      if (room) {
        frames.add(kind + "." + number + " " + new String(bytes, at, length, UTF_8));
      }
      return room;
    }

    @Override
    public void hasOutput() {}

    @Override
    public void isOver(String reason) {
      assertThat(over).as("told once").isNull();
      over = reason;
    }
  }

  @BeforeEach
  void connect() throws IOException {
    Path path = folder.resolve("sock");
    listener = UnixListener.open(path);
    program = SocketChannel.open(UnixDomainSocketAddress.of(path));
    UnixConnection accepted = Objects.requireNonNull(listener.accept());
    FramedConnection.Rules rules = new FramedConnection.Rules(4096, 512, PAUSE, MOST, ENDED);
    ByteQueue in = new ByteQueue(ByteQueue.Allowance.ALL);
    ByteQueue out = new ByteQueue(ByteQueue.Allowance.ALL);
    connection = new FramedConnection(accepted, watches, rules, in, out, heard);
    connection.begin();
  }

  @AfterEach
  void disconnect() throws IOException {
    program.close();
    connection.end("the test is over");
    listener.close();
  }

  private static ByteBuffer frame(int kind, int number, String content) {
    byte[] bytes = content.getBytes(UTF_8);
    return ByteBuffer.allocate(12 + bytes.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(12 + bytes.length)
        .putInt(kind)
        .putInt(number)
        .put(bytes)
        .flip();
  }

  private void says(ByteBuffer bytes) throws IOException {
    program.write(bytes);
  }

  /** Something has come: told to who has asked for it. */
  private void turn() {
    if (watches.events.values().stream().anyMatch(each -> (each & Descriptors.READABLE) != 0)) {
      connection.ready(true, false);
    }
    connection.takeIn();
  }

  /** The end is told to who has asked for nothing, too. */
  private void goes() throws IOException {
    program.close();
    connection.ready(true, true);
    connection.takeIn();
  }

  @Test
  void framesComeWholeHoweverTheyAreCut() throws IOException {
    ByteBuffer frame = frame(3, 7, "hello");
    while (frame.hasRemaining()) {
      says(ByteBuffer.wrap(new byte[] {frame.get()}));
      turn();
    }
    says(frame(4, 8, "a"));
    says(frame(4, 9, ""));
    turn();
    assertThat(heard.frames).containsExactly("3.7 hello", "4.8 a", "4.9 ");
    assertThat(connection.hasInput()).isFalse();
  }

  @Test
  void whatIsNotTakenComesAgainAndNothingBeforeIt() throws IOException {
    heard.room = false;
    says(frame(1, 1, "first"));
    turn();
    says(frame(1, 2, "second"));
    turn();
    assertThat(heard.frames).isEmpty();
    assertThat(watches.events.values()).as("it would wake the loop").containsExactly((short) 0);
    heard.room = true;
    connection.resume();
    connection.takeIn();
    assertThat(heard.frames).containsExactly("1.1 first", "1.2 second");
  }

  @Test
  void theLastWordsOfWhoHasGoneStillCount() throws IOException {
    heard.room = false;
    says(frame(1, 1, "first"));
    turn();
    says(frame(1, 2, "last"));
    goes();
    assertThat(watches.events).as("its end would wake the loop without end").isEmpty();
    assertThat(connection.isOver()).isFalse();
    heard.room = true;
    connection.resume();
    assertThat(connection.hasInput()).isTrue();
    connection.takeIn();
    assertThat(heard.frames).containsExactly("1.1 first", "1.2 last");
    assertThat(heard.over).isEmpty();
  }

  @Test
  void whoDoesNotReadIsNotRead() throws IOException {
    byte[] much = new byte[MOST / 2];
    connection.send(20, 1, much, much.length);
    connection.giveOut();
    says(frame(1, 1, "unread"));
    turn();
    assertThat(heard.frames).isEmpty();
    assertThat(watches.events.values()).containsExactly(Descriptors.WRITABLE);
    ByteBuffer read = ByteBuffer.allocate(12 + much.length);
    while (read.hasRemaining()) {
      connection.ready(false, true);
      connection.giveOut();
      program.read(read);
    }
    connection.takeIn();
    assertThat(heard.frames).containsExactly("1.1 unread");
  }

  @Test
  void whoReadsNothingIsHungUpOn() {
    byte[] much = new byte[MOST / 2];
    for (int i = 0; i < 4; i++) {
      connection.send(20, 1, much, much.length);
      connection.giveOut();
    }
    assertThat(heard.over).isEqualTo("it reads too slowly");
    assertThat(watches.events).isEmpty();
  }

  /** Nothing tells when it says more: asking again and again would keep the loop awake. */
  @Test
  void whoShutsItsEarsOnlyIsHungUpOnWhenItSaysNoMore() throws IOException {
    program.shutdownInput();
    says(frame(1, 1, "last"));
    connection.send(20, 1, new byte[10], 10);
    connection.giveOut();
    connection.takeIn();
    assertThat(heard.frames).containsExactly("1.1 last");
    assertThat(heard.over).isEmpty();
  }

  @Test
  void whatIsNoFrameEndsItWithAWord() throws IOException {
    says(frame(12, 1, "?"));
    turn();
    assertThat(heard.over).isEqualTo("a frame of kind 12 and 13 bytes");
    ByteBuffer told = ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN);
    while (program.read(told) >= 0) {
      assertThat(told.hasRemaining()).isTrue();
    }
    assertThat(told.getInt(4)).isEqualTo(ENDED);
    assertThat(new String(told.array(), 12, told.position() - 12, UTF_8)).isEqualTo(heard.over);
  }

  @Test
  void aLengthBelowTheHeadIsNoFrame() throws IOException {
    says(ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN).putInt(-1).putInt(1).rewind());
    turn();
    assertThat(heard.over).isEqualTo("a frame of kind 1 and 4294967295 bytes");
  }
}
