package org.ringward.daemon.witness;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Semaphore;

/**
 * The two directions of one connection. What the other side does not take waits in a queue that is
 * short; a side that is too slow is disconnected. What it sends is read only when the witness has
 * dealt with what it sent before.
 */
final class Connection {
  private static final int WAITING_MOST = 128;
  private static final byte[] END = new byte[0];

  private final Socket socket;
  private final ArrayBlockingQueue<byte[]> waiting = new ArrayBlockingQueue<>(WAITING_MOST);
  private final Semaphore turn = new Semaphore(0);

  Connection(Socket socket) {
    this.socket = socket;
  }

  /** Never waits. */
  void send(byte[] bytes) {
    if (!waiting.offer(bytes)) {
      cut();
    }
  }

  /** Ends the connection once everything before is out. Never waits. */
  void close() {
    if (!waiting.offer(END)) {
      cut();
    }
  }

  /** Ends the connection at once. */
  void cut() {
    try {
      socket.close();
    } catch (IOException _) {
      // It is gone, which is what was wanted.
    }
    waiting.clear();
    waiting.offer(END);
    turn.release();
  }

  /** Writes until the connection ends; in a thread of its own. */
  void write() {
    try (Socket open = socket) {
      OutputStream out = open.getOutputStream();
      for (byte[] bytes = waiting.take(); bytes.length > 0; bytes = waiting.take()) {
        out.write(bytes);
        if (waiting.isEmpty()) {
          out.flush();
        }
      }
      out.flush();
    } catch (IOException e) {
      cut();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The witness has dealt with what was read. */
  void dealtWith() {
    turn.release();
  }

  void awaitTurn() throws InterruptedException {
    turn.acquire();
  }
}
