package org.ringward.core.cib;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks up a name in a list of attribute sets; sets with rules are left to policy. */
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
}
