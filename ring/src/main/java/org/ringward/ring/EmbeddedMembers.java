package org.ringward.ring;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.ringward.core.group.LocalProcess;
import org.ringward.core.group.RingConfiguration;
import org.ringward.core.node.RingNode;
import org.ringward.ring.loop.Companion;
import org.ringward.ring.queue.FrameQueue;

/** The memberships of a program in the ring that it embeds. */
final class EmbeddedMembers implements Companion {
  private static final int SEND = 1;
  private static final int LEAVE = 2;
  private static final Membership[] NONE = {};

  private final int pid;
  private final FrameQueue queue = new FrameQueue();
  private final Runnable wake;
  private @Nullable Thread ringThread;

  /** Replaced, never changed: other threads go through it, and listeners join and leave. */
  private volatile Membership[] members = NONE;

  /** Whether whoever adds a message must wake the loop: it may sleep for long. */
  private volatile boolean asleep;

  // What follows belongs to the ring's thread.
  private @Nullable RingNode node;
  private int lastNumber;
  private boolean refused;
  private boolean ending;
  private boolean leaving;

  /**
   * @param pid number of this process in its groups
   * @param wake ends the loop's sleep; any thread may call it
   */
  EmbeddedMembers(int pid, Runnable wake) {
    this.pid = pid;
    this.wake = wake;
  }

  boolean isRingThread() {
    return Thread.currentThread().equals(ringThread);
  }

  List<Membership> members() {
    return List.of(members);
  }

  boolean send(int number, byte[] bytes, int offset, int length, long nanos)
      throws InterruptedException {
    return sent(queue.add(SEND, number, bytes, offset, length, nanos));
  }

  boolean trySend(int number, byte[] bytes, int offset, int length) {
    return sent(queue.tryAdd(SEND, number, bytes, offset, length));
  }

  private boolean sent(boolean added) {
    String closed = queue.closedReason();
    if (!added && closed != null) {
      throw new RingException(closed);
    }
    wakeIfAsleep();
    return added;
  }

  void leave(int number) {
    queue.addAnyway(LEAVE, number);
    wakeIfAsleep();
  }

  private void wakeIfAsleep() {
    if (asleep) {
      asleep = false;
      wake.run();
    }
  }

  // ---- the ring's thread ----

  @Override
  public void attach(RingNode attached) {
    node = attached;
  }

  void runsIn(Thread thread) {
    ringThread = thread;
  }

  RingGroup join(String group, RingListener listener) {
    RingNode ring = Objects.requireNonNull(node);
    if (ending) {
      throw new RingException("the ring is about to end");
    }
    Membership membership = new Membership(this, ++lastNumber, group, listener);
    // Known before it asks: the answer may come while asking, when the ring is this node alone.
    Membership[] before = members;
    Membership[] grown = Arrays.copyOf(before, before.length + 1);
    grown[before.length] = membership;
    members = grown;
    LocalProcess.Answer answer = membership.seat().join(ring.groups().groups(), pid);
    if (answer != LocalProcess.Answer.ACCEPTED) {
      gone(membership);
      throw new RingException(
          answer == LocalProcess.Answer.TRY_AGAIN
              ? "group " + group + " cannot be joined yet: this program is about to leave it"
              : "this program is in group " + group + " already");
    }
    return membership;
  }

  void gone(Membership membership) {
    members = Arrays.stream(members).filter(each -> each != membership).toArray(Membership[]::new);
  }

  void roomAgain() {
    refused = false;
  }

  @Override
  public void takeIn(long nowNanos) {
    asleep = false;
    while (!refused && queue.hasNext()) {
      Membership membership = member(queue.number());
      if (membership == null) {
        queue.remove();
      } else if (queue.kind() == LEAVE) {
        membership.leaveNow();
        queue.remove();
      } else if (membership.seat().multicast(queue.bytes(), queue.offset(), queue.length())) {
        queue.remove();
      } else {
        refused = true;
      }
    }
    if (ending && !leaving && !refused) {
      leaveRing(nowNanos);
    }
  }

  private @Nullable Membership member(int number) {
    for (Membership each : members) {
      if (each.seat().number() == number) {
        return each;
      }
    }
    return null;
  }

  /** Leaves all groups once everything that was accepted is on its way, then the ring. */
  void end() {
    ending = true;
  }

  private void leaveRing(long nowNanos) {
    leaving = true;
    for (Membership each : members) {
      each.seat().leaveForGood();
    }
    Objects.requireNonNull(node).leave(nowNanos);
  }

  @Override
  public void giveOut(long nowNanos) {
    // Listeners were called at once.
  }

  @Override
  public boolean maySleep() {
    // Whoever adds afterwards sees that the loop sleeps, whoever added before is seen here.
    asleep = true;
    return refused || !queue.hasNext();
  }

  @Override
  public void configurationChanged(RingConfiguration configuration) {
    for (Membership each : members) {
      each.listener().configurationChanged(configuration);
    }
  }

  @Override
  public void synchronised(long ringSequence) {
    for (Membership each : members) {
      each.listener().synchronised();
    }
  }

  @Override
  public void ended(boolean orderly, String reason) {
    queue.close(orderly ? "the ring has ended" : "the ring has ended: " + reason);
    Membership[] told = members;
    members = NONE;
    if (!orderly) {
      for (Membership each : told) {
        each.listener().ended(reason);
      }
    }
  }
}
