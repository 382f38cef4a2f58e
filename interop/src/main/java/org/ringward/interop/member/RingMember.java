package org.ringward.interop.member;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest;
import org.ringward.core.base.NodeSet;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.group.ProcessGroupListener;
import org.ringward.core.group.ProcessGroups;
import org.ringward.core.group.RingConfiguration;
import org.ringward.core.link.Transports;
import org.ringward.core.node.RingNode;
import org.ringward.ring.loop.Inbox;
import org.ringward.ring.loop.Loop;
import org.ringward.ring.loop.Machine;
import org.ringward.ring.net.UdpFrames;
import org.ringward.ring.settings.ConfigurationFile;
import org.ringward.ring.settings.FileSource;
import org.ringward.ring.store.RingIdFile;

/**
 * A node of Ringward's ring with one member of the group in it. Arguments: corosync.conf, file of
 * the ring sequence, file of the journal, a number no other life has.
 */
public final class RingMember implements Machine, ProcessGroupListener, Console.Orders {
  private static final String GROUP = CorosyncMember.GROUP;
  private static final int MESSAGES_PER_TURN = 64;

  /** A message that was refused is tried again after this. */
  private static final long AGAIN_NANOS = 1_000_000;

  private final int self;
  private final Console console;
  private final Sender sender;
  private final Inbox<RingMember> inbox;
  private final Loop<RingMember> loop;
  private final RingNode node;
  private final ProcessGroups groups;
  private boolean leaving;
  private boolean asked;
  private boolean synchronising = true;
  private boolean refused;
  private long now;
  private NodeSet members = NodeSet.EMPTY;
  private int representative;

  private RingMember(
      Path file,
      NodeSettings settings,
      UdpFrames frames,
      RingIdFile ringIds,
      Path journal,
      long life) {
    self = settings.self().id();
    console = new Console(journal, self, life);
    sender = new Sender(console, self);
    inbox = new Inbox<>(frames::wake);
    loop = new Loop<>(frames, inbox, RingMember::halt);
    byte[] key = ConfigurationFile.key(settings);
    FileSource source =
        new FileSource(
            file,
            key,
            _ -> {},
            frames::move,
            (id, read, error) ->
                inbox.put(member -> member.node.configurationRead(id, read, error)));
    RingNode.Outside outside =
        new RingNode.Outside(
            Transports.of(settings, key, new SecureRandom().nextLong(), frames),
            ringIds,
            (_, reply) -> replied(reply),
            (level, text) -> System.err.println(level + " " + text),
            loop,
            source);
    node = new RingNode(settings, outside, this);
    groups = node.groups();
  }

  private void replied(AdminReply reply) {
    console.tell((reply.exitCode() == 0 ? "reloaded " : "not reloaded: ") + reply.message());
  }

  /** Runs until it is told to leave. */
  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments[0]);
    NodeSettings settings = ConfigurationFile.read(file).settings();
    try (UdpFrames frames = UdpFrames.open(settings);
        RingIdFile ringIds = RingIdFile.open(Path.of(arguments[1]))) {
      RingMember member =
          new RingMember(
              file,
              settings,
              frames,
              ringIds,
              Path.of(arguments[2]),
              Long.parseUnsignedLong(arguments[3], 16));
      member.loop.machine(member);
      member.console.start(member);
      member.loop.run();
      member.console.end();
      Runtime.getRuntime().halt(0);
    }
  }

  private static void halt(String reason, @Nullable Throwable cause) {
    System.err.println(reason);
    if (cause != null) {
      cause.printStackTrace();
    }
    Runtime.getRuntime().halt(70);
  }

  @Override
  public void start(long nowNanos, long wallMillis) {
    node.start(nowNanos);
    groups.join(GROUP, nowNanos);
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
    now = nowNanos;
    node.turn(nowNanos, wallMillis);
    sendAll();
    if (leaving && !asked && sender.next() == null) {
      asked = true;
      groups.leave(GROUP, nowNanos);
    }
    groups.expire(nowNanos);
  }

  private void sendAll() {
    refused = false;
    for (int count = 0; count < MESSAGES_PER_TURN && !synchronising; count++) {
      byte[] message = sender.next();
      if (message == null) {
        return;
      }
      refused = !groups.multicast(GROUP, message, now);
      if (refused) {
        return;
      }
      sender.accepted();
    }
  }

  @Override
  public long nextDeadline() {
    long next = node.nextDeadline();
    boolean more = !synchronising && sender.next() != null;
    return more ? Math.min(next, now + (refused ? AGAIN_NANOS : 0)) : next;
  }

  @Override
  public void send(int count, Sizes sizes) {
    inbox.put(member -> member.sender.order(count, sizes));
  }

  @Override
  public void explain() {
    inbox.put(member -> {
      System.err.println(member.groups.status());
      member.groups.links().forEach(System.err::println);
    });
  }

  @Override
  public void reload() {
    inbox.put(member ->
        member.node.asked(
            1, new AdminRequest(AdminRequest.Verb.RING_RELOAD, "lab", Map.of(), null)));
  }

  @Override
  public void leave() {
    inbox.put(member -> member.leaving = true);
  }

  @Override
  public void configurationChanged(RingConfiguration configuration) {
    synchronising = true;
    if (configuration.kind() == RingConfiguration.Kind.REGULAR) {
      members = configuration.members();
      representative = configuration.representative();
      console.installed(representative, configuration.sequence());
    }
  }

  @Override
  public void synchronised(long ringSequence) {
    synchronising = false;
    console.ring(representative, ringSequence, members.stream().boxed().toList());
  }

  @Override
  public void membershipChanged(String group, NodeSet nodesNow, NodeSet joined, NodeSet nodesLeft) {
    if (!synchronising) {
      joined.stream().forEach(console::joined);
      nodesLeft.stream().forEach(console::left);
    }
    console.group(nodesNow.stream().boxed().toList());
    if (leaving && nodesLeft.contains(self)) {
      node.leave(now);
    }
  }

  @Override
  public void delivered(String group, int fromNode, byte[] bytes, int offset, int length) {
    console.delivered(fromNode, ByteBuffer.wrap(bytes, offset, length).slice());
  }
}
