package org.ringward.core.region;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.Counters;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.config.RegionSettings.Region;
import org.ringward.core.config.RegionSettings.Serial;
import org.ringward.core.config.RegionSettings.Times;
import org.ringward.core.port.Heartbeats;
import org.ringward.core.wire.HeartbeatFrame;
import org.ringward.core.wire.HeartbeatWriter;
import org.ringward.core.wire.Hmac;

/**
 * Heartbeat: is each node alive, and seen from where? A region is one method on one resource; a
 * node is alive while any region sees it. What follows from silence is not decided here.
 *
 * <p>Every node sends a heartbeat on every region each keepalive, and takes those of the others.
 * What arrives is believed when it was made with the cluster's key, for this region, by the latest
 * life of a configured node, after all that was heard of it on the region before, and when it was
 * not on its way for longer than the deadtime ({@link Sighting}). What is not believed is dropped
 * and counted by its reason. A node that has just started cannot tell an old heartbeat of a node it
 * never heard from a new one: at worst that node looks alive for as long as somebody repeats them,
 * which delays the recovery of what it ran and never makes anything run twice.
 *
 * <p>This machine listens to itself, too: a turn that comes late by half a second is a stall, which
 * is told to the others in the heartbeats, and what was not heard during it is not taken for the
 * silence of others. Nothing is allocated by heartbeats. Places are those of nodes in ascending
 * order of ids, and of regions in the settings; times are monotonic nanoseconds.
 */
public final class Regions {
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** Heartbeats that are not due may go out this much earlier, so that several go at once. */
  private static final long TOGETHER_NANOS = 20 * NANOS_PER_MILLI;

  /** A turn that is later than this is a stall. */
  private static final long STALL_NANOS = 500 * NANOS_PER_MILLI;

  /** How long a stall is told to the others. */
  static final long STALL_NEWS_NANOS = 3_600_000 * NANOS_PER_MILLI;

  /** Keepalives for which the taking of a message is acknowledged. */
  private static final int ACK_KEEPALIVES = 5;

  private final List<Region> settings;
  private final int[] nodeIds;
  private final int selfPlace;
  private final long incarnation;
  private final long cluster;
  private final int nodesHash;
  private final int[] regionHashes;
  private final boolean[] passesOn;
  private final Peer[] peers;
  private final Heartbeats media;
  private final RegionListener listener;
  private final Mailbox mailbox;
  private final HeartbeatWriter writer;
  private final HeartbeatFrame frame = new HeartbeatFrame();
  private final List<Counters<RegionDrop>> drops = new ArrayList<>();
  private final long[] nextSend;
  private final long[] lastSend;
  private final long[] sent;
  private final long longestKeepalive;
  private Hmac sealing;
  private @Nullable Hmac alsoOpening;
  private long sequence;
  private int firstView;
  private boolean running;
  private boolean quorate;
  private boolean leaving;
  private long startedAt;
  private long nextLook;
  private long lastTurn;
  private long stallMillis;
  private long stallEnded;

  /**
   * The regions of one life of a node.
   *
   * @param key the cluster's key
   * @param incarnation number of this life, above 0
   * @param mail takes messages that other nodes send over the regions
   */
  public Regions(
      NodeSettings node,
      byte[] key,
      long incarnation,
      Heartbeats media,
      RegionListener listener,
      Mailbox.Listener mail) {
    this.settings = node.regions().regions();
    this.nodeIds = node.nodeIds().stream().toArray();
    this.selfPlace = node.nodeIds().indexOf(node.self().id());
    this.incarnation = incarnation;
    this.cluster = HeartbeatFrame.hash(node.clusterName());
    this.nodesHash = HeartbeatFrame.nodesHash(nodeIds);
    this.media = media;
    this.listener = listener;
    this.sealing = HeartbeatFrame.code(key);
    int count = settings.size();
    this.regionHashes = new int[count];
    this.passesOn = new boolean[count];
    this.nextSend = new long[count];
    this.lastSend = new long[count];
    this.sent = new long[count];
    long longest = 0;
    for (int region = 0; region < count; region++) {
      regionHashes[region] = HeartbeatFrame.regionHash(settings.get(region).name());
      passesOn[region] = settings.get(region).medium().kind().equals("serial");
      drops.add(new Counters<>(RegionDrop.class));
      longest = Math.max(longest, settings.get(region).times().keepalive());
    }
    this.longestKeepalive = longest * NANOS_PER_MILLI;
    this.peers = new Peer[nodeIds.length];
    for (int place = 0; place < nodeIds.length; place++) {
      peers[place] =
          new Peer(nodeIds[place], node.member(nodeIds[place]).name(), count, nodeIds.length);
    }
    this.mailbox = new Mailbox(nodeIds[selfPlace], incarnation, nodeIds, mail);
    this.writer = new HeartbeatWriter(cluster, nodeIds[selfPlace], incarnation, nodeIds);
  }

