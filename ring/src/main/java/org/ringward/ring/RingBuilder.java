package org.ringward.ring;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.config.LinkSettings;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.config.NodeSettings.Member;
import org.ringward.core.config.TotemSettings;
import org.ringward.core.node.RingWatch;

/**
 * The few settings most programs need; the rest has the defaults of a node file. All nodes of a
 * ring need the same, but for {@link #self}.
 */
public final class RingBuilder {
  private static final int KEY_LEAST = 128;
  private static final int KEY_MOST = 4096;

  private final List<Member> members = new ArrayList<>();
  private String cluster = "ringward";
  private int self;
  private int port = 5405;
  private TotemSettings totem = TotemSettings.DEFAULT;
  private byte @Nullable [] key;
  private boolean clear;
  private @Nullable Path stateDir;
  private RingWatch.Log log = Ring::log;

  RingBuilder() {}

  /** The name of the cluster; default ringward. */
  public RingBuilder cluster(String name) {
    cluster = name;
    return this;
  }

  /** A node of the ring, this one included, with its IP address. */
  public RingBuilder node(int id, String address) {
    members.add(new Member(id, "node" + id, address, 1));
    return this;
  }

  /** Which of the nodes this program is. */
  public RingBuilder self(int id) {
    self = id;
    return this;
  }

  /** The UDP port of all nodes; default 5405. */
  public RingBuilder port(int number) {
    port = number;
    return this;
  }

  /** The shared key, 128 to 4096 secret bytes: traffic is encrypted and authenticated with it. */
  public RingBuilder key(byte[] bytes) {
    key = bytes.clone();
    return this;
  }

  /** Traffic in the clear: whoever can send to the port can take part. */
  public RingBuilder clear() {
    clear = true;
    return this;
  }

  /** Timers and limits of the ring. */
  public RingBuilder totem(TotemSettings settings) {
    totem = settings;
    return this;
  }

  /** Where the sequence of the last ring is kept over restarts; nowhere when it is not given. */
  public RingBuilder stateDir(Path folder) {
    stateDir = folder;
    return this;
  }

  /** Where findings go; called by the ring's thread, must not block. Default: System.Logger. */
  public RingBuilder log(RingWatch.Log target) {
    log = target;
    return this;
  }

  /**
   * Opens the ring; returns when the sockets are open, before a ring is formed.
   *
   * @throws OperatorException when something is missing or contradicts itself, or the address or
   *     the port cannot be used
   */
  public Ring open() {
    byte[] secret = key == null ? new byte[0] : key;
    require(clear || key != null, "a ring needs a key, or clear() for traffic anybody may forge");
    require(!clear || key == null, "a ring has a key or is clear, not both");
    require(
        clear || (secret.length >= KEY_LEAST && secret.length <= KEY_MOST),
        "the key has " + secret.length + " bytes; allowed are 128 to 4096");
    require(
        members.stream().anyMatch(each -> each.id() == self),
        "self is node " + self + ", which is not among the nodes");
    require(
        members.stream().mapToInt(Member::id).distinct().count() == members.size(),
        "two nodes have the same id");
    return Ring.open(settings(), secret, stateDir, log);
  }

  private static void require(boolean holds, String sentence) {
    if (!holds) {
      throw new OperatorException(ExitCode.CONFIGURATION, sentence);
    }
  }

  private NodeSettings settings() {
    List<Member> sorted = members.stream().sorted(Comparator.comparingInt(Member::id)).toList();
    LinkSettings standard = LinkSettings.DEFAULT.withPort(port);
    return NodeSettings.builder(cluster, "node" + self, sorted)
        .links(clear ? standard.clear() : standard)
        .totem(totem)
        .build();
  }
}
