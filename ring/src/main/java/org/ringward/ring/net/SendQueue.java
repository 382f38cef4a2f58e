package org.ringward.ring.net;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.ringward.ring.os.NativeMemory;

/**
 * Datagrams of one link on their way to the system: collected, then sent with as few calls as
 * possible. Those to one node keep their order; the node that was given something last comes last,
 * as that is who has to go on.
 *
 * <p>Where the system may not cut datagrams, those of equal size to one node go as one message with
 * the size of its segments (udp(7), UDP_SEGMENT); on the wire they are ordinary datagrams. One
 * thread at a time; nothing is allocated.
 */
final class SendQueue {
  private static final int RUNS_MOST = 256;
  private static final int ROOM = 256 * 1024;

  /** So much for each target goes at once: they open it while more is being sealed. */
  private static final int EAGER_BYTES = 60_000;

  /** What the system takes as one message: bytes (UDP over IPv6) and segments. */
  private static final int MESSAGE_BYTES_MOST = 65_487;

  private static final int SEGMENTS_MOST = 64;

  /** How often a datagram is tried again after the system told of the fate of earlier ones. */
  private static final int TRIES = 3;

  private static final int CONTROL_ROOM = 24;
  private static final int CONTROL_BYTES = 18;
  private static final int PARTS = RUNS_MOST * Linux.MESSAGE_BYTES;
  private static final int CONTROLS = PARTS + RUNS_MOST * Linux.PART_BYTES;

  /** A message and its part for a single datagram. */
  private static final int SINGLE = CONTROLS + RUNS_MOST * CONTROL_ROOM;

  private static final int SINGLE_PART = SINGLE + Linux.MESSAGE_BYTES;

  /** Takes messages, prepared for sendmmsg(2). */
  interface Sender {
    /** How many messages were sent, or a negative errno. */
    int send(long messages, int count);
  }

  private final Sender sender;
  private final NativeMemory memory = new NativeMemory(SINGLE_PART + Linux.PART_BYTES);
  private final ByteBuffer headers = memory.bytes();
  private final NativeMemory room = new NativeMemory(ROOM);
  private final UdpLink link;
  private final NodeAddresses addresses;
  private final ErrorQueue errors;
  private final SocketCounts counts;
  private boolean segments;

  private int used;
  private int runs;

  /** How many targets the collected datagrams have. */
  private int chains;

  private final int[] start = new int[RUNS_MOST];
  private final int[] length = new int[RUNS_MOST];
  private final int[] segment = new int[RUNS_MOST];
  private final int[] target = new int[RUNS_MOST];

  /** Of each run the next to the same target; of each target the first and the last run. */
  private final int[] next = new int[RUNS_MOST];

  private final int[] first;
  private final int[] last;

  /** Of each message how many datagrams it is, and their size. */
  private final int[] datagrams = new int[RUNS_MOST];

  private final int[] size = new int[RUNS_MOST];
  private int messages;
  private int parts;
  private int messageBytes;
  private boolean messageEnded;

  SendQueue(UdpLink link, Sender sender, ErrorQueue errors, SocketCounts counts) {
    this.sender = sender;
    this.link = link;
    this.addresses = link.addresses();
    this.errors = errors;
    this.counts = counts;
    this.segments = link.isWhole();
    this.first = new int[addresses.targets()];
    this.last = new int[addresses.targets()];
    Arrays.fill(first, -1);
    for (int at = 0; at < RUNS_MOST; at++) {
      int control = CONTROLS + at * CONTROL_ROOM;
      headers.putLong(control + Linux.CONTROL_LENGTH, CONTROL_BYTES);
      headers.putInt(control + Linux.CONTROL_LEVEL, Linux.SOL_UDP);
      headers.putInt(control + Linux.CONTROL_TYPE, Linux.UDP_SEGMENT);
    }
  }

