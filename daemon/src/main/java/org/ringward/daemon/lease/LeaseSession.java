package org.ringward.daemon.lease;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.ringward.core.forum.ForumDesk;
import org.ringward.core.forum.ForumNews;
import org.ringward.core.lease.LeaseDesk;
import org.ringward.core.lease.LeaseEvent;
import org.ringward.core.lease.LeaseMode;
import org.ringward.ring.loop.Descriptors;
import org.ringward.ring.net.UnixConnection;
import org.ringward.ring.program.FramedConnection;
import org.ringward.ring.queue.ByteQueue;
import org.ringward.ring.queue.LittleEndian;

/** A program: its frames become calls of the desks, what the desks tell, frames. */
final class LeaseSession implements FramedConnection.Program {
  private static final FramedConnection.Rules RULES =
      new FramedConnection.Rules(32 << 10, 8 << 10, 64 << 10, 4 << 20, LeaseFrame.ENDED);

  private static final int REASON_MOST = 500;

  private final LeaseServer server;
  private final FramedConnection connection;
  private final int process;
  private final long id;
  private boolean greeted;
  private long now;

  LeaseSession(LeaseServer server, UnixConnection socket, Descriptors descriptors, long id) {
    this.server = server;
    this.process = socket.process();
    this.id = id;
    ByteQueue in = new ByteQueue(ByteQueue.Allowance.ALL);
    ByteQueue out = new ByteQueue(server::takeUnread);
    this.connection = new FramedConnection(socket, descriptors, RULES, in, out, this);
  }

  long id() {
    return id;
  }

  int process() {
    return process;
  }

  /** Its frames, for the server's turns. */
  FramedConnection connection() {
    return connection;
  }

  @Override
  public void hasOutput() {
    server.hasOutput();
  }

  @Override
  public void isOver(String reason) {
    server.isOver(this, reason);
  }

  // ---- from the program

  void takeIn(long nowNanos) {
    now = nowNanos;
    connection.takeIn();
  }

  @Override
  public boolean isLegal(int kind, int length) {
    return LeaseFrame.isLegal(kind, length) && (kind == LeaseFrame.HELLO) != greeted;
  }

  @Override
  public boolean take(int kind, int number, byte[] bytes, int at, int length) {
    LeaseDesk desk = server.desk();
    ForumDesk forum = server.forum();
    if (desk == null || forum == null) {
      connection.end("the daemon is about to start");
      return true;
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
    return true;
  }

  private boolean greet(byte[] bytes, int at) {
    int magic = LittleEndian.getInt(bytes, at);
    int version = LittleEndian.getInt(bytes, at + Integer.BYTES);
    if (magic != LeaseFrame.MAGIC || version != LeaseFrame.VERSION) {
      connection.end(
          "it speaks another protocol or version; this is version " + LeaseFrame.VERSION);
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
    connection.send(kind, number, content.bytes, content.size);
  }
}
