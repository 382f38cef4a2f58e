package org.ringward.ring.program;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.ringward.ring.loop.Descriptors;
import org.ringward.ring.net.UnixConnection;
import org.ringward.ring.queue.ByteQueue;
import org.ringward.ring.queue.FrameQueue;
import org.ringward.ring.queue.LittleEndian;

/**
 * A program's connection, as frames. A frame is its whole length, a kind and a number, four bytes
 * each, little endian, and its content (docs/client-protocol.md, docs/leases.md).
 *
 * <p>A program that sends and does not read is not read either, until it has taken what waits for
 * it; one for which too much waits is hung up on. What a program has said before it went still
 * counts. Nothing here waits; for the loop's thread only.
 */
public final class FramedConnection implements Descriptors.Ready {
  /** Length of what is in front of a frame's content. */
  public static final int HEAD = FrameQueue.HEAD;

  private static final int KIND = Integer.BYTES;
  private static final int NUMBER = 2 * Integer.BYTES;

  private final UnixConnection connection;
  private final Descriptors descriptors;
  private final Rules rules;
  private final ByteQueue in;
  private final ByteQueue out;
  private final Program program;
  private boolean readable;
  private boolean writable = true;

  /** The last frame was not taken; it waits until {@link #resume}. */
  private boolean refused;

  /** The program has gone while nothing was to be taken from it. */
  private boolean broken;

  /** The program hears nothing any more. */
  private boolean deaf;

  private boolean over;
  private short watched;

  /**
   * Bounds, in bytes.
   *
   * @param readMost taken from one program in one turn, so that none keeps the loop from others
   * @param readLeast room for each call of the system
   * @param unreadPause while more waits for the program, nothing is taken from it
   * @param unreadMost while more would wait for it, it is hung up on
   * @param ended kind of the frame that tells why it is hung up on
   */
  public record Rules(int readMost, int readLeast, int unreadPause, int unreadMost, int ended) {}

  /** What becomes of the frames. */
  public interface Program {
    /** Whether a frame of that kind can have that length, its head included, just now. */
    boolean isLegal(int kind, int length);

    /**
     * A whole frame has come.
     *
     * @param at where its content begins in the bytes, which are the connection's
     * @return false when it cannot be taken now: it comes again after {@link #resume}
     */
    boolean take(int kind, int number, byte[] bytes, int at, int length);

    /** {@link #giveOut} is to be called when the turn is over. */
    void hasOutput();

    /** The connection is closed; no reason when the program did it. */
    void isOver(String reason);
  }

  /**
   * @param in holds what has come until it is a whole frame
   * @param out holds what the program has not taken yet
   */
  public FramedConnection(
      UnixConnection connection,
      Descriptors descriptors,
      Rules rules,
      ByteQueue in,
      ByteQueue out,
      Program program) {
    this.connection = connection;
    this.descriptors = descriptors;
    this.rules = rules;
    this.in = in;
    this.out = out;
    this.program = program;
  }

  /** The loop wakes for it from now on. */
  public void begin() {
    readable = true;
    rewatch();
  }

  /** Whether it is closed. */
  public boolean isOver() {
    return over;
  }

  @Override
  public void ready(boolean mayRead, boolean mayWrite) {
    boolean asked = (watched & Descriptors.READABLE) != 0;
    readable |= mayRead && asked;
    broken |= mayRead && !asked;
    if (mayWrite) {
      writable = true;
      program.hasOutput();
    }
  }

  private boolean isPaused() {
    return refused || out.size() > rules.unreadPause;
  }

  /** Whether something waits that can be dealt with now. */
  public boolean hasInput() {
    return readable && !over && !isPaused();
  }

  /** Events that are not waited for would wake the loop again and again. */
  private void rewatch() {
    int events = (isPaused() ? 0 : Descriptors.READABLE) | (writable ? 0 : Descriptors.WRITABLE);
    if (!deaf && (events != watched || watched == 0)) {
      watched = (short) events;
      descriptors.watch(connection.descriptor(), watched, this);
    }
  }

  // ---- from the program

