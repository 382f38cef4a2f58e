package org.ringward.core.region;

import org.jspecify.annotations.Nullable;
import org.ringward.core.port.Sectors;
import org.ringward.core.wire.SbdDisk;
import org.ringward.core.wire.SbdDisk.Header;
import org.ringward.core.wire.SbdDisk.Message;

/**
 * This node's slot on a disk in sbd's format: it takes one by its name, as sbd does, and reads its
 * mailbox once in each loop of the disk's header. What it is told there somebody relies on: msgwait
 * seconds after a reset or off was written the sender takes this node for off. So a slot is taken
 * only when this machine's watchdog is short enough for that, and {@link #maySleepUntil} says for
 * how long the watchdog may be fed on the strength of what was read.
 *
 * <p>A disk that fails or hangs is read again in the next loop. Times are monotonic nanoseconds.
 */
final class SbdSlot {
  private static final long SECOND = 1_000_000_000L;

  /** Request ids of sbd's slots. */
  static final long REQUEST = 1L << 61;

  /** Sectors that are looked through at once. */
  private static final int SCANNED = 64;

  /** A watchdog may be so much late, and the loop needs three readings before it is too late. */
  private static final int MARGIN_SECONDS = 4;

  private static final int LATE_SECONDS = 1;

  private final int disk;
  private final String node;
  private final int watchdogSeconds;
  private final Sectors sectors;
  private final Listener listener;
  private State state = State.HEADER;
  private @Nullable Header header;
  private String trouble = "it was not read yet";
  private boolean waiting;
  private long next;
  private int scanned;
  private int free = -1;
  private int slot = -1;
  private long readAsked;
  private long lastRead;
  private boolean everRead;
  private Message last = Message.CLEAR;

  private enum State {
    /** The header is to be read. */
    HEADER,
    /** The slots are looked through for the own name, or a free one. */
    SCAN,
    /** The own name is to be written into a free slot. */
    CLAIM,
    /** It was written; whether it is still there is to be seen. */
    CONFIRM,
    /** The mailbox of an earlier life is to be looked at. */
    FIRST_LOOK,
    /** The mailbox is to be cleared. */
    CLEAN,
    /** The mailbox is read. */
    WATCH,
    /** The slot cannot be taken, for a reason that lasts. */
    REFUSED
  }

  /** Takes messages. */
  interface Listener {
    /** A message was found in the mailbox; it is there once for each time it was written. */
    void told(Message message, String from);

    /** The mailbox told this node to stay off before it had started. */
    void staysOff(String from);
  }

  SbdSlot(int disk, String node, int watchdogSeconds, Sectors sectors, Listener listener) {
    this.disk = disk;
    this.node = node;
    this.watchdogSeconds = watchdogSeconds;
    this.sectors = sectors;
    this.listener = listener;
  }

  void start(long now) {
    next = now;
  }

  /** Asks the disk for what is due. */
  void turn(long now) {
    Header known = header;
    if (now < next || waiting || state == State.REFUSED) {
      return;
    }
    next = now + SECOND * (known == null ? 1 : known.loop());
    readAsked = now;
    waiting =
        switch (state) {
          case HEADER -> sectors.read(disk, REQUEST, 0, SbdDisk.HEADER_BYTES);
          case SCAN, CONFIRM -> known != null && readSlots(known);
          case CLAIM -> known != null && write(known.slot(free), slotSector(known));
          case FIRST_LOOK, WATCH ->
              known != null
                  && sectors.read(disk, REQUEST, known.slot(slot), 2 * known.sectorBytes());
          case CLEAN ->
              known != null
                  && write(
                      known.mailbox(slot),
                      SbdDisk.mailboxSector(Message.CLEAR, node, known.sectorBytes()));
          case REFUSED -> false;
        };
  }

  private boolean readSlots(Header known) {
    int count = Math.min(SCANNED, 2 * (known.slots() - scanned));
    return sectors.read(disk, REQUEST, known.slot(scanned), count * known.sectorBytes());
  }

  private byte[] slotSector(Header known) {
    return SbdDisk.slotSector(node, known.sectorBytes());
  }

  private boolean write(long position, byte[] sector) {
    return sectors.write(disk, REQUEST, position, sector, 0, sector.length);
  }

  /** A read has ended. */
  void read(byte[] bytes, int length, @Nullable String error, long now) {
    waiting = false;
    Header known = header;
    if (error != null) {
      trouble = "reading sbd's slots fails: " + error;
      return;
    }
    switch (state) {
      case HEADER -> header(bytes, length, now);
      case SCAN -> scan(bytes, length, now);
      case CONFIRM -> confirm(bytes, length, now);
      case FIRST_LOOK, WATCH -> {
        if (known != null && length >= 2 * known.sectorBytes()) {
          look(bytes, known.sectorBytes(), now);
        }
      }
      case CLAIM, CLEAN, REFUSED -> {
        // Nothing was asked.
      }
    }
  }

