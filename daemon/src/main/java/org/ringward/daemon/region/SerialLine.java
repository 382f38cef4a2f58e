package org.ringward.daemon.region;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.ringward.core.wire.SerialFraming;

/**
 * One serial line with a thread that reads and one that writes, because both wait for as long as
 * the line does. Frames go through queues whose room is made once; when nobody takes them, new ones
 * are lost.
 */
final class SerialLine implements AutoCloseable {
  private static final int FRAMES = 64;
  private static final int READ_MILLIS = 500;
  private static final long PAUSE_NANOS = 20_000_000;
  private static final int AGAIN_MILLIS = 3000;

  /** So many bytes without a frame between them are no accident. */
  private static final int MUCH_NOISE = 200;

  private final String device;
  private final int baud;
  private final Queue in = new Queue(SerialFraming.CONTENT_MAX);
  private final Queue out = new Queue(SerialFraming.ENCODED_MAX);
  private final Thread reader;
  private final Thread writer;
  private volatile @Nullable SerialPort port;
  private volatile @Nullable String trouble;
  private volatile boolean closed;

  private static final class Frame {
    final byte[] bytes;
    int length;

    Frame(int room) {
      bytes = new byte[room];
    }
  }

  private static final class Queue {
    final Handover<Frame> free = new Handover<>(FRAMES);
    final Handover<Frame> full = new Handover<>(FRAMES);

    Queue(int room) {
      for (int count = 0; count < FRAMES; count++) {
        free.give(new Frame(room));
      }
    }
  }

  SerialLine(String device, int baud) {
    this.device = device;
    this.baud = baud;
    reader = thread(this::read, "in");
    writer = thread(this::write, "out");
  }

  private Thread thread(Runnable work, String way) {
    Thread thread = new Thread(work, "ringward-" + Path.of(device).getFileName() + "-" + way);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** Sends a frame, or loses it when the line is behind. */
  void send(byte[] frame, int offset, int length) {
    Frame target = out.free.poll();
    if (target != null) {
      target.length = SerialFraming.encode(frame, offset, length, target.bytes);
      out.full.give(target);
    }
  }

  /** Gives out the frames that came in. */
  void receive(int path, RegionMedium.Hearer hearer) {
    for (Frame frame = in.full.poll(); frame != null; frame = in.full.poll()) {
      hearer.heard(path, frame.bytes, 0, frame.length);
      in.free.give(frame);
    }
  }

  @Nullable String trouble() {
    return trouble;
  }

  private void read() {
    SerialFraming framing = new SerialFraming();
    byte[] bytes = new byte[1024];
    try {
      while (!closed) {
        SerialPort open = opened();
        int count = open == null ? -1 : open.readBytes(bytes, bytes.length);
        if (count < 0) {
          reopenLater();
          continue;
        }
        take(framing, bytes, count);
        // What comes meanwhile is taken with one call. (A sleep would make an object.)
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    } catch (InterruptedException e) {
      // The end.
    }
  }

  private void take(SerialFraming framing, byte[] bytes, int count) {
    for (int at = 0; at < count; at++) {
      if (framing.take(bytes[at])) {
        Frame target = in.free.poll();
        if (target != null) {
          target.length = framing.contentLength();
          System.arraycopy(framing.content(), 0, target.bytes, 0, target.length);
          in.full.give(target);
        }
      }
    }
    if (framing.noiseSinceFrame() > MUCH_NOISE) {
      trouble =
          "only noise comes in on %s (%d bytes): another speed than %d baud at the other end?"
              .formatted(device, framing.noiseSinceFrame(), baud);
    } else if (count > 0) {
      trouble = null;
    }
  }

  private void write() {
    try {
      while (!closed) {
        Frame frame = out.full.take();
        SerialPort open = port;
        if (open != null) {
          open.writeBytes(frame.bytes, frame.length);
        }
        out.free.give(frame);
      }
    } catch (InterruptedException e) {
      // The end.
    }
  }

  private @Nullable SerialPort opened() {
    SerialPort open = port;
    if (open != null) {
      return open;
    }
    try {
      SerialPort made = SerialPort.getCommPort(Path.of(device).toRealPath().toString());
      made.setComPortParameters(baud, 8, SerialPort.ONE_STOP_BIT, SerialPort.NO_PARITY);
      made.setFlowControl(SerialPort.FLOW_CONTROL_DISABLED);
      made.setComPortTimeouts(SerialPort.TIMEOUT_READ_SEMI_BLOCKING, READ_MILLIS, 0);
      if (!made.openPort(0)) {
        trouble = device + " cannot be opened (error " + made.getLastErrorCode() + ")";
        return null;
      }
      trouble = null;
      port = made;
      return made;
    } catch (IOException e) {
      trouble = "there is no " + device;
    } catch (SerialPortInvalidPortException e) {
      trouble = device + " is no serial line";
    }
    return null;
  }

  private void reopenLater() throws InterruptedException {
    SerialPort open = port;
    if (open != null) {
      trouble = "reading " + device + " fails";
      port = null;
      open.closePort();
    }
    Thread.sleep(AGAIN_MILLIS);
  }

  @Override
  public void close() {
    closed = true;
    reader.interrupt();
    writer.interrupt();
    SerialPort open = port;
    if (open != null) {
      open.closePort();
    }
  }
}
