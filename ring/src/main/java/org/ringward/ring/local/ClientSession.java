package org.ringward.ring.local;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ringward.core.group.ClosedProcessGroups;
import org.ringward.core.group.GroupChange;
import org.ringward.core.group.LocalProcess;
import org.ringward.ring.loop.Descriptors;
import org.ringward.ring.net.UnixConnection;
import org.ringward.ring.queue.ByteQueue;
import org.ringward.ring.queue.LittleEndian;
import org.ringward.ring.seat.GroupSeat;

/** A client's connection: its frames become calls of the ring, what the ring tells, frames. */
final class ClientSession implements Descriptors.Ready, GroupSeat.Occupant {
  private static final int GROUPS_MOST = 1024;

  /** Of one client in one turn, so that none keeps the loop from its datagrams. */
  private static final int READ_MOST = 256 * 1024;

  private static final int READ_LEAST = 64 * 1024;

  /** While more waits for a client, nothing is taken from it: who sends has to read, too. */
  private static final int UNREAD_PAUSE = 1024 * 1024;

  /** While more waits for a client that reads, the ring goes slower. */
  private static final int UNREAD_SLOW = 8 * 1024 * 1024;

  /** A client that has read nothing for so long is not waited for. */
  private static final long READS_NANOS = 1_000_000_000;

  /** While more waits for a client, it is hung up on. */
  private static final int UNREAD_MOST = 48 * 1024 * 1024;

  private final ClientServer server;
  private final UnixConnection connection;
  private final int pid;
  private final ByteQueue in;
  private final ByteQueue out;
  private final Map<Integer, GroupSeat> seats = new HashMap<>();
  private @Nullable GroupSeat lastSender;
  private long lastTaken;
  private boolean toldBehind;
  private boolean greeted;
  private boolean readable;
  private boolean writable = true;

  /** The client has gone while nothing was to be taken from it. */
  private boolean broken;

  private boolean refused;
  private boolean over;
  private short watched;

  ClientSession(ClientServer server, UnixConnection connection, int pid) {
    this.server = server;
    this.connection = connection;
    this.pid = pid;
    this.in = new ByteQueue(server::takeMemory);
    this.out = new ByteQueue(server::takeMemory);
  }

  int pid() {
    return pid;
  }

  boolean isOver() {
    return over;
  }

  void begin() {
    readable = true;
    rewatch();
  }

  @Override
  public void ready(boolean mayRead, boolean mayWrite) {
    boolean asked = (watched & Descriptors.READABLE) != 0;
    readable |= mayRead && asked;
    broken |= mayRead && !asked;
    if (mayWrite) {
      writable = true;
      server.hasOutput();
    }
  }

  /** Whether something waits that can be dealt with now. */
  boolean hasInput() {
    return readable && !over && !refused && out.size() <= UNREAD_PAUSE;
  }

  /** Events that are not waited for would wake the loop again and again. */
  private void rewatch() {
    boolean reads = !refused && out.size() <= UNREAD_PAUSE;
    boolean writes = !writable;
    int events = (reads ? Descriptors.READABLE : 0) | (writes ? Descriptors.WRITABLE : 0);
    if (events != watched || watched == 0) {
      watched = (short) events;
      server.watch(this, connection.descriptor(), watched);
    }
  }

  // ---- from the client ----

  void takeIn() {
    if (broken) {
      gone();
    }
    if (over) {
      return;
    }
    int budget = READ_MOST;
    act();
    while (hasInput() && budget > 0) {
      int count = read();
      if (count > 0) {
        budget -= count;
        act();
      }
    }
    if (!over) {
      rewatch();
    }
  }

  private int read() {
    if (!in.reserve(READ_LEAST)) {
      end("no memory for what it sends");
      return 0;
    }
    int room = in.room();
    int count = connection.read(in.bytes(), in.until(), room);
    if (count == UnixConnection.GONE) {
      gone();
      return 0;
    }
    in.added(count);
    if (count < room) {
      // That was all: the next poll tells of more.
      readable = false;
    }
    return count;
  }

  /** Acts on all whole frames, or until the ring has no room. */
  private void act() {
    while (!over && !refused && in.size() >= LocalFrame.HEAD && out.size() <= UNREAD_PAUSE) {
      int at = in.from();
      int length = LittleEndian.getInt(in.bytes(), at);
      int kind = LittleEndian.getInt(in.bytes(), at + LocalFrame.KIND);
      if (!isLegal(kind, length)) {
        end("a frame of kind " + kind + " and " + Integer.toUnsignedString(length) + " bytes");
        return;
      }
      if (in.size() < length) {
        return;
      }
      int number = LittleEndian.getInt(in.bytes(), at + LocalFrame.NUMBER);
      if (act(kind, number, at + LocalFrame.HEAD, length - LocalFrame.HEAD) && !over) {
        in.remove(length);
      }
    }
  }