  // ---- life

  /** Begins to send and to listen. */
  public void start(long now) {
    running = !settings.isEmpty();
    startedAt = now;
    lastTurn = now;
    for (int region = 0; region < nextSend.length; region++) {
      nextSend[region] = now;
      lastSend[region] = now - longestKeepalive;
    }
    nextLook = now;
  }

  /** Says to the others that this daemon ends, once on each region. */
  public void leave(long now) {
    if (running) {
      leaving = true;
      for (int region = 0; region < nextSend.length; region++) {
        send(region, now);
      }
      running = false;
    }
  }

  /** The key is another from now on; what was made with the one of before is still believed. */
  public void key(byte[] key) {
    alsoOpening = sealing;
    sealing = HeartbeatFrame.code(key);
  }

  /** What the others are told: may this side go on, as far as this node knows. */
  public void quorate(boolean is) {
    quorate = is;
  }

  // ---- hearing

  /**
   * Something arrived on a region, of any content.
   *
   * @param path on which of the region's ways (serial lines), 0 where there is one
   */
  public void received(int region, int path, byte[] bytes, int offset, int length, long now) {
    if (!running) {
      return;
    }
    RegionDrop drop = judge(region, bytes, offset, length);
    int place = drop == null ? placeOf(frame.node()) : -1;
    if (drop == null) {
      drop = hear(peers[place], peers[place].regions[region], region, now);
    }
    if (drop != null) {
      drops.get(region).count(drop);
      return;
    }
    learn(peers[place], now);
    if (passesOn[region]) {
      passOn(region, path, bytes, offset, length);
    }
    if (mailbox.take(frame, place, now + ACK_KEEPALIVES * longestKeepalive)) {
      hurry(now);
    }
  }

  private int placeOf(int node) {
    int low = 0;
    int high = nodeIds.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (nodeIds[middle] == node) {
        return middle;
      }
      if (nodeIds[middle] < node) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }

  /** What is wrong with the frame as such; null when nothing is. */
  private @Nullable RegionDrop judge(int region, byte[] bytes, int offset, int length) {
    switch (frame.wrap(bytes, offset, length)) {
      case TOO_SHORT -> {
        return RegionDrop.TOO_SHORT;
      }
      case NO_HEARTBEAT -> {
        return RegionDrop.NO_HEARTBEAT;
      }
      case WRONG_VERSION -> {
        return RegionDrop.WRONG_VERSION;
      }
      case MALFORMED -> {
        return RegionDrop.MALFORMED;
      }
      case WELL_FORMED -> {
        // The rest decides.
      }
    }
    if (frame.cluster() != cluster) {
      return RegionDrop.FOREIGN_CLUSTER;
    }
    if (!isAuthentic()) {
      return RegionDrop.BAD_SEAL;
    }
    if (frame.region() != regionHashes[region]) {
      return RegionDrop.WRONG_REGION;
    }
    int place = placeOf(frame.node());
    if (place < 0) {
      return RegionDrop.UNKNOWN_NODE;
    }
    if (place == selfPlace && frame.incarnation() != incarnation) {
      // A disk, or a line with some nodes, keeps for a while what the life before has sent.
      return frame.incarnation() < incarnation
          ? RegionDrop.OLD_INCARNATION
          : RegionDrop.OWN_ID_ELSEWHERE;
    }
    return null;
  }

