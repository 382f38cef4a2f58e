package org.ringward.core.wire;

import static org.ringward.core.wire.HeartbeatFrame.*;

import java.util.Arrays;

/**
 * Makes frames of the layout of {@link HeartbeatFrame}, one after the other in one array: first
 * what every frame has, then acknowledgements, messages and views in this order, then the seal.
 * Nothing is allocated.
 */
public final class HeartbeatWriter {
  private final byte[] frame = new byte[LENGTH_MAX];
  private final int viewBytes;
  private int end;
  private int acks;
  private int messages;
  private int views;

  /** A writer for frames of one node, which never change in these values. */
  public HeartbeatWriter(long cluster, int node, long incarnation, int[] nodeIds) {
    Bytes.put32(frame, 0, MAGIC);
    Bytes.put8(frame, VERSION_AT, VERSION);
    Bytes.put64(frame, CLUSTER_AT, cluster);
    Bytes.put32(frame, NODE_AT, node);
    Bytes.put64(frame, INCARNATION_AT, incarnation);
    Bytes.put16(frame, NODES_AT, HeartbeatFrame.nodesHash(nodeIds));
    viewBytes = (nodeIds.length + 7) / 8;
    Bytes.put8(frame, VIEW_BYTES_AT, viewBytes);
  }

  /** Begins the next frame. */
  public void begin(int region, long sequence, int flags) {
    Bytes.put8(frame, FLAGS_AT, flags);
    Bytes.put32(frame, REGION_AT, region);
    Bytes.put64(frame, SEQUENCE_AT, sequence);
    end = HEADER;
    acks = 0;
    messages = 0;
    views = 0;
  }

  /** What the sender says about its times, all in milliseconds. */
  public void times(long uptime, int keepalive, int deadtime, int stall, int stallAge) {
    Bytes.put64(frame, UPTIME_AT, uptime);
    Bytes.put32(frame, KEEPALIVE_AT, keepalive);
    Bytes.put32(frame, DEADTIME_AT, deadtime);
    Bytes.put32(frame, STALL_AT, stall);
    Bytes.put32(frame, STALL_AGE_AT, stallAge);
  }

  private boolean fits(int bytes, int count) {
    return end + bytes + CODE <= LENGTH_MAX && count < 255;
  }

  /** Adds an acknowledgement; false when there is no room. */
  public boolean ack(int node, long incarnation, int number) {
    if (!fits(ACK_BYTES, acks)) {
      return false;
    }
    Bytes.put32(frame, end, node);
    Bytes.put64(frame, end + 4, incarnation);
    Bytes.put32(frame, end + 12, number);
    end += ACK_BYTES;
    acks++;
    return true;
  }

  /** Adds a message; false when there is no room. */
  public boolean message(int to, int number, byte[] content) {
    if (!fits(MESSAGE_HEADER + content.length, messages)) {
      return false;
    }
    Bytes.put32(frame, end, to);
    Bytes.put32(frame, end + 4, number);
    Bytes.put16(frame, end + 8, content.length);
    System.arraycopy(content, 0, frame, end + MESSAGE_HEADER, content.length);
    end += MESSAGE_HEADER + content.length;
    messages++;
    return true;
  }

  /** Adds the view of a region that sees nobody; false when there is no room. */
  public boolean view(int region) {
    if (!fits(VIEW_HEADER + viewBytes, views)) {
      return false;
    }
    Bytes.put32(frame, end, region);
    end += VIEW_HEADER;
    Arrays.fill(frame, end, end + viewBytes, (byte) 0);
    end += viewBytes;
    views++;
    return true;
  }

  /** The view that was added last sees the node of that place. */
  public void sees(int place) {
    frame[end - viewBytes + (place >> 3)] |= (byte) (1 << (place & 7));
  }

  /** Ends the frame, which begins at the array's beginning; its length. */
  public int seal(Hmac code) {
    Bytes.put8(frame, VIEWS_AT, views);
    Bytes.put8(frame, ACKS_AT, acks);
    Bytes.put8(frame, MESSAGES_AT, messages);
    Bytes.put16(frame, LENGTH_AT, end + CODE);
    code.sign(frame, 0, end, frame, end, CODE);
    return end + CODE;
  }

  /** The array that holds the frame. */
  public byte[] bytes() {
    return frame;
  }
}
