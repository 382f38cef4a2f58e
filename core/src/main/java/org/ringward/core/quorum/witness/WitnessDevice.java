package org.ringward.core.quorum.witness;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.NodeSet;
import org.ringward.core.port.Journal.Level;
import org.ringward.core.port.Streams;
import org.ringward.core.quorum.QuorumDevice;
import org.ringward.core.quorum.witness.WitnessRules.Candidate;

/** Our own network witness as votequorum's device. */
public final class WitnessDevice implements NetworkDevice {
  private static final String NAME = "Witness";

  private final WitnessClient client;
  private final WitnessSettings settings;
  private final int votes;
  private final boolean masterWins;
  private NodeSet members = NodeSet.EMPTY;
  private long now;
  private Relays relays = (_, _, _, _) -> {};

  /** Takes frames that other nodes of the cluster had passed on; valid during the call. */
  public interface Relays {
    void relayed(byte[] bytes, int offset, int length, long nowNanos);
  }

  public WitnessDevice(
      WitnessSettings settings,
      int votes,
      boolean masterWins,
      Streams streams,
      WitnessListener listener) {
    this.client = new WitnessClient(settings, streams, new Relaying(listener));
    this.settings = settings;
    this.votes = votes;
    this.masterWins = masterWins;
  }

  /** The conversation behind it. */
  WitnessClient client() {
    return client;
  }

  /** With what other nodes say to all. */
  private final class Relaying implements WitnessListener {
    private final WitnessListener listener;

    private Relaying(WitnessListener listener) {
      this.listener = listener;
    }

    @Override
    public void log(Level level, String text) {
      listener.log(level, text);
    }

    @Override
    public void relayed(int from, byte[] bytes, int offset, int length) {
      relays.relayed(bytes, offset, length, now);
    }
  }

  /** Who takes what other nodes pass on. */
  public void relayTo(Relays taker) {
    relays = taker;
  }

  /** Passes a frame on to all other nodes of the cluster; lost while there is no connection. */
  public void relay(byte[] frame, int offset, int length) {
    client.relay(0, frame, offset, length);
  }

  /** Why there is no connection, null when there is one or nothing was tried yet. */
  public @Nullable String trouble() {
    String trouble = client.view(now).trouble();
    return trouble.isEmpty() ? null : trouble;
  }

  @Override
  public void start(long from) {
    now = from;
    client.start(from);
  }

  @Override
  public void at(long time) {
    now = time;
  }

  @Override
  public void turn(long time, long wallMillis) {
    now = time;
    client.turn(time, wallMillis);
  }

  @Override
  public long nextDeadline() {
    return client.nextDeadline();
  }

  @Override
  public void leave(long time) {
    client.leave(time);
  }

  @Override
  public void opened(long connection, long time) {
    client.opened(connection);
  }

  @Override
  public void secured(long connection, long time) {
    client.secured(connection);
  }

  @Override
  public void received(long connection, byte[] bytes, int length, long time) {
    now = Math.max(now, time);
    client.received(connection, bytes, 0, length, time);
  }

  @Override
  public void closed(long connection, String why, long time) {
    client.closed(connection, why, time);
  }

  @Override
  public void ring(int representative, long sequence, NodeSet nodes, boolean quorate) {
    members = nodes;
    client.quorate(quorate);
    client.ring(new Side(representative, sequence, nodes), now);
  }

  @Override
  public void holds(long primary) {
    client.holds(primary, now);
  }

  @Override
  public QuorumDevice device() {
    return new QuorumDevice(NAME, votes, client.isAlive(now), client.castsVote(now), masterWins);
  }

  @Override
  public boolean answered() {
    return client.hasAnswered(now);
  }

  @Override
  public int preferred(List<NodeSet> sides) {
    NodeSet heard = client.heard();
    List<Candidate> candidates =
        sides.stream().map(side -> new Candidate(side, side.intersect(heard).size())).toList();
    return settings.rules().choose(candidates, settings.nodes().size(), members).winner();
  }

  @Override
  public List<String> sentences() {
    WitnessView view = client.view(now);
    List<String> sentences = new ArrayList<>();
    if (!view.trouble().isEmpty()) {
      sentences.add("the witness is not reached: " + view.trouble());
    } else if (view.witness().isEmpty()) {
      sentences.add("the witness was not reached yet");
    } else {
      sentences.add(
          "the witness %s answers in %d ms and hears nodes %s; it says: %s"
              .formatted(view.witness(), view.roundTripMillis(), view.heard(), view.reason()));
    }
    if (view.leftMillis() > 0) {
      sentences.add(
          "if the witness dies now, its vote still counts here for %d ms"
              .formatted(view.leftMillis()));
    }
    return sentences;
  }
}
