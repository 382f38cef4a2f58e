package org.ringward.sim.device;

import static org.ringward.sim.device.QnetdFrame.*;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What Debian's corosync-qnetd 3.0.3 was seen to do with algorithm ffsplit (docs/witness.md), for
 * one cluster. It keeps nothing: each life begins with no client and no vote. A client that has
 * been silent for one and a half of its intervals is dropped. Nothing is decided while connected
 * clients contradict each other about who is with whom; then one partition is chosen, the clients
 * of all others are told so and have to reply, however long that takes, and then those of the
 * chosen one get the vote.
 */
public final class Qnetd implements DeviceProgram {
  private static final int FFSPLIT = 1;
  private static final int ACK = 1;
  private static final int NACK = 2;
  private static final int ASK_LATER = 3;
  private static final int WAIT_FOR_REPLY = 4;
  private static final int NO_CHANGE = 5;
  private static final int SHORTEST_INTERVAL = 1000;
  private static final int LONGEST_INTERVAL = 200_000;
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final int KINDS_OF_MESSAGES = 18;
  private static final int KINDS_OF_OPTIONS = 24;

  private final DeviceHost host;

  /** 0 it speaks none, 1 it does, 2 it requires it. */
  private final int tls;

  private final TreeMap<Long, Client> clients = new TreeMap<>();

  /** The nodes of the partition that was chosen last. */
  private TreeSet<Integer> chosen = new TreeSet<>();

  /** The ring that was chosen and has not got its votes yet. */
  private byte @Nullable [] chosenNow;

  private static final class Client {
    final long session;
    final List<Byte> stream = new ArrayList<>();
    boolean secured;
    boolean greeted;

    /** 0 before its init. */
    int node;

    byte[] tieBreaker = new byte[0];
    long algorithm;
    boolean keepsActive = true;
    long silentNanos = 60_000 * NANOS_PER_MILLI;
    long heardAt;
    List<Integer> configured = List.of();

    /** Null before its first list of members. */
    @Nullable List<Integer> members;

    byte[] ring = new byte[0];
    int infos;

    /** It was told that it has no vote, and has not replied. */
    boolean owesReply;

    Client(long session, long now) {
      this.session = session;
      this.heardAt = now;
    }

    boolean isMember() {
      return node != 0 && members != null;
    }

    List<Integer> members() {
      return Objects.requireNonNull(members);
    }
  }

  public Qnetd(DeviceHost host, int tls) {
    this.host = host;
    this.tls = tls;
  }

  // ---- connections ----

  @Override
  public void accepted(long session, int machine, long now) {
    clients.put(session, new Client(session, now));
  }

  @Override
  public void secured(long session, long now) {
    Client client = clients.get(session);
    if (client != null) {
      client.secured = true;
    }
  }

  @Override
  public void ended(long session, long now) {
    Client gone = clients.remove(session);
    if (gone != null && gone.node != 0) {
      decide();
    }
  }

  private void drop(Client client) {
    host.close(client.session);
    ended(client.session, 0);
  }

  @Override
  public void turn(long now) {
    for (Client client : List.copyOf(clients.values())) {
      if (client.heardAt + client.silentNanos <= now) {
        drop(client);
      }
    }
  }

  @Override
  public long nextDeadline() {
    long next = Long.MAX_VALUE;
    for (Client client : clients.values()) {
      next = Math.min(next, client.heardAt + client.silentNanos);
    }
    return next;
  }

  // ---- messages ----

  @Override
  public void received(long session, byte[] bytes, long now) {
    Client client = clients.get(session);
    if (client == null) {
      return;
    }
    client.heardAt = now;
    for (byte each : bytes) {
      client.stream.add(each);
    }
    List<QnetdFrame> frames = QnetdFrame.take(client.stream);
    if (frames == null) {
      drop(client);
      return;
    }
    for (QnetdFrame frame : frames) {
      if (clients.containsKey(session)) {
        dealWith(client, frame);
      }
    }
  }

  private void dealWith(Client client, QnetdFrame frame) {
    switch (frame.type()) {
      case PREINIT -> {
        client.greeted = true;
        say(
            client,
            answer(PREINIT_REPLY, frame).with8(TLS_SUPPORTED, tls).with8(CERTIFICATE_REQUIRED, 1));
      }
      case STARTTLS -> {}
      case INIT -> init(client, frame);
      default -> {
        if (client.node == 0) {
          fail(client, frame, 11);
        } else {
          talk(client, frame);
        }
      }
    }
  }

  private void talk(Client client, QnetdFrame frame) {
    switch (frame.type()) {
      case SET_OPTION -> {
        client.keepsActive = frame.number(KEEP_ACTIVE_PARTITION) != 0;
        say(
            client,
            answer(SET_OPTION_REPLY, frame)
                .with8(KEEP_ACTIVE_PARTITION, client.keepsActive ? 1 : 0));
      }
      case ECHO -> say(client, answer(ECHO_REPLY, frame));
      case NODE_LIST -> list(client, frame);
      case ASK_FOR_VOTE -> fail(client, frame, 14);
      case VOTE_INFO_REPLY -> {
        if (client.owesReply && frame.number(SEQUENCE) == client.infos) {
          client.owesReply = false;
          giveVotes();
        }
      }
      default -> fail(client, frame, 9);
    }
  }

