package org.ringward.sim.check;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.ringward.sim.world.Violation;

/**
 * What programs in groups hear: at each place of the order all hear the same; from its joining to
 * the end of its membership a program hears of every place that anybody of its group hears of; a
 * message is from somebody whom the hearer takes for a member, and each member's messages are heard
 * once, in the order in which it sent them.
 */
public final class OneOrder {
  private final Map<String, TreeMap<Long, String>> places = new LinkedHashMap<>();
  private final Map<Long, TreeMap<Long, Long>> messages = new LinkedHashMap<>();
  private final Map<String, Ear> ears = new LinkedHashMap<>();
  private long heard;

  /** One membership of one program. */
  private static final class Ear {
    final String group;
    final long first;
    long last;
    Set<Long> members = Set.of();

    Ear(String group, long first) {
      this.group = group;
      this.first = first;
      this.last = first;
    }
  }

  private static Violation broken(String sentence) {
    return new Violation("one order", sentence);
  }

  /**
   * A program heard of a membership.
   *
   * @param who the program and which of its memberships
   * @param members ids, in the order of joining
   */
  public void members(String who, String group, long order, Set<Long> members, String changes) {
    Ear ear = ears.get(who);
    if (ear == null) {
      ear = new Ear(group, order);
      ears.put(who, ear);
      place(who, ear, order, members + " " + changes);
    } else {
      hears(who, ear, order, members + " " + changes);
    }
    ear.members = members;
  }

  /**
   * A program heard a message.
   *
   * @param number that its sender gave it, growing
   */
  public void message(String who, long order, long from, long number) {
    Ear ear = ears.get(who);
    if (ear == null) {
      throw broken("%s hears a message before it is a member".formatted(who));
    }
    if (!ear.members.contains(from)) {
      throw broken("%s hears %x, who is not among %s".formatted(who, from, ear.members));
    }
    hears(who, ear, order, "message " + number + " of " + from);
    TreeMap<Long, Long> ofSender = messages.computeIfAbsent(from, _ -> new TreeMap<>());
    Map.Entry<Long, Long> before = ofSender.lowerEntry(order);
    Map.Entry<Long, Long> after = ofSender.higherEntry(order);
    if ((before != null && before.getValue() >= number)
        || (after != null && after.getValue() <= number)) {
      throw broken(
          "message %d of %x is at %x, beside %s and %s"
              .formatted(number, from, order, before, after));
    }
    ofSender.put(order, number);
    heard++;
  }

  private void hears(String who, Ear ear, long order, String what) {
    TreeMap<Long, String> known = places.computeIfAbsent(ear.group, _ -> new TreeMap<>());
    if (order <= ear.last) {
      throw broken("%s hears of place %x after %x".formatted(who, order, ear.last));
    }
    Map<Long, String> missed = known.subMap(ear.last, false, order, false);
    if (!missed.isEmpty()) {
      throw broken(
          "%s hears of %x after %x and has missed %s".formatted(who, order, ear.last, missed));
    }
    ear.last = order;
    place(who, ear, order, what);
  }

  private void place(String who, Ear ear, long order, String what) {
    TreeMap<Long, String> known = places.computeIfAbsent(ear.group, _ -> new TreeMap<>());
    String other = known.putIfAbsent(order, what);
    if (other != null && !other.equals(what)) {
      throw broken(
          "%s hears of %x in %s: %s, others: %s".formatted(who, order, ear.group, what, other));
    }
    if (other == null) {
      ears.forEach((name, each) -> {
        if (each.group.equals(ear.group) && each.first < order && order < each.last) {
          throw broken(
              "%s has heard nothing of %x in %s: %s".formatted(name, order, ear.group, what));
        }
      });
    }
  }

  /** All is over and everybody in the group is together: all have heard everything. */
  public void settled(String who) {
    Ear ear = ears.get(who);
    if (ear == null) {
      throw broken("%s is no member at the end".formatted(who));
    }
    long last = places.getOrDefault(ear.group, new TreeMap<>()).lastKey();
    if (ear.last != last) {
      throw broken("%s has heard of %s up to %x of %x".formatted(who, ear.group, ear.last, last));
    }
  }

  /** Messages that were heard, each as often as somebody heard it. */
  public long heard() {
    return heard;
  }
}
