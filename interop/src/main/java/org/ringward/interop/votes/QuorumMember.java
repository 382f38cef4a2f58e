package org.ringward.interop.votes;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.ringward.core.admin.AdminRequest;
import org.ringward.core.base.NodeSet;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.group.ProcessGroupListener;
import org.ringward.core.group.RingConfiguration;
import org.ringward.core.link.Transports;
import org.ringward.core.node.RingNode;
import org.ringward.core.quorum.QuorumStatus;
import org.ringward.ring.loop.Inbox;
import org.ringward.ring.loop.Loop;
import org.ringward.ring.loop.Machine;
import org.ringward.ring.net.UdpFrames;
import org.ringward.ring.settings.ConfigurationFile;
import org.ringward.ring.settings.FileSource;
import org.ringward.ring.store.RingIdFile;

/**
 * A node of Ringward's ring that tells what votequorum says on it. Arguments: corosync.conf, file
 * of the ring sequence. Orders on standard input: expected N, force, reload, leave.
 */
public final class QuorumMember implements Machine {
  private final RingNode node;
  private String told = "";

  private QuorumMember(RingNode node) {
    this.node = node;
  }

  /** Runs until it is told to leave. */
  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments[0]);
    NodeSettings settings = ConfigurationFile.read(file).settings();
    byte[] key = ConfigurationFile.key(settings);
    try (UdpFrames frames = UdpFrames.open(settings);
        RingIdFile ringIds = RingIdFile.open(Path.of(arguments[1]))) {
      Inbox<QuorumMember> inbox = new Inbox<>(frames::wake);
      Loop<QuorumMember> loop = new Loop<>(frames, inbox, QuorumMember::halt);
      RingNode.Outside outside =
          new RingNode.Outside(
              Transports.of(settings, key, new SecureRandom().nextLong(), frames),
              ringIds,
              (id, reply) -> System.out.println("reply " + reply.message()),
              (level, text) -> System.err.println(level + " " + text),
              loop,
              new FileSource(
                  file,
                  key,
                  _ -> {},
                  frames::move,
                  (id, read, error) ->
                      inbox.put(member -> member.node.configurationRead(id, read, error))));
      RingNode node = new RingNode(settings, outside, new Nobody());
      loop.machine(new QuorumMember(node));
      Thread.ofPlatform().daemon().name("orders").start(() -> orders(inbox));
      loop.run();
      System.out.println("ended " + loop.endReason());
      Runtime.getRuntime().halt(0);
    }
  }

  private static void halt(String reason, @Nullable Throwable cause) {
    System.out.println("ended " + reason);
    if (cause != null) {
      cause.printStackTrace();
    }
    Runtime.getRuntime().halt(70);
  }

  private static void orders(Inbox<QuorumMember> inbox) {
    try (BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = input.readLine(); line != null; line = input.readLine()) {
        String[] words = line.split(" ", -1);
        inbox.put(member -> member.order(words));
      }
    } catch (IOException _) {
      // Whoever gave orders is gone, as below.
    }
    Runtime.getRuntime().halt(1);
  }

  private void order(String[] words) {
    switch (words[0]) {
      case "expected" -> node.groups().quorum().expectVotes(Integer.parseInt(words[1]));
      case "force" -> node.groups().quorum().force();
      case "reload" ->
          node.asked(1, new AdminRequest(AdminRequest.Verb.RING_RELOAD, "lab", Map.of(), null));
      case "leave" -> node.leave(System.nanoTime());
      default -> throw new IllegalArgumentException("order " + words[0]);
    }
  }

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
    QuorumStatus status = node.groups().quorum().status();
    String line =
        "votes %s %s %d %d %d"
            .formatted(
                status.nodes().stream()
                    .map(each -> Integer.toString(each.id()))
                    .collect(Collectors.joining(",")),
                status.verdict().quorate(),
                status.verdict().votes(),
                status.verdict().needed(),
                status.verdict().expected());
    if (!line.equals(told)) {
      told = line;
      System.out.println(line);
    }
  }

  @Override
  public long nextDeadline() {
    return node.nextDeadline();
  }

  /** No groups are joined here. */
  private static final class Nobody implements ProcessGroupListener {
    @Override
    public void configurationChanged(RingConfiguration configuration) {}

    @Override
    public void synchronised(long ringSequence) {}

    @Override
    public void membershipChanged(String group, NodeSet members, NodeSet joined, NodeSet left) {}

    @Override
    public void delivered(String group, int fromNode, byte[] bytes, int offset, int length) {}
  }
}
