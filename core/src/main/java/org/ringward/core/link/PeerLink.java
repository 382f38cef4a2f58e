package org.ringward.core.link;

import org.ringward.core.link.LinkListener.Cause;

/**
 * One link to one other node: PINGs, PONGs, up or down, the largest packet (reference/knet-wire.md,
 * section 5). Times are monotonic nanoseconds.
 *
 * <p>The link is up from the PONG after {@code pongCount} others until there was none for the
 * timeout, or the node's system said that nobody listens. For a while after it went down the
 * timeout is longer, so that a bad path does not come and go.
 *
 * <p>While the link is down PINGs are sent quickly at first and after each sign of life, so that it
 * comes up soon after the other node is there; kronosnet keeps its regular interval (2.3 seconds
 * with Corosync's defaults). The other node only answers more PINGs by that.
 */
final class PeerLink {
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  /** Between two PINGs while the link is down and there is hope. */
  private static final long QUICK_GAP = 25_000_000;

  /** Quick PINGs after a start or an end, before the regular interval. */
  private static final int QUICK_PINGS = 80;

  private static final int BACKOFF = 10;

  private static final int EARLY_PART = 8;

  private final Peer peer;
  private final int number;
  private final Outside outside;
  private final MtuDiscovery mtu;
  private LinkTimers timers;
  private int networkOverhead;
  private int priority;
  private int fixedMtu;
  private int mtuTold;
  private long mtuInterval;

  private boolean up;
  private int pongs;
  private int quickPings = QUICK_PINGS;
  private long lastPing;
  private long nextPing;
  private long lastPong;
  private long wentDown = Long.MIN_VALUE / 2;
  private double latencyMean;
  private long latencyMax;
  private int samples;

  private long pingsSent;
  private long pongsReceived;
  private long dataPacketsSent;
  private long dataBytesSent;
  private long dataPacketsReceived;
  private long dataBytesReceived;
  private long downs;
  private long refusals;

  /** What a link does to the world. */
  interface Outside {
    void ping(PeerLink link, boolean timed, long now);

    void askMtu(PeerLink link, int size);

    void cameUp(PeerLink link);

    void wentDown(PeerLink link, Cause cause);

    void mtuChanged(PeerLink link);
  }

  PeerLink(Peer peer, int number, LinkTimers timers, Outside outside) {
    this.peer = peer;
    this.number = number;
    this.timers = timers;
    this.outside = outside;
    this.mtu = new MtuDiscovery(size -> outside.askMtu(this, size));
  }

  /** Begins to look for the other node. */
  void begin(long now) {
    lastPing = now - QUICK_GAP;
    nextPing = now;
    lastPong = now;
  }

  /**
   * Takes over settings; what is known of the link stays.
   *
   * @param overhead bytes of the IP and UDP headers
   * @param mtuSet largest IP packet, 0 to find out
   * @param newMtuInterval between two searches
   */
  void configure(
      LinkTimers newTimers, int newPriority, int overhead, int mtuSet, long newMtuInterval) {
    timers = newTimers;
    priority = newPriority;
    networkOverhead = overhead;
    mtuInterval = newMtuInterval;
    fixedMtu = mtuSet;
  }

  Peer peer() {
    return peer;
  }

  int number() {
    return number;
  }

  /** Between two regular PINGs, nanoseconds. */
  long pingInterval() {
    return timers.pingInterval();
  }

  int priority() {
    return priority;
  }

  boolean isUp() {
    return up;
  }

  /** Whether the node has answered since the link went down: the path works both ways. */
  boolean wasAnswered() {
    return pongs > 0;
  }

  /** Bytes of the largest datagram that comes through as far as is known. */
  int datagramMax() {
    return mtu() - networkOverhead;
  }

  int networkOverhead() {
    return networkOverhead;
  }

  /** Whether a search has ended with another result than was told before. */
  boolean mtuIsNews() {
    boolean searched = !mtu.isSearching() && (mtu.known() || mtuTold > 0);
    boolean news = searched && mtu.mtu() != mtuTold;
    mtuTold = news ? mtu.mtu() : mtuTold;
    return news;
  }

  /** The largest IP packet that was found to come through, 0 before the first search has ended. */
  int pathMtu() {
    return mtuTold;
  }

  /** The largest IP packet that comes through as far as is known. */
  int mtu() {
    return fixedMtu > 0 ? fixedMtu : mtu.mtu();
  }

  /** When {@link #expire} is needed next. */
  long deadline() {
    long next = Math.min(nextPing, mtu.deadline());
    return up ? Math.min(next, lastPong + timeout(lastPong)) : next;
  }

