package org.ringward.daemon.web;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** One browser that listens; frames wait for it in a queue that is short. */
final class Subscriber {
  private static final int FRAMES_MOST = 64;
  private static final long BEAT_MILLIS = 1000;

  private final ArrayBlockingQueue<byte[]> frames = new ArrayBlockingQueue<>(FRAMES_MOST);
  private final Thread writer;
  private volatile boolean ending;

  /**
   * A listener.
   *
   * @param writer the thread that will write to it
   */
  Subscriber(Thread writer) {
    this.writer = writer;
  }

  /** Hands a frame over without waiting; false when the browser is too far behind. */
  boolean offer(byte[] frame) {
    return frames.offer(frame);
  }

  /** Cuts the connection, also out of a write that hangs: an interrupt closes its channel. */
  void drop() {
    ending = true;
    writer.interrupt();
  }

  /** What is in the queue is still written. */
  void end() {
    ending = true;
  }

  /**
   * Writes until the browser has gone or is dropped.
   *
   * @param age milliseconds since the node showed itself, told when there is nothing else
   */
  void serve(OutputStream out, LongSupplier age) throws IOException, InterruptedException {
    while (true) {
      byte[] frame = frames.poll(ending ? 0 : BEAT_MILLIS, TimeUnit.MILLISECONDS);
      if (frame == null && ending) {
        return;
      }
      out.write(frame == null ? beat(age.getAsLong()) : frame);
      if (frames.peek() == null) {
        out.flush();
      }
    }
  }

  private static byte[] beat(long age) {
    return ("event: beat\ndata: {\"age\":" + age + "}\n\n").getBytes(StandardCharsets.US_ASCII);
  }
}
