package org.ringward.core.quorum.qnetd;

import java.util.List;
import java.util.function.BiConsumer;
import org.ringward.core.base.NodeSet;
import org.ringward.core.port.Journal.Level;
import org.ringward.core.port.Streams;
import org.ringward.core.quorum.QuorumDevice;
import org.ringward.core.quorum.witness.NetworkDevice;
import org.ringward.core.quorum.witness.Side;
import org.ringward.core.quorum.witness.WitnessRules;
import org.ringward.core.quorum.witness.WitnessRules.Algorithm;
import org.ringward.core.quorum.witness.WitnessRules.Candidate;

/** Corosync's corosync-qnetd as votequorum's device. */
public final class QnetdDevice implements NetworkDevice {
  /** As corosync-qdevice calls it on nodes of Corosync. */
  private static final String NAME = "Qdevice";

  private final QnetdClient client;
  private final QnetdSettings settings;
  private final WitnessRules rules;
  private final int votes;
  private final boolean masterWins;
  private NodeSet members = NodeSet.EMPTY;
  private long now;

  public QnetdDevice(
      QnetdSettings settings,
      int votes,
      boolean masterWins,
      Streams streams,
      BiConsumer<Level, String> log) {
    this.client = new QnetdClient(settings, streams, log);
    this.settings = settings;
    this.rules = new WitnessRules(Algorithm.FFSPLIT, settings.tieBreaker(), settings.keepActive());
    this.votes = votes;
    this.masterWins = masterWins;
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
    client.leave();
  }

  @Override
  public void opened(long connection, long time) {
    client.opened(connection);
  }

  @Override
  public void secured(long connection, long time) {
    client.secured(connection, time);
  }

  @Override
  public void received(long connection, byte[] bytes, int length, long time) {
    client.received(connection, bytes, length, time);
  }

  @Override
  public void closed(long connection, String why, long time) {
    client.closed(connection, why, time);
  }

  @Override
  public void ring(int representative, long sequence, NodeSet nodes, boolean quorate) {
    members = nodes;
    client.ring(new Side(representative, sequence, nodes), now);
  }

  @Override
  public void quorate(boolean is) {
    client.quorate(is);
  }

  @Override
  public QuorumDevice device() {
    return new QuorumDevice(NAME, votes, client.isAlive(now), client.castsVote(now), masterWins);
  }

  @Override
  public boolean answered() {
    return client.hasAnswered(now);
  }

  /** As if all nodes were connected with it, which only corosync-qnetd knows. */
  @Override
  public int preferred(List<NodeSet> sides) {
    List<Candidate> candidates =
        sides.stream().map(side -> new Candidate(side, side.size())).toList();
    return rules.choose(candidates, settings.nodes().size(), members).winner();
  }

  @Override
  public List<String> sentences() {
    return List.of(client.sentence(now));
  }
}
