package org.ringward.core.link;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.ringward.core.config.LinkSettings;
import org.ringward.core.config.LinkSettings.Interface;
import org.ringward.core.config.LinkSettings.Mode;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.config.NodeSettings.Member;
import org.ringward.core.config.TotemTimes;
import org.ringward.core.link.LinkListener.Cause;
import org.ringward.core.port.Frames;
import org.ringward.core.wire.FrameHeader;
import org.ringward.core.wire.KnetPacket;

/**
 * Links of kronosnet, wire version 1, as Corosync 3 uses them (reference/knet-wire.md): up to eight
 * links to each node, each watched by PINGs; data goes over the link of highest priority that is
 * up, or over all of them, or over one after the other; long frames go in fragments; packets are
 * encrypted and authenticated, or neither. Without encryption anyone who can send from a node's
 * address can take part, as with Corosync.
 *
 * <p>Data is sent to nodes that have answered and taken only from such nodes. Sending and receiving
 * allocate nothing once the buffers are there.
 *
 * <p>What a peer can see of deviations: PINGs are more frequent while a link is down ({@link
 * PeerLink}); data packets are a few bytes longer than Corosync's (all that the path allows); sizes
 * of packets are asked for in parallel ({@link MtuDiscovery}).
 */
public final class KnetTransport implements Transport {
  private static final int IPV4_OVERHEAD = 28;
  private static final int IPV6_OVERHEAD = 48;
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  /** No network and no stall of this node delays an answer so long. */
  private static final long REPLAYED_AFTER = 60 * NANOS_PER_SECOND;

  /** So late a turn means that this node was not running. */
  private static final long LATE = 20_000_000;

  private final int self;
  private final long entropy;
  private final KeySlots keys;

  /** The same keys once more: what was opened last with the others is still being read. */
  private final KeySlots standInKeys;

  private final KnetSender sender;
  private final DropCounts drops = new DropCounts();
  private final boolean[] told = new boolean[LinkDrop.values().length];
  private final PeerLink.Outside outside = new Outside();
  private LinkListener listener = LinkListener.NONE;
  private NodeSettings settings;
  private Peer[] peers = {};
  private int[] nodes = {};
  private Mode mode = Mode.PASSIVE;
  private boolean blockUnlisted = true;
  private int payloadMax;
  private long keysLoaded;

  /** Numbers of data far from those before, which no PING had announced. */
  private long jumps;

  /** PINGs whose numbers did not count. */
  private long oldPings;

  /** The least timeout of a link. */
  private long answersWithin = Long.MAX_VALUE;

  private long deadline = Long.MAX_VALUE;

  /** When something may be done if this node is awake anyway; not after the deadline. */
  private long soonest = Long.MAX_VALUE;

  private boolean started;
  private long lastNow;

  private byte[] packet = {};
  private int packetOffset;
  private int packetLength;
  private byte[] frame = {};
  private int frameOffset;
  private int frameLength;

  /**
   * A transport that has sent nothing.
   *
   * @param key of the cluster, 128 to 4096 bytes; not used when the settings protect nothing
   * @param entropy a random number that no other life and no other node has
   */
  public KnetTransport(NodeSettings settings, byte[] key, long entropy, Frames frames) {
    this.self = settings.self().id();
    this.settings = settings;
    this.entropy = entropy;
    LinkSettings links = settings.links();
    this.keys = new KeySlots(new PacketCrypto(links.cipher(), links.hash(), key, entropy));
    this.standInKeys = new KeySlots(new PacketCrypto(links.cipher(), links.hash(), key, entropy));
    this.sender = new KnetSender(self, keys, frames, entropy);
    configure(settings, 0);
  }

  @Override
  public int frameMax() {
    return KnetPacket.MESSAGE_MAX;
  }

  @Override
  public int wholeFrameMax() {
    return payloadMax;
  }

  @Override
  public void start(long now) {
    started = true;
    for (Peer peer : peers) {
      for (int number = 0; number < LinkSettings.LINKS_MOST; number++) {
        PeerLink link = peer.link(number);
        if (link != null) {
          link.begin(now);
        }
      }
    }
    dueBy(now);
  }

  @Override
  public void reconfigure(NodeSettings changed, long now) {
    configure(changed, now);
    Arrays.fill(told, false);
    if (started) {
      dueBy(now);
    }
  }

