package org.ringward.core.totem;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.ringward.core.base.NodeSet;
import org.ringward.core.config.TotemSettings;
import org.ringward.core.wire.CommitTokenFrame;
import org.ringward.core.wire.FrameKind;
import org.ringward.core.wire.JoinFrame;
import org.ringward.core.wire.McastFrame;
import org.ringward.core.wire.OrfToken;

/**
 * One node of a ring of three that has been formed; the other two are played by the test, frame by
 * frame.
 */
final class PlayedRing {
  final TotemWorld world;
  final TotemWorld.Node node;
  final OrfToken token = new OrfToken();
  private final int[] gathersBefore = new int[GatherReason.values().length];

  PlayedRing(int self, TotemSettings settings) {
    this(self, settings, 3);
  }

  /** Of the first three of that many nodes. */
  @SuppressWarnings("EnumOrdinal") // an index into an array of this process
  PlayedRing(int self, TotemSettings settings, int configured) {
    world = new TotemWorld(1, configured, settings);
    for (int id = 1; id <= 3; id++) {
      world.start(id);
    }
    world.settle(5_000);
    world.run(20);
    world.records = true;
    world.run(2 * settings.merge() + 1_000);
    node = world.node(self);
    // What the node passed on last; the played nodes hold the token from now on.
    world.nodes.without(self).stream().forEach(world::kill);
    token.read(lastSent(FrameKind.ORF_TOKEN), 0, lastSent(FrameKind.ORF_TOKEN).length);
    world.runUntil(world.now + TotemWorld.MILLI);
    world.sent.clear();
    for (GatherReason reason : GatherReason.values()) {
      gathersBefore[reason.ordinal()] = (int) gathers(reason);
    }
  }

  private byte[] lastSent(FrameKind kind) {
    List<TotemWorld.Sent> frames = sent(kind);
    if (frames.isEmpty()) {
      throw new AssertionError("no " + kind + " was sent");
    }
    return frames.getLast().frame();
  }

  /** Frames of a kind that the node has sent since {@link #forget}, one for each target. */
  List<TotemWorld.Sent> sent(FrameKind kind) {
    return world.sent.stream()
        .filter(each -> each.kind() == kind && each.from() == node.id)
        .toList();
  }

  void forget() {
    world.sent.clear();
  }

  /** Messages that the node sent, without the copies for the other node. */
  List<McastFrame> messages() {
    return sent(FrameKind.MCAST).stream()
        .filter(each -> each.to() == world.nodes.without(node.id).lowest())
        .map(each -> {
          McastFrame frame = new McastFrame();
          frame.read(each.frame(), 0, each.frame().length);
          return frame;
        })
        .toList();
  }

  /** The token is given to the node, and is what it passes on afterwards, if it does. */
  boolean visit() {
    forget();
    token.tokenSeq += 2; // the two played nodes had it
    deliver(tokenBytes());
    List<TotemWorld.Sent> passed = sent(FrameKind.ORF_TOKEN);
    if (passed.isEmpty()) {
      return false;
    }
    byte[] frame = passed.getLast().frame();
    return token.read(frame, 0, frame.length);
  }

  byte[] tokenBytes() {
    byte[] bytes = new byte[OrfToken.LENGTH_MAX];
    int length = token.write(bytes, 0);
    return Arrays.copyOf(bytes, length);
  }

  void deliver(byte[] frame) {
    world.now += TotemWorld.MILLI / 10;
    node.ring.received(frame, 0, frame.length, world.now);
    node.turn();
  }

  /** A message of a played node. */
  void message(int from, int seq, String text) {
    message(from, seq, text, token.ringRepresentative, token.ringSequence);
  }

  void message(int from, int seq, String text, int representative, long sequence) {
    byte[] bytes = new byte[McastFrame.HEADER_LENGTH + text.length()];
    McastFrame.writeHeader(bytes, 0, McastFrame.ORDINARY, from, seq, 1, representative, sequence);
    System.arraycopy(text.getBytes(), 0, bytes, McastFrame.HEADER_LENGTH, text.length());
    deliver(bytes);
  }

  /** A proposal of a played node. */
  void join(int from, NodeSet processors, NodeSet failed, long ringSequence) {
    send(
        new JoinFrame(
            from, from, ringSequence, processors.stream().toArray(), failed.stream().toArray()));
  }

  void send(JoinFrame join) {
    byte[] bytes = new byte[join.length()];
    join.write(bytes, 0);
    deliver(bytes);
  }

  void send(CommitTokenFrame commit) {
    byte[] bytes = new byte[CommitTokenFrame.length(commit.members())];
    commit.write(bytes, 0);
    deliver(bytes);
  }

  /** The node's last proposal. */
  JoinFrame proposal() {
    byte[] frame = lastSent(FrameKind.JOIN);
    JoinFrame join = JoinFrame.read(frame, 0, frame.length);
    if (join == null) {
      throw new AssertionError("no valid JOIN was sent");
    }
    return join;
  }

  /** The commit token the node sent last. */
  CommitTokenFrame committed() {
    byte[] frame = lastSent(FrameKind.COMMIT_TOKEN);
    CommitTokenFrame commit = CommitTokenFrame.read(frame, 0, frame.length);
    if (commit == null) {
      throw new AssertionError("no valid COMMIT_TOKEN was sent");
    }
    return commit;
  }

  /** How often the node went into GATHER for that reason since its ring is played. */
  @SuppressWarnings("EnumOrdinal") // an index into an array of this process
  long gathers(GatherReason reason) {
    String name = reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
    return node.counter("gather-" + name) - gathersBefore[reason.ordinal()];
  }

  void run(long millis) {
    world.run(millis);
  }
}
