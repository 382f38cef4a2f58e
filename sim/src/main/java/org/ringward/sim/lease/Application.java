package org.ringward.sim.lease;

import java.util.function.ObjLongConsumer;
import org.ringward.core.lease.LeaseDesk;
import org.ringward.core.lease.LeaseEvent;
import org.ringward.core.lease.LeaseMode;
import org.ringward.sim.machine.Machine;
import org.ringward.sim.world.Chance;
import org.ringward.sim.world.Time;

/**
 * A program with one claim at a time. It does what programs do, the bad ones among them: it stops
 * for a while, forgets to renew, hangs up, and keeps using what it holds until its clock says no.
 */
final class Application {
  private static final long LOOK = 150 * Time.MILLIS;

  private final Applications all;
  private final Machine machine;
  private final String name;
  private final Chance chance;
  private final LocalSocket socket;
  private int handle;
  private String resource = "";
  private LeaseMode mode = LeaseMode.EXCLUSIVE;
  private long token;
  private long expiry;
  private boolean open;
  private boolean reads;

  /** How often it said that it only reads, and has not been answered. */
  private int unanswered;

  private boolean connected;
  private long pausedUntil;

  Application(Applications all, Machine machine, int number, Chance chance) {
    this.all = all;
    this.machine = machine;
    this.name = machine.name() + "/" + number;
    this.chance = chance;
    this.socket = new LocalSocket(machine, number, chance);
  }

  Machine machine() {
    return machine;
  }

  long session() {
    return socket.session();
  }

  void begin() {
    machine.world().after(chance.between(Time.SECONDS, 5 * Time.SECONDS), machine.id(), this::look);
  }

  void daemonStarted() {
    connected = true;
    socket.connect();
    open = false;
    reads = false;
  }

  /** What it holds it uses until its clock says that it is over. */
  void daemonEnded() {
    connected = false;
    open = false;
  }

  /** The machine lost its power. */
  void died() {
    all.holders().died(name);
    token = 0;
    connected = false;
    open = false;
  }

  // ---- what it does

  private void look() {
    long now = machine.world().now();
    machine.world().after(chance.between(LOOK / 2, 2 * LOOK), machine.id(), this::look);
    if (!connected || now < pausedUntil || !machine.isPowered()) {
      return;
    }
    if (!open) {
      if (!all.isResting() && chance.oneIn(3)) {
        open();
      }
    } else if (all.isResting()) {
      release(true);
    } else {
      act();
    }
  }

  private void open() {
    open = true;
    token = 0;
    reads = false;
    unanswered = 0;
    resource = chance.oneOf("alpha", "beta");
    mode = chance.oneIn(3) ? LeaseMode.SHARED : LeaseMode.EXCLUSIVE;
    long lease = chance.oneOf(1000L, 1500L, 3000L, 6000L);
    long stop = chance.oneOf(0L, 1L, lease / 2);
    int mine = ++handle;
    String wanted = resource;
    LeaseMode as = mode;
    say((desk, of) -> desk.open(of, mine, wanted, as, lease, stop));
  }

  private void act() {
    int mine = handle;
    if (token == 0 && chance.oneIn(40)) {
      release(true);
    } else if (token != 0 && !reads && chance.oneIn(20)) {
      release(chance.oneIn(2));
    } else if (token != 0 && !reads && chance.oneIn(40)) {
      reads = true;
      unanswered++;
      all.holders().over(resource, token);
      say((desk, of) -> desk.readOnly(of, mine, "no disk"));
    } else if (reads && chance.oneIn(6)) {
      reads = false;
      token = 0;
      say((desk, of) -> desk.online(of, mine));
    } else if (chance.oneIn(60)) {
      hangUp();
    } else if (chance.oneIn(60)) {
      pausedUntil = machine.world().now() + chance.between(Time.SECONDS / 2, 8 * Time.SECONDS);
    } else if (token != 0) {
      say((desk, of) -> desk.renew(of, mine, machine.clock().monotonic(machine.world().now())));
    }
  }

  private void release(boolean inOrder) {
    int mine = handle;
    all.holders().over(resource, token);
    token = 0;
    open = false;
    say((desk, of) -> desk.release(of, mine, inOrder));
  }

  /** What it started goes on until the lease is over. */
  private void hangUp() {
    say(LeaseDesk::closed);
    socket.connect();
    open = false;
    reads = false;
  }

  private void say(ObjLongConsumer<LeaseDesk> word) {
    socket.say(Applications.desk(machine), word);
  }

  // ---- what it hears

  /** Something is on its way to it; it comes in the order in which it was sent. */
  void sent(long arrives, long ofSession, int to, LeaseEvent event) {
    socket.tell(arrives, ofSession, () -> told(to, event));
  }

  private void told(int to, LeaseEvent event) {
    long now = machine.world().now();
    if (now < pausedUntil) {
      long ofSession = socket.session();
      machine
          .world()
          .at(
              pausedUntil,
              machine.id(),
              () -> {
                if (socket.session() == ofSession && connected) {
                  told(to, event);
                }
              });
      return;
    }
    if (to != handle || !open) {
      return;
    }
    if (machine.world().trace().told()) {
      machine.world().tell(machine.id(), "* " + name + " hears of " + resource + ": " + event);
    }
    switch (event) {
      case LeaseEvent.Held held -> held(held, now);
      case LeaseEvent.Recover recover -> {
        all.holders().recovers(name, resource, recover.token(), recover.proof(), now);
        if (recover.yours()) {
          all.count("lease taken over");
          say((desk, of) -> desk.recovered(of, to, recover.token()));
        }
      }
      case LeaseEvent.ReadOnly _ -> unanswered--;
      case LeaseEvent.Suspend _ -> all.count("lease suspended");
      case LeaseEvent.Lost _ -> {
        all.count("lease lost");
        if (chance.oneIn(2)) {
          release(false);
        } else {
          // It goes on until its clock says that it is over.
          open = false;
        }
      }
      default -> {
        // Only told.
      }
    }
  }

  private void held(LeaseEvent.Held held, long now) {
    if (reads || unanswered > 0) {
      return; // It was said before the daemon knew (seed 405371 without surrender).
    }
    token = held.token();
    expiry = held.expiry();
    all.holders()
        .told(
            name,
            resource,
            mode == LeaseMode.EXCLUSIVE,
            token,
            machine.clock().worldTime(expiry),
            now);
  }
}
