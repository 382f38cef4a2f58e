package org.ringward.interop.member;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.ringward.interop.cpg.Cpg;
import org.ringward.interop.cpg.CpgListener;

/**
 * A member of the group on a real node: a client of corosync through libcpg. Arguments: file of the
 * journal, a number no other life has.
 */
public final class CorosyncMember implements CpgListener, Console.Orders {
  /** The group under test. */
  static final String GROUP = "ringward-interop";

  private static final int LONGEST = 2 * 1024 * 1024;
  private static final int REASON_JOIN = 1;
  private static final int REASON_LEAVE = 2;
  private static final int REASON_PROCESS_DOWN = 5;
  private static final int CONNECT_TRIES = 100;
  private static final long STACK_BYTES = 16 * 1024 * 1024;

  private final Cpg cpg = new Cpg(GROUP, LONGEST, this);
  private final Console console;
  private final Sender sender;
  private volatile boolean leaving;
  private int self;

  private CorosyncMember(Path journal, long life) {
    connect();
    console = new Console(journal, self, life);
    sender = new Sender(console, self);
  }

  /** Runs until it is told to leave or corosync ends. */
  public static void main(String[] arguments) {
    Path journal = Path.of(arguments[0]);
    long life = Long.parseUnsignedLong(arguments[1], 16);
    Runnable run = () -> new CorosyncMember(journal, life).run();
    // libcpg copies each message to its caller's stack.
    new Thread(null, run, "dispatch", STACK_BYTES).start();
  }

  private void connect() {
    int error = 0;
    for (int tries = 0; tries < CONNECT_TRIES; tries++) {
      error = cpg.open();
      if (error == Cpg.OK) {
        self = cpg.localNode();
        return;
      }
      pause(50);
    }
    throw new IllegalStateException("cpg_model_initialize: error " + error);
  }

  private void run() {
    int error;
    while ((error = cpg.join()) == Cpg.TRY_AGAIN) {
      pause(10);
    }
    if (error != Cpg.OK) {
      throw new IllegalStateException("cpg_join: error " + error);
    }
    console.start(this);
    Thread.ofPlatform().daemon().name("sender").start(this::sendAll);
    error = cpg.dispatch();
    console.flush();
    if (!leaving) {
      console.tell("lost corosync: error " + error);
    }
    Runtime.getRuntime().halt(leaving ? 0 : 1);
  }

  private void sendAll() {
    while (true) {
      byte[] message = sender.next();
      if (message == null) {
        pause(5);
        continue;
      }
      int error = cpg.multicast(message);
      if (error == Cpg.OK) {
        sender.accepted();
      } else if (error == Cpg.TRY_AGAIN) {
        pause(1);
      } else {
        console.tell("refused: cpg_mcast_joined error " + error);
        return;
      }
    }
  }

  private static void pause(int millis) {
    LockSupport.parkNanos(millis * 1_000_000L);
  }

  @Override
  public void send(int count, Sizes sizes) {
    sender.order(count, sizes);
  }

  @Override
  public void explain() {
    // The tools and the log of corosync do.
  }

  @Override
  public void reload() {
    throw new IllegalStateException("corosync-cfgtool does that");
  }

  @Override
  public void leave() {
    // What is sent after cpg_leave has no answer and is dropped.
    while (sender.next() != null) {
      pause(5);
    }
    leaving = true;
    while (cpg.leave() == Cpg.TRY_AGAIN) {
      pause(5);
    }
  }

  @Override
  public void delivered(int node, int pid, ByteBuffer message) {
    console.delivered(node, message);
  }

  @Override
  public void groupChanged(List<Address> members, List<Address> left, List<Address> joined) {
    for (Address each : joined) {
      if (each.reason() == REASON_JOIN) {
        console.joined(each.node());
      }
    }
    for (Address each : left) {
      if (each.reason() == REASON_LEAVE || each.reason() == REASON_PROCESS_DOWN) {
        console.left(each.node());
      }
      if (leaving && each.node() == self) {
        console.end();
        Runtime.getRuntime().halt(0);
      }
    }
    console.group(members.stream().map(Address::node).distinct().toList());
  }

  @Override
  public void ringChanged(int representative, long sequence, List<Integer> nodes) {
    console.ring(representative, sequence, nodes);
  }
}
