package org.ringward.core.forum;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Who is in which group, as all nodes of a view agree on it step by step. */
final class Forum {
  private static final long PRIME = 0x100000001b3L;

  /** Members of a group at a time. */
  static final int MEMBERS_MOST = 256;

  private final SortedMap<String, SortedMap<Long, ForumMember>> groups = new TreeMap<>();
  private final Map<Who, Place> places = new LinkedHashMap<>();
  private long epoch;
  private long order;
  private long digest;

  /** A program, as its node knows it. */
  private record Who(int node, long number) {}

  /** Where it is. */
  record Place(String group, ForumMember member) {}

  long epoch() {
    return epoch;
  }

  long order() {
    return order;
  }

  long digest() {
    return digest;
  }

  /** The members of a group, longest first. */
  List<ForumMember> members(String group) {
    SortedMap<Long, ForumMember> found = groups.get(group);
    return found == null ? List.of() : List.copyOf(found.values());
  }

  /** The names of all groups that have members. */
  List<String> names() {
    return List.copyOf(groups.keySet());
  }

  @Nullable Place place(int node, long number) {
    return places.get(new Who(node, number));
  }

  /** The members of one node. */
  List<ForumStep.Seat> seats(int node) {
    List<ForumStep.Seat> seats = new ArrayList<>();
    groups.forEach((name, members) -> {
      for (ForumMember member : members.values()) {
        if (member.node() == node) {
          seats.add(new ForumStep.Seat(name, member.id(), member.number()));
        }
      }
    });
    return seats;
  }

  /** Everything begins anew with these. */
  void open(long newEpoch, long newOrder, SortedMap<String, List<ForumMember>> members) {
    epoch = newEpoch;
    order = newOrder;
    digest = 0;
    groups.clear();
    places.clear();
    members.forEach((name, all) -> all.forEach(each -> put(name, each)));
  }

  /** A step was applied: its place in the order. */
  long next(int node, long number) {
    order++;
    digest = ((digest ^ node) * PRIME ^ number) * PRIME;
    return order;
  }

  boolean isFull(String group) {
    SortedMap<Long, ForumMember> found = groups.get(group);
    return found != null && found.size() >= MEMBERS_MOST;
  }

  void put(String group, ForumMember member) {
    groups.computeIfAbsent(group, _ -> new TreeMap<>()).put(member.id(), member);
    places.put(new Who(member.node(), member.number()), new Place(group, member));
  }

  void remove(Place place) {
    ForumMember member = place.member();
    places.remove(new Who(member.node(), member.number()));
    SortedMap<Long, ForumMember> group = groups.get(place.group());
    if (group != null) {
      group.remove(member.id());
      if (group.isEmpty()) {
        groups.remove(place.group());
      }
    }
  }
}
