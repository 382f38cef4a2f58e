package org.ringward.core.link;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.ringward.core.config.LinkSettings;
import org.ringward.core.config.LinkSettings.Cipher;
import org.ringward.core.config.LinkSettings.Hash;
import org.ringward.core.config.LinkSettings.Interface;
import org.ringward.core.config.LinkSettings.Mode;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.config.NodeSettings.Member;
import org.ringward.core.port.Frames;
import org.ringward.core.wire.KnetPacket;

/** Settings of links, and transports made of them, for tests. */
final class Links {
  static final long MILLI = 1_000_000;
  static final int INTERVAL = 100;
  static final int TIMEOUT = 300;

  private final Cipher cipher;
  private final Hash hash;
  private byte[] key = new byte[128];
  private Mode mode = Mode.PASSIVE;
  private int[] priorities = {1};
  private int knetMtu;
  private boolean blockUnlisted = true;

  private Links(Cipher cipher, Hash hash) {
    this.cipher = cipher;
    this.hash = hash;
  }

  static Links clear() {
    return new Links(Cipher.NONE, Hash.NONE);
  }

  static Links encrypted() {
    return new Links(Cipher.AES256, Hash.SHA256);
  }

  Links withKey(byte[] newKey) {
    key = newKey;
    return this;
  }

  Links mode(Mode newMode) {
    mode = newMode;
    return this;
  }

  /** One link for each priority. */
  Links priorities(int... ofLinks) {
    priorities = ofLinks;
    return this;
  }

  Links knetMtu(int mtu) {
    knetMtu = mtu;
    return this;
  }

  Links acceptUnlisted() {
    blockUnlisted = false;
    return this;
  }

  Forger forger() {
    return new Forger(cipher, hash, key);
  }

  NodeSettings settings(int self, int... nodes) {
    List<Interface> interfaces = new ArrayList<>();
    for (int link = 0; link < priorities.length; link++) {
      if (priorities[link] >= 0) {
        interfaces.add(
            new Interface(
                link, 5405 + link, "", false, 1, priorities[link], INTERVAL, TIMEOUT, 2048, 2));
      }
    }
    List<String> addresses =
        IntStream.range(0, interfaces.size()).mapToObj(_ -> "10.0.0.1").toList();
    return NodeSettings.builder(
            "test",
            "n" + self,
            Arrays.stream(nodes).mapToObj(id -> new Member(id, "n" + id, addresses, 1)).toList())
        .links(
            new LinkSettings(
                LinkSettings.Transport.KNET,
                cipher,
                hash,
                mode,
                blockUnlisted,
                30,
                knetMtu,
                interfaces))
        .build();
  }

  /** A node of a cluster of nodes 1 to count. */
  Node node(int self, int count) {
    return new Node(settings(self, IntStream.rangeClosed(1, count).toArray()), this);
  }

  KnetTransport transport(int self, int count, Frames frames) {
    NodeSettings settings = settings(self, IntStream.rangeClosed(1, count).toArray());
    return new KnetTransport(settings, key, 100 + self, frames);
  }

  /** A datagram that a transport has sent. */
  record Sent(int link, int to, byte[] bytes) {}

  /** A transport whose datagrams are kept. */
  static final class Node implements Frames {
    final int self;
    final KnetTransport transport;
    final List<Sent> sent = new ArrayList<>();
    final Forger forger;
    long now;

    Node(NodeSettings settings, Links links) {
      self = settings.self().id();
      forger = links.forger();
      transport = new KnetTransport(settings, links.key, 77 + self, this);
    }

    @Override
    public void send(int link, int toNode, byte[] datagram, int offset, int length) {
      sent.add(new Sent(link, toNode, Arrays.copyOfRange(datagram, offset, offset + length)));
    }

    /** The packets of a type that were sent, opened. */
    List<byte[]> packets(int type) {
      return sent.stream()
          .map(each -> Objects.requireNonNull(forger.open(each.bytes())))
          .filter(packet -> KnetPacket.type(packet, 0) == type)
          .toList();
    }

    boolean receive(int link, int from, byte[] datagram) {
      return transport.received(link, from, datagram, 0, datagram.length, now);
    }

    /** Lets the time of a tick pass. */
    void pass(long millis) {
      long end = now + millis * MILLI;
      while (transport.nextDeadline() <= end) {
        now = Math.max(now, transport.nextDeadline());
        transport.expire(now);
      }
      now = end;
    }

    /** The answers to all PINGs that were sent to a node on a link; forgets what was sent. */
    void answerPings(int link, int peer) {
      List<Sent> pings = List.copyOf(sent);
      sent.clear();
      for (Sent each : pings) {
        byte[] ping = Objects.requireNonNull(forger.open(each.bytes()));
        if (each.to() == peer
            && each.link() == link
            && KnetPacket.type(ping, 0) == KnetPacket.PING) {
          byte[] pong = new byte[KnetPacket.PING_LENGTH];
          KnetPacket.writePong(pong, 0, peer, ping, 0);
          receive(link, peer, forger.seal(pong));
        }
      }
    }

    boolean isUp(int link, int peer) {
      return status(link, peer).connected();
    }

    LinkStatus status(int link, int peer) {
      return transport.links().stream()
          .filter(each -> each.link() == link && each.node() == peer)
          .findFirst()
          .orElseThrow();
    }

    /** Answers PINGs until link 0 to that node is up. */
    void bringUp(int peer) {
      bringUp(0, peer);
    }

    void bringUp(int link, int peer) {
      while (!isUp(link, peer)) {
        pass(25);
        answerPings(link, peer);
      }
    }
  }
}
