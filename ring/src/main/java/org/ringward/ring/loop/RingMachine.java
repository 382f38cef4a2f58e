package org.ringward.ring.loop;

import org.ringward.core.node.RingNode;

/** A ring without a cluster above it, and its companion, as what a loop turns. */
public record RingMachine(RingNode node, Companion companion) implements Machine {
  @Override
  public void start(long nowNanos, long wallMillis) {
    node.start(nowNanos);
  }

  @Override
  public void received(
      int link, int fromNode, byte[] datagram, int offset, int length, long nowNanos) {
    node.received(link, fromNode, datagram, offset, length, nowNanos);
  }

  @Override
  public void refused(int link, int fromNode, long nowNanos) {
    node.refused(link, fromNode, nowNanos);
  }

  @Override
  public long partedAt(int peer) {
    return node.partedAt(peer);
  }

  @Override
  public void turn(long nowNanos, long wallMillis) {
    node.turn(nowNanos, wallMillis);
    companion.giveOut(nowNanos);
  }

  @Override
  public long nextDeadline() {
    return node.nextDeadline();
  }
}
