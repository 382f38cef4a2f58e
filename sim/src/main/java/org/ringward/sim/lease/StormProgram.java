package org.ringward.sim.lease;

import org.ringward.core.lease.LeaseEvent;
import org.ringward.core.lease.LeaseMode;

/** A program of the storm, with one claim at a time. */
final class StormProgram {
  private final LeaseStorm storm;
  private final StormNode node;
  private final int number;
  private long session;
  private int handle;
  private String resource = "";
  private boolean exclusive;
  private long token;
  private boolean open;
  private boolean reads;
  private boolean resting;
  private long pausedUntil;
  private long sessions;

  StormProgram(LeaseStorm storm, StormNode node, int number) {
    this.storm = storm;
    this.node = node;
    this.number = number;
    anew();
  }

  private void anew() {
    session = ++sessions * 10 + number;
    open = false;
    reads = false;
    token = 0;
  }

  /** What it holds it uses until its clock says no. */
  void daemonEnded() {
    anew();
  }

  void rest() {
    resting = true;
    pausedUntil = 0;
  }

  void turn() {
    if (storm.now < pausedUntil || !storm.chance.oneIn(12)) {
      return;
    }
    if (!open) {
      if (!resting && storm.chance.oneIn(4)) {
        open();
      }
    } else if (resting) {
      release(true);
    } else {
      act();
    }
  }

  private void open() {
    resource = storm.chance.oneOf("a", "b");
    exclusive = storm.chance.oneIn(2);
    token = 0;
    reads = false;
    LeaseMode mode = exclusive ? LeaseMode.EXCLUSIVE : LeaseMode.SHARED;
    long lease = storm.chance.oneOf(1000L, 2000L, 4000L);
    open = node.current().open(session, ++handle, resource, mode, lease, 1).isEmpty();
  }

  private void act() {
    if (token == 0) {
      if (storm.chance.oneIn(60)) {
        release(true);
      }
    } else if (reads) {
      if (storm.chance.oneIn(4) && node.current().online(session, handle)) {
        reads = false;
        token = 0;
      }
    } else if (storm.chance.oneIn(30)) {
      release(storm.chance.oneIn(2));
    } else if (storm.chance.oneIn(30)) {
      reads = node.current().readOnly(session, handle, "no disk");
      if (reads) {
        storm.holders.over(resource, token);
        if (storm.chance.oneIn(3) && node.current().online(session, handle)) {
          reads = false;
          token = 0;
        }
      }
    } else if (storm.chance.oneIn(60)) {
      node.current().closed(session);
      anew();
    } else if (storm.chance.oneIn(60)) {
      pausedUntil = storm.now + storm.chance.between(1, 500) * LeaseStorm.TICK;
    } else {
      node.current().renew(session, handle, node.clock());
    }
  }

  private void release(boolean inOrder) {
    storm.holders.over(resource, token);
    open = false;
    token = 0;
    node.current().release(session, handle, inOrder);
  }

  void told(long to, int of, LeaseEvent event) {
    if (to != session || of != handle || !open || storm.now < pausedUntil) {
      return;
    }
    switch (event) {
      case LeaseEvent.Held held -> {
        if (!reads) {
          token = held.token();
          storm.holders.told(
              node.name() + "/" + number,
              resource,
              exclusive,
              token,
              node.worldTime(held.expiry()),
              storm.now);
        }
      }
      case LeaseEvent.Recover recover -> {
        storm.holders.recovers(
            node.name() + "/" + number, resource, recover.token(), recover.proof(), storm.now);
        if (recover.yours()) {
          node.current().recovered(session, handle, recover.token());
        }
      }
      case LeaseEvent.Lost _ -> open = false;
      default -> {
        // Only told.
      }
    }
  }
}
