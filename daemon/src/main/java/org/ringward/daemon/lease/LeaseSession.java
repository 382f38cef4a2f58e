package org.ringward.daemon.lease;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.ringward.core.forum.ForumDesk;
import org.ringward.core.forum.ForumNews;
import org.ringward.core.lease.LeaseDesk;
import org.ringward.core.lease.LeaseEvent;
import org.ringward.core.lease.LeaseMode;
import org.ringward.ring.loop.Descriptors;
import org.ringward.ring.net.UnixConnection;
import org.ringward.ring.queue.ByteQueue;
import org.ringward.ring.queue.LittleEndian;

/** A program's connection: its frames become calls of the desk, what the desk tells, frames. */
final class LeaseSession implements Descriptors.Ready {
  /** Of one program in one turn, so that none keeps the loop from its datagrams. */
  private static final int READ_MOST = 32 * 1024;

  private static final int READ_LEAST = 8 * 1024;

  /** While more waits for a program, nothing is taken from it: who sends has to read, too. */
  private static final int UNREAD_PAUSE = 64 * 1024;

  /** While more waits for a program, it is hung up on. */
  private static final int UNREAD_MOST = 4 * 1024 * 1024;

  private static final int REASON_MOST = 500;

  private final LeaseServer server;
  private final UnixConnection connection;
  private final long id;
  private final ByteQueue in = new ByteQueue(ByteQueue.Allowance.ALL);
  private final ByteQueue out;
  private boolean greeted;
  private boolean readable;
  private boolean writable = true;

  /** The program has gone while nothing was to be taken from it. */
  private boolean broken;

  /** The program hears nothing any more. */
  private boolean deaf;

  private boolean over;
  private short watched;

  LeaseSession(LeaseServer server, UnixConnection connection, long id) {
    this.server = server;
    this.out = new ByteQueue(server::takeUnread);
    this.connection = connection;
    this.id = id;
  }

  long id() {
    return id;
  }

  int process() {
    return connection.process();
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
    return readable && !over && out.size() <= UNREAD_PAUSE;
  }

  /** Events that are not waited for would wake the loop again and again. */
  private void rewatch() {
    boolean reads = out.size() <= UNREAD_PAUSE;
    boolean writes = !writable;
    int events = (reads ? Descriptors.READABLE : 0) | (writes ? Descriptors.WRITABLE : 0);
    if (events != watched || watched == 0) {
      watched = (short) events;
      server.watch(this, connection.descriptor(), watched);
    }
  }

  // ---- from the program

  void takeIn(long now) {
    if (broken) {
      broken = false;
      readable = true;
      deaf = true;
      out.remove(out.size());
    }
    if (over) {
      return;
    }
    int budget = READ_MOST;
    act(now);
    while (hasInput() && budget > 0) {
      int count = read();
      if (count > 0) {
        budget -= count;
        act(now);
      }
    }
    if (!over) {
      rewatch();
    }
  }

  private int read() {
    in.reserve(READ_LEAST);
    int room = in.room();
    int count = connection.read(in.bytes(), in.until(), room);
    if (count == UnixConnection.GONE) {
      over("");
      return 0;
    }
    in.added(count);
    if (count < room) {
      // That was all: the next poll tells of more.
      readable = false;
    }
    return count;
  }

  private void act(long now) {
    while (!over && in.size() >= LeaseFrame.HEAD && out.size() <= UNREAD_PAUSE) {
      byte[] bytes = in.bytes();
      int at = in.from();
      int length = LittleEndian.getInt(bytes, at);
      int kind = LittleEndian.getInt(bytes, at + LeaseFrame.KIND);
      if (!LeaseFrame.isLegal(kind, length) || (kind == LeaseFrame.HELLO) == greeted) {
        end("a frame of kind " + kind + " and " + Integer.toUnsignedString(length) + " bytes");
        return;
      }
      if (in.size() < length) {
        return;
      }
      int number = LittleEndian.getInt(bytes, at + LeaseFrame.NUMBER);
      frame(kind, number, bytes, at + LeaseFrame.HEAD, length - LeaseFrame.HEAD, now);
      if (!over) {
        in.remove(length);
      }
    }
  }

