package org.ringward.daemon.loop;

import org.jspecify.annotations.Nullable;
import org.ringward.core.admin.AdminRequest;
import org.ringward.core.node.ConfigurationSource;
import org.ringward.core.node.Lookout;
import org.ringward.core.node.Node;
import org.ringward.core.port.ProcessResult;
import org.ringward.daemon.lease.LeaseServer;
import org.ringward.daemon.region.RegionMedia;

/** The real node behind the loop, with its heartbeat regions and the programs it serves. */
public record NodeMachine(Node node, RegionMedia regions, LeaseServer leases, Onlooker onlooker)
    implements NodeInputs, RegionMedia.Sink {
  /** Looks at the node after each turn, in the loop's thread; must not wait. */
  public interface Onlooker {
    void turned(Lookout lookout, long nowNanos, long wallMillis);

    /** When it wants the loop to turn, Long.MAX_VALUE for never. */
    long nextDeadline();
  }

  @Override
  public void start(long nowNanos, long wallMillis) {
    node.start(nowNanos, wallMillis);
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
  public void heartbeat(int region, int path, byte[] bytes, int offset, int length, long nowNanos) {
    node.heartbeat(region, path, bytes, offset, length, nowNanos);
  }

  @Override
  public void sectorsRead(
      int disk, long request, byte[] bytes, int length, @Nullable String error, long nowNanos) {
    node.sectorsRead(disk, request, bytes, length, error, nowNanos);
  }

  @Override
  public void sectorsWritten(int disk, long request, @Nullable String error, long nowNanos) {
    node.sectorsWritten(disk, request, error, nowNanos);
  }

  @Override
  public void echoed(int host, int number, long nowNanos) {
    node.echoed(host, number, nowNanos);
  }

  @Override
  public void processEnded(long processId, ProcessResult result) {
    node.processEnded(processId, result);
  }

  @Override
  public void stored(long requestId, @Nullable String error) {
    node.stored(requestId, error);
  }

  @Override
  public void worked(long requestId) {
    node.worked(requestId);
  }

  @Override
  public void configurationRead(
      long requestId, ConfigurationSource.@Nullable Configuration read, @Nullable String error) {
    node.configurationRead(requestId, read, error);
  }

  @Override
  public void asked(long requestId, AdminRequest request) {
    node.asked(requestId, request);
  }

  @Override
  public void deviceOpened(long connection, long nowNanos) {
    node.deviceOpened(connection, nowNanos);
  }

  @Override
  public void deviceSecured(long connection, long nowNanos) {
    node.deviceSecured(connection, nowNanos);
  }

  @Override
  public void deviceReceived(long connection, byte[] bytes, int length, long nowNanos) {
    node.deviceReceived(connection, bytes, length, nowNanos);
  }

  @Override
  public void deviceClosed(long connection, String why, long nowNanos) {
    node.deviceClosed(connection, why, nowNanos);
  }

  @Override
  public void askerGone(long requestId) {
    node.askerGone(requestId);
  }

  @Override
  public void realTime(String sentence) {
    node.realTime(sentence);
  }

  @Override
  public long partedAt(int peer) {
    return node.partedAt(peer);
  }

  @Override
  public void turn(long nowNanos, long wallMillis) {
    regions.turn(nowNanos);
    leases.takeIn(nowNanos);
    node.turn(nowNanos, wallMillis);
    leases.giveOut();
    onlooker.turned(node.lookout(), nowNanos, wallMillis);
  }

  @Override
  public long nextDeadline() {
    long own = Math.min(node.nextDeadline(), onlooker.nextDeadline());
    return Math.min(Math.min(own, regions.nextDeadline()), leases.nextDeadline(0));
  }
}
