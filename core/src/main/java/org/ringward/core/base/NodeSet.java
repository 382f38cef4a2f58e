package org.ringward.core.base;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An immutable set of node ids, kept ascending. Node ids are compared as unsigned 32-bit numbers
 * only where the wire says so; here they are positive ints (Corosync allows 1 to 2^32-1, Ringward 1
 * to 2^31-1).
 */
public final class NodeSet {
  public static final NodeSet EMPTY = new NodeSet(new int[0]);

  private final int[] ids;

  private NodeSet(int[] sortedIds) {
    this.ids = sortedIds;
  }

  /** The set of the given ids; duplicates count once. */
  public static NodeSet of(int... ids) {
    int[] sorted = ids.clone();
    Arrays.sort(sorted);
    int count = 0;
    for (int id : sorted) {
      if (count == 0 || sorted[count - 1] != id) {
        sorted[count++] = id;
      }
    }
    return first(sorted, count);
  }

  /** Of the first ids of an array that is ascending and not used again. */
  private static NodeSet first(int[] ascending, int count) {
    if (count == 0) {
      return EMPTY;
    }
    return new NodeSet(count == ascending.length ? ascending : Arrays.copyOf(ascending, count));
  }

  public int size() {
    return ids.length;
  }

  public boolean isEmpty() {
    return ids.length == 0;
  }

  /** The index-th smallest id. */
  public int get(int index) {
    return ids[index];
  }

  /** The smallest id; the set must not be empty. */
  public int lowest() {
    Check.that(ids.length > 0, "lowest of an empty node set");
    return ids[0];
  }

  public boolean contains(int id) {
    return Arrays.binarySearch(ids, id) >= 0;
  }

  /** The place of an id in ascending order, negative when it is not in the set. */
  public int indexOf(int id) {
    return Arrays.binarySearch(ids, id);
  }

  public boolean containsAll(NodeSet other) {
    for (int id : other.ids) {
      if (!contains(id)) {
        return false;
      }
    }
    return true;
  }

  public NodeSet with(int id) {
    return contains(id) ? this : union(of(id));
  }

  public NodeSet without(int id) {
    return contains(id) ? minus(of(id)) : this;
  }

  public NodeSet union(NodeSet other) {
    int[] both = Arrays.copyOf(ids, ids.length + other.ids.length);
    System.arraycopy(other.ids, 0, both, ids.length, other.ids.length);
    return of(both);
  }

  public NodeSet minus(NodeSet other) {
    return those(other, false);
  }

  public NodeSet intersect(NodeSet other) {
    return those(other, true);
  }

  /** Those of this set that are, or are not, in the other. */
  private NodeSet those(NodeSet other, boolean in) {
    int[] chosen = new int[ids.length];
    int count = 0;
    for (int id : ids) {
      if (other.contains(id) == in) {
        chosen[count++] = id;
      }
    }
    return count == ids.length ? this : first(chosen, count);
  }

  /** The ids, ascending. */
  public IntStream stream() {
    return IntStream.of(ids);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NodeSet set && Arrays.equals(ids, set.ids);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(ids);
  }

  @Override
  public String toString() {
    return stream().mapToObj(Integer::toString).collect(Collectors.joining(",", "{", "}"));
  }
}