  private boolean isAuthentic() {
    Hmac second = alsoOpening;
    return frame.isAuthentic(sealing) || (second != null && frame.isAuthentic(second));
  }

  /** Why the frame is not believed as a sign of life; null when it is. */
  private @Nullable RegionDrop hear(Peer peer, Sighting sighting, int region, long now) {
    Times times = settings.get(region).times();
    long dead = Math.max(sensible(frame.deadtimeMillis(), times.deadtime()), 1) * NANOS_PER_MILLI;
    if (peer.id != nodeIds[selfPlace]) {
      long difference = now / NANOS_PER_MILLI - frame.uptimeMillis();
      Peer.Life life = peer.life(frame.incarnation(), frame.sequence(), difference, now, dead);
      if (life == Peer.Life.OVER) {
        return RegionDrop.OLD_INCARNATION;
      }
      if (life == Peer.Life.NEW && peer.begin(frame.incarnation(), now)) {
        listener.restarted(placeOf(peer.id));
      }
    }
    if (frame.sequence() <= sighting.sequence()) {
      // Where heartbeats are passed on, the longer way round brings each a second time, later.
      return frame.sequence() == sighting.sequence() || passesOn[region]
          ? RegionDrop.DUPLICATE
          : RegionDrop.REPLAYED;
    }
    long keepalive = sensible(frame.keepaliveMillis(), times.keepalive()) * NANOS_PER_MILLI;
    long travelled = sighting.travelled(frame.uptimeMillis(), now, dead, peer);
    if (travelled * NANOS_PER_MILLI > dead || peer.isOlder(frame.sequence(), now - dead)) {
      sighting.passed(frame.sequence());
      return RegionDrop.TOO_OLD;
    }
    if (peer.id == nodeIds[selfPlace]) {
      sighting.heard(frame.sequence(), now, keepalive, dead);
      return RegionDrop.OWN;
    }
    boolean news = sighting.heard(frame.sequence(), now, keepalive, dead);
    if (frame.has(HeartbeatFrame.LEAVING)) {
      if (sighting.left()) {
        listener.left(placeOf(peer.id), region);
      }
    } else if (news) {
      listener.found(placeOf(peer.id), region);
    }
    nextLook = Math.min(nextLook, sighting.nextDeadline(times.warntime() * NANOS_PER_MILLI));
    return null;
  }

  /** Each node says how often it sends and when it is to be taken for dead; within reason. */
  private static long sensible(int said, int own) {
    return said >= 10 && said <= 86_400_000 ? said : own;
  }

  private void learn(Peer peer, long now) {
    peer.quorate(frame.has(HeartbeatFrame.QUORATE), now);
    long ended = now - frame.stallAgeMillis() * NANOS_PER_MILLI;
    if (peer.stalled(frame.stallMillis(), ended)) {
      listener.stalled(placeOf(peer.id), frame.stallMillis());
    }
    if (frame.nodesHash() != nodesHash) {
      return; // places mean other nodes there
    }
    for (int index = 0; index < frame.viewCount(); index++) {
      int region = regionOf(frame.viewRegion(index));
      if (region >= 0) {
        peer.viewsAt[region] = now;
        long[] view = peer.views[region];
        for (int place = 0; place < nodeIds.length; place++) {
          long bit = 1L << (place & 63);
          view[place >> 6] =
              frame.viewSees(index, place) ? view[place >> 6] | bit : view[place >> 6] & ~bit;
        }
      }
    }
  }

  private int regionOf(int hash) {
    for (int region = 0; region < regionHashes.length; region++) {
      if (regionHashes[region] == hash) {
        return region;
      }
    }
    return -1;
  }

  /**
   * What was heard for the first time goes on along the other lines; so nothing goes in circles.
   */
  private void passOn(int region, int path, byte[] bytes, int offset, int length) {
    int paths = paths(region);
    for (int other = 0; other < paths; other++) {
      if (other != path) {
        media.send(region, other, bytes, offset, length);
      }
    }
  }