  private boolean isLegal(int kind, int length) {
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

  /** False when the ring had no room: the frame stays. */
  private boolean act(int kind, int number, int offset, int length) {
    switch (kind) {
      case LocalFrame.HELLO -> greet(offset);
      case LocalFrame.JOIN -> join(number, new String(in.bytes(), offset, length, ISO_8859_1));
      case LocalFrame.LEAVE -> leave(number);
      case LocalFrame.STATUS ->
          tell(LocalFrame.STATUS_IS, number, LocalReports.write(server.status()));
      default -> {
        GroupSeat seat = sender(number);
        if (seat != null && !seat.multicast(in.bytes(), offset, length)) {
          refused = true;
          return false;
        }
      }
    }
    return true;
  }

  private void greet(int offset) {
    int magic = LittleEndian.getInt(in.bytes(), offset);
    int version = LittleEndian.getInt(in.bytes(), offset + Integer.BYTES);
    if (magic != LocalFrame.MAGIC || version != LocalFrame.VERSION) {
      end("it speaks another protocol or version; this is version " + LocalFrame.VERSION);
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
      end("number " + number + " is that of another group");
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
    if (greeted && head(kind, number, content.length)) {
      System.arraycopy(content, 0, out.bytes(), out.until(), content.length);
      out.added(content.length);
    }
  }

  /** Writes a frame's head, and sees to it that there is room for so many bytes behind it. */
  private boolean head(int kind, int number, int length) {
    if (over) {
      return false;
    }
    int whole = LocalFrame.HEAD + length;
    if (out.size() + whole > UNREAD_MOST || !out.reserve(whole)) {
      over("it reads too slowly");
      return false;
    }
    byte[] bytes = out.bytes();
    int at = out.until();
    LittleEndian.putInt(bytes, at, whole);
    LittleEndian.putInt(bytes, at + LocalFrame.KIND, kind);
    LittleEndian.putInt(bytes, at + LocalFrame.NUMBER, number);
    out.added(LocalFrame.HEAD);
    server.hasOutput();
    return true;
  }

  @Override
  public void delivered(
      GroupSeat seat, int node, int process, byte[] bytes, int offset, int length) {
    if (head(LocalFrame.DELIVERED, seat.number(), 2 * Integer.BYTES + length)) {
      byte[] target = out.bytes();
      int at = out.until();
      LittleEndian.putInt(target, at, node);
      LittleEndian.putInt(target, at + Integer.BYTES, process);
      System.arraycopy(bytes, offset, target, at + 2 * Integer.BYTES, length);
      out.added(2 * Integer.BYTES + length);
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
    refused = false;
    readable = true;
  }

  /** Whether far too much waits for it, and it reads. */
  boolean isFarBehind(long nowNanos) {
    return !over && out.size() > UNREAD_SLOW && nowNanos - lastTaken < READS_NANOS;
  }

  /** Once true. */
  boolean isNewlyBehind() {
    boolean newly = !toldBehind;
    toldBehind = true;
    return newly;
  }

  /** Tries to write though nothing has told yet that there is room. */
  void giveOutAnyway(long nowNanos) {
    writable = true;
    giveOut(nowNanos);
  }

  /** Writes what waits, as far as the system takes it. */
  void giveOut(long nowNanos) {
    if (over || !writable || out.size() == 0) {
      return;
    }
    boolean paused = out.size() > UNREAD_PAUSE;
    while (out.size() > 0 && writable) {
      int part = Math.min(out.size(), UnixConnection.PART);
      int count = connection.write(out.bytes(), out.from(), part);
      if (count == UnixConnection.GONE) {
        gone();
        return;
      }
      out.remove(count);
      lastTaken = count > 0 ? nowNanos : lastTaken;
      writable = count == part;
    }
    // What it had sent before may wait here, and nothing else would wake the loop for it.
    readable |= paused && out.size() <= UNREAD_PAUSE;
    rewatch();
  }

  // ---- the end ----

  /** Tells the client why, as far as it listens, and hangs up. */
  void end(String reason) {
    if (!over) {
      greeted = true;
      tell(LocalFrame.ENDED, 0, reason.getBytes(UTF_8));
      giveOut(lastTaken);
      over(reason);
    }
  }

  private void gone() {
    over("");
  }

  private void over(String reason) {
    if (over) {
      return;
    }
    over = true;
    server.unwatch(connection.descriptor());
    connection.close();
    for (GroupSeat seat : List.copyOf(seats.values())) {
      seat.gone();
    }
    seats.clear();
    in.release();
    out.release();
    server.isOver(this, reason);
  }
}
