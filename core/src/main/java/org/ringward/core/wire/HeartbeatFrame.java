package org.ringward.core.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A heartbeat as it travels on every region, little-endian, at most {@link #LENGTH_MAX} bytes so
 * that it fits a disk sector with its envelope:
 *
 * <pre>
 *   0  magic "RWHB"                        40  uptime of the sender's daemon, ms
 *   4  version                             48  keepalive of the region at the sender, ms
 *   5  flags                               52  deadtime of the region at the sender, ms
 *   6  length of the frame                 56  length of the sender's last stall, ms
 *   8  cluster (hash of its name)          60  ms since that stall ended
 *  16  region (hash of its name)           64  hash of the node ids the sender is configured with
 *  20  node                                66  number of views
 *  24  incarnation                         67  number of acknowledgements
 *  32  sequence                            68  number of messages
 *                                          69  bytes of each view's set
 *  72  acknowledgements: node (4), its incarnation (8), last message taken (4)
 *      messages: to node (4), number (4), length (2), bytes
 *      views: region (4), set of the nodes seen on it, a bit for each in ascending order of ids
 *      code: the first 16 bytes of the HMAC-SHA-256 of all before
 * </pre>
 *
 * <p>An object is a view of a frame in somebody's array; reading allocates nothing. Nothing may be
 * read before {@link #wrap} has found the frame well formed.
 */
public final class HeartbeatFrame {
  /** Bytes of the longest frame. */
  public static final int LENGTH_MAX = 480;

  /** Bytes of the longest message in a frame. */
  public static final int MESSAGE_MAX = 256;

  public static final int VERSION = 1;

  public static final int QUORATE = 1;
  public static final int LEAVING = 2;

  static final int MAGIC = 'R' | ('W' << 8) | ('H' << 16) | ('B' << 24);
  static final int VERSION_AT = 4;
  static final int FLAGS_AT = 5;
  static final int LENGTH_AT = 6;
  static final int CLUSTER_AT = 8;
  static final int REGION_AT = 16;
  static final int NODE_AT = 20;
  static final int INCARNATION_AT = 24;
  static final int SEQUENCE_AT = 32;
  static final int UPTIME_AT = 40;
  static final int KEEPALIVE_AT = 48;
  static final int DEADTIME_AT = 52;
  static final int STALL_AT = 56;
  static final int STALL_AGE_AT = 60;
  static final int NODES_AT = 64;
  static final int VIEWS_AT = 66;
  static final int ACKS_AT = 67;
  static final int MESSAGES_AT = 68;
  static final int VIEW_BYTES_AT = 69;
  static final int HEADER = 72;
  static final int CODE = 16;
  static final int ACK_BYTES = 16;
  static final int MESSAGE_HEADER = 10;
  static final int VIEW_HEADER = 4;

  private static final byte[] PURPOSE = "ringward heartbeat".getBytes(StandardCharsets.US_ASCII);

  private byte[] bytes = {};
  private int at;
  private int length;
  private int messagesAt;
  private int viewsAt;

  /** What a datagram or block turned out to be. */
  public enum Form {
    WELL_FORMED,
    TOO_SHORT,
    /** It does not begin as a heartbeat does. */
    NO_HEARTBEAT,
    WRONG_VERSION,
    /** Its lengths contradict each other. */
    MALFORMED
  }

  /** Looks at a frame; the bytes must not change while it is read. */
  public Form wrap(byte[] frame, int offset, int frameLength) {
    bytes = frame;
    at = offset;
    length = frameLength;
    if (frameLength < 8) {
      return Form.TOO_SHORT;
    }
    if (Bytes.int32(frame, offset, false) != MAGIC) {
      return Form.NO_HEARTBEAT;
    }
    if (Bytes.uint8(frame, offset + VERSION_AT) != VERSION) {
      return Form.WRONG_VERSION;
    }
    if (frameLength < HEADER + CODE) {
      return Form.TOO_SHORT;
    }
    boolean whole =
        frameLength <= LENGTH_MAX
            && Bytes.uint16(frame, offset + LENGTH_AT, false) == frameLength
            && partsFit();
    return whole ? Form.WELL_FORMED : Form.MALFORMED;
  }

  private boolean partsFit() {
    int end = length - CODE;
    messagesAt = HEADER + ackCount() * ACK_BYTES;
    int place = messagesAt;
    for (int left = messageCount(); left > 0; left--) {
      if (place + MESSAGE_HEADER > end) {
        return false;
      }
      int size = Bytes.uint16(bytes, at + place + 8, false);
      if (size > MESSAGE_MAX) {
        return false;
      }
      place += MESSAGE_HEADER + size;
    }
    viewsAt = place;
    return place + viewCount() * (VIEW_HEADER + viewBytes()) == end;
  }

  /** The key that protects heartbeats, out of the key of the cluster. */
  public static Hmac code(byte[] clusterKey) {
    return new Hmac("SHA-256", new Hmac("SHA-256", clusterKey).derive(PURPOSE));
  }

  /** What stands for a cluster's or a region's name in frames. */
  public static long hash(String name) {
    long hash = 0xcbf29ce484222325L; // FNV-1a
    for (byte each : name.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (each & 0xff)) * 0x100000001b3L;
    }
    return hash;
  }

  /** What stands for a region's name in frames; never 0. */
  public static int regionHash(String name) {
    long hash = hash(name);
    int folded = (int) (hash ^ (hash >>> 32));
    return folded == 0 ? 1 : folded;
  }

  /** What stands for the list of nodes, ascending, by whose places views name nodes. */
  public static int nodesHash(int[] ids) {
    return Arrays.hashCode(ids) & 0xffff;
  }

  /** Whether the frame was made by a holder of the key and is as it was made. */
  public boolean isAuthentic(Hmac code) {
    int rest = length - CODE;
    return code.verify(bytes, at, rest, bytes, at + rest, CODE);
  }

  public boolean has(int flag) {
    return (bytes[at + FLAGS_AT] & flag) != 0;
  }

  public long cluster() {
    return Bytes.int64(bytes, at + CLUSTER_AT, false);
  }

  public int region() {
    return int32(REGION_AT);
  }

  public int node() {
    return int32(NODE_AT);
  }

  public long incarnation() {
    return Bytes.int64(bytes, at + INCARNATION_AT, false);
  }

  public long sequence() {
    return Bytes.int64(bytes, at + SEQUENCE_AT, false);
  }

  public long uptimeMillis() {
    return Bytes.int64(bytes, at + UPTIME_AT, false);
  }

  public int keepaliveMillis() {
    return int32(KEEPALIVE_AT);
  }

  public int deadtimeMillis() {
    return int32(DEADTIME_AT);
  }

  public int stallMillis() {
    return int32(STALL_AT);
  }

  public int stallAgeMillis() {
    return int32(STALL_AGE_AT);
  }

  public int nodesHash() {
    return Bytes.uint16(bytes, at + NODES_AT, false);
  }

  public int viewCount() {
    return Bytes.uint8(bytes, at + VIEWS_AT);
  }

  public int viewBytes() {
    return Bytes.uint8(bytes, at + VIEW_BYTES_AT);
  }

  public int viewRegion(int index) {
    return int32(viewsAt + index * (VIEW_HEADER + viewBytes()));
  }

  /** Whether the sender sees the node of that place on the view's region. */
  public boolean viewSees(int index, int place) {
    int set = viewsAt + index * (VIEW_HEADER + viewBytes()) + VIEW_HEADER;
    return place >> 3 < viewBytes() && ((bytes[at + set + (place >> 3)] >> (place & 7)) & 1) == 1;
  }

  public int ackCount() {
    return Bytes.uint8(bytes, at + ACKS_AT);
  }

  public int ackNode(int index) {
    return int32(HEADER + index * ACK_BYTES);
  }

  public long ackIncarnation(int index) {
    return Bytes.int64(bytes, at + HEADER + index * ACK_BYTES + 4, false);
  }

  public int ackNumber(int index) {
    return int32(HEADER + index * ACK_BYTES + 12);
  }

  public int messageCount() {
    return Bytes.uint8(bytes, at + MESSAGES_AT);
  }

  /** Where the first message is; meaningful to the methods below only. */
  public int firstMessage() {
    return messagesAt;
  }

  public int nextMessage(int message) {
    return message + MESSAGE_HEADER + messageLength(message);
  }

  public int messageTo(int message) {
    return int32(message);
  }

  public int messageNumber(int message) {
    return int32(message + 4);
  }

  public int messageLength(int message) {
    return Bytes.uint16(bytes, at + message + 8, false);
  }

  /** Index of the message's first byte in {@link #bytes}. */
  public int messageOffset(int message) {
    return at + message + MESSAGE_HEADER;
  }

  /** The array the frame is in. */
  public byte[] bytes() {
    return bytes;
  }

  public int offset() {
    return at;
  }

  public int length() {
    return length;
  }

  private int int32(int place) {
    return Bytes.int32(bytes, at + place, false);
  }
}
