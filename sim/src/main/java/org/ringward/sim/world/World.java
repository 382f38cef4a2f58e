package org.ringward.sim.world;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Virtual time: the queue of everything that will happen, in the order of time and of being
 * planned. One thread, no sleeping; one seed decides everything.
 */
public final class World {
  private final PriorityQueue<Event> queue = new PriorityQueue<>(256);
  private final List<Observer> observers = new ArrayList<>();
  private final Trace trace;
  private final Chance chance;
  private long now;
  private long order;

  public World(long seed, Trace trace) {
    this.chance = new Chance(seed);
    this.trace = trace;
  }

  private record Event(long time, long order, int who, Runnable what) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = Long.compare(time, other.time);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  /** Nanoseconds since the world began. */
  public long now() {
    return now;
  }

  public Trace trace() {
    return trace;
  }

  /** A stream of chance for a part of the world; fork all of them before the world begins. */
  public Chance fork(String part) {
    return chance.fork(part);
  }

  /** Plans something after a delay of 0 or more; who is the machine it happens on, 0 for none. */
  public void after(long delay, int who, Runnable what) {
    at(now + Math.max(0, delay), who, what);
  }

  /** Plans something at a time that is not over yet. */
  public void at(long time, int who, Runnable what) {
    queue.add(new Event(Math.max(now, time), order++, who, what));
  }

  /** Lets everything happen that is due until that time, and moves time there. */
  public void runUntil(long time) {
    while (!queue.isEmpty() && queue.peek().time <= time) {
      step();
    }
    now = Math.max(now, time);
  }

  /** Lets the next thing happen; false when nothing is planned any more. */
  public boolean step() {
    Event event = queue.poll();
    if (event == null) {
      return false;
    }
    now = event.time;
    trace.event(now, event.who, event.order);
    event.what.run();
    return true;
  }

  /** Adds somebody who watches ground truth, called at once on each fact. */
  public void watch(Observer observer) {
    observers.add(observer);
  }

  /** Those who watch, to be told a fact. */
  public List<Observer> observers() {
    return observers;
  }

  /** A line of the story; cheap to call only when {@link Trace#told()}. */
  public void tell(int who, String text) {
    trace.tell(now, who, text);
  }
}