  private int paths(int region) {
    return settings.get(region).medium() instanceof Serial serial ? serial.devices().size() : 1;
  }

  // ---- turning

  /** Sends what is due and notices silence. */
  public void turn(long now) {
    if (!running) {
      return;
    }
    noticeOwnStall(now);
    lastTurn = now;
    for (int region = 0; region < nextSend.length; region++) {
      if (nextSend[region] - TOGETHER_NANOS <= now) {
        send(region, now);
      }
    }
    mailbox.expire(now);
    if (nextLook <= now) {
      look(now);
    }
  }

  /** The machine is turned at every deadline; a turn that is much too late follows a stall. */
  private void noticeOwnStall(long now) {
    long due = Long.MAX_VALUE;
    for (long each : nextSend) {
      due = Math.min(due, each);
    }
    if (now - due < STALL_NANOS) {
      return;
    }
    long stall = now - lastTurn;
    stallMillis = stall / NANOS_PER_MILLI;
    stallEnded = now;
    // What waits in sockets and on disks since then is heard in the next turns only.
    for (Peer peer : peers) {
      for (Sighting sighting : peer.regions) {
        sighting.excuse(now);
      }
    }
    startedAt += stall;
    listener.selfStalled(stallMillis);
  }

  private void send(int region, long now) {
    Times times = settings.get(region).times();
    long keepalive = times.keepalive() * NANOS_PER_MILLI;
    int flags = (quorate ? HeartbeatFrame.QUORATE : 0) | (leaving ? HeartbeatFrame.LEAVING : 0);
    writer.begin(regionHashes[region], ++sequence, flags);
    boolean stalledLately = stallMillis > 0 && now - stallEnded < STALL_NEWS_NANOS;
    writer.times(
        now / NANOS_PER_MILLI,
        times.keepalive(),
        times.deadtime(),
        stalledLately ? (int) Math.min(stallMillis, Integer.MAX_VALUE) : 0,
        stalledLately ? (int) ((now - stallEnded) / NANOS_PER_MILLI) : 0);
    mailbox.fill(writer, now);
    views(region, now);
    int length = writer.seal(sealing);
    media.send(region, Heartbeats.EVERYWHERE, writer.bytes(), 0, length);
    sent[region]++;
    lastSend[region] = now;
    // At its own pace, whatever the turns' delays; but after a stall there is nothing to catch up.
    nextSend[region] = Math.max(nextSend[region] + keepalive, now + keepalive / 2);
  }

  /** Whom this node sees: on this region, and on the others in turns as far as there is room. */
  private void views(int region, long now) {
    view(region, now);
    firstView++;
    for (int count = 0; count < regionHashes.length; count++) {
      int other = (firstView + count) % regionHashes.length;
      if (other != region && !view(other, now)) {
        return;
      }
    }
  }

  private boolean view(int region, long now) {
    if (!writer.view(regionHashes[region])) {
      return false;
    }
    for (int place = 0; place < peers.length; place++) {
      if (peers[place].regions[region].isFresh(now)) {
        writer.sees(place);
      }
    }
    return true;
  }

  private void look(long now) {
    nextLook = Long.MAX_VALUE;
    for (int place = 0; place < peers.length; place++) {
      for (int region = 0; place != selfPlace && region < settings.size(); region++) {
        look(place, region, now);
      }
    }
  }

  private void look(int place, int region, long now) {
    Sighting sighting = peers[place].regions[region];
    Times times = settings.get(region).times();
    long warn = times.warntime() * NANOS_PER_MILLI;
    long silent = sighting.silentNanos(now);
    if (sighting.isSeen() && silent >= sighting.deadNanos()) {
      sighting.lost();
      listener.lost(place, region, silent / NANOS_PER_MILLI);
    } else if (sighting.takeLate(now, warn)) {
      listener.late(place, region, silent / NANOS_PER_MILLI);
    } else if (sighting.state() == Sighting.State.UNKNOWN) {
      long until = startedAt + times.initdead() * NANOS_PER_MILLI;
      if (now >= until) {
        sighting.lost();
        listener.lost(place, region, (now - startedAt) / NANOS_PER_MILLI);
      } else {
        nextLook = Math.min(nextLook, until);
      }
    }
    nextLook = Math.min(nextLook, sighting.nextDeadline(warn));
  }