  private void frame(int kind, int number, byte[] bytes, int at, int length, long now) {
    LeaseDesk desk = server.desk();
    ForumDesk forum = server.forum();
    if (desk == null || forum == null) {
      end("the daemon is about to start");
      return;
    }
    boolean known =
        switch (kind) {
          case LeaseFrame.HELLO -> greet(bytes, at);
          case LeaseFrame.OPEN -> open(desk, number, bytes, at, length);
          case LeaseFrame.RENEW -> desk.renew(id, number, now);
          case LeaseFrame.RELEASE -> desk.release(id, number, LittleEndian.getInt(bytes, at) == 0);
          case LeaseFrame.READ_ONLY -> desk.readOnly(id, number, reason(bytes, at, length));
          case LeaseFrame.ONLINE -> desk.online(id, number);
          case LeaseFrame.JOIN -> accepted(number, forum.join(id, number, text(bytes, at, length)));
          case LeaseFrame.LEAVE -> forum.leave(id, number);
          case LeaseFrame.SAY -> accepted(number, forum.say(id, number, bytes, at, length));
          default -> desk.recovered(id, number, LittleEndian.getLong(bytes, at));
        };
    if (!known) {
      refuse(number, "number " + number + " is that of no claim for which this can be said");
    }
  }

  private boolean greet(byte[] bytes, int at) {
    int magic = LittleEndian.getInt(bytes, at);
    int version = LittleEndian.getInt(bytes, at + Integer.BYTES);
    if (magic != LeaseFrame.MAGIC || version != LeaseFrame.VERSION) {
      end("it speaks another protocol or version; this is version " + LeaseFrame.VERSION);
      return true;
    }
    greeted = true;
    Content content = new Content(server.nodeName().length() * 4 + 8);
    content.number(LeaseFrame.VERSION).rest(server.nodeName());
    send(LeaseFrame.WELCOME, 0, content);
    return true;
  }

  private boolean open(LeaseDesk desk, int number, byte[] bytes, int at, int length) {
    int mode = LittleEndian.getInt(bytes, at);
    long lease = Integer.toUnsignedLong(LittleEndian.getInt(bytes, at + 4));
    long stop = Integer.toUnsignedLong(LittleEndian.getInt(bytes, at + 8));
    String name = new String(bytes, at + 12, length - 12, UTF_8);
    String objection =
        switch (mode) {
          case 1 -> desk.open(id, number, name, LeaseMode.EXCLUSIVE, lease, stop);
          case 2 -> desk.open(id, number, name, LeaseMode.SHARED, lease, stop);
          default -> "mode " + mode + " is neither exclusive (1) nor shared (2)";
        };
    return accepted(number, objection);
  }

  /** An objection is told; nothing else is to be said then. */
  private boolean accepted(int number, String objection) {
    if (!objection.isEmpty()) {
      refuse(number, objection);
    }
    return true;
  }

  private static String text(byte[] bytes, int at, int length) {
    return new String(bytes, at, length, UTF_8);
  }

  private static String reason(byte[] bytes, int at, int length) {
    String text = new String(bytes, at, length, UTF_8).replaceAll("\\p{Cntrl}", " ");
    return text.substring(0, Math.min(text.length(), REASON_MOST));
  }

  private void refuse(int number, String sentence) {
    send(LeaseFrame.REFUSED, number, new Content(sentence.length() * 4).rest(sentence));
  }

  // ---- to the program

  void tell(int handle, LeaseEvent event) {
    switch (event) {
      case LeaseEvent.Waiting e ->
          send(LeaseFrame.WAITING, handle, new Content(room(e.why())).rest(e.why()));
      case LeaseEvent.Held e ->
          send(LeaseFrame.HELD, handle, new Content(16).number(e.token()).number(e.expiry()));
      case LeaseEvent.Peer e ->
          send(
              LeaseFrame.PEER,
              handle,
              new Content(12 + room(e.node()))
                  .number(number(e.change()))
                  .number(e.token())
                  .rest(e.node()));
      case LeaseEvent.Suspend e ->
          send(
              LeaseFrame.SUSPEND,
              handle,
              new Content(8 + room(e.node())).number(e.token()).rest(e.node()));
      case LeaseEvent.Recover e ->
          send(
              LeaseFrame.RECOVER,
              handle,
              new Content(32 + room(e.node()) + room(e.proof()) + room(e.author()))
                  .number(e.yours() ? 1 : 0)
                  .number(e.token())
                  .number(e.wallMillis())
                  .text(e.node())
                  .text(e.author())
                  .text(e.proof()));
      case LeaseEvent.Resume _ -> send(LeaseFrame.RESUME, handle, new Content(0));
      case LeaseEvent.ReadOnly _ -> send(LeaseFrame.READS, handle, new Content(0));
      case LeaseEvent.Lost e ->
          send(
              LeaseFrame.LOST,
              handle,
              new Content(8 + room(e.why())).number(e.until()).rest(e.why()));
      case LeaseEvent.Released _ -> send(LeaseFrame.RELEASED, handle, new Content(0));
    }
  }

