package org.ringward.daemon.region;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.ringward.ring.store.BlockFile;

/**
 * One shared disk and the thread that waits for it. Requests are done in their order; a disk that
 * hangs holds up nobody but this thread. Asked and emptied by the loop's thread; the room for
 * requests is made once.
 */
final class DiskWorker implements AutoCloseable {
  private static final int REQUESTS = 6;

  /** Room for all requests. */
  private static final int PLACES = 8;

  private static final int MOST_BYTES = 256 * BlockFile.BLOCK;

  private final Path path;
  private final int disk;
  private final Deque<Request> free = new ArrayDeque<>(REQUESTS);
  private final Handover<Request> waiting = new Handover<>(PLACES);
  private final Handover<Request> done = new Handover<>(PLACES);
  private final Thread thread;
  private @Nullable BlockFile file;
  private volatile boolean closed;

  /** Takes the ends of requests. */
  interface Ends {
    void read(int disk, long request, byte[] bytes, int length, @Nullable String error);

    void written(int disk, long request, @Nullable String error);
  }

  private static final class Request {
    final byte[] bytes = new byte[MOST_BYTES];
    boolean write;
    long id;
    long position;
    int length;
    @Nullable String error;
  }

  DiskWorker(int disk, String device) {
    this.disk = disk;
    this.path = Path.of(device);
    for (int count = 0; count < REQUESTS; count++) {
      free.add(new Request());
    }
    thread = new Thread(this::work, "ringward-disk" + disk);
    thread.setDaemon(true);
    thread.start();
  }

  boolean read(long id, long position, int length) {
    Request request = length > MOST_BYTES ? null : free.poll();
    if (request == null) {
      return false;
    }
    request.write = false;
    return put(request, id, position, length);
  }

  boolean write(long id, long position, byte[] bytes, int offset, int length) {
    Request request = length > MOST_BYTES ? null : free.poll();
    if (request == null) {
      return false;
    }
    request.write = true;
    System.arraycopy(bytes, offset, request.bytes, 0, length);
    return put(request, id, position, length);
  }

  private boolean put(Request request, long id, long position, int length) {
    request.id = id;
    request.position = position;
    request.length = length;
    return waiting.give(request);
  }

  /** Gives out what has ended. */
  void drain(Ends ends) {
    for (Request request = done.poll(); request != null; request = done.poll()) {
      if (request.write) {
        ends.written(disk, request.id, request.error);
      } else {
        ends.read(disk, request.id, request.bytes, request.length, request.error);
      }
      free.add(request);
    }
  }

  private void work() {
    while (!closed) {
      try {
        Request request = waiting.take();
        carryOut(request);
        done.give(request);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void carryOut(Request request) {
    request.error = null;
    try {
      BlockFile open = opened();
      if (request.write) {
        open.write(request.position, request.bytes, 0, request.length);
      } else {
        request.length = open.read(request.position, request.bytes, request.length);
      }
    } catch (IOException e) {
      request.error = String.valueOf(e.getMessage());
      closeFile();
    }
  }

  /** A path of a disk that came back may be another device: after an error it is opened again. */
  private BlockFile opened() throws IOException {
    BlockFile open = file;
    if (open == null) {
      open = BlockFile.open(path, MOST_BYTES, true);
      file = open;
    }
    return open;
  }

  private void closeFile() {
    BlockFile open = file;
    file = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // It has failed already.
      }
    }
  }

  /** Ends the thread, or leaves it behind when the disk hangs. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
