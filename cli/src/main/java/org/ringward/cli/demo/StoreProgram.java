package org.ringward.cli.demo;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.ringward.client.LeaseClient;
import org.ringward.client.LeaseHandle;
import org.ringward.client.LeaseListener;
import org.ringward.client.Mode;
import org.ringward.ring.store.BlockFile;

/**
 * A program as the clustered applications of this world are: each instance shares a store on a disk
 * with its peers under a lease, and writes a journal of its own there, with its token. One that
 * gets an error from the disk changes nothing any more and says so; one that is to take over reads
 * the other's journal first.
 */
final class StoreProgram implements AutoCloseable {
  private static final String RESOURCE = "demo-store";
  private static final Duration LEASE = Duration.ofSeconds(5);
  private static final long EVERY_MILLIS = 10;

  private final String node;
  private final List<String> nodes;
  private final LeaseClient client;
  private final LeaseHandle lease;
  private final BlockFile disk;
  private final ByteBuffer block = ByteBuffer.allocate(BlockFile.BLOCK);
  private final List<String> story = new CopyOnWriteArrayList<>();
  private final Thread thread = new Thread(this::run, "demo-store");
  private final AtomicLong written = new AtomicLong();
  private volatile long token;
  private volatile boolean reads;
  private volatile boolean over;

  /**
   * Starts it.
   *
   * @param nodes who has a journal, in the order of their places
   * @param socket of its machine's daemon
   * @param device the disk, as its machine sees it
   */
  StoreProgram(String node, List<String> nodes, Path socket, Path device) throws IOException {
    this.node = node;
    this.nodes = List.copyOf(nodes);
    disk = BlockFile.open(device, BlockFile.BLOCK, true);
    client = LeaseClient.connect(socket);
    lease = client.open(RESOURCE, Mode.SHARED, LEASE, new Listener());
    thread.start();
  }

  /** Keeps what is told. */
  private final class Listener implements LeaseListener {
    @Override
    public void held(long given) {
      token = given;
    }

    @Override
    public void recover(boolean yours, LeftOver left) {
      if (yours) {
        story.add("told to take over from " + left.node() + ": " + left.proof());
      }
    }

    @Override
    public void lost(long untilNanos, String why) {
      story.add("lost: " + why);
    }
  }

  String node() {
    return node;
  }

  /** Records that it has written. */
  long written() {
    return written.get();
  }

  /** The token under which it writes now, or wrote last. */
  long token() {
    return token;
  }

  /** Whether it has its access to the disk and its lease. */
  boolean writes() {
    return !reads && lease.mayUse();
  }

  boolean readsOnly() {
    return reads;
  }

  /** What happened to it, in order. */
  List<String> story() {
    return List.copyOf(story);
  }

  private void run() {
    try {
      while (!over) {
        work();
        TimeUnit.MILLISECONDS.sleep(EVERY_MILLIS);
      }
    } catch (InterruptedException e) {
      // It is closed.
    }
  }

  private void work() {
    try {
      if (reads) {
        read(nodes.indexOf(node));
        reads = false;
        story.add("back online");
        lease.online();
      } else if (lease.mayUse()) {
        takeOver();
        long count = read(nodes.indexOf(node));
        write(nodes.indexOf(node), lease.token(), count + 1);
        written.incrementAndGet();
      }
    } catch (IOException e) {
      if (!reads) {
        reads = true;
        story.add("lost access, read only: " + e.getMessage());
        lease.readOnly(String.valueOf(e.getMessage()));
      }
    }
  }

  private void takeOver() throws IOException {
    for (LeaseListener.LeftOver left : lease.toRecover()) {
      long records = read(nodes.indexOf(left.node()));
      story.add("took over %d records of %s".formatted(records, left.node()));
      lease.recovered(left.token());
    }
  }

  /** The number of records in a journal. */
  private long read(int journal) throws IOException {
    if (disk.read((long) journal * BlockFile.BLOCK, block.array(), BlockFile.BLOCK)
        < BlockFile.BLOCK) {
      throw new EOFException("the disk is shorter than it was");
    }
    return block.getLong(Long.BYTES);
  }

  private void write(int journal, long under, long count) throws IOException {
    block.putLong(0, under).putLong(Long.BYTES, count);
    disk.write((long) journal * BlockFile.BLOCK, block.array(), 0, BlockFile.BLOCK);
  }

  @Override
  public void close() throws IOException {
    over = true;
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    lease.close();
    client.close();
    disk.close();
  }
}
