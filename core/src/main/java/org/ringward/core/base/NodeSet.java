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
    return new NodeSet(IntStream.of(ids).sorted().distinct().toArray());
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
    return IntStream.of(other.ids).allMatch(this::contains);
  }

  public NodeSet with(int id) {
    return contains(id) ? this : union(of(id));
  }

  public NodeSet without(int id) {
    return new NodeSet(IntStream.of(ids).filter(each -> each != id).toArray());
  }

  public NodeSet union(NodeSet other) {
    return of(IntStream.concat(stream(), other.stream()).toArray());
  }

  public NodeSet minus(NodeSet other) {
    return new NodeSet(IntStream.of(ids).filter(id -> !other.contains(id)).toArray());
  }

  public NodeSet intersect(NodeSet other) {
    return new NodeSet(IntStream.of(ids).filter(other::contains).toArray());
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