  private void header(byte[] bytes, int length, long now) {
    String refusal = length < SbdDisk.HEADER_BYTES ? "it is too short" : SbdDisk.refusal(bytes);
    if (!refusal.isEmpty()) {
      trouble = refusal;
      return;
    }
    Header read = SbdDisk.header(bytes);
    if (read.msgwait() < watchdogSeconds + MARGIN_SECONDS) {
      state = State.REFUSED;
      trouble =
          "no slot is taken: sbd's msgwait on it is %d s, and must be at least watchdog.timeout + %d s = %d s"
              .formatted(read.msgwait(), MARGIN_SECONDS, watchdogSeconds + MARGIN_SECONDS);
      return;
    }
    header = read;
    begin(State.SCAN, now);
    scanned = 0;
    free = -1;
  }

  private void begin(State nextState, long now) {
    state = nextState;
    next = now;
  }

  private void scan(byte[] bytes, int length, long now) {
    Header known = header;
    if (known == null) {
      return;
    }
    int slots = length / (2 * known.sectorBytes());
    for (int index = 0; index < slots; index++) {
      int at = index * 2 * known.sectorBytes();
      if (isOwn(bytes, at)) {
        slot = scanned + index;
        begin(State.FIRST_LOOK, now);
        return;
      }
      if (free < 0 && !SbdDisk.isUsed(bytes, at)) {
        free = scanned + index;
      }
    }
    scanned += slots;
    if (slots > 0 && scanned < known.slots()) {
      next = now;
    } else if (free >= 0) {
      begin(State.CLAIM, now);
    } else {
      state = State.REFUSED;
      trouble = "all of its " + known.slots() + " sbd slots are in use";
    }
  }

  private void confirm(byte[] bytes, int length, long now) {
    Header known = header;
    boolean ours = known != null && length >= known.sectorBytes() && isOwn(bytes, 0);
    if (ours) {
      slot = free;
      begin(State.FIRST_LOOK, now);
    } else {
      // Another node took it at the same time.
      scanned = 0;
      free = -1;
      begin(State.SCAN, now);
    }
  }

  private void look(byte[] bytes, int mailbox, long now) {
    Message message = SbdDisk.message(bytes, mailbox);
    String from = SbdDisk.name(bytes, mailbox);
    if (!isOwn(bytes, 0)) {
      // Somebody has made the disk anew.
      slot = -1;
      trouble = "the slot of this node has become another's";
      begin(State.HEADER, now);
    } else if (state == State.WATCH) {
      watched(message, from);
    } else if (message == Message.OFF) {
      state = State.REFUSED;
      trouble = "sbd's slot of this node says off, by " + from;
      listener.staysOff(from);
    } else {
      begin(message == Message.CLEAR ? State.WATCH : State.CLEAN, now);
    }
  }

  private boolean isOwn(byte[] bytes, int at) {
    return SbdDisk.isUsed(bytes, at) && SbdDisk.name(bytes, at).equalsIgnoreCase(node);
  }

  /** Nothing is ever written over a message from here on: it could be another one by then. */
  private void watched(Message message, String from) {
    trouble = "";
    everRead = true;
    lastRead = readAsked;
    if (message != last) {
      last = message;
      if (message != Message.CLEAR) {
        listener.told(message, from);
      }
    }
  }

  /** A write has ended. */
  void written(@Nullable String error, long now) {
    waiting = false;
    Header known = header;
    if (error != null) {
      trouble = "writing sbd's slots fails: " + error;
    } else if (state == State.CLAIM && known != null) {
      state = State.CONFIRM;
      scanned = free;
      next = now + known.allocate() * SECOND;
    } else if (state == State.CLEAN) {
      last = Message.CLEAR;
      begin(State.WATCH, now);
    }
  }

  /** When {@link #turn} is needed next. */
  long nextDeadline() {
    return waiting || state == State.REFUSED ? Long.MAX_VALUE : next;
  }

  /** Whether a slot is taken, or will be. */
  boolean isWanted() {
    return state != State.REFUSED;
  }

  /**
   * Until when the watchdog may be fed without looking again: a message that is written right after
   * the last look is kept in time even if nothing can be read any more. Long.MIN_VALUE before the
   * first look: an earlier life may have left a slot to which messages go.
   */
  long maySleepUntil() {
    Header known = header;
    return known == null || !everRead
        ? Long.MIN_VALUE
        : lastRead + (known.msgwait() - watchdogSeconds - LATE_SECONDS) * SECOND;
  }

  /** Why sbd's messages do not reach this node, empty when they do. */
  String trouble() {
    return trouble;
  }
}