  private void configure(NodeSettings changed, long now) {
    Peer[] before = peers;
    int[] nodesBefore = nodes;
    mode = changed.links().mode();
    blockUnlisted = changed.links().blockUnlistedIps();
    nodes = changed.nodeIds().without(self).stream().toArray();
    peers = new Peer[nodes.length];
    for (int i = 0; i < nodes.length; i++) {
      int known = Arrays.binarySearch(nodesBefore, nodes[i]);
      peers[i] = known >= 0 ? before[known] : new Peer(nodes[i]);
    }
    answersWithin = Long.MAX_VALUE;
    // A link that is removed asks for a choice among all peers.
    for (Peer each : peers) {
      configure(each, changed, now);
    }
    for (Peer each : before) {
      if (index(each.node()) < 0) {
        remove(each, now);
      }
    }
    settings = changed;
    chooseAll();
  }

  private void configure(Peer peer, NodeSettings changed, long now) {
    LinkSettings links = changed.links();
    Member member = changed.member(peer.node());
    int token = TotemTimes.of(changed.totem(), changed.members().size()).token();
    boolean[] configured = new boolean[LinkSettings.LINKS_MOST];
    for (int at = 0; at < links.interfaces().size(); at++) {
      Interface each = links.interfaces().get(at);
      configured[each.number()] = true;
      LinkTimers timers = LinkTimers.of(each, token, links.interfaces().size() > 1);
      answersWithin = Math.min(answersWithin, timers.pingTimeout());
      if (hasMoved(peer.node(), each.number(), changed)) {
        remove(peer, each.number(), Cause.MOVED, now);
      }
      PeerLink link = peer.link(each.number());
      if (link == null) {
        link = new PeerLink(peer, each.number(), timers, outside);
        link.begin(now);
        peer.link(each.number(), link);
      }
      boolean ipv6 = member.addresses().get(at).contains(":");
      link.configure(
          timers,
          each.priority(),
          ipv6 ? IPV6_OVERHEAD : IPV4_OVERHEAD,
          links.knetMtu(),
          links.pmtudIntervalSeconds() * NANOS_PER_SECOND);
    }
    for (int number = 0; number < configured.length; number++) {
      if (!configured[number]) {
        remove(peer, number, Cause.REMOVED, now);
      }
    }
  }

  /** What was known of the path between two addresses is worth nothing between others. */
  private boolean hasMoved(int node, int link, NodeSettings changed) {
    return !settings.address(node, link).equals(changed.address(node, link))
        || !settings.address(self, link).equals(changed.address(self, link));
  }

  private static void remove(Peer peer, long now) {
    for (int number = 0; number < LinkSettings.LINKS_MOST; number++) {
      remove(peer, number, Cause.REMOVED, now);
    }
  }

  private static void remove(Peer peer, int number, Cause cause, long now) {
    PeerLink link = peer.link(number);
    if (link != null) {
      peer.link(number, null);
      link.removed(cause, now);
    }
  }

  /** Which links carry data, and how long packets may be, after a change. */
  private void chooseAll() {
    int smallest = Integer.MAX_VALUE;
    for (Peer peer : peers) {
      peer.choose(mode);
      for (int i = 0; i < peer.carrierCount(); i++) {
        smallest = Math.min(smallest, peer.carrier(i).datagramMax());
      }
    }
    payloadMax =
        smallest == Integer.MAX_VALUE
            ? sender.payloadMax(MtuDiscovery.FLOOR - IPV6_OVERHEAD)
            : Math.min(sender.payloadMax(smallest), KnetPacket.MESSAGE_MAX);
  }

  @Override
  public boolean received(
      int link, int fromNode, byte[] datagram, int offset, int length, long now) {
    lastNow = now;
    Peer peer = open(link, fromNode, datagram, offset, length);
    if (peer == null) {
      return false;
    }
    if (KnetPacket.type(packet, packetOffset) == KnetPacket.DATA) {
      return data(peer, link, fromNode, length);
    }
    control(peer, link, fromNode, now);
    return false;
  }

  @Override
  public boolean answer(int link, int fromNode, byte[] datagram, int offset, int length) {
    if (!standInKeys.open(datagram, offset, length)) {
      return false;
    }
    byte[] bytes = standInKeys.plain();
    int at = standInKeys.plainOffset();
    int bytesLength = standInKeys.plainLength();
    if (fault(bytes, at, bytesLength, fromNode) != null) {
      return false;
    }
    Peer peer = peers[index(KnetPacket.node(bytes, at))];
    PeerLink arrivedOn = peer.link(link);
    return KnetPacket.link(bytes, at) == link
        && arrivedOn != null
        && answered(peer, arrivedOn, bytes, at, bytesLength);
  }

