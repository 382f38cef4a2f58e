package org.ringward.sim.evs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.ringward.sim.world.Violation;

/**
 * Specifications 1 and 3 of the paper. Basic delivery: a message is delivered whole, after it was
 * sent, to the group it was sent to (1.3), not twice to a process, and everywhere in the same
 * regular configuration or the transitional one behind it, of which its sender is a member (1.4).
 * Self-delivery (3): a process delivers its own messages, all, in the order it sent them.
 *
 * <p>A recording has the moment at which the ring accepted a message; it is sent when the token
 * takes it, in the same configuration or a later one.
 */
final class MessageChecks {
  private static final String BASIC = "EVS 1 basic delivery";
  private static final String SELF = "EVS 3 self-delivery";

  private final Map<Long, Sent> sent = new HashMap<>();
  private final Map<Long, Integer> anonymous = new HashMap<>();
  private final Map<Long, RingId> rings = new HashMap<>();
  private final Set<RingId> ambiguous;

  /**
   * @param stretch where the sender was when it was accepted, -1 before the first
   * @param ordinal number among the messages of the process to that group
   */
  record Sent(History sender, long time, int group, int stretch, int ordinal) {}

  MessageChecks(Set<RingId> ambiguous) {
    this.ambiguous = ambiguous;
  }

  /** Learns what a process sent. */
  void collect(History process) {
    int stretch = -1;
    Map<Integer, Integer> ordinals = new HashMap<>();
    for (Entry entry : process.entries()) {
      if (entry instanceof Entry.Regular) {
        stretch++;
      } else if (entry instanceof Entry.Accepted accepted) {
        int ordinal = ordinals.merge(accepted.group(), 1, Integer::sum);
        if (MessageId.isAnonymous(accepted.message())) {
          anonymous.merge(accepted.message(), 1, Integer::sum);
        } else {
          sent.put(
              accepted.message(),
              new Sent(process, accepted.time(), accepted.group(), stretch, ordinal));
        }
      }
    }
  }

  /** How a message was sent; null when it is anonymous. */
  @Nullable Sent sent(long message) {
    return sent.get(message);
  }

  /** What a process delivered, with all that were sent known. */
  void deliveries(History process, Map<History, List<Stretch>> stretches) {
    Set<Long> seen = new HashSet<>();
    RingId ring = null;
    long members = 0;
    for (Entry entry : process.entries()) {
      switch (entry) {
        case Entry.Regular regular -> {
          ring = regular.ring();
          members = regular.members();
        }
        case Entry.Damaged damaged ->
            throw new Violation(
                BASIC, "%s got %s from n%d".formatted(process, damaged.what(), damaged.from()));
        case Entry.Delivered delivered -> {
          if (MessageId.isAnonymous(delivered.message())) {
            if (!anonymous.containsKey(delivered.message())) {
              throw broken(process, delivered, "which was not sent");
            }
          } else if (!seen.add(delivered.message())) {
            throw broken(process, delivered, "twice");
          } else if (ring != null) {
            delivery(process, delivered, ring, members, stretches);
          }
        }
        default -> {}
      }
    }
  }

  private void delivery(
      History process,
      Entry.Delivered delivered,
      RingId ring,
      long members,
      Map<History, List<Stretch>> stretches) {
    Sent message = sent.get(delivered.message());
    if (message == null || message.time() > delivered.time()) {
      throw broken(process, delivered, "which was not sent");
    }
    if (message.sender().node() != delivered.from()) {
      throw broken(process, delivered, "as one of n" + delivered.from());
    }
    if (message.group() != delivered.group()) {
      throw broken(process, delivered, "in another group than it was sent to");
    }
    if (ambiguous.contains(ring)) {
      return;
    }
    RingId elsewhere = rings.putIfAbsent(delivered.message(), ring);
    if (elsewhere != null && !elsewhere.equals(ring)) {
      throw broken(
          process, delivered, "in ring %s, another process in %s".formatted(ring, elsewhere));
    }
    if (!Nodes.has(members, delivered.from())) {
      throw broken(process, delivered, "in a ring without its sender");
    }
    if (elsewhere == null) {
      notBeforeItWasAccepted(process, delivered, message, ring, stretches);
    }
  }

  private static void notBeforeItWasAccepted(
      History process,
      Entry.Delivered delivered,
      Sent message,
      RingId ring,
      Map<History, List<Stretch>> stretches) {
    List<Stretch> ofSender = stretches.getOrDefault(message.sender(), List.of());
    for (int i = 0; i < message.stretch() && i < ofSender.size(); i++) {
      if (ofSender.get(i).ring().equals(ring)) {
        throw broken(process, delivered, "in a ring that its sender had left before");
      }
    }
  }

  /** A process's own messages; all of them when it lives until the world has settled. */
  static void selfDelivery(History process, boolean settled) {
    List<Entry.Accepted> accepted = new ArrayList<>();
    int delivered = 0;
    for (Entry entry : process.entries()) {
      if (entry instanceof Entry.Accepted own) {
        accepted.add(own);
      } else if (entry instanceof Entry.Delivered own && own.from() == process.node()) {
        if (delivered == accepted.size()
            || accepted.get(delivered).message() != own.message()
            || accepted.get(delivered).group() != own.group()) {
          throw new Violation(
              SELF,
              "%s got its own %s, but it sent %s next"
                  .formatted(
                      process,
                      MessageId.text(own.message()),
                      delivered == accepted.size()
                          ? "nothing"
                          : MessageId.text(accepted.get(delivered).message())));
        }
        delivered++;
      }
    }
    if (settled && process.isAlive() && delivered < accepted.size()) {
      throw new Violation(
          SELF,
          "%s sent %d messages and got %d of them itself in the end"
              .formatted(process, accepted.size(), delivered));
    }
  }

  private static Violation broken(History process, Entry.Delivered delivered, String how) {
    return new Violation(
        BASIC, "%s got %s %s".formatted(process, MessageId.text(delivered.message()), how));
  }
}
