package org.ringward.core.policy.model;

import java.util.Arrays;

/**
 * Scores of nodes. A node that is not in the table is not allowed at all, which in an opt-in
 * cluster is true of every node without a location; its score reads as minus INFINITY.
 */
public final class NodeTable {
  private int[] scores;
  private boolean[] present;

  public NodeTable(int nodes) {
    scores = new int[nodes];
    present = new boolean[nodes];
  }

  private NodeTable(int[] scores, boolean[] present) {
    this.scores = scores;
    this.present = present;
  }

  public NodeTable copy() {
    return new NodeTable(scores.clone(), present.clone());
  }

  /** Takes over everything of another table. */
  public void set(NodeTable other) {
    scores = other.scores.clone();
    present = other.present.clone();
  }

  public boolean contains(PolicyNode node) {
    return node.index < present.length && present[node.index];
  }

  /** The score, minus INFINITY for a node that is not in the table. */
  public int score(PolicyNode node) {
    return contains(node) ? scores[node.index] : -Scores.INFINITY;
  }

  public void put(PolicyNode node, int score) {
    reserve(node.index);
    present[node.index] = true;
    scores[node.index] = score;
  }

  /** Adds to the score; a node that was not in the table enters it with that score. */
  public void add(PolicyNode node, int score) {
    put(node, contains(node) ? Scores.add(scores[node.index], score) : score);
  }

  public void remove(PolicyNode node) {
    if (node.index < present.length) {
      present[node.index] = false;
      scores[node.index] = 0;
    }
  }

  public void clear() {
    Arrays.fill(present, false);
    Arrays.fill(scores, 0);
  }

  private void reserve(int index) {
    if (index >= present.length) {
      scores = Arrays.copyOf(scores, index + 1);
      present = Arrays.copyOf(present, index + 1);
    }
  }
}
