package org.ringward.core.link;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.ringward.core.base.NodeSet;
import org.ringward.core.config.LinkSettings;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.port.Frames;

/**
 * Corosync's transports udpu and udp (reference/totem-srp.md, section 5): a Totem frame is a
 * datagram, on link 0, neither encrypted nor authenticated. With udp, frames for all are one
 * datagram to the multicast group.
 */
public final class UdpuTransport implements Transport {
  /** The longest payload of UDP over IPv4. */
  private static final int DATAGRAM_MAX = 65_507;

  private final int self;
  private final boolean multicast;
  private final int frameMax;
  private final Frames frames;
  private final DropCounts drops = new DropCounts();
  private NodeSet others;
  private boolean blockUnlisted;
  private byte[] frame = {};
  private int frameOffset;
  private int frameLength;

  /**
   * A transport that has sent nothing.
   *
   * @param multicast whether frames for all go to the link's group
   * @param blockUnlisted whether datagrams of unknown addresses are dropped
   * @param netmtu longest frame that is sent; longer ones are accepted
   */
  public UdpuTransport(
      int self,
      NodeSet configured,
      boolean multicast,
      boolean blockUnlisted,
      int netmtu,
      Frames frames) {
    this.self = self;
    this.others = configured.without(self);
    this.multicast = multicast;
    this.blockUnlisted = blockUnlisted;
    this.frameMax = netmtu;
    this.frames = frames;
  }

  @Override
  public int frameMax() {
    return frameMax;
  }

  @Override
  public int wholeFrameMax() {
    return frameMax;
  }

  @Override
  public void start(long now) {}

  /** {@inheritDoc} Nobody asks here. */
  @Override
  public boolean answer(int link, int fromNode, byte[] datagram, int offset, int length) {
    return false;
  }

  /** {@inheritDoc} Nobody asks here. */
  @Override
  public long answersWithin() {
    return Long.MAX_VALUE;
  }

  @Override
  public boolean received(
      int link, int fromNode, byte[] datagram, int offset, int length, long now) {
    if (fromNode == self) {
      return false; // an echo of what went to the group; this node has heard itself already
    }
    if (fromNode == 0 && blockUnlisted) {
      drops.count(LinkDrop.UNKNOWN_SENDER, link, fromNode);
      return false;
    }
    if (length > DATAGRAM_MAX) {
      drops.count(LinkDrop.TOO_LONG, link, fromNode);
      return false;
    }
    frame = datagram;
    frameOffset = offset;
    frameLength = length;
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
    frames.send(0, toNode, bytes, 0, length);
  }

  @Override
  public void broadcast(byte[] bytes, int length) {
    if (multicast) {
      frames.send(0, Frames.GROUP, bytes, 0, length);
      return;
    }
    for (int i = 0; i < others.size(); i++) {
      frames.send(0, others.get(i), bytes, 0, length);
    }
  }

  @Override
  public void flush() {
    frames.flush();
  }

  @Override
  public void expire(long now) {}

  @Override
  public long nextDeadline() {
    return Long.MAX_VALUE;
  }

  @Override
  public void reconfigure(NodeSettings settings, long now) {
    others = settings.nodeIds().without(self);
    blockUnlisted = settings.links().blockUnlistedIps();
  }

  @Override
  public void loadKey(LinkSettings.Cipher cipher, LinkSettings.Hash hash, byte[] key) {}

  @Override
  public boolean isLoadedKeyUsed() {
    return false;
  }

  @Override
  public void activateKey() {}

  @Override
  public void clearOldKey() {}

  @Override
  public void listen(LinkListener listener) {}

  /** {@inheritDoc} Nobody watches the links: they count as up. */
  @Override
  public List<LinkStatus> links() {
    List<LinkStatus> links = new ArrayList<>();
    for (int i = 0; i < others.size(); i++) {
      links.add(LinkStatus.unwatched(others.get(i), frameMax));
    }
    return links;
  }

  @Override
  public DropCounts drops() {
    return drops;
  }

  @Override
  public void report(SortedMap<String, Long> report) {
    drops.report("dropped-", report);
  }
}
