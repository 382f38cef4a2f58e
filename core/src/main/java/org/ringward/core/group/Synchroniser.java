package org.ringward.core.group;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.ringward.core.base.NodeSet;
import org.ringward.core.wire.ServiceMessage;
import org.ringward.core.wire.SyncBarrier;
import org.ringward.core.wire.SyncServiceBuild;

/**
 * After each change of the ring the members bring their services into step, one service after the
 * other, with a barrier each (reference/totem-pg-sync-services.md, section 4). A member announces
 * the services it has, and gives its barrier for whatever other members announce.
 */
final class Synchroniser {
  private final Steps steps;
  private final int[] ownServices;
  private final TreeSet<Integer> announced = new TreeSet<>();
  private List<Integer> services = new ArrayList<>();
  private NodeSet members = NodeSet.EMPTY;
  private NodeSet heard = NodeSet.EMPTY;
  private NodeSet arrived = NodeSet.EMPTY;
  private boolean running;
  private int representative;
  private long sequence;
  private int current;

  /** A service of this node has more to say before its barrier. */
  private boolean held;

  /** What has to be done on the way. */
  interface Steps {
    /** Sends a message in the order of messages, ahead of all applications. */
    void send(ServiceMessage message);

    /** Sends what the service has to say to the other members. */
    void process(int service);

    /** Whether the service has said all it has to say. */
    default boolean processed(int service) {
      return true;
    }

    /** All members have said what they have to say for the service. */
    void activate(int service);

    /** All services are in step. */
    void complete();
  }

  Synchroniser(Steps steps, int... ownServices) {
    this.steps = steps;
    this.ownServices = ownServices;
  }

  /** The ring is changing: what is going on is of no use. */
  void abort() {
    running = false;
  }

  boolean isRunning() {
    return running;
  }

  /** A ring is formed. */
  void begin(int ringRepresentative, long ringSequence, NodeSet ringMembers) {
    running = true;
    held = false;
    representative = ringRepresentative;
    sequence = ringSequence;
    members = ringMembers;
    heard = NodeSet.EMPTY;
    announced.clear();
    steps.send(new SyncServiceBuild(representative, sequence, ownServices));
  }

  /** A member announces its services. */
  void announced(int author, SyncServiceBuild build) {
    if (!isOfRing(author, build.ringRepresentative(), build.ringSequence())
        || heard.contains(author)) {
      return;
    }
    heard = heard.with(author);
    for (int service : build.services()) {
      announced.add(service);
    }
    if (heard.equals(members)) {
      services = new ArrayList<>(announced);
      current = 0;
      beginService();
    }
  }

  /** A member has said all for the current service. */
  void barrier(int author, SyncBarrier barrier) {
    if (!isOfRing(author, barrier.ringRepresentative(), barrier.ringSequence())
        || !heard.equals(members)) {
      return;
    }
    arrived = arrived.with(author);
    if (arrived.equals(members)) {
      steps.activate(services.get(current));
      current++;
      beginService();
    }
  }

  private boolean isOfRing(int author, int ringRepresentative, long ringSequence) {
    return running
        && ringRepresentative == representative
        && ringSequence == sequence
        && members.contains(author);
  }

  private void beginService() {
    arrived = NodeSet.EMPTY;
    if (current == services.size()) {
      running = false;
      steps.complete();
      return;
    }
    held = true;
    steps.process(services.get(current));
    turn();
  }

  /** Goes on with what waits for this node. */
  void turn() {
    if (running && held && steps.processed(services.get(current))) {
      held = false;
      steps.send(new SyncBarrier(representative, sequence));
    }
  }
}
