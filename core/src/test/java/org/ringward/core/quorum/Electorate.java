package org.ringward.core.quorum;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.ringward.core.base.NodeSet;
import org.ringward.core.config.DeviceSettings;
import org.ringward.core.config.NodeSettings.Member;
import org.ringward.core.config.QuorumSettings;
import org.ringward.core.wire.ServiceMessage;
import org.ringward.core.wire.VoteQuorumNodeInfo;
import org.ringward.core.wire.VoteQuorumReconfigure;

/** Votequorum on several nodes with a perfect total order; rings change when a test says so. */
public final class Electorate {
  /** With a device of one vote; when it votes, a test says. */
  static final QuorumSettings WITH_DEVICE =
      QuorumSettings.DEFAULT.toBuilder()
          .device(new DeviceSettings(DeviceSettings.Model.NET, 1, 10_000, 30_000, false, null))
          .build();

  private final QuorumSettings settings;
  private final List<Member> members;
  private final Map<Integer, Voting> nodes = new TreeMap<>();
  private long nanos;

  /** One node; what it kept on disk outlives a restart. */
  private static final class Voting {
    VoteQuorum quorum;
    NodeSet ring;
    final Deque<ServiceMessage> sent;

    Voting(VoteQuorum quorum, NodeSet ring, Deque<ServiceMessage> sent) {
      this.quorum = quorum;
      this.ring = ring;
      this.sent = sent;
    }
  }

  private final Map<Integer, Integer> kept = new TreeMap<>();

  public Electorate(QuorumSettings settings, int... votes) {
    this.settings = settings;
    List<Member> list = new ArrayList<>();
    for (int i = 0; i < votes.length; i++) {
      list.add(new Member(i + 1, "n" + (i + 1), "127.0.0." + (i + 1), votes[i]));
    }
    members = list;
  }

  public static Electorate of(int nodes, QuorumSettings settings) {
    return new Electorate(settings, IntStream.range(0, nodes).map(_ -> 1).toArray());
  }

  /** Starts a node, again when it ran before; it is in no ring. */
  public VoteQuorum boot(int id) {
    Deque<ServiceMessage> sent = new ArrayDeque<>();
    VoteQuorumOutlet outlet =
        new VoteQuorumOutlet() {
          @Override
          public void send(ServiceMessage message) {
            sent.add(message);
          }

          @Override
          public void keepExpectedVotes(int expected) {
            kept.put(id, expected);
          }
        };
    VoteQuorum quorum = new VoteQuorum(id, settings, members, kept.getOrDefault(id, 0), outlet);
    nodes.put(id, new Voting(quorum, NodeSet.EMPTY, sent));
    return quorum;
  }

  /** All nodes run and see each other. */
  public Electorate whole() {
    int[] ids = members.stream().mapToInt(Member::id).toArray();
    IntStream.of(ids).forEach(this::boot);
    return ring(ids);
  }

  /** These nodes are in one ring now. */
  public Electorate ring(int... ids) {
    NodeSet ring = NodeSet.of(ids);
    for (int id : ids) {
      node(id).ring = ring;
      node(id).quorum.begin(ring);
      node(id).quorum.expire(nanos);
    }
    for (int author : ids) {
      List<VoteQuorumNodeInfo> infos =
          List.of(node(author).quorum.own(), node(author).quorum.ownDevice());
      for (VoteQuorumNodeInfo info : infos) {
        for (int id : ids) {
          node(id).quorum.heard(author, info);
        }
      }
    }
    for (int id : ids) {
      node(id).quorum.activate();
      node(id).quorum.expire(nanos);
    }
    deliver();
    return this;
  }

  /** Delivers what was sent, until nothing is under way. */
  public void deliver() {
    for (Map.Entry<Integer, Voting> author : nodes.entrySet()) {
      Deque<ServiceMessage> sent = author.getValue().sent;
      while (!sent.isEmpty()) {
        ServiceMessage message = sent.remove();
        author.getValue().ring.stream().forEach(id -> deliver(author.getKey(), id, message));
      }
    }
    if (nodes.values().stream().anyMatch(each -> !each.sent.isEmpty() && !each.ring.isEmpty())) {
      deliver();
    }
  }

  private void deliver(int author, int to, ServiceMessage message) {
    switch (message) {
      case VoteQuorumNodeInfo info -> node(to).quorum.heard(author, info);
      case VoteQuorumReconfigure change -> node(to).quorum.reconfigured(change);
      default -> throw new IllegalArgumentException(message.toString());
    }
  }

  /** Time goes by everywhere. */
  public void pass(long millis) {
    nanos += millis * 1_000_000;
    nodes.values().forEach(each -> each.quorum.expire(nanos));
    deliver();
  }

  /** A node is gone, or has said that it leaves. */
  public void end(int id, boolean orderly) {
    VoteQuorumNodeInfo farewell = orderly ? node(id).quorum.farewell() : null;
    if (farewell != null) {
      node(id).ring.stream().forEach(each -> node(each).quorum.heard(id, farewell));
    }
    nodes.remove(id);
  }

  /** Forms the rings of these sides, as far as they are new. */
  public void rings(List<NodeSet> sides) {
    for (NodeSet side : sides) {
      NodeSet running = side.intersect(NodeSet.of(running()));
      boolean same = running.stream().allMatch(id -> node(id).ring.equals(running));
      if (!same) {
        ring(running.stream().toArray());
      }
    }
  }

  public int[] running() {
    return nodes.keySet().stream().mapToInt(Integer::intValue).toArray();
  }

  /** The node list has only the first nodes from now on. */
  public void reload(int entries) {
    nodes.values().forEach(each -> each.quorum.configure(settings, members.subList(0, entries)));
    deliver();
  }

  private Voting node(int id) {
    Voting found = nodes.get(id);
    if (found == null) {
      throw new IllegalArgumentException("n" + id + " does not run");
    }
    return found;
  }

  public VoteQuorum quorum(int id) {
    return node(id).quorum;
  }

  public QuorumVerdict verdict(int id) {
    return node(id).quorum.verdict();
  }

  public boolean quorate(int id) {
    return verdict(id).quorate();
  }
}
