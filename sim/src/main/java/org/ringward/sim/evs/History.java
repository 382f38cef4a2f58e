package org.ringward.sim.evs;

import java.util.ArrayList;
import java.util.List;

/** All that one life of a node's process did and saw, in order. */
public final class History {
  private final int node;
  private final int life;
  private final List<Entry> entries = new ArrayList<>();
  private final List<Long> stored = new ArrayList<>();
  private boolean alive = true;
  private boolean forgetful;

  History(int node, int life) {
    this.node = node;
    this.life = life;
  }

  public int node() {
    return node;
  }

  /** From 1 on. */
  public int life() {
    return life;
  }

  public void add(Entry entry) {
    entries.add(entry);
  }

  public List<Entry> entries() {
    return entries;
  }

  /** The process has written a ring sequence to its ring id file. */
  public void stored(long sequence) {
    stored.add(sequence);
  }

  List<Long> stored() {
    return stored;
  }

  /** The process began without the ring id file that its life before had left, or with an older. */
  public void forgetful() {
    forgetful = true;
  }

  boolean isForgetful() {
    return forgetful;
  }

  /** The life is over. */
  public void ended() {
    alive = false;
  }

  public boolean isAlive() {
    return alive;
  }

  @Override
  public String toString() {
    return "n" + node + "/" + life;
  }
}