  /**
   * Adds datagrams to one node: they follow each other in the array, each of so many bytes, the
   * last may be shorter.
   *
   * @param segmentBytes positive
   */
  void add(int toNode, byte[] bytes, int offset, int segmentBytes, int totalBytes) {
    int to = addresses.target(toNode);
    if (to < 0 || segmentBytes > UdpFrames.DATAGRAM_MOST_BYTES) {
      counts.sendFailures.addAndGet(count(segmentBytes, totalBytes));
      return;
    }
    int most = segments ? Math.min(SEGMENTS_MOST, MESSAGE_BYTES_MOST / segmentBytes) : 1;
    int chunk = Math.max(1, most) * segmentBytes;
    int at = 0;
    do {
      int part = Math.min(chunk, totalBytes - at);
      addRun(to, bytes, offset + at, segmentBytes, part);
      at += part;
    } while (at < totalBytes);
    if (used >= chains * EAGER_BYTES) {
      flush();
    }
  }

  private static int count(int segmentBytes, int totalBytes) {
    return Math.max(1, (totalBytes + segmentBytes - 1) / segmentBytes);
  }

  private void addRun(int to, byte[] bytes, int offset, int segmentBytes, int runBytes) {
    if (runs == RUNS_MOST || used + runBytes > ROOM) {
      flush();
    }
    room.bytes().put(used, bytes, offset, runBytes);
    int run = runs++;
    start[run] = used;
    length[run] = runBytes;
    segment[run] = segmentBytes;
    target[run] = to;
    used += runBytes;
    next[run] = -1;
    if (first[to] < 0) {
      first[to] = run;
      chains++;
    } else {
      next[last[to]] = run;
    }
    last[to] = run;
  }

  /** Sends all that was added. */
  void flush() {
    if (runs == 0) {
      return;
    }
    messages = 0;
    parts = 0;
    for (int run = 0; run < runs; run++) {
      int to = target[run];
      if (last[to] == run) {
        build(to);
        first[to] = -1;
      }
    }
    finishMessage();
    runs = 0;
    used = 0;
    chains = 0;
    send();
  }

  private void build(int to) {
    messageEnded = true;
    for (int run = first[to]; run >= 0; run = next[run]) {
      if (!fits(run)) {
        beginMessage(to, segment[run]);
      }
      addPart(run);
    }
  }

  /** Whether a run can be part of the message that is being built, to the same target. */
  private boolean fits(int run) {
    if (messageEnded || !segments) {
      return false;
    }
    int message = messages - 1;
    boolean sameSize = segment[run] == size[message];
    boolean shorterLast = length[run] == segment[run] && length[run] < size[message];
    return (sameSize || shorterLast)
        && length[run] > 0
        && messageBytes + length[run] <= MESSAGE_BYTES_MOST
        && datagrams[message] + count(segment[run], length[run]) <= SEGMENTS_MOST;
  }

  private void beginMessage(int to, int segmentBytes) {
    finishMessage();
    int message = messages++;
    int header = message * Linux.MESSAGE_BYTES;
    headers.putLong(header + Linux.MESSAGE_NAME, addresses.address(to));
    headers.putInt(header + Linux.MESSAGE_NAME_LENGTH, addresses.length());
    headers.putLong(header + Linux.MESSAGE_PARTS, memory.address(PARTS + parts * Linux.PART_BYTES));
    headers.putLong(header + Linux.MESSAGE_PARTS_COUNT, 0);
    datagrams[message] = 0;
    size[message] = segmentBytes;
    messageBytes = 0;
    messageEnded = false;
  }

  private void addPart(int run) {
    int message = messages - 1;
    int header = message * Linux.MESSAGE_BYTES;
    int part = PARTS + parts * Linux.PART_BYTES;
    headers.putLong(part + Linux.PART_ADDRESS, room.address(start[run]));
    headers.putLong(part + Linux.PART_LENGTH, length[run]);
    long before = headers.getLong(header + Linux.MESSAGE_PARTS_COUNT);
    headers.putLong(header + Linux.MESSAGE_PARTS_COUNT, before + 1);
    parts++;
    datagrams[message] += count(segment[run], length[run]);
    messageBytes += length[run];
    messageEnded = length[run] % size[message] != 0 || length[run] == 0;
  }