  @Override
  public long answersWithin() {
    return answersWithin;
  }

  /** The sender of an authentic packet, which is in {@link #packet} then; null when dropped. */
  private @Nullable Peer open(int link, int fromNode, byte[] datagram, int offset, int length) {
    if (blockUnlisted && fromNode == 0) {
      return dropped(LinkDrop.UNKNOWN_SENDER, fromNode, link);
    }
    if (!keys.open(datagram, offset, length)) {
      boolean clear = keys.looksClear(datagram, offset, length);
      return dropped(clear ? LinkDrop.CLEAR_TRAFFIC : LinkDrop.BAD_SEAL, fromNode, link);
    }
    packet = keys.plain();
    packetOffset = keys.plainOffset();
    packetLength = keys.plainLength();
    LinkDrop fault = fault(packet, packetOffset, packetLength, fromNode);
    if (fault != null) {
      return dropped(fault, fromNode, link);
    }
    return peers[index(KnetPacket.node(packet, packetOffset))];
  }

  /** Why an authentic packet is not that of another node; null when it is. */
  private @Nullable LinkDrop fault(byte[] bytes, int offset, int length, int fromNode) {
    if (length < KnetPacket.LENGTH_MIN) {
      return LinkDrop.TOO_SHORT;
    }
    if (KnetPacket.version(bytes, offset) != KnetPacket.VERSION) {
      return LinkDrop.WRONG_VERSION;
    }
    int node = KnetPacket.node(bytes, offset);
    if (node == self) {
      return LinkDrop.OWN_SENDER;
    }
    if (index(node) < 0) {
      return LinkDrop.UNKNOWN_SENDER;
    }
    boolean stranger = fromNode != node && (fromNode != 0 || blockUnlisted);
    return stranger ? LinkDrop.WRONG_ADDRESS : null;
  }

  private boolean data(Peer peer, int arrivedOn, int fromNode, int datagramLength) {
    PeerLink link = peer.link(arrivedOn);
    if (link == null || fromNode != peer.node()) {
      return drop(link == null ? LinkDrop.UNKNOWN_LINK : LinkDrop.WRONG_ADDRESS, peer, arrivedOn);
    }
    int length = packetLength - KnetPacket.DATA_HEADER;
    int sequence = length < 1 ? 0 : KnetPacket.sequence(packet, packetOffset);
    if (sequence == 0 || KnetPacket.fragments(packet, packetOffset) == 0) {
      return drop(LinkDrop.MALFORMED, peer, arrivedOn);
    }
    if (KnetPacket.channel(packet, packetOffset) != 0) {
      return drop(LinkDrop.FOREIGN_CHANNEL, peer, arrivedOn);
    }
    if (KnetPacket.compression(packet, packetOffset) != 0) {
      return drop(LinkDrop.COMPRESSED, peer, arrivedOn);
    }
    if (!peer.isReachable() && !link.wasAnswered()) {
      return drop(LinkDrop.SENDER_NOT_REACHABLE, peer, arrivedOn);
    }
    link.received(datagramLength);
    peer.heardData();
    switch (peer.filter().judge(sequence)) {
      case TAKEN -> {
        drops.count(LinkDrop.DUPLICATE, arrivedOn, peer.node());
        return false;
      }
      case FAR -> jumps++;
      case NEW -> {}
    }
    return message(peer, arrivedOn, sequence, length);
  }

  private boolean message(Peer peer, int arrivedOn, int sequence, int length) {
    int at = packetOffset + KnetPacket.DATA_HEADER;
    int fragments = KnetPacket.fragments(packet, packetOffset);
    if (fragments == 1) {
      frame = packet;
      frameOffset = at;
      frameLength = length;
    } else {
      Reassembly reassembly = peer.reassembly();
      int fragment = KnetPacket.fragment(packet, packetOffset);
      long position = peer.filter().position(sequence);
      switch (reassembly.fragment(position, fragments, fragment, packet, at, length)) {
        case KEPT -> {
          return false;
        }
        case REPEATED -> {
          drops.count(LinkDrop.DUPLICATE, arrivedOn, peer.node());
          return false;
        }
        case MALFORMED -> {
          return drop(LinkDrop.MALFORMED, peer, arrivedOn);
        }
        case COMPLETE -> {}
      }
      frame = reassembly.bytes();
      frameOffset = 0;
      frameLength = reassembly.length();
    }
    peer.filter().take(sequence);
    return isForUs() || drop(LinkDrop.OTHER_TARGET, peer, arrivedOn);
  }

