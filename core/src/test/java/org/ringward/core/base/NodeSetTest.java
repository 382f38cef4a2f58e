package org.ringward.core.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Sets of nodes do as sets of numbers do. */
final class NodeSetTest {
  private final SplittableRandom random = new SplittableRandom(11);

  private int[] some() {
    return random.ints(random.nextInt(8), 1, 10).toArray();
  }

  private static TreeSet<Integer> tree(int... ids) {
    TreeSet<Integer> tree = new TreeSet<>();
    for (int id : ids) {
      tree.add(id);
    }
    return tree;
  }

  private static TreeSet<Integer> tree(NodeSet set) {
    int[] ids = set.stream().toArray();
    assertThat(ids).isSorted().doesNotHaveDuplicates().hasSize(set.size());
    return tree(ids);
  }

  @Test
  void theyDoAsSetsOfNumbers() {
    for (int i = 0; i < 2_000; i++) {
      int[] mine = some();
      int[] others = some();
      int[] mineBefore = mine.clone();
      NodeSet set = NodeSet.of(mine);
      NodeSet other = NodeSet.of(others);
      assertThat(mine).isEqualTo(mineBefore);
      assertThat(tree(set)).isEqualTo(tree(mine));
      TreeSet<Integer> union = tree(mine);
      union.addAll(tree(others));
      assertThat(tree(set.union(other))).isEqualTo(union);
      TreeSet<Integer> minus = tree(mine);
      minus.removeAll(tree(others));
      assertThat(tree(set.minus(other))).isEqualTo(minus);
      TreeSet<Integer> both = tree(mine);
      both.retainAll(tree(others));
      assertThat(tree(set.intersect(other))).isEqualTo(both);
      assertThat(set.containsAll(other)).isEqualTo(tree(mine).containsAll(tree(others)));
      int id = random.nextInt(1, 10);
      assertThat(set.contains(id)).isEqualTo(tree(mine).contains(id));
      assertThat(set.without(id)).isEqualTo(set.minus(NodeSet.of(id)));
      assertThat(set.with(id)).isEqualTo(set.union(NodeSet.of(id)));
      assertThat(set.equals(other)).isEqualTo(tree(mine).equals(tree(others)));
    }
  }
}