  private void finishMessage() {
    if (messages == 0) {
      return;
    }
    int message = messages - 1;
    int header = message * Linux.MESSAGE_BYTES;
    int control = CONTROLS + message * CONTROL_ROOM;
    boolean several = datagrams[message] > 1;
    headers.putShort(control + Linux.CONTROL_DATA, (short) size[message]);
    headers.putLong(header + Linux.MESSAGE_CONTROL, several ? memory.address(control) : 0);
    headers.putLong(header + Linux.MESSAGE_CONTROL_LENGTH, several ? CONTROL_ROOM : 0);
  }

  private void send() {
    int at = 0;
    int tries = 0;
    while (at < messages) {
      int result = call(memory.address(at * Linux.MESSAGE_BYTES), messages - at);
      if (result > 0) {
        for (int i = 0; i < result; i++) {
          counts.sent.addAndGet(datagrams[at + i]);
        }
        at += result;
        tries = 0;
      } else if (isFull(result)) {
        fail(at);
        return;
      } else if (!isOfEarlier(result) || ++tries == TRIES) {
        refusedMessage(at, result);
        at++;
        tries = 0;
      }
    }
  }

  private int call(long message, int count) {
    counts.sendCalls.incrementAndGet();
    return sender.send(message, count);
  }

  private static boolean isFull(int result) {
    return result == -Linux.EAGAIN || result == -Linux.ENOBUFS;
  }

  /** What is still to be sent is lost. */
  private void fail(int from) {
    for (int message = from; message < messages; message++) {
      counts.sendFailures.addAndGet(datagrams[message]);
    }
  }

  /**
   * A socket tells of the fate of earlier datagrams instead of sending: then the same has to be
   * tried again.
   */
  private boolean isOfEarlier(int result) {
    if (result == -Linux.EINTR) {
      return true;
    }
    if (result == -Linux.EINVAL || result == -Linux.EIO) {
      return false;
    }
    errors.drain(link.socket());
    return true;
  }

  private void refusedMessage(int message, int result) {
    if (datagrams[message] == 1) {
      counts.sendFailures.incrementAndGet();
      return;
    }
    if (result == -Linux.EIO) {
      // The interface cannot do it (no checksums in hardware).
      segments = false;
    }
    sendSingly(message);
  }

  /** Segments that were refused together, one by one: some may be short enough. */
  private void sendSingly(int message) {
    int header = message * Linux.MESSAGE_BYTES;
    headers.putLong(SINGLE + Linux.MESSAGE_NAME, headers.getLong(header + Linux.MESSAGE_NAME));
    headers.putInt(SINGLE + Linux.MESSAGE_NAME_LENGTH, addresses.length());
    headers.putLong(SINGLE + Linux.MESSAGE_PARTS, memory.address(SINGLE_PART));
    headers.putLong(SINGLE + Linux.MESSAGE_PARTS_COUNT, 1);
    int part = (int) (headers.getLong(header + Linux.MESSAGE_PARTS) - memory.address(0));
    long partsLeft = headers.getLong(header + Linux.MESSAGE_PARTS_COUNT);
    for (; partsLeft > 0; partsLeft--, part += Linux.PART_BYTES) {
      long address = headers.getLong(part + Linux.PART_ADDRESS);
      long bytes = headers.getLong(part + Linux.PART_LENGTH);
      for (long at = 0; at < bytes; at += size[message]) {
        sendSingle(address + at, Math.min(size[message], bytes - at));
      }
    }
  }

  private void sendSingle(long address, long bytes) {
    headers.putLong(SINGLE_PART + Linux.PART_ADDRESS, address);
    headers.putLong(SINGLE_PART + Linux.PART_LENGTH, bytes);
    int result = 0;
    for (int tries = 0; tries < TRIES; tries++) {
      result = call(memory.address(SINGLE), 1);
      if (result > 0) {
        counts.sent.incrementAndGet();
        return;
      }
      if (isFull(result) || !isOfEarlier(result)) {
        break;
      }
    }
    counts.sendFailures.incrementAndGet();
  }
}
