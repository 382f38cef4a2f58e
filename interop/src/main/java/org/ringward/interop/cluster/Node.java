package org.ringward.interop.cluster;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.interop.lab.LabException;
import org.ringward.interop.lab.Machine;
import org.ringward.interop.lab.Patience;

/** A node of the ring, real or ours, with one member of the group on it. */
public abstract class Node {
  private static final long END_SECONDS = 20;

  private final Machine machine;
  private final List<Path> journals;
  private final List<String> killed;
  private @Nullable MemberProcess member;
  private long ordered;
  private int lives;

  /**
   * @param journals where all journals are collected
   * @param killed names of the journals whose members were killed
   */
  Node(Machine machine, List<Path> journals, List<String> killed) {
    this.machine = machine;
    this.journals = journals;
    this.killed = killed;
  }

  /** The machine it runs on. */
  public final Machine machine() {
    return machine;
  }

  /** Its id. */
  public final int id() {
    return machine.number();
  }

  /** Whether it runs Ringward. */
  public abstract boolean isOwn();

  /** Starts the daemon, if it is a program of its own, and the member. */
  public final void start() {
    startDaemon();
    lives++;
    Path journal = machine.directory().resolve("member-n" + id() + "-" + lives + ".journal");
    journals.add(journal);
    ordered = 0;
    member = startMember(journal, (long) id() << 32 | lives);
  }

  abstract void startDaemon();

  abstract MemberProcess startMember(Path journal, long life);

  /** SIGKILL to the daemon; the member goes with it. */
  public final void kill() {
    MemberProcess running = member();
    killed.add(String.valueOf(running.journal().getFileName()));
    killDaemon();
    running.kill();
    member = null;
  }

  abstract void killDaemon();

  /** The file with the sequence of its last ring is gone; the node does not run. */
  public abstract void loseRingId();

  /** The member leaves the group, then the node leaves the ring, both in order. */
  public final void leave() {
    MemberProcess running = member();
    running.order("leave");
    if (!Patience.await(END_SECONDS, () -> running.ended() && !running.alive())) {
      throw new LabException("the member of n" + id() + " did not leave: " + running.lastWords());
    }
    stopDaemon();
    member = null;
  }

  abstract void stopDaemon();

  /** Whether it has been started and neither killed nor told to leave. */
  public final boolean isRunning() {
    return member != null;
  }

  final MemberProcess member() {
    if (member == null) {
      throw new LabException("n" + id() + " does not run");
    }
    if (!member.alive()) {
      throw new LabException("the member of n" + id() + " ended: " + member.lastWords());
    }
    return member;
  }

  /** Orders so many messages; returns at once. */
  public final void send(int count, String sizes) {
    ordered += count;
    member().order("send " + count + " " + sizes);
  }

  /** Whether all messages that were ordered have been accepted. */
  final boolean hasSentAll() {
    return member().sent() == ordered;
  }
}