  private boolean isForUs() {
    if (frameLength < FrameHeader.LENGTH) {
      return true;
    }
    boolean big = FrameHeader.bigEndian(frame, frameOffset);
    int target = FrameHeader.target(frame, frameOffset, big);
    return target == 0 || target == self;
  }

  private void control(Peer peer, int arrivedOn, int fromNode, long now) {
    int number = KnetPacket.link(packet, packetOffset);
    PeerLink link = peer.link(number);
    if (link == null || number != arrivedOn) {
      drop(LinkDrop.UNKNOWN_LINK, peer, arrivedOn);
      return;
    }
    if (answered(peer, link, packet, packetOffset, packetLength)) {
      link.heard();
    } else {
      reply(link, fromNode, now);
    }
    dueBy(link.deadline());
  }

  /** Answers a question; false when it is none. */
  private boolean answered(Peer peer, PeerLink link, byte[] bytes, int at, int length) {
    int type = KnetPacket.type(bytes, at);
    if (type == KnetPacket.PING && length >= KnetPacket.PING_LENGTH) {
      sender.pong(link.number(), peer.node(), bytes, at);
      pinged(peer, link, bytes, at);
      return true;
    }
    if (type == KnetPacket.PMTUD && length >= KnetPacket.PMTUD_LENGTH) {
      sender.mtuReply(link.number(), peer.node(), bytes, at);
      return true;
    }
    return false;
  }

  /** What a PING says about its author's numbers, unless it is an old one, sent again. */
  private void pinged(Peer peer, PeerLink link, byte[] bytes, int at) {
    long first = KnetPacket.pingTime(bytes, at);
    long second = KnetPacket.pingCookie(bytes, at);
    if (peer.pingTimes().isNews(first, second, link.pingInterval(), lastNow)) {
      peer.pinged(KnetPacket.pingSequence(bytes, at), KnetPacket.pingTimed(bytes, at));
    } else {
      oldPings++;
    }
  }

  /** The answer to a question of ours. */
  private void reply(PeerLink link, int fromNode, long now) {
    switch (KnetPacket.type(packet, packetOffset)) {
      case KnetPacket.PONG -> {
        if (packetLength < KnetPacket.PING_LENGTH) {
          drop(LinkDrop.TOO_SHORT, fromNode, link.number());
        } else {
          pong(link, fromNode, now);
        }
      }
      case KnetPacket.PMTUD_REPLY -> {
        if (packetLength < KnetPacket.PMTUD_LENGTH) {
          drop(LinkDrop.TOO_SHORT, fromNode, link.number());
        } else {
          link.mtuReply(KnetPacket.mtu(packet, packetOffset), now);
        }
      }
      case KnetPacket.PING, KnetPacket.PMTUD -> drop(LinkDrop.TOO_SHORT, fromNode, link.number());
      default -> drop(LinkDrop.UNKNOWN_TYPE, fromNode, link.number());
    }
  }

