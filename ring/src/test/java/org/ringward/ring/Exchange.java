package org.ringward.ring;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ringward.ring.queue.LittleEndian;

/** What members of a group do in tests, whether the ring is inside them or behind a socket. */
public final class Exchange {
  private static final Duration LONG = Duration.ofSeconds(60);

  private Exchange() {}

  /** Waits until all were told of these members. */
  public static void awaitMembers(String members, List<Recorder> recorders) {
    for (Recorder each : recorders) {
      await()
          .atMost(LONG)
          .until(() -> each.count(line -> line.startsWith("members " + members)) > 0);
    }
  }

  /** A message that begins with its number. */
  public static byte[] message(int number, int length) {
    byte[] bytes = new byte[length];
    for (int at = 0; at < length; at++) {
      bytes[at] = (byte) (number * 31 + at * 7 + at / 256);
    }
    LittleEndian.putInt(bytes, 0, number);
    return bytes;
  }

  /** Sends, with as long a wait as any machine needs. */
  public static boolean send(RingGroup group, byte[] bytes) throws InterruptedException {
    return group.send(bytes, 0, bytes.length, 60, TimeUnit.SECONDS);
  }
}