  /**
   * When {@link #expire} may do something already: a regular PING goes up to an eighth of its
   * interval early when this node is awake anyway, so that a quiet node need not wake for each of
   * its links.
   */
  long soonest() {
    return Math.min(deadline(), nextPing - early());
  }

  private long early() {
    return up ? timers.pingInterval() / EARLY_PART : 0;
  }

  /** Runs what is due. */
  void expire(long now) {
    if (up && now - lastPong >= timeout(now)) {
      goDown(Cause.SILENT, now);
    }
    if (now >= nextPing - early()) {
      ping(now);
    }
    if (mtu.expire(patience(), mtuInterval, now)) {
      outside.mtuChanged(this);
    }
  }

  private void ping(long now) {
    outside.ping(this, true, now);
    pingsSent++;
    lastPing = now;
    nextPing = now + (up || quickPings == 0 ? timers.pingInterval() : quickGap());
    quickPings = up ? quickPings : Math.max(0, quickPings - 1);
  }

  private long quickGap() {
    return Math.min(QUICK_GAP, timers.pingInterval());
  }

  /** The node's PING has come: if the link is down there is hope. */
  void heard() {
    if (!up) {
      nextPing = Math.min(nextPing, lastPing + quickGap());
    }
  }

  /** An answer to our PING; false when it comes too late to count. */
  boolean pong(long sentAt, boolean timed, long now) {
    long latency = now - sentAt;
    if (latency < 0 || latency > timers.pingTimeout()) {
      return false;
    }
    pongsReceived++;
    lastPong = now;
    if (timed) {
      sample(latency);
      heard();
      pongs += up ? 0 : 1;
      if (!up && pongs > timers.pongCount() && latencyMean < timeout(now)) {
        goUp(now);
      }
    }
    return true;
  }

  private void sample(long latency) {
    samples = Math.min(samples + 1, timers.precision());
    latencyMean += (latency - latencyMean) / samples;
    latencyMax = Math.max(latencyMax, latency);
  }

  /** This node was not running for so long: nobody's silence in that time counts. */
  void paused(long nanos) {
    lastPong += nanos;
  }

  void mtuReply(int size, long now) {
    if (mtu.reply(size, patience(), mtuInterval, now)) {
      outside.mtuChanged(this);
    }
  }

  /** The node's system said that nobody listens. */
  void refused(long now) {
    refusals++;
    if (up) {
      goDown(Cause.REFUSED, now);
    } else {
      pongs = 0;
    }
  }

  /** The settings do not have this link any more, or not with its addresses. */
  void removed(Cause cause, long now) {
    if (up) {
      goDown(cause, now);
    }
  }

  /** Asks for a sign of life at once. */
  void askNow() {
    nextPing = Long.MIN_VALUE / 2;
  }

  private void goUp(long now) {
    up = true;
    nextPing = now + timers.pingInterval();
    mtu.begin(patience(), now);
    outside.cameUp(this);
  }

  private void goDown(Cause cause, long now) {
    up = false;
    pongs = 0;
    samples = 0;
    quickPings = QUICK_PINGS;
    nextPing = Math.min(nextPing, now + quickGap());
    wentDown = now;
    downs++;
    mtu.stop();
    outside.wentDown(this, cause);
  }

  /** How long silence is borne: longer when the link was down a short time ago. */
  private long timeout(long now) {
    long seconds = Math.min(BACKOFF, (now - wentDown) / NANOS_PER_SECOND);
    long backoff = Math.max(1, BACKOFF - seconds);
    return timers.pingTimeout() * backoff + 2 * (long) latencyMean;
  }

  /** How long an answer to a question of size is waited for. */
  private long patience() {
    return timers.pingTimeout() + 2 * (long) latencyMean;
  }

  void sent(int packets, int bytes) {
    dataPacketsSent += packets;
    dataBytesSent += bytes;
  }

  void received(int bytes) {
    dataPacketsReceived++;
    dataBytesReceived += bytes;
  }

  LinkStatus status() {
    return new LinkStatus(
        peer.node(),
        number,
        priority,
        up,
        peer.carriesData(this),
        mtu(),
        fixedMtu > 0 || mtu.known(),
        pathMtu(),
        (long) latencyMean,
        latencyMax,
        pingsSent,
        pongsReceived,
        dataPacketsSent,
        dataBytesSent,
        dataPacketsReceived,
        dataBytesReceived,
        downs,
        refusals);
  }
}
