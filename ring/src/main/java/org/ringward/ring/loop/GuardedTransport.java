package org.ringward.ring.loop;

import java.util.List;
import java.util.SortedMap;
import org.ringward.core.config.LinkSettings;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.link.DropCounts;
import org.ringward.core.link.LinkListener;
import org.ringward.core.link.LinkStatus;
import org.ringward.core.link.Transport;

/**
 * A transport that lets {@link #answer} be called from another thread: each call waits until that
 * of the other has ended.
 */
final class GuardedTransport implements Transport {
  private final Transport guarded;
  private final SharedDatagrams source;

  /**
   * @param source what the transport gets its datagrams from
   */
  GuardedTransport(Transport guarded, SharedDatagrams source) {
    this.guarded = guarded;
    this.source = source;
  }

  @Override
  public synchronized int frameMax() {
    return guarded.frameMax();
  }

  @Override
  public synchronized int wholeFrameMax() {
    return guarded.wholeFrameMax();
  }

  @Override
  public synchronized void start(long now) {
    guarded.start(now);
  }

  @Override
  public synchronized boolean received(
      int link, int fromNode, byte[] datagram, int offset, int length, long now) {
    return guarded.received(link, fromNode, datagram, offset, length, now);
  }

  @Override
  public synchronized boolean answer(
      int link, int fromNode, byte[] datagram, int offset, int length) {
    return guarded.answer(link, fromNode, datagram, offset, length);
  }

  @Override
  public synchronized long answersWithin() {
    return guarded.answersWithin();
  }

  @Override
  public synchronized byte[] frame() {
    return guarded.frame();
  }

  @Override
  public synchronized int frameOffset() {
    return guarded.frameOffset();
  }

  @Override
  public synchronized int frameLength() {
    return guarded.frameLength();
  }

  @Override
  public synchronized boolean refused(int link, int node, long now) {
    return guarded.refused(link, node, now);
  }

  @Override
  public synchronized void send(int toNode, byte[] frame, int length) {
    guarded.send(toNode, frame, length);
  }

  @Override
  public synchronized void broadcast(byte[] frame, int length) {
    guarded.broadcast(frame, length);
  }

  @Override
  public synchronized void flush() {
    guarded.flush();
  }

  @Override
  public synchronized void expire(long now) {
    guarded.expire(now);
  }

  @Override
  public synchronized long nextDeadline() {
    return guarded.nextDeadline();
  }

  @Override
  public synchronized void reconfigure(NodeSettings settings, long now) {
    guarded.reconfigure(settings, now);
  }

  @Override
  public synchronized void loadKey(LinkSettings.Cipher cipher, LinkSettings.Hash hash, byte[] key) {
    guarded.loadKey(cipher, hash, key);
  }

  @Override
  public synchronized boolean isLoadedKeyUsed() {
    return guarded.isLoadedKeyUsed();
  }

  @Override
  public synchronized void activateKey() {
    guarded.activateKey();
  }

  @Override
  public synchronized void clearOldKey() {
    guarded.clearOldKey();
  }

  @Override
  public synchronized void listen(LinkListener listener) {
    guarded.listen(listener);
  }

  @Override
  public synchronized List<LinkStatus> links() {
    return guarded.links();
  }

  @Override
  public synchronized DropCounts drops() {
    return guarded.drops();
  }

  @Override
  public synchronized void report(SortedMap<String, Long> report) {
    guarded.report(report);
    source.report(report);
  }
}