  void tell(int handle, ForumNews news) {
    switch (news) {
      case ForumNews.Members e -> send(LeaseFrame.MEMBERS, handle, members(e));
      case ForumNews.Message e ->
          send(
              LeaseFrame.MESSAGE,
              handle,
              new Content(16 + e.bytes().length).number(e.order()).number(e.from()).raw(e.bytes()));
      case ForumNews.Paused e ->
          send(LeaseFrame.PAUSED, handle, new Content(room(e.why())).rest(e.why()));
      case ForumNews.Resumed _ -> send(LeaseFrame.RESUMED, handle, new Content(0));
      case ForumNews.Refused e -> refuse(handle, e.why());
      case ForumNews.Out e ->
          send(LeaseFrame.OUT, handle, new Content(room(e.why())).rest(e.why()));
    }
  }

  private static Content members(ForumNews.Members news) {
    int size = 16;
    for (ForumNews.Member member : news.members()) {
      size += 12 + room(member.node());
    }
    for (ForumNews.Change change : news.changes()) {
      size += 16 + room(change.member().node());
    }
    Content content = new Content(size).number(news.order()).number(news.members().size());
    for (ForumNews.Member member : news.members()) {
      content.number(member.id()).text(member.node());
    }
    content.number(news.changes().size());
    for (ForumNews.Change change : news.changes()) {
      content.number(number(change.reason())).number(change.member().id());
      content.text(change.member().node());
    }
    return content;
  }

  private static int number(ForumNews.Reason reason) {
    return switch (reason) {
      case JOINED -> 1;
      case LEFT -> 2;
      case GONE -> 3;
      case NODE_LOST -> 4;
      case MISSED -> 5;
    };
  }

  private static int number(LeaseEvent.Change change) {
    return switch (change) {
      case JOINED -> 1;
      case LEFT -> 2;
      case READ_ONLY -> 3;
      case BACK -> 4;
    };
  }

  /** Bytes that a text takes at most. */
  private static int room(String text) {
    return text.length() * 4;
  }

  private void send(int kind, int number, Content content) {
    if (over || deaf) {
      return;
    }
    int size = content.size;
    int whole = LeaseFrame.HEAD + size;
    if (out.size() + whole > UNREAD_MOST || !out.reserve(whole)) {
      over("it reads too slowly");
      return;
    }
    byte[] bytes = out.bytes();
    int at = out.until();
    LittleEndian.putInt(bytes, at, whole);
    LittleEndian.putInt(bytes, at + LeaseFrame.KIND, kind);
    LittleEndian.putInt(bytes, at + LeaseFrame.NUMBER, number);
    System.arraycopy(content.bytes, 0, bytes, at + LeaseFrame.HEAD, size);
    out.added(whole);
    server.hasOutput();
  }

  /** Writes what waits, as far as the system takes it. */
  void giveOut() {
    if (over || !writable || out.size() == 0) {
      return;
    }
    boolean paused = out.size() > UNREAD_PAUSE;
    while (out.size() > 0 && writable) {
      int part = Math.min(out.size(), UnixConnection.PART);
      int count = connection.write(out.bytes(), out.from(), part);
      if (count == UnixConnection.GONE) {
        // What it said before it went, that it has released something above all, still counts.
        deaf = true;
        readable = true;
        out.remove(out.size());
        return;
      }
      out.remove(count);
      writable = count == part;
    }
    // What it had sent before may wait here, and nothing else would wake the loop for it.
    readable |= paused && out.size() <= UNREAD_PAUSE;
    rewatch();
  }

  // ---- the end

  /** Tells the program why, as far as it listens, and hangs up. */
  void end(String reason) {
    if (!over) {
      send(LeaseFrame.ENDED, 0, new Content(room(reason)).rest(reason));
      giveOut();
      over(reason);
    }
  }

  private void over(String reason) {
    if (over) {
      return;
    }
    over = true;
    server.unwatch(connection.descriptor());
    connection.close();
    in.release();
    out.release();
    server.isOver(this, reason);
  }
}
