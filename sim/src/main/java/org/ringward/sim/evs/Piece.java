package org.ringward.sim.evs;

import java.util.ArrayList;
import java.util.List;

/**
 * A process's time as a member of a group within one configuration: what it delivered there.
 *
 * <p>Messages that say who they are, are anchors. What has no name of its own (changes of the
 * group, messages that are too short) is named by the next anchor and the distance to it.
 */
final class Piece {
  final Stretch stretch;
  final int group;

  /** A member already when messages began to flow in this configuration. */
  final boolean fromStart;

  /** Still a member when the configuration or the recording ended. */
  boolean toEnd = true;

  final List<Entry> regular = new ArrayList<>();
  final List<Entry> rest = new ArrayList<>();

  Piece(Stretch stretch, int group, boolean fromStart) {
    this.stretch = stretch;
    this.group = group;
    this.fromStart = fromStart;
  }

  /** The names of what was delivered in the regular configuration, as far as they can be told. */
  List<Long> keys() {
    long[] keys = new long[regular.size()];
    long anchor = 0;
    int known = 0;
    long distance = 0;
    for (int i = keys.length - 1; i >= 0; i--) {
      if (isAnchor(regular.get(i))) {
        anchor = ((Entry.Delivered) regular.get(i)).message();
        keys[i] = anchor;
        distance = 0;
        known = Math.max(known, i + 1);
      } else {
        keys[i] = mix(content(regular.get(i)) ^ mix(mix(anchor) + ++distance));
      }
    }
    List<Long> named = new ArrayList<>(known);
    for (int i = 0; i < known; i++) {
      named.add(keys[i]);
    }
    return named;
  }

  /** What was delivered in all, in order, with the place of the transitional configuration. */
  List<Long> contents() {
    List<Long> contents = new ArrayList<>(regular.size() + rest.size() + 1);
    regular.forEach(entry -> contents.add(content(entry)));
    if (fromStart || !regular.isEmpty()) {
      contents.add(0L); // not for one that joined in the transitional configuration
    }
    rest.forEach(entry -> contents.add(content(entry)));
    return contents;
  }

  static boolean isAnchor(Entry entry) {
    return entry instanceof Entry.Delivered delivered
        && !MessageId.isAnonymous(delivered.message());
  }

  private static long content(Entry entry) {
    return switch (entry) {
      case Entry.Delivered delivered -> delivered.message();
      case Entry.GroupChange change ->
          mix(change.members() ^ mix(change.joined() ^ mix(change.left() + 1)));
      default -> throw new IllegalStateException("not delivered in a group: " + entry);
    };
  }

  static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  @Override
  public String toString() {
    return stretch + ", group " + group;
  }
}