  private void init(Client client, QnetdFrame frame) {
    client.tieBreaker = Objects.requireNonNullElse(frame.value(TIE_BREAKER), new byte[0]);
    client.algorithm = frame.number(ALGORITHM);
    long interval = frame.number(HEARTBEAT_INTERVAL);
    int error = error(client, (int) frame.number(NODE_ID), interval);
    client.ring = Objects.requireNonNullElse(frame.value(RING_ID), new byte[0]);
    say(
        client,
        answer(INIT_REPLY, frame)
            .with16(ERROR, error)
            .with16(MESSAGE_TYPES, firstNumbers(KINDS_OF_MESSAGES))
            .with16(OPTION_TYPES, firstNumbers(KINDS_OF_OPTIONS))
            .with32(LARGEST_REQUEST, 32_768)
            .with32(LARGEST_REPLY, 32_768)
            .with16(ALGORITHMS, 0, 1, 2, 3));
    if (error != 0) {
      drop(client);
      return;
    }
    client.node = (int) frame.number(NODE_ID);
    client.silentNanos = interval * NANOS_PER_MILLI * 3 / 2;
  }

  private static int[] firstNumbers(int count) {
    int[] numbers = new int[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = i;
    }
    return numbers;
  }

  private int error(Client client, int node, long interval) {
    if (!client.greeted || (tls == 2 && !client.secured)) {
      return 11;
    }
    if (client.tieBreaker.length != Byte.BYTES + Integer.BYTES) {
      return 9;
    }
    if (client.algorithm != FFSPLIT) {
      return 12;
    }
    if (interval < SHORTEST_INTERVAL || interval > LONGEST_INTERVAL) {
      return 13;
    }
    for (Client other : clients.values()) {
      if (other.node == node) {
        return 17;
      }
      if (other.node != 0 && !Arrays.equals(other.tieBreaker, client.tieBreaker)) {
        return 15;
      }
    }
    return 0;
  }

  private void list(Client client, QnetdFrame frame) {
    int vote = NO_CHANGE;
    int kind = (int) frame.number(LIST_KIND);
    if (kind == 0) {
      client.configured = frame.nodes();
      vote = ASK_LATER;
    } else if (kind == 2) {
      client.members = frame.nodes();
      client.ring = Objects.requireNonNullElse(frame.value(RING_ID), new byte[0]);
      vote = decide();
    }
    say(
        client,
        answer(NODE_LIST_REPLY, frame)
            .with8(LIST_KIND, kind)
            .with(RING_ID, client.ring)
            .with8(VOTE, vote));
  }

  private static QnetdFrame answer(int type, QnetdFrame to) {
    return QnetdFrame.of(type).with32(SEQUENCE, (int) to.number(SEQUENCE));
  }

  private void fail(Client client, QnetdFrame frame, int error) {
    say(client, answer(SERVER_ERROR, frame).with16(ERROR, error));
    drop(client);
  }

  private void say(Client client, QnetdFrame frame) {
    host.send(client.session, frame.bytes());
  }

  // ---- ffsplit ----

  private int decide() {
    clients.values().forEach(client -> client.owesReply = false);
    if (!isStable()) {
      chosenNow = null;
      return WAIT_FOR_REPLY;
    }
    Client best = best();
    chosenNow = best == null ? null : best.ring;
    if (best != null) {
      chosen = new TreeSet<>(best.members());
    }
    for (Client client : clients.values()) {
      if (client.isMember() && !isChosen(client)) {
        client.owesReply = true;
        inform(client, NACK);
      }
    }
    giveVotes();
    return NO_CHANGE;
  }

  private boolean isChosen(Client client) {
    return chosenNow != null && Arrays.equals(client.ring, chosenNow);
  }

  /** Connected clients that name each other are in the same ring. */
  private boolean isStable() {
    for (Client client : clients.values()) {
      for (Client other : clients.values()) {
        if (client.isMember()
            && other.isMember()
            && client.members().contains(other.node)
            && !Arrays.equals(client.ring, other.ring)) {
          return false;
        }
      }
    }
    return true;
  }

  private void giveVotes() {
    for (Client client : clients.values()) {
      if (client.owesReply) {
        return;
      }
    }
    for (Client client : clients.values()) {
      if (client.isMember() && isChosen(client)) {
        inform(client, ACK);
      }
    }
    chosenNow = null;
  }

  private void inform(Client client, int vote) {
    say(
        client,
        QnetdFrame.of(VOTE_INFO)
            .with32(SEQUENCE, ++client.infos)
            .with8(VOTE, vote)
            .with(RING_ID, client.ring));
  }

  /** A client of the best partition that has half of the configured nodes. */
  private @Nullable Client best() {
    Client best = null;
    for (Client client : clients.values()) {
      boolean half = client.isMember() && 2 * client.members().size() >= client.configured.size();
      if (half && (best == null || compare(client, best) > 0)) {
        best = client;
      }
    }
    return best;
  }

  private int compare(Client one, Client other) {
    int order = Integer.compare(one.members().size(), other.members().size());
    if (order == 0) {
      order = Long.compare(connected(one), connected(other));
    }
    if (order == 0 && one.keepsActive) {
      order = Long.compare(active(one), active(other));
    }
    return order != 0 ? order : Integer.compare(tie(one), tie(other));
  }

  private long connected(Client of) {
    return clients.values().stream()
        .filter(each -> each.isMember() && Arrays.equals(each.ring, of.ring))
        .count();
  }

  private long active(Client of) {
    return of.members().stream().filter(chosen::contains).count();
  }

  /** 1 lowest, 2 highest, 3 a node. */
  private static int tie(Client of) {
    int node = 0;
    for (int i = 1; i < of.tieBreaker.length; i++) {
      node = node << Byte.SIZE | (of.tieBreaker[i] & 0xFF);
    }
    return switch (of.tieBreaker[0]) {
      case 1 -> -of.members().stream().mapToInt(id -> id).min().orElse(0);
      case 2 -> of.members().stream().mapToInt(id -> id).max().orElse(0);
      default -> of.members().contains(node) ? 1 : 0;
    };
  }
}
