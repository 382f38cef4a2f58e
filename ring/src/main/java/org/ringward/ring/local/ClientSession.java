package org.ringward.ring.local;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ringward.core.group.ClosedProcessGroups;
import org.ringward.core.group.GroupChange;
import org.ringward.core.group.LocalProcess;
import org.ringward.ring.loop.Descriptors;
import org.ringward.ring.net.UnixConnection;
import org.ringward.ring.program.FramedConnection;
import org.ringward.ring.queue.ByteQueue;
import org.ringward.ring.queue.LittleEndian;
import org.ringward.ring.seat.GroupSeat;

/** A client: its frames become calls of the ring, what the ring tells, frames. */
final class ClientSession implements FramedConnection.Program, GroupSeat.Occupant {
  private static final int GROUPS_MOST = 1024;

  private static final FramedConnection.Rules RULES =
      new FramedConnection.Rules(256 << 10, 64 << 10, 1 << 20, 48 << 20, LocalFrame.ENDED);

  /** While more waits for a client that reads, the ring goes slower. */
  private static final int UNREAD_SLOW = 8 * 1024 * 1024;

  /** A client that has read nothing for so long is not waited for. */
  private static final long READS_NANOS = 1_000_000_000;

  private final ClientServer server;
  private final FramedConnection connection;
  private final int pid;
  private final Map<Integer, GroupSeat> seats = new HashMap<>();
  private @Nullable GroupSeat lastSender;
  private long lastTaken;
  private boolean toldBehind;
  private boolean greeted;

  ClientSession(ClientServer server, UnixConnection socket, Descriptors descriptors, int pid) {
    this.server = server;
    this.pid = pid;
    ByteQueue in = new ByteQueue(server::takeMemory);
    ByteQueue out = new ByteQueue(server::takeMemory);
    this.connection = new FramedConnection(socket, descriptors, RULES, in, out, this);
  }

  int pid() {
    return pid;
  }

  /** Its frames, for the server's turns. */
  FramedConnection connection() {
    return connection;
  }

  @Override
  public void hasOutput() {
    server.hasOutput();
  }

  // ---- from the client ----

  @Override
  public boolean isLegal(int kind, int length) {
    int content = length - LocalFrame.HEAD;
    if (!greeted) {
      return kind == LocalFrame.HELLO && length == LocalFrame.HELLO_LENGTH;
    }
    return switch (kind) {
      case LocalFrame.JOIN -> content >= 1 && content <= ClosedProcessGroups.NAME_MAX;
      case LocalFrame.LEAVE, LocalFrame.STATUS -> content == 0;
      case LocalFrame.SEND -> content >= 0 && content <= ClosedProcessGroups.MESSAGE_MAX;
      default -> false;
    };
  }

  /** False when the ring has no room. */
  @Override
  public boolean take(int kind, int number, byte[] bytes, int at, int length) {
    switch (kind) {
      case LocalFrame.HELLO -> greet(bytes, at);
      case LocalFrame.JOIN -> join(number, new String(bytes, at, length, ISO_8859_1));
      case LocalFrame.LEAVE -> leave(number);
      case LocalFrame.STATUS ->
          tell(LocalFrame.STATUS_IS, number, LocalReports.write(server.status()));
      default -> {
        GroupSeat seat = sender(number);
        return seat == null || seat.multicast(bytes, at, length);
      }
    }
    return true;
  }

  private void greet(byte[] bytes, int at) {
    int magic = LittleEndian.getInt(bytes, at);
    int version = LittleEndian.getInt(bytes, at + Integer.BYTES);
    if (magic != LocalFrame.MAGIC || version != LocalFrame.VERSION) {
      connection.end(
          "it speaks another protocol or version; this is version " + LocalFrame.VERSION);
      return;
    }
    greeted = true;
    byte[] welcome = new byte[LocalFrame.WELCOME_LENGTH - LocalFrame.HEAD];
    LittleEndian.putInt(welcome, 0, LocalFrame.VERSION);
    LittleEndian.putInt(welcome, LocalFrame.WELCOME_NODE - LocalFrame.HEAD, server.nodeId());
    LittleEndian.putInt(welcome, LocalFrame.WELCOME_PROCESS - LocalFrame.HEAD, pid);
    tell(LocalFrame.WELCOME, 0, welcome);
  }

