package org.ringward.core.cib;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks up and changes a name in a list of attribute sets; sets with rules are left to policy. */
final class Sets {
  private Sets() {}

  static @Nullable String value(List<AttributeSet> sets, String element, String name) {
    for (AttributeSet set : sets) {
      if (set.element().equals(element) && set.value(name) != null) {
        return set.value(name);
      }
    }
    return null;
  }

  /**
   * With the name set: where it is set already, else in the first set without a rule, else in a new
   * set with that id.
   */
  static List<AttributeSet> with(
      List<AttributeSet> sets, String element, String newSetId, String name, String value) {
    List<AttributeSet> copy = new ArrayList<>(sets);
    int place = -1;
    for (int i = sets.size() - 1; i >= 0; i--) {
      AttributeSet set = sets.get(i);
      if (set.element().equals(element) && !set.hasRule()) {
        place =
            place < 0 || set.value(name) != null || sets.get(place).value(name) == null ? i : place;
      }
    }
    if (place >= 0) {
      copy.set(place, copy.get(place).with(name, value));
    } else {
      AttributeSet set =
          new AttributeSet(element, Attributes.of("id", newSetId), List.of(), List.of());
      copy.add(set.with(name, value));
    }
    return copy;
  }

  /** Without the name; a set that has nothing left is dropped. */
  static List<AttributeSet> without(List<AttributeSet> sets, String element, String name) {
    List<AttributeSet> copy = new ArrayList<>();
    for (AttributeSet set : sets) {
      if (!set.element().equals(element) || set.value(name) == null) {
        copy.add(set);
      } else if (set.pairs().size() > 1 || !set.others().isEmpty()) {
        copy.add(set.without(name));
      }
    }
    return copy;
  }
}
