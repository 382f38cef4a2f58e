package org.ringward.sim.evs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ringward.sim.world.Violation;

/**
 * Extended virtual synchrony (Moser, Amir, Melliar-Smith, Agarwal: Extended Virtual Synchrony, 14th
 * International Conference on Distributed Computing Systems, 1994), checked on the recording of a
 * run. The specifications of the paper and where they are checked:
 *
 * <ol>
 *   <li>basic delivery: {@link MessageChecks}
 *   <li>delivery of configuration changes: {@link ConfigurationChecks}
 *   <li>self-delivery: {@link MessageChecks}
 *   <li>failure atomicity: {@link Atomicity}
 *   <li>causal delivery: {@link SenderOrder}, {@link TotalOrder}
 *   <li>totally ordered (agreed) delivery: {@link Chain}, {@link TotalOrder}
 *   <li>safe delivery: not there, Corosync's ring does not give it (reference/totem-srp.md, section
 *       13)
 * </ol>
 *
 * <p>Beyond the paper: closed process groups and their synchronisation ({@link GroupChecks}), and a
 * world without faults that has settled ({@link Settled}).
 */
public final class ExtendedVirtualSynchrony {
  private final Recording recording;
  private final Set<RingId> ambiguous;
  private final Map<History, List<Stretch>> stretches = new LinkedHashMap<>();
  private final Map<RingId, List<Stretch>> inRing = new LinkedHashMap<>();
  private final Map<RingId, List<Stretch>> cameTo = new LinkedHashMap<>();
  private final MessageChecks messages;

  private ExtendedVirtualSynchrony(Recording recording) {
    this.recording = recording;
    this.ambiguous = recording.ambiguous();
    this.messages = new MessageChecks(ambiguous);
    for (History process : recording.histories()) {
      List<Stretch> all = Stretch.of(process);
      stretches.put(process, all);
      for (Stretch stretch : all) {
        add(inRing, stretch.ring(), stretch);
        if (stretch.next() != null) {
          add(cameTo, stretch.next().ring(), stretch);
        }
      }
    }
  }

  private static void add(Map<RingId, List<Stretch>> map, RingId ring, Stretch stretch) {
    map.computeIfAbsent(ring, _ -> new ArrayList<>()).add(stretch);
  }

  /**
   * Checks everything.
   *
   * @param settled the world had no faults at the end, and long enough; all processes must have one
   *     ring and everything that was sent
   * @throws Violation the first specification that is broken, and how
   */
  public static void check(Recording recording, boolean settled) {
    new ExtendedVirtualSynchrony(recording).check(settled);
  }

  private void check(boolean settled) {
    configurations();
    if (recording.isConfused()) {
      return;
    }
    recording.histories().forEach(messages::collect);
    for (History process : recording.histories()) {
      messages.deliveries(process, stretches);
      MessageChecks.selfDelivery(process, settled);
    }
    groups();
    inRing.forEach((ring, all) -> {
      if (!ambiguous.contains(ring)) {
        TotalOrder order = new TotalOrder();
        all.forEach(order::add);
        all.forEach(order::causes);
        order.check(ring);
      }
    });
    if (settled) {
      Settled.check(stretches);
    }
  }

  private void configurations() {
    ConfigurationChecks checks = new ConfigurationChecks(ambiguous);
    recording.histories().forEach(checks::process);
    cameTo.forEach((ring, arrivals) -> {
      if (ambiguous.contains(ring)) {
        return;
      }
      Map<History, RingId> origins = new HashMap<>();
      boolean clear = true;
      for (Stretch arrival : arrivals) {
        origins.put(arrival.process(), arrival.ring());
        clear &= !ambiguous.contains(arrival.ring());
      }
      if (clear) {
        checks.companions(arrivals, origins);
      }
    });
  }

  private void groups() {
    Map<Place, Chain> chains = new LinkedHashMap<>();
    List<Piece> pieces = new ArrayList<>();
    Map<Place, GroupChecks.SynchronisedView> views = new HashMap<>();
    SenderOrder senders = new SenderOrder(messages);
    Atomicity atomicity = new Atomicity();
    stretches.forEach((process, all) -> {
      GroupChecks groups = new GroupChecks(process);
      for (GroupChecks.SynchronisedView view : groups.check(all)) {
        if (!ambiguous.contains(view.ring())) {
          agree(views, view);
        }
      }
      for (Piece piece : groups.pieces()) {
        senders.check(piece);
        if (!ambiguous.contains(piece.stretch.ring())) {
          pieces.add(piece);
          chains
              .computeIfAbsent(new Place(piece.stretch.ring(), piece.group), _ -> new Chain())
              .add(piece);
          if (piece.toEnd
              && piece.stretch.next() != null
              && !ambiguous.contains(piece.stretch.next().ring())) {
            atomicity.check(piece, piece.stretch.next().ring());
          }
        }
      }
    });
    chains.values().forEach(Chain::number);
    for (Piece piece : pieces) {
      Chain chain = chains.get(new Place(piece.stretch.ring(), piece.group));
      if (chain != null) {
        chain.transitional(piece);
      }
    }
  }

  private record Place(RingId ring, int group) {}

  private static void agree(
      Map<Place, GroupChecks.SynchronisedView> views, GroupChecks.SynchronisedView view) {
    GroupChecks.SynchronisedView other =
        views.putIfAbsent(new Place(view.ring(), view.group()), view);
    if (other != null && other.members() != view.members()) {
      throw new Violation(
          "groups",
          "after ring %s was synchronised, group %d is %s for %s and %s for %s"
              .formatted(
                  view.ring(),
                  view.group(),
                  Nodes.text(view.members()),
                  view.process(),
                  Nodes.text(other.members()),
                  other.process()));
    }
  }

  /** Whether ids of rings were given twice, so that only configurations are checked. */
  public static boolean isConfused(Recording recording) {
    return recording.isConfused();
  }

  /** How many regular configurations were delivered to more than one process. */
  public static int sharedRings(Recording recording) {
    Set<RingId> once = new HashSet<>();
    Set<RingId> shared = new HashSet<>();
    for (History process : recording.histories()) {
      for (Entry entry : process.entries()) {
        if (entry instanceof Entry.Regular regular && !once.add(regular.ring())) {
          shared.add(regular.ring());
        }
      }
    }
    return shared.size();
  }
}
