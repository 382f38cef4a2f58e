package org.ringward.sim.lease;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.lease.LeaseBounds;
import org.ringward.core.lease.LeaseDesk;
import org.ringward.core.lease.LeaseEvent;
import org.ringward.core.lease.LeaseStep;
import org.ringward.core.lease.Leases;
import org.ringward.core.lease.RingProgress;

/** A node of the storm: the production desk, the production proofs by time, and two programs. */
final class StormNode implements RingProgress {
  private static final int PROGRAMS = 2;

  private final LeaseStorm storm;
  private final int id;
  private final long drift;
  private final List<StormProgram> programs = new ArrayList<>();
  private int lives;
  private LeaseDesk desk;
  private LeaseBounds bounds;
  private Leases state = Leases.NONE;
  private Leases onDisk = Leases.NONE;
  private boolean remembers;
  private long primary;
  private long advance;
  private LeaseStorm.@Nullable View view;
  private boolean agreed;
  private int applied;
  private long tokenSeen = Long.MIN_VALUE;
  private int heldByAll = -1;
  private long pausedUntil;

  StormNode(LeaseStorm storm, int id) {
    this.storm = storm;
    this.id = id;
    this.drift = storm.chance.between(-500, 500);
    for (int i = 0; i < PROGRAMS; i++) {
      programs.add(new StormProgram(storm, this, i));
    }
    lives = 1;
    desk = desk();
    bounds = new LeaseBounds(name(), this::say);
  }

  private LeaseDesk desk() {
    LeaseDesk made = new LeaseDesk(name(), life(), this::say);
    made.ring(this);
    made.tellTo((session, handle, event) -> tell(session, handle, event));
    return made;
  }

  private void tell(long session, int handle, LeaseEvent event) {
    programs.forEach(each -> each.told(session, handle, event));
  }

  String name() {
    return "n" + id;
  }

  String life() {
    return Integer.toHexString(lives * 16 + id);
  }

  long clock() {
    return storm.now + storm.now / 1_000_000 * drift;
  }

  /** The first time of the world at which this node's clock shows that. */
  long worldTime(long clock) {
    return clock - clock / 1_000_000 * drift;
  }

  LeaseDesk current() {
    return desk;
  }

  Leases state() {
    return state;
  }

  long primary() {
    return primary;
  }

  boolean isAheadOf(StormNode other) {
    return primary != other.primary ? primary > other.primary : advance > other.advance;
  }

  LeaseStorm.@Nullable View view() {
    return view;
  }

  /** Its daemon is in the view, and not about to be in another. */
  boolean isIn(LeaseStorm.View of) {
    return view == of && storm.now >= pausedUntil;
  }

  /** Its state is that one, and was in its memory ever since. */
  boolean remembers(StormNode best) {
    return primary == 0 || (remembers && primary == best.primary && advance == best.advance);
  }

  // ---- what happens to it

  void enter(LeaseStorm.View next) {
    view = next;
    agreed = false;
    applied = 0;
    heldByAll = -1;
    desk.interrupted();
  }

  /** Its daemon is killed and begins anew; its programs go on. */
  void restart() {
    lives++;
    view = null;
    agreed = false;
    state = onDisk;
    advance = 1;
    remembers = false;
    tokenSeen = Long.MIN_VALUE;
    desk = desk();
    bounds = new LeaseBounds(name(), this::say);
    programs.forEach(StormProgram::daemonEnded);
  }

  void rest() {
    pausedUntil = 0;
    programs.forEach(StormProgram::rest);
  }

  void tokenCame() {
    tokenSeen = clock();
  }

  @Override
  public long tokenSeen() {
    return tokenSeen;
  }

  @Override
  public int delivered() {
    return applied;
  }

  @Override
  public int heldByAll() {
    return heldByAll;
  }

  private void say(LeaseStep step) {
    LeaseStorm.View in = view;
    // What is said by a node that is alone in a view that the others have left gets lost.
    if (agreed && in != null && in.members.stream().allMatch(each -> each.isInOrStood(in))) {
      in.order.add(step);
    }
  }

  private boolean isInOrStood(LeaseStorm.View of) {
    return view == of;
  }

  void turn() {
    if (storm.now < pausedUntil) {
      programs.forEach(StormProgram::turn);
      return;
    }
    if (storm.chance.oneIn(2000)) {
      pausedUntil = storm.now + storm.chance.between(1, 400) * LeaseStorm.TICK;
    }
    LeaseStorm.View in = view;
    if (in != null) {
      if (!agreed && storm.chance.oneIn(8) && in.members.stream().allMatch(e -> e.view == in)) {
        agree(in);
      }
      if (agreed) {
        apply(in);
      }
      look(in);
    }
    desk.turn(clock(), storm.now / 1_000_000);
    if (agreed && in != null) {
      bounds.turn(state, in.members.getFirst() == this, clock(), storm.now / 1_000_000);
    }
    programs.forEach(StormProgram::turn);
  }

  private void agree(LeaseStorm.View in) {
    state = storm.beginning(in);
    // A view without quorum has one member here, which stays on its line of history.
    advance = in.quorate ? 1 : advance + 1;
    primary = in.quorate ? in.sequence : primary;
    onDisk = in.quorate ? state : onDisk;
    remembers |= in.quorate;
    agreed = true;
    bounds.view(in.quorate, true, clock());
    desk.agreed(in.sequence, state, in.quorate);
  }

  /** Members are late in the order, each as it pleases. */
  private void apply(LeaseStorm.View in) {
    int most = storm.chance.between(0, 4);
    while (applied < in.order.size() && most-- > 0) {
      LeaseStep step = in.order.get(applied++);
      Leases changed = state.apply(step);
      state = in.quorate ? changed.settle(primary) : changed;
      advance++;
      desk.changed(state, in.quorate);
      if (step.author().equals(name()) && step.owner().incarnation().equals(life())) {
        desk.applied(step, state);
      }
    }
  }

  /** What it knows of the others it learned some time ago. */
  private void look(LeaseStorm.View in) {
    if (storm.chance.oneIn(3)
        && in.members.stream().allMatch(each -> each.view == in && each.agreed)) {
      heldByAll = in.members.stream().mapToInt(each -> each.applied).min().orElse(-1);
    }
  }
}