  /** Acts on what has come, as far as the rules let it. */
  public void takeIn() {
    if (broken && !deaf) {
      hearsNoMore();
    }
    if (over) {
      return;
    }
    int budget = rules.readMost;
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

  /** What it said before it went, that it has released something above all, is still read. */
  private void hearsNoMore() {
    deaf = true;
    readable = true;
    out.remove(out.size());
    descriptors.unwatch(connection.descriptor());
  }

  /** The frame that was not taken can be, now. */
  public void resume() {
    refused = false;
    readable = true;
  }

  private int read() {
    if (!in.reserve(rules.readLeast)) {
      end("no memory for what it sends");
      return 0;
    }
    int room = in.room();
    int count = connection.read(in.bytes(), in.until(), room);
    if (count == UnixConnection.GONE || (deaf && count == 0)) {
      over("");
      return 0;
    }
    in.added(count);
    if (count < room && !deaf) {
      // That was all: the next poll tells of more.
      readable = false;
    }
    return count;
  }

  /** Acts on all whole frames. */
  private void act() {
    while (!over && !isPaused() && in.size() >= HEAD) {
      byte[] bytes = in.bytes();
      int at = in.from();
      int length = LittleEndian.getInt(bytes, at);
      int kind = LittleEndian.getInt(bytes, at + KIND);
      if (length < HEAD || !program.isLegal(kind, length)) {
        end("a frame of kind " + kind + " and " + Integer.toUnsignedString(length) + " bytes");
        return;
      }
      if (in.size() < length) {
        return;
      }
      int number = LittleEndian.getInt(bytes, at + NUMBER);
      refused = !program.take(kind, number, bytes, at + HEAD, length - HEAD);
      if (!refused && !over) {
        in.remove(length);
      }
    }
  }

  // ---- to the program

  /**
   * Begins a frame, which goes out when the turn is over.
   *
   * @param length of its content, which is to be written at once, all of it
   * @return where in {@link #content}, negative when the program hears nothing any more
   */
  public int frame(int kind, int number, int length) {
    if (over || deaf) {
      return -1;
    }
    int whole = HEAD + length;
    if (out.size() + whole > rules.unreadMost || !out.reserve(whole)) {
      over("it reads too slowly");
      return -1;
    }
    byte[] bytes = out.bytes();
    int at = out.until();
    LittleEndian.putInt(bytes, at, whole);
    LittleEndian.putInt(bytes, at + KIND, kind);
    LittleEndian.putInt(bytes, at + NUMBER, number);
    out.added(whole);
    program.hasOutput();
    return at + HEAD;
  }

  /** Where the content of a frame is written that was begun last. */
  public byte[] content() {
    return out.bytes();
  }

  /** A frame with the first bytes of that content. */
  public void send(int kind, int number, byte[] content, int length) {
    int at = frame(kind, number, length);
    if (at >= 0) {
      System.arraycopy(content, 0, out.bytes(), at, length);
    }
  }

  /** How many bytes wait for the program. */
  public int unread() {
    return out.size();
  }

  /** As {@link #giveOut} although nothing has told yet that there is room. */
  public boolean giveOutAnyway() {
    writable = true;
    return giveOut();
  }

  /** Writes what waits, as far as the system takes it; whether it took any. */
  public boolean giveOut() {
    if (over || !writable || out.size() == 0) {
      return false;
    }
    boolean paused = out.size() > rules.unreadPause;
    boolean any = false;
    while (out.size() > 0 && writable) {
      int part = Math.min(out.size(), UnixConnection.PART);
      int count = connection.write(out.bytes(), out.from(), part);
      if (count == UnixConnection.GONE) {
        hearsNoMore();
        return any;
      }
      out.remove(count);
      any |= count > 0;
      writable = count == part;
    }
    // What it had sent before may wait here, and nothing else would wake the loop for it.
    readable |= paused && out.size() <= rules.unreadPause;
    rewatch();
    return any;
  }

  // ---- the end

  /** Tells the program why, as far as it listens, and hangs up. */
  public void end(String reason) {
    if (!over) {
      byte[] text = reason.getBytes(UTF_8);
      send(rules.ended, 0, text, text.length);
      giveOut();
      over(reason);
    }
  }

  private void over(String reason) {
    if (over) {
      return;
    }
    over = true;
    if (!deaf) {
      descriptors.unwatch(connection.descriptor());
    }
    connection.close();
    in.release();
    out.release();
    program.isOver(reason);
  }
}