  private void pong(PeerLink link, int fromNode, long now) {
    boolean ours = KnetPacket.pingCookie(packet, packetOffset) == sender.cookie();
    boolean timed = KnetPacket.pingTimed(packet, packetOffset);
    long sentAt = KnetPacket.pingTime(packet, packetOffset);
    if (!ours || !link.pong(sentAt, timed, now)) {
      boolean replayed = ours && now - sentAt > REPLAYED_AFTER;
      drop(replayed ? LinkDrop.REPLAYED : LinkDrop.STALE_ANSWER, fromNode, link.number());
    }
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

  /**
   * {@inheritDoc} With other links still up these are asked at once, so that their refusals follow.
   */
  @Override
  public boolean refused(int number, int node, long now) {
    int index = index(node);
    PeerLink refused = index < 0 ? null : peers[index].link(number);
    if (refused == null) {
      return false;
    }
    refused.refused(now);
    dueBy(refused.deadline());
    Peer peer = peers[index];
    for (int other = 0; other < LinkSettings.LINKS_MOST; other++) {
      PeerLink link = peer.link(other);
      if (link != null && link.isUp()) {
        link.askNow();
        dueBy(now);
      }
    }
    return !peer.isReachable();
  }

  @Override
  public void send(int toNode, byte[] bytes, int length) {
    int index = index(toNode);
    if (index < 0 || !peers[index].isReachable()) {
      return;
    }
    boolean burst = sender.prepare(bytes, length, toNode, payloadMax);
    sender.send(peers[index], mode);
    if (burst) {
      tellNumbers();
    }
  }

  @Override
  public void broadcast(byte[] bytes, int length) {
    if (!anyReachable()) {
      return;
    }
    boolean burst = sender.prepare(bytes, length, 0, payloadMax);
    for (Peer peer : peers) {
      sender.send(peer, mode);
    }
    if (burst) {
      tellNumbers();
    }
  }

  private boolean anyReachable() {
    for (Peer peer : peers) {
      if (peer.isReachable()) {
        return true;
      }
    }
    return false;
  }

  /** PINGs out of turn, so that nobody mistakes new numbers for old ones. */
  private void tellNumbers() {
    for (Peer peer : peers) {
      for (int number = 0; number < LinkSettings.LINKS_MOST; number++) {
        PeerLink link = peer.link(number);
        if (link != null) {
          sender.ping(link, false, lastNow);
        }
      }
    }
  }

  @Override
  public void flush() {
    sender.flush();
  }

  @Override
  public void expire(long now) {
    lastNow = now;
    if (now < soonest || !started) {
      return;
    }
    long late = now - deadline;
    deadline = Long.MAX_VALUE;
    soonest = Long.MAX_VALUE;
    for (Peer peer : peers) {
      for (int number = 0; number < LinkSettings.LINKS_MOST; number++) {
        PeerLink link = peer.link(number);
        if (link != null) {
          if (late > LATE) {
            link.paused(late);
          }
          link.expire(now);
          deadline = Math.min(deadline, link.deadline());
          soonest = Math.min(soonest, link.soonest());
        }
      }
    }
  }

  private void dueBy(long time) {
    deadline = Math.min(deadline, time);
    soonest = Math.min(soonest, time);
  }

  @Override
  public long nextDeadline() {
    return deadline;
  }

  @Override
  public void loadKey(LinkSettings.Cipher cipher, LinkSettings.Hash hash, byte[] key) {
    keysLoaded++;
    keys.load(new PacketCrypto(cipher, hash, key, entropy + keysLoaded));
    standInKeys.load(new PacketCrypto(cipher, hash, key, entropy));
  }

  @Override
  public boolean isLoadedKeyUsed() {
    return keys.isOtherUsed();
  }

  @Override
  public void activateKey() {
    keys.swap();
    standInKeys.swap();
    chooseAll();
  }

  @Override
  public void clearOldKey() {
    keys.clearOther();
    standInKeys.clearOther();
    Arrays.fill(told, false);
  }

  @Override
  public void listen(LinkListener newListener) {
    listener = newListener;
  }

  @Override
  public List<LinkStatus> links() {
    List<LinkStatus> links = new ArrayList<>();
    for (Peer peer : peers) {
      for (int number = 0; number < LinkSettings.LINKS_MOST; number++) {
        PeerLink link = peer.link(number);
        if (link != null) {
          links.add(link.status());
        }
      }
    }
    return links;
  }

  @Override
  public void report(SortedMap<String, Long> report) {
    drops.report("dropped-", report);
    report.put("numbers-jumped", jumps);
    report.put("pings-old", oldPings);
  }

  @Override
  public DropCounts drops() {
    return drops;
  }

  private int index(int node) {
    return Arrays.binarySearch(nodes, node);
  }

  private @Nullable Peer dropped(LinkDrop reason, int node, int link) {
    drop(reason, node, link);
    return null;
  }

  private boolean drop(LinkDrop reason, Peer peer, int link) {
    return drop(reason, peer.node(), link);
  }

  @SuppressWarnings("EnumOrdinal") // an index into an array of this process
  private boolean drop(LinkDrop reason, int node, int link) {
    drops.count(reason, link, node);
    if (reason.isSuspicious() && !told[reason.ordinal()]) {
      told[reason.ordinal()] = true;
      listener.dropped(reason, node, link);
    }
    return false;
  }

  /** What the links do. */
  private final class Outside implements PeerLink.Outside {
    @Override
    public void ping(PeerLink link, boolean timed, long now) {
      sender.ping(link, timed, now);
    }

    @Override
    public void askMtu(PeerLink link, int size) {
      sender.askMtu(link, size);
    }

    @Override
    public void cameUp(PeerLink link) {
      chooseAll();
      listener.linkUp(link.peer().node(), link.number());
    }

    @Override
    public void wentDown(PeerLink link, Cause cause) {
      chooseAll();
      listener.linkDown(link.peer().node(), link.number(), cause);
    }

    @Override
    public void mtuChanged(PeerLink link) {
      chooseAll();
      if (link.mtuIsNews()) {
        listener.mtuChanged(link.peer().node(), link.number(), link.pathMtu());
      }
    }
  }
}
