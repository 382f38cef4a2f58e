package org.ringward.core.cib;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Copies of lists with one member changed. */
final class Lists {
  private Lists() {}

  /** With the item in place of the first that has the same id, else at the end. */
  static <T> List<T> put(List<T> list, T item, Function<T, String> id) {
    List<T> copy = new ArrayList<>(list);
    for (int i = 0; i < copy.size(); i++) {
      if (id.apply(copy.get(i)).equals(id.apply(item))) {
        copy.set(i, item);
        return copy;
      }
    }
    copy.add(item);
    return copy;
  }
}
