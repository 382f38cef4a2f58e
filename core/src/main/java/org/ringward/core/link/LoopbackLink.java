package org.ringward.core.link;

import java.util.SortedMap;
import org.ringward.core.base.Counters;

/**
 * A transport together with the way of a node's frames to itself: they wait in a bounded queue that
 * the owner empties, so they never come back from inside the call that sent them.
 */
public final class LoopbackLink implements FrameLink {
  private final int self;
  private final Transport transport;
  private final SelfQueue queue = new SelfQueue();
  private final Counters<LinkDrop> drops = new Counters<>(LinkDrop.class);

  public LoopbackLink(int self, Transport transport) {
    this.self = self;
    this.transport = transport;
  }

  @Override
  public void send(int toNode, byte[] frame, int length) {
    if (toNode == self) {
      sendToSelf(frame, length);
    } else {
      transport.send(toNode, frame, length);
    }
  }

  @Override
  public void broadcast(byte[] frame, int length) {
    transport.broadcast(frame, length);
  }

  @Override
  public void flush() {
    transport.flush();
  }

  @Override
  public int wholeFrameMax() {
    return transport.wholeFrameMax();
  }

  @Override
  public void sendToSelf(byte[] frame, int length) {
    if (!queue.add(frame, length)) {
      drops.count(LinkDrop.SELF_QUEUE_FULL);
    }
  }

  /** Whether frames of this node to itself wait. */
  public boolean hasOwnFrames() {
    return !queue.isEmpty();
  }

  /** The own frame that waits longest; valid until it is removed. */
  public byte[] ownFrame() {
    return queue.firstFrame();
  }

  public int ownFrameLength() {
    return queue.firstLength();
  }

  public void removeOwnFrame() {
    queue.removeFirst();
  }

  /** Forgets what this node sent to itself. */
  public void clearOwnFrames() {
    queue.clear();
  }

  /** Adds everything that is counted here. */
  public void report(SortedMap<String, Long> report) {
    drops.report("self-", report);
  }
}