  private void join(int number, String group) {
    if (seats.containsKey(number)) {
      connection.end("number " + number + " is that of another group");
      return;
    }
    if (seats.size() >= GROUPS_MOST) {
      answer(number, LocalFrame.TRY_AGAIN);
      return;
    }
    GroupSeat seat = new GroupSeat(number, group, this);
    // Known before it asks: the answer may come while asking, when the ring is this node alone.
    seats.put(number, seat);
    LocalProcess.Answer answer = seat.join(server.groups(), pid);
    if (answer != LocalProcess.Answer.ACCEPTED) {
      seats.remove(number);
    }
    answer(
        number,
        switch (answer) {
          case ACCEPTED -> LocalFrame.ACCEPTED;
          case TRY_AGAIN -> LocalFrame.TRY_AGAIN;
          default -> LocalFrame.EXISTS;
        });
  }

  private void answer(int number, int answer) {
    byte[] bytes = new byte[Integer.BYTES];
    LittleEndian.putInt(bytes, 0, answer);
    tell(LocalFrame.JOINED, number, bytes);
  }

  private void leave(int number) {
    GroupSeat seat = seats.get(number);
    if (seat != null) {
      seat.leave();
    }
  }

  private @Nullable GroupSeat sender(int number) {
    GroupSeat last = lastSender;
    if (last == null || last.number() != number) {
      last = seats.get(number);
      lastSender = last;
    }
    return last;
  }

  // ---- to the client ----

  /** Adds a frame to what goes out when the turn is over. */
  void tell(int kind, int number, byte[] content) {
    if (greeted) {
      connection.send(kind, number, content, content.length);
    }
  }

  @Override
  public void delivered(
      GroupSeat seat, int node, int process, byte[] bytes, int offset, int length) {
    int at = connection.frame(LocalFrame.DELIVERED, seat.number(), 2 * Integer.BYTES + length);
    if (at >= 0) {
      byte[] target = connection.content();
      LittleEndian.putInt(target, at, node);
      LittleEndian.putInt(target, at + Integer.BYTES, process);
      System.arraycopy(bytes, offset, target, at + 2 * Integer.BYTES, length);
    }
  }

  @Override
  public void changed(GroupSeat seat, GroupChange change) {
    tell(LocalFrame.MEMBERS, seat.number(), LocalReports.write(change));
  }

  @Override
  public void left(GroupSeat seat) {
    seats.remove(seat.number());
    lastSender = null;
  }

  @Override
  public void roomAgain(GroupSeat seat) {
    connection.resume();
  }

  /** Whether far too much waits for it, and it reads. */
  boolean isFarBehind(long nowNanos) {
    return connection.unread() > UNREAD_SLOW && nowNanos - lastTaken < READS_NANOS;
  }

  /** Once true. */
  boolean isNewlyBehind() {
    boolean newly = !toldBehind;
    toldBehind = true;
    return newly;
  }

  /** Tries to write though nothing has told yet that there is room. */
  void giveOutAnyway(long nowNanos) {
    lastTaken = connection.giveOutAnyway() ? nowNanos : lastTaken;
  }

  /** Writes what waits, as far as the system takes it. */
  void giveOut(long nowNanos) {
    lastTaken = connection.giveOut() ? nowNanos : lastTaken;
  }

  @Override
  public void isOver(String reason) {
    for (GroupSeat seat : List.copyOf(seats.values())) {
      seat.gone();
    }
    seats.clear();
    server.isOver(this, reason);
  }
}