  /** When {@link #turn} is needed next, Long.MAX_VALUE for never. */
  public long nextDeadline() {
    if (!running) {
      return Long.MAX_VALUE;
    }
    long next = Math.min(nextLook, mailbox.nextDeadline());
    for (long each : nextSend) {
      next = Math.min(next, each);
    }
    return next;
  }

  // ---- messages

  /**
   * Sends a message to a node over all regions; {@link Mailbox.Listener} hears how it goes.
   *
   * @param content at most {@link HeartbeatFrame#MESSAGE_MAX} bytes
   * @param until when it need not arrive any more
   * @return its number, 0 when the node is not configured, there is no region, or too many messages
   *     wait for the node
   */
  public int post(int node, byte[] content, long until, long now) {
    int place = placeOf(node);
    if (place < 0 || place == selfPlace || !running) {
      return 0;
    }
    int number = mailbox.post(place, content, until);
    hurry(now);
    return number;
  }

  // ---- what is known

  /** Whether any region sees the node at present; false for nodes that are not configured. */
  public boolean isAlive(int node) {
    int place = placeOf(node);
    return place >= 0 && (place == selfPlace || peers[place].isSeen());
  }

  /**
   * When a node sent the newest heartbeat that any region has brought, as nearly as is known: when
   * it came, less what it was slower than the fastest. Long.MIN_VALUE for none.
   */
  public long lastSent(int node) {
    int place = placeOf(node);
    long last = Long.MIN_VALUE;
    for (int region = 0; place >= 0 && region < settings.size(); region++) {
      Sighting sighting = peers[place].regions[region];
      if (sighting.isSeen()) {
        long slow = Math.max(0, sighting.delayMillis()) * NANOS_PER_MILLI;
        last = Math.max(last, sighting.lastHeard() - slow);
      }
    }
    return last;
  }

  /** Whether the heartbeats of a node come as they should on any region. */
  public boolean isFresh(int node, long now) {
    int place = placeOf(node);
    boolean fresh = false;
    for (int region = 0; place >= 0 && region < settings.size(); region++) {
      fresh |= peers[place].regions[region].isFresh(now);
    }
    return fresh;
  }

  /**
   * What waits should not wait for the next regular heartbeat, nor should the others when something
   * has happened; but a storm it must not become.
   */
  public void hurry(long now) {
    for (int region = 0; region < nextSend.length; region++) {
      long keepalive = settings.get(region).times().keepalive() * NANOS_PER_MILLI;
      long soon = Math.max(now, lastSend[region] + keepalive / 4);
      nextSend[region] = Math.min(nextSend[region], soon);
    }
  }

  /** The lives of this node and of those that any region sees, by id. */
  public SortedMap<Integer, Long> lives() {
    SortedMap<Integer, Long> lives = new TreeMap<>();
    lives.put(nodeIds[selfPlace], incarnation);
    for (Peer peer : peers) {
      if (peer.id != nodeIds[selfPlace] && peer.isSeen()) {
        lives.put(peer.id, peer.incarnation());
      }
    }
    return lives;
  }

  /** Whether there is any region. */
  public boolean isEmpty() {
    return settings.isEmpty();
  }

  List<Region> settings() {
    return settings;
  }

  Peer[] peers() {
    return peers;
  }

  int selfPlace() {
    return selfPlace;
  }

  Counters<RegionDrop> drops(int region) {
    return drops.get(region);
  }

  long sent(int region) {
    return sent[region];
  }

  @Nullable String trouble(int region) {
    return media.trouble(region);
  }

  long stallMillis() {
    return stallMillis;
  }

  long stallEnded() {
    return stallEnded;
  }

  boolean isRunning() {
    return running;
  }
}
