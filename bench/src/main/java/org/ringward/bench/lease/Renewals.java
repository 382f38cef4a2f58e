package org.ringward.bench.lease;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Renews leases at running daemons as fast as they answer, by the protocol of docs/leases.md: a
 * program on each daemon holds many leases and renews all of them in one go, waits for all answers,
 * and again.
 *
 * <pre>java ... org.ringward.bench.lease.Renewals SECONDS CLAIMS LEASE_SOCKET...</pre>
 */
public final class Renewals {
  private static final int HEAD = 12;
  private static final int OPEN = 2;
  private static final int RENEW = 3;
  private static final int HELD = 19;
  private static final int SHARED = 2;
  private static final int LEASE_MILLIS = 5000;

  private final SocketChannel channel;
  private final int claims;
  private final ByteBuffer in = buffer(1 << 20).flip();

  private Renewals(Path socket, int claims) throws IOException {
    this.channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
    this.claims = claims;
  }

  /** What one program saw. */
  private record Result(long renewals, double seconds, long[] roundNanos) {}

  /** See the class. */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length < 3) {
      System.err.println("SECONDS CLAIMS LEASE_SOCKET...");
      System.exit(64);
    }
    double seconds = Double.parseDouble(arguments[0]);
    int claims = Integer.parseInt(arguments[1]);
    List<Future<Result>> results = new ArrayList<>();
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      for (int i = 2; i < arguments.length; i++) {
        Renewals program = new Renewals(Path.of(arguments[i]), claims);
        results.add(threads.submit(() -> program.run(seconds)));
      }
      print(results, claims);
    }
  }

  private static void print(List<Future<Result>> results, int claims)
      throws ExecutionException, InterruptedException {
    double total = 0;
    for (Future<Result> future : results) {
      Result result = future.get();
      long[] rounds = result.roundNanos();
      Arrays.sort(rounds);
      total += result.renewals() / result.seconds();
      System.out.printf(
          Locale.ROOT,
          "%,9.0f renewals a second; a round of %d: median %.1f ms, 99 %% within %.1f ms%n",
          result.renewals() / result.seconds(),
          claims,
          rounds[rounds.length / 2] / 1e6,
          rounds[rounds.length * 99 / 100] / 1e6);
    }
    System.out.printf(Locale.ROOT, "%,9.0f renewals a second in all%n", total);
  }

  private Result run(double seconds) throws IOException {
    open();
    ByteBuffer round = buffer(claims * HEAD);
    for (int claim = 1; claim <= claims; claim++) {
      round.putInt(HEAD).putInt(RENEW).putInt(claim);
    }
    long[] nanos = new long[1 << 20];
    int rounds = 0;
    long begin = System.nanoTime();
    long end = begin + (long) (seconds * 1e9);
    long last = begin;
    while (last < end && rounds < nanos.length) {
      write(round.rewind());
      await(claims);
      long now = System.nanoTime();
      nanos[rounds++] = now - last;
      last = now;
    }
    channel.close();
    return new Result((long) rounds * claims, (last - begin) / 1e9, Arrays.copyOf(nanos, rounds));
  }

  /** Says hello and waits until all claims are held. */
  private void open() throws IOException {
    ByteBuffer out = buffer(claims * 64 + 64);
    out.putInt(HEAD + 8).putInt(1).putInt(0).putInt(0x534C5752).putInt(1);
    for (int claim = 1; claim <= claims; claim++) {
      byte[] name = ("bench" + claim).getBytes(UTF_8);
      out.putInt(HEAD + 12 + name.length).putInt(OPEN).putInt(claim);
      out.putInt(SHARED).putInt(LEASE_MILLIS).putInt(0).put(name);
    }
    write(out.flip());
    await(claims);
  }

  private void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Reads until so many leases were confirmed. */
  private void await(int count) throws IOException {
    int held = 0;
    while (held < count) {
      if (in.remaining() < HEAD || in.remaining() < in.getInt(in.position())) {
        in.compact();
        if (channel.read(in) < 0) {
          throw new EOFException("the daemon has hung up");
        }
        in.flip();
        continue;
      }
      int length = in.getInt(in.position());
      int kind = in.getInt(in.position() + 4);
      if (kind > HELD + 5) {
        throw new IOException("frame of kind " + kind);
      }
      held += kind == HELD ? 1 : 0;
      in.position(in.position() + length);
    }
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
