package org.ringward.core.link;

import java.util.Arrays;
import java.util.SortedMap;
import org.ringward.core.base.Counters;
import org.ringward.core.base.NodeSet;
import org.ringward.core.port.Frames;
import org.ringward.core.wire.Bytes;

/**
 * Authenticated datagrams between the nodes of one cluster, an interim until kronosnet links take
 * their place: Totem frames in an envelope with a seal.
 *
 * <pre>
 *  0 u16 magic 0x5247       2 u8 version 1      3 u8 zero
 *  4 u32 sender             8 u64 incarnation   16 u64 sequence, from 1 on
 * 24 the Totem frame        then 16 bytes: HMAC-SHA256 over all before, first half
 * </pre>
 *
 * All numbers are little-endian. The key of the seal is derived from the cluster's shared key and
 * its name, so a datagram of another cluster never fits. Contents are not hidden. Datagrams that
 * were seen before are dropped.
 *
 * <p>Sending and opening allocate nothing.
 */
public final class SealedTransport implements Transport {
  /** What an envelope adds to a frame. */
  public static final int OVERHEAD = 24 + Seal.LENGTH;

  private static final int HEADER = 24;
  private static final int MAGIC = 0x5247;
  private static final int VERSION = 1;

  private final int self;
  private final NodeSet others;
  private final int frameMax;
  private final long incarnation;
  private final Seal seal;
  private final Frames frames;
  private final ReplayGuard[] guards;
  private final byte[] datagram;
  private final Counters<LinkDrop> drops = new Counters<>(LinkDrop.class);
  private long sequence;
  private byte[] frame = {};
  private int frameOffset;
  private int frameLength;

  /**
   * A link that has sent nothing.
   *
   * @param incarnation differs from that of every earlier life of this node
   * @param frameMax longest frame that is sent or accepted
   */
  public SealedTransport(
      String clusterName,
      int self,
      NodeSet configured,
      byte[] key,
      long incarnation,
      int frameMax,
      Frames frames) {
    this.self = self;
    this.others = configured.without(self);
    this.frameMax = frameMax;
    this.incarnation = incarnation;
    this.seal = Seal.of(key, clusterName);
    this.frames = frames;
    this.guards = new ReplayGuard[others.size()];
    Arrays.setAll(guards, _ -> new ReplayGuard());
    this.datagram = new byte[frameMax + OVERHEAD];
  }

  @Override
  public int frameMax() {
    return frameMax;
  }

  @Override
  public void start(long now) {}

  @Override
  public boolean received(
      int link, int fromNode, byte[] received, int offset, int length, long now) {
    if (length <= OVERHEAD) {
      return drop(LinkDrop.TOO_SHORT);
    }
    if (length > frameMax + OVERHEAD) {
      return drop(LinkDrop.TOO_LONG);
    }
    if (Bytes.uint16(received, offset, false) != MAGIC) {
      return drop(LinkDrop.WRONG_MAGIC);
    }
    if (Bytes.uint8(received, offset + 2) != VERSION) {
      return drop(LinkDrop.WRONG_VERSION);
    }
    int sender = Bytes.int32(received, offset + 4, false);
    if (sender == self) {
      return drop(LinkDrop.OWN_SENDER);
    }
    int index = others.indexOf(sender);
    if (index < 0) {
      return drop(LinkDrop.UNKNOWN_SENDER);
    }
    int sealed = length - Seal.LENGTH;
    if (!seal.fits(received, offset, sealed, received, offset + sealed)) {
      return drop(LinkDrop.BAD_SEAL);
    }
    long life = Bytes.int64(received, offset + 8, false);
    if (!guards[index].accept(life, Bytes.int64(received, offset + 16, false))) {
      return drop(LinkDrop.REPLAYED);
    }
    frame = received;
    frameOffset = offset + HEADER;
    frameLength = length - OVERHEAD;
    return true;
  }

  @Override
  public byte[] frame() {
    return frame;
  }

  @Override
  public int frameOffset() {
    return frameOffset;
  }

  @Override
  public int frameLength() {
    return frameLength;
  }

  @Override
  public boolean refused(int link, int node, long now) {
    return true;
  }

  @Override
  public void send(int toNode, byte[] bytes, int length) {
    int sealed = sealUp(bytes, length);
    frames.send(0, toNode, datagram, 0, sealed);
  }

  @Override
  public void broadcast(byte[] bytes, int length) {
    if (others.isEmpty()) {
      return;
    }
    int sealed = sealUp(bytes, length);
    for (int i = 0; i < others.size(); i++) {
      frames.send(0, others.get(i), datagram, 0, sealed);
    }
  }

  private int sealUp(byte[] bytes, int length) {
    sequence++;
    Bytes.put16(datagram, 0, MAGIC);
    Bytes.put8(datagram, 2, VERSION);
    Bytes.put8(datagram, 3, 0);
    Bytes.put32(datagram, 4, self);
    Bytes.put64(datagram, 8, incarnation);
    Bytes.put64(datagram, 16, sequence);
    System.arraycopy(bytes, 0, datagram, HEADER, length);
    seal.write(datagram, 0, HEADER + length, datagram, HEADER + length);
    return length + OVERHEAD;
  }

  @Override
  public void expire(long now) {}

  @Override
  public long nextDeadline() {
    return Long.MAX_VALUE;
  }

  @Override
  public void report(SortedMap<String, Long> report) {
    drops.report("dropped-", report);
  }

  /** How often something was dropped, by reason. */
  public Counters<LinkDrop> drops() {
    return drops;
  }

  private boolean drop(LinkDrop reason) {
    drops.count(reason);
    return false;
  }
}
